"""Turns a document into a reading: whose words, which law, what type, on which provisions; no I/O."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Final

from foibot.letters.linting.citing import citations
from foibot.letters.linting.document import Document, without_earlier_mail
from foibot.letters.linting.guess import checklists_of, type_of
from foibot.letters.linting.laws import authority_of, ncnd_relied_on, regimes_of
from foibot.letters.linting.letter_type import LetterType
from foibot.letters.linting.passages import Sentence, passages, sentences
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
    spoken = _spoken(document, ordered)
    own = tuple(each.passage for each in spoken if each.voice is Voice.OWN)
    whole = document.mail is not None or any(_WHOLE.match(each.text) for each in own)
    if ordered is not None:
        # A stranger chose the name they are greeted by.
        greeting = letters_of(f"Dear {ordered.requester_name}")
        own = tuple(each for each in own if letters_of(each.text) != greeting)
    said = tuple(one for each in own for one in sentences(each))
    if ordered is None:
        said = tuple(_bare(each) for each in said)
    cited = tuple(one for each in said for one in citations(each))
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
        else "\n".join(each.passage.text for each in spoken if each.voice is Voice.REQUEST),
        rights=rights_in(said, in_mail=document.mail is not None),
        whole=whole,
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


def _spoken(document: Document, ordered: Ordered | None) -> tuple[Spoken, ...]:
    if ordered is not None:
        # A draft repeats the request behind marks and quotes no mail, so that nothing is recognised by
        # its words: a request may hold ours.
        return marked_voices(passages(document.text), ordered.request)
    text = without_earlier_mail(document.text)[0] if document.mail else document.text
    return voices(passages(text))


def _bare(sentence: Sentence) -> Sentence:
    return replace(sentence, bare=without_request(sentence.bare))
