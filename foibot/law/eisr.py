"""The Environmental Information (Scotland) Regulations 2004: Scottish holidays, their limits and exceptions."""

from __future__ import annotations

from datetime import date

from foibot.law.eisr_exceptions import EXCEPTIONS, NOT_EXCEPTIONS
from foibot.law.regime import Duty, Nation, Regime, TimeLimit, Unit

_IN_FORCE = date(2005, 1, 1)


def _limit(duty: Duty, number: int, unit: Unit, citation: str) -> TimeLimit:
    return TimeLimit(duty, number, unit, citation, _IN_FORCE)


EISR = Regime(
    key="eisr",
    act="Environmental Information (Scotland) Regulations 2004",
    short="EI(S)R",
    # Regulation 2(1) takes the definition of the Scottish Act (T-04).
    nations=frozenset({Nation.SCOTLAND}),
    limits=(
        _limit(Duty.ANSWER, 20, Unit.WORKING_DAYS, "EI(S)R 2004 reg.5(2)"),
        # "A further period of up to 20 working days": never more than 40 from receipt.
        _limit(Duty.ANSWER_EXTENDED, 40, Unit.WORKING_DAYS, "EI(S)R 2004 reg.7"),
        _limit(Duty.TELL_OF_EXTENSION, 20, Unit.WORKING_DAYS, "EI(S)R 2004 reg.7"),
        _limit(Duty.SEND_FEES_NOTICE, 20, Unit.WORKING_DAYS, "EI(S)R 2004 reg.8"),
        # Here the day of the notice is day 1, unlike the Regulations for the rest of the UK.
        _limit(Duty.PAY_FEE, 60, Unit.WORKING_DAYS_BEGINNING_WITH, "EI(S)R 2004 reg.8(6)"),
        _limit(Duty.ASK_FOR_CLARIFICATION, 20, Unit.WORKING_DAYS, "EI(S)R 2004 reg.9(2)"),
        _limit(Duty.CLARIFY, 3, Unit.MONTHS_BEGINNING_WITH, "FOISA 2002 s.9 by analogy"),
        _limit(Duty.ASK_FOR_REVIEW, 40, Unit.WORKING_DAYS, "EI(S)R 2004 reg.16(2)"),
        _limit(Duty.ANSWER_REVIEW, 20, Unit.WORKING_DAYS, "EI(S)R 2004 reg.16(4)"),
        _limit(Duty.COMPLAIN_TO_REGULATOR, 6, Unit.MONTHS, "EI(S)R 2004 reg.17"),
        _limit(Duty.APPEAL, 42, Unit.CALENDAR_DAYS, "FOISA 2002 s.56; EI(S)R 2004 reg.17"),
    ),
    exemptions=EXCEPTIONS,
    not_exemptions=NOT_EXCEPTIONS,
    ncnd_example="10(8)",
    withheld_example="10(5)(b)",
    ground="exception",
)
