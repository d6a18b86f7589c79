"""Invented facts on which every template is tried before foibot starts; no I/O."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from foibot import law
from foibot.law.calendar import answer_by
from foibot.law.provisions import Provision, read_ncnd
from foibot.letters.facts import (
    AuthorityFacts,
    CaseFacts,
    LetterFacts,
    OfficerFacts,
    RegulatorFacts,
    RequesterFacts,
    ReviewFacts,
)

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


def samples() -> Iterator[LetterFacts]:
    """Give facts that between them take every path through a letter.

    Several provisions of both sorts, one absolute, one qualified, one with only the neutral
    wording; with everything known, and with everything empty that may be empty.
    """
    for order in ("23(5) 24(2) 31(3)(a)(b)", "23(5)", "31(3)(a)", "36(3)", "23(5) 44(2)"):
        yield replace(SAMPLE, provisions=sample_provisions(order))
    authority = replace(SAMPLE.authority, phone="", website="", privacy_url="")
    yield replace(
        SAMPLE,
        authority=authority,
        regulator=replace(SAMPLE.regulator, phone="", website="", complaint_url=""),
        case=replace(SAMPLE.case, subject="", request_text="", working=None),
        requester=RequesterFacts(name=""),
        officer=replace(SAMPLE.officer, title="", unit=""),
        provisions=sample_provisions("24(2)"),
    )
