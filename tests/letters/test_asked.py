"""What only an officer knows about a provision is asked for, stands in its wording, and stops a letter that lacks it."""

import re
from dataclasses import replace

import pytest

from foibot.letters.render import Letterbook, LetterIncomplete
from foibot.letters.samples import sample, sample_provisions, sample_withheld
from tests.letters.letters_tools import changed, problems_with, shipped

PATH = "exemptions/slots.toml"
WORDING = "exemptions/foia-44-1.md"
SLOT = """
[[slots]]
name = "law"
title = "The law that forbids it"
help = "Name it."
required = true
example = "Section 9 of the Example Act 1999 forbids it."
wording = ["foia-44-1"]
limbs = ["a"]
"""
WHY = """## Why it applies

Other law forbids it.

{% if slots.law %}
{{ slots.law }}
{% endif %}
"""

# With these slots alone, no other wording may use one.
OTHERS: dict[str, str | None] = {
    path: re.sub(r"slots\.\w+", "provision.section", shipped().source[path])
    for path in shipped().source
    if path.startswith("exemptions/") and "slots." in shipped().source[path]
}


def book(slots: str = SLOT, why: str = WHY) -> Letterbook:
    return changed(
        {
            **OTHERS,
            PATH: slots,
            WORDING: why,
            "letters/refusal/subject.txt": "[{{ case.reference }}]",
        }
    )


def refusal(made: Letterbook, order: str, slots: dict[str, str]) -> str:
    facts = sample(made.kinds["refusal"], "foia", order)
    return made.letter("refusal", replace(facts, slots=slots)).text


def test_a_letter_on_the_provision_asks_for_it_and_says_it() -> None:
    made = book()
    assert made.problems() == ()
    names = [slot.name for slot in made.slots("refusal", sample_withheld("44(1)(a)"))]
    assert names == ["law", "reasons", "advice"]
    with pytest.raises(LetterIncomplete, match="cannot be written without: law"):
        refusal(made, "44(1)(a)", {})
    assert "\nThe Secrets Act.\n" in refusal(made, "44(1)(a)", {"law": "The Secrets Act."})


def test_a_folder_without_the_file_asks_for_nothing() -> None:
    why = "## Why it applies\n\nOther law forbids it.\n"
    subject = {"letters/refusal/subject.txt": "[{{ case.reference }}]"}
    made = changed({**OTHERS, **subject, PATH: None, WORDING: why})
    assert made.problems() == ()
    assert "Other law forbids it." in refusal(made, "44(1)(a)", {})


@pytest.mark.parametrize("order", ["44(1)(c)", "42(1)"])
def test_no_other_provision_and_no_other_limb_asks_for_it(order: str) -> None:
    made = book()
    assert "law" not in {slot.name for slot in made.slots("refusal", sample_withheld(order))}
    assert "Secrets" not in refusal(made, order, {})


def test_without_limbs_every_limb_asks_for_it() -> None:
    made = book(SLOT.replace('limbs = ["a"]', ""))
    assert made.slots("refusal", sample_withheld("44(1)(c)"))[0].name == "law"


def test_a_letter_that_relies_on_nothing_asks_for_nothing() -> None:
    made = book()
    assert made.slots("acknowledgement", sample_withheld("44(1)(a)")) == ()
    assert made.slots("ncnd", sample_provisions("23(5)"))[0].name == "reasons"


def test_a_sample_has_it_filled_in() -> None:
    facts = sample(book().kinds["refusal"], "foia", "44(1)(a)")
    assert facts.slots["law"] == "Section 9 of the Example Act 1999 forbids it."


def test_the_words_of_an_officer_are_words_and_not_template() -> None:
    text = refusal(book(), "44(1)(a)", {"law": "{{ authority.email }} **x** # y"})
    assert "{{ authority.email }} **x** # y" in text


@pytest.mark.parametrize(
    ("old", "new", "what", "at"),
    [
        ('name = "law"', 'nam = "law"', "unknown key 'nam'", "nam"),
        ('name = "law"', 'name = "harm"', "a letter has a slot 'harm' of its own", "name"),
        ('"foia-44-1"', '"foia-44-9"', "there is no file 'exemptions/foia-44-9.md'", "wording"),
        ('"foia-44-1"', '"foia-23-1"', "'exemptions/foia-23-1.md' does not use it", "wording"),
        ('["foia-44-1"]', "[]", "'wording' names no file", "wording"),
        ('example = "S', 'default = "S', "has no example", "required"),
        ('wording = ["foia-44-1"]', 'wording = "x"', "'wording' is not a list of texts", "wording"),
    ],
)
def test_a_wrong_line_is_named(old: str, new: str, what: str, at: str) -> None:
    broken = SLOT.replace(old, new)
    assert broken != SLOT
    problems = book(broken, WHY).problems()
    found = {each.line for each in problems if each.file == PATH and what in each.what}
    assert found == {next(n for n, x in enumerate(broken.splitlines(), 1) if x.startswith(at))}


def test_two_slots_of_one_name_are_named_at_the_second() -> None:
    problems = book(SLOT + SLOT).problems()
    assert [each.line for each in problems if "two slots" in each.what] == [
        len(SLOT.splitlines()) + 2 + 1
    ]


def test_what_is_no_toml_is_told_and_a_wording_may_use_no_slot_that_is_not_its_own() -> None:
    assert "this is not TOML" in {
        each.what.partition(":")[0] for each in problems_with({PATH: "[[slots"})
    }
    path = "exemptions/foia-23-1.md"
    found = problems_with({**OTHERS, PATH: SLOT, WORDING: WHY, path: WHY})
    assert {(each.file, each.what) for each in found} == {(path, "unknown name 'law'")}


# What somebody in the office has to have done; a wording may speak of it only where an officer says so.
DONE = re.compile(
    r"\bwe (?:have )?(?:asked (?:for|them|those)|consulted|obtained (?:the|their) views?|spoken|written to|searched|checked)"
    r"|\b(?:their|its|his|her) own view|taken it into account|has not been made public, so"
    r"|given to us in circumstances|considered that objection|published once they are made"
    r"|people who are already (?:burdened|under)",
    re.IGNORECASE,
)


@pytest.mark.parametrize(
    "said",
    [
        "Where the interests are those of others, we have asked for their own view and taken it into account.",
        "We consulted the company.",
        "It was given to us in circumstances in which it was clear.",
        "We have considered that objection and uphold it.",
    ],
)
def test_a_claim_of_what_the_office_did_is_found(said: str) -> None:
    assert DONE.search(said)


def test_no_wording_says_what_only_an_officer_can_know_to_have_happened() -> None:
    source = shipped().source
    wordings = [path for path in source if path.startswith("exemptions/") and path.endswith(".md")]
    assert len(wordings) > 80
    found = {path: DONE.findall(source[path]) for path in wordings if DONE.search(source[path])}
    assert found == {}
