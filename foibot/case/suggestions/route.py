"""The ways a message to the mailbox can go, and what an officer would do about each; no I/O."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, unique


@unique
class Route(StrEnum):
    """What a message may be; the order is that of the more pressing before the less."""

    SAFETY = "safety"
    REGULATOR = "regulator"
    LEGAL_CLAIM = "legal-claim"
    PRESS = "press"
    COMPLAINT = "complaint"
    REVIEW = "review"
    SUBJECT_ACCESS = "subject-access"
    EIR = "eir"
    BUSINESS = "business"
    FOI = "foi"


@dataclass(frozen=True, slots=True)
class Advice:
    """How a route is told to an officer: its name, what follows, the order that would do it ("": none)."""

    name: str
    what: str
    order: str
    does: str


ADVICE = {
    Route.SAFETY: Advice(
        "a message about somebody's safety",
        "Somebody has to read it now; it may ask for no information at all.",
        "not foi: passed on as an emergency",
        "sets it aside, once somebody has dealt with it",
    ),
    Route.REGULATOR: Advice(
        "about a case before the regulator",
        "It belongs with the earlier case, and often names a last day of its own.",
        "not foi: about a case before the regulator",
        "sets it aside, if it asks for nothing new",
    ),
    Route.LEGAL_CLAIM: Advice(
        "a legal claim",
        "Those who deal with claims should see it today.",
        "not foi: a legal claim, passed on",
        "sets it aside, if it asks for no information",
    ),
    Route.PRESS: Advice(
        "a question to the press office",
        "Those who speak to the press should see it today: its deadline is not ours.",
        "not foi: passed to the press office",
        "sets it aside, if it was not meant as a request",
    ),
    Route.COMPLAINT: Advice(
        "a complaint about conduct or service",
        "Those who deal with complaints should see it.",
        "not foi: a complaint, passed on",
        "sets it aside, if it asks for no information",
    ),
    Route.REVIEW: Advice(
        "an internal review of an earlier answer",
        "Any word that somebody is not content counts. The review has a time of its own.",
        "not foi: asks for a review of an earlier answer",
        "sets it aside here, if it asks for nothing new",
    ),
    Route.SUBJECT_ACCESS: Advice(
        "a request for the person's own data",
        "That is subject access: one calendar month, not 20 working days.",
        "not foi: subject access, passed on",
        "sets it aside, if it asks for nothing else",
    ),
    Route.EIR: Advice(
        "a request for environmental information",
        "It would be answered under the environmental regulations.",
        "",
        "moves it to the environmental regulations",
    ),
    Route.BUSINESS: Advice(
        "everyday business",
        "It can be answered at once, outside the law.",
        "not foi: answered as everyday business",
        "sets it aside, once it was answered",
    ),
    Route.FOI: Advice(
        "a request for information", "Nothing has to be done about that.", "", "leaves it as it is"
    ),
}
"""One line for every route; the order of an environmental request depends on the country."""
