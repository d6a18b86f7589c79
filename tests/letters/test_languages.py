"""A second language is a folder: letters put into it are written in it, all others in English, and no code is needed."""

import json
import re
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from foibot.gateway.pdf import Typesetter
from foibot.gateway.template_files import fonts_folder, letterhead
from foibot.letters.facts import LetterFacts
from foibot.letters.render import Letterbook
from foibot.letters.samples import sample, sample_provisions
from tests.letters.letters_tools import changed, problems_with, shipped

WORDS = "cy/words.toml"
BODY = "cy/letters/acknowledgement/body.md"


def facts(kind: str = "acknowledgement", book: Letterbook | None = None) -> LetterFacts:
    return replace(sample((book or shipped()).kinds[kind]), language="cy")


def text_of(path: str) -> str:
    return shipped().source[path]


def test_the_acknowledgement_is_there_in_welsh() -> None:
    letter = shipped().letter("acknowledgement", facts())
    text = " ".join(letter.text.split())
    assert letter.subject == "Rydym wedi cael eich cais am wybodaeth [004078/20]"
    assert "Y diwrnod olaf yn ôl y gyfraith ar gyfer ein hateb yw dydd Llun 11 Ionawr 2021." in text
    assert "Deddf Rhyddid Gwybodaeth 2000 neu" in text
    assert "- dydd Gwener 25 Rhagfyr 2020: Dydd Nadolig (y Deyrnas Unedig gyfan)" in text
    assert "- dydd Llun 4 Ionawr 2021: Gŵyl y Flwyddyn Newydd, diwrnod yn ei lle (Yr Alban)" in text
    assert not re.search(r"\b(?:January|December|Monday|Act|Regulations|working|the|UK)\b", text)
    assert letter.html.startswith('<!DOCTYPE html>\n<html lang="cy-GB">')


def test_the_page_of_the_pdf_speaks_welsh_too() -> None:
    letter = shipped().letter("acknowledgement", facts())
    pdf = Typesetter(letterhead(), fonts_folder()).pdf(letter.blocks_json, title=letter.title)
    reader = PdfReader(BytesIO(pdf))
    assert reader.root_object["/Lang"] == "cy-GB"
    first = reader.pages[0].extract_text()
    assert "Ein cyfeirnod: 004078/20" in first
    assert f"Tudalen 1 o {len(reader.pages)}" in first


def test_a_letter_that_is_not_in_a_language_is_english_as_a_whole() -> None:
    for language in ("cy", "gd", "en"):
        letter = shipped().letter("refusal", replace(facts("refusal"), language=language))
        assert letter == shipped().letter("refusal", sample(shipped().kinds["refusal"]))
        page = json.loads(letter.blocks_json)
        assert (page["language"], page["our_reference"]) == ("en", "Our reference")


@pytest.mark.parametrize(
    ("day", "short", "long"),
    [
        (date(2021, 1, 4), "4 January 2021", "Monday 4 January 2021"),
        (date(2020, 12, 27), "27 December 2020", "Sunday 27 December 2020"),
    ],
)
def test_dates_are_written_by_the_words_of_a_language(day: date, short: str, long: str) -> None:
    language = shipped().english.language
    assert (language.in_words(day), language.with_weekday(day)) == (short, long)


NOTE = {
    "letters/note/letter.toml": (
        'title = "Note"\napproval = "officer"\nprovisions = "ncnd"\n'
        'facts = ["case", "provisions", "slots"]\n'
        '[[slots]]\nname = "more"\ntitle = "More"\nhelp = "Say more."\ndefault = "Goodbye."'
    ),
    "letters/note/subject.txt": "A note [{{ case.reference }}]",
    "letters/note/body.md": "Hello {% for p in provisions %}{{ p.why }}{% endfor %} {{ slots.more }}",
    "cy/letters/note/subject.txt": "Nodyn [{{ case.reference }}]",
    "cy/letters/note/body.md": "Helo {% for p in provisions %}{{ p.why }}{% endfor %} {{ slots.more }}",
    "cy/exemptions/foia-ncnd-default.md": (
        "## Why it applies\nAdran {{ provision.section }}.\n"
        "## For confirming or denying\n- a\n## Against confirming or denying\n- b\n"
    ),
    WORDS: text_of(WORDS).replace("[must_say]", '[must_say]\nnote = ["Helo"]')
    + '[defaults.note]\nmore = "Hwyl."\n',
}


