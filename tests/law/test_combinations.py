"""What stands together for one part of a request, and what does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foibot.law import REGIMES
from foibot.law.combinations import Ground, combination_problems
from foibot.law.provisions import Provision, read_ncnd, read_withheld
from foibot.law.regime import Regime

FOIA, EIR, FOISA, EISR = REGIMES
NCND, WITHHELD = "ncnd", "refuse"


def provisions(order: str, law: Regime = FOIA) -> list[Provision]:
    """The provisions of "ncnd 23(5) + refuse 31(1)(a)"."""
    found: list[Provision] = []
    for part in filter(None, order.split(" + ")):
        verb, _, text = part.partition(" ")
        read = read_ncnd(text, law) if verb == NCND else read_withheld(text, law)
        found += [each for each in read if isinstance(each, Provision)]
        assert len(read) == sum(isinstance(each, Provision) for each in read), read
    return found


@pytest.mark.parametrize(
    ("law", "order", "grounds"),
    [
        (FOIA, "ncnd 23(5) 24(2)", []),
        (FOIA, "ncnd 23(5) 24(2) 30(3) 31(3)(a)", []),
        (FOIA, "ncnd 40(5A) 40(5B)(a)", []),
        (FOIA, "ncnd 23(5) 24(2) 38(2) 27(4)(a) 26(3) 44(2)", []),
        (FOIA, "ncnd 31(3)(a)", [Ground.COST_OF_CONFIRMING, Ground.VEXATIOUS]),
        (FOIA, "refuse 31(1)(a) 40(2)", [Ground.COST, Ground.REPEATED, Ground.NOT_HELD]),
        (FOIA, "refuse 30(1)(a) 23(1)", []),
        (FOIA, "refuse 31(1)(a) 24(1)", []),
        (EIR, "ncnd 12(6) 13(5A)", []),
        (EIR, "refuse 12(5)(b) 13(1) 12(4)(a)", []),
        (FOISA, "ncnd 31(1) 35(1)(a)", []),
        (FOIA, "", []),
    ],
)
def test_what_stands_together(law: Regime, order: str, grounds: list[Ground]) -> None:
    assert combination_problems(provisions(order, law), grounds=grounds) == ()


@pytest.mark.parametrize(
    ("law", "order", "grounds", "read", "why", "line"),
    [
        (FOIA, "ncnd 23(5) + refuse 23(1)", [], "23(1)", "is held, beside", "ncnd 23(5)"),
        (FOIA, "ncnd 24(2) + refuse 31(1)(a)", [], "31(1)(a)", "is held", "ncnd 24(2)"),
        (FOIA, "ncnd 24(2) + refuse 27(1)(a)", [], "27(1)(a)", "is held", "ncnd 24(2)"),
        (FOIA, "ncnd 24(2) + refuse 41(1)", [], "41(1)", "withholds", "ncnd 24(2)"),
        (FOIA, "ncnd 24(2) + refuse 21(1)", [], "21(1)", "wholly independent", "ncnd 24(2)"),
        (FOIA, "ncnd 24(2) + refuse 22(1)", [], "22(1)", "tells where", "ncnd 24(2)"),
        (FOIA, "ncnd 24(2)", [Ground.COST], "section 12(1)", "presupposes", "ncnd 24(2)"),
        (FOIA, "ncnd 24(2)", [Ground.REPEATED], "section 14(2)", "earlier", "ncnd 24(2)"),
        (FOIA, "ncnd 24(2)", [Ground.NOT_HELD], "not held", "not held", "ncnd 24(2)"),
        (FOIA, "refuse 30(1)(a) 31(1)(a)", [], "31(1)", "exclude", "refuse 30(1)(a)"),
        (FOIA, "refuse 31(1)(a) 30(2) 42", [], "31(1)", "exclude", "refuse 30(2) 42(1)"),
        (FOIA, "refuse 24(1) 23(1)", [], "24(1)", "alternative", "refuse 23(1)"),
        (EIR, "ncnd 12(6) + refuse 12(5)(b)", [], "12(5)(b)", "Regulation 12(5)(b)", "ncnd 12(6)"),
        (EIR, "ncnd 12(6) + refuse 12(4)(a)", [], "12(4)(a)", "is held", "ncnd 12(6)"),
        (
            FOISA,
            "ncnd 31(1) + refuse 25",
            [],
            "25(1)",
            "wholly",
            "ncnd 18(1) by reference to 31(1)",
        ),
    ],
)
def test_x05_x06_what_does_not(
    law: Regime, order: str, grounds: list[Ground], read: str, why: str, line: str
) -> None:
    (problem,) = combination_problems(provisions(order, law), grounds=grounds)
    assert problem.text_read == read
    assert why in problem.why
    assert problem.line_that_works == line


def test_x06_in_the_alternative_both_may_be_named() -> None:
    both = provisions("refuse 23(1) 24(1)")
    (alone,) = combination_problems(both)
    assert "foibot has no letter that relies on them in the alternative" in alone.why
    assert combination_problems(both, in_the_alternative=True) == ()
    with_more = provisions("refuse 23(1) 24(1) 30(1)(a) 31(1)(a)")
    (problem,) = combination_problems(with_more, in_the_alternative=True)
    assert problem.text_read == "31(1)"


def test_two_laws_do_not_answer_one_part() -> None:
    mixed = [*provisions("ncnd 24(2)"), *provisions("ncnd 12(6) 13(5A)", EIR)]
    (problem,) = combination_problems(mixed)
    assert problem.why.startswith("Section 24(2) and Regulation 12(6) are of two laws.")
    assert problem.line_that_works == "ncnd 24(2)"
    other = [*provisions("refuse 12(5)(b)", EIR), *provisions("ncnd 24(2)")]
    assert combination_problems(other)[0].line_that_works == "refuse 12(5)(b)"


ONES = st.sampled_from(
    [f"ncnd {one}" for one in ("23(5)", "24(2)", "31(3)(a)", "30(3)", "40(5B)(a)")]
    + [f"refuse {one}" for one in ("21", "23", "24", "30(1)(a)", "30(2)", "31(1)(a)", "40(2)")]
)


@given(st.lists(ONES, min_size=1, max_size=6, unique=True), st.sets(st.sampled_from(Ground)))
def test_the_line_that_works_is_free_of_problems(orders: list[str], grounds: set[Ground]) -> None:
    for problem in combination_problems(provisions(" + ".join(orders)), grounds=grounds):
        kept = provisions(problem.line_that_works)
        assert kept
        assert combination_problems(kept) == ()
