"""Every provision of every law has wording of its own, says what its law asks, and breaks no rule in any letter."""

import re
from dataclasses import replace
from itertools import groupby

import pytest

from foibot import law
from foibot.law.combinations import combination_problems
from foibot.law.provision import Provision
from foibot.law.regime import Kind
from foibot.letters.every_provision import every_provision, fullest
from foibot.letters.exemption_text import default_stem, stem_for
from foibot.letters.facts import LetterFacts
from foibot.letters.kind import Relies
from foibot.letters.lint import check_draft, lint
from foibot.letters.linting.document import Document
from foibot.letters.samples import sample_of_any
from tests.letters.letters_tools import shipped

EVERY = [each for here in law.REGIMES for each in every_provision(here)]
FULLEST = [each for here in law.REGIMES for each in fullest(here)]
NO_WORDING_OF_ITS_OWN: dict[str, str] = {}
"""Stems that may fall back to the neutral wording, each with the reason. There is none."""


def named(provision: Provision) -> str:
    return f"{provision.regime} {provision.cited}"


def facts_on(kind: str, *provisions: Provision) -> LetterFacts:
    return sample_of_any(shipped().kinds[kind], provisions[0].regime, provisions)


def wording(provision: Provision) -> dict[str, str]:
    """Our own words alone, without what an officer would write between them."""
    facts = facts_on("ncnd" if provision.ncnd else "refusal", provision)
    slots = dict.fromkeys(shipped().kinds["ncnd"].every_slot, "")
    (parts,) = shipped().english.wording(replace(facts, slots=slots)).values()
    return {name: re.sub(r"\\(.)", r"\1", " ".join(text.split())) for name, text in parts.items()}


def test_the_list_holds_every_row_and_every_limb() -> None:
    rows = {(each.regime, each.exemption.section) for each in EVERY if not each.ncnd}
    assert rows == {(here.key, row.section) for here in law.REGIMES for row in here.exemptions}
    limbs = {(each.regime, each.exemption.section, x) for each in EVERY for x in each.limbs}
    assert {
        (here.key, row.section, limb)
        for here in law.REGIMES
        for row in here.exemptions
        for limb in row.limbs
    } <= limbs
    silent = {(each.regime, each.exemption.section) for each in EVERY if each.ncnd}
    assert silent == {
        (here.key, row.section) for here in law.REGIMES for row in here.exemptions if row.ncnd
    }


@pytest.mark.parametrize("provision", FULLEST, ids=named)
def test_it_has_wording_of_its_own(provision: Provision) -> None:
    served = shipped().english.wording_for(provision)
    if served != stem_for(provision):
        assert NO_WORDING_OF_ITS_OWN[stem_for(provision)]
        assert served == default_stem(provision.regime, ncnd=provision.ncnd)


def test_no_wording_serves_nothing() -> None:
    stems = {stem_for(each) for each in EVERY}
    stems |= {default_stem(here.key, ncnd=ncnd) for here in law.REGIMES for ncnd in (True, False)}
    there = {path.split("/")[1][:-3] for path in shipped().source if path.startswith("exemptions/")}
    assert there - stems == {"slots.t"}


@pytest.mark.parametrize("provision", EVERY, ids=named)
def test_it_is_weighed_where_the_law_weighs_and_nowhere_else(provision: Provision) -> None:
    parts = wording(provision)
    weighed = provision.needs_public_interest_test
    if weighed:
        assert min(len(parts[each]) for each in ("factors_for", "factors_against")) > 40
        assert len(parts["balance"]) > 80
        assert parts["factors_for"].startswith("- ")
        assert parts["factors_against"].startswith("- ")
    if provision.regime in {"foia", "foisa"} and not weighed:
        assert "no public interest test applies" in parts["why"]
    if weighed:
        assert "absolute" not in parts["why"]


