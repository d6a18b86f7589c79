"""What notices are about: a case or the office, and the message and files behind them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from foibot.case.case import Case
from foibot.mail.compose import File
from foibot.officers.roster import Officer
from foibot.store.inbox import Waiting


@dataclass(frozen=True, slots=True)
class About:
    """What notices are about: the case (None for the office), who ordered, the message and files behind them.

    `cut` says that `raw` is only the beginning of the message, the rest of which was not fetched.
    """

    case: Case | None
    now: datetime
    ordering: Officer | None = None
    raw: bytes = b""
    cut: bool = False
    files: tuple[File, ...] = ()

    @property
    def reference(self) -> str:
        """The case's reference, or "" for the office."""
        return self.case.reference if self.case else ""


def about_message(case: Case | None, one: Waiting, now: datetime) -> About:
    """What is told with a message, of which there may be only the beginning."""
    return About(case, now, raw=one.raw, cut=one.truncated)
