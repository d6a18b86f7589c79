"""An office for the benchmark: `python bench/office.py open|fill|count|run|once`, in an empty folder.

The mail servers come from the variables BENCH_IMAP_PORT, BENCH_SMTP_PORT and so on; `fill` adds BENCH_N
finished cases with their mails. Everything is as `foibot init` writes it but the addresses, the number of
SMTP connections and the limit of mails an hour.
"""

from __future__ import annotations

import compileall
import os
import re
import sys
import sysconfig
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import foibot as foibot_itself
from foibot.case.events import AcknowledgementWritten, Received
from foibot.case.letter_events import Approved, Drafted, LetterSent
from foibot.case.lifecycle import apply
from foibot.cli import main as foibot
from foibot.config import Config, load
from foibot.desk.precedent import remember
from foibot.law import regime
from foibot.law.calendar import answer_by
from foibot.letters.fingerprint import fingerprint
from foibot.mail.compose import File, Words, compose
from foibot.mail.message import Address
from foibot.outbox.item import ItemState, Kind
from foibot.store.inbox import Arrived, Settled
from foibot.store.ledger import Happened
from foibot.store.letters import StoredLetter
from foibot.store.outbox import NewMail
from foibot.store.transaction import Transaction
from foibot.wiring import open_store, usable_letterbook

_CONFIG = Path("config.toml")
_FIRST = datetime(2019, 1, 2, 10, tzinfo=UTC)
_TOGETHER = 500
_ASKED = "Dear Sir or Madam,\n\nHow many {} were {} in {} during {}?\n\nYours faithfully,\nAsker {}"
_THINGS = ("boats", "bicycles", "lanterns", "tractors", "bridges", "kennels", "signposts")
_DONE = ("stolen", "repaired", "painted", "sold", "inspected", "insured")
_PLACES = ("Exampleton", "Sampletown", "Specimen Bay", "Instance-on-Sea", "Upper Placeholder")


def _open() -> None:
    # Compiled, as pip leaves what it installs. A checkout is not where PYTHONDONTWRITEBYTECODE is set, and then
    # half of the start is spent on compiling.
    for folder in {Path(foibot_itself.__path__[0]), Path(sysconfig.get_path("purelib"))}:
        compileall.compile_dir(folder, quiet=2)
    _as_foibot("init", ".")
    text = _CONFIG.read_text()
    user, imap, smtp = (
        os.environ[f"BENCH_{name}"] for name in ("IMAP_USER", "IMAP_PORT", "SMTP_PORT")
    )
    for key, value in (
        ("imap", f'"imap://{user}@127.0.0.1:{imap}"'),
        ("smtp", f'"smtp://127.0.0.1:{smtp}"'),
        ("smtp_connections", "8"),
        ("mails_per_hour", "1000000"),
    ):
        text = re.sub(rf"(?m)^#? ?{key} = .*$", f"{key} = {value}", text)
    _CONFIG.write_text(text.replace("foi@exampleshire.example", "foi@agency.example"))
    _as_foibot("migrate", "--config", str(_CONFIG))
    # A service that was started once has tried its templates; the first start of all is timed elsewhere.
    config = _config()
    _, store = open_store(config)
    usable_letterbook(config, store)


def _fill() -> None:
    _, store = open_store(_config())
    many = int(os.environ["BENCH_N"])
    for first in range(0, many, _TOGETHER):
        with store.transaction() as tx:
            for _ in range(first, min(first + _TOGETHER, many)):
                _old_case(tx, tx.cases.next_number(str(_FIRST.year), 1))


