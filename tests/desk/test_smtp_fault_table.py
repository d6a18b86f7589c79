"""The faults of an SMTP server (mail rules 3.4, 5.4, F), for an acknowledgement and for a letter: the state, and no second letter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path

import pytest

from foibot.case.case import State
from foibot.desk.dispatch import Dispatch
from foibot.desk.verify import verify
from foibot.gateway.server_url import MailServer, Security
from foibot.gateway.smtp import Post
from foibot.outbox.item import ItemState, Kind
from tests.gateway import scripted_smtp as smtp_script
from tests.gateway.scripted_smtp import PIPELINING, TAKEN, Answer, ScriptedSMTP, scripted_smtp
from tests.office import SAM, STAFF, TOM, Office

SENT, QUEUED, REFUSED, DOUBT = (
    ItemState.SENT,
    ItemState.QUEUED,
    ItemState.REFUSED,
    ItemState.UNCERTAIN,
)
Answers = dict[str, Answer | tuple[Answer, ...]]
Scenes = tuple[Office, Office]
ACK, LETTER = Kind.ACKNOWLEDGEMENT, Kind.LETTER


@pytest.fixture(params=["one by one", "all at once"], autouse=True)
def _pipelining(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both ways to say the commands of a mail end in the same answers."""
    if request.param == "all at once":
        monkeypatch.setattr(smtp_script, "_USUAL", {**smtp_script._USUAL, **PIPELINING})


SLOW = 2.0  # seconds of silence; twice what the office waits

# What the server says and where; the state of the mail after one round; how often the server took it.
BEFORE_THE_DOT = [
    pytest.param({verb: (answer,)}, QUEUED, 0, id=f"{row} {answer or 'hangs up'} at {verb or 'greeting'}")
    for row, verb, answer in [
        ("3.4", "", None),
        ("3.4", "", "421 4.3.2 too busy"),
        ("3.4", "", "554 5.7.1 no service here"),
        ("3.4", "EHLO", None),
        ("3.4", "AUTH", "454 4.7.0 the directory is away"),
        ("3.4", "AUTH", "535 5.7.8 wrong password"),
        ("3.4", "AUTH", "421 4.7.0 later"),
        ("3.4", "MAIL", "451 4.3.0 try later"),
        ("3.4", "MAIL", "530 5.7.0 log in first"),
        ("F6", "RCPT", "450 4.2.1 greylisted"),
        ("F6", "RCPT", "451 4.7.1 greylisted"),
        ("3.4", "DATA", "451 4.3.0 no room"),
        ("F5", ".", "421 4.3.2 shutting down"),
        ("F5", ".", "451 4.3.0 not now"),
        ("F5", ".", "452 4.2.2 mailbox full"),
    ]
]  # fmt: skip
FOR_EVER = [
    pytest.param({verb: (answer,)}, REFUSED, 0, id=f"F6 {answer} at {verb}")
    for verb, answer in [
        ("MAIL", "550 5.7.1 not from you"),
        ("MAIL", "552 5.3.4 too large"),
        ("RCPT", "550 5.1.1 no such user"),
        ("RCPT", "553 5.1.3 odd address"),
        ("DATA", "554 5.7.1 no"),
        (".", "554 5.7.1 we do not like it"),
        (".", "550 5.7.30 basic authentication is not supported"),
    ]
]
ACCEPTED = [
    pytest.param({}, SENT, 1, id="ok"),
    pytest.param({"QUIT": SLOW}, SENT, 1, id="F4 hangs at QUIT"),
    pytest.param({"QUIT": None}, SENT, 1, id="F4 hangs up at QUIT"),
    pytest.param(
        {"MAIL": ("421 4.7.0 enough",)}, SENT, 1, id="3.4 421 at MAIL, well on the next connection"
    ),
    pytest.param({"MAIL": ("421 4.7.0 enough",) * 2}, QUEUED, 0, id="3.4 421 at MAIL, twice"),
    pytest.param(
        {"MAIL": (None,)}, SENT, 1, id="3.4 hangs up at MAIL, well on the next connection"
    ),
    pytest.param({"RCPT": (None, None)}, QUEUED, 0, id="3.4 hangs up at RCPT, twice"),
    pytest.param({"DATA": (None, None)}, QUEUED, 0, id="3.4 hangs up at DATA, twice"),
]
IN_DOUBT = [
    pytest.param({".": (TAKEN,)}, 1, id="F1 hangs up after it took the mail"),
    pytest.param({".": (None,)}, 0, id="F1 hangs up and did not take it"),
    pytest.param({".": (SLOW,)}, 1, id="F2 slower than the time allowed"),
    pytest.param({".": ("299-more",)}, 0, id="F1 half an answer"),
]
AWAY = {"", "EHLO", "AUTH"}


class Desk:
    """An office that sends through a real connection to a server which says what the test wrote down."""

    def __init__(self, desk: Office, server: ScriptedSMTP) -> None:
        self.desk, self.server = desk, server
        to = MailServer("127.0.0.1", server.port, Security.PLAIN, "foi", "loopback-only")
        self.post = Post(to, connections=1, timeout=SLOW / 2, timeout_after_dot=SLOW / 2)
        self.dispatch = Dispatch(desk.office, desk.store, self.post)

    def round(self) -> None:
        """One mail of interest leaves, or does not; the notices wait."""
        self.dispatch.round()

    def quiet(self, **span: float) -> None:
        """The server is well again, time goes by, and everything leaves that may."""
        self.server.heal()
        self.desk.clock.advance(timedelta(**span))
        while self.dispatch.round().tried:
            pass

    def state(self, kind: Kind) -> ItemState:
        with self.desk.store.view() as tx:
            [mail] = [one for one in tx.outbox.in_state(*ItemState) if one.kind is kind]
        return mail.state

    def taken(self, kind: str) -> list[bytes]:
        """What the server took, of one kind."""
        found = [raw for _, raw in self.server.mails]
        return [raw for raw in found if f".{kind}." in str(message_from_bytes(raw)["Message-ID"])]

    def told(self, words: str) -> Counter[str]:
        """Who was sent a notice with these words in it."""
        found: Counter[str] = Counter()
        for recipients, raw in self.server.mails:
            if words in str(message_from_bytes(raw)["Subject"]):
                found.update(recipients)
        return found


