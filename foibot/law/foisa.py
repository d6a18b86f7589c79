"""The Freedom of Information (Scotland) Act 2002: Scottish holidays only, its limits, its table of exemptions."""

from __future__ import annotations

from datetime import date

from foibot.law.foisa_exemptions import EXEMPTIONS, NOT_EXEMPTIONS
from foibot.law.regime import Duty, Nation, Regime, TimeLimit, Unit

_IN_FORCE = date(2005, 1, 1)


def _limit(duty: Duty, number: int, unit: Unit, citation: str) -> TimeLimit:
    return TimeLimit(duty, number, unit, citation, _IN_FORCE)


FOISA = Regime(
    key="foisa",
    act="Freedom of Information (Scotland) Act 2002",
    short="FOISA",
    # Section 73: bank holidays "in Scotland". The holidays of the whole UK would be a breach (T-03).
    nations=frozenset({Nation.SCOTLAND}),
    limits=(
        # The limit was longer for some weeks of 2020 (T-31). The dates are not certain, and the
        # shorter limit is the one that breaks no law.
        _limit(Duty.ANSWER, 20, Unit.WORKING_DAYS, "FOISA 2002 s.10(1)"),
        _limit(Duty.ANSWER_FROM_ARCHIVE, 30, Unit.WORKING_DAYS, "FOISA 2002 s.10(2)"),
        _limit(Duty.SEND_FEES_NOTICE, 20, Unit.WORKING_DAYS, "FOISA 2002 s.9"),
        _limit(Duty.PAY_FEE, 3, Unit.MONTHS_BEGINNING_WITH, "FOISA 2002 s.9"),
        _limit(Duty.ASK_FOR_CLARIFICATION, 20, Unit.WORKING_DAYS, "FOISA 2002 s.1(3)"),
        _limit(Duty.CLARIFY, 3, Unit.MONTHS_BEGINNING_WITH, "FOISA 2002 s.9 by analogy"),
        _limit(Duty.ASK_FOR_REVIEW, 40, Unit.WORKING_DAYS, "FOISA 2002 s.20(5)"),
        _limit(Duty.ANSWER_REVIEW, 20, Unit.WORKING_DAYS, "FOISA 2002 s.21(1)"),
        _limit(Duty.COMPLAIN_TO_REGULATOR, 6, Unit.MONTHS, "FOISA 2002 s.47(4)"),
        _limit(Duty.APPEAL, 42, Unit.CALENDAR_DAYS, "FOISA 2002 s.56; rules of court"),
    ),
    exemptions=EXEMPTIONS,
    not_exemptions=NOT_EXEMPTIONS,
    ncnd_example="18(1) by reference to 31(1) 35(1)(a)",
    withheld_example="35(1)(a)",
)
