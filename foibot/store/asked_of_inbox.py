"""What is asked of the inbox for every message, built once: to build it takes longer than to ask."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, insert, select, update

from foibot.store.tables import inbox
from foibot.store.unheard_of import look_for


def _oldest(which: ColumnElement[bool]) -> Select[Any]:
    """The oldest of these messages that no other worker has in hand."""
    query = select(inbox).where(which).order_by(inbox.c.id).limit(bindparam("most"))
    return query.with_for_update(skip_locked=True)


WAITING = _oldest(~inbox.c.done)
UNTOLD = _oldest(~inbox.c.told)
# Counted in any case, or SQLite would look through every message in the order in which they came.
NOT_DONE, NOT_TOLD = (
    select(func.count(), func.min(inbox.c.fetched_at)).where(~flag)
    for flag in (inbox.c.done, inbox.c.told)
)
KEEP = insert(inbox)
THERE = select(inbox.c.id).where(
    inbox.c.folder == bindparam("in_folder"),
    inbox.c.uidvalidity == bindparam("of_epoch"),
    inbox.c.uid == bindparam("with_uid"),
)
OF_MESSAGE = update(inbox).where(inbox.c.id == bindparam("message"))
TWINS = (
    select(inbox.c.disposition, inbox.c.subject)
    .where(
        inbox.c.message_id == bindparam("with_id"),
        inbox.c.body_hash == bindparam("with_text"),
        # As an expression: by the index of sender and text, all that a sender ever wrote alike is looked through.
        inbox.c.sender.concat("") == bindparam("from_sender"),
        inbox.c.done,
        inbox.c.id != bindparam("message"),
        inbox.c.rule != bindparam("but"),
    )
    .distinct()
    # Whoever uses one Message-ID for ever must not make every message look through all of them.
    .limit(50)
)
SAME_TEXT = (
    select(inbox.c.case_ref)
    .where(
        inbox.c.sender == bindparam("from_sender"),
        inbox.c.body_hash == bindparam("with_text"),
        inbox.c.arrived_at >= bindparam("since"),
        inbox.c.done,
        inbox.c.case_ref != "",
    )
    # As the index has them: by their numbers alone, every one would be read to find the first.
    .order_by(inbox.c.arrived_at, inbox.c.id)
    .limit(1)
)
SAME_BYTES = (
    select(inbox.c.id)
    .where(
        inbox.c.raw_sha256 == bindparam("digest"),
        inbox.c.done,
        inbox.c.id != bindparam("message"),
        inbox.c.rule != bindparam("but"),
    )
    .limit(1)
)
NEWEST_WITH_TEXT = (
    select(inbox.c.case_ref)
    .where(
        inbox.c.sender == bindparam("from_sender"),
        inbox.c.body_hash == bindparam("with_text"),
        inbox.c.done,
        inbox.c.case_ref != "",
    )
    .order_by(inbox.c.arrived_at.desc(), inbox.c.id.desc())
    .limit(1)
)
BYTES = look_for(inbox.c.raw_sha256, inbox.c.done)
IDS = look_for(inbox.c.message_id)
SENDERS = look_for(inbox.c.sender)
