"""Every wording is tried, alone and in letters, and a careless edit of one is named with its file."""

import pytest

from foibot import law
from foibot.law.combinations import combination_problems
from foibot.letters.every_provision import fullest
from foibot.letters.problem import Problem
from foibot.letters.wording_check import AT_ONCE, by_every_wording, lots
from tests.letters.letters_tools import changed, shipped


def edited(stem: str, old: str, new: str, *files: str) -> list[Problem]:
    """What is found when `old` is replaced in a wording; NCND letters alone are tried, and those of `files`."""
    path = f"exemptions/{stem}.md"
    text = shipped().source[path]
    assert old in text
    others = {f"letters/{kind}/subject.txt": "[{{ case.reference }}]" for kind in files}
    return by_every_wording(changed({path: text.replace(old, new), **others}))


def test_the_shipped_wording_has_no_problem() -> None:
    assert by_every_wording(shipped()) == []


@pytest.mark.parametrize(
    ("stem", "old", "new", "what"),
    [
        (
            "foia-31-3",
            ": {{ provision.limbs_in_words }}",
            "",
            "the law's own words for (a) are missing, for section 31(3)",
        ),
        (
            "foia-31-3",
            "be likely to prejudice",
            "affect",
            "the test of the law is not put (prejudice)",
        ),
        ("foia-24-2", "equired", "anted", "the test of the law is not put (required)"),
        ("eir-12-6", "would adversely affect", "may touch", "is not put (adverse effect)"),
        ("foia-31-3", "{{ slots.purpose }}", "", "the slot 'purpose' is left out"),
        ("foia-24-2", "## Where the balance lies", "{# #}", "nothing is said"),
    ],
)
def test_a_careless_edit_of_a_wording_is_named(stem: str, old: str, new: str, what: str) -> None:
    found = edited(stem, old, new)
    assert any(what in each.what for each in found), found
    assert {each.file for each in found} == {f"exemptions/{stem}.md"}


def test_a_silence_argued_from_one_answer_is_named() -> None:
    stem = "foia-26-3"
    text = shipped().source[f"exemptions/{stem}.md"]
    why = text.partition("## For")[0]
    found = edited(
        stem, why, "## Why it applies\n\nConfirming would be likely to prejudice it.\n\n"
    )
    assert any("a confirmation and a denial are not both argued" in each.what for each in found)


def test_a_wording_that_cannot_be_written_is_named() -> None:
    found = edited("foia-24-2", "## For confirming", "{{ provision }}\n\n## For confirming")
    assert {each.file for each in found} == {"exemptions/foia-24-2.md"}


def test_a_leak_in_a_wording_is_found_in_a_letter_and_named_where_it_stands() -> None:
    found = edited("eir-13-5a", "## Why it applies\n", "## Why it applies\n\nWe hold nothing.\n")
    (one,) = [each for each in found if "N-20" in each.what]
    assert one.file == "exemptions/eir-13-5a.md"


def test_the_neutral_wording_is_enough_where_a_file_is_taken_out() -> None:
    assert by_every_wording(changed({"exemptions/foia-24-2.md": None})) == []


def test_lots_hold_everything_once_and_nothing_that_excludes_another() -> None:
    for here in law.REGIMES:
        for ncnd in (True, False):
            every = [each for each in fullest(here) if each.ncnd == ncnd]
            found = lots(every)
            assert sorted(map(every.index, (each for lot in found for each in lot))) == list(
                range(len(every))
            )
            assert all(len(lot) <= AT_ONCE and not combination_problems(lot) for lot in found)
