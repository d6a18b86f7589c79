"""Whether an estimate of cost exceeds the limit, at the right rate, with nothing in it that does not count (X-13 to X-16, X-19); no I/O."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from foibot import law
from foibot.law.costs import CostLimit, cost_limit
from foibot.letters.linting.finding import Severity
from foibot.letters.linting.letter_type import LetterType
from foibot.letters.linting.reading import Match, Reading, ignoring_case
from foibot.letters.linting.rule import FOIA, FOISA, Hit, Rule, unless, wording

COST: Final = frozenset({LetterType.COST, LetterType.COST_TO_CONFIRM})

_AN_HOUR: Final = r"\s?(?:an|per|a|each|/|for (?:each|every|an)) ?hour"
_HOURS: Final = r"(?<![\w£.,])\d[\d,]*(?:\.\d+)?(?= (?:\w+[- ])?hours?\b(?! (?:a|an|per|each|for (?:each|every))\b))"
_POUNDS: Final = rf"£\s?\d[\d,]*(?:\.\d+)?(?!\d|[.,]\d|{_AN_HOUR})"
_RATE: Final = rf"£\s?\d[\d,]*(?:\.\d+)?(?={_AN_HOUR})"
_LIMIT: Final = ignoring_case(
    r"\b(?:limit|exceed\w*|more than|over|above|equivalent|beyond|threshold|set (?:at|by)|maximum|up to|within)\b"
)
_TAKES: Final = ignoring_case(
    r"\b(?:tak(?:e|es|en|ing)|totals?|estimat\w+|amount(?:s|ed|ing)? to|requires?|needs?|costs?|comes to)\b"
)
# The time for one of many, or for a trial, is not the estimate.
_ONE_OF_MANY: Final = ignoring_case(
    r"\b(?:each|every|per|apiece|trial|samples?|sampled|sampling)\b"
)
_LOCAL: Final = re.compile(
    r"\bPolice\b|\bConstabulary\b|\bCouncil\b|\bTrust\b|\bUniversity\b|\bSchool\b|\bCollege\b"
)


def _limit(reading: Reading) -> CostLimit:
    # Who has the larger limit is known from what the letter says the limit is.
    larger = not _LOCAL.search(reading.authority) and reading.says(r"£600\b", _LIMIT.pattern)
    return cost_limit(law.regime(reading.regime), "government" if larger else "other")


def _amount(match: Match) -> Decimal:
    return Decimal(re.sub(r"[£\s,]", "", match.text))


def _within_limit(reading: Reading) -> Iterator[Hit]:
    """An estimate that does not exceed the limit; one that is not given as an amount is not judged."""
    limit = _limit(reading)
    hours, pounds = [*reading.find(_HOURS)], [*reading.find(_POUNDS)]
    if any(_amount(each) > max(limit.hours, Decimal(24)) for each in hours) or any(
        _amount(each) > max(limit.pounds, Decimal(600)) for each in pounds
    ):
        return
    for found, most in ((hours, limit.hours), (pounds, limit.pounds)):
        counted = [each for each in found if _is_estimate(each)]
        if counted and sum(map(_amount, counted)) <= most:
            yield Hit(counted[-1].line, _shown(counted[-1]))


def _is_estimate(match: Match) -> bool:
    text = match.sentence.text
    if _ONE_OF_MANY.search(text):
        return False
    cues = [*_TAKES.finditer(match.before)]
    limits = [*_LIMIT.finditer(match.before)]
    if not _LIMIT.search(text):
        return True
    return bool(cues) and (not limits or limits[-1].start() < cues[-1].start())


def _shown(match: Match) -> str:
    return match.sentence.text[match.start : match.end + 20].strip()


def _wrong_rate(reading: Reading) -> Iterator[Hit]:
    most = _limit(reading).an_hour
    for match in reading.find(_RATE):
        wrong = _amount(match) > most or (reading.regime == "foia" and _amount(match) != most)
        if wrong and not _NOT_COUNTED.search(match.sentence.text):
            yield Hit(match.line, _shown(match))


_NOT_COUNTED: Final = ignoring_case(
    r"\b(?:not|cannot|no|never|nor|without|nothing)\b[^.]{0,60}\b(?:includ\w*|count\w*|taken|part of)"
    r"|\b(?:exclud|leav|left)\w*\b[^.]{0,20}\bout\b|\bexclud\w+"
)


def _wrong_limit(reading: Reading) -> Iterator[Hit]:
    right = {Decimal(600)} if reading.regime == "foisa" else {Decimal(450), Decimal(600)}
    if reading.regime == "foia" and _LOCAL.search(reading.authority):
        right = {Decimal(450)}
        yield from wording(r"\b24 hours\b", within=r"\b(?:limit|exceed\w*|threshold)\b")(reading)
    for match in reading.find(_POUNDS):
        if _LIMIT_IS.search(match.before) and _amount(match) not in right:
            yield Hit(match.line, _shown(match))


_LIMIT_IS: Final = ignoring_case(
    r"\b(?:limit|threshold)\b(?:,? (?:for|of|is|set|at|to|by|which|that|applies|under|in|us|an?|the|our|this|force|council"
    r"|police|authority|public|Scottish|regulations|law|act|currently|being)){0,8},? ?$"
)

_TIME: Final = r"\b(?:hours?|minutes|time|costs?|estimate\w*|officer|takes?|days)\b|£"


ESTIMATE: Final = (
    Rule(
        "L-26",
        "estimate",
        Severity.ERROR,
        "the estimate with its working is missing",
        "Give hours by activity, at £25 an hour (in Scotland what staff are paid, at most £15), against the limit.",
        unless(lambda reading: reading.says(r"\b\d+(?:\.\d+)? (?:hours|minutes|days)\b|£\s?\d")),
        types=COST,
    ),
    Rule(
        "L-26",
        "what does not count",
        Severity.ERROR,
        "reading, redacting, considering exemptions and consulting do not count towards the limit",
        "Leave them out of the estimate.",
        wording(
            r"\b(?:redact\w*|review(?:ing)? (?:each|every|the|all|them|whether)|consider\w* (?:the |which |whether )?exempt\w*"
            r"|apply\w* exemptions?|consult\w*|read(?:ing)? (?:through|each|every)"
            r"|(?:read\w*|decid\w+|check\w*|look\w*|assess\w*)\b[^.;]{0,60}\b(?:exempt\w*|personal data|sensitive|disclos\w+)"
            r"|(?:remov\w+|blank\w* out|black\w* out|tak\w+ out) (?:the |all |any )?(?:names|personal|exempt\w*|sensitive))\b",
            within=_TIME,
            but=r"\b(?:not|does not|cannot|no|nothing|nor)\b[^.]{0,40}\b(?:includ\w*|count\w*|taken)\b|\binternal review\b"
            r"|\breview (?:of|procedure|request)\b",
        ),
        types=COST,
        regimes=FOIA,
    ),
    Rule(
        "L-26",
        "counts more than confirming",
        Severity.ERROR,
        "section 12(2) is about the cost of finding out whether the information is held, and of nothing else",
        "Leave out locating, retrieving and extracting it, or rely on section 12(1).",
        wording(
            r"\b(?:extract|retriev)\w*\b|\blocat(?:e|es|ing) (?:it|them|and|or|the (?:information|records))\b",
            within=_TIME,
            but=_NOT_COUNTED.pattern,
        ),
        types=frozenset({LetterType.COST_TO_CONFIRM}),
        regimes=FOIA,
    ),
    Rule(
        "L-26",
        "equal to the limit",
        Severity.ERROR,
        "the estimate has to exceed the limit; below it or equal to it is not enough",
        "Check the estimate: 18 hours (£450) exactly is within the limit, for a government department 24 hours (£600).",
        _within_limit,
        types=COST,
        regimes=FOIA,
    ),
    Rule(
        "X-13",
        "wrong limit",
        Severity.ERROR,
        "the limit is £450 or 18 hours, and £600 or 24 hours only for the bodies in Part I of Schedule 1",
        "Write the limit of this authority: £450 and 18 hours for a police force, a council, a school or the NHS.",
        _wrong_limit,
        types=COST,
        regimes=FOIA,
    ),
    Rule(
        "X-13",
        "hourly rate",
        Severity.ERROR,
        "an hour counts £25, whoever does the work",
        "Count the hours at £25 each.",
        _wrong_rate,
        types=COST,
        regimes=FOIA,
    ),
    Rule(
        "X-19",
        "hourly rate",
        Severity.ERROR,
        "in Scotland an hour of staff counts what the authority pays for it, and never more than £15",
        "Count the hours at no more than £15 each.",
        _wrong_rate,
        types=COST,
        regimes=FOISA,
    ),
    Rule(
        "X-19",
        "wrong limit",
        Severity.ERROR,
        "in Scotland the limit is £600 for every authority",
        "Write £600.",
        _wrong_limit,
        types=COST,
        regimes=FOISA,
    ),
    Rule(
        "X-19",
        "within the limit",
        Severity.ERROR,
        "the estimate has to exceed the limit of £600; below it or equal to it is not enough",
        "Check the estimate: 40 hours at £15, or £600 exactly, is within the limit.",
        _within_limit,
        types=COST,
        regimes=FOISA,
    ),
    Rule(
        "X-19",
        "what does not count",
        Severity.ERROR,
        "in Scotland the cost of finding out whether the information is held does not count",
        "Leave it out of the estimate.",
        wording(
            r"\b(?:find\w* out|determin\w+|establish\w*|check\w*|see(?:ing)?|confirm\w*) (?:whether|if)\b[^.;]{0,60}\b(?:hold|held|have)\b",
            within=_TIME,
            but=_NOT_COUNTED.pattern,
        ),
        types=COST,
        regimes=FOISA,
    ),
)
"""The rules for an estimate of cost."""
