"""Orders to neither confirm nor deny: what is accepted, what is refused, and that the advice works."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foibot.law import REGIMES
from foibot.law.provision import Provision
from foibot.law.provisions import Problem, advice, names_ncnd, read_ncnd, read_withheld
from foibot.letters.every_provision import every_provision

FOIA = REGIMES[0]


def accepted(text: str, kind: str = "police") -> list[Provision]:
    """The provisions of an order, or nothing if there is any problem with it."""
    read = read_ncnd(text, FOIA, authority_kind=kind)
    return [each for each in read if isinstance(each, Provision)]


def refused(text: str, kind: str = "police") -> list[Problem]:
    read = read_ncnd(text, FOIA, authority_kind=kind)
    assert read
    assert all(isinstance(each, Problem) for each in read), read
    return [each for each in read if isinstance(each, Problem)]


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("23(5) 24(2) 31(3)(a)", "23(5) | 24(2) | 31(3)(a)"),
        ("s.23(5), s24(2) and section 31(3)(a)(b)", "23(5) | 24(2) | 31(3)(a)(b)"),
        ("31(3)(b) 24(2) 31(3)(a)", "31(3)(a)(b) | 24(2)"),
        ("24(2) 24(2)", "24(2)"),
        ("31(3)(a)(i)", "31(3)(a)(i)"),
        ("31(3) by reference to section 31(1)(a), (b) and (c)", "31(3)(a)(b)(c)"),
        ("30(3)", "30(3)"),
        ("30(3)(a)(i)", "30(3)(a)(i)"),
        ("30(3)(a)(i)(ii)", "30(3)(a)(i)(a)(ii)"),
        ("30(3) by virtue of 30(2)(b)", "30(3) by reference to 30(2)(b)"),
        ("36(3)(b)(i)(ii)", "36(3)(b)(i)(b)(ii)"),
        ("37(2)(a)(b)", "37(2)(a) | 37(2)(b)"),
        ("27(4)(a)(b)", "27(4)(a) | 27(4)(b)"),
        ("27(4)(a) by reference to 27(1)(b)", "27(4)(a) by reference to 27(1)(b)"),
        ("40(5A) 40(5B)(a)", "40(5A) | 40(5B)(a)"),
        ("40(5B)(a)(i)", "40(5B)(a)(i)"),
        ("40(5B)(a)(i)(ii)(c)", "40(5B)(a)(i)(ii) | 40(5B)(c)"),
        ("38(2)(a) 44(2) 41(2)", "38(2)(a) | 44(2) | 41(2)"),
    ],
)
def test_what_is_accepted(text: str, cited: str) -> None:
    assert " | ".join(provision.cited for provision in accepted(text)) == cited


@pytest.mark.parametrize(
    ("text", "in_full", "title", "weighed"),
    [
        (
            "23(5)",
            "section 23(5)",
            "Information supplied by, or relating to, bodies dealing with security matters",
            False,
        ),
        ("24(2)", "section 24(2)", "National security", True),
        ("31(3)(a)", "section 31(3), by reference to section 31(1)(a)", "Law enforcement", True),
        (
            "31(3)(c)(a)(b)",
            "section 31(3), by reference to section 31(1)(a), (b) and (c)",
            "Law enforcement",
            True,
        ),
        ("30(3)", "section 30(3)", "Investigations and proceedings", True),
        ("40(5B)(a)(i)", "section 40(5B)(a)(i)", "Personal information", False),
        ("40(5B)(b)", "section 40(5B)(b)", "Personal information: right to object", True),
        ("37(2)(b)", "section 37(2), by reference to section 37(1)(b)", "Honours", True),
        (
            "27(4)(a) with 27(1)(d)",
            "section 27(4)(a), by reference to section 27(1)(d)",
            "International relations",
            True,
        ),
    ],
)
def test_n03_n04_as_a_letter_names_it(text: str, in_full: str, title: str, weighed: bool) -> None:
    (provision,) = accepted(text)
    assert (provision.in_full, provision.title) == (in_full, title)
    assert provision.needs_public_interest_test is weighed
    assert (provision.regime, provision.ncnd) == ("foia", True)


def test_a_withholding_provision_is_weighed_unless_absolute() -> None:
    rows = {row.section: row for row in FOIA.exemptions}
    for section, weighed in (("24(1)", True), ("21(1)", False)):
        row = rows[section]
        provision = Provision("foia", section, row.title, row, (), ncnd=False)
        assert provision.needs_public_interest_test is weighed
    limbs = rows["31(1)"].limbs[:2]
    law = Provision("foia", "31(1)", "Law enforcement", rows["31(1)"], limbs, ncnd=False)
    assert (law.cited, law.in_full) == ("31(1)(a)(b)", "section 31(1)(a) and (b)")


@pytest.mark.parametrize(
    ("text", "read", "why", "line"),
    [
        # A section that withholds, where the one beside it was meant (L-22).
        ("24(1)", "24(1)", "cite section 24(2)", "ncnd 24(2)"),
        ("31(1)(a)(b)", "31(1)(a)(b)", "says that the information is held", "ncnd 31(3)(a)(b)"),
        ("31(1)", "31(1)", "cite section 31(3)(a)", "ncnd 31(3)(a)"),
        ("30(1)(a)(i)", "30(1)(a)(i)", "cite section 30(3)(a)(i)", "ncnd 30(3)(a)(i)"),
        ("37(1)(b)", "37(1)(b)", "cite section 37(2)(b)", "ncnd 37(2)(b)"),
        ("40(1)", "40(1)", "cite section 40(5A)", "ncnd 40(5A)"),
        ("40(2)", "40(2)", "cite section 40(5B)(a)", "ncnd 40(5B)(a)"),
        ("40(2) with 40(3A)(a)", "40(2) by reference to 40(3A)(a)", "held", "ncnd 40(5B)(a)"),
        ("40(3A)(a)", "40(3A)(a)", "cite section 40(5B)(a)", "ncnd 40(5B)(a)"),
        ("40(4A)(b)", "40(4A)(b)", "cite section 40(5B)(d)", "ncnd 40(5B)(d)"),
        ("27(1)(c)", "27(1)(c)", "27(4)(a)", "ncnd 27(4)(a) by reference to 27(1)(c)"),
        # Too little said.
        ("31(3)", "31(3)", "(a) the prevention or detection of crime; (b)", "ncnd 31(3)(a)"),
        ("37(2)", "37(2)", "(aa) communications with the heir", "ncnd 37(2)(a)"),
        ("27(4)", "27(4)", "name the limb. (a) International relations;", "ncnd 27(4)(a)"),
        ("40(5B)", "40(5B)", "(b) Personal information: right to object", "ncnd 40(5B)(a)"),
        ("31", "31", "in it, 31(3) can", "ncnd 31(3)(a)"),
        ("40", "40", "in it, 40(5A), 40(5B)(a), 40(5B)(b)", "ncnd 40(5A)"),
        # Not in the law.
        ("99(1)", "99(1)", "not an exemption in FOIA", "ncnd 23(5) 24(2) 31(3)(a)"),
        ("23(7)", "23(7)", "in it, 23(5) can", "ncnd 23(5)"),
        ("23(5)(a)", "23(5)(a)", "has no paragraph (a)", "ncnd 23(5)"),
        ("31(3)(a)(aa)", "31(3)(a)(aa)", "has no paragraph (aa)", "ncnd 31(3)(a)"),
        ("31(3) with 31(1)(a)(ii)", "31(3) by reference to 31(1)(a)(ii)", "(ii)", "ncnd 31(3)(a)"),
        ("31(3)(b) with 31(2)", "31(3)(b) by reference to 31(2)", "not refer", "ncnd 31(3)(b)"),
        ("36(3)(b)(iii)", "36(3)(b)(iii)", "has no paragraph (iii)", "ncnd 36(3)(b)"),
        # nothing to neither confirm nor deny with.
        (
            "21",
            "21",
            "Section 21(1) cannot be used to neither confirm nor deny",
            "ncnd 23(5) 24(2) 31(3)(a)",
        ),
        ("21(2)", "21(2)", "Section 21(1) cannot", "ncnd 23(5) 24(2) 31(3)(a)"),
        ("43(1)", "43(1)", "not trade secrets", "ncnd 23(5) 24(2) 31(3)(a)"),
        # replaced in 2018.
        ("40(5)", "40(5)", "replaced on 25 May 2018", "ncnd 40(5B)(a)"),
        ("40(5)(a)", "40(5)(a)", "cite section 40(5A)", "ncnd 40(5A)"),
        ("40(5)(b)(i)", "40(5)(b)(i)", "Section 40(5)(b) was replaced", "ncnd 40(5B)(a)"),
        ("40(3)(a)", "40(3)(a)", "cite section 40(5B)(a)", "ncnd 40(5B)(a)"),
        ("40(4)", "40(4)", "cite section 40(5B)(c)", "ncnd 40(5B)(c)"),
        # not for a police force.
        ("33(3)", "33(3)", "Only auditors", "ncnd 23(5) 24(2) 31(3)(a)"),
        ("35", "35", "Only government departments", "ncnd 23(5) 24(2) 31(3)(a)"),
        # Not exemptions at all.
        ("12(2)", "12(2)", "cost limit, not an exemption", "ncnd 23(5) 24(2) 31(3)(a)"),
        ("14", "14", "not an exemption", "ncnd 23(5) 24(2) 31(3)(a)"),
        # Words.
        ("", "", "names no provision", "ncnd 23(5) 24(2) 31(3)(a)"),
        ("23(5) please", "please", "cannot read “please”", "ncnd 23(5)"),
        ("23(5) not 24(2) 31(3)(a)", "not", "Name only", "ncnd 23(5) 31(3)(a)"),
        ("x" * 99, "x" * 60 + "…", "x…”", "ncnd 23(5) 24(2) 31(3)(a)"),
    ],
)
def test_what_is_refused_and_what_would_work(text: str, read: str, why: str, line: str) -> None:
    (problem,) = refused(text)
    assert problem.text_read == read
    assert why in problem.why
    assert problem.line_that_works == line


def test_all_problems_at_once_with_one_line() -> None:
    problems = refused("24(1) 23(5) 31(3) and 99 maybe 24(2)")
    assert [problem.text_read for problem in problems] == ["24(1)", "31(3)", "99", "maybe"]
    assert {problem.line_that_works for problem in problems} == {"ncnd 24(2) 23(5) 31(3)(a)"}


def test_x08_others_may_use_what_a_police_force_may_not() -> None:
    assert [each.cited for each in accepted("33(3)(a) 35(3)", "government")] == [
        "33(3)(a)",
        "35(3)",
    ]


@pytest.mark.parametrize(
    "kind", ["police", "council", "health", "education", "fire", "legislature"]
)
def test_x08_only_departments_make_government_policy(kind: str) -> None:
    (problem,) = refused("35(3)", kind)
    assert problem.why.startswith("Section 35 is not for this kind of authority.")


@pytest.mark.parametrize(
    ("text", "kind", "starts"),
    [
        ("23(5) 24(2) 31(3)(a)", "police", []),
        ("24(2)", "police", []),
        ("23(5) 31(3)(a)", "police", ["Section 23(5) on its own can show"]),
        (
            "28(3) 29(2) 34(2)",
            "police",
            ["Section 28(3) is rarely", "Section 29(2) is", "Section 34"],
        ),
        ("28(3) 29(2) 34(2)", "government", []),
        ("36(3)(c)", "police", ["Section 36(3): The qualified person's reasonable opinion"]),
    ],
)
def test_advice_on_what_is_lawful_but_unwise(text: str, kind: str, starts: list[str]) -> None:
    told = advice(accepted(text), authority_kind=kind)
    assert len(told) == len(starts)
    assert all(words.startswith(start) for words, start in zip(told, starts, strict=True))


@pytest.mark.parametrize(("key", "section"), [("eir", "12(4)(a)"), ("eisr", "10(4)(a)")])
def test_advice_that_what_is_not_held_has_a_letter_of_its_own(key: str, section: str) -> None:
    (law,) = [each for each in REGIMES if each.key == key]
    (told,) = advice(each for each in read_withheld(section, law) if isinstance(each, Provision))
    assert told.startswith(f"Regulation {section} says that nothing is held.")


EVERY = [row.ncnd_provision for row in FOIA.exemptions if row.ncnd]
SECTIONS = st.sampled_from(EVERY + [row.section for row in FOIA.exemptions] + ["12", "40(5)", "9"])
WORDS = st.sampled_from(["(a)", "(b)", "(i)", "(ii)", "(aa)", "and", "not", "with", "s.", "5", "-"])
ORDERS = st.lists(SECTIONS | WORDS, max_size=8).map(" ".join)


@given(st.text() | ORDERS, st.sampled_from(["police", "government"]))
def test_any_text_gives_provisions_or_problems_never_both(text: str, kind: str) -> None:
    read = read_ncnd(text, FOIA, authority_kind=kind)
    assert read
    assert len({type(each) for each in read}) == 1


@given(st.text() | ORDERS)
def test_the_line_that_works_works(text: str) -> None:
    for each in read_ncnd(text, FOIA):
        if isinstance(each, Problem):
            verb, _, rest = each.line_that_works.partition(" ")
            assert verb == "ncnd"
            assert accepted(rest)


@given(ORDERS)
def test_what_is_cited_and_named_reads_back(text: str) -> None:
    read = accepted(text)
    assert accepted(" ".join(each.cited for each in read)) == read
    assert accepted(", ".join(each.in_full for each in read)) == read


EVERY_LIMB = [each for here in REGIMES for each in every_provision(here)]


@pytest.mark.parametrize("each", EVERY_LIMB, ids=lambda each: f"{each.regime} {each.cited}")
def test_every_provision_as_it_is_cited_reads_back(each: Provision) -> None:
    (here,) = (one for one in REGIMES if one.key == each.regime)
    read = read_ncnd if each.ncnd else read_withheld
    (again,) = read(each.cited, here, authority_kind="government")
    assert isinstance(again, Provision)
    assert (again.in_full, again.limbs) == (each.in_full, each.limbs)


@given(st.permutations(["23(5)", "24(2)", "31(3)(a)", "31(3)(b)"]))
def test_the_order_of_sections_changes_only_the_order(sections: list[str]) -> None:
    read = accepted(" ".join(sections))
    assert {each.cited for each in read} == {"23(5)", "24(2)", "31(3)(a)(b)"}


@pytest.mark.parametrize(
    ("cited", "named"),
    [
        ("24(2)", True),
        ("31(3)", True),
        ("23 5 and something", True),
        ("40(5)", True),
        ("40(5B)", True),
        ("24", False),
        ("24(1) 31(1)(a)", False),
        ("nonsense", False),
        ("", False),
    ],
)
def test_n16_what_neither_confirms_nor_denies_is_known_even_without_its_limb(
    cited: str, *, named: bool
) -> None:
    assert names_ncnd(cited, FOIA) is named
