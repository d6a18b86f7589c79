"""Names the shipped templates that were tried before this version was released, byte for byte.

`foibot check` tries every letter and notice on every provision, which takes seconds; a service that starts on
templates that nobody has changed need not do it again. A test compares this with the templates.
"""

from __future__ import annotations

SHIPPED_TEMPLATES = "7ac94d5fa3889838d5bd2a8f4a670f2522f4c90b0d9712adb81f2f1eb422cc5f"
