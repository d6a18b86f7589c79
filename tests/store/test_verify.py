"""Whatever is changed, added, taken away or moved by hand is found: by the chain, or by what is held against it."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Connection, Table, inspect, text, update

from foibot.case.approval_events import OrderSigned
from foibot.case.colleague_events import FoundAway
from foibot.case.events import Noted, TopicListed
from foibot.desk.verify import verify
from foibot.store.absences import Away
from foibot.store.database import write
from foibot.store.tables import inbox, metadata
from foibot.store.transaction import Store
from tests.case.case_files import REFERENCE
from tests.store.store_tools import (
    NOW,
    append,
    arrived,
    digest,
    fill,
    issued,
    later,
    new_mail,
    open_case,
)


@pytest.fixture
def office(store: Store) -> Store:
    fill(store)
    return store


def by_hand(store: Store, *statements: str) -> None:
    """What somebody with the database's password might do."""
    with write(store._engine) as connection:
        for statement in statements:
            connection.execute(text(statement))


def test_a_record_that_nobody_touched_holds(office: Store) -> None:
    assert list(verify(office)) == []


def test_an_empty_record_holds(store: Store) -> None:
    assert list(verify(store)) == []


# Columns that help foibot to work. Changing one delays or repeats work, or makes it look again at what
# it knew, but falsifies no evidence: what the public was sent, when and where to, who approved it and
# when it was received are in the chain or in raw bytes. `message_id`, `body_hash` and `sender` of the
# inbox are read out of the raw bytes; `wordings` and `likenesses` out of the requests.
WORKING = {
    "inbox": {
        "id",
        "folder",
        "uidvalidity",
        "uid",
        "told",
        "fetched_at",
        "truncated",
        "attempts",
        "message_id",
        "body_hash",
        "sender",
        "subject",
        "topic",
        "conversation",
        "guesses",
    },
    "outbox": {
        "id",
        "place",
        "once",
        "subject_key",
        "not_before",  # later only delays; earlier than the time to undo is found, see below
        "tries",
        "repeats",
        "tried_at",
        "settled_at",
        "in_sent",
        "worker",  # who has it in hand until it is settled
    },
    "letter_files": {"place"},  # their order is in the fingerprint; a greater number keeps it
    "secrets": {"used_at", "revoked_at"},  # the case says what was decided, and refuses it twice
    "marks": {"folder", "uidvalidity", "next_uid"},
    "switches": {"name", "value", "at"},
    "holidays": {
        "day",
        "nation",
        "name",
        "source",
        "at",
    },  # `foibot holidays` shows where each is from
    "wordings": {"digest", "case_ref", "at"},
    "likenesses": {"mark", "at", "case_ref"},
    "undecided": {"message"},  # what the digest asks about; the message itself is in the chain
    "terms": {"term", "year", "number"},  # what `find` looks in, made anew from the mails
}
EVIDENCE = [
    (table, column.name)
    for table in metadata.tables
    for column in metadata.tables[table].columns
    if column.name not in WORKING.get(table, set()) and (table, column.name) != ("chain", "name")
]


