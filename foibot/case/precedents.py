"""What earlier cases and the register of topics say about a request and its answer, for officers alone; no I/O.

Whether the same was asked before, and what was answered, is an officer's business: nothing of this may
reach a letter, a holder of information or the public, and nothing of it moves a date (N-11, N-13, N-17).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from foibot.case.case import Case, LetterState, LetterVersion
from foibot.case.need_to_know import is_restricted
from foibot.case.remarks import Remark
from foibot.case.suggestions.likeness import ENOUGH, likeness, phrase_in, words_in
from foibot.case.suggestions.origin import wording_digest
from foibot.law import regime
from foibot.law.dates import in_words, london_date
from foibot.law.other_requests import interval_begins
from foibot.law.provisions import Provision

NCND: Final = frozenset({"ncnd", "ncnd-part"})
_TELLS: Final = frozenset(
    {"disclosure", "part", "refusal", "not-held", "cost", "fees-notice", "transfer", "otherwise-accessible",
     "future-publication", "second-notice", "repeated"}
)  # fmt: skip
"""Letters that say, or take for granted, whether information is held."""
_EXTENSION: Final = "extension"
_GAVE: Final = frozenset({"disclosure", "part", "not-held", "otherwise-accessible"})
"""Answers with which a request counts as complied with (FOIA 2000 s.14(2))."""
_SHOWN: Final = 3
_USUAL: Final = "23(5) 24(2) 31(3)(a)"
DEPARTS: Final = "N-11"
CONFIRMED_BEFORE: Final = "N-14"
REPEATED: Final = "L-28"


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject on which every request is neither confirmed nor denied, and the phrases it is known by."""

    name: str
    phrases: tuple[str, ...]
    provisions: str = ""


@dataclass(frozen=True, slots=True)
class Alike:
    """An earlier case that asked something like it, with how much (0 to 100) and by which words."""

    case: Case
    score: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Precedents:
    """What is known besides the case itself: earlier cases like it, and topics with the words that hit."""

    alike: tuple[Alike, ...] = ()
    topics: tuple[tuple[Topic, str], ...] = ()

    @property
    def restricted(self) -> tuple[Case, ...]:
        """Those that are open to named people alone: nothing but their references may be said."""
        return tuple(one.case for one in self.alike if is_restricted(one.case))

    @property
    def _open(self) -> tuple[Alike, ...]:
        return tuple(one for one in self.alike if not is_restricted(one.case))

    @property
    def silent(self) -> tuple[Alike, ...]:
        """The earlier cases that were answered by neither confirming nor denying."""
        return tuple(one for one in self._open if one.case.outcome in NCND)

    @property
    def told(self) -> tuple[Alike, ...]:
        """Those whose answer said whether anything is held."""
        return tuple(one for one in self._open if one.case.outcome in _TELLS)

    @property
    def provisions(self) -> str:
        """What to rely on so that the answer is the same: as answered before, as registered, or the usual."""
        answered = (_answer(one.case) for one in self.silent if one.case.outcome == "ncnd")
        earlier = next((" ".join(one.provisions) for one in answered if one), "")
        return earlier or next((topic.provisions for topic, _ in self.topics if topic.provisions), _USUAL)  # fmt: skip


def precedents(case: Case, others: Iterable[Case], register: Iterable[Topic]) -> Precedents:
    """Compare a case with others that may be like it, and with the register."""
    found = []
    for other in others:
        if other.reference != case.reference:
            alike = likeness(case.request_text, other.request_text)
            if alike.score >= ENOUGH:
                found.append(Alike(other, alike.score, alike.words))
    found.sort(key=lambda one: (-one.score, one.case.received, one.case.reference))
    return Precedents(tuple(found), tuple(_on_topic(case, tuple(register))))


def _on_topic(case: Case, register: Sequence[Topic]) -> Iterator[tuple[Topic, str]]:
    text = tuple(words_in(f"{case.subject}\n{case.request_text}")) if register else ()
    for topic in register:
        words = next(filter(None, (phrase_in(one, text) for one in topic.phrases)), "")
        if words:
            yield topic, words


def seen_before(case: Case, known: Precedents) -> tuple[str, ...]:
    """What officers are told when the request comes in."""
    return (*(_earlier(case, one) for one in known.alike[:_SHOWN]), *_proposal(known), *_repeated(case, known))  # fmt: skip


def _earlier(case: Case, one: Alike) -> str:
    if is_restricted(one.case):
        return f"Case {one.case.reference} may be like it. It is restricted: ask those who may read it before this one is answered."  # fmt: skip
    asked = (
        "in the same words"
        if _same_words(case, one.case)
        else f"something like it ({one.score} of 100)"
    )
    by = " by the same person" if _same_person(case, one.case) else ""
    words = ", ".join(one.words)
    return f"Case {one.case.reference} asked {asked}{by}: {words}. {_became(one.case)}"


def _same_words(one: Case, other: Case) -> bool:
    digest = wording_digest(one.request_text)
    return bool(digest) and digest == wording_digest(other.request_text)


