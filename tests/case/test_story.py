"""The story of a case tells every kind of event."""

from __future__ import annotations

import pytest

from foibot.case import colleague_events as c
from foibot.case import events as e
from foibot.case import letter_events as le
from foibot.case.stored import KINDS
from foibot.case.story import _FILED, _WORDS, story, tell
from foibot.mail.triage import Disposition
from tests.case.case_files import JANE, RECEIVED_AT, chain, example, received


def recorded(event: e.Event, by: str = "foibot", cause: str = "") -> e.Recorded:
    return e.Recorded(1, RECEIVED_AT, "000042/20", by, cause, event, "0" * 64)


def test_there_are_words_for_every_kind() -> None:
    assert set(_WORDS) == set(KINDS.values())


def test_there_are_words_for_every_disposition() -> None:
    assert set(_FILED) == set(Disposition)


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_every_kind_is_told_in_whole_words(kind: type[e.Event]) -> None:
    words = tell(recorded(example(kind)))
    assert words[0].isupper()
    assert not set(words) & set("{}[]_")


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (
            recorded(received(), by="requester"),
            (
                "Request received on Tuesday 8 December 2020 (our server's Received line); "
                "last day to answer Monday 11 January 2021."
            ),
        ),
        (
            recorded(le.Approved(2, "f" * 64, RECEIVED_AT), by=JANE, cause="approve v2"),
            (
                "Version 2 approved, to leave after Tuesday 8 December 2020 at 09:30. "
                "By jane.orange@exampleshire.example. Cause: approve v2."
            ),
        ),
        (
            recorded(le.Drafted(1, "ncnd", "f" * 64, "f" * 64, ("23(5)", "31(3)"))),
            "Letter (ncnd) version 1 drafted on 23(5) 31(3).",
        ),
        (
            recorded(le.Drafted(1, "disclosure", "f" * 64, "f" * 64, ())),
            "Letter (disclosure) version 1 drafted.",
        ),
        (
            recorded(c.HolderAnswered(1, "0" * 64, True), by="holder"),
            "Colleague 1 has replied.",
        ),
        (
            recorded(e.MailFiled("0" * 64, "command-refused", "person", "it names nobody")),
            "Message filed as an order that was not carried out: it names nobody.",
        ),
        (
            recorded(e.MailFiled("0" * 64, "followup", "B1")),
            "Message filed as a message about a request.",
        ),
        (
            recorded(e.FilingChanged("0" * 64, "unmatched", "B16")),
            "A message that was filed as one that belongs to no request was placed anew.",
        ),
        (recorded(e.Noted("{text} 100 %")), "Note: {text} 100 %"),
    ],
)
def test_told(one: e.Recorded, words: str) -> None:
    assert tell(one) == words


def test_a_story_leaves_out_mail_to_officers() -> None:
    history = chain([received(), e.MailQueued("notice", "<n@x.example>", "0" * 64), le.Stopped(1)])
    told = story(history)
    assert [when for when, _ in told] == [
        "Tuesday 8 December 2020 at 10:30",
        "Tuesday 8 December 2020 at 12:30",
    ]
    assert told[1][1].startswith("Version 1 stopped")
