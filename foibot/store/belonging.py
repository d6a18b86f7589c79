"""Whose record this is: the mailbox and the authority that it is kept for, as whoever first worked it wrote down."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Engine

from foibot.errors import AdministratorMustFix
from foibot.store import database
from foibot.store.switches import Switches
from foibot.store.transaction import Store

_KEPT_FOR: Final = "kept for"
_READ_AT: Final = "read at"


class AnotherOffices(AdministratorMustFix):
    """The record in this database is kept for another office."""


@dataclass(frozen=True, slots=True)
class Belonging:
    """What makes an office that office, whatever its servers and passwords: its mailbox's address, and its name."""

    address: str
    name: str

    def is_same(self, other: Belonging) -> bool:
        """Whether both are one office; capitals and spaces make no difference."""
        return _folded(self) == _folded(other)

    def __str__(self) -> str:
        """For administrators, on one line."""
        return f"{self.name} ({self.address})"


def kept_for(switches: Switches) -> Belonging | None:
    """Whose the record is; None for one that nobody has worked yet, or not since foibot writes that down."""
    switch = switches.get(_KEPT_FOR)
    return Belonging(**json.loads(switch.value)) if switch else None


def require_own(engine: Engine, office: Belonging) -> None:
    """Raises `AnotherOffices` if there is a record, at whatever revision, that is kept for another office."""
    if database.revision(engine):
        with database.read(engine) as connection:
            _require(kept_for(Switches(connection)), office)


def take(store: Store, office: Belonging, now: datetime) -> None:
    """Write down that the record is kept for this office, unless it is known whose it is.

    Raises `AnotherOffices` if it is another's. Of two that come at once the second one finds the first.
    """
    with store.view() as tx:
        known = kept_for(tx.switches)
    if known is None:
        with store.transaction() as tx:
            tx.switches.set_if_absent(_KEPT_FOR, _written(office), now)
            known = kept_for(tx.switches)
    _require(known, office)


def hand_over(store: Store, office: Belonging, formerly: str, now: datetime) -> Belonging | None:
    """Say that the office which had the mailbox `formerly` is this one now; whose the record was said to be.

    The old address is asked for, so that nobody takes a record whose office they did not look up. Nobody may
    work it meanwhile. Raises `AnotherOffices` if the record is not that of the mailbox `formerly`.
    """
    with store.transaction() as tx:
        was = kept_for(tx.switches)
        if was is not None and was.address.casefold() != formerly.strip().casefold():
            raise AnotherOffices(
                f"the record in this database is kept for {was}, not for {formerly}; nothing was changed"
            )
        if was != office:
            tx.switches.set(_KEPT_FOR, _written(office), now)
        return was


def epoch_of(store: Store, mailbox: str, now: datetime) -> int:
    """The number of the mailbox that is read now, as "foi@imap.example": one more than before whenever it is another.

    Messages are known by the numbers that their server gave them, which say nothing about those of another server.
    """
    with store.view() as tx:
        switch = tx.switches.get(_READ_AT)
    epoch, known = 0, ""
    if switch is not None:
        number, _, known = switch.value.partition(" ")
        epoch = int(number) + (known != mailbox)
    if known != mailbox:
        with store.transaction() as tx:
            tx.switches.set(_READ_AT, f"{epoch} {mailbox}", now)
    return epoch


def _require(known: Belonging | None, office: Belonging) -> None:
    if known is not None and not known.is_same(office):
        raise AnotherOffices(
            f"the record in this database is kept for {known}, and this configuration is that of {office}. "
            "If these are two offices, give this one a database of its own in database.url. If it is one office, whose "
            "mailbox or name has changed, stop every foibot of it and run: "
            f"foibot store claim {known.address}"
        )


def _written(office: Belonging) -> str:
    return json.dumps({"address": office.address, "name": office.name})


def _folded(office: Belonging) -> tuple[str, str]:
    return office.address.casefold(), " ".join(office.name.split()).casefold()
