"""Names the shipped templates that were tried before this version was released, byte for byte.

`foibot check` tries every letter and notice on every provision, which takes seconds; a service that starts on
templates that nobody has changed need not do it again. A test compares this with the templates.
"""

from __future__ import annotations

SHIPPED_TEMPLATES = "18bb2432a984f6275e3209027284aaeb92c59af2cd35cbf80e94a2f3d0425115"
