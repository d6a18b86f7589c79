"""Names the shipped templates that were tried before this version was released, byte for byte.

`foibot check` tries every letter and notice on every provision, which takes seconds; a service that starts on
templates that nobody has changed need not do it again. A test compares this with the templates.
"""

from __future__ import annotations

SHIPPED_TEMPLATES = "57809f23bb2b42e2033d8dab57c2105430aa318bc72fcaed8771a1868aa93b5e"
