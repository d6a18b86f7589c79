"""Orders to withhold under each law, and orders to neither confirm nor deny under the three besides FOIA."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foibot.law import REGIMES
from foibot.law.provisions import Problem, Provision, advice, read_ncnd, read_withheld
from foibot.law.regime import Regime

FOIA, EIR, FOISA, EISR = REGIMES
BY_KEY = {law.key: law for law in REGIMES}


def withheld(text: str, law: Regime = FOIA, kind: str = "police") -> list[Provision]:
    """The provisions of an order, or nothing if there is any problem with it."""
    read = read_withheld(text, law, authority_kind=kind)
    return [each for each in read if isinstance(each, Provision)]


def ncnd(text: str, law: Regime) -> list[Provision]:
    return [each for each in read_ncnd(text, law) if isinstance(each, Provision)]


@pytest.mark.parametrize(
    ("law", "text", "cited"),
    [
        ("foia", "s.31(1)(a)", "31(1)(a)"),
        ("foia", "31 1 a", "31(1)(a)"),
        ("foia", "31(1)(b) and (a), 31(1)(c)", "31(1)(a)(b)(c)"),
        ("foia", "section 40(2)", "40(2) with 40(3A)"),
        ("foia", "40(2)(3A)(a)", "40(2) with 40(3A)(a)"),
        ("foia", "s40(2) by virtue of 40(3A)(a)", "40(2) with 40(3A)(a)"),
        ("foia", "40(3A)(b)", "40(2) with 40(3A)(b)"),
        ("foia", "40(4A)(b)", "40(2) with 40(4A)(b)"),
        ("foia", "40(2) with 40(4A)(a)", "40(2) with 40(4A)(a)"),
        ("foia", "42 21 24", "42(1) | 21(1) | 24(1)"),
        ("foia", "43(1) 43(2)", "43(1) | 43(2)"),
        ("foia", "37(1)(a)(ac)", "37(1)(a) | 37(1)(ac)"),
        ("foia", "30(2)", "30(2)"),
        ("foia", "30(1)(a)(i)", "30(1)(a)(i)"),
        ("foia", "36(2)(b)(i)(ii)", "36(2)(b)(i)(b)(ii)"),
        ("foia", "22a", "22A(1)"),
        ("eir", "reg 12(5)(b)", "12(5)(b)"),
        ("eir", "Regs. 12(5)(b)(e) & 12 4 a", "12(5)(b) | 12(5)(e) | 12(4)(a)"),
        ("eir", "exception 12(5)(a) of the Environmental Information Regulations 2004", "12(5)(a)"),
        ("eir", "13", "13(1) with 13(2A)"),
        ("eir", "13(1)(2A)", "13(1) with 13(2A)"),
        ("eir", "5(3) EIR", "5(3)"),
        ("foisa", "26(a)", "26(a)"),
        ("foisa", "s30(b)(ii) FOISA", "30(b)(ii)"),
        ("foisa", "38(1)(b)", "38(1)(b) with 38(2A)"),
        ("foisa", "38(1)(b) with 38(2B)", "38(1)(b) with 38(2B)"),
        ("foisa", "38(1)(b)(2A)", "38(1)(b) with 38(2A)"),
        ("foisa", "38(3A)", "38(1)(b) with 38(3A)"),
        ("foisa", "33(1)(a)(b) 33(2)(a)", "33(1)(a) | 33(1)(b) | 33(2)(a)"),
        ("foisa", "32(1)(a)(i)(iv)", "32(1)(a)(i)(iv)"),
        ("foisa", "25 of the Freedom of Information (Scotland) Act 2002", "25(1)"),
        ("eisr", "regulation 10(5)(b) EI(S)R", "10(5)(b)"),
        ("eisr", "11(2)", "11(2)"),
    ],
)
def test_what_is_accepted(law: str, text: str, cited: str) -> None:
    assert " | ".join(each.cited for each in withheld(text, BY_KEY[law])) == cited


@pytest.mark.parametrize(
    ("law", "text", "in_full", "title", "weighed"),
    [
        ("foia", "31(1)(a)(b)", "section 31(1)(a) and (b)", "Law enforcement", True),
        (
            "foia",
            "40(2)",
            "section 40(2), by virtue of section 40(3A)",
            "Personal information",
            False,
        ),
        ("eir", "12(5)(c)", "regulation 12(5)(c)", "Intellectual property rights", True),
        (
            "eir",
            "13(1)",
            "regulation 13(1), by virtue of regulation 13(2A)",
            "Personal data",
            False,
        ),
        ("foisa", "38(1)(a)", "section 38(1)(a)", "Personal information of the applicant", False),
        ("foisa", "36(2)", "section 36(2)", "Actionable breach of confidence", False),
        ("foisa", "32(1)(a)(i)", "section 32(1)(a)(i)", "International relations", True),
    ],
)
def test_as_a_letter_names_it(law: str, text: str, in_full: str, title: str, weighed: bool) -> None:
    (found,) = withheld(text, BY_KEY[law])
    assert (found.in_full, found.title, found.ncnd) == (in_full, title, False)
    assert found.needs_public_interest_test is weighed


@pytest.mark.parametrize(
    ("law", "text", "read", "why", "line"),
    [
        # What neither confirms nor denies does not withhold (L-22).
        ("foia", "31(3)(a)", "31(3)(a)", "cite section 31(1)(a)", "31(1)(a)"),
        ("foia", "31(3)", "31(3)", "for neither confirming nor denying", "31(1)(a)"),
        ("foia", "23(5)", "23(5)", "cite section 23(1)", "23(1)"),
        ("foia", "40(5B)(b)", "40(5B)(b)", "cite section 40(2)", "40(2) with 40(3B)"),
        ("foia", "40(5B)(a)(i)", "40(5B)(a)(i)", "cite section 40(2)", "40(2) with 40(3A)"),
        ("eir", "12(6)", "12(6)", "cite regulation 12(5)(a)", "12(5)(a)"),
        ("eir", "13(5A)", "13(5A)", "cite regulation 13(1)", "13(1) with 13(2A)"),
        ("foisa", "18(1)", "18(1)", "order `ncnd`", "35(1)(a)"),
        # Too little said.
        ("foia", "31(1)", "31(1)", "(a) the prevention or detection of crime; (b)", "31(1)(a)"),
        ("foia", "37", "37", "(ac) communications with other members", "37(1)(a)"),
        ("foia", "43", "43", "in it, 43(1) and 43(2) can", "43(1)"),
        ("foia", "40(4A)", "40(4A)", "in it, 40(1) and 40(2) can", "40(2) with 40(4A)(a)"),
        ("eir", "12(5)", "12(5)", "(b) The course of justice", "12(5)(a)"),
        ("eir", "12", "12", "in it, 12(4)(a), 12(4)(b)", "12(4)(a)"),
        ("foisa", "32(1)(a)", "32(1)(a)", "(a)(i) relations between", "32(1)(a)(i)"),
        ("foisa", "38", "38", "(c) Personal census information", "38(1)(a)"),
        # Not in the law.
        ("foia", "31(1)(a)(aa)", "31(1)(a)(aa)", "has no paragraph (aa)", "31(1)(a)"),
        ("foia", "31(1)(aa)", "31(1)(aa)", "has no paragraph (aa)", "31(1)(a)"),
        ("foia", "40(2)(a)", "40(2)(a)", "has no paragraph (a)", "40(2) with 40(3A)"),
        (
            "foia",
            "40(3A)(c)",
            "40(3A)(c)",
            "Section 40(3A) has no paragraph (c)",
            "40(2) with 40(3A)",
        ),
        ("foia", "40(3A)(a)(c)", "40(3A)(a)(c)", "no paragraph (c)", "40(2) with 40(3A)(a)"),
        (
            "foia",
            "40(2) with 40(1)",
            "40(2) by reference to 40(1)",
            "not refer to section 40(1)",
            "40(2) with 40(3A)",
        ),
        (
            "foisa",
            "38(1)(c) with 38(2A)",
            "38(1)(c) by reference to 38(2A)",
            "not refer",
            "38(1)(a)",
        ),
        ("foisa", "32(1)(a)(aa)", "32(1)(a)(aa)", "no paragraph (aa)", "32(1)(a)(i)"),
        ("foia", "99", "99", "Section 99 is not an exemption in FOIA", "31(1)(a)"),
        ("eir", "40(2)", "40(2)", "Regulation 40 is not an exception in EIR", "12(5)(b)"),
        ("eir", "14", "14", "name the exception in regulation 12", "12(5)(b)"),
        ("foisa", "14", "14", "not an exemption", "35(1)(a)"),
        # replaced in 2018.
        (
            "foia",
            "40(3)(a)(i)",
            "40(3)(a)(i)",
            "was replaced on 25 May 2018: cite",
            "40(2) with 40(3A)",
        ),
        ("foia", "40(4)", "40(4)", "cite section 40(2) with 40(4A)(a)", "40(2) with 40(4A)(a)"),
        ("foia", "40(5)", "40(5)", "was about confirming or denying", "40(2) with 40(3A)"),
        ("eir", "13(5)", "13(5)", "was about confirming or denying", "13(1) with 13(2A)"),
        # not for a police force.
        ("foia", "33(2)(a)", "33(2)(a)", "Only auditors", "31(1)(a)"),
        ("foisa", "29(1)(a)", "29(1)(a)", "Only the Scottish Administration", "35(1)(a)"),
        # Words.
        ("eir", "12(5)(b) maybe", "maybe", "as part of a regulation number", "12(5)(b)"),
        ("foia", "", "", "names no provision", "31(1)(a)"),
    ],
)
def test_what_is_refused_and_what_would_work(
    law: str, text: str, read: str, why: str, line: str
) -> None:
    (problem,) = read_withheld(text, BY_KEY[law])
    assert isinstance(problem, Problem)
    assert problem.text_read == read
    assert why in problem.why
    assert problem.line_that_works == f"refuse {line}"


def test_the_line_begins_with_the_verb_of_the_order() -> None:
    problems = read_withheld("31(3)(b) and 42 and 99", FOIA, verb="part")
    assert {each.line_that_works for each in problems if isinstance(each, Problem)} == {
        "part 31(1)(b) 42(1)"
    }


@pytest.mark.parametrize(
    ("law", "text", "cited", "in_full"),
    [
        (EIR, "12(6)", "12(6)", "regulation 12(6)"),
        (EIR, "12(6) with 12(5)(a)", "12(6)", "regulation 12(6)"),
        (EIR, "reg 13(5B)(a)", "13(5A)", "regulation 13(5A)"),
        (EIR, "13(5A)/(5B)", "13(5A)", "regulation 13(5A)"),
        (FOISA, "18 35(1)(a)", "18(1) by reference to 35(1)(a)", "section 18(1), by reference to section 35(1)(a)"),
        (FOISA, "31(1)", "18(1) by reference to 31(1)", "section 18(1), by reference to section 31(1)"),
        (FOISA, "18(1) with 38(1)(b)", "18(1) by reference to 38(1)(b) with 38(2A)", "section 18(1), by reference to section 38(1)(b), by virtue of section 38(2A)"),
        (EISR, "10(8)", "10(8)", "regulation 10(8)"),
        (EISR, "11(6)", "11(6)", "regulation 11(6)"),
    ],
)  # fmt: skip
def test_ncnd_under_the_other_laws(law: Regime, text: str, cited: str, in_full: str) -> None:
    (found,) = ncnd(text, law)
    assert (found.cited, found.in_full, found.ncnd) == (cited, in_full, True)
    assert ncnd(found.cited, law) == ncnd(found.in_full, law) == [found]


def test_section_18_is_read_with_every_exemption_named() -> None:
    found = ncnd("18(1) 31(1), 35(1)(a)(b)", FOISA)
    assert [each.section for each in found] == ["18(1)", "18(1)"]
    assert [each.exemption.section for each in found] == ["31(1)", "35(1)"]
    assert all(each.needs_public_interest_test for each in found)


@pytest.mark.parametrize(
    ("law", "text", "read", "why", "line"),
    [
        (EIR, "12(5)(b)", "12(5)(b)", "Only regulation 12(5)(a)", "ncnd 12(6)"),
        (EIR, "12(5)(a)", "12(5)(a)", "says that the information is held", "ncnd 12(6)"),
        (EIR, "12(6) with 12(5)(b)", "12(6) by reference to 12(5)(b)", "does not refer to regulation 12(5)", "ncnd 12(6)"),
        (EIR, "23(5)", "23(5)", "Regulation 23 is not an exception in EIR", "ncnd 12(6)"),
        (EIR, "13(5)", "13(5)", "cite regulation 13(5A)", "ncnd 13(5A)"),
        (EIR, "5(3)", "5(3)", "Regulation 5(3) cannot", "ncnd 12(6)"),
        (FOISA, "18", "18", "name the exemption that would apply", "ncnd 18(1) by reference to 31(1) 35(1)(a)"),
        (FOISA, "", "", "names no provision", "ncnd 18(1) by reference to 31(1) 35(1)(a)"),
        (FOISA, "18 36(1) 31(1)", "36(1)", "Section 18 does not reach it", "ncnd 18(1) by reference to 31(1)"),
        (FOISA, "18 35(1)", "35(1)", "name the limb", "ncnd 18(1) by reference to 35(1)(a)"),
        (FOISA, "18(2)", "18(2)", "order `ncnd`", "ncnd 18(1) by reference to 31(1) 35(1)(a)"),
        (EISR, "10(5)(b)", "10(5)(b)", "Only regulation 10(5)(a)", "ncnd 10(8)"),
    ],
)  # fmt: skip
def test_x11_x12_what_neither_confirms_nor_denies_under_them(
    law: Regime, text: str, read: str, why: str, line: str
) -> None:
    (problem,) = read_ncnd(text, law)
    assert isinstance(problem, Problem)
    assert problem.text_read == read
    assert why in problem.why
    assert problem.line_that_works == line


@pytest.mark.parametrize("law", REGIMES, ids=lambda law: law.key)
def test_every_exemption_of_the_law_can_be_ordered(law: Regime) -> None:
    for row in law.exemptions:
        limb = f"({row.limbs[0].letter})" if row.limbs and not row.condition else ""
        condition = f" with {row.condition}" if row.condition else ""
        (found,) = withheld(
            f"{row.withheld_as}{condition}{limb}",
            law,
            "government" if not row.not_for else "nobody",
        )
        assert found.exemption is row
        if row.ncnd:
            named = "" if row.own_ncnd_limbs or not limb else f" with {row.subsection}{limb}"
            text = found.cited if row.ncnd.read_with else row.ncnd_provision + named
            read = read_ncnd(text, law, authority_kind="nobody")
            assert row in [each.exemption for each in read if isinstance(each, Provision)], text


def test_the_examples_of_every_law_work() -> None:
    for law in REGIMES:
        assert ncnd(law.ncnd_example, law)
        assert withheld(law.withheld_example, law)


def test_x09_the_qualified_person_is_asked_for_in_a_refusal_too() -> None:
    (words,) = advice(withheld("36(2)(c)"), authority_kind="police")
    assert words.startswith("Section 36(2): The qualified person's reasonable opinion")
    assert advice(withheld("36(2)(a)"), authority_kind="police")[0] == (
        "Section 36(2)(a) is rarely right for this kind of authority: check that it applies."
    )


LAWS = st.sampled_from(REGIMES)
WORDS = st.sampled_from(
    [
        "(a)",
        "(b)",
        "(i)",
        "(ii)",
        "(3A)",
        "and",
        "not",
        "with",
        "reg",
        "5",
        "-",
        "18",
        "12(6)",
        "40(5)",
    ]
)


@st.composite
def orders(draw: st.DrawFn) -> tuple[Regime, str]:
    law = draw(LAWS)
    sections = [row.section for row in law.exemptions] + [row.withheld_as for row in law.exemptions]
    words = draw(st.lists(st.sampled_from(sections) | WORDS, max_size=7))
    return law, " ".join(words)


@given(orders() | st.tuples(LAWS, st.text()), st.sampled_from(["police", "government"]))
def test_any_order_gives_provisions_or_problems_whose_line_works(
    order: tuple[Regime, str], kind: str
) -> None:
    law, text = order
    for reader, verb in ((read_ncnd, "ncnd"), (read_withheld, "refuse")):
        read = reader(text, law, authority_kind=kind)
        assert read
        assert len({type(each) for each in read}) == 1
        for each in read:
            if isinstance(each, Problem):
                first, _, rest = each.line_that_works.partition(" ")
                again = reader(rest, law, authority_kind=kind)
                assert first == verb
                assert all(isinstance(one, Provision) for one in again), each


@given(orders())
def test_what_is_cited_and_named_reads_back(order: tuple[Regime, str]) -> None:
    law, text = order
    for reader in (read_ncnd, read_withheld):
        found = [each for each in reader(text, law) if isinstance(each, Provision)]
        if found:
            assert list(reader(" ".join(each.cited for each in found), law)) == found
            assert list(reader(", ".join(each.in_full for each in found), law)) == found
