"""The names by which a template speaks of single questions and of what they have in common; no I/O."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from foibot.case.parts import PartOutcome, slot_of
from foibot.law.dates import listed
from foibot.law.provisions import Provision
from foibot.letters.escape import Fragment, paragraphs, quotation
from foibot.letters.facts import LetterFacts, PartFacts

NCND_SLOTS: Final = "ncnd "
"""How the names of slots begin that argue for neither confirming nor denying, beside those that withhold."""

Worded = Callable[[tuple[Provision, ...]], Mapping[str, object]]


def parts_in_words(facts: LetterFacts, worded: Worded) -> dict[str, object]:
    """Give each question with its outcome; what is kept back, and what is neither confirmed nor denied, together.

    The two groups share nothing, so that the words on one cannot run into the other (N-10).
    """
    kept_back = [one for one in facts.parts if one.outcome.withholds]
    silent = [one for one in facts.parts if one.outcome is PartOutcome.NCND]
    absent = [one for one in facts.parts if one.outcome is PartOutcome.NOT_HELD]
    return {
        "parts": [_part(one, facts, worded) for one in facts.parts],
        "given": any(one.outcome.gives for one in facts.parts),
        "kept_back": {**worded(_relied_on(kept_back)), "questions": _named(kept_back)},
        "unconfirmed": {
            **worded(_relied_on(silent)),
            "questions": _named(silent),
            "slots": {
                name.removeprefix(NCND_SLOTS): paragraphs(text)
                for name, text in facts.slots.items()
                if name.startswith(NCND_SLOTS)
            },
        },
        "not_held": {"questions": _named(absent)},
    }


def _part(part: PartFacts, facts: LetterFacts, worded: Worded) -> dict[str, object]:
    return {
        **worded(part.provisions),
        "number": part.number,
        "question": quotation(part.question),
        "words": paragraphs(facts.slots.get(slot_of(part.number), "")) or Fragment(""),
        "gives_all": part.outcome is PartOutcome.DISCLOSE,
        "gives_some": part.outcome is PartOutcome.SOME,
        "refuses": part.outcome is PartOutcome.REFUSE,
        "not_held": part.outcome is PartOutcome.NOT_HELD,
    }


def _relied_on(parts: Iterable[PartFacts]) -> tuple[Provision, ...]:
    return tuple(dict.fromkeys(each for one in parts for each in one.provisions))


def _named(parts: list[PartFacts]) -> str:
    """Name questions in a sentence: "question 2", "questions 2, 3 and 5"; empty if there are none."""
    numbers = listed([one.number for one in parts])
    return f"question{'s' if len(parts) > 1 else ''} {numbers}" if parts else ""
