"""Which provisions cannot stand together for one part of a request, each with what would (N-01 to N-10, X-05, X-06)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum, unique

from foibot.law.provision import Provision
from foibot.law.provisions import Problem
from foibot.law.regime import division


@unique
class Ground(StrEnum):
    """A reason to refuse that is no exemption."""

    COST = "section 12(1)"
    COST_OF_CONFIRMING = "section 12(2)"
    VEXATIOUS = "section 14(1)"
    REPEATED = "section 14(2)"
    NOT_HELD = "not held"


@dataclass(frozen=True, slots=True)
class _Part:
    """What one part of a request is answered with."""

    provisions: tuple[Provision, ...]
    grounds: frozenset[Ground]
    in_the_alternative: bool

    @property
    def ncnd(self) -> tuple[Provision, ...]:
        return tuple(each for each in self.provisions if each.ncnd)

    @property
    def withheld(self) -> tuple[Provision, ...]:
        return tuple(each for each in self.provisions if not each.ncnd)


# These say where information is to be found, and so that there is some.
_POINTERS = frozenset(
    {("foia", "21(1)"), ("foia", "22(1)"), ("foisa", "25(1)"), ("foisa", "27(1)")}
)
_EXCLUSIVE = (("30(1)", "31(1)"), ("30(2)", "31(1)"), ("23(1)", "24(1)"))
_ALTERNATIVE = (
    " foibot has no letter that relies on them in the alternative; where naming one would itself tell too "
    "much, that letter is written by hand."
)
_CONTRADICT_NCND = {
    Ground.COST: "an estimate under section 12(1) presupposes that the duty to confirm or deny is met",
    Ground.REPEATED: "only a request that was complied with can be repeated, so it tells what the earlier answer was",
    Ground.NOT_HELD: "it tells that the information is not held",
}


def combination_problems(
    provisions: Iterable[Provision],
    *,
    grounds: Iterable[Ground] = (),
    in_the_alternative: bool = False,
) -> tuple[Problem, ...]:
    """Everything that cannot be relied on together for the same part of a request, at once.

    23(5), 24(2), 31(3), 30(3), 40(5A) and 40(5B) go together; with 31(1) they would say that the
    information is held. `in_the_alternative` allows 23(1) beside 24(1), where to name one alone would
    tell whether a security body is involved (X-06); no letter is written so yet. Each problem's line is an order that would work.
    """
    part = _Part(tuple(provisions), frozenset(grounds), in_the_alternative)
    whys = [
        found
        for rule in (_two_laws, _held_after_all, _grounds_beside_ncnd, _either_or)
        for found in rule(part)
    ]
    return tuple(Problem(text, why, _order(part)) for text, why in whys)


_Whys = Iterator[tuple[str, str]]


def _two_laws(part: _Part) -> _Whys:
    first = part.provisions[:1]
    for other in part.provisions:
        if other.regime != first[0].regime:
            why = (
                f"{_named(first[0])} and {_named(other)} are of two laws. Each part of a request is "
                "answered under one of them."
            )
            yield other.cited, why
            return


def _held_after_all(part: _Part) -> _Whys:
    for each in part.withheld if part.ncnd else ():
        if (each.regime, each.section) in _POINTERS:
            why = (
                f"{_named(each)} tells where information is to be found, and so that there is some. Leave "
                "it out, unless what is published is wholly independent of the request."
            )
        else:
            why = (
                f"{_named(each)} withholds information, so relying on it says that the information is "
                "held, beside provisions that neither confirm nor deny it."
            )
        yield each.cited, why


def _grounds_beside_ncnd(part: _Part) -> _Whys:
    for ground, why in _CONTRADICT_NCND.items():
        if part.ncnd and ground in part.grounds:
            beside = f"{ground.capitalize()} cannot stand beside {part.ncnd[0].cited}"
            yield ground, f"{beside}: {why}."


def _either_or(part: _Part) -> _Whys:
    sections = {each.section for each in part.withheld if each.regime == "foia"}
    for one, other in _EXCLUSIVE:
        if {one, other} <= sections and not (other == "24(1)" and part.in_the_alternative):
            hint = _ALTERNATIVE if other == "24(1)" else ""
            yield (
                other,
                f"Sections {one} and {other} exclude each other for the same information.{hint}",
            )


def _named(provision: Provision) -> str:
    return f"{division(provision.regime).capitalize()} {provision.cited}"


def _order(part: _Part) -> str:
    """An order on as much of it as goes together, the first law's."""
    first = [each for each in part.provisions if each.regime == part.provisions[0].regime]
    ncnd = [each for each in first if each.ncnd]
    if ncnd:
        return " ".join(["ncnd", *(each.cited for each in ncnd)])
    sections = {each.section for each in first if each.regime == "foia"}
    dropped = {other for one, other in _EXCLUSIVE if one in sections}
    return " ".join(["refuse", *(each.cited for each in first if each.section not in dropped)])
