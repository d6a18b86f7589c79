"""An order is read from one line, and nothing is guessed."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foibot.commands import ALONE, VERBS
from foibot.commands.command import Order
from foibot.commands.grammar import (
    NotUnderstood,
    SlotsRead,
    own_words,
    read_order,
    read_slots,
    read_version,
    verb_of,
    words_for_letter,
)

WORDS = st.text(
    st.sampled_from("apprveojcthldsonw vV0123456789:.,- \u00a0\u0130ß\u017f\n?"), max_size=60
)


@pytest.mark.parametrize(
    ("line", "verb", "rest"),
    [
        ("approve v2", "approve", "v2"),
        ("APPROVE   V2", "approve", "V2"),
        ("note: rang Sam", "note", "rang Sam"),
        ("note:rang Sam", "note", "rang Sam"),
        ("note : rang Sam", "note", "rang Sam"),
        ("set harm", "set", "harm"),
        ("show", "show", ""),
        ("reject v2: Too Long", "reject", "v2: Too Long"),
        ("ncnd 23(5) 31(3)(a)", "ncnd", "23(5) 31(3)(a)"),
    ],
)
def test_an_order_is_its_verb_and_the_rest(line: str, verb: str, rest: str) -> None:
    read = read_order(line, "  below \n", VERBS, ALONE)
    assert read == Order(verb, rest, "below", " ".join(line.split()))


@pytest.mark.parametrize(
    ("line", "nearest"),
    [
        ("", ""),
        ("apporve v2", "approve"),
        ("approved", "approve"),
        ("shown", "show"),
        ("ok", ""),
        ("no", ""),
        ("Dear all", ""),
        ("notes", "note"),
        ("> approve v2", ""),
        ("questions 2 and 3", "questions"),
    ],
)
def test_what_is_no_order_gives_the_nearest_verb(line: str, nearest: str) -> None:
    assert read_order(line, "", VERBS, ALONE) == NotUnderstood(line, nearest)


def test_of_two_verbs_that_fit_the_longer_one_is_read() -> None:
    read = read_order("not foi", "", ["not", "not foi", "no"])
    assert isinstance(read, Order)
    assert (read.verb, read.rest) == ("not foi", "")


@given(
    WORDS | st.builds("{}{}{}".format, st.sampled_from([*VERBS]), st.sampled_from("  :x"), WORDS)
)
def test_the_verb_alone_is_that_of_the_order(line: str) -> None:
    read = read_order(line, "", VERBS, ALONE)
    assert verb_of(line, VERBS, ALONE) == (read.verb if isinstance(read, Order) else "")


@pytest.mark.parametrize("verb", sorted(ALONE))
def test_a_verb_that_stands_alone_orders_nothing_in_a_sentence(verb: str) -> None:
    assert verb_of(verb, VERBS, ALONE) == verb
    assert verb_of(f"{verb} due: Monday", VERBS, ALONE) == ""


@given(WORDS | st.text(max_size=300), st.text(max_size=50))
def test_no_line_is_ever_too_strange_to_read(line: str, text: str) -> None:
    read = read_order(line, text, VERBS, ALONE)
    assert len(read.line) <= 200
    if isinstance(read, Order):
        assert read.verb in VERBS
        assert " ".join(line.split()).casefold().startswith(read.verb)
    else:
        assert read.nearest in {"", *VERBS}


@pytest.mark.parametrize(
    ("words", "version"),
    [
        ("v2", (2, "")),
        ("V2", (2, "")),
        ("v 2", (2, "")),
        ("v2.", (2, "")),
        ("v2: too long", (2, "too long")),
        ("v2 too long", (2, "too long")),
        ("v2 - Too Long", (2, "Too Long")),
        ("v0", (0, "")),
        ("v9999", (9999, "")),
        ("v99999", None),
        ("v2v3", None),
        ("v2a", None),
        ("v2(1)", None),
        ("2", None),
        ("version 2", None),
        ("vN", None),
        ("v", None),
        ("v-1", None),
        ("v\u0662", None),
        ("", None),
    ],
)
def test_a_version_is_a_v_and_a_number(words: str, version: tuple[int, str] | None) -> None:
    assert read_version(words) == version


@given(WORDS | st.text(max_size=60))
def test_a_version_is_only_what_is_typed(words: str) -> None:
    found = read_version(words)
    if found is not None:
        number, rest = found
        assert re.match(rf"v\s?0*{number}(?![0-9])", words, re.IGNORECASE)
        assert words.endswith(rest)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("", ""),
        ("the harm\nis clear", "the harm\nis clear"),
        ("the harm\n\nTom Teal\nHead of Information", "the harm"),
        ("the harm\nTOM TEAL,\nHead", "the harm"),
        ("the harm\nTom\n01632 960001", "the harm"),
        ("Tom said so himself", "Tom said so himself"),
    ],
)
def test_own_words_end_at_the_officers_own_name(text: str, kept: str) -> None:
    assert own_words(text, "Tom Teal") == kept


@pytest.mark.parametrize(
    ("line", "under", "words"),
    [
        ("disclose all", "Ten.", "Ten."),
        ("disclose in full", "Ten.", "Ten."),
        ("disclose everything, please", "Ten.", "Ten."),
        ("disclose fully: we own ten", "", "we own ten"),
        ("disclose all of ours", "Ten.", "all of ours\n\nTen."),
        ("disclose allotments", "Ten.", "allotments\n\nTen."),
        ("disclose", "Dear Sam Smith,\n\nTen.", "Ten."),
        ("disclose", "Dear Ms O'Neil\nTen.", "Ten."),
        ("disclose thanks", "Hello Sam,\nTen.", "Ten."),
        ("disclose", "Hi,\n\nTen.", "Ten."),
        ("disclose", "Hi vis jackets\n20", "Hi vis jackets\n20"),
        ("disclose", "Hi Sam, we own ten.", "Hi Sam, we own ten."),
        ("disclose", "Ten.\nDear me,", "Ten.\nDear me,"),
        ("not held because we never had it", "", "because we never had it"),
        ("not held because we never had it", "We asked.", "because we never had it\n\nWe asked."),
        (f"not held because {'we ' * 16}never", "had it.", f"because {'we ' * 16}never had it."),
        (f"not held because {'we ' * 16}never", "Had it.", f"because {'we ' * 16}never\n\nHad it."),
        (f"not held {'we ' * 18}never", "advice: none.", f"{'we ' * 18}never\n\nadvice: none."),
    ],
)  # fmt: skip
def test_words_for_a_letter_are_those_that_say_something(line: str, under: str, words: str) -> None:
    order = read_order(line, under, {"disclose", "not held"})
    assert isinstance(order, Order)
    assert words_for_letter(order, order.rest, "Tom Teal") == words


def test_without_a_name_all_words_are_kept() -> None:
    assert own_words("one\n\ntwo", "") == "one\n\ntwo"


NAMES = ("answer", "withheld", "for")


@pytest.mark.parametrize(
    ("text", "first", "words", "unplaced", "unknown"),
    [
        ("", "answer", (), "", ()),
        ("212.", "answer", (("answer", "212."),), "", ()),
        ("212.\nwithheld:\nNames.", "answer", (("answer", "212."), ("withheld", "Names.")), "", ()),
        ("Withheld : Names.", "answer", (("withheld", "Names."),), "", ()),
        ("For: openness.\nand more\nfor:\nto end", "", (("for", "openness.\nand more\nto end"),), "", ()),
        ("Hello.\nanswer: 1", "", (("answer", "1"),), "Hello.", ()),
        ("1\nharm:\nMuch.", "answer", (("answer", "1\nharm:\nMuch."),), "", ("harm",)),
        ("1\nharm: it is small", "answer", (("answer", "1\nharm: it is small"),), "", ()),
        ("1\nwitheld: Names.", "answer", (("answer", "1\nwitheld: Names."),), "", ("witheld",)),
        ("1\nwitheld:\nNames.", "answer", (("answer", "1\nwitheld:\nNames."),), "", ("witheld",)),
        ("Question 1:\n212.\nFor example:\n3.", "answer", (("answer", "Question 1:\n212.\nFor example:\n3."),), "", ()),
        ("Costs:\n3.", "answer", (("answer", "Costs:\n3."),), "", ()),
        ("answer:\n \nwithheld:", "answer", (), "", ()),
    ],
)  # fmt: skip
def test_the_text_under_an_order_is_divided_by_the_names_of_slots(
    text: str,
    first: str,
    words: tuple[tuple[str, str], ...],
    unplaced: str,
    unknown: tuple[str, ...],
) -> None:
    assert read_slots(text, first, NAMES, {"harm", "answer"}) == SlotsRead(words, unplaced, unknown)


@pytest.mark.parametrize(
    "line", ["not foi - a complaint", "not foi – a complaint", "not foi: - a complaint"]
)
def test_a_dash_behind_a_verb_is_no_word(line: str) -> None:
    read = read_order(line, "", VERBS, ALONE)
    assert isinstance(read, Order)
    assert (read.verb, read.rest) == ("not foi", "a complaint")
    assert read_order("answer - soon", "", VERBS, ALONE) == NotUnderstood("answer - soon", "answer")
    assert verb_of("answer -", VERBS, ALONE) == "answer"
