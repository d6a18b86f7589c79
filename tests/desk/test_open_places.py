"""A letter may be ordered before its words are known, by post: drafted, marked, not to be approved, filled, approved."""

from __future__ import annotations

import pytest

from foibot.case.case import LetterState, State
from foibot.case.letter_events import Drafted
from foibot.desk.intake import Intake
from foibot.wiring import build_office
from tests.carrying import Enclosure
from tests.desk.test_edit_by_post import GMAIL, OUTLOOK, replies
from tests.letters.letters_tools import changed
from tests.office import JANE, ORDER, RUTH, SAM, TOM, Mail, Office

TABLE = Enclosure("complaints.csv", b"month,number\njanuary,3\n", "text/csv")
BARE = {
    "not held": {"searched": "We asked the operations team."},
    "refuse 12": {
        "estimate": "- 1,450 files at 3 minutes: 72.5 hours",
        "advice": "Three months could be looked through.",
    },
    "refuse 14(1)": {"reasons": "The fourteenth request on one decision."},
    "refuse 14(2)": {
        "earlier": "On 2 September 2020 you asked for the same, under 003120/20; we gave it to you on 22 September 2020."
    },
    "part 40(2) 31(1)(a)": {
        "answer": "Question 1: 212.",
        "withheld": "Question 2: the names are left out.",
    },
    "disclose": {"answer": "Question 1: 212."},
    "ncnd part 23(5) 24(2)": {"answer": "Question 1: 212.", "concerns": "Question 2."},
}


def drafts(desk: Office, order: str) -> tuple[Mail, Mail]:
    """Jane's and Tom's draft notices of a letter that Jane has ordered."""
    desk.asks()
    notice = desk.one_for(JANE)
    desk.discards()
    assert desk.orders(JANE, notice, order) == "command", desk.one_for(JANE).text
    mine, his = desk.one_for(JANE), desk.one_for(TOM)
    desk.discards()
    return mine, his


def refused(desk: Office, notice: Mail, line: str) -> str:
    """What Tom reads when nothing came of his order."""
    before = desk.case().letters
    assert desk.orders(TOM, notice, line) == "command-refused"
    assert desk.case().letters == before
    return desk.one_for(TOM).words


@pytest.mark.parametrize(("order", "words"), BARE.items(), ids=list(BARE))
def test_a_bare_order_drafts_a_letter_that_is_approved_once_it_is_filled(
    desk: Office, order: str, words: dict[str, str]
) -> None:
    mine, his = drafts(desk, order)
    (drafted,) = [one.event for one in desk.history() if isinstance(one.event, Drafted)]
    assert drafted.slots == ()
    for notice in (mine, his):
        assert "Letter version 1 is not finished, answer due" in notice.subject
        assert "This version cannot be approved yet." in notice.words
        assert "it cannot be sent like this" in notice.words
        assert 'Reply "approve' not in notice.words
        assert 'Reply "hold' not in notice.words
        assert notice.files["letter-000001-20.pdf"].startswith(b"%PDF")
    for slot in words:
        assert f'- "set {slot}", with the words on the lines under it: ' in his.words
        assert f"Reply “set {slot}” with the words under it.]" in his.words
    assert 'Reply "reject v1: your reason"' in his.words

    version = 1
    for left, (slot, text) in enumerate(words.items(), start=1):
        told = refused(desk, his, f"approve v{version}")
        assert f"Version {version} cannot be approved yet." in told
        assert f'Reply "set {slot}": with the words under it: ' in told
        assert desk.orders(JANE, mine, f"set {slot}\n{text}") == "command", desk.post_for(JANE)
        mine, his = desk.one_for(JANE), desk.one_for(TOM)
        desk.discards()
        version += 1
        shown = his.text.partition("the letter begins")[2].partition("the letter ends")[0]
        assert ("[Still to be written" in shown) is (left < len(words))
    assert f'Reply "approve v{version}"' in his.words, his.text

    assert desk.orders(TOM, his, f"approve v{version}") == "command"
    desk.later(minutes=11)
    letter = desk.one_for(SAM)
    assert "[Still" not in letter.text
    for text in words.values():
        assert text.removeprefix("- ") in letter.words
    assert desk.case().state is State.ANSWERED
    desk.discards()


def test_a_letter_that_needs_no_words_is_drafted_complete_as_ever(desk: Office) -> None:
    draft = desk.drafted(ORDER)
    assert 'Reply "approve v1"' in draft.words
    assert "Still to be written" not in draft.text
    assert desk.case().letters[0].places_open == ()


def test_nobody_can_approve_it_and_whoever_asks_is_told_what_is_missing(desk: Office) -> None:
    mine, his = drafts(desk, "not held")
    assert desk.orders(JANE, mine, "approve v1") == "command-refused"
    assert 'Reply "set searched"' in desk.one_for(JANE).words
    assert desk.orders(TOM, his, "approve") == "command-refused"
    assert "Version 1 cannot be approved yet." in desk.one_for(TOM).words

    assert desk.orders(TOM, his, "hold v1") == "command"
    again = desk.one_for(TOM, "draft")
    desk.discards()
    assert "This version cannot be approved yet." in again.words
    assert desk.orders(TOM, again, "approve v1") == "command-refused"
    assert 'Reply "set searched"' in desk.one_for(TOM).words
    assert desk.orders(TOM, again, "reject v1: not this letter") == "command"
    assert desk.case().letters[0].state is LetterState.REJECTED
    desk.discards()


