"""No letter that foibot itself writes has anything wrong with it, of whatever type and under whatever law."""

from dataclasses import replace
from functools import cache

import pytest

from foibot.letters.lint import Report, lint
from foibot.letters.linting.document import Document
from foibot.letters.linting.letter_type import LetterType, letter_type
from foibot.letters.samples import samples
from tests.letters.letters_tools import shipped


@cache
def reports(kind: str) -> tuple[tuple[str, Report], ...]:
    """Every sample of a kind, linted without saying what it is, with the law it is written under."""
    made = []
    for facts in samples(shipped().kinds[kind]):
        letter = shipped().letter(kind, facts)
        made.append((facts.regime.key, lint(Document(letter.text))))
    return tuple(made)


KINDS = sorted(shipped().kinds)


@pytest.mark.parametrize("kind", KINDS)
def test_our_own_letter_has_nothing_wrong_with_it(kind: str) -> None:
    for regime, report in reports(kind):
        assert report.findings == (), (kind, regime)
        assert report.whole


@pytest.mark.parametrize("kind", KINDS)
def test_our_own_letter_is_taken_for_what_it_is(kind: str) -> None:
    for regime, report in reports(kind):
        assert (report.letter_type, report.regime) == (letter_type(kind), regime)


@pytest.mark.parametrize("language", sorted(shipped().translations))
def test_a_letter_in_another_language_is_not_held_to_english_words(language: str) -> None:
    facts = replace(next(samples(shipped().kinds["acknowledgement"])), language=language)
    letter = shipped().letter("acknowledgement", facts)
    report = lint(Document(letter.text))
    assert report.letter_type is LetterType.UNKNOWN
    assert report.findings == ()


def test_every_type_of_letter_can_be_named_on_the_command_line() -> None:
    assert {letter_type(kind) for kind in KINDS} >= set(LetterType) - {LetterType.UNKNOWN}
