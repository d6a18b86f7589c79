"""What every letter carries, whatever it decides (rules L-01 to L-13); no I/O."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from foibot.letters.linting.finding import Severity
from foibot.letters.linting.letter_type import LetterType
from foibot.letters.linting.reading import Reading, ignoring_case
from foibot.letters.linting.rights import SIGN_OFF, rights
from foibot.letters.linting.rule import EVERY_TYPE, Asks, Hit, Look, Rule, either, unless, wording

_T = LetterType
REFUSALS: Final = frozenset(
    {_T.NCND, _T.NCND_PART, _T.REFUSAL, _T.PART, _T.COST, _T.VEXATIOUS, _T.REPEATED, _T.ACCESSIBLE}
    | {_T.FUTURE_PUBLICATION, _T.EXTENSION}
)
"""The notices under FOIA 2000 s.17, which have to tell of both rights (s.17(7))."""

DECIDING: Final = REFUSALS | {_T.DISCLOSURE, _T.NOT_HELD, _T.REVIEW_OUTCOME, _T.TRANSFER}
_NO_INFORMATION: Final = REFUSALS - {_T.PART, _T.NCND_PART} | {_T.NOT_HELD}


def is_whole(reading: Reading) -> bool:
    """Whether the letter is there from greeting to signature, not the text of its decision alone."""
    return reading.whole


def _rights_concern(reading: Reading) -> bool:
    return reading.whole or reading.ordered is not None or rights(reading).review


def _ambiguous_dates(reading: Reading) -> Iterator[Hit]:
    for match in reading.find(r"(?<![\d/.-])\d{1,2}[/.]\d{1,2}[/.](?:20)?\d\d(?![\d/-]|\.\d)"):
        yield Hit(match.line, match.text)


_DATED: Final = (
    r"\b\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b,? (?:19|20)\d\d"
    r"|\b(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}(?:st|nd|rd|th)?,? (?:19|20)\d\d|\b(?:19|20)\d\d-\d\d-\d\d\b|\b\d{1,2}[/.]\d{1,2}[/.](?:20)?\d\d\b"
)
_REFERENCE: Final = (
    r"\b(?:ref(?:erence)?(?: (?:no|number))?|case (?:no|number)|our ref|foi(?:a)? (?:ref|no|number|request))\b[^A-Za-z0-9]{0,6}[\w/.-]*\d|\b(?:FOI|EIR|FOIA|RFI|IR)[ /#-]{0,2}\d[\w/-]*"
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
        r"\byou(?:r request)?\b[^.]{0,40}\b(?:asked|requested|sought|seek|was for|asks|wanted|wrote)\b"
    )


_FOIA_SECTIONS: Final = r"\b(?:sections?|s\.?) ?(?:2[1-9]|3\d|4[0-4])\s?\(\d"


def _wrong_regime_words(reading: Reading) -> Iterator[Hit]:
    # A letter that answers under two laws uses the words of both.
    if len(reading.regimes) > 1:
        return
    if reading.regime in {"foia", "foisa"}:
        yield from wording(
            r"\bexceptions? (?:under|in|at|of|contained|provided|applies|is engaged|are engaged|relied|to disclosure|to the duty)\b|\bexceptions? \d|\b(?:this|the following|following|an|qualified|absolute) exceptions?\b(?! (?:of|to the rule|cases?))",
            after=r"\b(?:with|without|by way of|as)\b(?: the| an)? $|\bwith (?:the )?$",
        )(reading)
    else:
        yield from wording(
            r"\bexempt(?:ions?|ed)?\b|\bis exempt\b",
            after=r"\bexempt from \w+$|\bFreedom of Information\b",
            but=r"\bFreedom of Information Act\b|\bsection 39\b",
        )(reading)
        yield from wording(
            _FOIA_SECTIONS, but=r"\bsection 39\b|\bFreedom of Information Act\b|\bFOIA\b"
        )(reading)


def _names_regime(reading: Reading) -> bool:
    return bool(reading.regimes)


def _scottish_mixed(reading: Reading) -> Iterator[Hit]:
    scottish = {"foisa", "eisr"} & set(reading.regimes)
    english = {"foia", "eir"} & set(reading.regimes)
    if scottish and english:
        match = next(
            reading.find(
                r"\bFreedom of Information (?:\(Scotland\) )?Act\b|\bFOIS?A\b|\bEnvironmental Information\b"
            ),
            None,
        )
        yield Hit(match.line if match else 1, match.text if match else "")


def _unanswered(reading: Reading) -> Iterator[Hit]:
    numbers = sorted(
        {int(each) for each in re.findall(r"(?:^|\n)\s*Q?(\d{1,2})\s?[.):]", reading.request)}
    )
    if len(numbers) < 2 or numbers != list(range(1, len(numbers) + 1)):
        return
    if reading.says(
        r"\b(?:all|both|each|every|any)\b[^.]{0,40}\b(?:questions?|parts?|points?|of your request|of these|of them)\b|\bquestions? \d{1,2} ?(?:to|-|–) ?\d{1,2}"
    ):
        return
    answered = {
        int(each)
        for match in reading.find(
            r"\b(?:questions?|parts?|points?|items?|Q)\s?\.?\d{1,2}(?:(?:,| and| &|, and) \d{1,2}){0,9}"
        )
        for each in re.findall(r"\d+", match.text)
    }
    answered |= {
        int(match.group(1))
        for each in reading.passages
        if (match := re.match(r"(?:Q|A)?(\d{1,2})\s?[.):]", each.text))
    }
    # Questions answered in turn, each below its own words, need no number of their own.
    if _answered_in_turn(reading):
        return
    left = [number for number in numbers if number not in answered]
    if left:
        shown = ", ".join(str(number) for number in left)
        yield Hit(1, "", f"nothing says how part {shown} of the request is answered")


def _answered_in_turn(reading: Reading) -> bool:
    own = {each.lines[0] for each in reading.passages}
    asked = _request_lines(reading)
    if len(asked) < 2:
        return False
    return all(
        any(first < line < second for line in own)
        for first, second in zip(asked, [*asked[1:], 10**9], strict=True)
    )


def _request_lines(reading: Reading) -> list[int]:
    return [
        number
        for number, line in enumerate(reading.document.text.splitlines(), start=1)
        if re.match(r"[\s>]*Q?\d{1,2}\s?[.):]\s", line)
        and " ".join(line.strip(" >\t").split())[:60] in reading.request
    ]


def _review_missing(reading: Reading) -> Iterator[Hit]:
    found = rights(reading)
    if found.no_review:
        return
    if not found.review:
        yield Hit(1, "", "how to ask for an internal review is missing")
        return
    lacking = []
    if not found.review_contact:
        lacking.append("an address to send it to")
    if not found.review_by:
        lacking.append("until when it can be asked for")
    if lacking:
        at = next(
            reading.find(
                r"\b(?:internal )?review\b|\bre-?examin\w+|\breconsider\w*|\bcomplain\w*|\bappeal"
            ),
            None,
        )
        yield Hit(
            at.line if at else 1,
            "",
            f"how to ask for an internal review lacks {' and '.join(lacking)}",
        )


def _no_target(reading: Reading) -> bool:
    found = rights(reading)
    return found.review_target or not found.review


def _regulator_missing(reading: Reading) -> Iterator[Hit]:
    found = rights(reading)
    at = next(reading.find(r"\bCommissioner\b|\bICO\b|\bInformation Commission\b"), None)
    if not found.regulator:
        yield Hit(1, "", "the right to apply to the regulator is missing")
    elif not found.regulator_contact:
        yield Hit(
            at.line if at else 1,
            at.text if at else "",
            "the regulator is named without an address, email or link",
        )


def _right_unnamed(reading: Reading) -> bool:
    if reading.regime in {"foisa", "eisr"}:
        return reading.cites("47", "47(1)")
    return reading.cites("50", "50(1)", "18") or reading.says(
        r"\b(?:apply|application)\b[^.]{0,80}\bCommission(?:er)?\b[^.]{0,80}\bdecision\b|\bdecision\b[^.]{0,60}\bCommission(?:er)?\b"
    )


def _old_regulator(reading: Reading) -> Iterator[Hit]:
    yield from wording(
        r"\bcasework@ico\.org\.uk|\bmail@ico\.gsi\.gov\.uk|\bdataprotection\.gov\.uk|\bWycliffe House[^.]{0,60}SK9 5A[A-EG-Z]|\bInformation Tribunal\b|\bData Protection (?:Commissioner|Registrar)\b"
    )(reading)


def _above(reading: Reading) -> Iterator[Hit]:
    yield from wording(
        r"\b(?:at|to) the (?:above|address above|address (?:given |shown )?at the (?:top|head))(?: address)?\b|\bthe above address\b"
    )(reading)


def _several_stages(reading: Reading) -> Iterator[Hit]:
    yield from wording(
        r"\b(?:first|second|initial|final|further|next) stage\b|\bstage (?:one|two|three|1|2|3)\b|\bfollowed the (?:\w+ )?full process\b|\bfull (?:complaints? )?process\b|\bexhausted (?:the|our|all) \w+ stages\b|\bre-examination of your request\b",
        but=r"\b(?:has|have|is|only) (?:only )?(?:one|a single|single) stage\b|\bsingle[- ]stage\b",
    )(reading)


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
            r"(?:freedom of information|foi|information|data|disclosure|records?|governance)\b.{0,40}\b(?:officer|team|manager|unit|adviser|advisor|lead|office)\b"
        )
        or reading.says(r"\bsent automatically\b|\bautomatic\w* (?:message|reply|email)\b")
    )


def _offers_formats(reading: Reading) -> bool:
    return reading.says(
        r"\b(?:other|another|alternative|different|accessible|large) (?:format|print|language|version)s?\b|\bbraille\b|\blarge print\b|\badjustments?\b|\breasonable adjustment"
    )


_REUSE: Final = r"\bcopyright\b|\bre-?use of (?:the |this |any )?(?:public sector )?information\b|\bRe-?use of Public Sector\b|\bOpen Government Licen[cs]e\b|\bDesigns and Patents\b"


def _placeholders(reading: Reading) -> Iterator[Hit]:
    pattern = re.compile(
        r"\]\(#?\s?\)|\]\(about:blank\)|\{\{|\}\}|<<|>>|«[^»]{0,60}»?|(?<!\w)[Tt][Bb][CcAa](?!\w)|(?<!\w)(?i:x){3,}(?!\w)|\bXX+\b|\blorem\b|\bMERGEFIELD\b"
        r"|\[[A-Z][A-Z _/]{2,60}\]|\[(?i:insert|enter|add|delete|name|date|select|choose|your|officer|reference|address|requester|applicant|details?|xx|complete)\b[^\]]{0,80}\]"
        r"|<(?i:insert|name|date|enter|ref|officer)[^>]{0,60}>|\bClick or tap\b|\bDELETE AS APPROPRIATE\b|(?i:\bdelete as appropriate\b)|\bError! (?:Reference|Bookmark|Hyperlink)\b|_{4,}"
    )
    for passage in reading.passages:
        for match in pattern.finditer(passage.text):
            start = (
                max(0, passage.text.rfind("[", 0, match.start()))
                if match.group().startswith("](")
                else match.start()
            )
            yield Hit(
                passage.line_at(match.start()), passage.text[start : match.end()][:80].strip()
            )


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
    name = next((each for passage in reading.passages if (each := _greeted(passage.text))), "")
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


def _element(
    id: str,
    name: str,
    severity: Severity,
    why: str,
    instead: str,
    look: Look,
    *defects: str,
    types: frozenset[LetterType] = EVERY_TYPE,
    regimes: frozenset[str] = frozenset(),
    concerns: Asks = lambda _: True,
    passed: str = "",
) -> Rule:
    return Rule(id, name, severity, why, instead, look, types, regimes, concerns, defects, passed)


_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTE

ELEMENTS: Final = (
    _element(
        "L-01",
        "reference",
        _W,
        "the letter has no reference",
        "Give the case's reference.",
        unless(_has_reference),
        concerns=is_whole,
    ),
    _element(
        "L-01",
        "date",
        _W,
        "the letter has no date",
        "Give the date, as '5 January 2021'.",
        unless(_has_date),
        concerns=is_whole,
    ),
    _element(
        "L-01",
        "ambiguous date",
        _W,
        "a date in figures can be read in two ways",
        "Write the month as a word: '8 December 2020'.",
        _ambiguous_dates,
        "D-27",
    ),
    _element(
        "L-02",
        "title guessed",
        _N,
        "a title says something about the requester that they may not have said",
        "Use the name exactly as it was given.",
        _guessed_title,
        "D-30",
    ),
    _element(
        "L-03",
        "request repeated",
        _N,
        "the letter does not repeat the request it answers",
        "Quote the request, marked as a quotation.",
        unless(_request_repeated),
        types=DECIDING,
        concerns=is_whole,
    ),
    _element(
        "L-04",
        "law named",
        _W,
        "the letter names no law under which it decides",
        "Name it: 'Freedom of Information Act 2000' or 'Environmental Information Regulations 2004'.",
        unless(_names_regime),
        types=DECIDING | {_T.ACKNOWLEDGEMENT},
    ),
    _element(
        "L-04",
        "words of another law",
        _E,
        "the Acts have exemptions and sections, the Regulations exceptions and regulations",
        "Use the words of the law that the letter decides under.",
        _wrong_regime_words,
        types=DECIDING,
    ),
    _element(
        "L-04",
        "laws of two countries",
        _W,
        "the laws of Scotland and of the rest of the United Kingdom are mixed",
        "Decide under the law that binds this authority.",
        _scottish_mixed,
    ),
    _element(
        "L-05",
        "every part answered",
        _E,
        "a part of the request has no outcome",
        "Answer every numbered part, each by its number.",
        _unanswered,
        types=frozenset({_T.PART, _T.DISCLOSURE, _T.NCND_PART}),
    ),
    _element(
        "L-06",
        "review",
        _E,
        "how to ask for an internal review is missing",
        "Give the email and postal address, until when to ask (40 working days), who decides and by when; "
        "or say that there is no procedure.",
        _review_missing,
        "D-08",
        types=REFUSALS,
        concerns=_rights_concern,
        passed="tells how to ask for an internal review, where and by when",
    ),
    _element(
        "L-06",
        "address above",
        _E,
        "the review address has to stand in the letter",
        "Write the address where the right is explained.",
        _above,
        "D-08",
    ),
    _element(
        "L-06",
        "review target",
        _N,
        "by when a review is answered is not said",
        "Write 'We aim to tell you the result within 20 working days'.",
        unless(_no_target),
        types=REFUSALS,
        concerns=is_whole,
    ),
    _element(
        "L-06",
        "one stage",
        _W,
        "the wording suggests a review in several stages, or is unclear; a review has one stage",
        "Write 'You can ask us for an internal review of this decision'.",
        _several_stages,
        "D-33",
        types=DECIDING,
    ),
    _element(
        "L-07",
        "regulator",
        _E,
        "the right under section 50 with the regulator's particulars is missing",
        "Name section 50 and give the regulator's name, address, email and link.",
        _regulator_missing,
        "D-07",
        types=REFUSALS | {_T.REVIEW_OUTCOME},
        concerns=_rights_concern,
        passed="tells of the right under section 50 with the regulator's particulars",
    ),
    _element(
        "L-07",
        "right named",
        _W,
        "the right to apply to the regulator is not named as what it is",
        "Write 'Under section 50 of the Act you may apply to the regulator for a decision' "
        "(in Scotland: section 47).",
        unless(_right_unnamed),
        "D-07",
        types=REFUSALS | {_T.REVIEW_OUTCOME},
        concerns=lambda reading: _rights_concern(reading) and rights(reading).regulator,
    ),
    _element(
        "L-08",
        "old particulars",
        _W,
        "the regulator's name or address is out of date",
        "Take them from the configuration, where they carry the day they were checked.",
        _old_regulator,
    ),
    _element(
        "L-09",
        "signed twice",
        _W,
        "the signature repeats a name",
        "Sign once: name, role, unit, mailbox.",
        _signatures,
        "D-29",
    ),
    _element(
        "L-09",
        "signature",
        _N,
        "the letter is not signed by a role or a unit",
        "Sign with name, role, unit and a mailbox that is read.",
        unless(_unsigned),
        concerns=is_whole,
    ),
    _element(
        "L-10",
        "other formats",
        _N,
        "the letter does not offer another format or help",
        "Write 'If you would like this letter in another format, please tell us', with the email address.",
        unless(_offers_formats),
        "D-34",
        types=DECIDING,
        concerns=is_whole,
    ),
    _element(
        "L-11",
        "re-use paragraph",
        _E,
        "copyright and re-use concern information that is given, and none is given here",
        "Take the paragraph out.",
        wording(_REUSE),
        "D-02",
        "D-26",
        types=_NO_INFORMATION,
    ),
    _element(
        "L-12",
        "placeholder",
        _E,
        "a placeholder, a merge field or an empty link was left in",
        "Fill it in or take it out.",
        _placeholders,
        "D-17",
    ),
    _element(
        "L-12",
        "empty field",
        _W,
        "a field has no content",
        "Fill it in or take its label out.",
        _empty_fields,
        "D-28",
    ),
    _element(
        "L-12",
        "traces in the file",
        _E,
        "the file carries what was not meant to leave",
        "Accept or reject changes, delete comments and hidden text, and clear the properties.",
        either(_residue),
    ),
    _element(
        "L-13",
        "names outside the letter",
        _E,
        "the requester's name stands where everybody sees it",
        "Use the reference in subjects and file names.",
        _names_outside,
    ),
)
"""The rules for every letter."""
