"""The open words between marks come back as they were edited, or not at all."""

from __future__ import annotations

import textwrap
from collections.abc import Callable

import pytest

from foibot.letters.body import body_of
from foibot.letters.edited import OpenWords, has_marks, in_html, in_text, read_edits
from foibot.letters.enclosed import with_open_words
from foibot.letters.escape import paragraphs
from foibot.letters.render import Notice
from foibot.mail.html_text import html_to_text

SLOTS = (OpenWords("harm", "What it would do.", "It would help."), OpenWords("more", "If any.", ""))


LINES = """We give the figures for each of the years that you name in your request of
the first of May, which are those of the whole county, and not only of its
three towns.
2020: 10 cars
2021: 12 cars

1. We own 10 cars.
2. We own 5 vans.

Year  Cars
2020  10"""


def quoted(text: str) -> str:
    return "\n".join(f"> {line}" for line in text.split("\n"))


def combed(text: str) -> str:
    """Quoted lines that a mail program wraps once more, each by itself."""
    lines = [part for line in text.split("\n") for part in textwrap.wrap(line, 68) or [""]]
    return quoted("\n".join(lines))


@pytest.mark.parametrize("sent_back", [str, quoted, combed])
def test_line_ends_and_numbers_come_back_as_they_were_meant(
    sent_back: Callable[[str], str],
) -> None:
    slots = (OpenWords("answer", "What.", LINES), OpenWords("more", "If any.", LINES))
    text = in_text(1, slots)
    assert read_edits(sent_back(text), 1, slots, "", whole=True).slots == {}
    page = html_to_text(in_html(1, slots))
    assert read_edits(page, 1, slots, "", whole=True).slots == {}

    edits = read_edits(sent_back(text.replace("12 cars", "13 cars", 1)), 1, slots, "", whole=True)
    assert list(edits.slots) == ["answer"]
    letter = body_of(paragraphs(edits.slots["answer"])).text()
    assert "not only\nof its three towns.\n2020: 10 cars\n2021: 13 cars\n\n1. We own" in letter
    assert letter.endswith("1. We own 10 cars.\n2. We own 5 vans.\n\nYear Cars\n2020 10\n")


def test_a_line_that_was_ended_on_purpose_is_a_change() -> None:
    slots = (OpenWords("answer", "What.", "We own 10 cars. We own 5 vans."),)
    text = in_text(1, slots).replace("cars. We", "cars.\nWe")
    edits = read_edits(text, 1, slots, "", whole=True)
    assert edits.slots == {"answer": "We own 10 cars.\nWe own 5 vans."}


def test_words_alone_between_marks_that_never_end_are_refused() -> None:
    edits = read_edits("[[ harm ]]\nIt would not.", 1, SLOTS, "", whole=False)
    assert edits.problems == ("The mark [[ end of harm ]] is missing after [[ harm ]].",)


def test_without_the_letter_only_the_marks_are_looked_at() -> None:
    text = in_text(1, SLOTS).replace("It would help.", "It would harm.")
    assert read_edits(text, 1, SLOTS, "Subject: x", whole=True).slots == {"harm": "It would harm."}
    assert has_marks(text)
    assert not has_marks("no marks")


def test_one_copy_below_the_other_counts_for_nothing() -> None:
    text = in_text(1, SLOTS).replace("It would help.", "It would harm.") + in_text(1, SLOTS)
    assert read_edits(text, 1, SLOTS, "", whole=True).slots == {"harm": "It would harm."}


def test_a_letter_without_open_words_is_shown_without_marks() -> None:
    notice = Notice("s", "t", "<p>t</p>")
    assert with_open_words(notice, 1, ()) is notice
    assert "[[ harm ]]" in with_open_words(notice, 1, SLOTS).text


def test_an_address_of_the_officers_own_is_no_second_copy() -> None:
    words = "See <https://foi.example/log>, or foi@foi.example<mailto:foi@foi.example>, 01632 960 123<tel:01632960123>."
    text = in_text(1, SLOTS).replace("It would help.", words)
    kept = "See <https://foi.example/log>, or foi@foi.example, 01632 960 123."
    assert read_edits(text, 1, SLOTS, "", whole=True).slots == {"harm": kept}


def test_a_sign_for_a_quotation_within_a_line_stays() -> None:
    text = in_text(1, SLOTS).replace("It would help.", "> More > than 12 <a>.")
    assert read_edits(text, 1, SLOTS, "", whole=True).slots == {"harm": "More > than 12 <a>."}
