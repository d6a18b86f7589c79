"""The Environmental Information Regulations 2004: the Act's calendar, their own limits, their table of exceptions."""

from __future__ import annotations

from datetime import date

from foibot.law.eir_exceptions import EXCEPTIONS, NOT_EXCEPTIONS, OLD_CITATIONS
from foibot.law.regime import Duty, Nation, Regime, TimeLimit, Unit

_IN_FORCE = date(2005, 1, 1)


def _limit(duty: Duty, number: int, unit: Unit, citation: str) -> TimeLimit:
    return TimeLimit(duty, number, unit, citation, _IN_FORCE)


EIR = Regime(
    key="eir",
    act="Environmental Information Regulations 2004",
    short="EIR",
    # Regulation 2(1) takes the definition of the Act, and with it every nation's holidays (T-02).
    nations=frozenset(Nation),
    limits=(
        _limit(Duty.ANSWER, 20, Unit.WORKING_DAYS, "EIR 2004 reg.5(2)"),
        # Not 20 more from the notice: 40 from receipt. Complex and voluminous, not the public interest.
        _limit(Duty.ANSWER_EXTENDED, 40, Unit.WORKING_DAYS, "EIR 2004 reg.7(1)"),
        _limit(Duty.TELL_OF_EXTENSION, 20, Unit.WORKING_DAYS, "EIR 2004 reg.7(3)"),
        _limit(Duty.SEND_FEES_NOTICE, 20, Unit.WORKING_DAYS, "EIR 2004 reg.8(4)"),
        _limit(Duty.PAY_FEE, 60, Unit.WORKING_DAYS, "EIR 2004 reg.8(5)"),
        _limit(Duty.ASK_FOR_CLARIFICATION, 20, Unit.WORKING_DAYS, "EIR 2004 reg.9(2)"),
        _limit(Duty.CLARIFY, 3, Unit.MONTHS_BEGINNING_WITH, "FOIA 2000 s.9(2) by analogy"),
        _limit(Duty.ASK_FOR_REVIEW, 40, Unit.WORKING_DAYS, "EIR 2004 reg.11(2)"),
        _limit(Duty.ANSWER_REVIEW, 40, Unit.WORKING_DAYS, "EIR 2004 reg.11(4)"),
        _limit(Duty.ANSWER_REGULATOR, 10, Unit.WORKING_DAYS, "the Commissioner's practice"),
        _limit(Duty.APPEAL, 28, Unit.CALENDAR_DAYS, "EIR 2004 reg.18"),
        _limit(Duty.TAKE_STEPS, 35, Unit.CALENDAR_DAYS, "FOIA 2000 s.50(6); EIR 2004 reg.18"),
    ),
    exemptions=EXCEPTIONS,
    old_citations=OLD_CITATIONS,
    not_exemptions=NOT_EXCEPTIONS,
    ncnd_example="12(6)",
    withheld_example="12(5)(b)",
    # (5A) lifts the duty where a condition in (5B) is met: officers cite either.
    same_as=(("13(5B)", "13(5A)"),),
    ground="exception",
)
