"""Every letter that answers a request, by post under every law: ordered, shown, approved, read, and what it leaves."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from foibot.case.case import State
from foibot.config.sections import SCOTTISH_REGULATOR, RegimeKey
from foibot.demo.correspondent import Person
from tests.office import JANE, SAM, TOM, Mail, Office, office

COST = "\n- 1,450 files at 3 minutes: 72.5 hours\nadvice:\nThree months could be looked through."
WHERE = "\nIn table 4 of our annual report, www.exampleshire.example/report"
SPRING = "\nIn our report on parking, as our plan of 1 April 2020 says."
PARTS = "\nQuestion 1: 212.\nwithheld:\nQuestion 2: the names are left out."
NCND_PARTS = "\nanswer:\nQuestion 1: 212.\nconcerns:\nQuestion 2."

DISCLOSE = ("disclose\nQuestion 1: 212.", "disclosure", "The information you asked for")
NOT_HELD = ("not held\nWe asked the parking team.", "not-held", "does not hold the information")
TRANSFER = (
    "transfer to Exampleton Council\nTown Hall, Exampleton EX1 2EX\nrequests@exampleton.example",
    "transfer",
    "only if you agree",
)
ORDERS = {
    "foia": [
        DISCLOSE,
        NOT_HELD,
        TRANSFER,
        (f"part 40(2) 31(1)(a){PARTS}", "part", "Section 31(1)(a)"),
        ("refuse 31(1)(a)", "refusal", "refusal notice under section 17(1)"),
        (f"refuse 12{COST}", "cost", "section 12(1)"),
        (f"refuse 12(2){COST}", "cost-to-confirm", "section 12(2)"),
        ("refuse 14(1)\nThe fourteenth on one decision.", "vexatious", "section 14(1)"),
        (
            "refuse 14(2)\nOn 2 September 2020 you asked for the same, under 003120/20; we gave it to you on 22 September 2020.",
            "repeated",
            "section 14(2)",
        ),
        (f"refuse 21{WHERE}", "otherwise-accessible", "section 21(1)"),
        (f"refuse 22 until 1 Mar 2021{SPRING}", "future-publication", "section 22(1)"),
        ("ncnd 23(5) 24(2)", "ncnd", "can neither confirm nor deny"),
        (f"ncnd part 23(5) 24(2){NCND_PARTS}", "ncnd-part", "about this part of your request"),
    ],
    "eir": [
        DISCLOSE,
        NOT_HELD,
        TRANSFER,
        (f"part 13(1){PARTS}", "part", "Regulation 13(1)"),
        (
            "refuse 12(5)(b)\njustice: A fair trial.",
            "refusal",
            "refusal notice under regulation 14",
        ),
        ("refuse 12(4)(b)\nburden: Nine weeks.", "refusal", "regulation 12(4)(b)"),
        (f"refuse 6(1)(b){WHERE}", "otherwise-accessible", "regulation 6(1)(b)"),
        ("ncnd 12(6)\ninterest: Public safety.", "ncnd", "Regulation 12(6)"),
    ],
    "foisa": [
        DISCLOSE,
        NOT_HELD,
        TRANSFER,
        (f"part 38(1)(b){PARTS}", "part", "Section 38(1)(b)"),
        ("refuse 35(1)(a)", "refusal", "refusal notice under section 16(1)"),
        (f"refuse 12{COST}", "cost", "section 16(4)"),
        ("refuse 14(1)\nThe fourteenth on one decision.", "vexatious", "section 16(5)"),
        (
            "refuse 14(2)\nOn 2 September 2020 you asked for the same, under 003120/20; we gave it to you on 22 September 2020.",
            "repeated",
            "section 16(5)",
        ),
        (f"refuse 25{WHERE}", "otherwise-accessible", "section 25(1)"),
        (f"refuse 27(1) until 1 Mar 2021{SPRING}", "future-publication", "section 27(1)"),
        ("ncnd 35(1)(a)", "ncnd", "section 18(1)"),
    ],
    "eisr": [
        DISCLOSE,
        NOT_HELD,
        TRANSFER,
        (f"part 11(2){PARTS}", "part", "Regulation 11(2)"),
        (
            "refuse 10(5)(b)\njustice: A fair trial.",
            "refusal",
            "refusal notice under regulation 13",
        ),
        (f"refuse 6(1)(b){WHERE}", "otherwise-accessible", "regulation 6(1)(b)"),
        ("ncnd 10(8)\ninterest: Public safety.", "ncnd", "Regulation 10(8)"),
    ],
}


# Unlike each other: an earlier answer to the same question would rightly raise a warning.
QUESTIONS = (
    "Please tell me what was spent on uniforms.",
    "Which roads were closed for the carnival?",
    "How often is the helicopter cleaned?",
    "A list of all dogs that have retired, with their names.",
    "Who mows the lawn behind the station in Exampleton?",
    "Copies of the menus of the canteen since spring.",
    "Were any speed cameras switched off by lightning?",
    "Emails about the colour of the new vans.",
    "What languages do your interpreters speak?",
    "Minutes of the meeting at which the bicycles were chosen.",
    "The number of lost umbrellas handed in on Fridays.",
    "Any plans to move horses to another stable.",
    "Contracts with window cleaners that ended early.",
)


def under(folder: Path, law: str) -> dict[str, object]:
    """What makes an office answer under one law."""
    changes: dict[str, object] = {"authority": {"regimes": (RegimeKey(law),)}}
    if law in {"foisa", "eisr"}:
        changes["regulator"] = SCOTTISH_REGULATOR.model_dump()
    return changes


def drafted(desk: Office, who: Person, order: str, question: str) -> Mail:
    """The draft notice that Tom gets after a request of this person and this order of Jane's."""
    desk.asks(question, who=who, subject="A question")
    notice = desk.one_for(JANE)
    desk.discards()
    desk.discards(who)
    assert desk.orders(JANE, notice, order) == "command", desk.one_for(JANE).text
    draft = desk.one_for(TOM)
    desk.discards()
    return draft


