"""What says, in a letter that neither confirms nor denies, that the information is held or is not (N-20); no I/O."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from foibot.letters.linting.reading import Reading, ignoring_case
from foibot.letters.linting.rule import Hit, exactly, wording
from foibot.letters.linting.statements import NOT_HELD, hypothetical

_HOLDER: Final = (
    r"(?:we|i|(?:the|this|our) (?:force|police|council|authority|constabulary|trust|university|department"
    r"|service|organisation|college)"
    r"|(?-i:[A-Z]\w+) (?:Police|Constabulary|Council))"
)
_HOLDS: Final = (
    rf"\b{_HOLDER}(?: do| does| did| can confirm that (?:we|it))?(?: not)?(?: currently| already| also"
    rf"| only)? (?:holds?|held|possess(?:es)?)\b(?! (?:to account|you|it (?:very )?likely))"
)
_KEPT_IN: Final = (
    r"(?:systems?|records?|databases?|logs?|registers?|files?|archives?|indexe?s?|spreadsheets?)"
)
_OWN_DATA: Final = (
    r"\byour (?:personal|name|contact|own)\b|\bprivacy\b|\bpersonal (?:data|information) about you\b"
    r"|\bin (?:the )?high\w* regard\b|\bresponsib\w+|\bto account\b|\baccountable\b"
)


def told_held(reading: Reading) -> Iterator[Hit]:
    """Give each place that says it of the authority, or of what it keeps its information in."""
    names = {
        name
        for name in (reading.authority, reading.ordered.authority_name if reading.ordered else "")
        if name
    }
    named = "".join(
        rf"|\b{exactly(name)}(?: do| does)?(?: not)? holds?\b" for name in sorted(names)
    )
    pattern = (
        rf"{_HOLDS}{named}|{NOT_HELD}"
        r"|\b(?:no|some|relevant) (?:relevant )?information (?:is|was) (?:not )?held\b"
        r"|\b(?:is|are|was|were) held (?:by|in|on|at) (?:us|our)\b"
        r"|\bthere (?:is|are|was|were) no (?:(?:recorded|relevant|such|further|known) )?(?:records?|information"
        r"|trace|data|documents?)\b(?! (?:right|duty|that))"
        r"|\bno (?:recorded|relevant|such) (?:information|records?|data|documents?) (?:in relation to|relating to"
        r"|about|on|for|regarding|concerning)\b"
        rf"|\b(?:our|the) (?:\w+ ){{0,2}}{_KEPT_IN}\b[^.;]{{0,50}}\b(?:(?:does|do|did|has|have) not (?:mention"
        r"|show|contain|list|include|refer|record)|(?:shows?|showed|holds?|contains?|lists?|records?|mentions?"
        r"|returns?|returned) (?:nothing|no\b|none))"
        r"|\bwe (?:do )?have (?:some|several|no|\d+|a (?:small |large )?(?:number|amount) of) (?:\w+ )?(?:correspondence"
        r"|e-?mails?|records?|documents?|files?|information|data|notes|papers|footage|reports?|entries)\b"
        r"|\b(?:is|are|was|were) (?:not )?known to (?:us|the force|this force)\b|\bknown to us\b"
        r"|\b(?:the|this|your|requested|relevant) information(?: you (?:requested|asked for|seek"
        r"|have requested))? (?:is|was) (?:indeed )?(?:not )?held\b"
        r"|\b(?:information|records?|data|documents?|material) (?:that |which )?(?:(?-i:[A-Z]\w+ )+|we "
        r"|the force )(?:does|do) (?:not )?hold\b"
    )
    for match in reading.find_bare(pattern):
        if not hypothetical(of_its_own(match.before)) and not ignoring_case(_OWN_DATA).search(
            match.sentence.text
        ):
            yield Hit(match.line, match.text)


CAN_CONFIRM: Final = wording(
    r"\b(?:can|able to|pleased to|happy to|wish to|must) (?:now |therefore |also )?confirm\b(?! (?:or|nor"
    r"|receipt|what|whether|that (?:your|this) request|either))",
    after=r"\b(?:neither|not|nor|un|whether|if)\b[^,;]{0,20}$",
    but=r"\bconfirm (?:or|nor|either)\b|\bneither\b",
)


def of_its_own(before: str) -> str:
    """What stands before in the same main clause: "They would expect no answer, and the log shows none"."""
    return _NEXT_CLAUSE.split(before)[-1]


_NEXT_CLAUSE: Final = ignoring_case(r"[;,] (?:and|but|yet) (?!whether|if|that|would|could|nor)|; ")
