"""The people who work the office, with their roles; no I/O."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum, unique

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
class Officer:
    """A person on the roster. `address` is where foibot writes to; `aliases` are theirs too.

    `deputy` is the registered address of whoever is asked in their place, or "". `conflicts` are addresses
    of requesters, or domains behind an @, whose cases the person keeps out of. `signs` is what of their
    mail has to be signed.
    """

    address: str
    name: str
    title: str
    roles: frozenset[Role]
    aliases: tuple[str, ...] = ()
    deputy: str = ""
    conflicts: tuple[str, ...] = ()
    signs: Signs = Signs.NOTHING

    def is_at(self, address: str) -> bool:
        """Whether this is the person's registered address or one of the aliases."""
        return any(same_address(address, own) for own in (self.address, *self.aliases))

    def may(self, *roles: Role) -> bool:
        """Whether the person has at least one of the roles."""
        return not self.roles.isdisjoint(roles)

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
