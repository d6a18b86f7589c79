"""Whatever is wrong with an order that names a date: the line that foibot suggests, sent back, is not refused for its date."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foibot.case import clock_events as cl
from foibot.case.case import State
from foibot.law import REGIMES
from tests.case.case_files import ASKED_FOR_A_FEE, TO_REACH
from tests.samples import decided, under

FOR_ITS_DATE = {"date", "no-date", "no-fee", "too-late", "clock", "OutsideCalendar"}
LONGER = (*TO_REACH[State.WAITING][:-1], cl.Extended(date(2020, 12, 11), date(2021, 2, 8), "reg.7"))
PAID = (*ASKED_FOR_A_FEE, cl.FeePaid(date(2020, 12, 11), date(2020, 12, 12), date(2021, 1, 12)))
OPEN = [(), LONGER, PAID]
ANSWERED = [TO_REACH[State.ANSWERED], TO_REACH[State.REOPENED]]
FORMS = {
    "fee paid {day}": [(), ASKED_FOR_A_FEE, PAID],
    "extend {cited}until {day}": OPEN,
    "holding until {day}": OPEN,
    "received {day}": OPEN,
    "received {day}: stamped": OPEN,
    "clock review from {day}": ANSWERED,
    "clock regulator until {day}": ANSWERED,
    "clock tribunal from {day}": ANSWERED,
    "refuse 22 until {day}": OPEN,
    "refuse 27(1) until {day}": OPEN,
}
EVERY = [TO_REACH[state] for state in State]
DAYS = st.one_of(
    st.dates(date(2020, 11, 1), date(2021, 9, 1)),
    st.dates(date(1, 1, 1), date(9999, 12, 31)),
).map(date.isoformat) | st.sampled_from(["", "tomorrow", "30 Feb 2021", "3/12/2020"])


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=40)
@given(
    data=st.data(),
    day=DAYS,
    cited=st.sampled_from(["", "24 ", "31(1)(a) ", "23 ", "99 "]),
    law=st.sampled_from([law.key for law in REGIMES]),
    today=st.dates(date(2020, 12, 12), date(2021, 8, 1)),
    text=st.sampled_from(["", "Some words."]),
)
def test_a_suggested_line_is_not_refused_for_its_date(
    form: str, data: st.DataObject, day: str, cited: str, law: str, today: date, text: str
) -> None:
    events = data.draw(st.sampled_from(FORMS[form]) | st.sampled_from(EVERY))
    at = replace(under(law, *events), now=datetime.combine(today, time(12), tzinfo=UTC))
    refused = decided(form.format(day=day, cited=cited), at, text)
    if refused.refusal not in FOR_ITS_DATE:
        return
    lines = refused.notices[0].lines
    assert lines
    for line, _ in lines:
        again = decided(line, at, "Some words.")
        assert again.refusal not in FOR_ITS_DATE, (line, again.notices[0].facts)
