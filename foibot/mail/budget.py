"""How much may come out of one mail and of all that is wrapped in it: one purse, so that wrappings do not multiply."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Budget:
    """What is left for one mail. What it does not buy stays in its wrapping, which stays attached: nothing is lost.

    No mail that a person writes comes near any of it.
    """

    parts: int = 500  # parts of mails inside signatures, and files out of other wrappings
    octets: int = 30_000_000  # bytes of mails inside signatures
    elements: int = 300_000  # of signatures: programs write 30 MB in pieces of a thousand bytes
    rtf: int = 2_000_000  # bytes of Rich Text that are uncompressed
    exceeded: bool = False
