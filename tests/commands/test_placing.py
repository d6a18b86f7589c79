"""What an officer says about a message: read from one line, checked against what the message is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from foibot.case.case import Acknowledgement, Requester
from foibot.case.outcome import Outcome
from foibot.case.placing import IN_DOUBT, Message, Place, Placing, choices, refusal
from foibot.commands.placing import read_placing
from tests.case.case_files import case_of
from tests.samples import decided, situation

STRAY = Message(57, "unmatched", "B16", "", ("000042/20", "000043/20"))
FILED = Message(58, "followup", "D4", "000042/20", ())
DOUBTED = Message(59, "followup", IN_DOUBT, "000042/20", ())


@pytest.mark.parametrize(
    ("line", "place", "messages", "rest"),
    [
        ("1", Place.JOIN, (57,), {"guess": 1, "by_number": False}),
        ("New", Place.NEW, (57,), {"by_number": False}),
        ("new sam@x.example", Place.NEW, (57,), {"address": "sam@x.example", "by_number": False}),
        ("NOT FOI", Place.NOT_FOI, (57,), {"by_number": False}),
        ("not foi: an advert", Place.NOT_FOI, (57,), {"why": "an advert", "by_number": False}),
        ("not foi an advert", Place.NOT_FOI, (57,), {"why": "an advert", "by_number": False}),
        ("thanks", Place.THANKS, (57,), {"by_number": False}),
        ("move 000043/20", Place.MOVE, (57,), {"case": "000043/20", "by_number": False}),
        ("m3 Move to [000043/20]", Place.MOVE, (3,), {"case": "000043/20"}),
        ("m3 2", Place.JOIN, (3,), {"guess": 2}),
        ("M3: new", Place.NEW, (3,), {}),
        ("m3 m4, m9 not foi", Place.NOT_FOI, (3, 4, 9), {}),
        ("m3-m5 not foi", Place.NOT_FOI, (3, 4, 5), {}),
        ("m3 - 5 m4 not foi", Place.NOT_FOI, (3, 4, 5), {}),
    ],
)
def test_an_answer_is_read(
    line: str, place: Place, messages: tuple[int, ...], rest: dict[str, object]
) -> None:
    assert read_placing(line, 57) == Placing(place, messages, line, **rest)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "line",
    ["", "0", "12", "newest", "new and more", "m3", "m3 m4", "note: new", "1 new", "approve v1",
     "m1-m99 not foi", "m9-m3 not foi", "mN new", "m3 new or not foi",
     " ".join(f"m{n}" for n in range(60)) + " not foi"],
)  # fmt: skip
def test_what_is_no_answer_is_left_to_others(line: str) -> None:
    assert read_placing(line, 57) is None


def test_without_a_message_the_number_is_needed() -> None:
    assert read_placing("new") is None
    assert read_placing("m57 new") == Placing(Place.NEW, (57,), "m57 new")


@pytest.mark.parametrize(
    ("line", "message", "says"),
    [
        ("2", STRAY, ""),
        ("3", STRAY, "No case was suggested for m57 under the number 3."),
        ("new", STRAY, ""),
        ("new sam@x.example", STRAY, ""),
        ("new sam@x", STRAY, "sam@x is not an address that can be written to."),
        ("not foi", STRAY, ""),
        ("thanks", STRAY, "m57 belongs to no case, so there is nothing it could give thanks for."),
        ("thanks", FILED, ""),
        ("new", FILED, ""),
        ("not foi", FILED, "m58 is a further message on case 000042/20; the answers are thanks and new."),
        ("new", Message(1, "request", "A1", "000001/20", ()), "m1 is request 000001/20 already."),
        ("new", Message(1, "command", "E", "", ()), "m1 is an order already."),
        ("new", None, "There is no such message."),
        ("move 000043/20", STRAY, ""),
        ("move 000043/20", FILED, ""),
        ("move 000042/20", FILED, "m58 is with request 000042/20 already."),
        ("move 000042/20", DOUBTED, ""),
        ("move 000043/20", Message(1, "request", "A1", "000001/20", ()),
         "m1 is request 000001/20 already; “link 000043/20” notes that they belong together."),
        ("move 000043/20", Message(1, "holder", "F5", "000001/20", ()),
         "m1 is a reply or a copy that belongs to 000001/20, and cannot be moved."),
        ("move 000043/20", Message(1, "own-copy", "A9", "", ()),
         "m1 is a reply or a copy that belongs to no case, and cannot be moved."),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_said(line: str, message: Message | None, says: str) -> None:
    placing = read_placing(line, message.number if message else 9)
    assert placing is not None
    assert refusal(placing, message) == says


def test_a_message_is_offered_what_it_can_be() -> None:
    assert [word for word, _ in choices(STRAY)] == ["1", "2", "new", "not foi"]
    assert [word for word, _ in choices(FILED)] == ["new"]
    assert [word for word, _ in choices(DOUBTED)] == ["move 000042/20", "new"]
    assert [word for word, _ in choices(FILED, answered=True)] == ["new", "thanks"]


def _ack(acknowledgement: Acknowledgement, address: str = "sam@x.example") -> Outcome:
    who = Requester(address, "Sam Smith")
    case = replace(case_of(), acknowledgement=acknowledgement, requester=who)
    return decided("ack", situation(case=case))


def test_a_withheld_acknowledgement_is_sent_when_an_officer_says_so() -> None:
    assert _ack(Acknowledgement.WITHHELD).acknowledge


@pytest.mark.parametrize(
    ("acknowledgement", "address", "check"),
    [
        (Acknowledgement.SENT, "sam@x.example", "acknowledged"),
        (Acknowledgement.WITHHELD, "", "no-address"),
    ],
)
def test_an_acknowledgement_is_written_once_and_to_somebody(
    acknowledgement: Acknowledgement, address: str, check: str
) -> None:
    outcome = _ack(acknowledgement, address)
    assert outcome.refusal == check
    assert not outcome.acknowledge
