"""What is asked of the outbox for every mail, built once: to build it takes longer than to ask."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, func, insert, select, update

from foibot.outbox.item import FIRST, ItemState, Kind
from foibot.store.moment import Moment
from foibot.store.outgoing import COLUMNS
from foibot.store.tables import outbox
from foibot.store.unheard_of import look_for

ADD = insert(outbox)
OF_MAIL = update(outbox).where(outbox.c.id == bindparam("mail"))
ONCE = select(outbox.c.id).where(outbox.c.once == bindparam("key"))
FOUND = select(*COLUMNS).where(outbox.c.id == bindparam("mail"))
BY_MESSAGE_ID = select(*COLUMNS).where(
    outbox.c.message_id.in_(bindparam("message_ids", expanding=True))
)
LETTER = select(*COLUMNS).where(
    outbox.c.case_ref == bindparam("of_case"),
    outbox.c.version == bindparam("of_version"),
    outbox.c.kind == Kind.LETTER,
)
OF_CASE = select(*COLUMNS).where(outbox.c.case_ref == bindparam("of_case")).order_by(outbox.c.id)
RAW = select(outbox.c.raw).where(outbox.c.id == bindparam("mail"))
CHANGE = OF_MAIL.where(outbox.c.state.in_(bindparam("was", expanding=True)))
FROZEN = select(outbox.c.id, outbox.c.raw, outbox.c.raw_sha256).where(
    outbox.c.id.in_(bindparam("mails", expanding=True))
)
CLAIM = (
    update(outbox)
    .where(outbox.c.id.in_(bindparam("mails", expanding=True)), outbox.c.state == ItemState.QUEUED)
    .values(
        state=ItemState.SENDING.value,
        worker=bindparam("by"),
        tries=outbox.c.tries + 1,
        tried_at=bindparam("now"),
        dated_at=func.coalesce(outbox.c.dated_at, bindparam("now", type_=Moment)),
    )
    .returning(outbox.c.id)
)
ACKNOWLEDGED = select(outbox.c.subject_key).where(
    outbox.c.recipient == bindparam("to_whom"),
    outbox.c.kind == Kind.ACKNOWLEDGEMENT,
    outbox.c.written_at >= bindparam("since"),
)
PROMOTE = (
    update(outbox)
    .where(outbox.c.state == ItemState.APPROVED, outbox.c.not_before <= bindparam("now"))
    .values(state=ItemState.QUEUED.value)
)
NEXT = (
    select(*COLUMNS)
    .where(outbox.c.state == ItemState.QUEUED, outbox.c.not_before <= bindparam("now"))
    .order_by(outbox.c.place, outbox.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
NEXT_IN = NEXT.where(outbox.c.place.in_(bindparam("places", expanding=True)))
TRIED = select(func.count()).select_from(outbox).where(outbox.c.tried_at >= bindparam("since"))
RECIPIENTS = look_for(outbox.c.recipient)
ACKNOWLEDGEMENT_LEAVES = (
    select(outbox.c.id)
    .where(
        outbox.c.state.in_((ItemState.QUEUED, ItemState.SENDING)),
        outbox.c.place == FIRST[Kind.ACKNOWLEDGEMENT],
        outbox.c.not_before <= bindparam("now"),
    )
    .limit(1)
)
EACH = (
    select(*COLUMNS)
    .where(outbox.c.id.in_(bindparam("mails", expanding=True)))
    .order_by(outbox.c.place, outbox.c.id)
)
BACKLOG = select(func.count(), func.min(outbox.c.not_before)).where(
    outbox.c.state == ItemState.QUEUED, outbox.c.not_before <= bindparam("now")
)


@cache
def in_state(*, of_kind: bool, of_worker: bool) -> Select[Any]:
    """Every mail in some states, or of them those of one kind or one worker, in the order in which they leave."""
    query = select(*COLUMNS).where(outbox.c.state.in_(bindparam("states", expanding=True)))
    if of_kind:
        # Each kind has a place of its own. Asked by the kind itself, SQLite reads every mail of it that ever left.
        query = query.where(outbox.c.place == bindparam("of_place"))
    if of_worker:
        query = query.where(outbox.c.worker == bindparam("of_worker"))
    return query.order_by(outbox.c.place, outbox.c.id)
