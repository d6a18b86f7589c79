"""Moves an office's whole record into another, empty database, in one transaction, and counts it on both sides."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, Engine, Row, Table, func, insert, select, text

from foibot.errors import AdministratorMustFix
from foibot.store import database
from foibot.store.create import create
from foibot.store.ownership import own_the_office
from foibot.store.tables import metadata

_ROWS, _BYTES = 500, 8_000_000


class TargetInUse(AdministratorMustFix):
    """The database to copy into holds a record already; foibot writes over none. Name an empty one."""


class NothingToCopy(AdministratorMustFix):
    """There is no record in the database to copy from."""


class CopyDiffers(AdministratorMustFix):
    """What arrived is not what was copied. The new database was left empty; please report what happened."""


def copy(source: Engine, target: Engine) -> dict[str, int]:
    """Copy every row of every table; how many rows each table has.

    Nobody may work the office meanwhile: raises `AlreadyAtWork` if somebody does. Raises `NothingToCopy`,
    `TargetInUse`, or `DatabaseAtAnotherRevision` if either is at another revision; then nothing was copied.
    """
    if not database.revision(source):
        raise NothingToCopy
    database.require_revision(source)
    if not database.revision(target):
        create(target)
    database.require_revision(target)
    with own_the_office(source), own_the_office(target), database.read(source) as reading:
        with database.write(target) as writing:
            _require_empty(writing)
            for table in metadata.sorted_tables:
                _copy_table(table, reading, writing)
            counts = _counted(writing)
            if counts != _counted(reading):
                raise CopyDiffers
        return counts


def _require_empty(connection: Connection) -> None:
    if any(_counted(connection).values()):
        raise TargetInUse


def _counted(connection: Connection) -> dict[str, int]:
    return {
        table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
        for table in metadata.sorted_tables
    }


def _copy_table(table: Table, reading: Connection, writing: Connection) -> None:
    for rows in _bites(table, reading):
        writing.execute(insert(table), [dict(row._mapping) for row in rows])
    own_number = table.autoincrement_column
    if own_number is not None and writing.dialect.name == "postgresql":
        # Rows that bring their numbers leave the sequence where it was, at 1.
        last = f"SELECT setval(pg_get_serial_sequence('{table.name}', '{own_number.name}'), max({own_number.name})) FROM {table.name}"  # noqa: S608 - our own names
        writing.execute(text(last))


def _bites(table: Table, reading: Connection) -> Iterator[list[Row[tuple[object, ...]]]]:
    """Rows by the hundred, fewer where they hold mails: a table may be larger than the memory."""
    bite, size = [], 0
    query = select(table).order_by(*table.primary_key.columns)
    for row in reading.execute(query).yield_per(20):
        bite.append(row)
        size += sum(len(value) for value in row if isinstance(value, bytes))
        if len(bite) == _ROWS or size > _BYTES:
            yield bite
            bite, size = [], 0
    if bite:
        yield bite
