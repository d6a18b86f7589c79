"""Rows that are kept back until somebody looks for one of them or the transaction ends, so that many are one statement."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection
from sqlalchemy.sql.dml import UpdateBase


class KeptBack:
    """The rows of one statement that are still to be written.

    A look at the database has to see what this transaction did before it. A look by a value that none of the
    rows has would not find them anyway, so that it need not wait for them.
    """

    def __init__(self, connection: Connection, statement: UpdateBase) -> None:
        """Nothing is kept back yet."""
        self._connection = connection
        self._statement = statement
        self._rows: list[Mapping[str, object]] = []

    def add(self, row: Mapping[str, object]) -> None:
        """Keep back a row, given as the parameters of the statement; every row has the same ones."""
        self._rows.append(row)

    def write(self) -> Connection:
        """Write what was kept back; the connection, to read whatever there is."""
        rows, self._rows = self._rows, []
        if rows:
            self._connection.execute(self._statement, rows)
        return self._connection

    def for_a_look_at(self, column: str, *values: object) -> Connection:
        """The connection, to read only rows with one of these values in a column."""
        if any(row[column] in values for row in self._rows):
            return self.write()
        return self._connection
