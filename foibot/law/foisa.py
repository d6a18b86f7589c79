"""The Freedom of Information (Scotland) Act 2002: Scottish holidays only, its limits; exemptions are not yet here."""

from __future__ import annotations

from datetime import date

from foibot.law.regime import Duty, Nation, Regime, TimeLimit, Unit

_IN_FORCE = date(2005, 1, 1)

FOISA = Regime(
    key="foisa",
    act="Freedom of Information (Scotland) Act 2002",
    short="FOISA",
    # Section 73: bank holidays "in Scotland". The holidays of the whole UK would be a breach (T-03).
    nations=frozenset({Nation.SCOTLAND}),
    limits=(
        # The limit was longer for some weeks of 2020 (T-31). The dates are not certain, and the
        # shorter limit is the one that breaks no law.
        TimeLimit(Duty.ANSWER, 20, Unit.WORKING_DAYS, "FOISA 2002 s.10(1)", _IN_FORCE),
        TimeLimit(Duty.ANSWER_FROM_ARCHIVE, 30, Unit.WORKING_DAYS, "FOISA 2002 s.10(2)", _IN_FORCE),
        TimeLimit(Duty.PAY_FEE, 3, Unit.MONTHS_BEGINNING_WITH, "FOISA 2002 s.9", _IN_FORCE),
        TimeLimit(Duty.ASK_FOR_REVIEW, 40, Unit.WORKING_DAYS, "FOISA 2002 s.20(5)", _IN_FORCE),
        TimeLimit(Duty.ANSWER_REVIEW, 20, Unit.WORKING_DAYS, "FOISA 2002 s.21(1)", _IN_FORCE),
        TimeLimit(Duty.COMPLAIN_TO_REGULATOR, 6, Unit.MONTHS, "FOISA 2002 s.47(4)", _IN_FORCE),
    ),
)
