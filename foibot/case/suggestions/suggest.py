"""What a message may be, from its words: at most three suggestions that an officer may ignore; no I/O."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from foibot.case.suggestions.personal_words import PERSONAL_WORDS
from foibot.case.suggestions.phrases import Phrasebook
from foibot.case.suggestions.request_words import REQUEST_WORDS
from foibot.case.suggestions.route import Route
from foibot.case.suggestions.signs import Sign, weak
from foibot.case.suggestions.urgent_words import URGENT_WORDS

_BOOK: Final = Phrasebook({**REQUEST_WORDS, **PERSONAL_WORDS, **URGENT_WORDS})
_STRONG, _WEAK = 3, 1
_ENOUGH = 2
_MOST = 3
_WANTS_ACTION: Final = frozenset({Route.LEGAL_CLAIM, Route.PRESS, Route.COMPLAINT, Route.BUSINESS})
_ORDER: Final = {route: place for place, route in enumerate(Route)}
_PARTS: Final = re.compile(r"[\W_]")
_FILES: Final = {
    "passport": weak(Route.SUBJECT_ACCESS),
    "licence": weak(Route.SUBJECT_ACCESS),
    "cv": weak(Route.BUSINESS),
    "invoice": weak(Route.BUSINESS),
    "claim": weak(Route.LEGAL_CLAIM),
}


@dataclass(frozen=True, slots=True)
class Signal:
    """Words that were found, and whether they say much by themselves."""

    words: str
    strong: bool


Signals = dict[Route, dict[str, Signal]]
_REMEMBERED: Final = 4
_LATELY: Final[OrderedDict[tuple[str, str], Signals]] = OrderedDict()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A route with what speaks for it; `score` is 3 for each strong signal and 1 for each weak one."""

    route: Route
    score: int
    signals: tuple[Signal, ...]

    @property
    def sure(self) -> bool:
        """Whether it stands on a strong signal, or on three weak ones."""
        return self.score >= _STRONG


def suggest(subject: str, text: str, files: Sequence[str] = ()) -> tuple[Suggestion, ...]:
    """Up to three routes, the likeliest first; never empty, as a request for information is the default.

    "Please send everything you hold about me" gives subject access, then a request for information.
    A name on a request ("under the Freedom of Information Act") does not outweigh what it asks for.
    """
    found = _with_files(signals_of(subject, text), files)
    scored = [_scored(route, found.get(route, {}).values()) for route in Route]
    likely = [one for one in scored if one.score >= _ENOUGH or one.route is Route.FOI]
    return tuple(_by_likelihood(likely)[:_MOST])


def safety_words(subject: str, text: str) -> tuple[str, ...]:
    """The words that somebody must read at once, () if there are none.

    A plain threat always counts. A single word such as "suicide" counts only where nothing asks for
    recorded information: "How many suicides were there in 2020?" is a request like any other.
    """
    found = signals_of(subject, text)
    safety = _scored(Route.SAFETY, found.get(Route.SAFETY, {}).values()).signals
    plain = tuple(one.words for one in safety if one.strong)
    asked = found.get(Route.FOI)
    return plain or (() if asked else tuple(one.words for one in safety))


def plain_threats(text: str) -> tuple[str, ...]:
    """The plain threats alone: what a further message is read for, as its subject was known before."""
    safety = signals_of("", text).get(Route.SAFETY, {})
    return tuple(one.words for one in safety.values() if one.strong)


def review_words(text: str) -> tuple[str, ...]:
    """The words in a further message that may ask for a review: any that show discontent (T-51)."""
    found = signals_of("", text).get(Route.REVIEW, {})
    return tuple(one.words for one in found.values())


def signals_of(subject: str, text: str) -> Signals:
    """Each route's signals, every wording once; remembered for a while, because one mail is asked for several."""
    signals = _LATELY.get((subject, text))
    if signals is None:
        signals = {}
        for found in (*_BOOK.find(subject), *_BOOK.find(text)):
            _keep(signals, found.means, found.words)
        remember(subject, text, signals)
    return signals


def remember(subject: str, text: str, signals: Signals) -> None:
    """Take over what `signals_of` found in these words, perhaps in another process."""
    _LATELY[subject, text] = signals
    while len(_LATELY) > _REMEMBERED:
        _LATELY.popitem(last=False)


def _with_files(signals: Signals, files: Sequence[str]) -> Signals:
    more = {route: dict(known) for route, known in signals.items()}
    for name in files:
        parts = set(_PARTS.split(name.casefold()))
        for word, sign in _FILES.items():
            if word in parts:
                _keep(more, sign, f"the file {name}")
    return more


def _keep(signals: Signals, sign: Sign, words: str) -> None:
    if sign.route is not None:
        known = signals.setdefault(sign.route, {})
        known.setdefault(words.casefold(), Signal(words, sign.strong))


def _scored(route: Route, signals: Iterable[Signal]) -> Suggestion:
    first = tuple(sorted(signals, key=lambda one: not one.strong))
    return Suggestion(route, sum(_STRONG if one.strong else _WEAK for one in first), first)


def _by_likelihood(found: Iterable[Suggestion]) -> list[Suggestion]:
    """Safety, what is sure, a request for information, then what is not sure.

    Somebody who asks how many complaints there were makes no complaint: the routes of those who want
    something done are not sure beside words that ask for information.
    """
    known = {one.route: one for one in found}
    asked = known[Route.FOI].score >= _ENOUGH

    def place(one: Suggestion) -> tuple[int, int, int]:
        if one.route is Route.FOI:
            tier = 2
        elif not one.sure or (asked and one.route in _WANTS_ACTION):
            tier = 3
        else:
            tier = 0 if one.route is Route.SAFETY else 1
        return tier, -one.score, _ORDER[one.route]

    return sorted(known.values(), key=place)
