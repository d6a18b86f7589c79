"""The open words between marks come back as they were edited, or not at all."""

from __future__ import annotations

from foibot.letters.edited import OpenWords, has_marks, in_text, read_edits
from foibot.letters.enclosed import with_open_words
from foibot.letters.render import Notice

SLOTS = (OpenWords("harm", "What it would do.", "It would help."), OpenWords("more", "If any.", ""))


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
