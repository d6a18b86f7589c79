"""Invented facts on which every template is tried before foibot starts; no I/O."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Final, assert_never

from foibot import law
from foibot.case.parts import PartOutcome
from foibot.case.questions import recognised
from foibot.law.calendar import answer_by, last_day
from foibot.law.provisions import Provision, read_ncnd, read_withheld
from foibot.law.regime import Duty, Nation
from foibot.letters.facts import (
    AuthorityFacts,
    CaseFacts,
    LetterFacts,
    OfficerFacts,
    PartFacts,
    RegulatorFacts,
    RequesterFacts,
    ReviewFacts,
)
from foibot.letters.kind import LetterKind, Relies

_Answer = tuple[PartOutcome, tuple[Provision, ...]]
_RECEIVED: Final = date(2020, 12, 8)
_WORKING: Final = answer_by(law.regime("foia"), _RECEIVED)

SAMPLE: Final = LetterFacts(
    authority=AuthorityFacts(
        name="Exampleshire Police",
        kind="police",
        postal_address=("Exampleshire Police", "1 Example Way", "Exampleton", "EX1 1EX"),
        email="foi@exampleshire.example",
        phone="01632 960001",
        website="https://www.exampleshire.example",
        privacy_url="https://www.exampleshire.example/privacy",
        review_contact=ReviewFacts(
            title="Head of Information Management",
            address=("Exampleshire Police", "1 Example Way", "Exampleton", "EX1 1EX"),
            email="foi-review@exampleshire.example",
        ),
    ),
    regulator=RegulatorFacts(
        name="Information Commissioner",
        address=("Wycliffe House", "Water Lane", "Wilmslow", "Cheshire", "SK9 5AF"),
        email="icocasework@ico.org.uk",
        phone="0303 123 1113",
        website="https://ico.org.uk",
        complaint_url="https://ico.org.uk/make-a-complaint/",
        checked=date(2025, 11, 22),
    ),
    case=CaseFacts(
        reference="004078/20",
        subject="Freedom of Information request",
        request_text=(
            "How many planned terrorist attacks on emergency service personnel or buildings have "
            "been stopped in Exampleshire within the last five years?"
        ),
        received=_RECEIVED,
        due=_WORKING.due,
        working=_WORKING,
    ),
    requester=RequesterFacts(name="Sam Smith"),
    officer=OfficerFacts(
        name="Jane Orange", title="Freedom of Information Officer", unit="Information Management"
    ),
    today=date(2021, 1, 5),
    regime=law.regime("foia"),
)
"""A request to a force that does not exist, counted over a real Christmas."""


def sample_provisions(text: str, regime: str = "foia") -> tuple[Provision, ...]:
    """Give provisions as an order would: `sample_provisions("23(5) 24(2)")`."""
    return tuple(
        each
        for each in read_ncnd(text, law.regime(regime), authority_kind="government")
        if isinstance(each, Provision)
    )


def sample_withheld(text: str, regime: str = "foia") -> tuple[Provision, ...]:
    """Give provisions that withhold, as an order would: `sample_withheld("40(2) 31(1)(a)")`."""
    return tuple(
        each
        for each in read_withheld(text, law.regime(regime), authority_kind="government")
        if isinstance(each, Provision)
    )


def sample(kind: LetterKind, regime: str = "foia", order: str = "") -> LetterFacts:
    """Give facts for a letter of this kind under this law: only what is required is in its slots.

    `order` names provisions as an officer would; left out, they are the first of those `samples` uses.
    """
    order = order or _orders(kind.relies, regime)[0]
    if kind.relies is Relies.EACH:
        return _in_parts(kind, regime, order)
    return sample_on(kind, regime, _read(kind.relies, order, regime))


def sample_on(kind: LetterKind, regime: str, provisions: tuple[Provision, ...]) -> LetterFacts:
    """Give facts for a letter on these provisions: what it and they require is in its slots."""
    if kind.relies is Relies.EACH:
        return _answering(kind, regime, _parts_on(provisions))
    usual = _under(regime)
    if not any(each.ncnd for each in provisions):
        usual = replace(usual, case=replace(usual.case, request_text=_PLAIN_REQUEST))
    if {"asked", "lapse"} <= set(kind.needs_in(regime)) and usual.lapse:
        # What closes a request can only be written once the day has passed.
        # By then that is the day the case was due (`due_now`): no letter may take it for our own last day.
        case = replace(usual.case, due=usual.lapse)
        usual = replace(usual, case=case, today=usual.lapse + timedelta(days=1))
    if {"asked", "until"} <= set(kind.needs_in(regime)) and usual.asked:
        usual = replace(usual, until=last_day(usual.regime, Duty.ANSWER_REVIEW, usual.asked))
    return replace(
        usual,
        provisions=provisions,
        slots={
            slot.name: slot.example
            for slot in kind.under(regime).slots_on(provisions)
            if slot.required
        },
    )


def _in_parts(kind: LetterKind, regime: str, order: str) -> LetterFacts:
    """Give facts for a letter that answers by number, each part of `order` as officers write them."""
    answers = []
    for line in order.split("; "):
        outcome = next(one for one in PartOutcome if line.startswith(one.value))
        cited = line.removeprefix(outcome.value).strip()
        read = sample_provisions if outcome is PartOutcome.NCND else sample_withheld
        answers.append((outcome, read(cited, regime) if cited else ()))
    return _answering(kind, regime, answers)


def _parts_on(provisions: tuple[Provision, ...]) -> Iterator[_Answer]:
    """Give an answer that relies on these provisions, beside one that gives what was asked for."""
    yield PartOutcome.DISCLOSE, ()
    for outcome, ncnd in ((PartOutcome.REFUSE, False), (PartOutcome.NCND, True)):
        here = tuple(each for each in provisions if each.ncnd == ncnd)
        if here:
            yield outcome, here


def _answering(kind: LetterKind, regime: str, answers: Iterable[_Answer]) -> LetterFacts:
    usual = _under(regime)
    usual = replace(usual, case=replace(usual.case, request_text=_IN_PARTS))
    asked = recognised(usual.case.request_text).questions
    parts = tuple(
        PartFacts(one.number, one.text, outcome, provisions)
        for one, (outcome, provisions) in zip(asked, answers, strict=False)
    )
    every = tuple(dict.fromkeys(each for one in parts for each in one.provisions))
    facts = replace(usual, parts=parts, provisions=every)
    slots = kind.under(regime).slots_on(every, facts.outcomes)
    return replace(facts, slots={slot.name: slot.example for slot in slots if slot.required})


def sample_of_any(kind: LetterKind, regime: str, provisions: tuple[Provision, ...]) -> LetterFacts:
    """Give facts for a letter on these provisions from an authority that may rely on any (X-08)."""
    facts = sample_on(kind, regime, provisions)
    review = replace(facts.authority.review_contact, address=_DEPARTMENT)
    authority = replace(
        facts.authority,
        name=_DEPARTMENT[0],
        kind="government",
        postal_address=_DEPARTMENT,
        review_contact=review,
    )
    return replace(facts, authority=authority)


def samples(kind: LetterKind) -> Iterator[LetterFacts]:
    """Give facts that between them take every path through a letter of this kind, under each of its laws.

    Several provisions of both sorts, one absolute, one qualified, one with only the neutral
    wording; with everything known, and with everything empty that may be empty.
    """
    for regime in kind.regimes:
        orders = _orders(kind.relies, regime)
        yield from (sample(kind, regime, order) for order in orders[1:])
        if regime == kind.regimes[0]:
            # What may be missing is asked for in the parts that all laws share.
            yield _bare(sample(kind, regime, orders[-1]), kind.needs_in(regime))
        full = _full(sample(kind, regime), kind)
        yield full
        if "lapse" in kind.needs and "asked" not in kind.needs:
            # A question may be put when the last day to answer is over.
            yield replace(full, today=full.case.due + timedelta(days=1))


def _full(facts: LetterFacts, kind: LetterKind) -> LetterFacts:
    """Give the same facts with everything that may be there, and no two of them alike.

    What is lost from a letter can then not hide behind the same words elsewhere in it.
    """
    words = {
        slot.name: slot.example or slot.default_text or f"{_WORDS} It is about {slot.name}."
        for slot in kind.under(facts.regime.key).slots_on(facts.provisions, facts.outcomes)
    }
    authority = replace(facts.authority, review_contact=_REVIEWER)
    return replace(facts, authority=authority, files=("complaints-2020.csv",), slots=words)


def _bare(facts: LetterFacts, needs: tuple[str, ...]) -> LetterFacts:
    """Give the same facts without anything that may be missing."""
    return replace(
        facts,
        authority=replace(facts.authority, phone="", website="", privacy_url=""),
        regulator=replace(facts.regulator, phone="", website="", complaint_url=""),
        case=replace(facts.case, subject="", request_text="", working=None),
        requester=RequesterFacts(name=""),
        officer=replace(facts.officer, title="", unit=""),
        until=facts.until if "until" in needs else None,
        lapse=facts.lapse if "lapse" in needs else None,
        asked=facts.asked if "asked" in needs else None,
        pay_by=facts.pay_by if "pay_by" in needs else None,
        fee=facts.fee if "fee" in needs else "",
    )


def _under(regime: str) -> LetterFacts:
    """Give the sample facts under another law, with its own regulator, dates and limits."""
    here = law.regime(regime)
    working = answer_by(here, _RECEIVED)
    return replace(
        SAMPLE,
        regime=here,
        regulator=_SCOTTISH_REGULATOR if here.nations == {Nation.SCOTLAND} else SAMPLE.regulator,
        case=replace(SAMPLE.case, due=working.due, working=working),
        until=date(2021, 2, 8),
        lapse=date(2021, 4, 4),
        asked=date(2020, 12, 14),
        fee="£12.50",
        result="upheld in part",
        pay_by=last_day(here, Duty.PAY_FEE, SAMPLE.today),
    )


def _read(relies: Relies, order: str, regime: str) -> tuple[Provision, ...]:
    match relies:
        case Relies.NOTHING:
            return ()
        case Relies.NCND:
            return sample_provisions(order, regime)
        case Relies.WITHHELD:
            return sample_withheld(order, regime)
        case Relies.WEIGHED | Relies.EACH:
            return sample_withheld(order, regime) or sample_provisions(order, regime)
        case _:
            assert_never(relies)


def _orders(relies: Relies, regime: str) -> tuple[str, ...]:
    match relies:
        case Relies.NOTHING:
            return ("",)
        case Relies.NCND:
            return NCND_ORDERS[regime]
        case Relies.WITHHELD:
            return WITHHELD_ORDERS[regime]
        case Relies.WEIGHED:
            # Only one of the laws gives time for weighing; under the others nothing is relied on here.
            return WEIGHED_ORDERS if regime == "foia" else ("",)
        case Relies.EACH:
            return PARTS_ORDERS[regime]
        case _:
            assert_never(relies)


_PLAIN_REQUEST: Final = """1. How many complaints about parking did you receive in 2020?

