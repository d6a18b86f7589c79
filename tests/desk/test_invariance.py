"""Whatever anybody notes, asks or answers on a case: the same order at the same moment is the same letter (N-13)."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foibot.demo.correspondent import reply
from foibot.mail.compose import stamp
from foibot.outbox.item import Kind
from tests.office import JANE, ORDER, SAM, TOM, Mail, Office, london, office

MOMENT = "2020-12-09 10:00"
HELD = (
    "We hold it: four plans were stopped.",
    "Nothing is held.",
    "note: held = yes",
    "The security bodies gave us this, see section 23(1).",
    "ncnd 31(3)(a)",
    "{{ held }}",
)
WORDS = st.sampled_from(HELD) | st.text(st.characters(codec="utf-8"), max_size=80)
DOINGS = st.lists(
    st.tuples(st.sampled_from(["note", "follow-up", "order", "file"]), WORDS), max_size=3
)


@dataclass(slots=True, repr=False)
class Opened:
    """An open case, with what its requester and its officer can answer, and the letter as it is without more."""

    desk: Office
    acknowledgement: Mail
    notice: Mail
    letter: tuple[object, ...] = ()


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    with office(tmp_path_factory.mktemp("opened")) as desk:
        desk.asks()
        case = Opened(desk, desk.one_for(SAM), desk.one_for(JANE))
        case.letter = letter_after(case, [])
        yield case


def letter_after(case: Opened, doings: list[tuple[str, str]]) -> tuple[object, ...]:
    """The letter as the requester would get it, ordered at one moment after all this."""
    with tempfile.TemporaryDirectory() as folder:
        desk = case.desk.twin(Path(folder) / "twin")
        for what, words in doings:
            does(desk, case, what, words)
        desk.clock.set(london(MOMENT))
        assert desk.orders(JANE, case.notice, ORDER) == "command"
        found = letter_of(desk)
        desk.close()
    return found


def does(desk: Office, case: Opened, what: str, words: str) -> None:
    match what:
        case "note":
            desk.orders(JANE, case.notice, f"note\n{words}")
        case "order":
            desk.orders(JANE, case.notice, "why")
        case "follow-up":
            desk.orders(SAM, case.acknowledgement, words, login=False)
        case _:
            raw = reply(
                SAM,
                case.acknowledgement.raw,
                words,
                desk.clock.now(),
                message_id=desk.message_id("citizens.example"),
            )
            held = b'--b\r\n\r\nhere\r\n--b\r\nContent-Type: application/pdf; name="held.pdf"\r\n\r\nheld\r\n--b--\r\n'
            raw = raw.replace(b"text/plain; charset=utf-8", b"multipart/mixed; boundary=b") + held
            desk.arrives(desk.border(raw, SAM.address))


def letter_of(desk: Office) -> tuple[object, ...]:
    """Everything that leaves with the letter, but for what may differ: Message-ID, Date, bounce address."""
    case = desk.case()
    version = case.current
    assert version is not None
    with desk.store.view() as tx:
        (mail,) = (one for one in tx.outbox.every() if one.kind is Kind.LETTER)
        raw = tx.outbox.raw_of(mail.id)
        kept = tx.letters.find(case.reference, version.version)
    assert kept is not None
    left = stamp(
        raw, desk.clock.now().replace(second=0, microsecond=0), "<one@exampleshire.example>"
    )
    length = len(mail.envelope_from), len(mail.message_id)
    return left, kept, version.fingerprint, version.mail_sha256, mail.recipient, length


@settings(max_examples=12, deadline=None)
@given(doings=DOINGS)
def test_no_note_and_no_answer_moves_a_byte_of_the_letter(
    opened: Opened, doings: list[tuple[str, str]]
) -> None:
    assert letter_after(opened, doings) == opened.letter


def test_the_letter_does_depend_on_the_order(opened: Opened, tmp_path: Path) -> None:
    desk = opened.desk.twin(tmp_path / "twin")
    desk.clock.set(london(MOMENT))
    desk.orders(JANE, opened.notice, "ncnd 31(3)(a)")
    assert letter_of(desk) != opened.letter
    desk.close()


def test_no_log_line_tells_what_was_noted(
    opened: Opened, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    told = []
    for number, words in enumerate(HELD[:2]):
        caplog.clear()
        with caplog.at_level(logging.DEBUG, "foibot"):
            desk = opened.desk.twin(tmp_path / str(number))
            desk.orders(JANE, opened.notice, f"note: {words}")
            desk.discards()
            desk.orders(JANE, opened.notice, ORDER)
            desk.orders(TOM, desk.one_for(TOM), "approve v1")
            desk.later(minutes=11)
            desk.close()
        told.append([record.getMessage() for record in caplog.records])
    assert told[0] == told[1]
    assert told[0]
