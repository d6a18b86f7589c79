"""Names the shipped templates that were tried before this version was released, byte for byte.

`foibot check` tries every letter and notice on every provision, which takes seconds; a service that starts on
templates that nobody has changed need not do it again. A test compares this with the templates.
"""

from __future__ import annotations

SHIPPED_TEMPLATES = "1ec829ea4dac5cb670bb3a44a51f86c7da0d31fa0f12d5cc02f7f5eab5a5ad2a"
