"""What an authority may count as cost, how much is too much, and what it may charge (X-13 to X-21).

Amounts are pounds and times are hours, both as `Decimal`: "exceed" is a matter of the last penny.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum, unique
from typing import Final

from foibot.errors import OfficerMustReword
from foibot.law.authorities import kind_of
from foibot.law.regime import Regime


class NoCostLimit(OfficerMustReword):
    """This law has no cost limit: a request is refused for its burden as manifestly unreasonable."""


class NotAPermittedActivity(OfficerMustReword):
    """That time must not be counted."""


@unique
class Activity(StrEnum):
    """What staff do about a request."""

    DETERMINE = "determining whether the information is held"
    LOCATE = "locating it"
    RETRIEVE = "retrieving it"
    EXTRACT = "extracting it"
    CONSIDER = "reading it to decide on exemptions"
    REDACT = "redacting it"
    CONSULT = "consulting others about it"


_FINDING: Final = (Activity.LOCATE, Activity.RETRIEVE, Activity.EXTRACT)


@dataclass(frozen=True, slots=True)
class CostLimit:
    """The limit in `pounds`, what an hour of anybody counts for, and what may be counted.

    `confirming_alone` is the provision for a request where it costs too much even to say whether the
    information is held, "" where the law knows none.
    """

    pounds: Decimal
    an_hour: Decimal
    permitted: tuple[Activity, ...]
    provision: str
    confirming_alone: str
    citation: str

    @property
    def hours(self) -> Decimal:
        """How many hours do not yet exceed the limit: 18 for a police force under FOIA."""
        return self.pounds / self.an_hour


def cost_limit(regime: Regime, authority_kind: str) -> CostLimit:
    """The limit under this law for this kind of authority; raises `NoCostLimit` under EIR and EI(S)R."""
    match regime.key:
        case "foia":
            return CostLimit(
                pounds=Decimal(600 if kind_of(authority_kind).larger_limit else 450),
                an_hour=Decimal(25),
                permitted=(Activity.DETERMINE, *_FINDING),
                provision="12(1)",
                confirming_alone="12(2)",
                citation="SI 2004/3244 regs.3 and 4",
            )
        case "foisa":
            return CostLimit(
                pounds=Decimal(600),
                # The most an hour may count for; what staff cost less counts for less.
                an_hour=Decimal(15),
                permitted=_FINDING,
                provision="12(1)",
                confirming_alone="",
                citation="SSI 2004/467",
            )
        case _:
            raise NoCostLimit(
                f"{regime.short} has no cost limit. A request that is too great a burden is refused as "
                f"manifestly unreasonable, with a public interest test."
            )


@dataclass(frozen=True, slots=True)
class Estimate:
    """What answering would cost. `provision` is what a refusal may rely on, "" where nothing is exceeded."""

    hours: Decimal
    pounds: Decimal
    limit: CostLimit
    provision: str

    @property
    def exceeds(self) -> bool:
        """Whether the cost would exceed the limit; 18.0 hours at 450 pounds do not (X-15)."""
        return bool(self.provision)


def estimate(
    limit: CostLimit, hours: Mapping[Activity, Decimal], other_requests: Decimal = Decimal(0)
) -> Estimate:
    """The cost of a request, of aggregated ones together (X-17), against the limit.

    `hours` are staff time by activity; raises `NotAPermittedActivity` for any that may not be counted,
    and for time below zero. `other_requests` is the cost in pounds of those that are added to it.
    12(2) only where confirming alone exceeds the limit (X-16).
    """
    wrong = [
        activity for activity, time in hours.items() if activity not in limit.permitted or time < 0
    ]
    if wrong:
        which = ", ".join(wrong)
        allowed = ", ".join(limit.permitted)
        raise NotAPermittedActivity(
            f"Time for {which} must not be counted ({limit.citation}). Count only: {allowed}."
        )
    total = sum(hours.values(), Decimal(0))
    pounds = total * limit.an_hour + other_requests
    alone = hours.get(Activity.DETERMINE, Decimal(0)) * limit.an_hour
    provision = ""
    if limit.confirming_alone and alone > limit.pounds:
        provision = limit.confirming_alone
    elif pounds > limit.pounds:
        provision = limit.provision
    return Estimate(total, pounds, limit, provision)


def fee(regime: Regime, cost: Decimal, disbursements: Decimal = Decimal(0)) -> Decimal:
    """The highest fee for a request that may not be refused for its cost, in pounds.

    FOIA: copying, postage and format only, never staff time (X-18). FOISA: nothing up to 100 pounds of
    cost, then a tenth of the rest, at most 50 (X-19): 250 pounds of cost allow 15.
    Raises `NoCostLimit` under EIR and EI(S)R, where a published schedule of charges decides (X-21).
    """
    limit = cost_limit(regime, "other")
    if regime.key == "foia":
        return disbursements
    beyond = min(cost, limit.pounds) - 100
    tenth = max(Decimal(0), beyond) / 10
    return tenth.quantize(Decimal("0.01"), rounding=ROUND_DOWN)