@pytest.mark.parametrize("law", ORDERS)
def test_a_letter_is_ordered_shown_approved_and_read_and_its_kind_is_the_outcome(
    tmp_path: Path, law: str
) -> None:
    with office(tmp_path, **under(tmp_path, law)) as desk:
        for number, (order, kind, words) in enumerate(ORDERS[law], start=1):
            who = Person(f"Citizen {number}", f"citizen-{number}@citizens.example")
            draft = drafted(desk, who, order, QUESTIONS[number - 1])
            assert words in draft.words, draft.text
            assert 'Reply "approve v1"' in draft.words

            assert desk.orders(TOM, draft, "approve v1") == "command"
            desk.later(minutes=11)

            letter = desk.one_for(who)
            desk.discards()
            assert letter.text.strip() in draft.text
            assert letter.files == draft.files
            case = desk.case(f"{number:06}/20")
            assert (case.state, case.outcome) == (State.ANSWERED, kind)


def test_a_holding_letter_tells_of_the_delay_and_moves_no_date(desk: Office) -> None:
    desk.asks()
    desk.discards()
    desk.at("2021-01-11 10:00")
    notice = next(mail for mail in desk.post_for(JANE) if mail.kind == "reminder")
    desk.discards()
    assert desk.orders(JANE, notice, "holding until 18 Jan 2021\nA colleague is ill.") == "command"
    draft = desk.one_for(TOM)
    desk.discards()
    desk.orders(TOM, draft, "approve v1")
    desk.later(minutes=11)

    letter = desk.one_for(SAM)
    assert "by Monday 18 January 2021, and sooner if we can" in letter.words
    assert "A colleague is ill." in letter.words
    case = desk.case()
    assert (case.state, case.due, case.outcome) == (State.OPEN, date(2021, 1, 11), "")
    assert "Extended" not in desk.kinds()
    desk.discards()


def test_a_second_notice_names_the_day_of_the_first(desk: Office) -> None:
    desk.asks()
    notice = desk.one_for(JANE)
    desk.at("2020-12-15 10:00")
    desk.discards()
    order = "extend 31 until 8 Feb 2021\nThe arguments on both sides are strong."
    for version, words in ((1, order.replace("31", "31(1)(a)", 1)), (2, "second notice 31(1)(a)")):
        assert desk.orders(JANE, notice, words) == "command", desk.one_for(JANE).text
        draft = desk.one_for(TOM)
        desk.discards()
        desk.orders(TOM, draft, f"approve v{version}")
        desk.later(minutes=11)
        letter = desk.one_for(SAM)
        desk.discards()
    assert "In our letter of 15 December 2020 we told you" in letter.words
    case = desk.case()
    assert (case.state, case.outcome) == (State.ANSWERED, "second-notice")


def test_n16_the_letter_after_an_extension_in_silence_names_its_day(desk: Office) -> None:
    desk.asks()
    notice = desk.one_for(JANE)
    desk.at("2020-12-15 10:00")
    desk.discards()
    extend = "extend 23(5) 24(2) until 8 Feb 2021\nThe arguments on both sides are strong."
    for version, words in ((1, extend), (2, "ncnd 23(5) 24(2)")):
        assert desk.orders(JANE, notice, words) == "command", desk.one_for(JANE).text
        draft = desk.one_for(TOM)
        assert ("23(5) is not named in this letter" in draft.words) is (version == 1)
        desk.discards()
        desk.orders(TOM, draft, f"approve v{version}")
        desk.later(minutes=11)
        letter = desk.one_for(SAM)
        desk.discards()
    assert "In our letter of 15 December 2020 we told you that no decision had been reached" in letter.words  # fmt: skip
    assert "the notice that section 17(3) of the Act requires" in letter.words


def test_n16_without_an_extension_no_earlier_letter_is_named(desk: Office) -> None:
    desk.asks()
    desk.orders(JANE, desk.one_for(JANE), "ncnd 23(5) 24(2)")
    draft = desk.one_for(TOM)
    desk.discards()
    desk.discards(SAM)
    assert "In our letter of" not in draft.words
    assert "17(3)" not in draft.words


def test_x19_a_draft_explains_a_slot_as_the_law_of_its_case_does(tmp_path: Path) -> None:
    with office(tmp_path, **under(tmp_path, "foisa")) as desk:
        draft = drafted(desk, SAM, f"refuse 12{COST}", QUESTIONS[0])
        assert "at most £15 an hour" in draft.words
        assert "finding out whether it is held, locating" not in draft.words
