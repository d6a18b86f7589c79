"""The sender's own words above what they quote, found line by line in linear time (mail rule C12)."""

from __future__ import annotations

import re
import unicodedata
from enum import Enum, auto, unique
from functools import lru_cache
from typing import Final

REPLY_MARKER = (
    "-- reply above this line; foibot reads the first line as an order, "
    "and what is under it as its text or as further orders --"
)

PLAIN_MARKER = "-- please reply above this line --"

_ALARM = r"\W{0,6}(?:caution|warning|external|alert|attention|rhybudd|allanol)\b"
_A_MAIL = r"\b(?:e-?mail|message|mail|sender|e-?bost|neges)\b"
_FROM_OUTSIDE = (
    r"\b(?:originat\w{0,5}|from (?:an? )?(?:outside|external|someone outside|somewhere outside)"
    r"|outside (?:of )?(?:the|our|your|this)|o'r tu allan)\b"
)
_ADVICE = (
    rf"(?:{_ALARM}.{{0,60}})?\W{{0,6}}external (?:e-?mail|sender|message|mail)\s?[:!\])*.-]{{1,4}} ?"
    r"(?:this|do not|don.t|please|exercise|use|be|treat|think|the sender)\b.{0,300}"
)
# Lines that mail systems put on top, each as a regular expression for a whole line (rule E9). Each says that the mail
# came from outside: whoever writes anything else above an order may mean it.
DEFAULT_BANNERS = (
    r"\W{0,6}(?:external|allanol)(?: (?:e-?mail|sender|message|mail))?\W{0,6}",
    r"\W{0,6}(?:caution|warning|alert|rhybudd)\W{1,6}external(?: (?:e-?mail|sender|message|mail))?\W{0,6}",
    _ADVICE,
    rf"{_ALARM}.{{0,60}}{_A_MAIL}.{{0,60}}{_FROM_OUTSIDE}.*",
    rf"{_ALARM}.{{0,60}}\bexternal (?:e-?mail|sender|message|mail|source)\W{{0,6}}",
    r"\W{0,6}this (?:e-?mail|message) .{0,30}\b(?:from|by) (?:outside|an external|someone outside).*",
    r"\W{0,6}this (?:e-?mail|message) (?:has )?originated (?:from )?outside.*",
    r"you don.t often (?:get|receive) e-?mail from .*",
)
# The marking that government mail carries on top: it says nothing of where the mail came from.
_MARKING = re.compile(
    r"\W{0,6}(?:(?:(?:security|data|protective|government) )?(?:classification|marking|label|sensitivity)\s?[:=-]\s?)?"
    r"(?:not protectively marked|official(?:\W{1,3}sensitive)?(?:\W{1,3}(?:personal|commercial|locsen|legal))?"
    r"|swyddogol(?:\W{1,3}sensitif)?)\W{0,6}",
    re.IGNORECASE,
)
# What stands around a sentence that tells of outside; by itself it is somebody's own.
_AROUND_BANNERS = (
    r"\W{0,6}(?:caution|warning|alert|attention|rhybudd)\W{0,6}",
    r"(?:please )?(?:do not|don.t) (?:click|open|follow|reply to).{0,80}(?:links?|attachments?|sender).*",
    r"\W{0,3}(?:click|open|follow)(?:ing)? (?:on )?(?:any )?(?:links?|attachments?)\b.{0,160}",
    r".{0,80}\bunless you (?:recogni[sz]e|know|trust|are (?:sure|certain)|were expecting|expect).*",
    r".{0,80}\b(?:recogni[sz]e the sender|know the content is safe|are sure (?:that )?the content).*",
    r"\[?learn why this is important\b.*",
)

_MOST_CHARACTERS = 262_144
_MOST_LINES = 5_000
_LONGEST_LINE = 500  # characters of a line that are looked at

_WRAPPED = 55  # a line at least so long that ends in mid-sentence goes on in the next one
_RULE = re.compile(r"[-_=*~# ]{2,}")

