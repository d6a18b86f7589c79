"""The closed set of names a letter's template may use, with every stranger's word escaped; no I/O."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from foibot import law
from foibot.law.calendar import Working
from foibot.law.costs import NoCostLimit, cost_limit
from foibot.law.dates import listed
from foibot.law.provisions import Provision
from foibot.law.regime import Kind, Nation, Regime
from foibot.letters.escape import (
    Fragment,
    address,
    beginning,
    cut,
    escaped,
    one_line,
    paragraphs,
    quotation,
    without_links,
)
from foibot.letters.facts import AuthorityFacts, LetterFacts, RegulatorFacts
from foibot.letters.language import Language
from foibot.letters.on_demand import OnDemand
from foibot.letters.parts_in_words import parts_in_words

SUBJECT_AT_MOST: Final = 78
REQUEST_START_AT_MOST: Final = 200
_NAME_AT_MOST: Final = 200
# To show how a request begins, the whole of a long one need not be read.
_READ_AT_MOST: Final = 2_000
# The law that may govern part of a request instead, for the acknowledgement.
_ENVIRONMENTAL: Final[Mapping[str, str]] = {"foia": "eir", "foisa": "eisr"}
# Where each law asks for a refusal notice, and where it asks for the public interest to be weighed.
_REFUSES_UNDER: Final[Mapping[str, str]] = {
    "foia": "section 17(1)",
    "eir": "regulation 14",
    "foisa": "section 16(1)",
    "eisr": "regulation 13",
}
_WEIGHS_UNDER: Final[Mapping[str, str]] = {
    "foia": "section 2(2)(b)",
    "eir": "regulation 12(1)(b)",
    "foisa": "section 2(1)(b)",
    "eisr": "regulation 10(1)(b)",
}

Wording = Mapping[Provision, Mapping[str, Fragment]]
"""Our text for each provision: the parts of its wording file, already rendered."""


def vocabulary(facts: LetterFacts, wording: Wording, language: Language) -> Mapping[str, object]:
    """Give every name a letter may use, dates already in the words of its language.

    `requester.greeting` is the name for mail to an unproved address: without anything a mail
    client would make a link of.
    """
    plain = plain_words(facts)
    return {
        "authority": _authority(facts.authority),
        "review": _review(facts.authority),
        "regulator": _regulator(facts.regulator, language),
        "case": _case(facts, plain["case"], language),
        "requester": plain["requester"],
        "officer": {
            "name": facts.officer.name,
            "title": facts.officer.title,
            "unit": facts.officer.unit,
        },
        "today": language.in_words(facts.today),
        "regime": _regime(facts.regime, facts.authority.kind, language),
        **provisions_in_words(facts.provisions, wording),
        "until": language.with_weekday(facts.until) if facts.until else "",
        "lapse": language.with_weekday(facts.lapse) if facts.lapse else "",
        "fee": facts.fee,
        "pay_by": language.with_weekday(facts.pay_by) if facts.pay_by else "",
        "asked": language.in_words(facts.asked) if facts.asked else "",
        "result": facts.result,
        "files": list(facts.files),
        **parts_in_words(facts, lambda here: provisions_in_words(here, wording)),
        "threat_level": facts.threat_level.wording,
        "slots": {name: paragraphs(text) for name, text in facts.slots.items()},
    }


def plain_words(facts: LetterFacts) -> dict[str, dict[str, str]]:
    """Give the names that stand for a line of a request's own words, by the group they are in."""
    case, name = facts.case, one_line(facts.requester.name)[:_NAME_AT_MOST]
    return {
        "case": {
            "reference": case.reference,
            "subject": cut(without_links(case.subject), SUBJECT_AT_MOST),
            "request_start": beginning(case.request_text[:_READ_AT_MOST], REQUEST_START_AT_MOST),
        },
        "requester": {"name": name, "greeting": name if without_links(name) == name else ""},
    }


def provisions_in_words(provisions: tuple[Provision, ...], wording: Wording) -> dict[str, object]:
    """Give some provisions with our text for each, and which of them are weighed."""
    times = Counter(each.section for each in provisions)
    said = [
        {**provision_words(each), **_told_apart(each, times[each.section]), **wording[each]}
        for each in provisions
    ]
    absolute = [each for each in said if each["absolute"]]
    qualified = [each for each in said if each["qualified"]]
    return {
        "provisions": said,
        "several": len(said) > 1,
        "sections": [each.section for each in provisions],
        "absolute": absolute,
        "absolute_in_sentence": _sections(absolute),
        "several_absolute": len(absolute) > 1,
        "qualified": qualified,
        "qualified_in_sentence": _sections(qualified),
        "several_qualified": len(qualified) > 1,
        "neither_confirms_nor_denies": any(each.ncnd for each in provisions),
    }


def _told_apart(provision: Provision, times: int) -> dict[str, str]:
    """Name a provision in full where its section alone would also name another: 37(1), 40(2), 18(1)."""
    if times == 1:
        return {}
    exact = provision.in_full.partition(" ")[2]
    return {"section": exact, "named": _begun(provision.in_full)}


