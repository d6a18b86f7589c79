"""Faults of wording that no other rule names: each is one of those found in a specimen letter (D-12 to D-32); no I/O."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from foibot.letters.linting.finding import Severity
from foibot.letters.linting.letter_type import (
    REFUSALS,
)
from foibot.letters.linting.reading import Reading, ignoring_case
from foibot.letters.linting.rule import (
    ANY_NCND,
    Hit,
    Rule,
    wording,
)

_SECTION_31: Final = (
    r"(?:.*\b(?:for|under|in|of|against|:|-)?\s?)?\b(?:S|s\.|section|sections) ?31\b"
)
_ANY_SECTION: Final = r"\b(?:S|s\.|sections?) ?\d\d"


def _harm_for_24(reading: Reading) -> Iterator[Hit]:
    for each in reading.cited:
        if each.number != "24":
            continue
        match = re.search(
            r"\b(?:harm|prejudice)(?:[- ]based)?\b(?=[^.]{0,40}\b(?:test|based|exemptions?|must|required|balanc\w+"
            r"|evidence)\b)|\b(?:harm|prejudice)[- ]based\b",
            each.sentence.text[each.end :],
            re.IGNORECASE,
        )
        if match and not re.search(
            r"\b(?:not|no|rather than)\b[^.]{0,30}\b(?:harm|prejudice)",
            each.sentence.text,
            re.IGNORECASE,
        ):
            yield Hit(each.line, each.sentence.text[each.start : each.end + match.end()][:160])


def _security_under_31(reading: Reading) -> Iterator[Hit]:
    if "24" not in {each.number for each in reading.cited}:
        return
    under = False
    for passage in reading.passages:
        if passage.is_heading and not re.match(r"[-•*]\s|\d", passage.text):
            cites = ignoring_case(_ANY_SECTION).findall(passage.text)
            under = bool(cites) and all("31" in each for each in cites)
        elif under and (
            match := re.search(r"[^.]*\bnational security\b[^.]*", passage.text, re.IGNORECASE)
        ):
            yield Hit(passage.line_at(match.start()), match.group().strip()[:160])


def _names_differ(reading: Reading) -> Iterator[Hit]:
    """One authority under several names: "Exampleshire Police" and "Exampleshire Police Service"."""
    if not reading.authority:
        return
    stem = reading.authority.split()[0]
    if not re.search(r"\b(?:Police|Constabulary)\b", reading.authority) or stem == "Police":
        return
    first = ""
    for match in reading.find(
        rf"\b(?-i:{re.escape(stem)}) (?-i:(?:Police (?:Service|Force|Constabulary)|Police"
        rf"|Constabulary))\b(?! (?:Headquarters|HQ|Federation|Authority|and Crime))"
    ):
        first = first or match.text
        if match.text != first:
            yield Hit(
                match.line, match.text, f"the authority is called '{first}' and '{match.text}'"
            )
            return
    own = next(
        reading.find(r"\b(?-i:[Tt]he Police Service|the Force(?:'s)?|The Force)\b(?! (?-i:[A-Z]))"),
        None,
    )
    if own is not None and first and reading.ordered is None:
        yield Hit(own.line, own.text, f"the authority is called '{first}' and '{own.text}'")


def _split_paragraph(reading: Reading) -> Iterator[Hit]:
    for before, after in zip(reading.passages, reading.passages[1:], strict=False):
        broken = (
            re.search(r"[a-z,]$", before.text)
            and after.text[:1].islower()
            and len(before.text) > 60
        )
        if (
            broken
            and after.lines[0] > before.lines[-1] + 1
            and not re.match(r"\(?[a-z0-9]{1,3}[.)]", after.text)
        ):
            yield Hit(before.lines[-1], f"{before.text[-40:]} / {after.text[:40]}")


_SLIPS: Final = (
    r"\bexception circumstances\b|\ban? absolute exemptions\b|\bmore terrorist attack\b(?!s)"
    r"|\bother security law enforcement\b|\bthe more information [^.]{0,40} will provide\b"
    r"|\bexemptions which means\b"
    r"|\b(?:the the|a a|of of|to to|is is|and and|that that the|in in|for for)\b|\bprovides you the right\b"
    r"|\bin the the\b|\bshould of\b|\bwould of\b|\brecieved?\b|\bseperate\w*|\boccured\b|\binformaton\b"
    r"|\bexemtions?\b"
)


WORDINGS: Final = (
    Rule(
        "N-01",
        "half a formula",
        Severity.WARNING,
        "the formula is broken: 'confirm or deny', or 'neither confirm nor deny'",
        "Write 'confirm or deny', or 'neither confirm nor deny'.",
        wording(
            r"\bconfirm\w*,? or not\b|\bneither confirm\w*,? or (?:to )?den\w+|(?<!neither )\bconfirm\w*, nor,? den\w+"
            r"|\bconfirming nor denying\b",
            after=r"\b(?:neither|not)\b[^,;]{0,20}$",
        ),
        types=ANY_NCND,
        defects=("D-23",),
    ),
    Rule(
        "N-01",
        "one name",
        Severity.WARNING,
        "the authority has several names in the letter",
        "Use its one correct name throughout.",
        _names_differ,
        defects=("D-24",),
    ),
    Rule(
        "D-12",
        "harm for section 24",
        Severity.WARNING,
        "section 24 asks whether the exemption is required to safeguard national security; it is not harm-based",
        "Write 'required for the purpose of safeguarding national security'.",
        _harm_for_24,
        types=REFUSALS,
        defects=("D-12",),
    ),
    Rule(
        "D-18",
        "national security under section 31",
        Severity.WARNING,
        "the reasons for section 31 argue national security, which is section 24",
        "Argue the limb of section 31(1) that is relied on.",
        _security_under_31,
        types=ANY_NCND,
        defects=("D-18",),
    ),
    Rule(
        "D-19",
        "blanket policy",
        Severity.WARNING,
        "a policy of never answering fetters the decision that this request needs",
        "Say what was considered for this request.",
        wording(
            r"\b(?:will|would|can|does|do) never\b(?: \w+){0,2} (?:divulge|confirm|disclose|comment|reveal|release|say"
            r"|answer|discuss)\w*|\b(?:policy|practice) (?:is |of )?(?:not to|never to|to never|to always|to neither)\b"
            r"|\balways (?:refuse|neither confirm|issue an NCND)\b|\bblanket (?:policy|approach|refusal)\b",
            but=r"\bno blanket\b",
        ),
        types=REFUSALS,
        defects=("D-19",),
    ),
    Rule(
        "D-20",
        "inverted logic",
        Severity.WARNING,
        "as written, the interest in knowing prevails",
        "Say which interest is outweighed, by name.",
        wording(
            r"\bpublic interest in (?:knowing|transparen\w+|openness|accountab\w+|disclos\w+"
            r"|the public)\b[^.]{0,160}\b(?:this|it|which) (?:will|can|would|should) only be (?:overridden"
            r"|outweighed)\b"
        ),
        types=REFUSALS,
        defects=("D-20",),
    ),
    Rule(
        "D-22",
        "wrong object",
        Severity.WARNING,
        "what is meant are attacks, not attacks on attackers",
        "Write 'terrorist attacks'.",
        wording(r"\bcounter[- ]terroris[tm] attacks?\b"),
        defects=("D-22",),
    ),
    Rule(
        "D-31",
        "broken paragraph",
        Severity.NOTE,
        "a sentence is cut in two by an empty line",
        "Join the two parts.",
        _split_paragraph,
        defects=("D-31",),
    ),
    Rule(
        "D-32",
        "slip of the pen",
        Severity.NOTE,
        "a slip of grammar or typing",
        "Correct it.",
        wording(_SLIPS),
        defects=("D-32",),
    ),
    Rule(
        "X-04",
        "weak or absolute words",
        Severity.WARNING,
        "the law knows 'would' and 'would be likely to', and nothing stronger or weaker",
        "Write 'would be likely to'.",
        wording(
            r"\bwould (?:definitely|certainly|undoubtedly|inevitably|surely|,? ?by default,?)(?: \w+)?\b"
            r"|\b(?:definitely|undoubtedly|without doubt) (?:reveal|undermine|affect|harm|prejudice|compromise)s?\b"
            r"|\b(?:may|might|could|possibly) (?:potentially |possibly )?(?:prejudice|be prejudicial"
            r"|harm the (?:prevention|interests))\b"
        ),
        types=REFUSALS,
        defects=("D-21",),
    ),
)
"""The rules for what has no id among the rules of law."""
