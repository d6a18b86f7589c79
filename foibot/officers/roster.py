"""The people who work the office, with their roles; no I/O."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, unique

from foibot.law.dates import with_weekday
from foibot.mail.addresses import same_address, without_plus
from foibot.officers.signing import Signs


@unique
class Role(StrEnum):
    """What a person may do; one person may have several roles."""

    OFFICER = "officer"
    APPROVER = "approver"
    REVIEWER = "reviewer"
    HOLDER = "holder"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class StandsIn:
    """Somebody stands in for the person at the registered address `of` until a day, that day included, with these roles of theirs."""

    of: str
    name: str
    until: date
    roles: frozenset[Role]

    def in_words(self) -> str:
        """As in "Tom Teal until Sunday 10 January 2027, for approvals"."""
        orders, approvals = Role.OFFICER in self.roles, Role.APPROVER in self.roles
        what = "" if orders and approvals else ", for approvals" if approvals else ", for orders"
        return f"{self.name} until {with_weekday(self.until)}{what}"


@dataclass(frozen=True, slots=True)
class Officer:
    """A person on the roster. `address` is where foibot writes to; `aliases` are theirs too.

    `deputy` is the registered address of whoever is asked in their place, or "". `conflicts` are addresses
    of requesters, or domains behind an @, whose cases the person keeps out of. `signs` is what of their
    mail has to be signed. `stands_in` says for whom the person stands in on the day of the roster; `lent` are
    those of the roles that the person has from this alone.
    """

    address: str
    name: str
    title: str
    roles: frozenset[Role]
    aliases: tuple[str, ...] = ()
    deputy: str = ""
    conflicts: tuple[str, ...] = ()
    signs: Signs = Signs.NOTHING
    stands_in: tuple[StandsIn, ...] = ()
    lent: frozenset[Role] = frozenset()

    def is_at(self, address: str) -> bool:
        """Whether this is the person's registered address or one of the aliases."""
        return any(same_address(address, own) for own in (self.address, *self.aliases))

    def may(self, *roles: Role) -> bool:
        """Whether the person has at least one of the roles."""
        return not self.roles.isdisjoint(roles)

    def approving_for(self) -> tuple[StandsIn, ...]:
        """Those in whose place the person may approve today, in the order of the configuration."""
        return tuple(one for one in self.stands_in if Role.APPROVER in one.roles)

    @property
    def reads_digest(self) -> bool:
        """Whether the morning digest goes to this person."""
        return self.may(Role.OFFICER, Role.APPROVER, Role.ADMINISTRATOR)


@dataclass(frozen=True, slots=True)
class Roster:
    """Everybody who may order something, in the order of the configuration.

    `shared` are mailboxes of the authority that several people read and write from: nobody's own.
    """

    people: tuple[Officer, ...]
    shared: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[Officer]:
        return iter(self.people)

    def find(self, address: str) -> Officer | None:
        """The person whose registered address or alias this is, compared in ASCII and lower case."""
        return next((person for person in self.people if person.is_at(address)), None)

    def named(self, words: str) -> tuple[Officer, ...]:
        """Those who may be meant by these words: an address, a name, one part of a name, what stands before the @."""
        by_address = self.find(words)
        if by_address is not None:
            return (by_address,)
        wanted = _plain(words)
        return tuple(person for person in self.people if wanted and wanted in _called(person))

    def is_shared(self, address: str) -> bool:
        """Whether this is a shared mailbox, with or without a plus part."""
        return any(same_address(without_plus(address), one) for one in self.shared)

    def with_role(self, *roles: Role) -> tuple[Officer, ...]:
        """Everybody who has at least one of the roles."""
        return tuple(person for person in self.people if person.may(*roles))

    def name_of(self, address: str) -> str:
        """The person's name for other officers to read; the address itself if nobody has it."""
        person = self.find(address)
        return person.name if person else address


def _plain(words: str) -> str:
    return " ".join(words.casefold().replace(".", " ").replace(",", " ").split())


def _called(person: Officer) -> set[str]:
    name = _plain(person.name)
    locals_ = {_plain(one.partition("@")[0]) for one in (person.address, *person.aliases)}
    return {name, *name.split()} | locals_


def roster(people: Iterable[Officer], shared: Iterable[str] = ()) -> Roster:
    """A roster of these people, and the shared mailboxes that are nobody's."""
    return Roster(tuple(people), tuple(shared))
