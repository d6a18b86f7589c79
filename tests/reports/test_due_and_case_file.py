"""A last day with its working, and one case, as the promised JSON and as lines for people."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

from foibot.case import events as e
from foibot.case.case import State
from foibot.law.bank_holidays import HORIZON
from foibot.law.calendar import answer_by
from foibot.law.foia import FOIA
from foibot.law.foisa import FOISA
from foibot.reports.case_file import case_json, case_lines, case_row
from foibot.reports.due import due_json, due_lines
from tests.case.case_files import TO_REACH, case_of, chain, drafted, received

SEED = answer_by(FOIA, date(2020, 12, 8))


def test_the_promised_json_of_a_last_day() -> None:
    found = due_json(SEED)
    assert list(found) == [
        "regime",
        "received",
        "due",
        "working_days",
        "not_counted",
        "provisional",
    ]
    assert (found["regime"], found["received"], found["due"]) == (
        "foia",
        "2020-12-08",
        "2021-01-11",
    )
    assert (found["working_days"], found["provisional"]) == (20, False)
    not_counted = found["not_counted"]
    assert isinstance(not_counted, list)
    days = [one["date"] for one in not_counted]
    assert "2020-12-12" in days, "weekends included"
    assert "2021-01-04" in days
    assert all(one["why"] for one in not_counted)
    assert json.loads(json.dumps(found)) == found


def test_a_last_day_for_people_names_the_holidays_and_what_england_alone_would_give() -> None:
    lines = due_lines(SEED, FOIA)
    assert lines[0] == "Last day to answer: Monday 11 January 2021"
    assert "  Monday 4 January 2021: New Year Holiday, substitute day (Scotland)" in lines
    assert any("8 January 2021: too early" in line for line in lines)
    assert not any("Saturday 12" in line for line in lines)


def test_a_last_day_without_holidays_says_no_more_than_it_must() -> None:
    lines = due_lines(answer_by(FOIA, date(2020, 6, 2)), FOIA)
    assert len(lines) == 3


def test_a_scottish_last_day_is_not_measured_by_england() -> None:
    lines = due_lines(answer_by(FOISA, date(2020, 12, 8)), FOISA)
    assert not any("England" in line and "too early" in line for line in lines)


def test_a_day_past_the_known_holidays_is_called_provisional() -> None:
    assert due_lines(answer_by(FOIA, HORIZON), FOIA)[-1].startswith("Provisional:")


HISTORY = (*TO_REACH[State.ANSWERED],)


def test_the_promised_json_of_a_case() -> None:
    history = chain([received(), *HISTORY])
    found = case_json(case_of(*HISTORY), history, FOIA)
    promised = {"reference", "state", "outcome", "regime", "received", "due", "requester", "events", "letters"}  # fmt: skip
    assert promised <= set(found)
    assert found["outcome"] == "ncnd"
    events, letters = found["events"], found["letters"]
    assert isinstance(events, list)
    assert isinstance(letters, list)
    assert {"at", "type", "by", "hash"} <= set(events[0])
    assert [one["type"] for one in events] == ["Received", "Drafted", "Approved", "LetterSent"]
    assert [(one["kind"], one["version"], one["state"]) for one in letters] == [("ncnd", 1, "sent")]
    assert letters[0]["fingerprint"] == f"{1:064x}"
    assert json.loads(json.dumps(found)) == found


def test_an_open_case_has_no_outcome_and_its_clock_is_in_the_json() -> None:
    found = case_json(case_of(), chain([received()]), FOIA)
    assert (found["state"], found["outcome"], found["letters"]) == ("open", None, [])
    (clock,) = found["clocks"]  # type: ignore[misc, attr-defined]
    assert (clock["name"], clock["due"]) == ("answer", "2021-01-11")
    assert case_row(case_of(), FOIA)["requester"] == "sam@elsewhere.example"


def test_a_case_for_people_tells_who_what_when_and_the_story() -> None:
    lines = case_lines(
        case_of(drafted(), e.Noted("rang Sam")),
        chain([received(), drafted(), e.Noted("rang Sam")]),
        FOIA,
    )
    text = "\n".join(lines)
    assert lines[0] == "Case 000042/20: awaiting approval"
    assert "Asked by Sam Smith, sam@elsewhere.example" in lines
    assert "Last day to answer: Monday 11 January 2021" in lines
    assert "version 1 (ncnd): draft, fingerprint 0000" in text
    assert "  The answer clock, day by day\n    Tuesday 8 December 2020: the period" in text
    assert "    day 20: Monday 11 January 2021\n" in text
    assert "approved by" not in text
    assert text.endswith("Note: rang Sam By jane.orange@exampleshire.example.")
    assert "approved by jane" in "\n".join(
        case_lines(case_of(*HISTORY), chain([received(), *HISTORY]), FOIA)
    )


def test_a_bare_case_for_people_says_what_it_lacks() -> None:
    case = case_of()
    bare = replace(case, subject="", requester=replace(case.requester, name=""))
    lines = case_lines(bare, [], FOIA)
    assert "Asked by no name given, sam@elsewhere.example" in lines
    assert "Subject: (none)" in lines
    assert "  none yet" in lines
