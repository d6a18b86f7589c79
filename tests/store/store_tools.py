"""A small office on record: three messages, a case with a letter that was sent, and what the officers were told."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256

from foibot.case import events as e
from foibot.case import letter_events as le
from foibot.case.case import Case
from foibot.case.enclosure import EnclosedFile
from foibot.case.lifecycle import fold
from foibot.letters.fingerprint import fingerprint
from foibot.mail.compose import File, Words, compose
from foibot.mail.message import Address
from foibot.outbox.item import ItemState, Kind
from foibot.store.inbox import Arrived, Settled
from foibot.store.ledger import Happened
from foibot.store.letters import StoredLetter
from foibot.store.outbox import NewMail, Result
from foibot.store.secrets import Issued, allows
from foibot.store.transaction import Store, Transaction
from tests.case.case_files import JANE, RECEIVED_AT, REFERENCE, TOM, received

NOW = RECEIVED_AT + timedelta(hours=1)
SAM = "sam@elsewhere.example"
NONCE = "n" * 26


def later(**by: float) -> datetime:
    return NOW + timedelta(**by)


def digest(raw: bytes) -> str:
    return sha256(raw).hexdigest()


def arrived(uid: int, raw: bytes = b"Subject: hello\n\nHow many?\n", **changes: object) -> Arrived:
    facts: dict[str, object] = {
        "folder": "INBOX",
        "uidvalidity": 1,
        "uid": uid,
        "arrived_at": RECEIVED_AT,
        "truncated": False,
        "raw": raw,
    }
    return Arrived(**{**facts, **changes})  # type: ignore[arg-type]


def settled(row: int, **changes: object) -> Settled:
    facts: dict[str, object] = {
        "id": row,
        "disposition": "unmatched",
        "rule": "B6",
        "evidence": "no single clean sender address in From",
        "case_ref": "",
        "message_id": f"<m{row}@elsewhere.example>",
        "body_hash": f"{row:064x}",
        "sender": SAM,
    }
    return Settled(**{**facts, **changes})  # type: ignore[arg-type]


def written_mail(to: str, subject: str, *files: File) -> bytes:
    office = Address("foi@exampleshire.example")
    return compose(
        sender=office, recipient=Address(to), words=Words(subject, "Words."), files=files
    )


def new_mail(n: int = 1, **changes: object) -> NewMail:
    facts: dict[str, object] = {
        "kind": Kind.NOTICE,
        "state": ItemState.QUEUED,
        "case_ref": REFERENCE,
        "once": f"key {n}",
        "envelope_from": "foi@exampleshire.example",
        "recipient": JANE,
        "message_id": f"<o{n}@exampleshire.example>",
        "raw": written_mail(JANE, f"mail {n}"),
    }
    return NewMail(**{**facts, **changes})  # type: ignore[arg-type]


def issued(n: int = 1, **changes: object) -> Issued:
    facts: dict[str, object] = {
        "secret": f"secret{n:020}",
        "in_subject": f"short{n:011}",
        "officer": TOM,
        "case": REFERENCE,
        "version": 1,
        "expires_at": later(days=30),
    }
    return Issued(**{**facts, **changes})  # type: ignore[arg-type]


def append(
    tx: Transaction, *events: e.Event, case: str = REFERENCE, by: str = JANE
) -> list[e.Recorded]:
    happened = [Happened(event, case, by, "") for event in events]
    return tx.ledger.append(happened, NOW, NONCE)


def open_case(tx: Transaction, number: int = 42) -> Case:
    """A new case with this number."""
    reference = f"{number:06}/20"
    event = received(reference=reference, number=number)
    [recorded] = append(tx, event, case=reference, by="requester")
    return add_case(tx, recorded)


def add_case(tx: Transaction, recorded: e.Recorded) -> Case:
    case = fold([recorded])
    assert case is not None
    tx.cases.add(case)
    return case


REQUEST, STRAY, REPLY = b"From: Sam\n\nHow many?\n", b"From: ?\n\nWho?\n", b"From: Sam\n\nWell?\n"
ENCLOSED = EnclosedFile("figures.csv", "text/csv", b"year,number\n")
WORDS = StoredLetter(REFERENCE, 1, "Your request", "Dear Sam", "<p>Dear Sam</p>", "letter.pdf", b"%PDF", (ENCLOSED,))  # fmt: skip
ACK, NOTICE = written_mail(SAM, "ack"), written_mail(JANE, "notice")
LETTER = written_mail(
    SAM,
    "letter",
    File("letter.pdf", "application/pdf", b"%PDF"),
    File(ENCLOSED.name, ENCLOSED.content_type, ENCLOSED.content),
)
SECRET = issued(2, officer=JANE)
NOTICE_ID = f"<foi.000042-20.draft.{SECRET.secret}@exampleshire.example>"


def fill(store: Store) -> None:
    """Everything that a first request, its acknowledgement, a letter and its sending leave behind."""
    with store.transaction() as tx:
        tx.inbox.keep([arrived(1, REQUEST), arrived(2, STRAY), arrived(3, REPLY)], NOW)
        assert tx.cases.next_number("2020", 42) == 42
        event = received(message_sha256=digest(REQUEST), internaldate=RECEIVED_AT)
        [recorded] = append(tx, event, by="requester")
        case = add_case(tx, recorded)
        stray = e.MailFiled(digest(STRAY), "unmatched", "B6", settled(2).evidence, RECEIVED_AT)
        append(tx, stray, case="", by="foibot")
        _settle_messages(tx)
        steps = [
            e.MailFiled(
                digest(REPLY), "followup", "D4", "it answers a mail of this case", RECEIVED_AT
            ),
            e.AcknowledgementWritten("<o1@exampleshire.example>", digest(ACK)),
            e.MailQueued("notice", digest(NOTICE_ID.encode()), digest(NOTICE), allows(SECRET, NOW)),
            _drafted(),
            le.Approved(1, _drafted().fingerprint, later(minutes=10)),
            le.LetterSent(1, "<o3@exampleshire.example>", "250 ok", later(minutes=10)),
            e.Noted("Sam Smith called."),
        ]
        tx.cases.move(case, append(tx, *steps, by="foibot"))
        tx.secrets.issue([SECRET], NOW)
        tx.letters.add(WORDS)
        _write_mails(tx)


def _settle_messages(tx: Transaction) -> None:
    request = settled(1, disposition="request", rule="A1", evidence="new", case_ref=REFERENCE)
    reply = settled(
        3,
        disposition="followup",
        rule="D4",
        evidence="it answers a mail of this case",
        case_ref=REFERENCE,
    )
    for one in (request, settled(2), reply):
        tx.inbox.settle(one)


def _drafted() -> le.Drafted:
    bound = fingerprint(
        subject=WORDS.subject, text=WORDS.text, html=WORDS.html, pdf=WORDS.pdf, recipient=SAM,
        attachments=((ENCLOSED.name, ENCLOSED.content),),
    )  # fmt: skip
    return le.Drafted(1, "ncnd", bound, digest(LETTER), ("23(5)",), SAM, (("harm", "None."),))


def _write_mails(tx: Transaction) -> None:
    token = "t" * 16
    bounces = {"bounce_token": token, "envelope_from": f"foi+b-{token}@exampleshire.example"}
    ack = new_mail(1, kind=Kind.ACKNOWLEDGEMENT, recipient=SAM, raw=ACK, **bounces)
    notice = new_mail(2, raw=NOTICE, message_id=NOTICE_ID)
    letter = new_mail(
        3, kind=Kind.LETTER, recipient=SAM, raw=LETTER, version=1, not_before=later(minutes=10),
        **bounces,
    )  # fmt: skip
    tx.outbox.add([ack, notice, letter], NOW)
    for mail in tx.outbox.claim(tx.outbox.intact([1, 2, 3]), later(minutes=10)):
        tx.outbox.settle(
            [Result(mail.mail.id, ItemState.SENT, None, repeat=False, code=250, answer="250 ok")],
            later(minutes=1),
        )
