"""A letter may name the threat level in the words that somebody checked of late, and in no others (N-35)."""

from dataclasses import replace
from datetime import date

import pytest

from foibot.letters.lint import check_draft, check_slot, lint
from foibot.letters.linting.document import Document
from foibot.letters.linting.letter_type import LetterType
from foibot.letters.source import TemplateSource
from foibot.letters.threat_level import NO_THREAT_LEVEL, ThreatLevel
from tests.letters.letters_tools import changed, facts_on, shipped

WORDING = (
    "The national threat level for terrorism is MODERATE. "
    "A threat level of moderate means that an attack is possible but not likely."
)
STATED = ThreatLevel(WORDING, date(2026, 11, 2))
TODAY = date(2026, 12, 3)


def why(sentence: str, stated: ThreatLevel = STATED, today: date = TODAY) -> list[str]:
    report = lint(Document(sentence), LetterType.NCND, threat_level=stated, today=today)
    return [one.why for one in report.findings if one.rule == "N-35"]


@pytest.mark.parametrize(
    "sentence",
    [
        WORDING,
        WORDING.replace("MODERATE", "Moderate"),
        "The national threat level\nfor terrorism is MODERATE.",
        f"As anybody can read, {WORDING[:1].lower()}{WORDING[1:52]}.",
    ],
)
def test_the_checked_wording_may_stand(sentence: str) -> None:
    assert why(sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "The national threat level for terrorism is SEVERE.",
        "The threat level is high.",
        "The threat from international terrorism is real.",
        f"{WORDING[:51]}, and the threat from international terrorism is real.",
    ],
)
def test_any_other_wording_is_named_with_the_day(sentence: str) -> None:
    (said, *_) = why(sentence)
    assert said.endswith("[threat_level] in config.toml, checked on 2 November 2026")


@pytest.mark.parametrize("today", [date(2026, 12, 4), date(2026, 11, 1)])
def test_an_old_wording_may_not_stand_nor_one_from_the_time_to_come(today: date) -> None:
    assert why(WORDING[:52], today=today) == [
        "the wording of the threat level was checked on 2 November 2026, and is good for 31 days after"
    ]


def test_without_a_wording_no_level_may_be_named() -> None:
    (said,) = why(WORDING[:52], NO_THREAT_LEVEL)
    assert said.startswith("the threat level changes")


def test_a_template_can_say_it_and_the_draft_is_held_to_its_day() -> None:
    source = shipped().source
    path, toml = "letters/ncnd/body.md", "letters/ncnd/letter.toml"
    book = changed(
        {
            path: f"{source[path]}\n{{{{ threat_level }}}}\n",
            toml: source[toml].replace("facts = [", 'facts = ["threat_level", '),
        }
    )
    facts = facts_on(threat_level=STATED, today=TODAY)
    letter = book.letter("ncnd", facts)
    assert WORDING in " ".join(letter.text.split())
    assert check_draft("ncnd", Document(letter.text), facts) == ()
    late = replace(facts, today=date(2027, 1, 4))
    assert {one.rule for one in check_draft("ncnd", Document(letter.text), late)} >= {"N-35"}


def test_what_an_officer_writes_into_a_slot_is_held_to_it_too() -> None:
    facts = facts_on(threat_level=STATED, today=TODAY)
    assert check_slot("ncnd", "for", WORDING[:52], facts) == ()
    (found,) = check_slot("ncnd", "for", "The threat level is SEVERE.", facts)
    assert found.rule == "N-35"


def test_the_web_pages_of_the_letters_are_known_and_those_of_notices_do_not_count() -> None:
    texts = {
        "letters/x/body.md": "See [our scheme](https://a.example/scheme), or https://b.example/x.",
        "cy/letters/x/body.md": "Gweler https://b.example/x",
        "letters/x/letter.toml": 'text = "https://c.example"',
        "notices/x/body.md": "https://d.example",
        "letterhead.typ": "https://e.example",
    }
    assert TemplateSource(texts, {}).web_pages() == (
        "https://b.example/x",
        "https://a.example/scheme",
        "https://c.example",
    )
    assert shipped().source.web_pages() == ()
