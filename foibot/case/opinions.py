"""The opinions of a qualified person that are on file, and which of them a letter still lacks; plain values, no I/O."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol

from foibot.case import approval_events as a
from foibot.case.enclosure import Enclosure
from foibot.case.events import Recorded
from foibot.law.dates import in_words, listed
from foibot.law.foia import FOIA
from foibot.law.provisions import Provision, read_ncnd, read_withheld
from foibot.law.regime import Kind

_SECTION: Final = "36("
_NCND: Final = "36(3)"


@dataclass(frozen=True, slots=True)
class Opinion:
    """What was recorded for these limbs, such as "36(2)(b)(i)": whose opinion, of which day, in which files.

    Where section 36(4) takes the need for one away, `why` says so and the rest is empty.
    """

    limbs: tuple[str, ...]
    by_whom: str = ""
    on: date | None = None
    files: tuple[Enclosure, ...] = ()
    why: str = ""

    def in_words(self) -> str:
        """One line for officers."""
        on_what = f"Section {listed(self.limbs)}"
        if self.on is None:
            return f"{on_what}: no opinion is needed: {self.why}"
        files = listed(
            [f"{one.name}, {one.size_in_words}, SHA-256 {one.sha256}" for one in self.files]
        )
        return f"{on_what}: the opinion of {self.by_whom} of {in_words(self.on)} ({files})"


class _Letter(Protocol):
    @property
    def provisions(self) -> tuple[str, ...]: ...


class _Case(Protocol):
    @property
    def regime(self) -> str: ...

    @property
    def opinions(self) -> tuple[Opinion, ...]: ...


def limbs_of(provisions: Iterable[Provision]) -> tuple[str, ...]:
    """The limbs that rest on an opinion: "36(2)(b)(i)" and "36(2)(c)", or the provision where none is named."""
    return tuple(
        one
        for each in provisions
        if each.test is Kind.OPINION
        for one in ([f"{each.section}{limb.bracketed}" for limb in each.limbs] or [each.section])
    )


def limbs_relied_on(letter: _Letter) -> tuple[str, ...]:
    """The limbs of section 36 FOIA 2000 that a letter relies on."""
    read: list[Provision] = []
    for cited in letter.provisions:
        if cited.startswith(_SECTION):
            reader = read_ncnd if cited.startswith(_NCND) else read_withheld
            read.extend(one for one in reader(cited, FOIA) if isinstance(one, Provision))
    return limbs_of(read)


def opinions_missing(case: _Case, letter: _Letter) -> tuple[str, ...]:
    """The limbs for which no opinion is on file, without which nobody may rely on them (FOIA 2000 s.36, X-09).

    An opinion on the whole of a provision covers its limbs. The Scottish Act asks for none.
    """
    if case.regime != FOIA.key:
        return ()
    covered = {limb for one in case.opinions for limb in one.limbs}
    return tuple(
        limb
        for limb in limbs_relied_on(letter)
        if limb not in covered and not (limb.startswith(_NCND) and _NCND in covered)
    )


def opinions_for(case: _Case, letter: _Letter) -> tuple[Opinion, ...]:
    """Those on file that a letter rests on, the newest for each limb."""
    wanted = set(limbs_relied_on(letter))
    return tuple(one for one in case.opinions if _NCND in one.limbs or wanted & set(one.limbs))


def opinions_after(had: tuple[Opinion, ...], recorded: Recorded) -> tuple[Opinion, ...]:
    """The opinions on file after an event; a newer one takes the place of what was there for its limbs."""
    match recorded.event:
        case a.OpinionRecorded() as event:
            new = Opinion(event.limbs, event.by_whom, event.on, event.files)
        case a.OpinionNotNeeded() as event:
            new = Opinion(event.limbs, why=event.why)
        case _:
            return had
    kept = (_without(one, new.limbs) for one in had)
    return (*(one for one in kept if one.limbs), new)


def _without(one: Opinion, limbs: tuple[str, ...]) -> Opinion:
    left = tuple(limb for limb in one.limbs if limb not in limbs)
    return Opinion(left, one.by_whom, one.on, one.files, one.why)
