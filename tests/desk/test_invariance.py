"""Whatever anybody notes, asks or answers on a case, or did on one like it: the same order at the same moment is the same letter (N-13)."""

from __future__ import annotations

import logging
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter
from sqlalchemy import update

from foibot.case.case import Case, State
from foibot.case.events import MailQueued
from foibot.case.story import tell
from foibot.demo.correspondent import Person, reply
from foibot.law.foia import FOIA
from foibot.mail.compose import stamp
from foibot.outbox.item import Kind
from foibot.reports.case_file import case_row
from foibot.reports.tables import cases_table
from foibot.store.tables import cases
from tests.carrying import Enclosure
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
ANSWERED = (
    "nil\nWe looked everywhere.",
    "We hold four plans; here they are.",
    "hours 6\nThe files are in the cellar.",
    "part: two of four, more by 15 December",
    "not us: try Counter Terrorism",
    "ncnd 31(3)(a)",
)
WORDS = st.sampled_from((*HELD, *ANSWERED)) | st.text(st.characters(codec="utf-8"), max_size=80)
ANSWERS = st.sampled_from(["ncnd", "not-held", "disclosure", "refusal", "withdrawn", ""])
TOPICS = st.sampled_from(["planned attacks", "emergency services, thwarted plot", "police dog"])
DOINGS = st.lists(
    st.tuples(st.sampled_from(["note", "follow-up", "order", "file", "holder", "answer"]), WORDS)
    | st.tuples(st.just("earlier"), ANSWERS)
    | st.tuples(st.just("topic"), TOPICS),
    max_size=4,
)
EVE = Person("Eve Else", "eve.else@citizens.example")
HOLDER = Person("Harry Holder", "harry.holder@exampleshire.example")
DAY = date(2020, 12, 10)
EARLIER, ASKED = "000001/20", "000002/20"


@dataclass(slots=True, repr=False)
class Opened:
    """An open case, with what its requester and its officer can answer, and the letter as it is without more."""

    desk: Office
    acknowledgement: Mail
    notice: Mail
    letter: tuple[object, ...] = ()
    question: Mail = field(init=False)


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    with office(tmp_path_factory.mktemp("opened")) as desk:
        desk.asks(who=EVE, subject="The same, asked before")
        desk.discards(EVE, JANE)
        desk.asks()
        case = Opened(desk, desk.one_for(SAM), desk.one_for(JANE))
        desk.orders(JANE, case.notice, f"ask {HOLDER.address}\nWhat do we hold?")
        case.question = desk.one_for(HOLDER)
        desk.discards()
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
        case "earlier":
            answer_earlier(desk, words)
        case "topic":
            desk.orders(JANE, case.notice, f"topic emergencies: {words}")
        case "holder":
            desk.orders(HOLDER, case.notice, words)
        case "answer":
            desk.orders(HOLDER, case.question, words)
        case "answer with a file":
            held = Enclosure("held.csv", b"plan,stopped\n1,yes\n", "text/csv")
            desk.orders(HOLDER, case.question, words, files=[held])
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


def answer_earlier(desk: Office, outcome: str) -> None:
    """The earlier request, which asked the same, was answered like this; nobody knows of it outside the record."""
    state = State.ANSWERED if outcome else State.OPEN
    earlier = replace(
        desk.case(EARLIER), state=state, outcome=outcome, answered_at=desk.clock.now()
    )
    folded = TypeAdapter(Case).dump_json(earlier).decode()
    step = update(cases).where(cases.c.reference == EARLIER)
    with desk.engine.begin() as connection:
        connection.execute(step.values(folded=folded, state=state.value))


def letter_of(desk: Office) -> tuple[object, ...]:
    """Everything that leaves with the letter, but for what may differ: Message-ID, Date, bounce address."""
    case = desk.case(ASKED)
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


