"""What a draft is warned of by the dates of its case, and by an extension that neither confirmed nor denied."""

from __future__ import annotations

from datetime import date

import pytest

from foibot.case import clock_events as cl
from foibot.case.case import Case, State
from foibot.case.cautions import about_time, around_extension
from foibot.law import regime
from foibot.law.foia import FOIA
from foibot.law.provisions import Provision, read_ncnd, read_withheld
from tests.case.case_files import TO_REACH, case_of, drafted

IN_TIME, LATE = date(2021, 1, 11), date(2021, 1, 12)


def relied_on(cited: str) -> tuple[Provision, ...]:
    reader = read_ncnd if "(2)" in cited else read_withheld
    return tuple(one for one in reader(cited, FOIA) if isinstance(one, Provision))


def extended(*provisions: str) -> Case:
    letter = drafted(kind="extension", provisions=provisions)
    longer = cl.Extended(date(2020, 12, 20), date(2021, 2, 8), "s.10(3)")
    return case_of(letter, *TO_REACH[State.WAITING][1:-1], longer)


@pytest.mark.parametrize(
    ("kind", "law", "until", "today", "rules"),
    [
        ("clarification", "foia", date(2021, 4, 11), IN_TIME, []),
        ("clarification", "foia", date(2021, 4, 11), LATE, ["T-36"]),
        ("clarification", "foisa", date(2021, 4, 11), LATE, ["T-36"]),
        ("fees-notice", "foia", None, IN_TIME, []),
        ("fees-notice", "foia", None, LATE, ["T-35"]),
        ("disclosure", "foia", None, LATE, []),
        ("extension", "foia", date(2021, 2, 8), IN_TIME, []),
        ("extension", "foia", date(2021, 2, 9), IN_TIME, ["T-34"]),
        ("extension", "foia", None, IN_TIME, []),
        ("extension", "foia", date(2021, 2, 8), LATE, ["T-34"]),
        ("extension", "foia", date(2021, 2, 9), LATE, ["T-34", "T-34"]),
        ("extension", "eir", date(2021, 2, 9), IN_TIME, []),
        ("holding", "foia", date(2021, 3, 9), LATE, []),
    ],
)
def test_a_letter_that_comes_late_or_puts_off_for_long_needs_a_reason(
    kind: str, law: str, until: date | None, today: date, rules: list[str]
) -> None:
    remarks = list(about_time(case_of(), kind, until, regime(law), today))
    assert [one.rule for one in remarks] == rules
    assert all(one.needs_reason for one in remarks)


@pytest.mark.parametrize(
    ("kind", "cited", "warned"),
    [
        ("refusal", "24(1)", True),
        ("disclosure", "", True),
        ("extension", "24(1)", True),
        ("extension", "24(2)", False),
        ("ncnd", "24(2)", False),
        ("clarification", "", False),
    ],
)
def test_n16_after_an_extension_in_silence_what_tells_needs_a_reason(
    kind: str, cited: str, *, warned: bool
) -> None:
    provisions = relied_on(cited)
    silent, held = extended("23(5)", "24(2)"), extended("24(1)")
    rules = ["N-16"] if warned else []
    assert [one.rule for one in around_extension(silent, kind, provisions, FOIA)] == rules
    assert not list(around_extension(held, kind, provisions, FOIA))
    assert not list(around_extension(case_of(), kind, provisions, FOIA))
    assert not list(around_extension(case_of(drafted(kind="extension")), kind, provisions, FOIA))


def test_l24_the_officer_is_told_what_an_extension_does_not_name() -> None:
    (told,) = around_extension(case_of(), "extension", relied_on("23(5) 24(2)"), FOIA)
    assert (told.rule, told.needs_reason) == ("L-24", False)
    assert "23(5) is not named in this letter" in told.in_words()
    assert not list(around_extension(case_of(), "ncnd", relied_on("23(5) 24(2)"), FOIA))