@pytest.fixture(scope="module")
def scenes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Office, Office]]:
    """A request came in, and its acknowledgement waits; a letter was approved, and may leave now."""
    asked, approved = (Office(tmp_path_factory.mktemp(name)) for name in ("asked", "approved"))
    asked.stores(
        b"From: Sam <%s>\r\nMessage-ID: <q@citizens.example>\r\nSubject: S\r\n\r\nHow many?\r\n"
        % SAM.address.encode()
    )
    while asked.intake.work():
        pass
    draft = approved.drafted("disclose\n\nForty-two.")
    approved.orders(TOM, draft, "approve v1")
    approved.discards()
    approved.clock.advance(timedelta(minutes=11))
    yield asked, approved
    asked.close()
    approved.close()


@contextmanager
def desk_in(folder: Path, scene: Office, answers: Answers) -> Iterator[Desk]:
    desk = scene.twin(folder)
    with scripted_smtp(answers) as server:
        built = Desk(desk, server)
        try:
            yield built
            assert list(verify(desk.store)) == []
        finally:
            built.post.close()
            desk.close()


@pytest.mark.parametrize(("answers", "state", "taken"), [*ACCEPTED, *BEFORE_THE_DOT, *FOR_EVER])
def test_an_acknowledgement_ends_where_the_table_says(
    tmp_path: Path, scenes: Scenes, answers: Answers, state: ItemState, taken: int
) -> None:
    with desk_in(tmp_path, scenes[0], answers) as town:
        town.round()
        assert (town.state(ACK), len(town.taken("ack"))) == (state, taken)
        town.quiet(minutes=0 if answers.keys() & AWAY else 6)
        assert town.state(ACK) is (REFUSED if state is REFUSED else SENT)
        assert len(town.taken("ack")) == (state is not REFUSED)
        told = town.told("Not delivered")
        assert set(told) == ({one.address for one in STAFF} if state is REFUSED else set())
        assert len(town.taken("new-case")) == 1


@pytest.mark.parametrize(("answers", "state", "taken"), [*ACCEPTED, *BEFORE_THE_DOT, *FOR_EVER])
def test_a_letter_ends_where_the_table_says_and_is_never_sent_twice(
    tmp_path: Path, scenes: Scenes, answers: Answers, state: ItemState, taken: int
) -> None:
    with desk_in(tmp_path, scenes[1], answers) as town:
        town.round()
        assert (town.state(LETTER), len(town.taken("letter"))) == (state, taken)
        town.quiet(minutes=0 if answers.keys() & AWAY else 6)
        assert town.state(LETTER) is (REFUSED if state is REFUSED else SENT)
        assert len(town.taken("letter")) == (state is not REFUSED)
        ended = State.DELIVERY_FAILED if state is REFUSED else State.ANSWERED
        assert town.desk.case().state is ended


@pytest.mark.parametrize(("answers", "taken"), IN_DOUBT)
def test_an_acknowledgement_in_doubt_goes_once_more_with_the_same_id(
    tmp_path: Path, scenes: Scenes, answers: Answers, taken: int
) -> None:
    with desk_in(tmp_path, scenes[0], answers) as town:
        town.round()
        assert len(town.taken("ack")) == taken
        town.quiet()
        assert town.state(ACK) is SENT
        copies = town.taken("ack")
        assert len(copies) == taken + 1
        assert len(set(copies)) == 1, "the same mail, Message-ID and Date included"


@pytest.mark.parametrize(("answers", "taken"), IN_DOUBT)
def test_a_letter_in_doubt_waits_for_a_person(
    tmp_path: Path, scenes: Scenes, answers: Answers, taken: int
) -> None:
    with desk_in(tmp_path, scenes[1], answers) as town:
        town.round()
        assert (town.state(LETTER), len(town.taken("letter"))) == (DOUBT, taken)
        town.quiet(days=1)
        assert (town.state(LETTER), len(town.taken("letter"))) == (DOUBT, taken)
        assert town.desk.case().state is State.DELIVERY_UNCERTAIN
        assert town.told("Perhaps not delivered").keys() == {one.address for one in STAFF}


def test_f3_of_several_recipients_only_the_refused_one_goes_without(
    tmp_path: Path, scenes: Scenes
) -> None:
    """One transaction for each recipient: a refusal in the middle says nothing about the others."""
    with desk_in(tmp_path, scenes[0], {"RCPT": ("250 ok", "550 5.1.1 no such user")}) as town:
        while town.dispatch.round().tried:
            pass
        assert town.state(ACK) is SENT
        with town.desk.store.view() as tx:
            others = Counter(one.state for one in tx.outbox.in_state(*ItemState))
        assert others == {SENT: 1, REFUSED: 1}
        assert [to for to, _ in town.server.mails] == [[SAM.address]]