def flipped(value: object) -> object:
    """The value with as little changed as can be."""
    match value:
        case bool():
            return not value
        case int():
            return value + 1
        case bytes():
            return bytes([value[0] ^ 1]) + value[1:]
        case str():
            # A letter in the middle: JSON and moments stay readable, hashes stay hexadecimal.
            at = next((n for n, one in enumerate(value) if n >= len(value) // 2 and one in "abcdefghimnorst01234567"), -1)  # fmt: skip
            return "x" if at < 0 else value[:at] + chr(ord(value[at]) + 1) + value[at + 1 :]
        case _:
            raise AssertionError(value)


def change_one(connection: Connection, table: Table, column: str) -> None:
    """Change the last row's column a little, going round the types of the columns."""
    quoted = f'"{column}"'
    key = next(iter(table.primary_key.columns)).name
    row = connection.execute(
        text(f'SELECT {quoted}, "{key}" FROM {table.name} ORDER BY "{key}" DESC LIMIT 1')  # noqa: S608
    ).one()
    value = row[0].isoformat() if hasattr(row[0], "isoformat") else row[0]
    if isinstance(value, memoryview):
        value = bytes(value)
    if column in {"truncated", "done", "in_sent"}:
        value = bool(value)
    found = connection.execute(
        text(f'UPDATE {table.name} SET {quoted} = :value WHERE "{key}" = :key'),  # noqa: S608
        {"value": flipped(value), "key": row[1]},
    )
    assert found.rowcount == 1


@pytest.mark.parametrize(("table", "column"), EVIDENCE)
def test_one_changed_byte_is_found(office: Store, table: str, column: str) -> None:
    if table == "topics":
        list_topic(office)
    if table == "absences":
        find_away(office)
    if table == "signatures":
        sign_order(office)
    with write(office._engine) as connection:
        change_one(connection, metadata.tables[table], column)
    assert list(verify(office))


def find_away(office: Store) -> None:
    back, cleo, dora = date(2021, 1, 5), "cleo@exampleshire.example", "dora@exampleshire.example"
    with office.transaction() as tx:
        case = tx.cases.lock(REFERENCE)
        tx.cases.move(case, append(tx, FoundAway(back, cleo, dora)))
        tx.absences.put(Away(cleo, back, dora))


def test_who_is_away_is_what_the_chain_says(office: Store) -> None:
    find_away(office)
    assert list(verify(office)) == []
    with office.transaction() as tx:
        tx.absences.forget(date(2021, 1, 5))
        assert tx.absences.every() == []
    assert list(verify(office)) == []


def sign_order(office: Store) -> None:
    with office.transaction() as tx:
        case = tx.cases.lock(REFERENCE)
        moved = append(tx, OrderSigned("a" * 64, "b" * 64, "c" * 64))
        tx.cases.move(case, moved)
        tx.signatures.use("a" * 64, "c" * 64, moved[-1].at)


def test_used_signatures_are_what_the_chain_says(office: Store) -> None:
    sign_order(office)
    assert list(verify(office)) == []


def list_topic(office: Store) -> None:
    with office.transaction() as tx:
        case = tx.cases.lock(REFERENCE)
        tx.cases.move(case, append(tx, TopicListed("Plots", ("thwarted plot",), "23(5)")))
        tx.topics.put("Plots", ["thwarted plot"], "23(5)", REFERENCE, NOW)


def test_every_column_is_either_evidence_or_named_as_working(engine_tables: set[str]) -> None:
    for table, columns in WORKING.items():
        assert columns <= set(metadata.tables[table].columns.keys())
    assert engine_tables == set(metadata.tables)


@pytest.fixture
def engine_tables(store: Store) -> set[str]:
    return set(inspect(store._engine).get_table_names()) - {"alembic_version"}


@pytest.mark.parametrize("seq", [1, 2, 5, 9])
@pytest.mark.parametrize("column", ["public", "kind", "at", "by", "hash", "private"])
def test_what_was_made_unreadable_is_told_and_ends_no_check(
    office: Store, seq: int, column: str
) -> None:
    by_hand(office, f"UPDATE events SET \"{column}\" = '{{' WHERE seq = {seq}")  # noqa: S608
    with office.view() as tx:
        assert list(tx.ledger.breaks())
    assert list(verify(office))


@pytest.mark.parametrize(
    ("statements", "complaint"),
    [
        (["DELETE FROM events WHERE seq = 4"], "event 4 is missing"),
        (["DELETE FROM events WHERE seq = 1"], "event 1 is missing"),
        (["DELETE FROM events WHERE seq = 9"], "the chain ends at event 8, its head says 9"),
        (["DELETE FROM events"], "the chain ends at event 0, its head says 9"),
        (["DELETE FROM chain"], "the chain ends at event 9, its head says nothing"),
        (
            ["DELETE FROM events WHERE seq = 9", "UPDATE chain SET seq = 8"],
            "the chain ends at event 8, its head says 8",
        ),
        (
            [
                "UPDATE events SET seq = 100 WHERE seq = 3",
                "UPDATE events SET seq = 3 WHERE seq = 4",
                "UPDATE events SET seq = 4 WHERE seq = 100",
            ],
            "event 3 (AcknowledgementWritten on 000042/20) does not match its hash",
        ),
        (
            ['INSERT INTO events SELECT 10, at, case_ref, kind, "by", cause, public, private, private_sha256, hash FROM events WHERE seq = 9'],
            "event 10 (Noted on 000042/20) does not match its hash",
        ),
        (
            ["UPDATE events SET private = '{}' WHERE seq = 9"],
            "the private part of event 9 (000042/20) was changed",
        ),
        (
            ["UPDATE events SET private = '{}' WHERE seq = 2"],
            "the private part of event 2 (no case) was changed",
        ),
        (["DELETE FROM inbox WHERE id = 1"], "a message of the chain (request, 000042/20) is not"),
        (["DELETE FROM inbox WHERE id = 2"], "a message of the chain (unmatched, no case) is not"),
        (["UPDATE inbox SET done = NOT done WHERE id = 2"], "a message of the chain (unmatched,"),
        (["DELETE FROM outbox WHERE id = 1"], "a mail of the chain (acknowledgement, 000042/20)"),
        (["DELETE FROM outbox WHERE id = 3"], "a mail of the chain (letter, 000042/20)"),
        (["DELETE FROM letters"], "version 1 of the letter on 000042/20 is missing"),
        (["DELETE FROM cases"], "case 000042/20 has events but no row"),
        (["UPDATE outbox SET state = 'queued' WHERE id = 3"], "is sent, but its mail is queued"),
        (["UPDATE outbox SET recipient = 'x' WHERE id = 3"], "version 1 of the letter on 000042/20 was changed"),
        (["UPDATE outbox SET message_id = 'x' WHERE id = 3"], "mail 3 in the outbox was sent with another"),
        (["UPDATE outbox SET message_id = 'x' WHERE id = 1"], "mail 1 in the outbox (acknowledgement)"),
        (["UPDATE outbox SET kind = 'notice' WHERE id = 3"], "mail 3 in the outbox (notice) is not"),
        (["UPDATE outbox SET recipient = 'eve@elsewhere.example' WHERE id = 1"], "mail 1 in the outbox goes to or comes from another address"),
        (["UPDATE outbox SET recipient = 'eve@elsewhere.example' WHERE id = 2"], "mail 2 in the outbox goes to or comes from another address"),
        (["UPDATE outbox SET envelope_from = 'eve@elsewhere.example' WHERE id = 1"], "mail 1 in the outbox goes to or comes from another"),
        (["UPDATE outbox SET answer = '250 never' WHERE id = 3"], "mail 3 in the outbox was answered otherwise"),
        (["UPDATE outbox SET code = 550 WHERE id = 3"], "mail 3 in the outbox was answered otherwise"),
        (["UPDATE outbox SET dated_at = '2020-12-01T09:30:00.000000Z' WHERE id = 3"], "mail 3 in the outbox was sent with another date"),
        (["UPDATE outbox SET not_before = '2020-12-08T10:30:01.000000Z' WHERE id = 3"], "may leave before the time to undo"),
        (["UPDATE letters SET pdf_name = 'secret-plot.pdf'"], "names a file that its mail does not hold like that"),
        (["UPDATE letter_files SET content_type = 'text/plain'"], "names a file that its mail does not hold like that"),
        (["UPDATE letter_files SET name = 'other.csv'"], "version 1 of the letter on 000042/20 was changed"),
        (["UPDATE counters SET value = 43"], "the counter of references of 2020 stands at 43"),
        (["DELETE FROM counters"], "the counter of references of 2020 stands at 0"),
        (["UPDATE counters SET name = '2021'"], "the counter of references of 2020 stands at 0"),
        (["UPDATE secrets SET version = 2"], "what a reply to mail 2 may decide was changed"),
        (["DELETE FROM secrets"], "what a reply to mail 2 may decide was changed"),
        (["INSERT INTO topics VALUES ('Dogs', 'dog', '', '000042/20', '2020-12-08T10:30:00.000000Z')"], "the register of topics differs"),
        (["UPDATE inbox SET arrived_at = '2020-12-09T09:30:00.000000Z' WHERE id = 3"], "message 3 in the inbox (followup) is not in the chain"),
        (["UPDATE inbox SET rule = 'A1' WHERE id = 2"], "message 2 in the inbox (unmatched) is not"),
        (["UPDATE inbox SET case_ref = '' WHERE id = 1"], "message 1 in the inbox (request) is not"),
        (["UPDATE letters SET version = 2"], "version 2 of the letter on 000042/20 is not in the chain"),
        (["UPDATE cases SET folded = '{'"], "case 000042/20 differs from what its events leave"),
        (["UPDATE cases SET requester = 'x'"], "case 000042/20 differs from what its events leave"),
    ],
)  # fmt: skip
def test_what_is_said(office: Store, statements: list[str], complaint: str) -> None:
    by_hand(office, *statements)
    found = list(verify(office))
    assert any(complaint in one for one in found), found


def test_a_mail_put_into_the_outbox_by_hand_is_found(office: Store) -> None:
    with office.transaction() as tx:
        tx.outbox.add([new_mail(9)], later(days=1))
    assert list(verify(office)) == ["mail 4 in the outbox (notice) is not in the chain like that"]


def test_a_waiting_message_needs_no_entry_yet(office: Store) -> None:
    with office.transaction() as tx:
        tx.inbox.keep([arrived(4)], later(days=1))
    assert list(verify(office)) == []


def test_a_message_changed_along_with_its_digest_is_found(office: Store) -> None:
    forged = b"From: Sam\n\nNothing.\n"
    with write(office._engine) as connection:
        step = update(inbox).where(inbox.c.id == 1).values(raw=forged, raw_sha256=digest(forged))
        connection.execute(step)
    assert "message 1 in the inbox (request) is not in the chain like that" in list(verify(office))


def test_a_secret_added_by_hand_is_found(office: Store) -> None:
    with office.transaction() as tx:
        tx.secrets.issue([issued(9)], NOW)
    assert list(verify(office)) == [
        "1 of the secrets that replies prove themselves with belong to no notice"
    ]


@pytest.mark.parametrize(
    ("numbers", "counted", "holds"),
    [
        ((43, 44), {"2020": 44}, True),
        ((43, 45), {"2020": 45}, False),  # 44 was left out
        ((43, 44), {"2020": 43}, False),
        ((43, 44), {"all": 44}, True),
        ((43, 44), {"all": 45}, False),
        ((43, 44), {"2020": 43, "all": 44}, True),  # the pattern was changed on the way
        ((43, 44), {"2020": 43, "all": 45}, False),
    ],
)
def test_the_counters_stand_where_the_cases_leave_them(
    office: Store, numbers: tuple[int, ...], counted: dict[str, int], holds: bool
) -> None:
    with office.transaction() as tx:
        for number in numbers:
            open_case(tx, number)
    by_hand(
        office,
        "DELETE FROM counters",
        *(f"INSERT INTO counters VALUES ('{name}', {value})" for name, value in counted.items()),  # noqa: S608
    )
    told = [one for one in verify(office) if "counter" in one]
    assert (not told) is holds


def test_erased_words_do_not_break_the_chain(office: Store) -> None:
    by_hand(office, "UPDATE events SET private = NULL")
    with office.view() as tx:
        assert list(tx.ledger.breaks()) == []
        [case] = [one.event for one in tx.ledger.of_case(REFERENCE)][:1]
    assert case.requester_name == ""  # type: ignore[attr-defined]
    with office.transaction() as tx:
        assert tx.cases.rebuild(tx.ledger) == 1
    assert list(verify(office)) == []


def test_a_changed_event_does_not_stop_the_next_from_being_checked(office: Store) -> None:
    by_hand(office, "UPDATE events SET cause = 'x' WHERE seq IN (3, 5)")
    with office.view() as tx:
        found = list(tx.ledger.breaks())
    assert [one.split(" (")[0] for one in found] == ["event 3", "event 5"]


def test_the_chain_goes_on_after_many_transactions(office: Store) -> None:
    for _ in range(3):
        with office.transaction() as tx:
            case = tx.cases.lock(REFERENCE)
            tx.cases.move(case, append(tx, Noted("Called."), Noted("Called again.")))
    assert list(verify(office)) == []
    with office.view() as tx:
        assert [one.seq for one in tx.ledger.all()] == list(range(1, 16))
