"""The morning digest: what is late, due soon, waiting or in trouble, each case under the right heading."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pytest

from foibot.case import colleague_events as c
from foibot.case.case import Case, State
from foibot.case.outcome import Listed
from foibot.law.foia import FOIA
from foibot.officers.roster import Roster
from foibot.reports.digest import digest
from tests.case.case_files import DUE, TO_REACH, UNFINISHED, case_of
from tests.samples import CLERK, JANE, TOM

ALONE, SEVERAL = Roster((JANE, TOM)), Roster((JANE, TOM, CLERK))


@dataclass(frozen=True, slots=True)
class Message:
    """A message that was not taken for a request."""

    disposition: str = "auto"
    rule: str = "A2"
    sender: str = "a@lists.example"
    evidence: str = "Auto-Submitted: auto-replied"
    id: int = 57
    subject: str = ""
    case_ref: str = ""
    guesses: tuple[str, ...] = ()


def case(number: int = 42, state: State = State.OPEN, due: date = DUE) -> Case:
    return replace(case_of(*TO_REACH[state]), reference=f"{number:06}/20", due=due)


def facts(
    *cases: Case,
    today: date,
    listed: tuple[Message, ...] = (),
    stuck: int = 0,
    paused: bool = False,
) -> dict[str, object]:
    return digest(cases, FOIA, today, listed, stuck, paused, ALONE)[0]


def listed(*messages: Message) -> tuple[Listed, ...]:
    return digest((), FOIA, DUE, messages, 0, False, ALONE)[2]


def lines(*cases: Case, today: date) -> list[str]:
    return [order for order, _ in digest(cases, FOIA, today, (), 0, False, ALONE)[1]]


@pytest.mark.parametrize(
    ("today", "heading", "words"),
    [
        (date(2020, 12, 8), "others", "000042/20: due in 20 working days, on Monday 11 January 2021; open"),
        (date(2021, 1, 5), "others", "000042/20: due in 4 working days, on Monday 11 January 2021; open"),
        (date(2021, 1, 6), "soon", "000042/20: due in 3 working days, on Monday 11 January 2021; open"),
        (date(2021, 1, 8), "soon", "000042/20: due in 1 working day, on Monday 11 January 2021; open"),
        (date(2021, 1, 11), "soon", "000042/20: due today, on Monday 11 January 2021; open"),
        (date(2021, 1, 12), "overdue", "000042/20: was due on Monday 11 January 2021, 1 working day ago; open"),
        (date(2021, 1, 18), "overdue", "000042/20: was due on Monday 11 January 2021, 5 working days ago; open"),
    ],
)  # fmt: skip
def test_a_case_stands_where_its_last_day_puts_it(today: date, heading: str, words: str) -> None:
    found = facts(case(), today=today)
    shown = {name: found[name] for name in ("overdue", "soon", "others")}
    assert shown == {"overdue": [], "soon": [], "others": []} | {heading: [words]}
    assert lines(case(), today=today) == ["000042/20 show"]


@pytest.mark.parametrize(
    ("state", "heading", "words"),
    [
        (State.OPEN, "", ""),
        (State.APPROVED, "", ""),
        (State.AWAITING_APPROVAL, "waiting", "000042/20: awaiting approval, version 1; due in 18 working days, on Monday 11 January 2021"),
        (State.ON_HOLD, "waiting", "000042/20: on hold, version 1; due in 18 working days, on Monday 11 January 2021"),
        (State.DELIVERY_FAILED, "trouble", "000042/20: delivery failed, version 1"),
        (State.DELIVERY_UNCERTAIN, "trouble", "000042/20: delivery uncertain, version 1"),
    ],
)  # fmt: skip
def test_a_case_that_waits_for_a_person_is_named(state: State, heading: str, words: str) -> None:
    found = facts(case(state=state), today=date(2020, 12, 10))
    shown = {name: found[name] for name in ("waiting", "trouble")}
    assert shown == {"waiting": [], "trouble": [], **({heading: [words]} if heading else {})}


def test_a_letter_with_words_still_to_be_written_waits_for_more_than_approval() -> None:
    waits = case(state=State.AWAITING_APPROVAL)
    letter = replace(waits.letters[0], remarks=(UNFINISHED,))
    found = facts(replace(waits, letters=(letter,)), today=date(2020, 12, 10))
    assert "awaiting approval, version 1 with words still to be written;" in str(found["waiting"])


def test_a_letter_to_be_approved_says_so_of_a_last_day_that_is_over() -> None:
    found = facts(case(state=State.AWAITING_APPROVAL), today=date(2021, 1, 12))
    assert found["waiting"] == [
        "000042/20: awaiting approval, version 1; was due on Monday 11 January 2021"
    ]


@pytest.mark.parametrize("today", [date(2021, 2, 26), date(2021, 3, 1)])
def test_what_the_requester_has_to_do_is_nothing_to_do_now(today: date) -> None:
    waiting = case(state=State.WAITING, due=date(2021, 2, 28))
    found = facts(waiting, today=today)
    assert (found["soon"], found["overdue"]) == ([], [])
    assert found["others"] == [
        (
            "000042/20: the requester may answer or pay until Sunday 28 February 2021; "
            "waiting for requester, version 1"
        )
    ]


def test_a_last_day_at_the_weekend_is_not_called_today() -> None:
    assert facts(case(due=date(2021, 2, 28)), today=date(2021, 2, 26))["soon"] == [
        "000042/20: due before the next working day, on Sunday 28 February 2021; open"
    ]


def test_a_case_under_two_headings_has_one_line_and_is_counted_once() -> None:
    late = case(state=State.DELIVERY_FAILED)
    calm = case(43, due=date(2021, 2, 8))
    found = facts(late, calm, today=date(2021, 1, 12))
    assert found["open"] == 2
    assert found["others"] == ["000043/20: due in 19 working days, on Monday 8 February 2021; open"]
    assert lines(calm, late, today=date(2021, 1, 12)) == ["000042/20 show", "000043/20 show"]


def test_however_many_cases_are_open_the_digest_stays_short() -> None:
    many = [case(number, due=date(2021, 2, 8)) for number in range(1, 100)]
    found = facts(*many, today=date(2021, 1, 12))
    others, more = found["others"], found["more_others"]
    assert isinstance(others, list)
    assert isinstance(more, int)
    assert (found["open"], len(others) + more) == (99, 99)
    assert more > 0
    assert 0 < len(lines(*many, today=date(2021, 1, 12))) <= len(others)


def test_what_was_taken_for_no_request_is_listed_up_to_a_bound() -> None:
    many = tuple(Message(sender=f"{number}@x.example") for number in range(61))
    shown = (*many[:59], Message(sender=""), many[60])
    found = listed(*shown)
    assert len(found) == 60
    assert found[0].words == "0@x.example: an automatic reply, as the program that sent it says"
    assert found[-1].words.startswith("unknown sender: ")
    assert facts(today=DUE, listed=shown)["more_listed"] == 1
    assert facts(today=DUE)["more_listed"] == 0


def test_a_message_has_one_line_and_the_answers_it_can_be_given() -> None:
    stray = Message("unmatched", "B16", "sam@x.example", "a stranger names a case", 3, "Re: it")
    (one,) = listed(replace(stray, guesses=("000042/20",)))
    assert one == Listed(
        3,
        "sam@x.example, “Re: it”: not placed (rule B16: a stranger names a case)",
        (("1", "000042/20"), ("new", ""), ("not foi", "")),
    )
    (filed,) = listed(replace(stray, case_ref="000042/20", subject="x" * 80))
    assert filed.words.startswith(f"sam@x.example, “{'x' * 59}…”: not placed, on 000042/20 (")
    assert filed.answers == (("new", ""),)


AUTO, REFUSED = "Auto-Submitted: auto-generated", "command-refused"


@pytest.mark.parametrize(
    ("message", "said"),
    [
        (Message(case_ref="000042/20", subject="I am away"), ", “I am away”, on 000042/20: an automatic reply, as the program that sent it says"),
        (Message(evidence=AUTO, subject="Automatic reply: Re"), ", “Automatic reply: Re”: an automatic reply, as the program that sent it says"),
        (Message(rule="A3", evidence="X-Autoreply: yes"), ": an automatic reply, as the program that sent it says"),
        (Message(rule="A17"), ": a receipt that says that a mail of ours was displayed"),
        (Message(rule="C21"), ": an answer to an invitation, or its cancellation"),
        (Message(REFUSED, "not-understood", evidence="Approved. Thanks Tom"), ": an order that was not carried out; its officer was told (Approved. Thanks Tom)"),
        (Message(REFUSED, "to-confirm", evidence="The notice it answers is too old."), ": an order that was not carried out; its officer was told (The notice it answers is too old.)"),
    ],
)  # fmt: skip
def test_what_was_answered_or_written_by_a_machine_stands_aside_without_rules(
    message: Message, said: str
) -> None:
    request = Message("bounce", id=3, case_ref="000042/20")
    first, one = listed(message, request)
    assert (first.number, first.aside) == (3, False)
    assert (one.words, one.aside) == (f"a@lists.example{said}", True)
    assert one.answers, "it may be a request after all"


@pytest.mark.parametrize(
    ("message", "said"),
    [
        (Message(evidence=AUTO, subject="Contact form"), f", “Contact form”: automatic (rule A2: {AUTO})"),
        (Message(rule="A3", evidence="Subject: Automatic replies"), ": automatic (rule A3: Subject: Automatic replies)"),
        (Message(rule="A6", evidence="List-Id: x"), ": automatic (rule A6: List-Id: x)"),
        (Message(rule="A18", evidence="an abuse report"), ": automatic (rule A18: an abuse report)"),
        (Message(REFUSED, "border", evidence="Not proven."), ": an order that was not obeyed (rule border: Not proven.)"),
    ],
)  # fmt: skip
def test_what_may_be_a_request_or_a_forgery_is_to_be_looked_at(message: Message, said: str) -> None:
    (one,) = listed(message)
    assert (one.words, one.aside) == (f"a@lists.example{said}", False)


def test_what_may_be_a_request_comes_first() -> None:
    newsletter = Message(rule="A6", id=1)
    found = listed(Message(id=4), newsletter, Message("bounce", id=2), Message("unmatched", id=3))
    assert [one.number for one in found] == [3, 1, 2, 4]


def test_a19_reports_about_mail_that_nobody_sent_are_one_line() -> None:
    """Mail rule A19."""
    strays = [Message("bounce", id=number) for number in range(9)]
    ours = Message("bounce", id=10, case_ref="000042/20")
    assert [one.number for one in listed(*strays, ours)] == [10]
    assert facts(today=DUE, listed=(*strays, ours))["strays"] == 9
    assert facts(today=DUE, listed=tuple(strays[:3]))["strays"] == 0


def test_what_is_stuck_and_a_pause_are_passed_on() -> None:
    found = facts(today=DUE, stuck=2, paused=True)
    assert (found["stuck"], found["paused"], found["today"]) == (2, True, "Monday 11 January 2021")


def test_t15_the_end_of_the_known_holidays_is_trouble() -> None:
    beyond = case(due=date(2029, 1, 3))
    (warning,) = facts(beyond, today=date(2026, 1, 5))["trouble"]  # type: ignore[misc, attr-defined]
    assert warning.startswith(
        "Bank holidays are known until 31 December 2028 only. The last day of 1"
    )
    assert facts(case(), today=date(2026, 1, 5))["trouble"] == []


def test_whose_a_case_is_stands_with_it_and_silence_is_told() -> None:
    taken = replace(
        case_of(c.Assigned(CLERK.address), c.AssignmentAccepted()), reference="000001/20"
    )
    silent = replace(case_of(c.Assigned(CLERK.address)), reference="000002/20")
    nobodys = replace(case_of(), reference="000003/20")

    def told(people: Roster, today: date) -> dict[str, object]:
        return digest((taken, silent, nobodys), FOIA, today, (), 0, False, people)[0]

    assert told(SEVERAL, date(2020, 12, 10))["unclaimed"] == [
        "000002/20: assigned to Cleo Clerk on Tuesday 8 December 2020, who has not said a word about it",
        "000003/20: nobody has it",
    ]
    assert told(SEVERAL, date(2020, 12, 9))["unclaimed"] == []
    assert told(ALONE, date(2020, 12, 10))["unclaimed"] == [
        "000002/20: assigned to clerk@exampleshire.example on Tuesday 8 December 2020, who has not said a word about it",
    ]
    assert "open, with Cleo Clerk" in str(told(SEVERAL, date(2020, 12, 9))["others"])


def test_a_report_that_mail_is_late_is_told_from_one_that_it_failed() -> None:
    late, failed = listed(Message("bounce", rule="A14", id=1), Message("bounce", rule="A11", id=2))
    assert "about mail of ours that is late" in late.words
    assert "about mail of ours that was not delivered" in failed.words
