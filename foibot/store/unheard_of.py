"""Of many values at once, which ones no row has: of those nothing needs to be looked up one by one."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Column, Connection, Select, bindparam, select

Look = Select[str]


def look_for(column: Column[str], *where: object) -> Look:
    """The question which of the `values` a column has in the rows that are meant; built once."""
    these = column.in_(bindparam("values", expanding=True))
    return select(column).where(these, *where).distinct()  # type: ignore[arg-type]


class UnheardOf:
    """The values of one column that nothing has, as one transaction sees it.

    Who writes to an office is mostly somebody new. A value is heard of as soon as the transaction itself
    gives it to a row; whoever does so says it here.
    """

    def __init__(self, connection: Connection, look: Look) -> None:
        """Nothing is known of any value yet."""
        self._connection = connection
        self._look = look
        self._values: set[str] = set()

    def look(self, values: Collection[str]) -> None:
        """Find out about these values with one look."""
        wanted = {one for one in values if one}
        if wanted:
            found = self._connection.execute(self._look, {"values": sorted(wanted)}).scalars()
            self._values |= wanted - set(found)

    def heard(self, value: str) -> None:
        """A row has this value now."""
        self._values.discard(value)

    def __contains__(self, value: str) -> bool:
        """Whether it is certain that no row has it."""
        return value in self._values
