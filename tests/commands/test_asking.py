"""`ask`, `answered` and `answers`: colleagues are asked without a word about who wants to know."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from foibot.case import colleague_events as c
from foibot.case import events as e
from foibot.case.case import State
from foibot.case.outcome import Enclosed
from foibot.case.questions import Question
from foibot.commands import VERBS
from foibot.commands.command import Situation
from foibot.commands.holder_answer import Said, Sort, read_answer
from foibot.mail.brought import BroughtFile
from foibot.officers.roster import Officer, Role, Roster
from tests.case.case_files import JANE as JANES
from tests.case.case_files import TO_REACH
from tests.samples import JANE, OFFICE, TOM, decided, order, situation, why, would_work

HARRY = Officer("harry.holder@exampleshire.example", "Harry Holder", "", frozenset({Role.HOLDER}))
NUMBERED = e.QuestionsNumbered(
    3, (Question("1", "How many calls did I, Sam Smith, make?"), Question("2(a)", "When?", "Of them:"), Question("2(b)", "Why?"))
)  # fmt: skip
ASKED = c.HolderAsked(1, date(2021, 1, 7), HARRY.address, "Do we?")


def at(*events: e.Event, **changes: object) -> Situation:
    """Jane's case on Tuesday 5 January 2021, four working days before its last day."""
    found = situation(*events, officer=JANE)
    rules = replace(
        found.rules, own_domains=("exampleshire.example",), mailbox="foi@exampleshire.example"
    )
    return replace(
        found,
        rules=rules,
        roster=Roster((*OFFICE.people, HARRY)),
        **changes,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("line", "text", "asked"),
    [
        (f"ask {HARRY.address}", "Do we?\n\nJane", (HARRY.address, "Do we?", 0, 7)),
        ("ask Harry Holder", "Do we?", (HARRY.address, "Do we?", 0, 7)),
        ("ask harry: do we?", "", (HARRY.address, "do we?", 0, 7)),
        (f"ask {HARRY.address}<mailto:{HARRY.address}> 1, 2", "", (HARRY.address, "", 3, 7)),
        ("ask harry 2(b)", "Please look soon.", (HARRY.address, "Please look soon.", 1, 7)),
        ("ask harry 1 and 2a: as soon as you can", "", (HARRY.address, "as soon as you can", 2, 7)),
        ("ask harry by 8 January 2021", "Do we?", (HARRY.address, "Do we?", 0, 8)),
        ("ask harry 1 by 8 Jan 2021", "", (HARRY.address, "", 1, 8)),
        ("ask LUKE@exampleshire.example: 3 years of it", "", ("luke@exampleshire.example", "3 years of it", 0, 7)),
        ("ask luke@exampleshire.example", "by telephone, or by mail?", ("luke@exampleshire.example", "by telephone, or by mail?", 0, 7)),
    ],
)  # fmt: skip
def test_a_colleague_is_asked(line: str, text: str, asked: tuple[str, str, int, int]) -> None:
    outcome = decided(line, at(NUMBERED), text)
    assert outcome.refusal == "", outcome.notices
    (event,) = outcome.events
    assert isinstance(event, c.HolderAsked)
    assert (event.holder, event.words, len(event.questions), event.until.day) == asked
    assert event.number == 1
    assert would_work(outcome) == [f"answered {event.holder}", "show"]


LUKE = "luke@exampleshire.example"
BOTH = (HARRY.address, LUKE)


