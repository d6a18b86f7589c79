"""What surrounds a decision in every letter: reference, dates, names, signature, and no traces (L-01 to L-03, L-09 to L-13); no I/O."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from foibot.letters.linting.finding import Severity
from foibot.letters.linting.letter_type import (
    DECIDING,
    GIVES_NOTHING,
    LetterType,
)
from foibot.letters.linting.reading import Reading, ignoring_case
from foibot.letters.linting.rights import SIGN_OFF
from foibot.letters.linting.rule import (
    Hit,
    Rule,
    either,
    is_whole,
    unless,
    wording,
)


def _ambiguous_dates(reading: Reading) -> Iterator[Hit]:
    for match in reading.find(r"(?<![\d/.-])\d{1,2}[/.]\d{1,2}[/.](?:20)?\d\d(?![\d/-]|\.\d)"):
        yield Hit(match.line, match.text)


_DATED: Final = (
    r"\b\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:January|February|March|April|May|June|July|August|September|October"
    r"|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b,? (?:19|20)\d\d"
    r"|\b(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}(?:st"
    r"|nd|rd|th)?,? (?:19|20)\d\d|\b(?:19|20)\d\d-\d\d-\d\d\b|\b\d{1,2}[/.]\d{1,2}[/.](?:20)?\d\d\b"
)
_REFERENCE: Final = (
    r"\b(?:ref(?:erence)?(?: (?:no|number))?|case (?:no|number)|our ref|foi(?:a)? (?:ref|no|number"
    r"|request))\b[^A-Za-z0-9]{0,6}[\w/.-]*\d|\b(?:FOI|EIR|FOIA|RFI|IR)[ /#-]{0,2}\d[\w/-]*"
    r"|\[[\w/.-]*\d[\w/.-]*\]|\b\d{3,6}/\d\d\b"
)


def _has_reference(reading: Reading) -> bool:
    subject = reading.document.mail.subject if reading.document.mail else ""
    return reading.says(_REFERENCE) or ignoring_case(_REFERENCE).search(subject) is not None


def _has_date(reading: Reading) -> bool:
    if reading.document.mail is not None and reading.document.mail.date:
        return True
    # The date a request was received is not the date of the letter.
    return any(
        not re.search(
            r"\b(?:request|received|email|letter of|letter dated)\b[^.]{0,50}$",
            match.before[-60:],
            re.IGNORECASE,
        )
        for match in reading.find(_DATED)
    )


def _empty_fields(reading: Reading) -> Iterator[Hit]:
    for passage in reading.passages:
        if re.fullmatch(
            r"(?:your|our) ref(?:erence)?\.?\s?:?|date\s?:|ref(?:erence)?\s?:|re\s?:|name\s?:|tel(?:ephone)?\s?:|email\s?:",
            passage.text,
            re.IGNORECASE,
        ):
            yield Hit(passage.lines[0], passage.text)


def _guessed_title(reading: Reading) -> Iterator[Hit]:
    for passage in reading.passages:
        match = re.match(r"Dear (?:Mr|Mrs|Miss|Ms|Sir|Madam)\b[^,]{0,60}", passage.text)
        if match and not re.match(r"Dear (?:Sir or Madam|Sir/Madam|Sir / Madam)", passage.text):
            yield Hit(passage.lines[0], match.group())


def _request_repeated(reading: Reading) -> bool:
    return bool(reading.request.strip()) or reading.says(
        r"\byou(?:r request)?\b[^.]{0,40}\b(?:asked|requested|sought|seek|was for|asks|wanted|wrote|made)\b"
    )


def _signatures(reading: Reading) -> Iterator[Hit]:
    seen: dict[str, int] = {}
    signing = 0
    for passage in reading.passages:
        if SIGN_OFF.match(passage.text):
            # "Yours sincerely Jane Orange" may stand in one passage.
            signing, seen = 4, {}
            rest = SIGN_OFF.sub("", passage.text, count=1).strip(" ,")
            if rest:
                seen[rest.lower()] = passage.lines[0]
        elif signing:
            signing -= 1
            name = passage.text.strip(" ,").lower()
            if any(name == other or name.startswith(f"{other} ") for other in seen):
                yield Hit(passage.lines[0], passage.text[:60])
            seen[name] = passage.lines[0]


def _unsigned(reading: Reading) -> bool:
    return (
        any(SIGN_OFF.match(each.text) for each in reading.passages)
        or reading.has_passage(
            r"(?:freedom of information|foi|information|data|disclosure|records?|governance)\b.{0,40}\b(?:officer|team"
            r"|manager|unit|adviser|advisor|lead|office)\b"
        )
        or reading.says(r"\bsent automatically\b|\bautomatic\w* (?:message|reply|email)\b")
    )


def _offers_formats(reading: Reading) -> bool:
    return reading.says(
        r"\b(?:other|another|alternative|different|accessible|large) (?:format|print|language|version)s?\b"
        r"|\bbraille\b|\blarge print\b|\badjustments?\b|\breasonable adjustment"
    )


_REUSE: Final = (
    r"\bcopyright\b|\bre-?use of (?:the |this |any )?(?:public sector )?information\b"
    r"|\bRe-?use of Public Sector\b|\bOpen Government Licen[cs]e\b|\bDesigns and Patents\b"
)


def _re_use(reading: Reading) -> Iterator[Hit]:
    # Whoever keeps a work back because of somebody's right in it has to name the right.
    if not reading.cites("12(5)(c)", "10(5)(c)"):
        yield from wording(_REUSE)(reading)


_PLACEHOLDER: Final = re.compile(
    r"\]\(#?\s?\)|\]\(about:blank\)|\{\{|\}\}|<<|>>|«[^»]{0,60}»?|(?<!\w)[Tt][Bb][CcAa](?!\w)"
    r"|(?<!\w)(?i:x){3,}(?!\w)|\bXX+\b|\blorem\b|\bMERGEFIELD\b"
    # Our own mark of a place where words are still to be written.
    r"|\[(?i:still to be written):"
    r"|\[[A-Z][A-Z _/]{2,60}\]|\[(?i:insert|enter|add|delete|name|date|select|choose|your|officer|reference"
    r"|address|requester|applicant|details?|xx|complete)\b[^\]]{0,80}\]"
    r"|<(?i:insert|name|date|enter|ref|officer)[^>]{0,60}>|\bClick or tap\b|\bDELETE AS APPROPRIATE\b"
    r"|(?i:\bdelete as appropriate\b)|\bError! (?:Reference|Bookmark|Hyperlink)\b|_{4,}"
)


def _placeholders(reading: Reading) -> Iterator[Hit]:
    for passage in reading.passages:
        for start, end in _placeholders_in(passage.text):
            first = start
            if passage.text.startswith("](", start):
                first = max(0, passage.text.rfind("[", 0, start))
            yield Hit(passage.line_at(start), passage.text[first:end][:80].strip())


# Letters share most of their passages; as many as all templates have are remembered.
@lru_cache(2048)
def _placeholders_in(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(match.span() for match in _PLACEHOLDER.finditer(text))


def _residue(reading: Reading) -> Iterator[Hit]:
    if LetterType.NCND in reading.checklists:
        return
    for left in reading.document.residue:
        yield Hit(1, left, f"the file still carries {left}")
    for key, value in reading.document.properties:
        if key in {"author", "last changed by", "company", "manager"}:
            yield Hit(1, value, f"the file names its {key}")


def _names_outside(reading: Reading) -> Iterator[Hit]:
    mail = reading.document.mail
    if mail is None:
        return
    greetings = [f"Dear {reading.ordered.requester_name}"] if reading.ordered else []
    greetings += [passage.text for passage in reading.passages]
    name = next((each for text in greetings if (each := _greeted(text))), "")
    for where, text in (
        ("subject", mail.subject),
        *((f"file name {file.name}", file.name) for file in mail.files),
    ):
        if name and re.search(
            rf"(?<![A-Za-z]){re.escape(name)}(?![A-Za-z])", text.replace("_", " "), re.IGNORECASE
        ):
            yield Hit(1, text, "", where)


def _greeted(text: str) -> str:
    """The surname of the person greeted: "Smith" of "Dear Mr Smith"."""
    match = re.match(r"Dear ((?:[A-Z][\w'’-]+ ?){1,4})", text)
    words = match[1].split() if match else []
    generic = {"sir", "madam", "requester", "applicant", "customer", "team", "all", "enquirer"}
    return words[-1] if words and words[-1].lower() not in generic and len(words[-1]) > 2 else ""


FRAME: Final = (
    Rule(
        "L-01",
        "reference",
        Severity.WARNING,
        "the letter has no reference",
        "Give the case's reference.",
        unless(_has_reference),
        concerns=is_whole,
    ),
    Rule(
        "L-01",
        "date",
        Severity.WARNING,
        "the letter has no date",
        "Give the date, as '5 January 2021'.",
        unless(_has_date),
        concerns=is_whole,
    ),
    Rule(
        "L-01",
        "ambiguous date",
        Severity.WARNING,
        "a date in figures can be read in two ways",
        "Write the month as a word: '8 December 2020'.",
        _ambiguous_dates,
        defects=("D-27",),
    ),
    Rule(
        "L-02",
        "title guessed",
        Severity.NOTE,
        "a title says something about the requester that they may not have said",
        "Use the name exactly as it was given.",
        _guessed_title,
        defects=("D-30",),
    ),
    Rule(
        "L-03",
        "request repeated",
        Severity.NOTE,
        "the letter does not repeat the request it answers",
        "Quote the request, marked as a quotation.",
        unless(_request_repeated),
        types=DECIDING,
        concerns=is_whole,
    ),
    Rule(
        "L-09",
        "signed twice",
        Severity.WARNING,
        "the signature repeats a name",
        "Sign once: name, role, unit, mailbox.",
        _signatures,
        defects=("D-29",),
    ),
    Rule(
        "L-09",
        "signature",
        Severity.NOTE,
        "the letter is not signed by a role or a unit",
        "Sign with name, role, unit and a mailbox that is read.",
        unless(_unsigned),
        concerns=is_whole,
    ),
    Rule(
        "L-10",
        "other formats",
        Severity.NOTE,
        "the letter does not offer another format or help",
        "Write 'If you would like this letter in another format, please tell us', with the email address.",
        unless(_offers_formats),
        types=DECIDING,
        concerns=is_whole,
        defects=("D-34",),
    ),
    Rule(
        "L-11",
        "re-use paragraph",
        Severity.ERROR,
        "copyright and re-use concern information that is given, and none is given here",
        "Take the paragraph out.",
        _re_use,
        types=GIVES_NOTHING,
        defects=(
            "D-02",
            "D-26",
        ),
    ),
    Rule(
        "L-12",
        "placeholder",
        Severity.ERROR,
        "a placeholder, a merge field or an empty link was left in",
        "Fill it in or take it out.",
        _placeholders,
        defects=("D-17",),
    ),
    Rule(
        "L-12",
        "empty field",
        Severity.WARNING,
        "a field has no content",
        "Fill it in or take its label out.",
        _empty_fields,
        defects=("D-28",),
    ),
    Rule(
        "L-12",
        "traces in the file",
        Severity.ERROR,
        "the file carries what was not meant to leave",
        "Accept or reject changes, delete comments and hidden text, and clear the properties.",
        either(_residue),
    ),
    Rule(
        "L-13",
        "names outside the letter",
        Severity.ERROR,
        "the requester's name stands where everybody sees it",
        "Use the reference in subjects and file names.",
        _names_outside,
    ),
)
"""The rules for the frame of a letter."""
