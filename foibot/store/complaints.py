"""Who has had mail of ours reported as abuse, so that no machine writes to them again (mail rule A18)."""

from __future__ import annotations

from sqlalchemy import Connection, select

from foibot.mail.triage import COMPLAINT
from foibot.store.tables import cases, inbox


class Complaints:
    """The reports of abuse inside one transaction; they are messages in the inbox like any other."""

    def __init__(self, connection: Connection) -> None:
        """Reads through this connection alone."""
        self._connection = connection

    def by_or_about(self, address: str) -> bool:
        """Whether a report came from this address (lower case), or was filed on one of its cases."""
        by = select(inbox.c.id).where(inbox.c.sender == address, inbox.c.rule == COMPLAINT)
        about = (
            select(inbox.c.id)
            .join(cases, inbox.c.case_ref == cases.c.reference)
            .where(cases.c.requester == address, inbox.c.rule == COMPLAINT)
        )
        return any(self._connection.execute(one.limit(1)).first() for one in (by, about))
