"""The qualified person's opinion: which limbs need one, and what on file covers them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from foibot.case import approval_events as a
from foibot.case.enclosure import Enclosure
from foibot.case.opinions import Opinion, limbs_relied_on, opinions_for
from tests.case.case_files import case_of, drafted

DAY = date(2021, 1, 4)
FILE = Enclosure("opinion.pdf", 2_400, "ab" * 32)
ON_BI = a.OpinionRecorded(("36(2)(b)(i)",), DAY, "Ann Able", (FILE,))


def on(*provisions: str, kind: str = "refusal") -> a.Event:
    return drafted(kind=kind, provisions=provisions)


@pytest.mark.parametrize(
    ("provisions", "limbs"),
    [
        (("36(2)(b)(i)",), ("36(2)(b)(i)",)),
        (("31(1)(a)", "36(2)(a)(b)(i)(c)"), ("36(2)(a)", "36(2)(b)(i)", "36(2)(c)")),
        (("36(3)",), ("36(3)",)),
        (("36(3) by reference to 36(2)(c)", "24(2)"), ("36(3)(c)",)),
        (("31(3)(a)", "35(1)(a)"), ()),
        (("36(9)(z)",), ()),
    ],
)
def test_the_limbs_that_rest_on_an_opinion(provisions: tuple[str, ...], limbs: tuple[str, ...]) -> None:  # fmt: skip
    case = case_of(on(*provisions))
    assert case.current is not None
    assert limbs_relied_on(case.current) == limbs
    assert case.opinions_missing == limbs
    assert replace(case, regime="foisa").opinions_missing == ()


def test_without_a_letter_nothing_is_missing() -> None:
    assert case_of(ON_BI).opinions_missing == ()


def test_an_opinion_covers_its_limbs_alone() -> None:
    case = case_of(ON_BI, on("36(2)(b)(i)(c)"))
    assert case.opinions_missing == ("36(2)(c)",)
    assert case_of(ON_BI, on("36(3)")).opinions_missing == ("36(3)",)


def test_one_on_the_whole_of_36_3_covers_what_it_refers_to() -> None:
    whole = a.OpinionRecorded(("36(3)",), DAY, "Ann Able", (FILE,))
    case = case_of(whole, on("36(3) by reference to 36(2)(c)", kind="ncnd"))
    assert case.opinions_missing == ()
    assert case.current is not None
    assert opinions_for(case, case.current) == case.opinions


def test_a_newer_one_takes_the_place_of_the_older_for_its_limbs() -> None:
    both = a.OpinionRecorded(("36(2)(b)(i)", "36(2)(c)"), DAY, "Ann Able", (FILE,))
    case = case_of(
        both, a.OpinionNotNeeded(("36(2)(c)",), "statistical information"), on("36(2)(c)")
    )
    assert case.opinions_missing == ()
    assert [one.limbs for one in case.opinions] == [("36(2)(b)(i)",), ("36(2)(c)",)]
    assert case.current is not None
    (shown,) = opinions_for(case, case.current)
    assert shown.in_words() == "Section 36(2)(c): no opinion is needed: statistical information"
    assert len(case_of(ON_BI, ON_BI).opinions) == 1


def test_it_is_told_with_its_file() -> None:
    said = Opinion(("36(2)(b)(i)", "36(2)(c)"), "Ann Able", DAY, (FILE,)).in_words()
    assert said.startswith("Section 36(2)(b)(i) and 36(2)(c): the opinion of Ann Able of 4 January 2021 (opinion.pdf, 2 KB, SHA-256 abab")  # fmt: skip
