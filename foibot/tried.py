"""Names the shipped templates that were tried before this version was released, byte for byte.

`foibot check` tries every letter and notice on every provision, which takes seconds; a service that starts on
templates that nobody has changed need not do it again. A test compares this with the templates.
"""

from __future__ import annotations

SHIPPED_TEMPLATES = "d57b0357bcb6667725c737aa4d63d4d9077154cac7e8ac5c12d4bb204e5c3c55"