@pytest.mark.parametrize("provision", EVERY, ids=named)
def test_its_test_is_that_of_the_law(provision: Provision) -> None:
    why = wording(provision)["why"]
    likely = re.search("would(?: not)? be likely to", why) is not None
    match provision.test:
        case Kind.PREJUDICE | Kind.OPINION:
            assert likely
            assert "substantially" not in why
        case Kind.SUBSTANTIAL_PREJUDICE:
            assert likely
            assert "substantially" in why
        case Kind.ENDANGERMENT:
            assert likely
            assert "endanger" in why
            assert "prejudice" not in why
        case Kind.ADVERSE_EFFECT:
            # The Regulations ask for "would", which is more than "would be likely to".
            assert "would adversely affect" in why
            assert "more likely than not" in why
            assert not likely
        case Kind.REQUIRED:
            assert "required" in why
            assert not likely
        case Kind.CLASS | Kind.OTHER:
            assert not likely
        case _:
            pytest.fail(f"no test for {provision.test}")


_BOTH = re.compile(r"\b(?:n?either (?:answer|direction|a conf)|confirm.*\bden)", re.IGNORECASE)


@pytest.mark.parametrize("provision", [each for each in EVERY if each.ncnd], ids=named)
def test_silence_is_argued_from_both_answers(provision: Provision) -> None:
    parts = wording(provision)
    weighed = ("factors_for", "factors_against", "balance")
    for part in ("why", *(weighed if provision.needs_public_interest_test else ())):
        assert _BOTH.search(parts[part]), parts[part]
    assert not re.search(r"\bdisclosure of the information\b|\bwithh", " ".join(parts.values()))


LIMBED = [
    (variants[0], variants)
    for _, group in groupby(EVERY, key=lambda each: (each.regime, each.section, each.exemption))
    if len(variants := [each for each in group if len(each.limbs) == 1]) > 1
]


@pytest.mark.parametrize("variants", [each for _, each in LIMBED], ids=lambda x: named(x[0]))
def test_each_limb_is_named_in_words(variants: list[Provision]) -> None:
    whys = [wording(each)["why"] for each in variants]
    assert len(set(whys)) == len(whys)
    for each, why in zip(variants, whys, strict=True):
        assert each.limbs[0].words in why


@pytest.mark.parametrize("provision", FULLEST, ids=named)
def test_a_letter_on_it_breaks_no_rule(provision: Provision) -> None:
    facts = facts_on("ncnd" if provision.ncnd else "refusal", provision)
    kind = "ncnd" if provision.ncnd else "refusal"
    document = Document(shipped().letter(kind, facts).text)
    assert check_draft(kind, document, facts) == ()
    report = lint(document)
    assert report.findings == ()
    assert report.regime == provision.regime


def several(regime: str, kind: str) -> list[tuple[Provision, ...]]:
    """The provisions of a law three by three, for the other kinds of letter that rely on them."""
    relies = shipped().kinds[kind].relies
    fit = [
        each
        for each in FULLEST
        if each.regime == regime
        and each.ncnd == (relies is Relies.NCND)
        and (relies is not Relies.WEIGHED or each.needs_public_interest_test)
    ]
    threes = [tuple(fit[at : at + 3]) for at in range(0, len(fit), 3)]
    return [one for three in threes for one in _allowed(three)]


def _allowed(three: tuple[Provision, ...]) -> list[tuple[Provision, ...]]:
    """All of them together, or each alone where the law does not let them stand together."""
    return [(each,) for each in three] if combination_problems(three) else [three]


OTHERS = [
    (kind.name, three)
    for kind in shipped().kinds.values()
    if kind.relies is not Relies.NOTHING and kind.name not in {"refusal", "ncnd"}
    for regime in kind.regimes
    for three in several(regime, kind.name)
]


@pytest.mark.parametrize(
    ("kind", "provisions"), OTHERS, ids=lambda x: x if isinstance(x, str) else named(x[0])
)
def test_the_other_kinds_of_letter_break_no_rule_on_it_either(
    kind: str, provisions: tuple[Provision, ...]
) -> None:
    facts = facts_on(kind, *provisions)
    document = Document(shipped().letter(kind, facts).text)
    assert check_draft(kind, document, facts) == ()
