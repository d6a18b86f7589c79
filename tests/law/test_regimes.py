"""What must hold of every law in the registry, and of the table of exemptions as the Act has it."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise

import pytest

from foibot.errors import OfficerMustReword
from foibot.law import REGIMES, UnknownRegime, regime
from foibot.law.regime import Duty, Exemption, Kind, Limb, Nation, Regime, TimeLimit, Unit

FOIA, EIR, FOISA, EISR = REGIMES


def test_the_registry_knows_its_four_laws() -> None:
    assert [law.key for law in REGIMES] == ["foia", "eir", "foisa", "eisr"]
    for law in REGIMES:
        assert regime(law.key) is law
        assert regime(f" {law.key.upper()} ") is law


@pytest.mark.parametrize("key", ["", "foi", "gdpr", "FOIA 2000", "\x00"])
def test_an_unknown_law_is_refused_with_the_four_keys(key: str) -> None:
    with pytest.raises(UnknownRegime, match="foia, eir, foisa, eisr") as refused:
        regime(key)
    assert isinstance(refused.value, OfficerMustReword)


@pytest.mark.parametrize("law", REGIMES, ids=lambda law: law.key)
def test_limits_neither_overlap_nor_leave_gaps(law: Regime) -> None:
    by_duty: dict[Duty, list[TimeLimit]] = defaultdict(list)
    for limit in law.limits:
        by_duty[limit.duty].append(limit)
        assert limit.number > 0
        assert limit.citation
    for limits in by_duty.values():
        limits.sort(key=lambda limit: limit.in_force_from)
        for earlier, later in pairwise(limits):
            assert earlier.in_force_until == later.in_force_from - timedelta(days=1)
        assert limits[-1].in_force_until is None


@pytest.mark.parametrize("law", REGIMES, ids=lambda law: law.key)
def test_t32_every_law_answers_in_twenty_working_days(law: Regime) -> None:
    limit = law.limit(Duty.ANSWER, date(2026, 11, 22))
    assert (limit.number, limit.unit) == (20, Unit.WORKING_DAYS)


def test_a_limit_ends_on_its_last_day() -> None:
    limit = TimeLimit(
        Duty.ANSWER, 60, Unit.WORKING_DAYS, "a test", date(2020, 4, 7), date(2020, 5, 26)
    )
    inside = {day: limit.in_force(date(2020, *day)) for day in ((4, 6), (4, 7), (5, 26), (5, 27))}
    assert inside == {(4, 6): False, (4, 7): True, (5, 26): True, (5, 27): False}


def test_t01_to_t04_whose_holidays_count() -> None:
    nations = {law.key: law.nations for law in REGIMES}
    uk = frozenset(Nation)
    scotland = frozenset({Nation.SCOTLAND})
    assert nations == {"foia": uk, "eir": uk, "foisa": scotland, "eisr": scotland}


# section: kind, absolute, provision to neither confirm nor deny, letters of its limbs
TABLE = """
21(1)                 class        absolute  -          -
22(1)                 class        qualified 22(2)      -
22A(1)                prejudice    qualified 22A(2)     -
23(1)                 class        absolute  23(5)      -
24(1)                 required     qualified 24(2)      -
26(1)                 prejudice    qualified 26(3)      a,b
27(1)                 prejudice    qualified 27(4)(a)   a,b,c,d
27(2)                 class        qualified 27(4)(b)   -
28(1)                 prejudice    qualified 28(3)      -
29(1)                 prejudice    qualified 29(2)      a,b
30(1)                 class        qualified 30(3)      a,a(i),a(ii),b,c
30(2)                 class        qualified 30(3)      a,a(i),a(ii),a(iii),a(iv),b
31(1)                 prejudice    qualified 31(3)      a,b,c,d,e,f,g,h,i
32(1)                 class        absolute  32(3)      a,b,c
32(2)                 class        absolute  32(3)      a,b
33(2)                 prejudice    qualified 33(3)      a,b
34(1)                 required     absolute  34(2)      -
35(1)                 class        qualified 35(3)      a,b,c,d
36(2)                 opinion      qualified 36(3)      a,b,b(i),b(ii),c
37(1)(a)_to_(ab)      class        absolute  37(2)      a,aa,ab
37(1)(ac)_and_(ad)    class        qualified 37(2)      ac,ad
37(1)(b)              class        qualified 37(2)      b
38(1)                 endangerment qualified 38(2)      a,b
39(1)                 class        qualified 39(2)      -
40(1)                 class        absolute  40(5A)     -
40(2)_with_40(3A)     other        absolute  40(5B)(a)  a,b
40(2)_with_40(3B)     other        qualified 40(5B)(b)  -
40(2)_with_40(4A)(a)  other        qualified 40(5B)(c)  -
40(2)_with_40(4A)(b)  other        qualified 40(5B)(d)  -
41(1)                 other        absolute  41(2)      -
42(1)                 class        qualified 42(2)      -
43(1)                 class        qualified -          -
43(2)                 prejudice    qualified 43(3)      -
44(1)                 class        absolute  44(2)      a,b,c
"""


EIR_TABLE = """
5(3)               class     absolute  -       -
12(4)(a)           class     qualified -       -
12(4)(b)           class     qualified -       -
12(4)(c)           class     qualified -       -
12(4)(d)           class     qualified -       -
12(4)(e)           class     qualified -       -
12(5)(a)           adverse   qualified 12(6)   -
12(5)(b)           adverse   qualified -       -
12(5)(c)           adverse   qualified -       -
12(5)(d)           adverse   qualified -       -
12(5)(e)           adverse   qualified -       -
12(5)(f)           adverse   qualified -       -
12(5)(g)           adverse   qualified -       -
13(1)_with_13(2A)  other     absolute  13(5A)  -
"""
FOISA_TABLE = """
25(1)                 class        absolute  -     -
26                    class        absolute  -     a,b,c
27(1)                 class        qualified -     -
27(2)                 substantial  qualified -     a,b
28(1)                 substantial  qualified 18(1) -
29(1)                 class        qualified 18(1) a,b,c,d
30                    substantial  qualified 18(1) a,b,b(i),b(ii),c
31(1)                 required     qualified 18(1) -
31(4)                 substantial  qualified 18(1) a,b
32(1)(a)              substantial  qualified 18(1) i,ii,iii,iv
32(1)(b)              class        qualified 18(1) -
33(1)(a)              class        qualified 18(1) -
33(1)(b)              substantial  qualified 18(1) -
33(2)                 substantial  qualified 18(1) a,b
34(1)                 class        qualified 18(1) a,a(i),a(ii),b,c
34(2)                 class        qualified 18(1) a,b
34(3)                 class        qualified 18(1) -
34(4)                 class        qualified 18(1) -
35(1)                 substantial  qualified 18(1) a,b,c,d,e,f,g,h
36(1)                 class        qualified -     -
36(2)                 other        absolute  -     -
37(1)                 class        absolute  -     a,b
38(1)(a)              class        absolute  18(1) -
38(1)(b)_with_38(2A)  other        absolute  18(1) -
38(1)(b)_with_38(2B)  other        qualified 18(1) -
38(1)(b)_with_38(3A)  other        qualified 18(1) -
38(1)(c)              class        absolute  18(1) -
38(1)(d)              class        absolute  18(1) -
39(1)                 endangerment qualified 18(1) -
39(2)                 class        qualified -     -
40                    substantial  qualified -     a,b
41                    class        qualified 18(1) a,b
"""
EISR_TABLE = """
10(4)(a) class       qualified -     -
10(4)(b) class       qualified -     -
10(4)(c) class       qualified -     -
10(4)(d) class       qualified -     -
10(4)(e) class       qualified -     -
10(5)(a) substantial qualified 10(8) -
10(5)(b) substantial qualified -     -
10(5)(c) substantial qualified -     -
10(5)(d) substantial qualified -     -
10(5)(e) substantial qualified -     -
10(5)(f) substantial qualified -     -
10(5)(g) substantial qualified -     -
11(1)    class       absolute  -     -
11(2)    other       absolute  11(6) -
"""


@pytest.mark.parametrize(
    ("law", "table"),
    [(FOIA, TABLE), (EIR, EIR_TABLE), (FOISA, FOISA_TABLE), (EISR, EISR_TABLE)],
    ids=["foia", "eir", "foisa", "eisr"],
)
def test_x01_x11_the_exemptions_are_those_of_the_law(law: Regime, table: str) -> None:
    ours = [
        (
            row.section.replace(" ", "_"),
            row.kind.split()[0],
            "absolute" if row.absolute else "qualified",
            row.ncnd_provision or "-",
            ",".join(limb.letter for limb in row.limbs) or "-",
        )
        for row in law.exemptions
    ]
    assert ours == [tuple(line.split()) for line in table.strip().splitlines()]


EVERY = [(law, row) for law in REGIMES for row in law.exemptions]


@pytest.mark.parametrize(("law", "row"), EVERY, ids=lambda one: getattr(one, "section", ""))
def test_each_exemption_is_complete(law: Regime, row: Exemption) -> None:
    assert row.title
    assert not row.title.endswith(".")
    cited = row.section.replace(f"with {row.number}", "and ")
    part = "reg" if law.division == "regulation" else "s"
    year = law.act[-4:]
    assert row.citation == f"{law.short} {year} {part}.{cited}"
    assert not row.note or row.note.endswith(".")
    for limb in (*row.limbs, *row.own_ncnd_limbs):
        assert limb.words
        assert not limb.words.endswith(".")
    if row.ncnd:
        assert row.ncnd.kind is row.kind


@pytest.mark.parametrize("row", FOIA.exemptions, ids=lambda row: row.section)
def test_x01_x02_what_is_absolute_to_withhold_is_absolute_to_neither_confirm_nor_deny(
    row: Exemption,
) -> None:
    if row.ncnd:
        assert row.ncnd.needs_public_interest_test is not row.absolute
        assert row.ncnd.provision.startswith(f"{row.number}(")


def test_x12_section_18_weighs_the_public_interest_whatever_the_exemption() -> None:
    rows = [row for row in FOISA.exemptions if row.ncnd]
    assert {row.number for row in rows} == {*map(str, range(28, 36)), "38", "39", "41"}
    assert all(row.ncnd and row.ncnd.needs_public_interest_test for row in rows)


@pytest.mark.parametrize(
    ("section", "as_cited", "own", "condition"),
    [
        ("31(1)", "31(1)", "", ""),
        ("12(5)(b)", "12(5)(b)", "b", ""),
        ("26", "26", "", ""),
        ("40(2) with 40(3A)", "40(2)", "", "40(3A)"),
        ("38(1)(b) with 38(2A)", "38(1)(b)", "b", "38(2A)"),
        ("37(1)(a) to (ab)", "37(1)", "", ""),
        ("37(1)(b)", "37(1)", "", ""),
    ],
)
def test_how_an_exemption_is_cited_to_withhold(
    section: str, as_cited: str, own: str, condition: str
) -> None:
    row = next(row for _, row in EVERY if row.section == section)
    assert (row.withheld_as, row.own_letter, row.condition) == (as_cited, own, condition)


def test_x04_harm_is_evidenced_except_for_a_class() -> None:
    assert {kind: kind.harm for kind in Kind} == {
        Kind.CLASS: "",
        Kind.OTHER: "",
        Kind.REQUIRED: "necessity",
        Kind.PREJUDICE: "prejudice",
        Kind.SUBSTANTIAL_PREJUDICE: "substantial prejudice",
        Kind.ADVERSE_EFFECT: "adverse effect",
        Kind.ENDANGERMENT: "endangerment",
        Kind.OPINION: "opinion of the qualified person",
    }


@pytest.mark.parametrize(
    ("provision", "title"),
    [
        ("23(5)", "Information supplied by, or relating to, bodies dealing with security matters"),
        ("24(2)", "National security"),
        ("31(3)", "Law enforcement"),
    ],
)
def test_n03_titles_are_exact(provision: str, title: str) -> None:
    assert [row.title for row in FOIA.exemptions if row.ncnd_provision == provision] == [title]


def test_n04_the_limbs_of_law_enforcement_in_the_words_of_the_act() -> None:
    row = next(row for row in FOIA.exemptions if row.section == "31(1)")
    assert row.limbs[:2] == (
        Limb("a", "the prevention or detection of crime"),
        Limb("b", "the apprehension or prosecution of offenders"),
    )
    assert row.kind is Kind.PREJUDICE


def test_a_limb_is_cited_in_brackets() -> None:
    assert [Limb(letter, "").bracketed for letter in ("a", "aa", "b(i)")] == [
        "(a)",
        "(aa)",
        "(b)(i)",
    ]


def test_what_is_cited_instead_of_an_old_section_exists() -> None:
    for law in REGIMES:
        sections = {row.section for row in law.exemptions}
        assert {old.now for old in law.old_citations} <= sections