def test_slots_and_wording_of_a_language_are_its_own() -> None:
    book = changed(NOTE)
    assert book.problems() == ()
    letter = book.letter(
        "note", replace(facts("note", book), provisions=sample_provisions("24(2)"))
    )
    assert letter.text == "Helo Adran 24(2). Hwyl.\n"
    lacking = changed({**NOTE, "cy/exemptions/foia-ncnd-default.md": None})
    assert lacking.letter("note", facts("note", lacking)).text.startswith("Hello Section 23(5)")


@pytest.mark.parametrize(
    ("path", "old", "new", "what"),
    [
        (BODY, "Annwyl", "{{ nobody }}", "unknown name 'nobody'"),
        (BODY, "Annwyl", '{% include "shared/reference.md" %}', "there is no file"),
        (BODY, "Byddwn yn ateb yn gynt", "Byddwn", "does not say 'Byddwn yn ateb yn gynt"),
        (
            "cy/letters/acknowledgement/subject.txt",
            "{{ case.reference }}",
            "",
            "the subject lacks the reference",
        ),
        (BODY, "Annwyl", "{{ authority }}", "a dict cannot be written in a letter"),
        (WORDS, '"Ionawr", ', "", "'months' has to name 12"),
        (WORDS, '"dydd Llun", ', "", "'days' has to name 7"),
        (WORDS, "{day} {month}", "{month}", "'date' lacks {day}"),
        (WORDS, "our_reference", "reference", "unknown key 'reference'"),
        (WORDS, "acknowledgement = [", "refusal = [", "must_say has nothing for 'acknowledgement'"),
        (WORDS, "[names]", "[name]", "unknown key 'name'"),
        (WORDS, "[names]", "[names]\nx = 1", "'x' is missing or not text"),
        (WORDS, "language =", "language", "this is not TOML"),
    ],
)
def test_what_is_wrong_with_a_language_is_named(path: str, old: str, new: str, what: str) -> None:
    text = text_of(path)
    assert old in text
    found = problems_with({path: text.replace(old, new, 1)})
    assert any(what in each.what for each in found), found
    assert all(each.file.startswith("cy/") for each in found)


def test_a_translation_of_nothing_and_slots_without_words_are_named() -> None:
    lost = {**NOTE, WORDS: NOTE[WORDS].partition("[defaults")[0], "cy/letters/thanks/body.md": "x"}
    what = {each.what for each in problems_with(lost)}
    assert what == {
        "there is no letter 'thanks'",
        "the slot 'more' has no words in this language",
    }


def test_english_needs_its_words_too() -> None:
    found = problems_with({"words.toml": None})
    assert [(each.file, each.what) for each in found] == [("words.toml", "the file is missing")]


IN_WELSH = [
    (
        "Annwyl Swyddog, o dan y Ddeddf Rhyddid Gwybodaeth, hoffwn wybod faint o gŵn heddlu sydd gan yr "
        "heddlu a beth oedd cost pob ci yn 2020. Diolch yn fawr."
    ),
    "Sawl cwyn a gafwyd gan y cyngor ers mis Ionawr, a pha nifer ohonynt sydd heb eu hateb?",
]
IN_NO_WELSH = [
    "",
    "Annwyl Jane, how many dogs do you have, and what did each of them cost in 2020? Diolch.",
    "I am writing to ask how many complaints about Heddlu Gogledd Cymru and Cyngor Sir Ynys Môn you have had.",
    (
        "Hoffwn wybod faint o gŵn sydd gan yr heddlu. I would like to know how many dogs the police have, "
        "what each of them cost to buy and to feed in 2020, and who decided that they were needed at all."
    ),
    "yn yn yn yn yn yn yn yn",
]


def language_of(text: str, *languages: str) -> str:
    return shipped().language_of(text, languages)


@pytest.mark.parametrize("text", IN_WELSH)
def test_a_request_in_welsh_is_known_by_its_small_words(text: str) -> None:
    assert language_of(text, "cy") == "cy"
    assert language_of(text.upper(), "gd", "cy") == "cy"
    assert language_of(text) == language_of(text, "gd") == "en"


@pytest.mark.parametrize("text", IN_NO_WELSH)
def test_a_request_that_names_or_repeats_something_welsh_is_not(text: str) -> None:
    assert language_of(text, "cy") == "en"


def test_no_english_letter_is_taken_for_welsh() -> None:
    for kind in shipped().kinds.values():
        assert language_of(shipped().letter(kind.name, sample(kind)).text, "cy") == "en"
    assert language_of(shipped().letter("acknowledgement", facts()).text, "cy") == "cy"
