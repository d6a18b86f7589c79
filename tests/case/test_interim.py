"""What a letter that left means for the case: an answer, or a question, a fee, more time, or nothing but a word."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from foibot.case import events as e
from foibot.case.case import LetterVersion
from foibot.case.interim import INTERIM, sent
from foibot.law import REGIMES, regime
from tests.case.case_files import case_of, drafted

ON = date(2020, 12, 15)
UNTIL = date(2021, 2, 8)


def letter(kind: str, until: date | None = UNTIL) -> LetterVersion:
    current = case_of(drafted(kind=kind)).current
    assert current is not None
    return replace(current, until=until, fee_pence=1250)


def follows(kind: str, law: str = "foia", until: date | None = UNTIL) -> tuple[e.Event, ...]:
    return sent(letter(kind, until), "<l1@x.example>", "250 ok", ON, regime(law))


def test_a_letter_of_any_other_kind_is_the_answer() -> None:
    assert follows("ncnd") == (e.LetterSent(1, "<l1@x.example>", "250 ok"),)


@pytest.mark.parametrize("kind", sorted(INTERIM))
def test_an_interim_letter_without_a_day_starts_no_clock(kind: str) -> None:
    assert follows(kind, until=None) == (e.InterimSent(1, "<l1@x.example>", "250 ok"),)


# kind, law, the event that follows, the source of law (T-33 to T-35, T-45)
STARTS = [
    ("clarification", "foia", e.ClarificationAsked(ON, UNTIL, "FOIA 2000 s.9(2) by analogy")),
    ("clarification", "eisr", e.ClarificationAsked(ON, UNTIL, "FOISA 2002 s.9 by analogy")),
    ("fees-notice", "foia", e.FeeAsked(ON, UNTIL, "FOIA 2000 s.9(2)", 1250)),
    ("fees-notice", "eir", e.FeeAsked(ON, UNTIL, "EIR 2004 reg.8(5)", 1250)),
    ("fees-notice", "eisr", e.FeeAsked(ON, UNTIL, "EI(S)R 2004 reg.8(6)", 1250)),
    ("extension", "foia", e.Extended(ON, UNTIL, "FOIA 2000 s.10(3); s.45 Code")),
    ("extension", "eir", e.Extended(ON, UNTIL, "EIR 2004 reg.7(1)")),
    ("extension", "eisr", e.Extended(ON, UNTIL, "EI(S)R 2004 reg.7")),
]


@pytest.mark.parametrize(("kind", "law", "event"), STARTS)
def test_what_an_interim_letter_starts_and_under_which_law(
    kind: str, law: str, event: e.Event
) -> None:
    said, started = follows(kind, law)
    assert isinstance(said, e.InterimSent)
    assert started == event


def test_every_law_knows_what_a_question_and_a_fee_start() -> None:
    for law in REGIMES:
        for kind in ("clarification", "fees-notice"):
            assert len(follows(kind, law.key)) == 2
