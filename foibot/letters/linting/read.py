"""Turns a document into a reading: whose words, which law, what type, on which provisions; no I/O."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from foibot import law
from foibot.law.provisions import Provision
from foibot.law.regime import Exemption
from foibot.letters.linting.citing import Cited, citations
from foibot.letters.linting.document import Document, without_earlier_mail
from foibot.letters.linting.guess import (
    authority_of,
    checklists_of,
    ncnd_provisions,
    regimes_of,
    type_of,
)
from foibot.letters.linting.letter_type import LetterType
from foibot.letters.linting.passages import Sentence, passages, sentences
from foibot.letters.linting.quoted import Voice, voices, without_request
from foibot.letters.linting.reading import Ordered, Reading

_WHOLE: Final = re.compile(
    r"dear\b|yours (?:sincerely|faithfully|truly)\b|(?:kind|best|warm) regards\b|(?:our|your) ref\w*\b|ref\w*(?: no| number)?\s?[:.]",
    re.IGNORECASE,
)


def read(
    document: Document,
    *,
    letter_type: LetterType | None = None,
    request_text: str = "",
    ordered: Ordered | None = None,
) -> Reading:
    """Read a letter. What is not given is told from its words: the type, the law, the provisions."""
    text = without_earlier_mail(document.text)[0] if document.mail else document.text
    spoken = voices(passages(text), request_text)
    own = tuple(each.passage for each in spoken if each.voice is Voice.OWN)
    said = tuple(one for each in own for one in sentences(each))
    if not request_text:
        said = tuple(_bare(each) for each in said)
    cited = tuple(one for each in said for one in citations(each))
    regimes = regimes_of(said, cited)
    reading = Reading(
        document=document,
        passages=own,
        sentences=said,
        cited=cited,
        request=request_text
        or "\n".join(each.passage.text for each in spoken if each.voice is Voice.REQUEST),
        whole=document.mail is not None or any(_WHOLE.match(each.text) for each in own),
        authority=ordered.authority_name if ordered else authority_of(own, said),
        regimes=regimes,
        regime=regimes[0] if regimes else "foia",
        ordered=ordered,
    )
    judged = letter_type or type_of(reading)
    provisions = ordered.provisions if ordered else _provisions(reading)
    return replace(
        reading,
        letter_type=judged,
        checklists=checklists_of(reading, judged),
        provisions=provisions,
    )


def _bare(sentence: Sentence) -> Sentence:
    return replace(sentence, bare=without_request(sentence.bare))


def _provisions(reading: Reading) -> tuple[Provision, ...]:
    """The provisions cited that lift the duty to confirm or deny, in the order of the letter."""
    table = law.regime(reading.regime)
    known = ncnd_provisions(table)
    found: dict[str, Provision] = {}
    for each in reading.cited:
        row = next((row for row in table.exemptions if _serves(row, each)), None)
        if row is not None and each.subsection in known:
            section = row.ncnd_provision
            found.setdefault(
                section, Provision(table.key, section, row.title, row, limbs=(), ncnd=True)
            )
    return tuple(found.values())


def _serves(row: Exemption, cited: Cited) -> bool:
    """Whether the row is the one cited: 40(5B)(a) of "40(5B)(a)(i)", or of "40(5B)" alone."""
    lifted = row.ncnd_provision
    return bool(lifted) and (
        cited.provision.startswith(lifted) or lifted.startswith(f"{cited.provision}(")
    )
