"""A mail as it stands in the outbox, read from its row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from foibot.outbox.item import ItemState, Kind
from foibot.store.tables import outbox


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A mail as it stands in the outbox."""

    id: int
    kind: Kind
    case_ref: str
    version: int
    envelope_from: str
    recipient: str
    message_id: str
    state: ItemState
    not_before: datetime
    tries: int
    repeats: int
    code: int
    answer: str
    written_at: datetime
    dated_at: datetime | None
    tried_at: datetime | None
    raw_sha256: str


COLUMNS = [outbox.c[name] for name in Outgoing.__dataclass_fields__]
"""What is read of a mail's row to know how it stands."""


def read_outgoing(row: Any) -> Outgoing:
    """A mail from a row with its columns."""
    values = {name: getattr(row, name) for name in Outgoing.__dataclass_fields__}
    values["kind"] = Kind(values["kind"])
    values["state"] = ItemState(values["state"])
    return Outgoing(**values)
