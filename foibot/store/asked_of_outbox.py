"""What is asked of the outbox for every mail, built once: to build it takes longer than to ask."""

from __future__ import annotations

from sqlalchemy import bindparam, func, insert, select, update

from foibot.outbox.item import FIRST, ItemState, Kind
from foibot.store.moment import Moment
from foibot.store.outgoing import COLUMNS
from foibot.store.tables import outbox
from foibot.store.unheard_of import look_for

ADD = insert(outbox)
OF_MAIL = update(outbox).where(outbox.c.id == bindparam("mail"))
ONCE = select(outbox.c.id).where(outbox.c.once == bindparam("key"))
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
ACKNOWLEDGEMENT_WAITS = (
    select(outbox.c.id)
    .where(
        outbox.c.state == ItemState.QUEUED,
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
