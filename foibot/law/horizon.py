"""Says in time that the bank holidays known here come to an end before the cases do (T-15)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from foibot.law.calendar import answer_by
from foibot.law.dates import in_words
from foibot.law.regime import Regime
from foibot.law.working_days import horizon

WARN_BEFORE = timedelta(days=60)


def provisional_mark(day: date, regime: Regime) -> str:
    """What stands behind a date that was counted past the known holidays: " (provisional)", else ""."""
    return " (provisional)" if day > horizon(regime) else ""


def horizon_warning(regime: Regime, today: date, last_days: Iterable[date] = ()) -> str:
    """What to tell an administrator; "" as long as no date is provisional, nor will be in 60 days.

    `last_days` are those of the open cases. With holidays known until 2028-12-31 a request received
    after 2028-11-28 has a provisional last day, so that this speaks from 2028-09-30 on.
    """
    until = horizon(regime)
    beyond = sum(1 for day in last_days if day > until)
    if not beyond and not answer_by(regime, today + WARN_BEFORE).provisional:
        return ""
    known = f"Bank holidays are known until {in_words(until)} only."
    if beyond:
        cases = "1 open case lies" if beyond == 1 else f"{beyond} open cases lie"
        which = f"The last day of {cases} after that and is provisional."
    else:
        which = (
            "The last days of new requests are about to lie after that, and will be provisional."
        )
    return (
        f"{known} {which} Import the file that GOV.UK publishes, with `foibot holidays import FILE`, "
        "or install a newer foibot."
    )