@pytest.mark.parametrize(
    ("line", "holders", "words"),
    [
        (f"ask {HARRY.address}, {LUKE}", BOTH, "Do we?"),
        (f"ask {HARRY.address}; {LUKE}: how many", BOTH, "how many\nDo we?"),
        (f"ask {HARRY.address} and {LUKE} how many", BOTH, "how many\nDo we?"),
        (f"ask {HARRY.address} {LUKE}", BOTH, "Do we?"),
        (f"ask {HARRY.address}<mailto:{HARRY.address}>, Luke, Old <{LUKE}>", BOTH, "Do we?"),
        (f"ask {HARRY.address}, {HARRY.address}", (HARRY.address,), "Do we?"),
        (f"ask Harry Holder, {LUKE}", BOTH, "Do we?"),
        (f"ask harry and {LUKE}: how many", BOTH, "how many\nDo we?"),
        ("ask harry, tom, and jane", (HARRY.address, TOM.address, JANE.address), "Do we?"),
        (f"ask Old, Luke <{LUKE}>", (LUKE,), "Do we?"),
        ("ask harry, how many", (HARRY.address,), "how many\nDo we?"),
        (f"ask harry: did {LUKE} have it", (HARRY.address,), f"did {LUKE} have it\nDo we?"),
        (f"ask {HARRY.address}: {LUKE} had it", (HARRY.address,), f"{LUKE} had it\nDo we?"),
    ],
)
def test_several_colleagues_are_asked_one_by_one(
    line: str, holders: tuple[str, ...], words: str
) -> None:
    outcome = decided(line, at(ASKED), "Do we?")
    assert outcome.refusal == "", outcome.notices
    asked = [(one.number, one.holder, one.words) for one in outcome.events if isinstance(one, c.HolderAsked)]  # fmt: skip
    assert asked == [(at_, one, words) for at_, one in enumerate(holders, start=2)]
    assert would_work(outcome) == [*(f"answered {one}" for one in holders), "show"]


def test_nobody_is_asked_if_one_of_several_cannot_be() -> None:
    for line in (
        f"ask {HARRY.address}, eve@elsewhere.example",
        "ask harry and nobody",
        f"ask harry, nobody and {LUKE}",
        f"ask harry, did {LUKE} have it",
        f"ask harry and did {LUKE} have it",
    ):
        outcome = decided(line, at(), "Do we?")
        assert outcome.refusal, line
        assert not outcome.events


@pytest.mark.parametrize(
    ("line", "text", "words"),
    [("ask harry: how many", "", "how many?"), ("ask harry", "Do we?", "Do we?")],
)
def test_a_question_on_the_line_of_the_order_keeps_its_mark(
    line: str, text: str, words: str
) -> None:
    asked = replace(order(line, text), end="?")
    (event,) = VERBS["ask"].decide(asked, at()).events
    assert isinstance(event, c.HolderAsked)
    assert event.words == words


def test_the_questions_go_without_who_asked() -> None:
    (event,) = decided("ask harry 1, 2a", at(NUMBERED, ASKED)).events
    assert isinstance(event, c.HolderAsked)
    assert event.questions == ("1: How many calls did I, […], make?", "2(a): Of them: When?")
    assert event.number == 2


REFUSED = [
    ("ask", "Do we?", at(), "person", "does not say who"),
    ("ask eve@elsewhere.example", "Do we?", at(), "outside", "is not sent outside"),
    ("ask foi+x@exampleshire.example", "Do we?", at(), "person", "mailbox of the requests"),
    ("ask nobody knows", "Do we?", at(), "person", "Nobody on the list"),
    ("ask a..b@@exampleshire.example", "Do we?", at(), "person", "no address foibot can write"),
    ("ask sam@elsewhere.example", "Do we?", at(), "person", "comes from this very address"),
    ("ask harry", "", at(), "no-text", "There is no question"),
    ("ask harry 1", "", at(), "questions", "has no numbered questions"),
    ("ask harry 4", "", at(NUMBERED), "questions", "has the questions 1, 2(a), 2(b)"),
    ("ask harry by 1 Jan 2021", "Do we?", at(), "date", "not between today and the last day"),
    ("ask harry by 12 Jan 2021", "Do we?", at(), "date", "11 January 2021"),
    ("ask harry", "Did Mr Smith ring?", at(), "names-requester", "“Smith”"),
    ("ask harry", "x" * 10_001, at(), "no-text", "longer than foibot sends"),
    ("ask harry", "Do we?", at(*TO_REACH[State.ANSWERED]), "state", "nothing left to ask"),
    ("ask harry", "Do we?", at(files=(BroughtFile("scan.pdf", "application/pdf", b"x", ""),)), "files", "(scan.pdf)"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "text", "where", "check", "words"), REFUSED)
