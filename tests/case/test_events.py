"""Events come back from the store as they went in, and keep people's words out of the chain."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import UTC

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foibot.case import approval_events as a
from foibot.case import clock_events as cl
from foibot.case import colleague_events as c
from foibot.case import events as e
from foibot.case import keeping_events as k
from foibot.case import letter_events as le
from foibot.case.enclosure import Enclosure
from foibot.case.parts import PartDecided, PartOutcome
from foibot.case.questions import Question
from foibot.case.remarks import Remark
from foibot.case.stored import KINDS, UnknownEvent, join, split
from tests.case.case_files import example, received

# pydantic cannot write lone surrogates; the store replaces them before an event reaches it.
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@st.composite
def any_event(draw: st.DrawFn) -> e.Event:
    kind = draw(st.sampled_from(sorted(KINDS.values(), key=lambda one: one.__name__)))
    hints = {
        "datetime | None": st.none() | st.datetimes(timezones=st.just(UTC)),
        "str": WORDS,
        "int": st.integers(-5, 10**9),
        "bool": st.booleans(),
        "date": st.dates(),
        "date | None": st.none() | st.dates(),
        "datetime": st.datetimes(timezones=st.just(UTC)),
        "tuple[str, ...]": st.lists(WORDS, max_size=3).map(tuple),
        "tuple[Remark, ...]": st.lists(
            st.builds(Remark, WORDS, WORDS, WORDS, WORDS, WORDS, needs_reason=st.booleans()),
            max_size=2,
        ).map(tuple),
        "tuple[Enclosure, ...]": st.lists(
            st.builds(Enclosure, WORDS, st.integers(0, 9_000_000), WORDS), max_size=2
        ).map(tuple),
        "tuple[Question, ...]": st.lists(st.builds(Question, WORDS, WORDS, WORDS), max_size=3).map(
            tuple
        ),
        "tuple[PartDecided, ...]": st.lists(
            st.builds(
                PartDecided,
                WORDS,
                st.sampled_from(list(PartOutcome)),
                st.lists(WORDS, max_size=2).map(tuple),
                WORDS,
            ),
            max_size=3,
        ).map(tuple),
        "tuple[tuple[str, str], ...]": st.lists(st.tuples(WORDS, WORDS), max_size=3).map(tuple),
    }
    return kind(**{field.name: draw(hints[str(field.type)]) for field in fields(kind)})


@given(any_event())
def test_every_kind_comes_back_from_json(event: e.Event) -> None:
    public, private = split(event)
    stored = json.loads(json.dumps([public, private]))
    assert join(type(event).__name__, *stored) == event


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_private_fields_are_never_public(kind: type[e.Event]) -> None:
    public, private = split(example(kind))
    assert set(private) == kind.PRIVATE
    assert not set(public) & kind.PRIVATE
    assert set(public) | set(private) == {field.name for field in fields(kind)}


def test_what_a_requester_wrote_is_private() -> None:
    public, _ = split(received())
    text = json.dumps(public)
    for words in ("sam@", "Sam Smith", "Surveillance", "own any"):
        assert words not in text


def test_what_a_mail_server_answered_is_private() -> None:
    """It often repeats the requester's address."""
    words = "550 5.1.1 <sam@elsewhere.example> is unknown"
    for event in (
        e.AcknowledgementSent("<a@x.example>", words),
        e.AcknowledgementFailed("<a@x.example>", words),
        le.LetterSent(1, "<l@x.example>", words),
        le.LetterRefused(1, words),
        le.LetterUncertain(1, words),
        le.LetterBounced(1, words),
        e.MailFiled("f" * 64, "auto", "A7", words),
        e.AcknowledgementWithheld("A7", words),
    ):
        public, private = split(event)
        assert words not in public.values()
        assert words in private.values()


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_an_event_survives_the_erasure_of_its_private_part(kind: type[e.Event]) -> None:
    public, _ = split(example(kind))
    erased = join(kind.__name__, public, {})
    assert split(erased)[0] == public
    assert not any(split(erased)[1].values())


def test_an_event_of_a_later_version_is_named() -> None:
    with pytest.raises(UnknownEvent, match="unknown kind 'Teleported'"):
        join("Teleported", {}, {})


def test_every_event_class_is_a_kind() -> None:
    assert set(KINDS) == {kind.__name__ for kind in e.Event.__subclasses__()}
    assert all(
        any(getattr(home, name, None) is kind for home in (a, c, cl, e, k, le))
        for name, kind in KINDS.items()
    )
