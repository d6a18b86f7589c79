"""How the lint takes a letter apart: passages, sentences, citations, voices, laws, types, rights."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foibot.letters.lint import lint
from foibot.letters.linting.citing import Law, citations
from foibot.letters.linting.document import Document, Mail, without_earlier_mail
from foibot.letters.linting.letter_type import LetterType, letter_type
from foibot.letters.linting.passages import LONGEST_SENTENCE, passages, sentences
from foibot.letters.linting.quoted import Voice, marked_voices, voices, without_request
from foibot.letters.linting.read import read
from foibot.letters.linting.registry import RULES


def texts(text: str) -> list[str]:
    return [each.text for each in passages(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("One.\n\nTwo.", ["One.", "Two."]),
        ("wrapped at\nthe same width", ["wrapped at the same width"]),
        ("A heading\nThe first sentence of a paragraph that is much longer than its heading.",
         ["A heading", "The first sentence of a paragraph that is much longer than its heading."]),
        ("A long line that fills the width of\nExampleshire and goes on", ["A long line that fills the width of Exampleshire and goes on"]),
        ("- one\n- two\n  more", ["- one", "- two more"]),
        ("(a) one\n(b) two", ["(a) one", "(b) two"]),
        ("> asked\n> more\nanswered", ["asked more", "answered"]),
        ("x" * 150 + "\nNext", ["x" * 150, "Next"]),
        ("x" * 150 + "\nnext", ["x" * 150 + " next"]),
    ],
)  # fmt: skip
def test_passages_follow_paragraphs_and_not_line_ends(text: str, expected: list[str]) -> None:
    assert texts(text) == expected


def test_a_wide_request_does_not_break_up_what_the_authority_wraps() -> None:
    asked = (
        f"> {'How many were there in this place and in that one, then '}{'in all the years? ' * 2}"
    )
    ours = (
        "- Section 37(2), by reference to section 37(1)(ac) and (ad):\n"
        "  Communications with other members of the Royal Family or the Royal\n"
        "  Household"
    )
    assert len(asked) > 75
    assert len(texts(f"{asked}\n\n{ours}")) == 2


@pytest.mark.parametrize(
    ("text", "heading"),
    [("Your request", True), ("It is held.", False), ("- an item", False), ("x" * 111, False)],
)
def test_a_heading_is_short_and_ends_without_a_stop(text: str, heading: bool) -> None:
    (passage,) = passages(text)
    assert passage.is_heading is heading


def spoken(text: str) -> list[str]:
    (passage,) = passages(text)
    return [each.text for each in sentences(passage)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three", ["One.", "Two!", "Three"]),
        ("See s. 23(5) and reg. 12 of Mr. Smith. Then this.", ["See s. 23(5) and reg. 12 of Mr. Smith.", "Then this."]),
        ("He said “no.” Then this.", ["He said “no.”", "Then this."]),
        ("It is 2.5 hours. 3 more.", ["It is 2.5 hours.", "3 more."]),
    ],
)  # fmt: skip
def test_sentences_end_at_stops_and_not_at_abbreviations(text: str, expected: list[str]) -> None:
    assert spoken(text) == expected


@pytest.mark.parametrize("text", ["word " * 1_000, "x" * 5_000])
def test_no_sentence_is_longer_than_a_pattern_can_bear(text: str) -> None:
    found = spoken(text.strip())
    assert all(len(each) <= LONGEST_SENTENCE for each in found)
    assert " ".join(found).replace(" ", "") == text.replace(" ", "")


def test_quoted_words_are_blanked_and_offsets_stay_true() -> None:
    (passage,) = passages('We say “it is held” and "it is not" here.')
    (sentence,) = sentences(passage)
    assert len(sentence.bare) == len(sentence.text)
    assert "held" not in sentence.bare
    assert sentence.bare.endswith("here.")


def cited(text: str) -> list[tuple[str, str]]:
    (passage,) = passages(text)
    return [
        (one.law.value, one.provision) for each in sentences(passage) for one in citations(each)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("section 31(1)(a)", ["31(1)(a)"]),
        ("Sections 24(2) and 31(3) are qualified", ["24(2)", "31(3)"]),
        ("s.31(3), s 40(5b)(a)(i) & S23", ["31(3)", "40(5B)(a)(i)", "23"]),
        ("sections 23(5), 24(2), and also section 31 (3)", ["23(5)", "24(2)", "31(3)"]),
        ("section 22A(1)", ["22A(1)"]),
        ("section 49 of the Police Act", []),
        ("section 12 of the Freedom of Information Act", ["12"]),
        ("within 20 working days, and 40 hours", []),
        ("section 17(1) and 20 working days", ["17(1)"]),
        ("the s1(1)(a) duty", ["1(1)(a)"]),
        ("classes 23(5)", []),
    ],
)
def test_sections_are_found_however_they_are_written(text: str, expected: list[str]) -> None:
    assert [provision for _, provision in cited(text)] == expected


def test_regulations_are_told_from_sections() -> None:
    found = cited("regulation 12(5)(b), reg. 13 and exception 12(4)(d); section 39")
    assert found == [
        (Law.REGULATIONS, "12(5)(b)"),
        (Law.REGULATIONS, "13"),
        (Law.REGULATIONS, "12(4)(d)"),
        (Law.ACT, "39"),
    ]


def own(text: str) -> list[str]:
    found = voices(passages(text))
    return [each.passage.text for each in found if each.voice is Voice.OWN]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("You asked:\n\nHow many dogs?\n\nWe hold 4.", ["You asked:", "We hold 4."]),
        ("You asked for the following:\n\n1. All logs\n\n2. All maps\n\nOur response\n\nNone.",
         ["You asked for the following:", "Our response", "None."]),
        ("Your request\n\nThe number of dogs\n\nHaving looked, we answer.", ["Your request", "Having looked, we answer."]),
        ("Request:\n\n“We hold that you hold it.”\n\nNo.", ["Request:", "No."]),
        ("> We hold it.\n\nNo.", ["No."]),
        ("What do you hold?\n\n4", ["4"]),
        ("Section 1(1) of the Act provides:\n\nAnything at all.\n\n(a) more\n\nWe decide.",
         ["Section 1(1) of the Act provides:", "We decide."]),
        ("Information is exempt information if it relates to defence.\n\nWe decide.", ["We decide."]),
        ("We rely on the following provisions:\n\nsection 24(2)", ["We rely on the following provisions:", "section 24(2)"]),
        ("You asked for:\n\nWe have decided to answer.", ["You asked for:", "We have decided to answer."]),
    ],
)  # fmt: skip
def test_request_and_statute_are_told_from_the_authoritys_words(text: str, kept: list[str]) -> None:
    assert own(text) == kept


def test_in_a_draft_the_requesters_words_are_those_behind_marks() -> None:
    text = "> Do you\n> hold it?\n\nDo you hold it?\n\n> Yes.\n\nA public authority is not obliged to do it."
    found = marked_voices(passages(text), "do  you hold it")
    assert [(each.passage.text, each.voice) for each in found] == [
        ("Do you hold it?", Voice.REQUEST),
        ("Do you hold it?", Voice.OWN),
        ("Yes.", Voice.OWN),
        ("A public authority is not obliged to do it.", Voice.STATUTE),
    ]


@pytest.mark.parametrize(
    ("sentence", "kept"),
    [
        ("You asked whether we hold it.", "You asked—"),
        ("You asked whether we hold it, and we do.", "—, and we do."),
        ("The information you requested is not held.", "is not held"),
        ("Your request was for all logs.", "was"),
        ("Your request is refused.", "is refused"),
        ("You are seeking dogs.", "You are seeking—"),
    ],
)
def test_what_follows_you_asked_is_the_requesters(sentence: str, kept: str) -> None:
    blanked = without_request(sentence)
    assert len(blanked) == len(sentence)
    assert kept.strip("—") in blanked.replace("——", "—")
    assert ("—" in blanked) is ("—" in kept or kept == "was")


@pytest.mark.parametrize(
    ("text", "regime", "laws"),
    [
        ("Nothing.", "foia", ()),
        ("Under the Freedom of Information Act 2000 and section 12.", "foia", ("foia",)),
        ("The Environmental Information Regulations 2004, regulation 12(4)(d).", "eir", ("eir",)),
        ("Freedom of Information (Scotland) Act 2002, section 17.", "foisa", ("foisa",)),
        ("Environmental Information (Scotland) Regulations 2004.", "eisr", ("eisr",)),
        ("Under FOIA or the EIR.", "foia", ("foia", "eir")),
        ("EIR, EIR, EIRs; FOIA.", "eir", ("eir", "foia")),
        ("their reply", "foia", ()),
    ],
)
def test_the_law_is_told_from_its_names(text: str, regime: str, laws: tuple[str, ...]) -> None:
    reading = read(Document(text))
    assert (reading.regime, reading.regimes) == (regime, laws)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Exampleshire Police can neither confirm nor deny it.", "Exampleshire Police"),
        ("Exampleshire Police (“EP”) will not say.", "Exampleshire Police"),
        ("Hello.\n\nJane Orange\n\nExampleton Borough Council", "Exampleton Borough Council"),
        ("Hello.", ""),
    ],
)
def test_the_authority_is_the_subject_of_the_decision_or_signs(text: str, name: str) -> None:
    assert read(Document(text)).authority == name


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("ncnd", LetterType.NCND),
        ("Not Held", LetterType.NOT_HELD),
        ("s14(2)", LetterType.REPEATED),
        ("section 12(2)", LetterType.COST_TO_CONFIRM),
        ("review_outcome", LetterType.REVIEW_OUTCOME),
        ("ack", LetterType.ACKNOWLEDGEMENT),
        ("unknown", None),
        ("poem", None),
        ("", None),
    ],
)
def test_a_type_is_read_as_people_write_it(words: str, expected: LetterType | None) -> None:
    assert letter_type(words) is expected


def test_every_type_has_words_of_its_own() -> None:
    assert len({each.in_words for each in LetterType}) == len(LetterType)


@pytest.mark.parametrize(
    ("text", "above"),
    [
        ("Hello.\n\n-----Original Message-----\nFrom: x", "Hello.\n"),
        ("Hello.\n\nOn 5 May 2024 at 10:00 Sam Smith wrote:\n> hi", "Hello.\n"),
        ("Hello.\n\nFrom: a\nSent: b\nTo: c\nSubject: d", "Hello.\n"),
        ("From: a\nHello.", "From: a\nHello."),
        ("Hello.\nFrom: the start", "Hello.\nFrom: the start"),
        ("> quoted request", "> quoted request"),
    ],
)
def test_the_mail_that_is_answered_is_cut_off(text: str, above: str) -> None:
    first, rest = without_earlier_mail(text)
    assert first == above
    assert (rest == "") is (above == text)


RIGHTS = "You can ask for an internal review within 40 working days: {}.\n\nYou may apply under section 50 to the Information Commissioner: {}."


@pytest.mark.parametrize(
    ("review", "regulator", "expected"),
    [
        ("a@b.example", "c@d.example", (True, True)),
        ("Town Hall, EX2 2EX", "https://regulator.example/x", (True, True)),
        ("the usual address", "icocasework@ico.org.uk", (False, True)),
        ("01632 960001", "the usual address", (False, False)),
        ("icocasework@ico.org.uk", "the usual address", (False, True)),
    ],
)
def test_an_address_belongs_to_the_right_it_follows(
    review: str, regulator: str, expected: tuple[bool, bool]
) -> None:
    found = read(Document(RIGHTS.format(review, regulator))).rights
    assert (found.review_contact, found.regulator_contact) == expected
    assert found.review_by
    assert not found.review_target
    assert found.both


def test_a_review_is_answered_by_reply_where_there_is_an_address() -> None:
    text = "For an internal review, reply to this email within two months.\n\nYours sincerely\n\nJane\n\n"
    assert not read(Document(text)).rights.review_contact
    assert read(Document(text + "foi@exampleshire.example")).rights.review_contact
    assert read(Document(text, mail=Mail())).rights.review_contact


@pytest.mark.parametrize(
    ("after", "theirs"),
    [
        (
            "Help\n\nFor another format write to foi@exampleshire.example.",
            False,
        ),
        ("Or write to EX1 1EX.", False),
        ("For another format ring 0808 157 0001.", False),
        ("Or see https://www.exampleshire.example/help.", False),
        ("His address is contact@regulator.example.", True),
    ],
)
def test_our_own_address_is_not_the_regulators(after: str, theirs: bool) -> None:
    text = (
        "You can ask for an internal review: foi-review@exampleshire.example, EX1 1EX.\n\n"
        f"You may then apply to the Information Commissioner.\n\n{after}\n\n"
        "Yours sincerely\n\nJane Orange\n\n01632 960001"
    )
    assert read(Document(text)).rights.regulator_contact is theirs


def test_targets_are_told_from_windows() -> None:
    found = read(Document("An internal review: we aim to reply within 20 working days.")).rights
    assert (found.review_by, found.review_target) == (False, True)
    found = read(Document("We have no internal review procedure.")).rights
    assert found.no_review
    assert not found.both
    assert (
        read(Document("The Information Commissioner answers in 5 days.")).rights.review_by is False
    )
    assert read(Document("It took 5 days.")).rights.review_by is False


@given(st.text(), st.sampled_from([None, *LetterType]))
@settings(deadline=None)
def test_no_text_can_break_the_lint(text: str, kind: LetterType | None) -> None:
    lint(Document(text), kind)


WORDS = st.sampled_from(
    [
        "section",
        "23(5)",
        "24(2)",
        "31(3)",
        "31(1)(a)",
        "neither",
        "confirm",
        "nor",
        "deny",
        "held",
        "hold",
        "not",
        "we",
        "the",
        "information",
        ".",
        "\n\n",
        "\n",
        ">",
        "“",
        "”",
        "public",
        "interest",
        "outweighs",
        "review",
        "20",
        "working",
        "days",
        "ICO",
        "a@b.example",
        "£450",
        "Dear",
        "Mr",
        "Smith",
        "Yours",
        "sincerely",
        "regulation",
        "12(5)(b)",
        "exempt",
        "withheld",
        "Exampleshire",
        "Police",
        "question",
        "1.",
        "2.",
        "?",
        "You",
        "asked:",
        "absolute",
        "harm",
    ]
)


@given(st.lists(WORDS, max_size=60), st.sampled_from([None, *LetterType]))
@settings(deadline=None, max_examples=60)
def test_no_letter_can_break_the_lint(words: list[str], kind: LetterType | None) -> None:
    text = " ".join(words)
    lines = text.count("\n") + 1
    for mail in (None, Mail(subject=text[:50], sender="a@b.example")):
        for one in lint(Document(text, mail=mail), kind).findings:
            assert 1 <= one.line <= lines
            assert one.why
            assert one.instead


def test_ids_and_names_are_unique_and_every_rule_says_what_to_do() -> None:
    assert len({(rule.id, rule.name) for rule in RULES}) == len(RULES)
    assert all(rule.why and rule.instead and rule.instead.endswith(".") for rule in RULES)
