"""What a letter.toml may say about laws, provisions, facts and slots is checked, with file and line."""

from decimal import Decimal

import pytest

from foibot import law
from foibot.law.costs import fee
from foibot.letters.render import LetterIncomplete
from foibot.letters.samples import sample
from tests.letters.letters_tools import changed, problems_with, shipped

TOML = "letters/refusal/letter.toml"
BODY = "letters/refusal/body.md"
FEES = "letters/fees-notice/letter.toml"
COST = "letters/cost/letter.toml"


def text_of(path: str) -> str:
    return shipped().source[path]


@pytest.mark.parametrize(
    ("path", "old", "new", "what", "at"),
    [
        (TOML, 'provisions = "withheld"', 'provisions = "all"', "unknown provisions 'all'", "prov"),
        (TOML, 'needs = ["prov', 'needs = ["held", "prov', "unknown need 'held'", "needs"),
        (TOML, "\nneeds", '\nregimes = ["gdpr"]\nneeds', "unknown regime 'gdpr'", "regimes"),
        (TOML, "\nfoia = [", "\nuk = [", "unknown key 'uk'", "uk"),
        (TOML, "[must_say_under]", "[must_say_undr]", "unknown key 'must_say_undr'", "[must"),
        (
            FEES,
            "required = true\n",
            "required = true\ndefault = 'x'\n",
            "has a default",
            "required",
        ),
        (FEES, "required = true\n", 'required = "yes"\n', "neither true nor false", "required"),
        (FEES, "example =", "exmple =", "has no example", "required"),
        (FEES, "required = true\n", 'required = true\nunless = "held"\n', "fact 'held'", "unless"),
        (COST, 'foisa = "Hours', 'uk = "Hours', "unknown key 'uk'", "uk"),
        (COST, 'foisa = "Hours', 'foisa = 1 # "Hours', "is missing or not text", "foisa = 1"),
        (COST, "[slots.help_under]", "[slots.helps_under]", "unknown key 'helps_under'", "[[slots"),
    ],
)
def test_a_wrong_line_is_named(path: str, old: str, new: str, what: str, at: str) -> None:
    broken = text_of(path).replace(old, new, 1)
    assert broken != text_of(path)
    found = [each for each in problems_with({path: broken}) if what in each.what]
    line = next(n for n, each in enumerate(broken.splitlines(), 1) if each.startswith(at))
    assert [(each.file, each.line) for each in found] == [(path, line)]


def test_a_table_by_law_has_to_be_one() -> None:
    broken = text_of(TOML).partition("[must_say_under]")[0] + "must_say_under = 1"
    assert any("is not a table" in each.what for each in problems_with({TOML: broken}))


def test_what_one_law_must_say_is_looked_for_under_that_law() -> None:
    path = "shared/what-follows-eisr.md"
    lost = text_of(path).replace("Regulation 17", "That law")
    found = problems_with({path: lost}, whole=True)
    assert {each.what for each in found} == {"the letter does not say 'regulation 17'"}
    assert {each.file.split("/")[1] for each in found} == {
        kind.name
        for kind in shipped().kinds.values()
        if "eisr" in kind.regimes and "review" in kind.facts
    }


def test_what_every_law_must_say_is_looked_for_too() -> None:
    lost = text_of(BODY).replace("This letter is a refusal notice under", "This refuses under")
    what = {each.what for each in problems_with({BODY: lost})}
    assert "the letter does not say 'This letter is a refusal notice under'" in what


def test_a_body_of_one_law_is_read_and_used_for_that_law_alone() -> None:
    path = "letters/refusal/eisr/body.md"
    book = changed({path: "Hello {{ nobody }}"})
    assert [each.what for each in book.problems()] == ["unknown name 'nobody'"]
    book = changed({path: "Hello"})
    kind = book.kinds["refusal"]
    assert book.letter("refusal", sample(kind, "eisr")).text == "Hello\n"
    assert book.letter("refusal", sample(kind, "eir")).text != "Hello\n"


@pytest.mark.parametrize(
    ("path", "old", "new", "what"),
    [
        ("exemptions/foia-31-1.md", "disclosure\n", "confirming or denying\n", "the wrong thing"),
        ("exemptions/foia-24-2.md", "confirming or denying\n", "disclosure\n", "the wrong thing"),
        ("exemptions/foia-21-1.md", "", "## For disclosure\n\nx\n\n## Against disclosure\n", "abs"),
    ],
)
def test_a_wording_weighs_what_its_provision_is_about(
    path: str, old: str, new: str, what: str
) -> None:
    text = text_of(path)
    broken = text.replace(f"## For {old}", f"## For {new}").replace(
        f"## Against {old}", f"## Against {new}"
    )
    broken = broken if old else f"{text}\n{new}\ny\n"
    (found,) = problems_with({path: broken})
    assert what in found.what
    assert broken.splitlines()[found.line - 1].startswith("## For")


