"""How a letter may word the national threat level on its day, from the dated configuration; no I/O."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

KEEPS: Final = timedelta(days=31)
"""How long a wording can be relied on after somebody checked it (D-16, N-35)."""


@dataclass(frozen=True, slots=True)
class ThreatLevel:
    """The wording, "" where letters may name no level, and the day on which it was last known to be true."""

    wording: str = ""
    checked: date = date.min

    def is_current(self, today: date) -> bool:
        """Whether a letter of that day may still say it."""
        return bool(self.wording) and self.checked <= today <= self.checked + KEEPS


NO_THREAT_LEVEL: Final = ThreatLevel()
