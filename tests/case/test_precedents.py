"""What earlier answers and listed topics mean for a new request: shown to officers, and never decided by foibot."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from foibot.case import letter_events as le
from foibot.case.case import Case, State
from foibot.case.precedents import (
    Precedents,
    Topic,
    about_answer,
    against_repeated,
    precedents,
    seen_before,
)
from foibot.law import REGIMES
from foibot.law.foia import FOIA
from foibot.law.provisions import Provision, read_ncnd, read_withheld
from tests.case.case_files import TO_REACH, case_of, drafted

ASKED = "How many planned terrorist attacks on the emergency services did you stop in Exampleshire?"
TOPIC = Topic("counter-terrorism", ("thwarted plot", "terrorist attack"))


def a_case(reference: str = "000042/20", text: str = ASKED, **changes: object) -> Case:
    return replace(case_of(), reference=reference, request_text=text, **changes)  # type: ignore[arg-type]


def answered(kind: str, reference: str = "000007/20", who: str = "eve@elsewhere.example") -> Case:
    events = [le.Drafted(1, kind, "f", "m", ("23(5)", "31(3)(a)")), *TO_REACH[State.ANSWERED][1:]]
    case = case_of(*events)
    return replace(case, reference=reference, request_text=ASKED, requester=replace(case.requester, address=who))  # fmt: skip


def known(*others: Case, topics: tuple[Topic, ...] = ()) -> Precedents:
    return precedents(a_case(), others, topics)


def told(*others: Case, topics: tuple[Topic, ...] = ()) -> str:
    return " ".join(seen_before(a_case(), known(*others, topics=topics)))


def test_nothing_is_said_of_itself_or_of_what_is_not_alike() -> None:
    other = a_case("000001/20", "How many complaints about noise did the council receive?")
    assert told(a_case(), other, topics=(Topic("dogs", ("police dog",)),)) == ""


def test_an_earlier_answer_is_named_with_the_words_that_match() -> None:
    words = told(answered("disclosure"))
    assert "Case 000007/20 asked in the same words: planned, terrorist, attacks" in words
    assert "It was answered on" in words
    assert ": disclosed on 23(5), 31(3)(a)." in words
    assert "ncnd" not in words


def test_an_open_case_says_where_it_stands_and_how_alike_it_is() -> None:
    other = a_case("000001/20", ASKED.replace("Exampleshire", "the county of Otherton"))
    assert "asked something like it (" in told(other)
    assert "by the same person" in told(other)
    assert "It is open." in told(other)


def test_the_answer_that_was_given_before_is_proposed_with_its_provisions() -> None:
    words = told(answered("ncnd"))
    assert "neither confirmed nor denied on 23(5), 31(3)(a)" in words
    assert '"ncnd 23(5) 31(3)(a)"' in words
    assert "needs no search" in words


def test_a_listed_topic_proposes_the_same_whatever_was_answered() -> None:
    words = told(topics=(TOPIC,))
    assert "on the topic “counter-terrorism”" in words
    assert "it says “terrorist attacks”" in words
    assert '"ncnd 23(5) 24(2) 31(3)(a)"' in words
    assert '"ncnd 38(2)(a)"' in told(topics=(replace(TOPIC, provisions="38(2)(a)"),))


def test_section_14_2_is_told_open_only_after_a_request_that_was_complied_with() -> None:
    mine = "sam@elsewhere.example"
    assert "Section 14(2) is not open after 000007/20" in told(answered("ncnd", who=mine))
    assert "Section 14(2) may be open: 000007/20" in told(answered("not-held", who=mine))
    assert "Section 14(2)" not in told(answered("refusal", who=mine))
    assert "Section 14(2)" not in told(answered("ncnd"), answered("disclosure"))


def test_x22_each_law_counts_the_interval_from_its_own_day_and_the_regulations_know_none() -> None:
    """FOIA 2000 s.14(2) counts from compliance, FOISA 2002 s.14(2) from the request itself."""
    mine = answered("not-held", who="sam@elsewhere.example")
    earlier = replace(mine, received=date(2020, 11, 8), answered_at=datetime(2020, 11, 28, tzinfo=UTC))  # fmt: skip
    found = {
        law.key: " ".join(seen_before(a_case(regime=law.key), known(earlier))) for law in REGIMES
    }
    assert "000007/20 was complied with 10 days before this request" in found["foia"]
    assert "000007/20 was complied with, and made 30 days before this request" in found["foisa"]
    assert "14(2)" not in found["eir"] + found["eisr"]


@pytest.mark.parametrize(
    ("kind", "found", "rules"),
    [
        ("ncnd", known(answered("ncnd"), topics=(TOPIC,)), []),
        ("ncnd", known(answered("not-held"), answered("disclosure")), ["N-14", "N-14"]),
        ("not-held", known(answered("ncnd"), topics=(TOPIC,)), ["N-11", "N-11"]),
        ("disclosure", known(topics=(TOPIC,)), ["N-11"]),
        ("disclosure", known(answered("disclosure")), []),
        ("clarification", known(answered("ncnd"), topics=(TOPIC,)), []),
    ],
)
def test_a_departure_is_a_warning(kind: str, found: Precedents, rules: list[str]) -> None:
    remarks = list(about_answer(kind, found))
    assert [one.rule for one in remarks] == rules
    assert all(one.needs_reason and one.words for one in remarks)


@pytest.mark.parametrize(
    ("cited", "rules"), [("24(1)", ["N-11", "N-11"]), ("24(2)", []), ("", ["N-11", "N-11"])]
)
def test_n11_an_extension_departs_unless_it_neither_confirms_nor_denies(
    cited: str, rules: list[str]
) -> None:
    reader = read_ncnd if cited == "24(2)" else read_withheld
    provisions = tuple(one for one in reader(cited, FOIA) if isinstance(one, Provision))
    remarks = list(about_answer("extension", known(answered("ncnd"), topics=(TOPIC,)), provisions))
    assert [one.rule for one in remarks] == rules
    assert all(("Extend on 24(2)" in one.instead) is bool(cited) for one in remarks)


def test_a_request_is_not_refused_as_repeated_after_a_letter_that_neither_confirmed_nor_denied() -> (
    None
):
    mine, other = answered("ncnd", who="SAM@elsewhere.example"), answered("ncnd")
    case = a_case()
    assert [one.rule for one in against_repeated(case, "repeated", "", known(mine))] == ["L-28"]
    assert against_repeated(case, "repeated", "", known(other)) == ()
    assert against_repeated(case, "repeated", "See 000007/20.", known(other))
    assert against_repeated(case, "refusal", "", known(mine)) == ()
    assert against_repeated(case, "repeated", "", known(answered("disclosure"))) == ()


def test_a_draft_that_never_left_is_no_answer() -> None:
    assert "It is awaiting approval." in told(
        replace(case_of(drafted()), reference="000009/20", request_text=ASKED)
    )
