"""Tries the wording of every provision and limb of every law, alone and in each kind of letter that relies on it; no I/O."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from foibot import law
from foibot.law.combinations import combination_problems
from foibot.law.provision import Provision
from foibot.law.regime import Kind
from foibot.letters.check import problems_of
from foibot.letters.elements import words_of
from foibot.letters.environment import TemplateMustBeFixed
from foibot.letters.every_provision import every_provision, fullest
from foibot.letters.exemption_text import FOLDER, HEADINGS, WITHHOLDING_HEADINGS, stem_for
from foibot.letters.kind import LetterKind, Relies
from foibot.letters.problem import Problem
from foibot.letters.samples import sample_of_any

if TYPE_CHECKING:
    from foibot.letters.render import Letterbook

AT_ONCE: Final = 12
"""How many provisions are tried in one letter: most of the work is the letter around them."""

# The words of the law alone, "would, or would be likely to", find nothing about this request.
_LIKELY: Final = r"(?<!or )\bwould (?:not )?(?:be likely to|prejudice|endanger)\b"
_TESTS: Final[Mapping[Kind, tuple[str, ...]]] = {
    Kind.PREJUDICE: (_LIKELY, r"\bprejudic"),
    Kind.SUBSTANTIAL_PREJUDICE: (_LIKELY, r"\bprejudic", r"\bsubstantial"),
    Kind.ENDANGERMENT: (_LIKELY, r"\bendanger"),
    Kind.ADVERSE_EFFECT: (r"\bwould adversely affect\b",),
    Kind.REQUIRED: (r"\brequired\b",),
    Kind.OPINION: (_LIKELY, r"\bopinion\b"),
    Kind.CLASS: (),
    Kind.OTHER: (),
}
"""The words of the test that each kind of provision sets (X-04): "would be likely to prejudice"."""

# A silence argued from one answer alone tells which answer would have been given (N-05, N-26).
_BOTH: Final = r"\b(?:n?either (?:answer|direction|a conf)|confirm.*\bden)"
_WEIGHED: Final = ("factors_for", "factors_against", "balance")


def by_every_wording(book: Letterbook) -> list[Problem]:
    """Give what is wrong with the wording of provisions, and with the letters that rely on them."""
    found = [
        problem
        for regime in law.REGIMES
        for provision in every_provision(regime)
        for problem in _alone(book, provision)
    ]
    # In a letter, a wording that is broken by itself would be reported once for each kind.
    return sorted(set(found or _in_letters(book)))


def _alone(book: Letterbook, provision: Provision) -> Iterator[Problem]:
    """Try one wording by itself, in the first kind of letter that takes it."""
    taking = (kind for kind in book.kinds.values() if _takes(kind, provision))
    kind = next(taking, None)
    if kind is None:
        return
    facts = sample_of_any(kind, provision.regime, (provision,))
    bare = replace(facts, slots=dict.fromkeys(kind.every_slot, ""))
    facts = replace(facts, slots={**bare.slots, **facts.slots})
    stem = book.english.wording_for(provision)
    path = f"{FOLDER}{stem}.md"
    try:
        parts, ours = (book.english.wording(each)[provision] for each in (facts, bare))
    except TemplateMustBeFixed as error:
        yield Problem(error.path, error.line, error.reason, "Correct the line")
        return
    headings = HEADINGS if provision.ncnd else WITHHOLDING_HEADINGS
    for part, what, fix in _lacking(provision, ours, neutral=stem != stem_for(provision)):
        line = book.source.line_of(path, f"## {headings[part]}")
        yield Problem(path, line, f"{what}, for {provision.in_full}", fix)
    said = words_of(" ".join(parts.values()))
    for slot in kind.asked_of((provision,)):
        if words_of(facts.slots[slot.name]) not in said:
            what = f"the slot '{slot.name}' is left out, for {provision.in_full}"
            yield Problem(path, 1, what, f"Put {{{{ slots.{slot.name} }}}} back")


def _lacking(
    provision: Provision, ours: Mapping[str, str], *, neutral: bool
) -> Iterator[tuple[str, str, str]]:
    """Give what our own words lack, without those of an officer: in which part, what it is, how to mend it.

    The neutral wording fits every test and so names none, and weighs without a balance of its own.
    """
    weighed = (
        (_WEIGHED[:2] if neutral else _WEIGHED) if provision.needs_public_interest_test else ()
    )
    for part in ("why", *weighed):
        if not ours[part]:
            yield part, "nothing is said", "Write it for this provision and each of its limbs"
        elif provision.ncnd and not re.search(_BOTH, ours[part], re.IGNORECASE):
            fix = "Say what a confirmation would do, and what a denial would"
            yield part, "a confirmation and a denial are not both argued", fix
    for limb in provision.limbs:
        if words_of(limb.words) not in words_of(ours["why"]):
            what = f"the law's own words for {limb.bracketed} are missing"
            yield "why", what, "Put {{ provision.limbs_in_words }} back"
    for words in () if neutral else _TESTS[provision.test]:
        if not re.search(words, ours["why"], re.IGNORECASE):
            what = f"the test of the law is not put ({provision.test.value})"
            yield "why", what, "Restore the shipped sentence, or write it in the words of the law"


def _in_letters(book: Letterbook) -> Iterator[Problem]:
    """Write each kind of letter on all that it can rely on, as many at once as may stand together.

    The same words stand in several kinds, and only the first under each law has to pass the lint with
    them. The others have to hold them, word for word.
    """
    linted: set[tuple[str, Provision]] = set()
    # What is answered by number is read last: it holds what the letters for a whole request hold.
    for kind in sorted(book.kinds.values(), key=lambda each: each.relies is Relies.EACH):
        for regime in kind.regimes:
            taken = (each for each in fullest(law.regime(regime)) if _takes(kind, each))
            for lot in lots(taken):
                facts = sample_of_any(kind, regime, lot)
                relies = _whole(kind.relies, lot)
                new = linted.isdisjoint((relies, each) for each in lot)
                linted.update((relies, each) for each in lot)
                yield from problems_of(book, kind, facts, linted=new)


def _whole(relies: Relies, lot: tuple[Provision, ...]) -> Relies:
    """Of a letter that answers by number, say which letter for a whole request holds the same words."""
    if relies is not Relies.EACH:
        return relies
    return Relies.NCND if lot[0].ncnd else Relies.WITHHELD


def lots(provisions: Iterable[Provision]) -> list[tuple[Provision, ...]]:
    """Put provisions together, `AT_ONCE` at the most, and none with another that excludes it."""
    found: list[tuple[Provision, ...]] = []
    for each in provisions:
        fits = (
            at
            for at, lot in enumerate(found)
            if len(lot) < AT_ONCE and not combination_problems((*lot, each))
        )
        at = next(fits, None)
        if at is None:
            found.append((each,))
        else:
            found[at] = (*found[at], each)
    return found


def _takes(kind: LetterKind, provision: Provision) -> bool:
    fits = {
        Relies.NOTHING: False,
        Relies.WITHHELD: not provision.ncnd,
        Relies.NCND: provision.ncnd,
        Relies.EACH: True,
        Relies.WEIGHED: provision.needs_public_interest_test,
    }[kind.relies]
    regime = provision.regime
    needed = {"provisions", "parts"}.intersection(kind.needs_in(regime))
    return fits and regime in kind.regimes and bool(needed)
