"""The Freedom of Information Act 2000: whose holidays it counts, its time limits, and its table of exemptions."""

from __future__ import annotations

from datetime import date

from foibot.law.foia_exemptions import EXEMPTIONS, NOT_EXEMPTIONS, OLD_CITATIONS
from foibot.law.regime import Duty, Nation, Regime, TimeLimit, Unit

_IN_FORCE = date(2005, 1, 1)


def _limit(duty: Duty, number: int, unit: Unit, citation: str) -> TimeLimit:
    return TimeLimit(duty, number, unit, citation, _IN_FORCE)


FOIA = Regime(
    key="foia",
    act="Freedom of Information Act 2000",
    short="FOIA",
    # Section 10(6): a bank holiday "in any part of the United Kingdom" counts for everybody (T-01).
    nations=frozenset(Nation),
    limits=(
        _limit(Duty.ANSWER, 20, Unit.WORKING_DAYS, "FOIA 2000 s.10(1)"),
        # Counted from receipt: 20 working days, then no more than 20 more save exceptionally.
        _limit(Duty.WEIGH_PUBLIC_INTEREST, 40, Unit.WORKING_DAYS, "FOIA 2000 s.10(3); s.45 Code"),
        _limit(Duty.TELL_OF_EXTENSION, 20, Unit.WORKING_DAYS, "FOIA 2000 s.17(1) and (2)"),
        _limit(Duty.ANSWER_FROM_ARCHIVE, 30, Unit.WORKING_DAYS, "SI 2004/3364"),
        # The earlier of this and 20 days on which the school sits (T-41): `special_periods` counts both.
        # Later Regulations added kinds of schools; no request from before them can be open.
        _limit(
            Duty.ANSWER_FROM_SCHOOL,
            60,
            Unit.WORKING_DAYS,
            "SI 2004/3364; SI 2009/1369; SI 2010/2768",
        ),
        # Operations of the armed forces, or information held abroad (T-43): only on a direction.
        _limit(Duty.APPLY_FOR_MORE_TIME, 20, Unit.WORKING_DAYS, "SI 2004/3364"),
        _limit(Duty.ANSWER_FROM_OVERSEAS, 60, Unit.WORKING_DAYS, "SI 2004/3364"),
        _limit(Duty.SEND_FEES_NOTICE, 20, Unit.WORKING_DAYS, "FOIA 2000 s.9(1)"),
        _limit(Duty.PAY_FEE, 3, Unit.MONTHS_BEGINNING_WITH, "FOIA 2000 s.9(2)"),
        _limit(Duty.ASK_FOR_CLARIFICATION, 20, Unit.WORKING_DAYS, "FOIA 2000 s.1(3)"),
        # No law says when an unclarified request lapses: by analogy with s.9(2) (T-47).
        _limit(Duty.CLARIFY, 3, Unit.MONTHS_BEGINNING_WITH, "FOIA 2000 s.9(2) by analogy"),
        _limit(Duty.ASK_FOR_REVIEW, 40, Unit.WORKING_DAYS, "s.45 Code"),
        _limit(Duty.ANSWER_REVIEW, 20, Unit.WORKING_DAYS, "s.45 Code"),
        _limit(Duty.ANSWER_REVIEW_EXTENDED, 40, Unit.WORKING_DAYS, "s.45 Code"),
        _limit(Duty.ANSWER_REGULATOR, 10, Unit.WORKING_DAYS, "the Commissioner's practice"),
        _limit(Duty.APPEAL, 28, Unit.CALENDAR_DAYS, "FOIA 2000 s.57; tribunal rules"),
        # May not end before the time for an appeal (T-52); the notice itself names the day.
        _limit(Duty.TAKE_STEPS, 35, Unit.CALENDAR_DAYS, "FOIA 2000 s.50(6)"),
        _limit(Duty.AGGREGATE, 60, Unit.WORKING_DAYS_BEGINNING_WITH, "SI 2004/3244 reg.5(2)"),
    ),
    exemptions=EXEMPTIONS,
    old_citations=OLD_CITATIONS,
    not_exemptions=NOT_EXEMPTIONS,
    ncnd_example="23(5) 24(2) 31(3)(a)",
    withheld_example="31(1)(a)",
)