def _old_case(tx: Transaction, number: int) -> None:
    """A request that was acknowledged and answered: nothing of it is still to be done."""
    moment = _FIRST + timedelta(minutes=number)
    reference = f"{number:06}/19"
    message_id = f"<a.{number}@agency.example>"
    raw = _mail(number, reference, b"")
    written = AcknowledgementWritten(message_id, sha256(raw).hexdigest())
    came = f"Subject: Request\r\n\r\nRequest {number}\r\n".encode()
    received = replace(
        _received(number, reference, moment), message_sha256=sha256(came).hexdigest()
    )
    letter = StoredLetter(
        reference, 1, reference, f"{reference}: 42.", "", "letter.pdf", b"%PDF-1.7 "
    )
    answer = _mail(number, reference, letter.pdf)
    bound = fingerprint(
        subject=letter.subject,
        text=letter.text,
        html="",
        pdf=letter.pdf,
        recipient=received.requester_address,
    )
    events = (
        received,
        written,
        Drafted(1, "disclosure", bound, sha256(answer).hexdigest(), (), received.requester_address),
        Approved(1, bound, moment),
        LetterSent(1, f"<l.{number}@agency.example>", "250 ok"),
    )
    recorded = tx.ledger.append(
        [Happened(event, reference, "requester", "") for event in events],
        moment,
        f"{number:026}",
    )
    case = apply(None, recorded[0])
    tx.cases.add(case)
    tx.cases.move(case, recorded[1:])
    remember(tx, case)
    tx.inbox.keep([Arrived("INBOX", 1, number, moment, truncated=False, raw=came)], moment)
    for one in tx.inbox.waiting(1, 1):
        sender, words = case.requester.address, sha256(case.request_text.encode()).hexdigest()
        tx.inbox.settle(
            Settled(one.id, "request", "A1", "", reference, case.message_id, words, sender)
        )
    tx.letters.add(letter)
    mail = NewMail(
        kind=Kind.ACKNOWLEDGEMENT,
        state=ItemState.SENT,
        case_ref=reference,
        once=f"ack:{reference}",
        envelope_from="foi@agency.example",
        recipient=case.requester.address,
        message_id=message_id,
        raw=raw,
    )
    sent = replace(
        mail, kind=Kind.LETTER, once=f"letter:{reference}", message_id=f"<l.{number}@agency.example>",
        raw=answer, version=1,
    )  # fmt: skip
    tx.outbox.add([mail, sent], moment)


def _mail(number: int, reference: str, pdf: bytes) -> bytes:
    return compose(
        sender=Address("foi@agency.example"),
        recipient=Address(f"old.asker.{number}@mail.example"),
        words=Words(reference, f"{reference}: 42."),
        files=(File("letter.pdf", "application/pdf", pdf),) if pdf else (),
    )


def _received(number: int, reference: str, moment: datetime) -> Received:
    day, law = moment.date(), regime("foia")
    words = (
        _THINGS[number % 7],
        _DONE[number % 6],
        _PLACES[number % 5],
        1990 + number % 29,
        number,
    )
    return Received(
        reference=reference,
        number=number,
        year=2019,
        regime=law.key,
        received=day,
        received_at=moment,
        receipt_basis="the time the mailbox took it in",
        due=answer_by(law, day).due,
        internaldate=moment,
        their_date="",
        law="",
        message_sha256="",
        message_id=f"<old.{number}@mail.example>",
        references=(),
        requester_address=f"old.asker.{number}@mail.example",
        requester_name=f"Asker {number}",
        subject=f"Request about {words[0]}",
        request_text=_ASKED.format(*words),
    )


def _count() -> None:
    _, store = open_store(_config())
    with store.view() as tx:
        print(tx.cases.count())  # noqa: T201


def _config() -> Config:
    os.environ["FOIBOT_IMAP_PASSWORD"] = os.environ["BENCH_IMAP_PASSWORD"]
    return load(_CONFIG, os.environ)


def _as_foibot(*words: str) -> None:
    os.environ["FOIBOT_IMAP_PASSWORD"] = os.environ["BENCH_IMAP_PASSWORD"]
    sys.argv = ["foibot", *words]
    try:
        foibot()
    except SystemExit as end:
        if end.code:
            raise


_WORDS: dict[str, Callable[[], None]] = {
    "open": _open,
    "fill": _fill,
    "count": _count,
    "run": lambda: _as_foibot("run", "--config", str(_CONFIG)),
    "once": lambda: _as_foibot("run", "--once", "--config", str(_CONFIG)),
}

if __name__ == "__main__":
    _WORDS[sys.argv[1]]()