2. How many were answered that year?"""
_IN_PARTS: Final = """1. How many complaints about parking did you receive in 2020?
2. What did each of them say?
3. Which companies offered to enforce parking, and at what price?
4. Was the car park ever watched in connection with a person named in the papers?
5. How many complaints about parking did you receive in 1920?"""
_WORDS: Final = "A few words that an officer has written."
_DEPARTMENT: Final = ("Department for Examples", "1 Example Way", "Exampleton", "EX1 1EX")
_REVIEWER: Final = ReviewFacts(
    title="Head of Standards",
    address=(
        "Exampleshire Police",
        "Standards Office",
        "2 Example Square",
        "Exampleton",
        "EX2 2EX",
    ),
    email="reviews@exampleshire.example",
)
_SCOTTISH_REGULATOR: Final = RegulatorFacts(
    name="Scottish Information Commissioner",
    address=("Kinburn Castle", "Doubledykes Road", "St Andrews", "KY16 9DS"),
    email="enquiries@foi.scot",
    phone="01334 464610",
    website="https://www.foi.scot",
    complaint_url="https://www.foi.scot/appeal",
    checked=date(2025, 11, 22),
)
NCND_ORDERS: Final[Mapping[str, tuple[str, ...]]] = {
    "foia": ("23(5) 24(2) 31(3)(a)(b)", "23(5)", "31(3)(a)", "36(3)", "23(5) 44(2)"),
    "eir": ("12(6) 13(5A)", "12(6)", "13(5A)"),
    "foisa": ("31(1) 35(1)(a)(b)", "38(1)(b)", "39(1)", "35(1)(a)"),
    "eisr": ("10(8) 11(6)", "10(8)", "11(6)"),
}
"""Orders to neither confirm nor deny on which every letter is tried, by law."""

WITHHELD_ORDERS: Final[Mapping[str, tuple[str, ...]]] = {
    "foia": ("31(1)(a)(b) 42(1) 40(2)", "28(1)", "40(2)"),
    "eir": ("12(5)(b) 12(4)(e) 13(1)", "12(5)(g)", "13(1)"),
    "foisa": ("35(1)(a)(b) 36(1) 38(1)(b)", "28(1)", "38(1)(b)"),
    "eisr": ("10(5)(b) 10(4)(e) 11(2)", "10(5)(g)", "11(2)"),
}
"""Orders to withhold on which every letter is tried, by law."""

PARTS_ORDERS: Final[Mapping[str, tuple[str, ...]]] = {
    "foia": (
        "disclose; part 40(2); refuse 43(2) 42(1); ncnd 23(5) 24(2) 31(3)(a); not held",
        "disclose; not held; disclose",
        "refuse 40(2); ncnd 23(5); not held",
        "part 31(1)(a); refuse 31(1)(a) 40(2)",
    ),
    "eir": (
        "disclose; part 13(1); refuse 12(5)(b) 12(4)(e); ncnd 12(6) 13(5A); not held",
        "refuse 13(1); ncnd 13(5A)",
        "disclose; not held",
    ),
    "foisa": (
        "disclose; part 38(1)(b); refuse 35(1)(a)(b) 36(1); ncnd 31(1) 35(1)(a); not held",
        "refuse 38(1)(b); ncnd 39(1)",
        "disclose; not held",
    ),
    "eisr": (
        "disclose; part 11(2); refuse 10(5)(b) 10(4)(e); ncnd 10(8) 11(6); not held",
        "refuse 11(2); ncnd 11(6)",
        "disclose; not held",
    ),
}
"""Outcomes on which a letter that answers by number is tried, one for each question, by law."""

WEIGHED_ORDERS: Final = ("31(1)(a)(b) 42(1)", "43(2)", "24(2) 31(3)(a)")
"""Orders on which more time to weigh the public interest is asked for, to withhold and to stay silent."""
