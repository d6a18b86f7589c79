"""The last mail that left for somebody outside, for a report that names only whom it could not reach."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select

from foibot.outbox.item import ItemState, Kind
from foibot.store.outgoing import Outgoing, read_outgoing
from foibot.store.tables import outbox

_KINDS = (Kind.ACKNOWLEDGEMENT.value, Kind.LETTER.value)
_LEFT = (ItemState.SENT.value, ItemState.UNCERTAIN.value)
_ACKNOWLEDGED = select(outbox.c.recipient, outbox.c.id, outbox.c.tried_at).where(
    outbox.c.recipient.in_(bindparam("to_whom", expanding=True)),
    outbox.c.kind == Kind.ACKNOWLEDGEMENT,
    outbox.c.tried_at >= bindparam("since"),
)


class LastMail:
    """What left last for whom, inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Reads through this connection alone."""
        self._connection = connection

    def acknowledged(
        self, recipients: Collection[str], since: datetime
    ) -> dict[str, dict[int, datetime]]:
        """For each address, when which acknowledgement was last given to the server since a moment, by its number."""
        found: dict[str, dict[int, datetime]] = {one: {} for one in recipients}
        of_these = {"to_whom": sorted(recipients), "since": since}
        for row in self._connection.execute(_ACKNOWLEDGED, of_these):
            found[row.recipient][row.id] = row.tried_at
        return found

    def to(self, recipients: Sequence[str], since: datetime) -> list[Outgoing]:
        """For each of these addresses, the newest acknowledgement or letter written since a moment that left."""
        newest = (
            select(func.max(outbox.c.id))
            .where(
                outbox.c.recipient.in_(recipients),
                outbox.c.kind.in_(_KINDS),
                outbox.c.state.in_(_LEFT),
                outbox.c.written_at >= since,
            )
            .group_by(outbox.c.recipient)
        )
        query = select(outbox).where(outbox.c.id.in_(newest)).order_by(outbox.c.id)
        return [read_outgoing(row) for row in self._connection.execute(query)]
