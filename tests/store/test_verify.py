"""Whatever is changed, added, taken away or moved by hand is found: by the chain, or by what is held against it."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection, Table, inspect, text, update

from foibot.case.events import Noted
from foibot.desk.verify import verify
from foibot.store.database import write
from foibot.store.tables import inbox, metadata
from foibot.store.transaction import Store
from tests.case.case_files import REFERENCE
from tests.store.store_tools import append, arrived, digest, fill, later, new_mail


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


# Columns that help foibot to work. Changing one delays or repeats work, but falsifies no evidence:
# what the public was sent, who approved it and when it was received are in the chain or in raw bytes.
WORKING = {
    "inbox": {
        "id",
        "folder",
        "uidvalidity",
        "uid",
        "arrived_at",
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
        "envelope_from",
        "subject_key",
        "bounce_token",
        "not_before",
        "tries",
        "repeats",
        "code",
        "answer",
        "written_at",
        "dated_at",
        "tried_at",
        "settled_at",
        "in_sent",
    },
    "letters": {"pdf_name"},
}
EVIDENCE = [
    (table, column.name)
    for table in ("events", "chain", "inbox", "outbox", "letters", "cases")
    for column in metadata.tables[table].columns
    if column.name not in WORKING.get(table, set()) | {"name"}
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
    with write(office._engine) as connection:
        change_one(connection, metadata.tables[table], column)
    assert list(verify(office))


def test_every_column_is_either_evidence_or_named_as_working(engine_tables: set[str]) -> None:
    for table, columns in WORKING.items():
        assert columns < set(metadata.tables[table].columns.keys())
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
