"""Costs, fees, earlier requests and old records, each to the last penny and day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from foibot.config.sections import AuthorityKind
from foibot.law import REGIMES
from foibot.law.authorities import KINDS, Use, kind_of, may_answer_under, use_of
from foibot.law.costs import Activity, NoCostLimit, NotAPermittedActivity, cost_limit, estimate, fee
from foibot.law.historical import ENDS, age_warning
from foibot.law.other_requests import (
    NoAggregation,
    NoRepeatedRequests,
    aggregated,
    interval_begins,
)
from foibot.law.provisions import Provision, read_ncnd, read_withheld
from foibot.law.regime import Regime

FOIA, EIR, FOISA, EISR = REGIMES


def day(text: str) -> date:
    return date.fromisoformat(text)


def hours(**spent: str) -> dict[Activity, Decimal]:
    return {Activity[name.upper()]: Decimal(time) for name, time in spent.items()}


@pytest.mark.parametrize(
    ("law", "kind", "pounds", "in_hours"),
    [
        (FOIA, "police", 450, 18),
        (FOIA, "council", 450, 18),
        (FOIA, "government", 600, 24),
        (FOIA, "armed-forces", 600, 24),
        (FOIA, "legislature", 600, 24),
        (FOIA, "a kind nobody knows", 450, 18),
        (FOISA, "police", 600, 40),
    ],
)
def test_x13_x19_the_limit_of_a_kind_of_authority(
    law: Regime, kind: str, pounds: int, in_hours: int
) -> None:
    limit = cost_limit(law, kind)
    assert (limit.pounds, limit.hours) == (pounds, in_hours)


@pytest.mark.parametrize("law", [EIR, EISR], ids=["eir", "eisr"])
def test_x21_the_regulations_have_no_cost_limit(law: Regime) -> None:
    with pytest.raises(NoCostLimit, match="manifestly unreasonable"):
        cost_limit(law, "police")
    with pytest.raises(NoCostLimit):
        fee(law, Decimal(200))


@pytest.mark.parametrize(
    ("spent", "others", "provision"),
    [
        (hours(locate="18"), 0, ""),  # exactly 450 pounds do not exceed
        (hours(locate="18.01"), 0, "12(1)"),
        (hours(determine="6", locate="6", retrieve="3", extract="3.5"), 0, "12(1)"),
        (hours(determine="18.5"), 0, "12(2)"),
        (hours(determine="18", extract="1"), 0, "12(1)"),
        (hours(locate="10"), 200, ""),  # X-17, with the cost of another request
        (hours(locate="10"), 201, "12(1)"),
        ({}, 0, ""),
    ],
)
def test_x14_to_x17_what_exceeds_the_limit_of_a_police_force(
    spent: dict[Activity, Decimal], others: int, provision: str
) -> None:
    found = estimate(cost_limit(FOIA, "police"), spent, Decimal(others))
    assert (found.provision, found.exceeds) == (provision, bool(provision))
    assert found.pounds == found.hours * 25 + others


def test_x16_the_scottish_act_has_no_second_limb() -> None:
    found = estimate(cost_limit(FOISA, "police"), hours(locate="40.1"))
    assert (found.provision, found.pounds) == ("12(1)", Decimal("601.5"))


@pytest.mark.parametrize(
    ("law", "spent", "named"),
    [
        (FOIA, hours(redact="2", consult="1", locate="1"), "redacting it, consulting others"),
        (FOIA, hours(consider="2"), "reading it to decide on exemptions"),
        (FOIA, hours(locate="-1"), "locating it"),
        (FOISA, hours(determine="1"), "determining whether"),
    ],
)
def test_x14_time_that_must_not_be_counted_is_refused_by_name(
    law: Regime, spent: dict[Activity, Decimal], named: str
) -> None:
    with pytest.raises(NotAPermittedActivity, match=named):
        estimate(cost_limit(law, "police"), spent)


@pytest.mark.parametrize(
    ("law", "cost", "disbursements", "pounds"),
    [
        (FOIA, "300", "12.40", "12.40"),  # no staff time
        (FOISA, "100", "9", "0"),
        (FOISA, "250", "0", "15"),
        (FOISA, "600", "0", "50"),
        (FOISA, "900", "0", "50"),
        (FOISA, "100.99", "0", "0.09"),
    ],
)
def test_x18_x19_the_highest_fee(law: Regime, cost: str, disbursements: str, pounds: str) -> None:
    assert fee(law, Decimal(cost), Decimal(disbursements)) == Decimal(pounds)


@pytest.mark.parametrize(
    ("received", "others", "together"),
    [
        ("2026-01-05", ["2026-03-30"], ["2026-03-30"]),  # R18: the 60th day
        ("2026-01-05", ["2026-03-31"], []),
        ("2026-03-30", ["2026-01-05"], ["2026-01-05"]),
        ("2026-11-23", ["2026-09-01", "2026-11-24"], ["2026-09-01"]),  # R19
        ("2026-02-16", ["2026-01-05", "2026-01-06", "2026-04-30"], ["2026-01-05", "2026-01-06"]),
        ("2026-02-16", [], []),
    ],
)
def test_x17_requests_within_60_working_days_are_added(
    received: str, others: list[str], together: list[str]
) -> None:
    found = aggregated(FOIA, day(received), [day(other) for other in others])
    assert found == tuple(day(other) for other in together)


@pytest.mark.parametrize("law", [EIR, FOISA, EISR], ids=lambda law: law.key)
def test_x20_no_other_law_adds_the_requests_of_one_person(law: Regime) -> None:
    with pytest.raises(NoAggregation, match="does not add"):
        aggregated(law, day("2026-01-05"), [])


def test_x22_the_interval_runs_from_compliance_or_from_the_making() -> None:
    asked, complied = day("2026-01-05"), day("2026-02-02")
    assert interval_begins(FOIA, asked, complied) == complied
    assert interval_begins(FOISA, asked, complied) == asked
    assert interval_begins(FOIA, asked, None) is None
    assert interval_begins(FOISA, asked, None) is None
    with pytest.raises(NoRepeatedRequests, match="manifestly unreasonable"):
        interval_begins(EIR, asked, complied)


def provision(text: str, law: Regime = FOIA) -> Provision:
    (found,) = read_withheld(text, law)
    assert isinstance(found, Provision)
    return found


@pytest.mark.parametrize(
    ("section", "created", "on", "says"),
    [
        ("42(1)", 2000, "2020-12-31", ""),
        ("42(1)", 2000, "2021-01-01", "Section 42(1) ends after 20 years"),
        ("31(1)(a)", 1950, "2026-01-01", ""),
        ("31(1)(a)", 1925, "2026-01-01", "Section 31(1) ends after 100 years"),
        ("37(1)(b)", 1965, "2026-01-01", "Section 37(1) ends after 60 years"),
        ("36(2)(c)", 2000, "2026-01-01", "Section 36(2) for the most part ends after 20"),
        ("24(1)", 1900, "2026-01-01", ""),
        ("43(2)", 1990, "2026-01-01", "check section 63 for a record of 1990"),
    ],
)
def test_x10_old_records_lose_exemptions(section: str, created: int, on: str, says: str) -> None:
    words = age_warning(provision(section), created, day(on))
    assert says in words
    assert bool(words) is bool(says)


def test_x10_is_about_the_act_alone_and_about_sections_it_has() -> None:
    assert age_warning(provision("12(5)(b)", EIR), 1900, day("2026-01-01")) == ""
    assert {each.section for each in ENDS} <= {row.section for row in FOIA.exemptions}


def test_the_kinds_are_those_of_the_configuration() -> None:
    assert {kind.name for kind in KINDS} == {kind.value for kind in AuthorityKind}
    assert kind_of("nonsense").name == "other"


@pytest.mark.parametrize(
    ("section", "kind", "use"),
    [
        ("33(2)(a)", "police", Use.BLOCKED),
        ("35(1)(a)", "police", Use.BLOCKED),
        ("35(1)(a)", "government", Use.OPEN),
        ("34(1)", "police", Use.QUESTIONED),
        ("28(1)", "police", Use.QUESTIONED),
        ("29(1)(a)", "police", Use.QUESTIONED),
        ("36(2)(a)", "police", Use.QUESTIONED),
        ("36(2)(b)(i)", "police", Use.OPEN),
        ("36(2)(a)", "government", Use.OPEN),
        ("31(1)(a)", "police", Use.OPEN),
    ],
)
def test_x08_what_a_kind_of_authority_may_use(section: str, kind: str, use: Use) -> None:
    (found,) = read_withheld(section, FOIA, authority_kind="government")
    assert isinstance(found, Provision)
    assert use_of(found.exemption, kind, found.limbs) is use


def test_x08_an_ncnd_order_on_a_rare_limb_is_questioned_too() -> None:
    (found,) = read_ncnd("36(3)(a)", FOIA)
    assert isinstance(found, Provision)
    assert use_of(found.exemption, "police", found.limbs) is Use.QUESTIONED


@pytest.mark.parametrize(
    ("law", "kind", "others", "may"),
    [
        (FOIA, "police", {"eir"}, True),
        (FOISA, "police", {"eisr"}, True),
        (FOIA, "police", {"foisa"}, False),
        (EISR, "council", {"eir"}, False),
        (FOISA, "armed-forces", set(), False),
        (EIR, "armed-forces", {"foia"}, True),
    ],
)
def test_nobody_answers_under_two_lands_laws(
    law: Regime, kind: str, others: set[str], may: bool
) -> None:
    assert may_answer_under(law, kind, frozenset(others)) is may
