"""A warning keeps its version open until somebody has said why it may stand; an unchanged one keeps its reason."""

from __future__ import annotations

from dataclasses import replace

from foibot.case import letter_events as le
from foibot.case.case import Case, LetterVersion
from foibot.case.remarks import Reason, Remark
from tests.case.case_files import ADVICE, JANE, WARNED, case_of, drafted

OTHER = Remark("N-30", "14", "a number that is not in the request", where="slot for")
BOTH = (ADVICE, WARNED, OTHER)


def current(case: Case) -> LetterVersion:
    assert case.current
    return case.current


def test_every_rule_that_warned_needs_a_reason_and_advice_needs_none() -> None:
    assert current(case_of(drafted(remarks=(ADVICE,)))).rules_open == ()
    twice = replace(WARNED, words="such information would")
    assert current(case_of(drafted(remarks=(*BOTH, twice)))).rules_open == ("N-24", "N-30")


def test_a_reason_closes_its_rules_and_a_later_one_takes_its_place() -> None:
    given = le.WarningAccepted(1, ("N-24",), "It is conditional.")
    case = case_of(drafted(remarks=BOTH), given)
    assert current(case).rules_open == ("N-30",)
    assert current(case).reasons == (Reason("N-24", "It is conditional.", JANE, 1),)
    case = case_of(drafted(remarks=BOTH), given, le.WarningAccepted(1, ("N-24", "N-30"), "Both."))
    assert current(case).rules_open == ()
    assert [one.why for one in current(case).reasons] == ["Both.", "Both."]


def after(remarks: tuple[Remark, ...], kind: str = "ncnd") -> LetterVersion:
    """The second version, after both warnings of the first were given a reason."""
    reasons = le.WarningAccepted(1, ("N-24", "N-30"), "It is conditional.")
    return current(case_of(drafted(remarks=BOTH), reasons, drafted(2, kind, remarks)))


def test_a_reason_holds_for_the_next_version_while_its_rule_finds_nothing_new() -> None:
    assert after(BOTH).rules_open == ()
    assert [one.version for one in after(BOTH).reasons] == [1, 1]
    assert after((WARNED,)).rules_open == ()
    assert [one.rule for one in after((WARNED,)).reasons] == ["N-24"]
    assert after((WARNED, replace(WARNED, words="other words"))).rules_open == ("N-24",)
    assert after(BOTH, "refusal").rules_open == ("N-24", "N-30")


def test_a_remark_in_words_says_where_what_and_what_instead() -> None:
    assert WARNED.in_words() == (
        "N-24: It takes the information for granted. The words are: “this information may”. "
        "Instead: Write 'any'."
    )
    assert OTHER.in_words().startswith("N-30: In the slot for: a number")
    assert Remark("L-06", "", "the review is missing").in_words() == "L-06: The review is missing."