def test_no_later_template_makes_it_a_letter_that_can_be_approved(desk: Office) -> None:
    _, his = drafts(desk, "not held")
    path = "letters/not-held/letter.toml"
    text = desk.office.book.source[path].replace("required = true", "required = false")
    book = changed({path: text}, whole=True)
    desk.office = build_office(desk.config, desk.clock, book)
    desk.intake = Intake(desk.office, desk.store)
    assert "Version 1 cannot be approved yet." in refused(desk, his, "approve v1")


def test_show_and_the_reminders_say_that_it_is_not_finished(desk: Office) -> None:
    _, his = drafts(desk, "not held")
    assert desk.orders(TOM, his, "show") == "command"
    assert "This version cannot be approved yet." in desk.one_for(TOM).words
    assert desk.orders(TOM, his, "why") == "command"
    assert "version 1 drafted" in desk.one_for(TOM).words
    desk.at("2021-01-08 10:00")
    post = [*desk.post_for(JANE), *desk.post_for(TOM)]
    said = " ".join(one.words for one in post)
    assert "Write what is still missing in the letter, and have it approved." in said
    assert "awaiting approval, version 1 with words still to be written" in said
    desk.discards()


@pytest.mark.parametrize("quote", [OUTLOOK, GMAIL], ids=["Outlook", "Gmail"])
def test_marked_words_can_be_edited_in_place_and_stay_open_where_they_are_not(
    desk: Office, quote: str
) -> None:
    mine, _ = drafts(desk, "refuse 12")
    assert replies(desk, mine, f"edit v1{quote}{mine.text}", who=JANE) == "command-refused"
    assert "nothing differs" in desk.one_for(JANE).words

    above, mark, below = mine.text.rpartition("[[ estimate ]]")
    _, end, rest = below.partition("[[ end of estimate ]]")
    edited = f"{above}{mark}\n\nIt is 72.5 hours.\n\n{end}{rest}"
    assert replies(desk, mine, f"edit v1{quote}{edited}", who=JANE) == "command", desk.post_for(
        JANE
    )
    letter = desk.case().letters[-1]
    assert letter.slots == (("estimate", "It is 72.5 hours."),)
    assert [one.words for one in letter.places_open] == ["advice"]
    desk.discards()


def test_words_beside_a_mark_that_was_left_in_are_no_letter(desk: Office) -> None:
    mine, _ = drafts(desk, "not held")
    half = "set searched\nWe looked.\n[Still to be\nwritten: how the authority looked.]"
    assert desk.orders(JANE, mine, half) == "command-refused"
    assert "a placeholder" in desk.one_for(JANE).words.casefold()
    assert len(desk.case().letters) == 1


def test_a_file_fills_the_place_of_the_answer_and_taking_it_out_needs_the_words(
    desk: Office,
) -> None:
    mine, _ = drafts(desk, "disclose")
    assert "the information, here or in files that go with it" in mine.words
    assert desk.orders(JANE, mine, "attach", files=[TABLE]) == "command"
    mine = desk.one_for(JANE)
    desk.discards()
    assert "cannot be approved yet" not in mine.words
    assert desk.orders(JANE, mine, "detach all") == "command-refused"
    assert "the letter needs the text for “answer” first" in desk.one_for(JANE).words


def test_what_only_lacks_words_stops_no_draft(desk: Office) -> None:
    _, his = drafts(desk, "refuse 14(2)")
    assert "L-28: The earlier request is not named by date or reference." in his.words
    assert "## Warnings" not in his.text
    assert desk.case().letters[0].rules_open == ()


def test_what_was_written_into_a_silent_letter_may_leak_before_it_is_finished(desk: Office) -> None:
    desk.asks()
    notice = desk.one_for(JANE)
    assert desk.orders(JANE, notice, "regime eir") == "command"
    desk.discards()
    leaks = "ncnd 12(6)\nreasons:\nWe searched our records and found nothing."
    assert desk.orders(JANE, notice, leaks) == "command-refused"
    assert "N-21" in desk.one_for(JANE).words
    assert desk.case().letters == ()
    silent = "ncnd 12(6)\nreasons:\nEither answer would help a planner."
    assert desk.orders(JANE, notice, silent) == "command"
    assert "Reply “set interest” with the words under it.]" in desk.one_for(RUTH).words
    desk.discards()


@pytest.mark.parametrize(
    "order", ["set searched: We asked the fleet team.", "set searched We asked the fleet team."]
)
def test_words_may_stand_on_the_line_that_fills_a_place(desk: Office, order: str) -> None:
    desk.asks()
    notice = desk.one_for(JANE)
    desk.discards()
    desk.orders(JANE, notice, "not held")
    desk.discards()
    assert desk.orders(JANE, notice, order) == "command", desk.one_for(JANE).text
    assert dict(desk.case().letters[-1].slots)["searched"] == "We asked the fleet team."
    desk.discards()
