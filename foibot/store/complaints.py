"""Who has had mail of ours reported as abuse, so that no machine writes to them again (mail rule A18)."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import BindParameter, Connection, bindparam, select, union

from foibot.mail.triage import COMPLAINT
from foibot.store.tables import cases, inbox

_THESE: BindParameter[Collection[str]] = bindparam("addresses", expanding=True)
_BY = select(inbox.c.sender).where(inbox.c.sender.in_(_THESE), inbox.c.rule == COMPLAINT)
_ABOUT = (
    select(cases.c.requester)
    .join(inbox, inbox.c.case_ref == cases.c.reference)
    .where(cases.c.requester.in_(_THESE), inbox.c.rule == COMPLAINT)
)
_BY_OR_ABOUT = union(_BY, _ABOUT)


class Complaints:
    """The reports of abuse inside one transaction; they are messages in the inbox like any other."""

    def __init__(self, connection: Connection) -> None:
        """Reads through this connection alone."""
        self._connection = connection
        self._reported: dict[str, bool] = {}

    def look_for(self, addresses: Collection[str]) -> None:
        """Look for all of these addresses (lower case) at once; each is known then until the transaction ends."""
        wanted = [one for one in addresses if one not in self._reported]
        if wanted:
            rows = self._connection.execute(_BY_OR_ABOUT, {"addresses": wanted})
            found = set(rows.scalars())
            self._reported |= {one: one in found for one in wanted}

    def by_or_about(self, address: str) -> bool:
        """Whether a report came from this address (lower case), or was filed on one of its cases."""
        self.look_for([address])
        return self._reported[address]

    def note(self, *addresses: str) -> None:
        """Know of a report by or about these addresses that this transaction is about to file."""
        self._reported |= {address.lower(): True for address in addresses}