# Making a counterexample smaller would take minutes: each try is a whole office.
@settings(max_examples=12, deadline=None, phases=(Phase.explicit, Phase.generate))
@given(doings=DOINGS)
def test_no_note_and_no_answer_moves_a_byte_of_the_letter(
    opened: Opened, doings: list[tuple[str, str]]
) -> None:
    assert letter_after(opened, doings) == opened.letter


def morning_after(case: Opened, folder: Path, doings: list[tuple[str, str]]) -> tuple[object, ...]:
    """What the digest counts and what a list of cases says on the morning after all this and the order."""
    desk = case.desk.twin(folder)
    for what, words in doings:
        does(desk, case, what, words)
    desk.orders(JANE, case.notice, ORDER)
    desk.discards()
    desk.at("2020-12-10 08:01")
    (digest,) = [one for one in desk.post_for(JANE) if one.kind == "digest"]
    with desk.store.view() as tx:
        rows = [case_row(one, FOIA) for one in tx.cases.unfinished() if one.reference == ASKED]
    desk.close()
    return digest.text, rows


def test_no_digest_and_no_list_counts_what_is_known(opened: Opened, tmp_path: Path) -> None:
    told = [
        morning_after(
            opened, tmp_path / str(at), [("earlier", answer), ("note", words), ("topic", topic)]
        )
        for at, (answer, words, topic) in enumerate(
            [
                ("ncnd", HELD[0], "planned attacks"),
                ("not-held", HELD[1], "planned attacks"),
                ("disclosure", HELD[3], "police dog"),
            ]
        )
    ]
    assert told[0] == told[1] == told[2]
    assert ASKED in str(told[0])


def test_an_earlier_answer_and_a_topic_are_told_to_officers(opened: Opened, tmp_path: Path) -> None:
    """The property above would hold of an office that looked at nothing."""
    desk = opened.desk.twin(tmp_path / "twin")
    answer_earlier(desk, "not-held")
    desk.orders(JANE, opened.notice, ORDER)
    assert "N-14" in desk.one_for(TOM, "draft").words
    desk.close()


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


def left_of(desk: Office, *, to: str) -> list[tuple[str, bytes]]:
    """Every mail to somebody as it was written; what is random in it has been the same length always."""
    with desk.store.view() as tx:
        mails = [one for one in tx.outbox.every() if one.recipient == to]
        return [(one.kind.value, tx.outbox.raw_of(one.id)) for one in mails]


def test_what_a_colleague_answers_moves_no_byte_of_anything_else(
    opened: Opened, tmp_path: Path
) -> None:
    """Nil, found, hours, a part, a file or an order: the requester's post, digest, lists and story are the same."""
    told, words = [], []
    doings = [[("answer", one)] for one in ANSWERED]
    doings.append([("answer with a file", "Here it is.")])
    for at, doing in enumerate(doings):
        desk = opened.desk.twin(tmp_path / str(at))
        for what, said in doing:
            does(desk, opened, what, said)
        (notice,) = desk.post_for(JANE)
        words.append((notice.kind, notice.text))
        desk.orders(JANE, opened.notice, "ncnd 31(3)(a)")
        desk.discards()
        story_told = [
            tell(one) for one in desk.history(ASKED) if not isinstance(one.event, MailQueued)
        ]
        desk.at("2020-12-10 08:01")
        (digest,) = [one for one in desk.post_for(JANE) if one.kind == "digest"]
        with desk.store.view() as tx:
            rows = [case_row(one, FOIA) for one in tx.cases.every()]
            table = cases_table(tx.cases.every(), {"foia": FOIA}, DAY)
        told.append(
            (
                digest.text,
                rows,
                table,
                [len(raw) for _, raw in left_of(desk, to=SAM.address)],
                _without_digests(story_told),
            )
        )
        desk.close()
    assert all(one == told[0] for one in told)
    assert all(one == words[0] for one in words)
    assert words[0][0] == "holder-answered"


def _without_digests(story_told: list[str]) -> list[str]:
    return [re.sub(r"\b[0-9a-f]{64}\b", "", one) for one in story_told]
