"""Tells the authority's own words from the request it repeats and the statute it quotes; no I/O.

A letter quotes in many ways: behind ">", in quotation marks, as a paragraph under "You asked:", as
numbered questions before their answers. What is quoted says nothing about the decision.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto, unique
from typing import Final

from foibot.letters.linting.passages import Passage

_INTRODUCES: Final = re.compile(
    r"(?:\b(?:you|your)\b[^.]{0,160}\b(?:ask\w*|request\w*|wrote|writ\w+|seek\w*|sought|email\w*|want\w*|questions?|enquiry"
    r"|letter|quer\w+)\b|\brequest(?:ed)?\b[^.]{0,80}\bfollow\w*|\bfollowing (?:information|questions?|request)\b"
    r"|\b(?:in|as|is) (?:which|follows)\b)[^.]{0,160}:$",
    re.IGNORECASE,
)
_REQUEST_HEADING: Final = re.compile(
    r"(?:the |your |details of (?:the |your )?)?(?:foi |information |original )?(?:request|questions?)"
    r"(?: for information| \d{1,2}| details| received| as received| in full)?\s?:?$|you (?:asked|requested|wrote)\s?:?$"
    r"|request for information\s?:?$",
    re.IGNORECASE,
)
_ASKS: Final = re.compile(
    r"(?:Q?\d{1,2}\s?[.):]\s?|\(?[a-z][.)]\s|[-•*]\s)?[\"'“‘]?(?:how|what|which|when|where|who|why|whether"
    r"|please|could you|can you"
    r"|would you|do you|did you|does|has|have you|is there|are there|i (?:would|am|wish|want|request|also)|under the"
    r"|a copy|copies|the (?:number|total|names?|cost|dates?|amount)s?\b|number of|all |any |for each|in (?:each"
    r"|the last|relation)"
    r"|provide|confirm|if so|if not|details? of|lists? )",
    re.IGNORECASE,
)
_AUTHORITY: Final = re.compile(
    r"\b(?:we|our|us)\b(?! know)|^(?:in )?(?:response|answer|reply|our response|decision)\b|\bneither confirm\b"
    r"|^following (?:receipt|your)|^(?:i|we) can\b|^having\b|^searches\b|^section \d|^dear\b|^yours\b"
    r"|\b(?:is|are|be) exempt\b|^this (?:letter|response)\b|^unfortunately\b|^please find\b|\bdoes not hold\b"
    r"|^(?:the|your) request (?:has|was|is|falls)|^question \d{1,2}\s?:?$|^information held\b|^no information\b"
    r"|^your request\b",
    re.IGNORECASE,
)
_ANSWER_HEADING: Final = re.compile(
    r"(?:our |the )?(?:responses?|decision|answers?|reply|outcome)\b[^.?]{0,40}:?$", re.IGNORECASE
)
_YOU_ASKED: Final = re.compile(
    r"(?P<before>\w+ )?\b(?:you(?: have| had| also| then|, \w+,){0,2} (?:asked|requested|wrote|seek|sought|wanted to know)"
    r"|you (?:are|were) (?:asking|seeking)|(?:your (?:request|email|letter|question)|the request)"
    r" (?:asks|seeks|(?:was|is|reads?) (?=for\b|as follows|[\"“‘])))"
    r"(?P<asked>(?:(?!,? (?:and|but) (?:we|our|the \w+ (?:does|do|can|is)))[^.]){0,600})",
    re.IGNORECASE,
)
_RELATIVE: Final = frozenset(
    [
        "information",
        "data",
        "record",
        "records",
        "document",
        "documents",
        "detail",
        "details",
        "figures",
        "which",
        "that",
        "what",
        "material",
        "as",
        "everything",
        "questions",
        "matters",
        "correspondence",
        "recordings",
        "images",
        "footage",
        "topic",
        "subject",
    ]
)
_STATUTE: Final = re.compile(
    r"[\"“‘(]?(?:\(?[a-z\d]{1,2}\)\s?)?(?:any person making a request for information to a public authority is entitled"
    r"|to be informed in writing by the public authority whether"
    r"|if that is the case, to have that information communicated"
    r"|a public authority which, in relation to any request"
    r"|information (?:to which this section applies|which is not exempt|held by a public authority) is exempt"
    r"|information is exempt information if|the duty to confirm or deny does not arise (?:if|in relation)"
    r"|the duty to confirm or deny (?:is|does not arise) .{0,80}if, or to the extent that"
    r"|states that fact|specifies the exemption in question|states \(if that would not otherwise be apparent\) why"
    r"|section 1\(1\) does not oblige|a public authority is not obliged to|a public authority may refuse to disclose"
    r"|for the purposes of this (?:section|act)|it is an absolute exemption)",
    re.IGNORECASE,
)
_STATUTE_FOLLOWS: Final = re.compile(
    r"\b(?:section|regulation|subsection|act|regulations)\b[^.:]{0,120}\b(?:states?|provides?|says|reads?|sets? out|as follows)"
    r"(?: that)?(?: follows)?\s?:\s?$",
    re.IGNORECASE,
)
_DECIDES: Final = re.compile(
    r"\b(?:provisions?|exempt\w*|because|refus\w+|answers?|attached|provided)\b", re.IGNORECASE
)
_GOES_ON: Final = re.compile(
    r"(?:[-•*·]|Q?\d{1,2}\s?[.):]|\(?[a-zA-Z][.)]|\(?[ivx]{1,4}[.)])\s|[\"“]|(?:and |also "
    r"|in addition,? )?(?:please (?:provide|supply|send|tell|give|confirm|also|could)"
    r"|(?:could|can|would) you|i (?:would|am|wish|want|also|request))\b",
    re.IGNORECASE,
)
_LIST_ITEM: Final = re.compile(r"(?:[-•*·]|\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4})[.)])\s?")


@unique
class Voice(Enum):
    """Whose words a passage is."""

    OWN = auto()
    REQUEST = auto()
    STATUTE = auto()


@dataclass(frozen=True, slots=True)
class Spoken:
    """A passage with whose words it is."""

    passage: Passage
    voice: Voice


def voices(found: tuple[Passage, ...]) -> tuple[Spoken, ...]:
    """Say of each passage of a letter written elsewhere whose words it is, as far as they show it."""
    return tuple(_recognised(found))


def marked_voices(found: tuple[Passage, ...], request_text: str) -> tuple[Spoken, ...]:
    """Say of each passage of a draft of our own whose words it is.

    The requester's stand behind marks; marks around anything that they did not write hide nothing.
    """
    request = letters_of(request_text)
    return tuple(Spoken(each, _marked_voice(each, request)) for each in found)


def _marked_voice(passage: Passage, request: str) -> Voice:
    if passage.marked and letters_of(passage.text) in request:
        return Voice.REQUEST
    return Voice.STATUTE if _STATUTE.match(passage.text) else Voice.OWN


def letters_of(text: str) -> str:
    """Give what stays of a text whatever a letter makes of its spaces, line ends and signs."""
    return "".join(filter(str.isalnum, text.casefold()))


def without_request(sentence: str) -> str:
    """Blank what follows "you asked", and questions: the requester's words among the authority's."""
    if sentence.endswith("?"):
        return "\N{EM DASH}" * len(sentence)
    return _YOU_ASKED.sub(_blank_asked, sentence)


def _blank_asked(match: re.Match[str]) -> str:
    # "The information you asked for is held" goes on in the authority's own words.
    if (match["before"] or "").strip().lower() in _RELATIVE:
        return match.group()
    asked = len(match["asked"])
    return match.group()[: len(match.group()) - asked] + "\N{EM DASH}" * asked


def _recognised(found: tuple[Passage, ...]) -> list[Spoken]:
    spoken: list[Spoken] = []
    introduced, fresh = Voice.OWN, False
    for passage in found:
        voice = _voice(passage, introduced, fresh=fresh)
        spoken.append(Spoken(passage, voice))
        fresh = False
        if voice is Voice.OWN:
            introduced, fresh = _introduced(passage.text)
    return spoken


def _introduced(text: str) -> tuple[Voice, bool]:
    """Whose words come after this passage, and whether the next passage is taken for them unseen."""
    if _STATUTE_FOLLOWS.search(text):
        return Voice.STATUTE, True
    if _REQUEST_HEADING.match(text) or (_INTRODUCES.search(text) and not _decides(text)):
        return Voice.REQUEST, True
    return Voice.OWN, False


def _decides(text: str) -> bool:
    return _DECIDES.search(text) is not None


def _voice(passage: Passage, introduced: Voice, *, fresh: bool) -> Voice:
    text = passage.text
    if passage.marked:
        return Voice.REQUEST
    if _STATUTE.match(text):
        return Voice.STATUTE
    if text.endswith("?") and not _AUTHORITY.search(text):
        return Voice.REQUEST
    if introduced is Voice.STATUTE:
        return Voice.STATUTE if fresh or _LIST_ITEM.match(text) else Voice.OWN
    if introduced is Voice.REQUEST and not _ANSWER_HEADING.match(text):
        return _requested(text, fresh=fresh)
    return Voice.OWN


def _requested(text: str, *, fresh: bool) -> Voice:
    if fresh and (_ASKS.match(text) or _is_quoted(text)):
        return Voice.REQUEST
    asks = fresh or _GOES_ON.match(text)
    return Voice.REQUEST if asks and not _AUTHORITY.search(text) else Voice.OWN


def _is_quoted(text: str) -> bool:
    return text[:1] in "\"“'‘" and text[-1:] in "\"”'’"
