"""What is said when the office works, and when each part of it does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from foibot.reports.health import Vitals, as_metrics, as_text, signs, silence_allowed

NOW = datetime(2020, 12, 8, 9, 11, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
WELL = Vitals(
    now=NOW,
    poll_seconds=60,
    polled_at=NOW - timedelta(seconds=12),
    waiting=0,
    waiting_since=None,
    queued=0,
    queued_since=None,
    stuck=0,
    paused=False,
    open_cases=7,
    overdue_cases=1,
    free=20_000_000_000,
)


def to_act(seen: Vitals) -> dict[str, str]:
    """What somebody has to act on."""
    return {sign.name: sign.words for sign in signs(seen) if not sign.well}


def test_an_office_that_works_says_so() -> None:
    assert to_act(WELL) == {}
    assert [sign.words for sign in signs(WELL)] == [
        "the mailbox was read 12 seconds ago",
        "every mail that came in was looked at",
        "everything that may leave has left",
        "no mail waits for a person to settle it",
        "the office is not paused",
        "20.0 GB are free for the database",
    ]


@pytest.mark.parametrize(
    ("change", "name", "words"),
    [
        ({"polled_at": None}, "mailbox", "the mailbox was never read; start `foibot run`"),
        (
            {"polled_at": NOW - 16 * MINUTE},
            "mailbox",
            "the mailbox was read 16 minutes ago; see whether `foibot run` works, then its log",
        ),
        (
            {"waiting": 3, "waiting_since": NOW - 180 * MINUTE},
            "intake",
            "3 mails came in and nobody has looked; the oldest came 3 hours ago",
        ),
        (
            {"queued": 1, "queued_since": NOW - 20 * MINUTE},
            "outbox",
            "1 mail may leave and has not; the oldest could 20 minutes ago",
        ),
        ({"stuck": 2}, "letters", "2 mails refused, uncertain or held; see `foibot outbox list`"),
        (
            {"paused": True},
            "pause",
            "the office is paused: nothing leaves until somebody replies `resume` to a notice, or `foibot resume`",
        ),
        ({"free": 90_000_000}, "disk", "only 0.1 GB are free for the database; make room"),
    ],
)  # fmt: skip
def test_each_trouble_is_named_by_itself(change: dict[str, object], name: str, words: str) -> None:
    assert to_act(replace(WELL, **change)) == {name: words}  # type: ignore[arg-type]


def test_what_has_just_begun_is_no_trouble() -> None:
    busy = replace(
        WELL, waiting=3, waiting_since=NOW - MINUTE, queued=4, queued_since=NOW - MINUTE, free=None
    )
    assert to_act(busy) == {}
    paused = replace(busy, paused=True, queued_since=NOW - 90 * MINUTE)
    assert list(to_act(paused)) == ["pause"]


def test_the_silence_that_is_allowed_grows_with_the_polls() -> None:
    assert silence_allowed(60) == 15 * MINUTE
    assert silence_allowed(600) == 30 * MINUTE


def test_figures_are_what_prometheus_reads() -> None:
    lines = [one for one in as_metrics(WELL).splitlines() if not one.startswith("#")]
    assert lines == [
        "foibot_well 1",
        "foibot_mailbox_read_seconds_ago 12",
        "foibot_mails_waiting 0",
        "foibot_mails_queued 0",
        "foibot_mails_stuck 0",
        "foibot_paused 0",
        "foibot_cases_open 7",
        "foibot_cases_overdue 1",
        "foibot_disk_free_bytes 2e+10",
    ]
    first = as_metrics(WELL).splitlines()[:2]
    assert first == [
        "# HELP foibot_well 1 if nobody has to act, else 0.",
        "# TYPE foibot_well gauge",
    ]


def test_a_figure_that_is_missing_is_left_out() -> None:
    told = as_metrics(replace(WELL, polled_at=None, free=None))
    assert "seconds_ago" not in told
    assert "disk" not in told
    assert "foibot_well 0" in told


def test_workers_are_told_where_there_can_be_several() -> None:
    for many, words in ((1, "1 worker is at work"), (2, "2 workers are at work")):
        told = replace(WELL, workers=many)
        assert signs(told)[1].words == words
        assert f"foibot_workers {many}\n" in as_metrics(told)
    none = replace(WELL, workers=0)
    assert signs(none) == signs(WELL)
    assert "foibot_workers 0\n" in as_metrics(none)
    assert "workers" not in as_metrics(WELL)


def test_each_sign_is_a_line() -> None:
    lines = as_text(replace(WELL, paused=True)).splitlines()
    assert lines[0] == "ok       the mailbox was read 12 seconds ago"
    assert (
        lines[4]
        == "ACT      the office is paused: nothing leaves until somebody replies `resume` to a notice, or `foibot resume`"
    )