_MARKER = re.compile(r"reply above this line", re.IGNORECASE)
_QUOTE = re.compile(r"\s{0,3}>")
_DELIMITER = re.compile(
    r"\s*(?:_{10,}|[-=]{2,}\s?(?:original message|original appointment|forwarded message|"
    r"forwarded by .{1,80}|ursprüngliche nachricht|message d'origine|message original|"
    r"mensaje original|messaggio originale|oorspronkelijk bericht|neges wreiddiol)\s?[-=]{0,}|"
    r"begin forwarded message:|[-]{2,}\s?on .{5,200} wrote\s?[-]{2,})\s*",
    re.IGNORECASE,
)
_ATTRIBUTION_START = re.compile(
    r"\s*(?:on|le|am|el|op|il|em|den|ar|dnia|pada|w dniu)\s|\s*\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\b"
    r"|.{1,120}<[^<>\s]{3,200}@[^<>\s]{3,200}>",
    re.IGNORECASE,
)
_ATTRIBUTION_END = re.compile(
    r"(?:\b(?:wrote|writes|a écrit|escribió|escreveu|ha scritto|napisał\(a\)|het volgende geschreven)"
    r"|\b(?:schrieb|schreef|skrev|ysgrifennodd)\b.{0,160}"
    r"|\d\d:\d\d.{0,60}<[^<>\s]{3,200}@[^<>\s]{3,200}>)\s?:?\s*:\s*$",
    re.IGNORECASE,
)
# Phones write on behind it in the same line; an address in angles stands directly before the word.
_ATTRIBUTION_AND_QUOTE = re.compile(
    r"\s*(?:on|le|am|el|il|op)\b[^<>]{5,200}<[^<>\s]{3,200}@[^<>\s]{3,200}>\s{1,3}"
    r"(?:wrote|a écrit|schrieb|escribió|ha scritto|schreef)\s?:\s",
    re.IGNORECASE,
)
_SENT_LINE = re.compile(
    r"\s*[*_]{0,2}(?:sent|date|gesendet|datum|envoyé|enviado|inviato|verzonden)\s?[*_]{0,2}:",
    re.IGNORECASE,
)
HEADER_LINE = re.compile(
    r"\s*[*_]{0,2}(?:from|sent|date|to|cc|subject|reply-to|importance"
    r"|von|gesendet|datum|an|betreff|de|envoyé|à|objet|fecha|enviado|para|asunto"
    r"|da|inviato|a|oggetto|data|van|verzonden|aan|onderwerp|oddi wrth|anfonwyd|at|pwnc)"
    r"\s?[*_]{0,2}:[*_]{0,2}\s+\S",
    re.IGNORECASE,
)
FROM_LINE = re.compile(r"\s*[*_]{0,2}(?:from|von|de|da|van|oddi wrth)\s?[*_]{0,2}:", re.IGNORECASE)
_DEVICE = re.compile(
    r"\s*(?:sent from (?:my|outlook|mail|yahoo|proton|samsung|the)\b.{0,60}|sent (?:via|with|using) .{1,60}"
    r"|get outlook for (?:ios|android|mac).{0,80}|holen sie sich outlook für .{1,80}"
    r"|(?:télécharge[rz]|obtenez) outlook pour .{1,80}|von meinem .{1,40} gesendet|gesendet (?:von|mit) .{1,60}"
    r"|envoyé (?:de mon|depuis|à partir d|avec) ?.{1,60}"
    r"|anfonwyd o.{1,40}|enviado desde mi .{1,40}|inviato da .{1,40}|verstuurd vanaf .{1,40})\s*",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(r"-- ?|_{2,9}|\*{3,}")
_CLOSING = re.compile(
    r"(?:kind(?:est)?|best|warm(?:est)?|many)?\s?(?:regards|wishes|thanks)|thanks|thank you|cheers"
    r"|yours (?:sincerely|faithfully)|cofion(?: cynnes| gorau)?|diolch|ta|br|kr",
    re.IGNORECASE,
)
_SMALL_PRINT = re.compile(
    r"\W{0,4}(?:this (?:e-?mail|message|communication)\b.{0,80}(?:confidential|intended|privileged|may contain)"
    r"|the (?:information|contents?) (?:contained )?(?:in|of) this|disclaimer\b|confidentiality notice"
    r"|please consider the environment|important notice\b)",
    re.IGNORECASE,
)
_SIGNATURE_AT_MOST = 7  # lines of a signature with its mark
_HEADER_AT_MOST = 7  # lines of a quoted mail's header or attribution
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")


@unique
class _Kind(Enum):
    BLANK = auto()
    QUOTE = auto()
    ATTRIBUTION = auto()
    CUT = auto()
    TEXT = auto()


def new_words(text: str) -> str:
    """Return the reply without the quoted mail, signature and phone line: for showing only.

    Words under or between `>` quotes are kept, as some people answer there. Without any own
    words the result is empty.
    """
    lines = _lines(text)
    kept: list[str] = []
    at = 0
    while at < len(lines):
        kind, length = _kind(lines, at)
        if kind is _Kind.CUT or (
            kind is _Kind.ATTRIBUTION and not _quoted_next(lines, at + length)
        ):
            break
        if kind in {_Kind.TEXT, _Kind.BLANK}:
            kept.append(lines[at])
        at += length
    return _joined(_unsigned(kept))


def says_something(text: str) -> bool:
    """Whether there is more than `>` quotes and a short signature (mail rule C30).

    What is quoted in any other way counts: it may be what somebody passes on, or the lines of a form.
    """
    if new_words(text):
        return True
    lines = _lines(text)
    at = 0
    while at < len(lines):
        kind, length = _kind(lines, at)
        if kind is _Kind.CUT or (
            kind is _Kind.ATTRIBUTION and not _quoted_next(lines, at + length)
        ):
            return True
        at += length
    # Some write below the signature that their program has put there.
    own = [line for line in lines if line.strip() and not _QUOTE.match(line)]
    return len(own) > _SIGNATURE_AT_MOST or any("?" in line for line in own)


def above_ours(text: str, mailbox: str) -> str:
    """Return a reply without the earlier mail from `mailbox` that ends it.

    A reply that answers between the lines, quotes somebody else or says nothing of its own stays whole.
    """
    if mailbox.casefold() not in text.casefold():
        return text
    lines = _lines(text)
    quoting = {_Kind.CUT, _Kind.ATTRIBUTION}
    at = next((at for at in range(len(lines)) if _kind(lines, at)[0] in quoting), len(lines))
    head, under = _joined(lines[:at]), lines[at:]
    ours = mailbox.casefold() in "\n".join(under[:_HEADER_AT_MOST]).casefold()
    if not ours or not new_words(head) or new_words(head) != new_words(text):
        return text
    return head


def first_order_line(text: str, banners: tuple[str, ...] = DEFAULT_BANNERS) -> tuple[str, str]:
    """Return the officer's first line, tidied, and the rest of their own text above the quote.

    Blank lines and `banners` (regular expressions for a whole line) are removed from the top
    alone. The line is NFKC, with single spaces, without quotes around it and punctuation after
    it (rule E8), in its own case. The rest ends before the closing, signature or small print.
    If the mail begins with something quoted, or its first line is marks alone, there is no order:
    ("", "").
    """
    lines = _lines(text)
    first = _first(lines, banners)
    if first is None:
        return "", ""
    kept: list[str] = []
    at = first + 1
    while at < len(lines) and _kind(lines, at)[0] in {_Kind.TEXT, _Kind.BLANK}:
        if ending(lines[at]) in {Ending.CLOSING, Ending.SMALL_PRINT}:
            break
        kept.append(lines[at])
        at += 1
    line = _tidy(lines[first])
    return (line, _joined(_unsigned(kept))) if line else ("", "")


@unique
class Ending(Enum):
    """How the end of what somebody wrote begins."""

    CLOSING = auto()
    SIGNATURE = auto()
    SMALL_PRINT = auto()


def ending(line: str) -> Ending | None:
    """What of the end of a mail this line begins: "Kind regards", "-- ", "This email is confidential"; None if none."""
    if _CLOSING.fullmatch(line.strip().rstrip(",.!")):
        return Ending.CLOSING
    if _SMALL_PRINT.match(line):
        return Ending.SMALL_PRINT
    return Ending.SIGNATURE if _SIGNATURE.fullmatch(line) else None


QUOTED: Final = ">"


def all_under_first_line(text: str, banners: tuple[str, ...] = DEFAULT_BANNERS) -> str:
    """Everything of the sender's own under the first line: what stands below a closing as well, or between quotes.

    The marks that ended that line come first, since "approve v1?" asks. A run of lines that quote another mail with marks is one line `QUOTED`; a mail that is quoted without marks
    ends it. Only lines that a phone adds are left out.
    """
    lines = _lines(text)
    first = _first(lines, banners)
    at = len(lines) if first is None else first + 1
    kept = [] if first is None else [_marks_at_end(lines[first])]
    while at < len(lines):
        kind, length = _kind(lines, at)
        if kind is _Kind.CUT or (
            kind is _Kind.ATTRIBUTION and not _quoted_next(lines, at + length)
        ):
            break
        if kind in {_Kind.QUOTE, _Kind.ATTRIBUTION}:
            kept += [QUOTED] * (kept[-1:] != [QUOTED])
        elif not _DEVICE.fullmatch(lines[at][:_LONGEST_LINE]):
            kept.append(lines[at])
        at += length
    return _joined(kept)


def first_line(text: str) -> str:
    """The line that `first_order_line` gives, for whoever does not need what stands under it."""
    lines = _lines(text)
    first = _first(lines, DEFAULT_BANNERS)
    return "" if first is None else _tidy(lines[first])


def _first(lines: list[str], banners: tuple[str, ...]) -> int | None:
    """The number of the first line of the sender's own; None where nobody can have ordered anything."""
    first = _below_banners(lines, banners)
    if first == len(lines) or HEADER_LINE.match(lines[first]):
        return None
    return first if _kind(lines, first)[0] is _Kind.TEXT else None


def tidy(line: str) -> str:
    """Return a line as the first one is read: NFKC, single spaces, no quotes around and no punctuation after it."""
    return _tidy(line[:_LONGEST_LINE])


def marks_at_end(text: str, line: str) -> str:
    """The full stop, question mark or such that a line of a reply lost when it was tidied: words for a person keep it."""
    return next((_marks_at_end(one) for one in _lines(text) if _tidy(one) == line), "")


def _marks_at_end(line: str) -> str:
    whole, tidied = _tidy_spaces(line), _tidy(line)
    return "".join(mark for mark in whole[whole.rfind(tidied) + len(tidied) :] if mark in ".?!")


def _lines(text: str) -> list[str]:
    cut = text[:_MOST_CHARACTERS].replace("\r\n", "\n").replace("\r", "\n")
    return cut.split("\n", _MOST_LINES)[:_MOST_LINES]


def _kind(lines: list[str], at: int) -> tuple[_Kind, int]:
    """What line `at` is, and over how many lines it runs."""
    line = lines[at][:_LONGEST_LINE]
    if not line.strip():
        return _Kind.BLANK, 1
    if _MARKER.search(line) or _DELIMITER.fullmatch(line):
        return _Kind.CUT, 1
    if _QUOTE.match(line):
        return _Kind.QUOTE, 1
    if header_block(lines, at) or _sent_first(lines, at) or _ATTRIBUTION_AND_QUOTE.match(line):
        return _Kind.CUT, 1
    length = _attribution(lines, at)
    return (_Kind.ATTRIBUTION, length) if length else (_Kind.TEXT, 1)


def _attribution(lines: list[str], at: int) -> int:
    """How many lines an attribution ("On ... Sam wrote:") takes from here; mailers wrap it."""
    if not _ATTRIBUTION_START.match(lines[at][:_LONGEST_LINE]):
        return 0
    whole = ""
    for length, line in enumerate(lines[at : at + 4], start=1):
        if not line.strip() or _QUOTE.match(line) or len(whole) > _LONGEST_LINE:
            return 0
        whole += " " + line[:_LONGEST_LINE].strip()
        if _ATTRIBUTION_END.search(whole[-_LONGEST_LINE:]):
            return length
    return 0


def header_block(lines: list[str], at: int) -> bool:
    """Outlook quotes without marks: From, then at least one more header line close by."""
    if at >= len(lines) or not FROM_LINE.match(lines[at][:_LONGEST_LINE]):
        return False
    return sum(1 for line in lines[at + 1 : at + 6] if HEADER_LINE.match(line[:_LONGEST_LINE])) >= 2


def _sent_first(lines: list[str], at: int) -> bool:
    """Some mailers quote the date above the sender."""
    return _SENT_LINE.match(lines[at][:_LONGEST_LINE]) is not None and header_block(lines, at + 1)


def _quoted_next(lines: list[str], at: int) -> bool:
    following = (line for line in lines[at : at + 4] if line.strip())
    return _QUOTE.match(next(following, "")) is not None


def _unsigned(lines: list[str]) -> list[str]:
    for at, line in enumerate(lines):
        if _SIGNATURE.fullmatch(line):
            lines = lines[:at]
            break
    return [line for line in lines if not _DEVICE.fullmatch(line[:_LONGEST_LINE])]


@lru_cache(4)
def _compiled(banners: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(banner, re.IGNORECASE) for banner in banners)


def _below_banners(lines: list[str], banners: tuple[str, ...]) -> int:
    """The number of the first line that is neither blank nor a banner, or of the first that is one only beside others."""
    known, beside = _compiled(banners), _compiled(_AROUND_BANNERS)
    above = ""  # the line above, if it belongs to a banner
    alone: int | None = None  # the first line of what is a banner only if one follows
    seen = False
    for at, line in enumerate(lines):
        shown = _tidy_spaces(line[:_LONGEST_LINE])
        if not shown:
            above = above and "-"
            continue
        wrapped = len(above) >= _WRAPPED and above[-1].isalnum()
        ruled = bool(above) and _RULE.fullmatch(shown) is not None
        marked = _MARKING.fullmatch(shown) is not None
        if any(banner.fullmatch(shown) for banner in known):
            seen, alone = True, None
        elif not (wrapped or ruled or marked or any(one.fullmatch(shown) for one in beside)):
            return at if alone is None else alone
        elif not (seen or marked) and alone is None:
            alone = at
        above = shown
    return len(lines) if alone is None else alone


def _tidy_spaces(line: str) -> str:
    return " ".join(_INVISIBLE.sub("", unicodedata.normalize("NFKC", line)).split())


_BOLD = re.compile(r"\*{1,2}(?=\S)([^*]{1,200})(?<=\S)\*{1,2}")  # as bold type stands in plain text


def _tidy(line: str) -> str:
    shown = _tidy_spaces(line)
    bold = _BOLD.fullmatch(shown)
    return (bold[1] if bold else shown).strip("\"'“”‘’«»` ").rstrip(".,;:!?…\"'“”‘’«»` ")


def _joined(lines: list[str]) -> str:
    return "\n".join(line.rstrip() for line in lines).strip("\n")
