"""A letter on a form is the letter that would be written anew, and what cannot be a form is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foibot.letters.facts import LetterFacts, RequesterFacts
from foibot.letters.form import is_plain, only_prints
from foibot.letters.on_demand import OnDemand
from foibot.letters.render import Letter, Letterbook
from foibot.letters.samples import SAMPLE
from tests.letters.letters_tools import changed, shipped

KIND = "acknowledgement"
BODY = f"letters/{KIND}/body.md"
ANY = st.text(max_size=40)
# What a form could get wrong: marks of Markdown, numbers, links, our own signs, lines that have to be folded.
ODD = st.sampled_from(
    [
        "", " ", "1. One", "1) One", "# One", "- One", "> One", "*", "_a_ **b**", "a\\", "\\(", "[a](b)",
        "https://links.example/", "\ue000", "\ue000\ue004 \ue001", "a  b", "a\nb", "<b>&amp;", "=", "é" * 90,
        "word " * 30, "000001/20", "{{ case.subject }}",
    ]
)  # fmt: skip
WORDS = st.one_of(ANY, ODD)


def asked(
    subject: str, text: str, name: str, reference: str = "000001/20", **more: object
) -> LetterFacts:
    case = replace(SAMPLE.case, subject=subject, request_text=text, reference=reference)
    return replace(
        SAMPLE, case=case, requester=RequesterFacts(name), provisions=(), slots={}, **more
    )  # type: ignore[arg-type]


def read(letter: Letter) -> tuple[str, str, str, str, str]:
    return letter.title, letter.subject, letter.text, letter.html, letter.blocks_json


def has_form(book: Letterbook) -> bool:
    return book.forms._kept[0].form is not None


@given(subject=WORDS, text=WORDS, name=WORDS, reference=st.one_of(WORDS, st.just("FOI 7/2020")))
def test_an_acknowledgement_on_a_form_is_the_one_that_would_be_written(
    subject: str, text: str, name: str, reference: str
) -> None:
    facts = asked(subject, text, name, reference)
    assert read(shipped().forms.letter(KIND, facts)) == read(shipped().letter(KIND, facts))


@pytest.mark.parametrize("language", ["en", "cy"])
def test_the_shipped_acknowledgement_is_a_form_and_is_written_once(
    monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    book = changed({})
    book.forms.letter(KIND, asked("Boats", "How many boats?", "Sam", language=language))
    assert has_form(book)
    monkeypatch.setattr(book, "letter", None)
    second = book.forms.letter(KIND, asked("Cars", "And cars?", "Ali", "2/20", language=language))
    assert "2/20" in second.subject
    for word in ("Ali", "Cars", "And cars?"):
        assert word in second.text
        assert word in second.html


def test_other_facts_get_a_form_of_their_own() -> None:
    book = changed({})
    for facts in (
        asked("Boats", "How many?", "Sam"),
        asked("", "How many?", "Sam"),
        asked("Boats", "How many?", "https://links.example/"),
        asked("Boats", "How many?", "Sam", today=date(2020, 12, 24)),
        replace(
            asked("Boats", "How many?", "Sam"), authority=replace(SAMPLE.authority, name="Other")
        ),
    ):
        for _ in range(2):
            assert read(book.forms.letter(KIND, facts)) == read(book.letter(KIND, facts))
    assert len(book.forms._kept) == 5


@pytest.mark.parametrize(
    "template",
    [
        "{% if case.subject == 'Boats' %}About boats{% endif %}",
        "{% if not case.subject %}Without a subject{% endif %}",
        "{% if case.subject and case.reference %}{{ case.subject }}{% endif %}",
        "{{ case.subject[:3] }}",
        "{{ case.subject ~ '!' }}",
        "{{ case['subject'] }}",
        "{% set here = case %}{{ here.subject }}",
        "{% for letter in case.subject %}{{ letter }} {% endfor %}",
        "{{ case.subject or requester.name }}",
        "{{ case.subject if case.reference else 'x' }}",
        "{{ case.request }}",
        "{% include 'letters/acknowledgement/subject.txt' %}",
        "{% set said %}{{ case.subject }}{% endset %}{% if said == 'Boats' %}About boats{% endif %}",
        "{% block said %}{{ case.subject }}{% endblock %}{% if self.said() == 'Boats' %}!{% endif %}",
    ],
)
def test_a_template_that_does_more_with_the_words_than_print_them_is_no_form(template: str) -> None:
    book = changed({BODY: f"# Title\n\n{template}\n"})
    assert not only_prints(book.english.bodies, template)
    for subject in ("Cars", "Boats", ""):
        facts = asked(subject, "How many?", "Sam")
        assert read(book.forms.letter(KIND, facts)) == read(book.letter(KIND, facts))
        assert not has_form(book)


@pytest.mark.parametrize(
    "template",
    [
        "Dear {{ requester.name }}",
        "{% if case.subject %}It is about {{ case.subject }}.{% else %}It has none.{% endif %}",
        "{% if case.counted %}{{ case.due }}{% endif %} {{ case.working_days }}",
        "[{{ case.reference }}](https://www.example/)",
        "- one\n- two\n\n{{ case.subject }} begins a line\n\n{{ case.subject }}\n\n1. {{ case.subject }}",
        "{{ authority.address }}\\\n{{ case.subject }} **much *more***",
        "> {{ case.subject }}\n\n## {{ case.subject }}\n\n({{ case.subject }})[{{ case.subject }}]",
    ],
)
def test_a_template_that_prints_words_or_leaves_out_empty_ones_is_a_form(template: str) -> None:
    book = changed({BODY: f"# Title\n\n{template}\n"})
    assert only_prints(book.english.bodies, template)
    for subject in (
        "Boats (old)",
        "1. x",
        "- x",
        "# x",
        "+",
        "12 x",
        "x*",
        "_x_",
        "<x>",
        "Cars",
        "",
    ):
        facts = asked(subject, "How many?", "Sam")
        assert read(book.forms.letter(KIND, facts)) == read(book.letter(KIND, facts))
        assert has_form(book)


@pytest.mark.parametrize("template", ["**{{ case.subject }}**more", "_{{ case.subject }}_", "\\{{ case.subject }}", "{{ case.subject }}. Next", "> {{ case.subject }}{{ case.subject }}2) Next"])  # fmt: skip
def test_words_beside_a_mark_may_change_what_it_means_so_that_there_is_no_form(
    template: str,
) -> None:
    book = changed({BODY: f"# Title\n\n{template}\n"})
    for subject in ("Boats", "Boats (old)", "(Boats)", "12"):
        facts = asked(subject, "How many?", "Sam")
        assert read(book.forms.letter(KIND, facts)) == read(book.letter(KIND, facts))
    assert not has_form(book)
    assert not is_plain("**\ue000**")


def test_a_form_that_gave_another_letter_is_not_kept() -> None:
    """As where an address holds the words: it would be written with other signs."""
    book = changed({BODY: "# Title\n\n[Write](mailto:a@b.example?subject={{ case.reference }})\n"})
    facts = asked("Boats", "How many?", "Sam", "7-20")
    assert read(book.forms.letter(KIND, facts)) == read(book.letter(KIND, facts))
    assert not has_form(book)


def test_a_subject_that_does_more_than_print_is_no_form() -> None:
    book = changed({f"letters/{KIND}/subject.txt": "{{ case.reference ~ '!' }}"})
    facts = asked("Boats", "How many?", "Sam")
    assert book.forms.letter(KIND, facts).subject == "000001/20!"
    assert not has_form(book)


def test_words_are_made_when_they_are_asked_for() -> None:
    made = []
    words = OnDemand({"long": lambda: made.append("long") or "words"}, {"short": "word"})  # type: ignore[func-returns-value]
    assert (len(words), sorted(words), made) == (2, ["long", "short"], [])
    assert (words["long"], words["long"], words["short"], made) == ("words", "words", "word", ["long"])  # fmt: skip