def _became(case: Case) -> str:
    if case.answered_at is None or not case.outcome:
        return f"It is {case.state.value.replace('-', ' ')}."
    answer = _answer(case)
    on = f" on {', '.join(answer.provisions)}" if answer and answer.provisions else ""
    return f"It was answered on {in_words(london_date(case.answered_at))}: {_KINDS.get(case.outcome, case.outcome.replace('-', ' '))}{on}."  # fmt: skip


_KINDS: Final = {
    "ncnd": "neither confirmed nor denied",
    "ncnd-part": "in part neither confirmed nor denied",
    "disclosure": "disclosed",
    "part": "disclosed in part",
    "refusal": "refused",
}


def _proposal(known: Precedents) -> Iterator[str]:
    for topic, words in known.topics:
        yield f"It is on the topic “{topic.name}”, which is always neither confirmed nor denied: it says “{words}”."  # fmt: skip
    if known.topics or known.silent:
        yield (
            f'Answer it in the same way, whether or not anything is held: "ncnd {known.provisions}". '
            "That decision needs no search, and a search before it can only show."
        )


def _repeated(case: Case, known: Precedents) -> Iterator[str]:
    if case.regime not in _REPEATS:
        return
    law = regime(case.regime)
    mine = [
        one.case
        for one in known.alike
        if _same_person(case, one.case) and not is_restricted(one.case)
    ]
    for one in mine:
        if one.outcome in NCND:
            yield f"Section 14(2) is not open after {one.reference}: only a request that was complied with counts, and to cite it would tell what that letter did not."  # fmt: skip
        answered = london_date(one.answered_at) if one.answered_at else None
        begins = interval_begins(law, one.received, answered if one.outcome in _GAVE else None)
        if begins is not None:
            was = "was complied with" if begins == answered else "was complied with, and made"
            yield f"Section 14(2) may be open: {one.reference} {was} {(case.received - begins).days} days before this request. Whether that is a reasonable interval is for you to say."  # fmt: skip


_REPEATS: Final = frozenset({"foia", "foisa"})
"""The laws that know a repeated request; the Regulations do not (X-22)."""


def _same_person(one: Case, other: Case) -> bool:
    # An address that a platform made for one request never comes again, so that nobody is taken for another.
    return one.requester.address.casefold() == other.requester.address.casefold()


def _answer(case: Case) -> LetterVersion | None:
    return next((one for one in reversed(case.letters) if one.state is LetterState.SENT), None)


def tells(kind: str, provisions: Collection[Provision]) -> bool:
    """Whether a letter of this kind, on these provisions, says or takes for granted whether information is held.

    An extension does, unless it weighs provisions that neither confirm nor deny (N-16).
    """
    silent = bool(provisions) and all(one.ncnd for one in provisions)
    return kind in _TELLS or (kind == _EXTENSION and not silent)


def about_answer(
    kind: str, known: Precedents, provisions: Collection[Provision] = ()
) -> Iterator[Remark]:
    """The warnings about a letter of this kind: what it departs from needs a reason and a second person."""
    telling = tells(kind, provisions)
    if telling:
        instead = _EXTEND if kind == _EXTENSION and provisions else _DEPART
        for topic, words in known.topics:
            yield Remark(DEPARTS, words, f"requests on the topic “{topic.name}” are always neither confirmed nor denied", instead)  # fmt: skip
        for one in known.silent[:_SHOWN]:
            yield Remark(DEPARTS, ", ".join(one.words), f"case {one.case.reference} asked something like it and was neither confirmed nor denied", instead)  # fmt: skip
    # Said of every restricted case alike, whatever was answered there, so that it tells nothing.
    if telling or kind in NCND:
        rule = CONFIRMED_BEFORE if kind in NCND else DEPARTS
        for case in known.restricted[:_SHOWN]:
            yield Remark(rule, "", f"case {case.reference}, which is restricted, may have asked something like it", _ASK)  # fmt: skip
    if kind in NCND:
        for one in known.told[:_SHOWN]:
            yield Remark(CONFIRMED_BEFORE, ", ".join(one.words), f"case {one.case.reference} asked something like it, and the answer said whether anything is held", _CHECK)  # fmt: skip


_DEPART: Final = (
    "Order the letter that neither confirms nor denies; or say why this request is different."
)
_EXTEND: Final = (
    "Extend on 24(2), or another provision that neither confirms nor denies; or say why this request "
    "is different."
)
_ASK: Final = (
    "Ask those who may read it whether this answer agrees with that one, and say that you did."
)
_CHECK: Final = "Look at that answer, and say why confirming or denying would still do harm."


def against_repeated(case: Case, kind: str, text: str, known: Precedents) -> tuple[Remark, ...]:
    """Why a request may not be refused as repeated: the earlier one was not complied with (L-28)."""
    if kind != "repeated":
        return ()
    return tuple(
        Remark(
            REPEATED,
            one.case.reference,
            "the earlier request was neither confirmed nor denied; only one that was complied with counts, and to cite it would tell what that letter did not",
            f"Answer it again in the same way: ncnd {known.provisions}",
        )
        for one in known.silent
        if _same_person(case, one.case) or one.case.reference in text
    )
