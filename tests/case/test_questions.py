"""The numbered questions of a request: every usual way of numbering, and what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foibot.case.question_marks import Family, joined_number, mark_of, value_of
from foibot.case.questions import MOST_QUESTIONS, Question, recognised
from foibot.mail.html_text import html_to_text

THREE = ("How many cars do you own?", "What did they cost?", "Who decides about them?")


def told(text: str) -> list[tuple[str, str]]:
    return [(one.number, f"{one.under} | {one.text}" if one.under else one.text)
            for one in recognised(text).questions]  # fmt: skip


WAYS = {
    "1.": "{n}. ", "1)": "{n}) ", "(1)": "({n}) ", "1:": "{n}: ", "1 -": "{n} - ", "1–": "{n}– ",
    "no space": "{n}.", "[1]": "[{n}] ", "Q1": "Q{n} ", "Q1.": "Q{n}. ", "q.1": "q.{n}: ",
    "Qn 1": "Qn {n}: ", "Question 1:": "Question {n}: ", "QUESTION 1": "QUESTION {n} ",
    "Question 1 -": "Question {n} - ", "Question 1)": "Question {n}) ", "bold": "*{n}.* ",
    "bold word": "**Question {n}:** ", "bullet": "- {n}. ", "indented": "    {n}. ",
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS.values(), ids=list(WAYS))
def test_every_way_of_numbering_is_read(way: str) -> None:
    lines = [way.format(n=n) + text for n, text in enumerate(THREE, start=1)]
    expected = [(str(n), text) for n, text in enumerate(THREE, start=1)]
    assert told("\n".join(lines)) == expected
    assert told("Dear all,\n\n" + "\n\n".join(lines) + "\n\nYours faithfully,\nSam") == expected


@pytest.mark.parametrize("way", ["({n}) ", "{n}) ", "{n}. "])
@pytest.mark.parametrize("names", ["abc", "ABC", ("i", "ii", "iii"), ("I", "II", "III")])
def test_letters_and_roman_numbers_count_as_well(way: str, names: tuple[str, ...]) -> None:
    lines = [way.format(n=name) + text for name, text in zip(names, THREE, strict=True)]
    assert told("\n".join(lines)) == [
        (name.lower(), text) for name, text in zip(names, THREE, strict=True)
    ]


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        pytest.param(
            "1. How many between 1 January\n2019 and 31 December 2020?\n2. Why?",
            [("1", "How many between 1 January 2019 and 31 December 2020?"), ("2", "Why?")],
            id="lines that wrap",
        ),
        pytest.param(
            "1. Names of\n- the officers\n- the councillors\n2. Why?",
            [("1", "Names of\n- the officers\n- the councillors"), ("2", "Why?")],
            id="bullets",
        ),
        pytest.param(
            "1. One?\n2. Please give:\n\n- x\n- y\n\nI would like this by email.\nSam",
            [("1", "One?"), ("2", "Please give:\n- x\n- y")],
            id="the last one ends with its list",
        ),
        pytest.param(
            "1. One?\n2. Two?\nMany thanks,\nSam\n12 High Street",
            [("1", "One?"), ("2", "Two?")],
            id="the last one ends at the closing",
        ),
        pytest.param(
            "Question 1\nHow many?\n\nQuestion 2\nSince when?",
            [("1", "How many?"), ("2", "Since when?")],
            id="on a line of its own",
        ),
        pytest.param(
            "1. For each year:\n  a) how many\n  b) how much\n2. Why?",
            [("1(a)", "For each year: | how many"), ("1(b)", "For each year: | how much"), ("2", "Why?")],
            id="letters within numbers",
        ),
        pytest.param(
            "A) Cars\n1. how many\n2. how old\nB) Bikes\n1. how many\n2. how old",
            [("a(1)", "Cars | how many"), ("a(2)", "Cars | how old"),
             ("b(1)", "Bikes | how many"), ("b(2)", "Bikes | how old")],
            id="numbers within letters",
        ),
        pytest.param(
            "1. Cars\n1.1 How many?\n1.2. How old?\n2. Bikes\n2.1 How many?",
            [("1.1", "Cars | How many?"), ("1.2", "Cars | How old?"), ("2", "Bikes 2.1 How many?")],
            id="numbers of two parts",
        ),
        pytest.param(
            "1.1 How many?\n1.2 How old?\n2.1 Why?\n\nThat is all.",
            [("1.1", "How many?"), ("1.2", "How old?"), ("2.1", "Why?")],
            id="numbers of two parts alone",
        ),
        pytest.param(
            "1(a) How many?\n1(b) How old?\n2(a) Why?",
            [("1(a)", "How many?"), ("1(b)", "How old?"), ("2(a)", "Why?")],
            id="numbers and letters alone",
        ),
        pytest.param(
            "Question 1:\n1. cars\n2. bikes\nQuestion 2: Why?",
            [("1.1", "cars"), ("1.2", "bikes"), ("2", "Why?")],
            id="numbers within questions",
        ),
        pytest.param(
            "1. Cars\n    1. how many\n    2. how old\n2. Bikes",
            [("1.1", "Cars | how many"), ("1.2", "Cars | how old"), ("2", "Bikes")],
            id="the same mark, indented",
        ),
        pytest.param(
            "1. x y\n(1) a b\n(2) c d\n2. z",
            [("1.1", "x y | a b"), ("1.2", "x y | c d"), ("2", "z")],
            id="another mark",
        ),
        pytest.param(
            "1. Cars\n2) bikes\n3. vans", [("1", "Cars"), ("2", "bikes"), ("3", "vans")],
            id="marks mixed up",
        ),
        pytest.param(
            "1. a\n2. b\n4. d\n5. e", [("1", "a"), ("2", "b"), ("4", "d"), ("5", "e")],
            id="a number left out",
        ),
        pytest.param(
            "1. a\n(a) only one of these\n2. b", [("1", "a (a) only one of these"), ("2", "b")],
            id="a single letter",
        ),
        pytest.param(
            "1. a\n(a) x\n(b) y\n(b) z\n2. b", [("1", "a (a) x (b) y (b) z"), ("2", "b")],
            id="letters that name nothing",
        ),
        pytest.param(
            "Please tell me 1) how many cars, 2) how many bikes and 3) who decides.\n\nSam",
            [("1", "Please tell me | how many cars"), ("2", "Please tell me | how many bikes"),
             ("3", "Please tell me | who decides.")],
            id="within the text",
        ),
        pytest.param(
            "I rely on section 31(1)(a) and (b). Tell me: (a) how many cars; and (b) who decides?",
            [("a", "Tell me: | how many cars"), ("b", "Tell me: | who decides?")],
            id="letters within the text",
        ),
    ],
)  # fmt: skip
def test_questions_are_told_apart(text: str, questions: list[tuple[str, str]]) -> None:
    assert told(text) == questions


NO_QUESTIONS = {
    "no numbers": "How many cars do you own?",
    "one number": "1. How many cars do you own?",
    "dates": "1 January 2020 was bad.\n2 January 2020 was worse.\n3. March was no better.",
    "dates with dots": "01.02.2020 saw one\n02.02.2020 saw two",
    "times": "1:30 meeting\n2:30 another",
    "amounts": "1.5 million people\n2.5 million more",
    "addresses": "1 High Street\n2 Low Street\nExampleton EX1 2EX",
    "years": "2019: how many\n2020: how many",
    "sections": "Under section 40(2) and (3) you refused. See (a) and (b) of it.",
    "initials": "A. Smith wrote to me.\nB. Jones did not.\nA. Smith wrote again.",
    "ordinals": "1st of May\n2nd of May",
    "speaking of questions": "Question 1 was not answered.\nQuestion 2 was.",
    "quoted mail": "Please look again.\n\n> 1. How many?\n> 2. How much?",
    "quoted Outlook mail": (
        "Please look again.\n\nFrom: Sam\nSent: Monday\nTo: foi\nSubject: x\n\n1. How many?\n2. Why?"
    ),
    "numbers within the text of one word": "Choose 1) yes or 2) no",
    "two lists within the text": "Take 1) a b 2) c d. Or else 1) e f 2) g h.",
    "letters that do not begin": "See (b) the one; and (c) the other.",
    "later numbers": "3. How many?\n4. How much?",
    "parts that do not begin": "2.1 How many?\n2.2 Why?",
    "parts out of order": "1.1 How many?\n3.1 Why?\n2.1 Who?",
    "parts of something else": "1.5 metres wide\n1.6 metres high",
}  # fmt: skip


@pytest.mark.parametrize("text", NO_QUESTIONS.values(), ids=list(NO_QUESTIONS))
def test_what_only_looks_like_a_numbered_question_is_none(text: str) -> None:
    assert recognised(text).questions == ()


@pytest.mark.parametrize("marks", [('"', '"'), ("“", "”")])
def test_a_list_in_quotation_marks_is_somebody_elses(marks: tuple[str, str]) -> None:
    text = (
        f"You wrote:\n{marks[0]}\n1. We hold nothing.\n2. We never did.\n3. Ask elsewhere.{marks[1]}\n"
        "My questions:\n1. Is that so?\n2. Since when?"
    )
    assert told(text) == [("1", "Is that so?"), ("2", "Since when?")]


def test_a_quotation_mark_too_many_hides_nothing() -> None:
    assert told('The 12" screens:\n1. How many?\n2. How old?') == [
        ("1", "How many?"),
        ("2", "How old?"),
    ]
    assert told("“Look:\n1. How many?\n2. How old?") == [("1", "How many?"), ("2", "How old?")]


def test_it_says_by_what_it_knew_them() -> None:
    assert recognised("Q1. How?\nQ2. Why?").why == "They are numbered like “Q1.”."
    assert recognised("Say: (a) how many; (b) since when?").why == (
        "They are numbered within the text, like “(a)”."
    )
    assert recognised("How many?").why == ""


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Cars\n1. How many?\n2. How old?\nBikes\n1. How many?\n2. How old?", "1"),
        ("1. How many?\n2. How old?\n2. Why?\n3. Who?", "2"),
        ("1. How many?\n1. How old?\n1. Why?", "1"),
        ("1.1 How many?\n1.1 How old?", "1.1"),
    ],
)
def test_a_number_that_stands_twice_names_nothing(text: str, number: str) -> None:
    assert recognised(text).questions == ()
    assert recognised(text).why == (
        f"The number {number} stands before more than one of them, so that it names none."
    )


def test_no_request_has_so_many_questions() -> None:
    many = "\n".join(f"{n}. x" for n in range(1, MOST_QUESTIONS + 2))
    assert "61 numbered questions; at most 60" in recognised(many).why
    assert recognised(many).questions == ()
    assert len(recognised(many.rpartition("\n")[0]).questions) == MOST_QUESTIONS
    assert "more numbered lines than any request" in recognised("7. x\n" * 500).why


def test_lists_of_html_mail_are_numbered_lists() -> None:
    html = "<p>Please:</p><ol><li>How many?</li><li>How old?<ol type=a><li>x y<li>z</ol></ol><p>Sam</p>"
    assert told(html_to_text(html)) == [
        ("1", "How many?"), ("2(a)", "How old? | x y"), ("2(b)", "How old? | z")
    ]  # fmt: skip
    word = (
        "<p class=MsoListParagraph><span style='mso-list:Ignore'>1.<span>&nbsp;&nbsp;</span></span>How?</p>"
        "<p class=MsoListParagraph><span style='mso-list:Ignore'>2.<span>&nbsp;&nbsp;</span></span>Why?</p>"
    )
    assert told(html_to_text(word)) == [("1", "How?"), ("2", "Why?")]


def test_a_question_in_a_line_is_cut_where_it_is_long() -> None:
    assert (
        Question("1(a)", "how\nmany?", "For each\nyear:").in_a_line
        == "1(a): For each year: how many?"
    )
    assert len(Question("1", "word " * 200).in_a_line) < 310


@pytest.mark.parametrize(
    ("token", "family", "value"),
    [
        ("3", Family.NUMBERS, 3), ("c", Family.NUMBERS, 0), ("c", Family.LETTERS, 3),
        ("3", Family.LETTERS, 0), ("iii", Family.LETTERS, 0), ("iii", Family.ROMAN, 3),
        ("iiii", Family.ROMAN, 0),
    ],
)  # fmt: skip
def test_a_token_has_one_place_in_a_family(token: str, family: Family, value: int) -> None:
    assert value_of(token, family) == value


def test_numbers_within_numbers_are_written_as_lawyers_do() -> None:
    assert [joined_number(*one) for one in (("1", "a"), ("1", "2"), ("a", "1"), ("2", "ii"))] == [
        "1(a)", "1.2", "a(1)", "2(ii)"
    ]  # fmt: skip


def test_a_mark_knows_where_its_words_begin() -> None:
    line = "   (2)   How many?"
    mark = mark_of(line)
    assert mark is not None
    assert (mark.token, mark.indent, line[mark.end :]) == ("2", 3, "How many?")
    assert mark_of("01. x").token == "1"  # type: ignore[union-attr]
    assert mark_of("00. x").token == "0"  # type: ignore[union-attr]


PIECES = st.sampled_from(
    ["1. ", "2. ", "(a) ", "b) ", "ii) ", "Q1 ", "Question 2: ", "1.1 ", "1(a) ", "x y ", "?", "\n", "\n\n",
     "> ", '"', "“", "”", ":", "Regards\n", "From: a\n", " ", "2019 ", "* ", "- "]
)  # fmt: skip


@given(st.lists(PIECES, max_size=60).map("".join) | st.text(max_size=300))
def test_whatever_is_asked_numbers_are_unique_and_words_are_the_requesters(text: str) -> None:
    found = recognised(text)
    numbers = [one.number for one in found.questions]
    assert len(numbers) == len(set(numbers))
    assert len(numbers) != 1
    assert bool(found.questions) <= bool(found.why)
    said = text.split()
    for one in found.questions:
        assert all(any(word in token for token in said) for word in one.text.split())


@given(
    st.lists(
        st.sampled_from(["how many cars", "who decided", "what it cost"]), min_size=2, max_size=12
    ),
    st.sampled_from(["{n}. ", "{n}) ", "({n}) ", "Q{n} ", "Question {n}: "]),
    st.sampled_from(["Dear all,", "On 1 January 2020 I wrote.", "12 High Street\nExampleton", ""]),
    st.sampled_from(
        ["Yours faithfully,\nSam", "Thanks", "I look forward to hearing from you.\n", ""]
    ),
)
def test_a_list_is_read_whatever_stands_around_it(
    texts: list[str], way: str, above: str, below: str
) -> None:
    lines = [f"{way.format(n=n)}{text}?" for n, text in enumerate(texts, start=1)]
    text = "\n\n".join(filter(None, [above, "\n".join(lines), below]))
    assert told(text) == [(str(n), f"{one}?") for n, one in enumerate(texts, start=1)]


@pytest.mark.parametrize(
    "text",
    ["1. " * 20_000, "1. x\n" * 20_000, "(a) " * 15_000, "a\n" * 25_000, '"' * 50_000, "Question " * 6_000,
     " " * 50_000, "(" * 50_000, "1.1 " * 12_000, "1)\n" * 20_000, "* " * 25_000, "“\n" * 20_000],
)  # fmt: skip
def test_hostile_text_is_read_like_any_other(text: str) -> None:
    assert recognised(text).questions == ()
