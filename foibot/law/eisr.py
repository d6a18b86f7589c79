"""The Environmental Information (Scotland) Regulations 2004: Scottish holidays, their limits; no exceptions yet."""

from __future__ import annotations

from datetime import date

from foibot.law.regime import Duty, Nation, Regime, TimeLimit, Unit

_IN_FORCE = date(2005, 1, 1)

EISR = Regime(
    key="eisr",
    act="Environmental Information (Scotland) Regulations 2004",
    short="EI(S)R",
    # Regulation 2(1) takes the definition of the Scottish Act (T-04).
    nations=frozenset({Nation.SCOTLAND}),
    limits=(
        TimeLimit(Duty.ANSWER, 20, Unit.WORKING_DAYS, "EI(S)R 2004 reg.5(2)", _IN_FORCE),
        TimeLimit(Duty.ANSWER_EXTENDED, 40, Unit.WORKING_DAYS, "EI(S)R 2004 reg.7", _IN_FORCE),
        # Here the day of the notice is day 1, unlike the Regulations for the rest of the UK.
        TimeLimit(
            Duty.PAY_FEE, 60, Unit.WORKING_DAYS_BEGINNING_WITH, "EI(S)R 2004 reg.8(6)", _IN_FORCE
        ),
        TimeLimit(
            Duty.ASK_FOR_CLARIFICATION, 20, Unit.WORKING_DAYS, "EI(S)R 2004 reg.9(2)", _IN_FORCE
        ),
        TimeLimit(Duty.ASK_FOR_REVIEW, 40, Unit.WORKING_DAYS, "EI(S)R 2004 reg.16(2)", _IN_FORCE),
        TimeLimit(Duty.ANSWER_REVIEW, 20, Unit.WORKING_DAYS, "EI(S)R 2004 reg.16(4)", _IN_FORCE),
        TimeLimit(Duty.COMPLAIN_TO_REGULATOR, 6, Unit.MONTHS, "EI(S)R 2004 reg.17", _IN_FORCE),
    ),
)
