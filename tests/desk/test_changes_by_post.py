"""What an officer reads about a new version: which words are other than in the version before."""

from __future__ import annotations

from foibot.demo.correspondent import Person
from tests.desk.test_clocks_by_post import QUESTION, sends
from tests.office import JANE, ORDER, RUTH, STAFF, TOM, Mail, Office

OWN = "Either answer would help a planner compare places."
AGAIN = "Either answer would help a planner compare forces."


def changed(mail: Mail) -> str:
    """What a draft notice says of the changes, "" if nothing."""
    _, found, rest = mail.words.partition("What changed since version ")
    return (found + rest).partition(" What you can reply")[0]


def drafts(desk: Office, order: str = ORDER) -> dict[Person, Mail]:
    """A request has come and Jane has ordered a letter; everybody's draft notice."""
    desk.asks()
    notice = desk.one_for(JANE)
    desk.discards()
    assert desk.orders(JANE, notice, order) == "command"
    return {who: desk.one_for(who) for who in STAFF}


def orders(desk: Office, who: Person, notice: Mail, order: str) -> Mail:
    """The draft notice to the same person that an order makes."""
    assert desk.orders(who, notice, order) == "command", desk.one_for(who).text
    draft = desk.one_for(who)
    desk.discards()
    return draft


def test_a_first_version_has_changed_from_nothing(desk: Office) -> None:
    assert [changed(one) for one in drafts(desk).values()] == ["", "", ""]


def test_a_new_version_shows_what_is_new_in_it_and_nothing_else(desk: Office) -> None:
    first = drafts(desk)[JANE]
    second = orders(desk, JANE, first, f"set harm\n{OWN}")
    assert changed(second).startswith("What changed since version 1 - Under “What an answer would")
    assert f"new: “{OWN}”" in changed(second)
    assert "balance" not in changed(second)

    third = orders(desk, JANE, second, f"set harm\n{AGAIN}")
    assert changed(third) == (
        "What changed since version 2 - Under “What an answer would do”: “… answer would help a planner "
        "compare places.” is now “… answer would help a planner compare forces.”"
    )
    assert "<strong>forces.</strong>" in third.html


def test_whoever_decides_on_an_older_version_reads_what_changed_since_that_one(
    desk: Office,
) -> None:
    first = drafts(desk)
    second = orders(desk, JANE, first[JANE], f"set harm\n{OWN}")
    orders(desk, JANE, second, "set balance\nOn balance the harm weighs more.")

    assert desk.orders(RUTH, first[RUTH], "approve v1") == "command-refused"
    refusal, fresh = desk.post_for(RUTH)
    assert "Version 1 is no longer current" in refusal.words
    assert changed(fresh).startswith("What changed since version 1")
    assert OWN in changed(fresh)
    assert "On balance the harm weighs more." in changed(fresh)


def test_a_version_that_never_was_does_not_matter(desk: Office) -> None:
    first = drafts(desk)
    orders(desk, JANE, first[JANE], f"set harm\n{OWN}")
    desk.orders(TOM, first[TOM], "approve v9")
    _, fresh = desk.post_for(TOM)
    assert changed(fresh).startswith("What changed since version 1")


def test_the_same_words_again_have_not_changed(desk: Office) -> None:
    first = drafts(desk)[JANE]
    second = orders(desk, JANE, first, f"set harm\n{OWN}")
    third = orders(desk, JANE, second, f"set harm\n{OWN}")
    assert changed(third) == "What changed since version 2 Not a word of the letter."


def test_another_kind_of_letter_is_not_compared_word_by_word(desk: Office) -> None:
    first = drafts(desk)[JANE]
    second = orders(desk, JANE, first, "clarify\nWhich years do you mean?")
    assert changed(second) == (
        "What changed since version 1 Version 1 was another kind of letter: Neither confirm nor "
        "deny. So this one is new from its first word."
    )


def test_a_letter_that_the_requester_has_is_nothing_to_compare_with(desk: Office) -> None:
    desk.asks()
    notice = desk.one_for(JANE)
    desk.discards()
    extension = "extend 24 until 25 Jan 2021\nThe arguments on both sides are strong."
    sends(desk, notice, extension)
    assert changed(orders(desk, JANE, notice, QUESTION)) == ""
