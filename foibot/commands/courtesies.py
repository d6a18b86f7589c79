"""Tells a courtesy or a signature under a bare decision from words that may change what was decided; no I/O."""

from __future__ import annotations

import re
from typing import Final

from foibot.commands.grammar import is_own_name
from foibot.mail.reply_text import QUOTED, Ending, ending

_LONGEST: Final = 200
_POSTSCRIPT: Final = re.compile(r"^\W{0,3}p\.? ?s\b", re.MULTILINE | re.IGNORECASE)
_CONDITION: Final = re.compile(
    r"\?|\b(?:but|if|unless|until|till|when|once|before|after|first|then|wait|except|without|only"
    r"|however|though|although|provided|providing|assuming|subject to|as long as|on condition"
    r"|not|don't|doesn't|can't|cannot|won't|isn't|please|should|must|needs?|could|actually"
    r"|instead|change[ds]?|amend(?:ed)?|correct(?:ed|ion)?|remove|delete|add|replace|reword|rephrase"
    r"|fix|typos?|wrong|mistake|para(?:graph)?s?|sentences?|reject|hold|stop|cancel|withdraw|undo)\b"
)
_WORD: Final = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
# With none of these words, in whatever order, can anybody say that something is to be different.
_COURTEOUS: Final = frozenset([
    "a", "absolutely", "again", "agree", "agreed", "all", "am", "an", "and", "appreciate", "appreciated",
    "approval", "approve", "approved", "are", "as", "at", "best", "brilliant", "by", "cheers", "clear",
    "clearly", "concise", "content", "da", "day", "dear", "diolch", "done", "draft", "effort",
    "excellent", "fawr", "fine", "for", "from", "gan", "good", "gorau", "great", "had", "happy", "hard",
    "have", "having", "hello", "helpful", "hi", "i", "i'm", "i've", "in", "indeed", "is", "it", "it's",
    "its", "job", "kind", "letter", "looks", "lovely", "many", "me", "my", "nice", "of", "oh", "ok",
    "okay", "on", "perfect", "perfectly", "pleased", "quick", "quickly", "read", "really", "regards",
    "seen", "side", "so", "solid", "splendid", "such", "super", "team", "thank", "thankful", "thanks",
    "that", "that's", "the", "this", "thorough", "thoroughly", "through", "to", "very", "warm", "was",
    "well", "went", "wishes", "with", "wonderful", "work", "works", "yes", "yn", "you", "your"
])  # fmt: skip
_BEFORE_A_NAME: Final = frozenset(
    {"cheers", "dear", "diolch", "done", "hello", "hi", "job", "letter", "thanks", "work", "you"}
)
_WITH_CAPITALS: Final = r"(?:[A-Z][\w'&/-]{0,30}|and|of|for|the|&|[|,/-])"
# A role or a unit: every word of weight with a capital, no number, no full stop.
_SIGNED: Final = re.compile(
    r"(?!(?:Ask|Check|Cut|Drop|Give|Keep|Leave|Make|Omit|Redact|See|Skip|Strike|Take|Tell|Use)\b)"
    rf"{_WITH_CAPITALS}(?:,? {_WITH_CAPITALS}){{0,9}}"
)
_ABOUT_LETTER: Final = re.compile(
    r"\b(?:send|sending|letter|versions?|approv\w*|reject\w*|paragraphs?|draft|wrong|remove|replace|take out"
    r"|(?:change|correct|fix|stop|hold|drop|delete|add|wait for) (?:it|this|that|the|his|her)|hang on|ignore)\b",
    re.IGNORECASE,
)
_REACHED_AT: Final = re.compile(
    r"(?:(?:tel|telephone|phone|mobile|mob|ext|t|m|e|w|web|e-?mail)\b[ .:]{0,3})?"
    r"(?:[+(]?\d[\d ()+-]{3,30}|\S{1,60}@\S{1,60}|(?:https?://|www\.)\S{1,80})",
    re.IGNORECASE,
)


def says_more(text: str, name: str) -> bool:
    """Whether the text under a bare decision may qualify it, so that a machine must not act (rule E11).

    `text` is everything of the officer's own under the line, as `all_under_first_line` gives it. A courtesy
    does not ("Good work, Jane."), nor a signature, nor small print. Everything else does, whatever it says:
    `approve v2` over "We drop section 24" approves nothing. Below the officer's own name, where a signature
    says many things, it has to speak of a letter or of sending.
    """
    said = text.replace("\u2019", "'")
    return bool(_POSTSCRIPT.search(said)) or any(
        _more(part, name) for part in re.split(rf"(?m)^{re.escape(QUOTED)}$", said)
    )


def _more(text: str, name: str) -> bool:
    """Whether what stands together, above or below a quoted mail, says more."""
    signed, length = False, 0
    for line in filter(None, map(str.strip, text.splitlines())):
        ends = ending(line)
        if ends is Ending.SMALL_PRINT:
            return False
        if ends is Ending.CLOSING:
            continue
        signed = signed or ends is Ending.SIGNATURE or _begins_signature(line, name)
        length += 0 if signed else len(line)
        if length > _LONGEST or (_says(line) if not signed else _ABOUT_LETTER.search(line)):
            return True
    return False


def _says(line: str) -> bool:
    if _CONDITION.search(line.casefold()):
        return True
    return not (_is_courtesy(line) or _SIGNED.fullmatch(line) or _REACHED_AT.fullmatch(line))


def _begins_signature(line: str, name: str) -> bool:
    """Whether it is the officer's own name, or that with a role behind it: "Tom Teal | Head of Information"."""
    with_role = bool(name) and re.match(rf"{re.escape(name)}\b", line, re.IGNORECASE) is not None
    return with_role or is_own_name(line, name)


def _is_courtesy(line: str) -> bool:
    """Whether it is made of courteous words alone, and of names where somebody is spoken to."""
    before = ""
    for word in _WORD.findall(line):
        lowered = word.casefold()
        if lowered not in _COURTEOUS and not (before in _BEFORE_A_NAME and word.istitle()):
            return False
        before = lowered
    return True
