"""`opinion`: what is kept of a qualified person's opinion, and every reason against it at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from foibot.case.approval_events import OpinionNotNeeded, OpinionRecorded
from foibot.case.events import Event
from foibot.commands.command import Situation
from foibot.mail.brought import BroughtFile
from tests.case.case_files import drafted
from tests.samples import JANE, TOM, decided, situation, under, why, would_work

FILE = BroughtFile("opinion.pdf", "application/pdf", b"%PDF-1.7 opinion", "")
GOOD = "opinion 36(2)(b)(i) by Chief Constable Ann Able on 4 January 2021"
ON_36 = drafted(kind="refusal", provisions=("36(2)(b)(i)",))


def at(*events: Event, files: tuple[BroughtFile, ...] = (FILE,)) -> Situation:
    return replace(situation(*events, officer=JANE), files=files)


@pytest.mark.parametrize(
    ("line", "limbs", "who"),
    [
        (GOOD, ("36(2)(b)(i)",), "Chief Constable Ann Able"),
        ("opinion: s36(2)(b)(i) and (c) by A. Able, Chief Constable, dated 4 Jan 2021.",
         ("36(2)(b)(i)", "36(2)(c)"), "A. Able, Chief Constable"),
        ("opinion 36(3) 36(2)(c) by Ann Able on 2021-01-04", ("36(3)", "36(2)(c)"), "Ann Able"),
        ("Opinion section 36(3) by Ann of Norton on Monday 4 January 2021", ("36(3)",), "Ann of Norton"),
    ],
)  # fmt: skip
def test_it_is_kept_with_name_day_and_file(line: str, limbs: tuple[str, ...], who: str) -> None:
    (event,) = decided(line, at()).events
    assert isinstance(event, OpinionRecorded)
    assert set(event.limbs) == set(limbs)
    assert (event.by_whom, event.on) == (who, date(2021, 1, 4))
    assert [one.name for one in event.files] == ["opinion.pdf"]


def test_where_none_is_needed_the_reason_is_kept() -> None:
    outcome = decided("opinion 36(2)(c) not needed: statistical information", at(files=()))
    assert outcome.events == (OpinionNotNeeded(("36(2)(c)",), "statistical information"),)
    assert "No opinion of a qualified person is needed" in str(outcome.notices[0].facts["title"])


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("opinion", "needs the limb"),
        ("opinion 36(2)(b)(i)", "needs the limb"),
        ("opinion 36(2) by Ann Able on 4 Jan 2021", "name the limb"),
        ("opinion by Ann Able on 4 Jan 2021", "names no provision"),
        ("opinion 31(1)(a) by Ann Able on 4 Jan 2021", "does not rest on anybody's opinion"),
        ("opinion 36(2)(c) by Ann Able on 04/01/2021", "is not a day"),
        ("opinion 36(2)(c) by Ann Able on 6 Jan 2021", "still to come"),
        ("opinion 36(2)(c) by Ann Able on 7 Dec 2020", "before the request came in"),
        ("opinion 36(2)(c) by NAME on 4 Jan 2021", "Write the qualified person's name"),
        ("opinion 36(2)(c) not needed", "Say why"),
        ("opinion 36(2)(c) not needed: your reason", "Say why"),
    ],
)
def test_what_is_wrong_is_said_with_the_line_that_works(line: str, words: str) -> None:
    outcome = decided(line, at())
    assert words in why(outcome)
    assert would_work(outcome)[0] == "opinion 36(2)(b)(i) by NAME on 5 January 2021"


def test_the_day_that_is_suggested_is_today() -> None:
    on_another_day = replace(at(), now=at().now + timedelta(days=200))
    lines = would_work(decided("opinion", on_another_day))
    assert lines[0] == "opinion 36(2)(b)(i) by NAME on 24 July 2021"


def test_every_problem_at_once() -> None:
    said = why(decided("opinion 36(2) 31(1)(a) by NAME on Monday", at(files=())))
    for words in ("name the limb", "is not a day", "no file", "Write the qualified person's name"):
        assert words in said
    empty = replace(FILE, content=b" \n")
    assert "opinion.pdf is empty" in why(decided(GOOD, at(files=(empty,))))


def test_other_laws_know_no_qualified_person() -> None:
    assert "Only section 36" in why(decided(GOOD, replace(under("foisa"), files=(FILE,))))


def test_a_letter_that_waited_for_it_is_shown_again() -> None:
    outcome = decided(GOOD, at(ON_36))
    assert [one.kind for one in outcome.notices] == ["draft"]
    assert outcome.revoke == (1,)
    ncnd = drafted(provisions=("36(3) by reference to 36(2)(c)",))
    whole = decided("opinion 36(3) by Ann Able on 4 Jan 2021", at(ncnd))
    assert [one.kind for one in whole.notices] == ["draft"]


def test_one_that_leaves_something_open_is_only_told() -> None:
    both = drafted(kind="refusal", provisions=("36(2)(b)(i)(c)",))
    outcome = decided(GOOD, at(both))
    assert [one.kind for one in outcome.notices] == ["answer"]
    assert outcome.revoke == ()
    assert [one.kind for one in decided(GOOD, at(drafted())).notices] == ["answer"]


def test_the_letter_cannot_be_approved_before() -> None:
    outcome = decided("approve v1", replace(situation(ON_36, officer=TOM)))
    assert "the opinion of the qualified person is not on file" in why(outcome)
    assert would_work(outcome) == ["opinion 36(2)(b)(i) by NAME on 5 January 2021"]