def test_the_help_and_the_example_of_a_slot_are_those_of_the_law() -> None:
    """X-14, X-19: 18 hours at 25 pounds under one Act; at most 15 pounds, and no searching whether, under the other."""
    kind = shipped().kinds["cost"]
    for regime, helps, example, other in (
        ("foia", "finding out whether it is held, locating", "£25 an hour", "£15"),
        ("foisa", "Never finding out whether it is held", "£15 an hour", "£25"),
    ):
        slot = next(one for one in kind.under(regime).slots if one.name == "estimate")
        assert helps in slot.help
        assert example in slot.example
        assert example in sample(kind, regime).slots["estimate"]
        letter = shipped().letter("cost", sample(kind, regime)).text
        assert other not in slot.help + slot.example + letter


def test_x16_only_finding_out_is_counted_where_even_that_costs_too_much() -> None:
    kind = shipped().kinds["cost-to-confirm"]
    slot = kind.slots[0]
    assert "Never locating, retrieving or extracting" in slot.help
    assert "copying" not in slot.example
    assert "nothing but the work of finding out" in shipped().letter(kind.name, sample(kind)).text


@pytest.mark.parametrize("regime", ["eir", "eisr"])
def test_l38_under_the_regulations_more_time_is_for_what_is_complex_and_voluminous(
    regime: str,
) -> None:
    kind = shipped().kinds["extension"]
    slot = kind.under(regime).slots[0]
    assert "Never the public interest" in slot.help
    assert "arguments on both sides" not in shipped().letter(kind.name, sample(kind, regime)).text


def test_a_fee_is_reckoned_as_each_law_reckons_it() -> None:
    """X-18, X-19: copies and postage under one Act; under the other a tenth of what goes beyond 100 pounds."""
    kind = shipped().kinds["fees-notice"]
    hours, pounds = Decimal(15), Decimal(15)
    assert fee(law.regime("foisa"), hours * pounds) == Decimal("12.50")
    scottish = sample(kind, "foisa")
    assert scottish.fee == "£12.50"
    assert "15 hours of work" in scottish.slots["calculation"]
    helps = {each: kind.under(each).slots[0].help for each in kind.regimes}
    assert "never the time of staff" in helps["foia"]
    assert "a tenth of the rest is charged" in helps["foisa"]
    assert helps["eir"] == helps["eisr"] != helps["foia"]


def test_headings_of_both_sorts_do_not_mix() -> None:
    path = "exemptions/foia-31-1.md"
    mixed = text_of(path).replace("## Against disclosure", "## Against confirming or denying")
    assert any("unexpected heading" in each.what for each in problems_with({path: mixed}))


def test_provisions_without_wording_of_their_own_need_the_neutral_one() -> None:
    path, own = "exemptions/eisr-withheld-default.md", "exemptions/eisr-10-4-e.md"
    assert problems_with({path: None}) == []
    found = [each for each in problems_with({path: None, own: None}) if each.file == path]
    assert [each.what for each in found] == ["the file is missing, and some provision needs it"]


def test_an_authoritys_own_letter_may_be_left_to_every_law() -> None:
    own = {
        "letters/thanks/letter.toml": (
            'title = "Thanks"\napproval = "officer"\nfacts = ["case", "slots"]\n[[slots]]\n'
            'name = "why"\ntitle = "Why"\nhelp = "Say why."\nrequired = true\nexample = "Because."'
        ),
        "letters/thanks/subject.txt": "Thanks [{{ case.reference }}]",
        "letters/thanks/body.md": "Thank you. {{ slots.why }}",
    }
    book = changed(own)
    assert book.problems() == ()
    kind = book.kinds["thanks"]
    assert kind.regimes == ("foia", "eir", "foisa", "eisr")
    assert book.letter("thanks", sample(kind, "foisa")).text == "Thank you. Because.\n"
    with pytest.raises(LetterIncomplete, match="why"):
        book.letter("thanks", sample(shipped().kinds["acknowledgement"]))


def test_the_folder_is_a_mapping_of_its_files() -> None:
    source = shipped().source
    assert len(source) == len(list(source)) > 100
    assert list(source) == sorted(source)