def test_what_is_not_asked_says_why(
    line: str, text: str, where: Situation, check: str, words: str
) -> None:
    outcome = decided(line, where, text)
    assert outcome.refusal == check
    assert words in why(outcome)
    assert outcome.notices[0].lines


def test_words_that_tell_who_asked_are_shown_without_it() -> None:
    outcome = decided("ask harry", at(), "Did Mr Smith ring?\nOr sam@elsewhere.example?")
    assert outcome.notices[0].lines == (
        (f"ask {HARRY.address}", "with these words under it, or better ones: Did Mr […] ring? Or […]?"),
    )  # fmt: skip


def test_after_the_last_day_any_later_day_will_do() -> None:
    found = at()
    late = replace(found, case=replace(found.case, due=date(2021, 1, 4)))
    assert decided("ask harry by 20 Jan 2021", late, "Do we?").refusal == ""


def test_an_officer_ends_the_asking() -> None:
    for line in ("answered harry: rang, none", f"answered {HARRY.address} rang, none"):
        outcome = decided(line, at(ASKED))
        assert outcome.events == (c.EnquiryClosed(1, "rang, none"),)
    assert decided("answered harry", at(ASKED), "He rang.\n\nJane").events == (
        c.EnquiryClosed(1, "He rang."),
    )
    other = decided("answered luke@exampleshire.example", at(ASKED))
    assert "No reply of that colleague" in why(other)
    assert would_work(other) == [f"answered {HARRY.address}", "show"]
    ended = decided("answered nobody", at(ASKED, c.EnquiryClosed(1)))
    assert "No reply of anybody" in why(ended)


def test_the_answers_are_enclosed_for_officers_and_approvers() -> None:
    assert "Nobody was asked" in why(decided("answers", at()))
    outcome = decided("answers", replace(at(ASKED), officer=TOM))
    assert outcome.events == (c.AnswersShown(),)
    (notice,) = outcome.notices
    assert notice.enclosed is Enclosed.ANSWERS
    assert notice.facts == {
        "asked": [
            "Harry Holder, asked by Jane Orange for an answer by 7 January 2021: no reply yet"
        ]
    }
    assert JANES in str(at(ASKED).case.enquiries)


TODAY, LATER = date(2020, 12, 22), date(2021, 1, 7)


@pytest.mark.parametrize(
    ("line", "text", "said"),
    [
        ("nil", "We looked.", Said(Sort.NIL)),
        ("NIL return: looked everywhere", "", Said(Sort.NIL)),
        ("nil we have none", "", Said(Sort.NIL)),
        ("nilly willy", "", Said(Sort.FREE)),
        ("part", "The rest on 4 January", Said(Sort.PART, more_by=date(2021, 1, 4))),
        ("part more by Friday", "", Said(Sort.PART, more_by=date(2020, 12, 25))),
        ("Part - sorry", "", Said(Sort.PART, more_by=LATER)),
        ("part of the file is attached", "", Said(Sort.FREE)),
        ("hours 6", "", Said(Sort.HOURS, "6")),
        ("about 6.5 hours to find", "", Said(Sort.HOURS, "6.5")),
        ("Hours: 12", "", Said(Sort.HOURS, "12")),
        ("not us: try Highways", "", Said(Sort.NOT_US)),
        ("Here it is", "nil", Said(Sort.FREE)),
        ("", "", Said(Sort.FREE)),
    ],
)
def test_the_sort_of_an_answer_is_read_from_its_first_line(
    line: str, text: str, said: Said
) -> None:
    assert read_answer(line, text, TODAY, LATER) == said
