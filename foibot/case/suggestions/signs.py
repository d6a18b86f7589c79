"""What a phrase is a sign of, and how much it says; no I/O."""

from __future__ import annotations

from dataclasses import dataclass

from foibot.case.suggestions.route import Route


@dataclass(frozen=True, slots=True)
class Sign:
    """What a phrase is a sign of; None: it is harmless, and its words mean something else there.

    A `strong` sign suffices alone; of weak ones it takes two.
    """

    route: Route | None
    strong: bool = False


HARMLESS = Sign(None)


def strong(route: Route) -> Sign:
    """A sign of this route that suffices alone."""
    return Sign(route, strong=True)


def weak(route: Route) -> Sign:
    """A sign of this route that says little without another."""
    return Sign(route)
