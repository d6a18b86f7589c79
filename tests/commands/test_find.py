"""`find`: what is looked for is read word by word, a day or state that is none is named, and the answer is bounded."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from foibot.case.case import Case, State
from foibot.case.outcome import Outcome
from foibot.commands.find import SHOWN, Search, answered, read_search, searches
from tests.case.case_files import TO_REACH, case_of
from tests.samples import JANE, order, situation, why


def search(line: str) -> Search:
    read = read_search(order(line))
    assert isinstance(read, Search), read
    return read


@pytest.mark.parametrize(
    ("line", "text", "is_one"),
    [
        ("find traffic cameras since:2019", "", True),
        ("Find: traffic cameras", "Jane\n", True),
        ("find", "", False),
        ("find traffic cameras", "They want the number of them, too.", False),
        ("Find attached the figures", "", False),
        ("find enclosed my answer", "", False),
        ("find below what we hold", "", False),
        ("find out who has it", "", False),
        ("find " + "bees " * 60, "", False),
        ("findings of the review", "", False),
    ],
)
def test_a_sentence_is_no_search(line: str, text: str, is_one: bool) -> None:
    assert searches(line, text, "Jane Orange") is is_one


def test_every_word_counts_by_its_stem_once() -> None:
    assert search("find Traffic CAMERAS, camera").terms == ("traffic", "camera")
    assert search("find how many companies' cameras").terms == ("company", "camera")
    assert search("find 000043/20 sam.smith@citizens.example").terms == ("000043", "20", "sam", "smith", "citizen", "example")  # fmt: skip
    assert len(search("find " + " ".join(f"w{n}" for n in range(20))).terms) == 8


@pytest.mark.parametrize(
    ("words", "since", "until"),
    [
        ("since:2019", date(2019, 1, 1), None),
        ("since: 2019-06", date(2019, 6, 1), None),
        ("from:2019-06-30", date(2019, 6, 30), None),
        ("until:2019", None, date(2019, 12, 31)),
        ("before:2020-02", None, date(2020, 2, 29)),
        ("until:2019-12 since:2019-12", date(2019, 12, 1), date(2019, 12, 31)),
        ("UNTIL:2020-02-03", None, date(2020, 2, 3)),
    ],
)
def test_days_are_read_whole_or_in_part(words: str, since: date | None, until: date | None) -> None:
    read = search(f"find cameras {words}")
    assert (read.words, read.since, read.until) == ("cameras", since, until)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("find", "does not say what to look for"),
        ("find how many", "does not say what to look for"),
        ("find since:2019", "does not say what to look for"),
        ("find cameras since:yesterday", "yesterday is no year, month or day"),
        ("find cameras since:2019-13", "2019-13 is no year"),
        ("find cameras until:9999", "9999 is no year"),
        ("find cameras state:lost", "lost is no state. There are: open, closed, "),
    ],
)
def test_what_cannot_be_looked_for_is_said_with_a_line_that_works(line: str, words: str) -> None:
    outcome = read_search(order(line))
    assert isinstance(outcome, Outcome)
    assert words in why(outcome)
    assert isinstance(read_search(order(outcome.notices[0].lines[0][0])), Search)


def test_a_case_fits_by_its_day_and_its_state() -> None:
    case, done = case_of(), case_of(*TO_REACH[State.ANSWERED])
    assert search("find cameras").takes(case)
    assert search("find cameras state:open").takes(case)
    assert not search("find cameras state:open").takes(done)
    assert search("find cameras status:closed").takes(done)
    assert search("find cameras state:Answered").takes(done)
    assert not search("find cameras state:on-hold").takes(case)
    assert not search("find cameras since:2021").takes(case)
    assert not search("find cameras until:2019").takes(case)
    assert search("find cameras since:2020-12-08 until:2020-12-08").takes(case)


def said(found: list[Case], closed: tuple[str, ...] = (), *, more: bool = False) -> str:
    (notice,) = answered(search("find cameras"), found, closed, more=more).notices
    assert len(notice.lines) == min(len(found), 5)
    return str(dict(notice.facts))


def test_the_answer_is_short_and_says_how_to_narrow_it() -> None:
    long = replace(case_of(), subject="About " + "traffic " * 30)
    assert "Search: 1 case found" in said([long])
    assert "000042/20, received on 8 December 2020, open: About traffic" in said([long])
    assert "traffic…" in said([long])
    assert "(no subject)" in said([replace(long, subject="")])
    assert "there are more" not in said([long])
    many = said([long] * (SHOWN + 5), more=True)
    assert f"Search: {SHOWN} cases found" in many
    assert f"These are the newest {SHOWN}; there are more." in many
    assert many.count("000042/20,") == SHOWN
    assert "Search: nothing found" in said([])
    assert "too many cases with these words" in said([], more=True)
    assert "Not looked into, because they are restricted" in said([], ("000043/20",))
    assert "since:2019" in said([])


def test_it_is_about_no_case() -> None:
    from foibot.commands import VERBS

    outcome = VERBS["find"].decide(order("find cameras"), situation(officer=JANE))
    assert "about all cases" in why(outcome)
