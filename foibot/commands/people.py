"""Reads whom an order names: an address as mail programs leave it behind, or a name of the roster; no I/O."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from foibot.officers.roster import Officer, Role, Roster

_ADDRESS: Final = re.compile(r"<?(?:mailto:)?([^\s<>(),;:\"\[\]]+@[^\s<>(),;:\"\[\]]+)>?", re.IGNORECASE)  # fmt: skip
_ITS_LINK: Final = re.compile(r"\s{0,2}[<(\[]\s?(?:mailto:)?[^\s<>()\[\]]*@[^\s<>()\[\]]*[>)\]]", re.IGNORECASE)  # fmt: skip

# "a@x, b@x", "a@x and Bob <b@x>"; behind other words or a colon, an address is a part of those words.
_ONE_MORE: Final = re.compile(
    rf"\s{{0,2}}(?:[,;&]\s{{0,2}})?(?:and\s{{1,2}})?(?:[^@<>;:]{{0,80}}(?=<))?{_ADDRESS.pattern}",
    re.IGNORECASE,
)
_BETWEEN: Final = " :.,;-"


@dataclass(frozen=True, slots=True)
class Named:
    """The address that an order names, and what stands after it on its line."""

    address: str
    rest: str


def address_in(words: str) -> Named | None:
    """The first address in these words, with the link a mail program may have made of it cut off."""
    found = _ADDRESS.search(words)
    if found is None:
        return None
    rest = words[found.end() :]
    link = _ITS_LINK.match(rest)
    return Named(found[1].rstrip("."), rest[link.end() if link else 0 :].strip(_BETWEEN))


def addresses_in(words: str) -> tuple[tuple[str, ...], str]:
    """The first address in these words with those that follow it directly, and what stands behind them."""
    found: list[str] = []
    at, one = 0, _ADDRESS.search(words)
    while one is not None:
        found.append(one[1].rstrip("."))
        link = _ITS_LINK.match(words, one.end())
        at = link.end() if link else one.end()
        one = _ONE_MORE.match(words, at)
    return tuple(found), words[at:].strip(_BETWEEN)


def person_in(words: str, roster: Roster) -> Officer | str:
    """The one person of the roster whom these words name; or a sentence that says why there is none."""
    named = address_in(words)
    wanted = named.address if named else words.strip(_BETWEEN)
    if not wanted:
        return "The order does not say who: write an address, or a name on the list of officers."
    found = roster.named(wanted)
    match found:
        case (person,):
            return person
        case ():
            return f"Nobody on the list of officers is called {wanted[:100]}."
        case _:
            who = " and ".join(one.address for one in found)
            return f"{wanted[:100]} may be {who}: write the address."


def others_who_may(roster: Roster, me: Officer, *roles: Role) -> tuple[Officer, ...]:
    """The other people of the office with one of these roles."""
    return tuple(one for one in roster.with_role(*roles) if one is not me and one != me)
