"""Turns a document into a reading: whose words, which law, what type, on which provisions; no I/O."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Final

from foibot.letters.linting.citing import Cited, citations
from foibot.letters.linting.document import Document, without_earlier_mail
from foibot.letters.linting.guess import checklists_of, type_of
from foibot.letters.linting.laws import authority_of, ncnd_relied_on, regimes_of
from foibot.letters.linting.letter_type import LetterType
from foibot.letters.linting.passages import Passage, Sentence, passages, sentences
from foibot.letters.linting.quoted import (
    Spoken,
    Voice,
    letters_of,
    marked_voices,
    voices,
    without_request,
)
from foibot.letters.linting.reading import Ordered, Reading
from foibot.letters.linting.rights import before_rights, rights_in
from foibot.letters.threat_level import NO_THREAT_LEVEL, ThreatLevel

_WHOLE: Final = re.compile(
    r"dear\b|yours (?:sincerely|faithfully|truly)\b|(?:kind|best|warm) regards\b|(?:our|your) ref\w*\b"
    r"|ref\w*(?: no| number)?\s?[:.]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a letter, and which of them are its own.

    `is_whole` is true if some of its own are such as only a whole letter has.
    """

    spoken: tuple[Spoken, ...]
    own: tuple[Passage, ...]
    said: tuple[Sentence, ...]
    cited: tuple[Cited, ...]
    is_whole: bool


def read(
    document: Document,
    *,
    letter_type: LetterType | None = None,
    ordered: Ordered | None = None,
    threat_level: ThreatLevel = NO_THREAT_LEVEL,
    today: date = date.min,
) -> Reading:
    """Read a letter. What is not given is told from its words: the type, the law, the provisions.

    `threat_level` is how the office words the national level, and `today` the day that is asked of.
    """
    words = (
        _of_draft(document.text, ordered.request, ordered.requester_name)
        if ordered
        else _of_letter(document)
    )
    own, said, cited = words.own, words.said, words.cited
    ends = before_rights(own)
    body = tuple(each for each in said if each.passage.lines[0] < ends)
    # Each law leads to the regulator of another, so that the end of a letter names more than one.
    regimes = regimes_of(body, cited) or regimes_of(said, cited)
    reading = Reading(
        document=document,
        passages=own,
        sentences=said,
        cited=cited,
        body=body,
        request=ordered.request
        if ordered
        else "\n".join(each.passage.text for each in words.spoken if each.voice is Voice.REQUEST),
        rights=rights_in(said, in_mail=document.mail is not None),
        whole=document.mail is not None or words.is_whole,
        authority=ordered.authority_name if ordered else authority_of(own, said),
        regimes=regimes,
        regime=ordered.regime if ordered else (regimes or ("foia",))[0],
        ordered=ordered,
        threat_level=threat_level,
        today=today,
    )
    judged = letter_type or type_of(reading)
    provisions = ordered.provisions if ordered else ncnd_relied_on(reading)
    return replace(
        reading,
        letter_type=judged,
        checklists=checklists_of(reading, judged),
        provisions=provisions,
    )


@lru_cache(2)
def _of_draft(text: str, request: str, requester_name: str) -> _Words:
    """The words of a draft, kept for a moment: it is read once to be judged, and once to say what it was judged by."""
    # It repeats the request behind marks and quotes no mail, so that nothing is recognised by its words: a
    # request may hold ours.
    spoken = marked_voices(passages(text), request)
    every = _own(spoken)
    # A stranger chose the name they are greeted by.
    greeting = letters_of(f"Dear {requester_name}")
    own = tuple(each for each in every if letters_of(each.text) != greeting)
    said = tuple(one for each in own for one in sentences(each))
    return _Words(spoken, own, said, _cited(said), _is_whole(every))


def _of_letter(document: Document) -> _Words:
    """The words of a letter written elsewhere."""
    text = without_earlier_mail(document.text)[0] if document.mail else document.text
    spoken = voices(passages(text))
    own = _own(spoken)
    said = tuple(_bare(one) for each in own for one in sentences(each))
    return _Words(spoken, own, said, _cited(said), _is_whole(own))


def _own(spoken: tuple[Spoken, ...]) -> tuple[Passage, ...]:
    return tuple(each.passage for each in spoken if each.voice is Voice.OWN)


def _cited(said: tuple[Sentence, ...]) -> tuple[Cited, ...]:
    return tuple(one for each in said for one in citations(each))


def _is_whole(own: tuple[Passage, ...]) -> bool:
    return any(_WHOLE.match(each.text) for each in own)


def _bare(sentence: Sentence) -> Sentence:
    return replace(sentence, bare=without_request(sentence.bare))
