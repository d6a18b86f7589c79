"""Names the shipped templates that were tried before this version was released, byte for byte.

`foibot check` tries every letter and notice on every provision, which takes seconds; a service that starts on
templates that nobody has changed need not do it again. A test compares this with the templates.
"""

from __future__ import annotations

SHIPPED_TEMPLATES = "d349f1e64bdb3d57b060f811aa1de1018fe16a1c2d41b9ba483c18b28d16f8f6"
