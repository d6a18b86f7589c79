"""Names the shipped templates that were tried before this version was released, byte for byte.

`foibot check` tries every letter and notice on every provision, which takes seconds; a service that starts on
templates that nobody has changed need not do it again. A test compares this with the templates.
"""

from __future__ import annotations

SHIPPED_TEMPLATES = "57d2d8582d68e7a6e0b685a30c9db2d9f23686c8ca03f90da552282b623bf024"
