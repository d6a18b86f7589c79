"""What changed between two versions of a letter is told in words, at its place, and nothing else is."""

from hypothesis import given
from hypothesis import strategies as st

from foibot.letters.body import body_of
from foibot.letters.changes import Change, changes
from tests.letters.letters_tools import facts_on, shipped


def between(was: str, now: str) -> tuple[Change, ...]:
    return changes(body_of(was).html(title="x"), body_of(now).html(title="x"))


def test_one_word_is_shown_with_a_few_that_stayed() -> None:
    was = "# A letter\n\n## Reasons\n\nThe points for an answer carry real weight, and we start there."
    now = was.replace("real", "some")
    expected = Change(
        "Reasons", "The points for an answer carry", "real", "some", "weight, and we start there."
    )
    assert between(was, now) == (expected,)


def test_the_context_is_cut_to_six_words() -> None:
    was = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    (found,) = between(was, was.replace("eight", "acht"))
    assert (found.before, found.after) == (
        "two three four five six seven",
        "nine ten eleven twelve thirteen fourteen",
    )


def test_words_taken_out_and_words_put_in_have_one_side_only() -> None:
    was = "## Reasons\n\nWe looked in every file of the years you name."
    now = "## Reasons\n\nWe looked in every file and every box of the years you name."
    (added,) = between(was, now)
    (gone,) = between(now, was)
    assert (added.was, added.now) == ("", "and every box")
    assert (gone.was, gone.now) == ("and every box", "")
    assert gone.under == "Reasons"


def test_a_new_passage_and_its_heading_stand_for_themselves() -> None:
    was = "## One\n\nFirst words."
    now = "## One\n\nFirst words.\n\n## Two\n\nOther words."
    assert between(was, now) == (
        Change("", "", "", "Two", ""),
        Change("Two", "", "", "Other words.", ""),
    )
    assert [one.was for one in between(now, was)] == ["Two", "Other words."]


def test_a_passage_that_was_written_anew_is_not_shredded_into_common_words() -> None:
    was = "The effect would build up, as the same question could be put to other authorities."
    now = "Nobody has asked before, and there is no reason to think that anybody will."
    assert between(was, now) == (Change("", "", was, "", ""), Change("", "", "", now, ""))


def test_two_changes_close_together_are_one_and_far_apart_are_two() -> None:
    was = "a1 a2 a3 a4 a5 a6 a7 a8 a9 b1 b2 b3 b4 b5 b6"
    assert [(c.was, c.now) for c in between(was, was.replace("a2", "x").replace("a4", "y"))] == [
        ("a2 a3 a4", "x a3 y")
    ]
    assert len(between(was, was.replace("a2", "x").replace("b4", "y"))) == 2


def test_a_change_over_two_passages_shows_where_one_ends() -> None:
    was = "- one two three four five\n- six seven eight nine ten"
    now = "- one two three four FIVE\n- SIX seven eight nine ten"
    (found,) = between(was, now)
    assert (found.was, found.now) == ("five / six", "FIVE / SIX")


def test_where_lines_break_is_no_change() -> None:
    assert between("one two\nthree", "one\ntwo three") == ()


def test_a_long_change_is_cut_between_words() -> None:
    (found,) = between("", "word " * 1000)
    assert len(found.now) < 910
    assert found.now.endswith("word …")


def test_a_letter_of_any_length_is_compared_in_a_moment() -> None:
    was = "".join(f"w{n} " for n in range(30_000))
    assert between(was, was + "\n\nand more") == ()
    assert len(between(was, "other " + was)) == 1


def test_every_slot_of_a_letter_shows_as_one_change_under_its_heading() -> None:
    first = shipped().letter("ncnd", facts_on())
    second = shipped().letter(
        "ncnd", facts_on(slots={"balance": "We weighed it and it falls here."})
    )
    found = changes(first.html, second.html)
    assert {one.under for one in found} == {"Where the balance lies"}
    assert found[-1].now == "We weighed it and it falls here."


@given(st.lists(st.text("ab <&>\n", max_size=30), max_size=6), st.text("ab <&>", max_size=20))
def test_the_same_letter_has_no_changes_and_any_two_can_be_compared(
    paragraphs: list[str], more: str
) -> None:
    one = body_of("\n\n".join(paragraphs)).html(title="x")
    assert changes(one, one) == ()
    both = changes(one, body_of("\n\n".join([*paragraphs, more])).html(title="x"))
    assert all(each.was or each.now for each in both)
