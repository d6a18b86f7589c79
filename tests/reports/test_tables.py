"""Lists of cases, of outgoing mail and of replayed files, as tables of plain text."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from foibot.case.colleague_events import Assigned
from foibot.law import REGIMES
from foibot.mail.triage import Disposition, Triage
from foibot.reports.tables import (
    OrderRead,
    OutboxRow,
    Replayed,
    cases_table,
    outbox_table,
    replay_summary,
    replay_table,
)
from tests.case.case_files import DUE, case_of, drafted
from tests.case.test_clocks import TOO_LATE, interim

LAWS = {law.key: law for law in REGIMES}
PAST = date(2029, 1, 12)


def test_open_cases_show_what_is_overdue_and_no_requester() -> None:
    table = cases_table([case_of(), case_of(drafted())], LAWS, DUE)
    assert table.rows[0] == ("000042/20", "open", "8 December 2020", "11 January 2021", "", "")
    assert table.rows[1][1] == "awaiting approval"
    assert "sam@elsewhere.example" not in str(table)
    (late,) = cases_table([case_of()], LAWS, DUE + timedelta(days=1)).rows
    assert late[-1] == "overdue"
    extended = case_of(*interim("extension"), TOO_LATE)
    (longer,) = cases_table([extended], LAWS, DUE + timedelta(days=2)).rows
    assert longer[-3:] == ("8 February 2021", "", "was late")
    (taken,) = cases_table([case_of(Assigned("jane.orange@x.example"))], LAWS, DUE).rows
    assert taken[-2] == "jane.orange, who has not accepted it yet"
    assert cases_table([], LAWS, date(2021, 1, 1)).rows == ()
    case = case_of()
    far = replace(case, due=PAST, clocks=(replace(case.clocks[0], due=PAST),))
    (beyond,) = cases_table([far], LAWS, DUE).rows
    assert beyond[3] == "12 January 2029 (provisional)"


def test_outgoing_mail_shows_its_number_and_the_last_answer_in_short() -> None:
    rows = [
        OutboxRow(7, "letter", "000042/20", "uncertain", 2, "x" * 99),
        OutboxRow(8, "digest", "", "queued", 0, ""),
    ]
    table = outbox_table(rows)
    assert table.rows == (
        ("7", "letter", "000042/20", "uncertain", "2", "x" * 60),
        ("8", "digest", "-", "queued", "0", ""),
    )
    assert all(len(row) == len(table.headings) for row in table.rows)


REQUEST = Replayed("a.eml", Triage(Disposition.REQUEST, "A1", "a new message from the public"))
SHY = Replayed("b.eml", Triage(Disposition.REQUEST, "A1", "new", "", "A4", "All"))
READ = OrderRead("disclose", "disclose", why="drafts version 1")
NO_ORDER = OrderRead("banana", "", "not-understood", "The first line is not an order.")
JOINED = Replayed("c.eml", Triage(Disposition.FOLLOWUP, "D4", "it answers", "000042/20"))


def test_replayed_files_as_a_table() -> None:
    assert replay_table([REQUEST, SHY]).rows == (
        ("a.eml", "request", "A1", "yes", "a new message from the public"),
        ("b.eml", "request", "A1", "no", "All"),
    )


def test_replayed_files_as_promised_json() -> None:
    assert REQUEST.as_json() == {
        "file": "a.eml",
        "disposition": "request",
        "rule": "A1",
        "evidence": "a new message from the public",
        "reference": None,
        "acknowledge": True,
        "withheld": None,
        "seconds": 0.0,
        "orders": [],
    }
    orders = Replayed("f.eml", REQUEST.triage, orders=(READ, NO_ORDER))
    assert orders.as_json()["orders"] == [
        {"line": "disclose", "verb": "disclose", "refused": None, "why": "drafts version 1"},
        {
            "line": "banana",
            "verb": None,
            "refused": "not-understood",
            "why": "The first line is not an order.",
        },
    ]
    assert replay_table([orders]).rows[0][4].splitlines() == [
        "“disclose”: read as disclose; drafts version 1",
        "“banana”: no order; refused: The first line is not an order.",
    ]
    assert (SHY.as_json()["acknowledge"], SHY.as_json()["withheld"]) == (False, "All")
    assert JOINED.as_json()["reference"] == "000042/20"


def test_a_folder_of_mails_is_summed_up() -> None:
    slow = Replayed("d.eml", JOINED.triage, 1.5)
    table = replay_summary([JOINED, slow, REQUEST, SHY, Replayed("e.eml", REQUEST.triage, 0.25)])
    assert table.title == "5 mails"
    assert table.rows == (
        ("request", "A1", "3", "2", "0.25 s"),
        ("followup", "D4", "2", "0", "1.50 s"),
    )
