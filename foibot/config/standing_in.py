"""Checks of who stands in for whom: who is named, whether days and powers make sense, and what has ended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from foibot.config.problems import Problem
from foibot.config.sections import Delegate, OfficerConfig
from foibot.law.dates import in_words
from foibot.officers.delegation import Delegation, Powers, round_trip

_Known = tuple[str, Delegation]


def delegations(officers: Sequence[OfficerConfig]) -> tuple[Delegation, ...]:
    """All of them, between registered addresses; people who are not on the roster are left out."""
    return tuple(one for _, one in _known(officers))


def _known(officers: Sequence[OfficerConfig]) -> Iterator[_Known]:
    people = _people(officers)
    for number, person in enumerate(officers, start=1):
        for place, one in enumerate(person.delegates, start=1):
            to = people.get(one.to.lower())
            if to is not None and to is not person:
                yield (
                    f"officers[{number}].delegates[{place}]",
                    Delegation(person.address, to.address, one.first, one.last, one.powers),
                )


def _people(officers: Sequence[OfficerConfig]) -> dict[str, OfficerConfig]:
    return {address.lower(): one for one in officers for address in (one.address, *one.aliases)}


def delegates(officers: Sequence[OfficerConfig]) -> Iterator[Problem]:
    """Each is another person of the roster, for something the one has; no two for the same days, and none in a circle."""
    people = _people(officers)
    for number, person in enumerate(officers, start=1):
        for place, one in enumerate(person.delegates, start=1):
            key = f"officers[{number}].delegates[{place}]"
            yield from _about_one(key, person, one, people)
    known = list(_known(officers))
    for place, (key, lent) in enumerate(known):
        yield from _beside(key, lent, known[:place])


def _about_one(
    key: str, person: OfficerConfig, one: Delegate, people: dict[str, OfficerConfig]
) -> Iterator[Problem]:
    to = people.get(one.to.lower())
    if to is None:
        fix = "Write the address of somebody on the roster"
        yield Problem(f"{key}.to", "is not on the roster", fix)
    if to is person:
        yield Problem(f"{key}.to", "is the same person", "Name somebody else")
    if one.last < one.first:
        yield Problem(f"{key}.last", "is before the first day", "Write the last day of the absence")
    if not one.powers.roles & set(person.roles):
        yield Problem(
            f"{key}.powers", f"hands on what {person.name} does not have", _powers_of(person)
        )


def _powers_of(person: OfficerConfig) -> str:
    parts = (Powers.ORDERS, Powers.APPROVALS)
    has = [one.value for one in parts if one.roles & set(person.roles)]
    return f"Write {has[0]}" if has else "Take the entry out"


def _beside(key: str, one: Delegation, others: Sequence[_Known]) -> Iterator[Problem]:
    for before, other in others:
        if one.of == other.of and one.meets(other) and one.powers.roles & other.powers.roles:
            yield Problem(
                f"{key}.first",
                f"falls into the days of {before}, for the same powers",
                "Let one end before the other begins",
            )
    if round_trip(one, [other for _, other in others]):
        yield Problem(
            f"{key}.to",
            "closes a circle: in these days everybody in it stands in for somebody in it",
            "Name somebody who is there",
        )


def about_delegates(officers: Sequence[OfficerConfig], today: date) -> Iterator[Problem]:
    """Those that have ended, and those whose delegate hands on work too on some of the days."""
    known = list(_known(officers))
    for key, one in known:
        if one.last < today:
            what = f"was {in_words(one.last)}, so that it has ended"
            yield Problem(f"{key}.last", what, "Take the entry out")
        elif any(other.of == one.to and other.meets(one) for _, other in known):
            yield Problem(
                f"{key}.to",
                "hands on work too in some of these days, and what was lent is not lent on",
                "Name somebody who is there all the time",
            )
