"""Every rule on time, exemptions and validity that the house works to has a test that names it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

TESTS = Path(__file__).parent.parent


def numbered(letter: str, first: int, last: int) -> list[str]:
    return [f"{letter}{number:02}" for number in range(first, last + 1)]


# T: time limits. X: exemptions, their combinations, cost. V: validity, and requests made on a platform.
RULES = [
    *numbered("t", 1, 53),
    *numbered("x", 1, 22),
    *numbered("v", 1, 12),
    *numbered("v", 20, 25),
]
# Worked examples: FOIA, EIR, FOISA, and resets, pauses, reviews and special cases.
EXAMPLES = [
    *numbered("F", 1, 24),
    *numbered("E", 1, 3),
    *numbered("S", 1, 10),
    *numbered("R", 1, 26),
]
_RULE = re.compile(r"_([txv])(\d\d)(?:_to_\1(\d\d))?(?=_|$)")


def named(function: str) -> Iterator[str]:
    """The rules in the name of a test: of "test_t08_to_t10_x" those are t08, t09 and t10."""
    place = 0
    while (found := _RULE.search(function, place)) is not None:
        letter, first, last = found[1], int(found[2]), int(found[3] or found[2])
        yield from numbered(letter, first, last)
        # The underscore after one rule is the one before the next.
        place = found.end()


@cache
def rules_named() -> frozenset[str]:
    functions = (
        name
        for file in TESTS.rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", file.read_text("utf-8"), re.MULTILINE)
    )
    return frozenset(rule for name in functions for rule in named(name))


@cache
def worked() -> frozenset[str]:
    texts = (file.read_text("utf-8") for file in TESTS.rglob("test_*.py") if file != Path(__file__))
    shape = r"(?<![A-Za-z0-9])[FESRfesr]\d\d(?![A-Za-z0-9])"
    return frozenset(found.upper() for text in texts for found in re.findall(shape, text))


def test_the_name_of_a_test_is_read() -> None:
    assert list(named("test_t08_to_t10_x11_single_days")) == ["t08", "t09", "t10", "x11"]
    assert list(named("test_a_letter_of_v2_is_gone")) == []


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_is_named_by_a_test(rule: str) -> None:
    assert rule in rules_named()


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_worked_example_is_in_a_test(example: str) -> None:
    assert example in worked()
