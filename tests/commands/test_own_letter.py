"""`own letter` drafts what an authority added to its templates, and says why where no order can."""

from __future__ import annotations

from dataclasses import replace

import pytest

from foibot.case.case import State
from foibot.case.events import Event
from foibot.case.outcome import LetterWanted
from foibot.checks import not_ordered_by_anybody
from foibot.commands.command import Situation
from foibot.commands.own_letter import own_kinds
from foibot.letters.kind import LetterKind, Relies
from tests.case.case_files import TO_REACH
from tests.samples import JANE, KINDS, decided, situation, why, would_work

# A shipped letter without a fact of its own, under names of the authority's own.
PLAIN = KINDS["not-held"]
NO_SLOTS = replace(PLAIN, name="records", slots=())
OWN = {
    one.name: one
    for one in (
        NO_SLOTS,
        replace(PLAIN, name="records-office", title="Where our records are"),
        replace(PLAIN, name="help", slots=PLAIN.slots[1:]),
        replace(PLAIN, name="relies", relies=Relies.WITHHELD),
        replace(PLAIN, name="needs", needs=("fee",)),
        replace(PLAIN, name="needs-under", needs_under={**PLAIN.needs_under, "foia": ("until",)}),
        replace(PLAIN, name="speaks", facts=(*PLAIN.facts, "asked")),
        replace(PLAIN, name="nowhere", states=()),
    )
}
NO_ORDER = {
    "relies": "It relies on provisions",
    "needs": "It speaks of “fee”",
    "needs-under": "It speaks of “until”",
    "speaks": "It speaks of “asked”",
    "nowhere": "does not name “open” under states",
}


def office(*events: Event, own: dict[str, LetterKind] = OWN) -> Situation:
    return replace(situation(*events, officer=JANE), kinds={**KINDS, **own})


@pytest.mark.parametrize(
    ("line", "text", "kind", "slots"),
    [
        ("own letter records-office", "At Old Road.", "records-office", (("searched", "At Old Road."),)),
        ("own letter Records Office", "At Old Road.", "records-office", (("searched", "At Old Road."),)),
        ("own letter records-office: At Old Road.", "", "records-office", (("searched", "At Old Road."),)),
        ("own letter help", "Write to them.", "help", (("advice", "Write to them."),)),
        ("own letter records", "", "records", ()),
    ],
)  # fmt: skip
def test_the_text_goes_into_the_first_slot_that_has_to_be_filled(
    line: str, text: str, kind: str, slots: tuple[tuple[str, str], ...]
) -> None:
    wanted = decided(line, office(), text).letter
    assert isinstance(wanted, LetterWanted)
    assert (wanted.kind, wanted.slots) == (kind, slots)


def test_what_has_to_be_filled_may_be_written_later() -> None:
    wanted = decided("own letter records-office", office()).letter
    assert wanted is not None
    assert wanted.slots == ()


@pytest.mark.parametrize("line", ["own letter", "own letter disclosure", "own letter record", "own letter acknowledgement", "own letter records-offices"])  # fmt: skip
def test_the_letters_of_the_office_are_named_where_it_has_none_of_that_name(line: str) -> None:
    refused = decided(line, office())
    assert refused.refusal == "no-letter"
    assert "no letter of its own with that name" in why(refused)
    assert would_work(refused) == [f"own letter {one}" for one in ("help", "records", "records-office")]  # fmt: skip


def test_an_office_without_letters_of_its_own_is_told_so() -> None:
    refused = decided("own letter records", office(own={}))
    assert "hold no letters of its own" in why(refused)
    assert would_work(refused) == ["help"]


@pytest.mark.parametrize(("name", "said"), NO_ORDER.items())
def test_a_letter_that_asks_for_more_than_words_is_not_drafted(name: str, said: str) -> None:
    refused = decided(f"own letter {name}", office())
    assert refused.refusal == "no-letter"
    assert said in why(refused)
    assert "Please tell the administrator." in why(refused)


def test_the_administrator_is_told_by_the_check() -> None:
    hints = list(not_ordered_by_anybody({**KINDS, **OWN}))
    assert [one.split("/")[1] for one in hints] == sorted(NO_ORDER)
    assert all(NO_ORDER[one.split("/")[1]] in one for one in hints)
    assert own_kinds(KINDS) == ()


@pytest.mark.parametrize("state", [State.WAITING, State.ANSWERED, State.REOPENED, State.LAPSED])
def test_it_is_an_answer_and_comes_while_one_is_due(state: State) -> None:
    anywhere = {"records": replace(NO_SLOTS, states=tuple(State))}
    at = office(*TO_REACH[state], own=anywhere)
    assert decided("own letter records", at).refusal == "state"