def _begun(text: str) -> str:
    """Begin a sentence with it, and leave "40(3A)" as it is."""
    return text[:1].upper() + text[1:]


def _sections(provisions: list[dict[str, object]]) -> str:
    """Begin a sentence: "Section 24(2)", "Sections 24(2) and 31(3)", "Regulation 12(5)(b)"."""
    numbers = listed([str(each["section"]) for each in provisions])
    division = str(provisions[0]["division"]).capitalize() if provisions else ""
    return f"{division}{'s' if len(provisions) > 1 else ''} {numbers}".strip()


def provision_words(provision: Provision) -> dict[str, object]:
    """Give one provision's words: how it is cited, its exact title, what kind of test it sets."""
    kind = provision.test
    qualified = provision.needs_public_interest_test
    division = law.regime(provision.regime).division
    limbs = [limb.words for limb in provision.limbs]
    return {
        "section": provision.section,
        "division": division,
        "underlying": provision.in_full.rpartition("by reference to ")[2],
        "named": f"{division.capitalize()} {provision.section}",
        "citation": _begun(provision.in_full),
        "title": provision.title,
        "absolute": not qualified,
        "qualified": qualified,
        "class_based": kind is Kind.CLASS,
        "prejudice": kind is Kind.PREJUDICE,
        "test": kind.value,
        "letters": [limb.letter for limb in provision.limbs],
        "limbs": limbs,
        "limbs_cited": provision.in_full.rpartition("by reference to ")[2],
        "limbs_in_words": listed(limbs),
        "several_limbs": len(limbs) > 1,
    }


def _mailbox(email: str) -> Fragment:
    return Fragment(f"[{escaped(email)}](mailto:{escaped(email)})" if email else "")


def _page(url: str) -> Fragment:
    return Fragment(f"[{escaped(url)}]({escaped(url)})" if url else "")


# What is the same in every letter of an office is put into words once.
@lru_cache(16)
def _authority(authority: AuthorityFacts) -> dict[str, object]:
    return {
        "name": authority.name,
        "address": address(authority.postal_address),
        "email": _mailbox(authority.email),
        "phone": authority.phone,
        "website": _page(authority.website),
        "privacy_url": authority.privacy_url,
    }


@lru_cache(16)
def _review(authority: AuthorityFacts) -> dict[str, object]:
    review = authority.review_contact
    return {
        "title": review.title,
        "address": address(review.address),
        "email": _mailbox(review.email),
        "window_days": review.window_days,
        "target_days": review.target_days,
    }


@lru_cache(16)
def _regulator(regulator: RegulatorFacts, language: Language) -> dict[str, object]:
    return {
        "name": language.name(regulator.name),
        "address": address(regulator.address),
        "email": _mailbox(regulator.email),
        "phone": regulator.phone,
        "website": _page(regulator.website),
        "complaint_url": _page(regulator.complaint_url),
    }


def _case(facts: LetterFacts, plain: Mapping[str, str], language: Language) -> Mapping[str, object]:
    case = facts.case
    return OnDemand(
        {
            "request": lambda: quotation(case.request_text),
            "clarified": lambda: [
                {"on": language.in_words(each.on), "words": quotation(each.text)}
                for each in case.clarified
            ],
            "received": lambda: language.in_words(case.received),
            "due": lambda: language.with_weekday(case.due),
        },
        {
            **plain,
            **_counted(case.working, language),
            "overdue": facts.today > case.due,
        },
    )


def _counted(working: Working | None, language: Language) -> dict[str, object]:
    if working is None:
        return {"counted": False, "working_days": 0, "holidays": [], "provisional": False}
    return {
        "counted": True,
        "working_days": working.working_days,
        "holidays": [
            {"day": language.with_weekday(each.day), "why": language.name(each.why)}
            for each in working.holidays
        ],
        "provisional": working.provisional,
    }


def _regime(regime: Regime, authority_kind: str, language: Language) -> dict[str, object]:
    other = _ENVIRONMENTAL.get(regime.key)
    environmental = regime.key in _ENVIRONMENTAL.values()
    return {
        "key": regime.key,
        "scottish": regime.nations == {Nation.SCOTLAND},
        "environmental": environmental,
        "instrument": "the Regulations" if environmental else "the Act",
        "division": regime.division,
        "ground": regime.ground,
        **_cost(regime, authority_kind),
        "refuses_under": _REFUSES_UNDER[regime.key],
        "weighs_under": _WEIGHS_UNDER[regime.key],
        "act": language.name(regime.act),
        "short": regime.short,
        "environmental_act": language.name(law.regime(other).act) if other else "",
    }


def _cost(regime: Regime, authority_kind: str) -> dict[str, object]:
    """Give the limit on cost as a letter names it, "£450" and "18" hours; empty where the law has none."""
    try:
        limit = cost_limit(regime, authority_kind)
    except NoCostLimit:
        return {"cost_limit": "", "cost_hours": "", "cost_rate": ""}
    return {
        "cost_limit": f"£{limit.pounds:f}",
        "cost_hours": f"{limit.hours:f}",
        "cost_rate": f"£{limit.an_hour:f}",
    }
