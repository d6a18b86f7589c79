"""The Environmental Information Regulations 2004: the Act's calendar, their own limits; exceptions are not yet here."""

from __future__ import annotations

from datetime import date

from foibot.law.regime import Duty, Nation, Regime, TimeLimit, Unit

_IN_FORCE = date(2005, 1, 1)

EIR = Regime(
    key="eir",
    act="Environmental Information Regulations 2004",
    short="EIR",
    # Regulation 2(1) takes the definition of the Act, and with it every nation's holidays (T-02).
    nations=frozenset(Nation),
    limits=(
        TimeLimit(Duty.ANSWER, 20, Unit.WORKING_DAYS, "EIR 2004 reg.5(2)", _IN_FORCE),
        # Not 20 more from the notice: 40 from receipt.
        TimeLimit(Duty.ANSWER_EXTENDED, 40, Unit.WORKING_DAYS, "EIR 2004 reg.7(1)", _IN_FORCE),
        TimeLimit(Duty.PAY_FEE, 60, Unit.WORKING_DAYS, "EIR 2004 reg.8(5)", _IN_FORCE),
        TimeLimit(
            Duty.ASK_FOR_CLARIFICATION, 20, Unit.WORKING_DAYS, "EIR 2004 reg.9(2)", _IN_FORCE
        ),
        TimeLimit(Duty.ASK_FOR_REVIEW, 40, Unit.WORKING_DAYS, "EIR 2004 reg.11(2)", _IN_FORCE),
        TimeLimit(Duty.ANSWER_REVIEW, 40, Unit.WORKING_DAYS, "EIR 2004 reg.11(4)", _IN_FORCE),
        TimeLimit(Duty.APPEAL, 28, Unit.CALENDAR_DAYS, "EIR 2004 reg.18", _IN_FORCE),
    ),
)
