"""Events about who has to let a letter go besides the last approver: frozen values, no I/O."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from foibot.case.events import Event


@dataclass(frozen=True, slots=True)
class ApprovalGiven(Event):
    """One of several people approved exactly this fingerprint; the letter waits for the others."""

    version: int
    fingerprint: str


@dataclass(frozen=True, slots=True)
class SensitiveFrom(Event):
    """An officer marked the case as sensitive: its letters may need more approvals. Nothing in a letter shows it."""

    PRIVATE: ClassVar[frozenset[str]] = frozenset({"why"})
    why: str = ""


@dataclass(frozen=True, slots=True)
class SensitiveNoLonger(Event):
    """An approver took that mark off."""

    PRIVATE: ClassVar[frozenset[str]] = frozenset({"why"})
    why: str = ""
