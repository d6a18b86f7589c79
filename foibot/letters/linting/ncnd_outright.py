"""What tells, in a letter that neither confirms nor denies, how things are: a count, an event, that there is nothing (N-20); no I/O."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from foibot.letters.linting.ncnd_holding import of_its_own
from foibot.letters.linting.reading import Match, Reading, ignoring_case
from foibot.letters.linting.rule import Hit
from foibot.letters.linting.statements import hypothetical

_EVENT: Final = ignoring_case(
    r"attacks?|incidents?|operations?|arrests?|officers?|cases|occasions?|people|persons?|offences?|plots?"
    r"|records?|items?|documents?|files?|searches|visits?|complaints?|vehicles?|devices?|cameras?|warrants?"
    r"|applications?|investigations?|individuals?|suspects?|plans|deployments?"
)
_RECORDS: Final = r"(?:information|data|records?|documents?|files?|papers|material|logs?|footage|figures?|e?mails?)"
_COUNT: Final = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|several|some|many|most|all|dozens of"
    r"|hundreds of|a (?:few|number of|handful of|dozen)|an?|no(?: such)?|these|those|\d{1,3})"
)
_WAS: Final = r"(?:was|were|has been|have been|had been)"
_STOPPED: Final = (
    r"(?:stopped|foiled|prevented|thwarted|disrupted|averted|arrested|charged|detained|caught|intercepted|seized"
    r"|investigated)"
)
_DONE: Final = rf"(?:{_STOPPED}|convicted|deployed|planned|reported|recorded|made|used|carried out|found|identified|discovered|uncovered)"

_NOTHING: Final = (
    rf"\bthere (?:is|are|{_WAS}) (?:none|nil|zero)\b"
    rf"|\bthere (?:is|are|{_WAS}) no such (?!rights?\b|dut|tests?\b|requirement|public|balanc|exempt|obligation|need|reason|factor)"
    rf"|\bthere (?:is|was) nothing(?=\W*$| (?:held|recorded|about (?:it|this|that|them)|of (?:this|that|the) (?:kind|sort)|to (?:give"
    r"|find|disclose|release|report)|(?:on|in) (?:our|the|any) (?:\w+ )?(?:files?|records?|systems?|databases?|logs?))\b)"
    r"|\b(?:we|i) (?:have|had|found) (?:nothing|none)(?=\W*$| (?:about|on|of|to (?:give|find|disclose|release|report))\b)"
    rf"|\bnothing (?:\w+ ){{0,2}}(?:is|was|has been) (?:\w+ )?(?:held|found|located|identified|recorded|kept|stored|known"
    r"|(?:on|in) (?:our|the|any|file)\b)"
    rf"|\bno (?:such |relevant |recorded |other )*{_RECORDS} (?:exists?|existed)(?=\W*$|[,;]| (?:about|on|for|of|here|in our|regarding|relating)\b)"
    rf"|\b{_RECORDS} (?:does|do|did) not exist\b"
    r"|^(?:none|nil|zero|yes|no)[.!]$"
    r"|\b(?:answer|figure|number|total|count|result)s? (?:[^\W\d]+ ){0,6}?(?:is|are|was|were|comes to|stands at)"
    r" (?:therefore |simply )?(?:nil|none|zero|nought|yes|no(?=\W*$)|(?:one|two|three|four|five|six|seven|eight|nine|ten)\b|\d{1,3}(?=\W*$))"
)
_KEPT: Final = (
    rf"\b(?:the|these|those|this|such|relevant|all|some) (?:\w+ )?{_RECORDS} (?:is|are|was|were) (?:\w+ )?(?:kept|stored"
    r"|retained|filed|archived|destroyed|deleted)\b"
)
_ACTED: Final = rf"\b(?:we|(?:our|the|police|some|two|three) officers) (?:\w+ly )?{_STOPPED}\b"
_COUNTED: Final = (
    rf"\b{_COUNT} (?:[^\W\d]+ ){{1,3}}{_WAS} (?:\w+ly |all |also )?{_DONE}\b"
    rf"|\bthere {_WAS} (?!no such){_COUNT}(?: [^\W\d]+){{1,3}}"
)
_SUPPOSED: Final = ignoring_case(
    r"\b(?:could|should|can|any|who|whom|that|which|how|where|when|than|as if|as though|had)\b"
)
_PUBLIC: Final = ignoring_case(
    r"\b(?:press|media|news\w*|publish\w*|public (?:domain|record)|publicly|nationally|nationwide|this country"
    r"|Parliament|courts?|tribunal|report of|history)\b"
)


def told_outright(reading: Reading) -> Iterator[Hit]:
    """Give each place that says how many there were, what was done, or that there is nothing."""
    for match in reading.find_bare(_NOTHING):
        if not hypothetical(of_its_own(match.before)):
            yield Hit(match.line, match.text)
    asked = _asked_about(reading)
    for match in reading.find_bare(_COUNTED):
        if _is_counted(match.text, asked) and _told_as_fact(match):
            yield Hit(match.line, match.text)
    for match in reading.find_bare(f"{_KEPT}|{_ACTED}"):
        if _told_as_fact(match):
            yield Hit(match.line, match.text)


def _told_as_fact(match: Match) -> bool:
    # The same words stand in an example ("could learn that two plots were stopped") and in the news.
    before = of_its_own(match.before)
    return not (
        hypothetical(before) or _SUPPOSED.search(before) or _PUBLIC.search(match.sentence.text)
    )


def _is_counted(words: str, asked: frozenset[str]) -> bool:
    return any(_EVENT.fullmatch(each) or each in asked for each in words.lower().split())


def _asked_about(reading: Reading) -> frozenset[str]:
    """The plural words of the request: what the requester wants counted."""
    return frozenset(_PLURAL.findall(reading.request.lower())) - _NOT_COUNTED


_PLURAL: Final = re.compile(r"\b[a-z]{4,}s\b")
_NOT_COUNTED: Final = frozenset(
    [
        *(
            "days",
            "weeks",
            "months",
            "years",
            "hours",
            "questions",
            "parts",
            "copies",
            "details",
            "reasons",
        ),
        *("answers", "sections", "provisions", "factors"),
    ]
)
