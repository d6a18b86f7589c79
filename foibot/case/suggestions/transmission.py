"""Tells where the Scottish Act presumes another day of receipt than the one that was found (T-28); no I/O."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from foibot.law.dates import in_words, london_date

_LONGEST: Final = timedelta(days=7)
"""A sender's clock that is further behind is wrong, or the mail was written long before it was sent."""


def presumed(
    dated: datetime | None, received: date, law: str
) -> tuple[str, tuple[str, str]] | None:
    """A sentence and the order that would follow from it; None where nothing else is presumed.

    FOISA 2002 s.74(2): what is sent electronically is presumed to be received on the day of its
    transmission. `dated` is the sender's own date, which anybody can write: an officer decides.
    """
    if law != "foisa" or dated is None:
        return None
    day = london_date(dated)
    if not timedelta(0) < received - day <= _LONGEST:
        return None
    said = (
        f"Its sender dates it {in_words(day)}. Under the Act what is sent electronically is presumed to be "
        "received on the day it was sent (s.74(2)); the date of receipt here is the day it came in."
    )
    order = f"received {in_words(day)}: sent that day, s.74(2)"
    return said, (
        order,
        "counts from the day on which the sender sent it, if you are satisfied of that",
    )
