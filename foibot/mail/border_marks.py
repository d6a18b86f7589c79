"""What an authority's own mail system writes into mail from outside, taken out again: a warning on top, links by a detour.

A warning is left out only where every sentence of it is one: what a requester wrote is never hidden.
The raw mail keeps both. All of it is bounded and linear, and none of it decides who somebody is.
"""

from __future__ import annotations

import binascii
import re
import unicodedata
from base64 import urlsafe_b64decode
from collections.abc import Iterator, Sequence
from string import ascii_lowercase, ascii_uppercase, digits
from typing import Final
from urllib.parse import unquote

_LOOKED_AT: Final = 60  # lines on top, blank ones among them
_PARAGRAPH: Final = 10  # lines of a warning that stand together
_LONGEST: Final = 900  # characters of them
_INVISIBLE: Final = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad\u034f]")
_RULE: Final = re.compile(r"[-_=*~# ]{2,}")
_BEGINS: Final = "\n"
_MOST_SENTENCES: Final = 12
_TOLD_BY: Final = re.compile(
    r"outside|external|\bext\b|don.t often|not previously|the first time you|zjqcm|o.r tu allan",
    re.IGNORECASE,
)
_SENTENCE_END: Final = re.compile(r"(?<=[.!?])[\])]?\s+|\n")

_ALARM: Final = (
    r"(?:\W{0,6}\b(?:caution|warning|attention|alert|important|notice|external|security"
    r"|rhybudd|allanol|e-?mail|message|sender)\b){1,5}\W{0,6}"
)
_OURS: Final = (
    r"(?:organi[sz]ation|company|council|authority|force|trust|university|college|school|department|network|service"
    r"|domain|tenant|agency|office|ministry|board|police|nhs|government|corporate network|mail system)s?"
)
_IT: Final = r"(?:this|the following) (?:e-?mail|message|mail)(?: message)?"
_MOVED: Final = r"(?:(?:has |was |is |has been |may have )?(?:originat(?:ed|es|ing)|came|come|comes|coming|sent|received)|is|was)"
_OUTSIDE: Final = (
    rf"(?:outside(?: of)?(?: (?:the|our|your|this|my))?(?: [\w&.'-]{{1,30}}){{0,5}}? {_OURS}(?:'s (?:network|mail system))?"
    r"|(?:an? |the )?(?:new |untrusted |unknown )?external (?:source|sender|e-?mail|address|party|domain|system|organi[sz]ation))"
)
# Sentences that say where a mail came from: without one of them nothing on top is a warning.
_STRONG: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"[^\w\s]{1,6} ?ext(?:ern(?:al)?)?(?: (?:e-?mail|sender|message|mail))? ?[^\w\s]{1,6}",
        r"\W{0,6}external (?:e-?mail|sender|message|mail)\W{0,6}",
        rf"(?:{_ALARM})?(?:[\w&.,' -]{{1,60}}: )?{_IT} {_MOVED} (?:from )?{_OUTSIDE}(?: (?:and|so)\b[^.!?]{{1,120}})?\W{{0,6}}",
        rf"{_ALARM}{_IT} {_MOVED} (?:from )?(?:somewhere |someone )?outside\b[^.!?]{{0,80}}\W{{0,6}}",
        rf"{_IT} originated (?:from )?outside(?: of)? [^.!?]{{1,60}}\W{{0,6}}",
        rf"{_IT} is from an? (?:new |untrusted |unknown )?(?:external )?sender\W{{0,6}}",
        r"\W{0,3}(?:some people who received this message|you) don.t often (?:get|receive) e-?mail from \S{3,254}(?: \S{0,3})?",
        r"\W{0,3}you have not previously corresponded with this (?:external )?sender\W{0,3}",
        r"\W{0,3}this is the first time you(?: have)? received an e-?mail from this sender(?: \(\S{3,254}\))?\W{0,3}",
        r"zjqcmqryfpfptbanner(?:start|end)",
        r"(?:rhybudd\W{1,6})?daeth yr? (?:e-?bost|neges) (?:hwn|hon) o'r tu allan\b[^.!?]{0,80}\W{0,6}",
    )
)
_ALARM_FIRST: Final = re.compile(_ALARM, re.IGNORECASE)
# What stands around them.
_WEAK: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\W{0,3}(?:please )?(?:do not|don.t|never) (?:click|open|follow|reply|respond|forward|provide|enter|give|share|act)\b[^.!?]{0,200}\W{0,6}",
        r"\W{0,3}(?:please )?(?:exercise|use|take|apply) (?:\w{1,12} ){0,2}(?:caution|care)\b[^.!?]{0,160}\W{0,6}",
        r"\W{0,3}(?:please )?(?:be (?:careful|cautious|vigilant|wary)|think before you click|stay (?:safe|alert))\b[^.!?]{0,120}\W{0,6}",
        r"\W{0,3}(?:please )?treat (?:it|this|this e-?mail|links?|attachments?|any)\b[^.!?]{0,80}\bcaution\W{0,6}",
        r"\W{0,3}(?:please )?(?:check|verify|make sure|ensure) (?:that )?(?:you |the |who )?(?:know|recogni[sz]e|sender|sent)\b[^.!?]{0,120}\W{0,6}",
        r"\W{0,3}if (?:you are|you.re|suspicious|it is suspicious|you have|in|it looks?|this looks?|you suspect|you think)\b[^.!?]{0,120}\b(?:report|contact|forward|delete|it (?:team|service|support)|service desk|help ?desk)\b[^.!?]{0,120}\W{0,6}",
        r"\W{0,3}(?:please )?report (?:it|this|any|suspicious|as|phishing|junk|spam)\b[^.!?]{0,60}(?:<\S{1,2000}>?)?\W{0,6}",
        r"\W{0,3}learn why this is important\b(?: at)?(?: ?<?https?://\S{1,300}>?)?\W{0,6}",
        r"\W{0,3}peidiwch â (?:chlicio|agor)\b[^.!?]{0,200}\W{0,6}",
    )
)


def without_warning(text: str) -> str:
    """The text without the warning that a mail system put above it; a text that is nothing else stays whole."""
    if not _TOLD_BY.search(text, 0, 4 * _LONGEST):
        return text
    lines = text.split("\n", _LOOKED_AT)
    beyond = lines[_LOOKED_AT:]
    lines = lines[:_LOOKED_AT]
    below = _below(lines)
    if not below:
        return text
    kept = "\n".join([*lines[below:], *beyond]).lstrip("\n")
    return kept if kept.strip() else text


def _below(lines: Sequence[str]) -> int:
    """The number of the first line under the warning; 0 where there is none."""
    at = below = 0
    seen = False
    while at < len(lines):
        shown = _shown(lines[at])
        if not shown or (at and _RULE.fullmatch(shown)):
            at += 1
            below = at if seen and shown else below
            continue
        length, strong = _warning(lines, at)
        if not length:
            break
        at += length
        seen = seen or strong
        below = at if seen else 0
    return below


def _warning(lines: Sequence[str], at: int) -> tuple[int, bool]:
    """How many of these lines that stand together say nothing but a warning, and whether it tells of outside."""
    together: list[str] = []
    for line in lines[at : at + _PARAGRAPH]:
        shown = _shown(line)
        if not shown or (together and _RULE.fullmatch(shown)):
            break
        # A line that begins a sentence of its own ends the one above, whether or not that has its full stop.
        together.append(shown if shown[0].islower() else f"{_BEGINS}{shown}")
    for length in range(len(together), 0, -1):
        said = " ".join(together[:length])
        parts = _SENTENCE_END.split(said[:_LONGEST])
        sentences = [one.strip() for one in parts if one.strip()]
        if len(said) > _LONGEST or len(sentences) > _MOST_SENTENCES:
            continue
        kinds = [_kind(sentence) for sentence in sentences]
        if None not in kinds:
            return length, True in kinds
    return 0, False


def _kind(sentence: str) -> bool | None:
    """True for what says that a mail is from outside, False for what stands around it, None for anything else."""
    if any(one.fullmatch(sentence) for one in _STRONG):
        return True
    bare = sentence.strip(" *=#~|")
    if any(one.fullmatch(bare) for one in _STRONG):
        return True
    alarm = _ALARM_FIRST.match(bare)
    said = bare[alarm.end() :] if alarm else bare
    return False if not said or any(one.fullmatch(said) for one in _WEAK) else None


def _shown(line: str) -> str:
    if len(line) > _LONGEST:
        return line
    return " ".join(_INVISIBLE.sub("", unicodedata.normalize("NFKC", line)).split()).replace(
        "’", "'"
    )


_TAG: Final = re.compile(
    r"(?P<before>\s{0,3}(?:(?:re|aw|sv|antw?|r|ynt|fwd?|wg|tr)\s?:\s{0,3}){0,4})"
    r"[\[{*]{1,3}\s?ext(?:ern(?:al)?)?(?:[ -](?:e-?mail|sender|message|mail))?\s?[\]}*]{1,3}\s?[:-]?\s{0,3}(?=\S)",
    re.IGNORECASE,
)
_MOST_TAGS: Final = 3


def without_tag(subject: str) -> str:
    """The subject without "[EXTERNAL]" and its like at its beginning."""
    for _ in range(_MOST_TAGS):
        found = _TAG.match(subject)
        if found is None:
            break
        subject = found["before"] + subject[found.end() :]
    return subject


_TARGET: Final = re.compile(
    r"(?:https?://|mailto:)[^\s<>\"\x00-\x1f\x7f-\x9f]{1,4000}", re.IGNORECASE
)
_LINK: Final = re.compile(r"https?://[^\s<>\"]{1,8000}", re.IGNORECASE)
_TAIL: Final = r"(?:[\w%&=;.+/~|-]{0,4000}[\w%=/~])?"
_SAFE_LINKS: Final = (
    r"https?://[\w.-]{1,60}safelinks\.protection\.(?:outlook\.com|office365\.us|partner\.outlook\.cn)"
    rf"/[^\s<>?]{{0,100}}\?(?:[^\s<>&]{{1,100}}&(?:amp;)?){{0,3}}?url=(?P<safe>[^&\s<>]{{1,4000}}){_TAIL}"
)
_PROOFPOINT_2: Final = (
    rf"https?://urldefense\.proofpoint\.com/v2/url\?u=(?P<v2>[^&\s<>]{{1,4000}}){_TAIL}"
)
_PROOFPOINT_3: Final = (
    r"https?://urldefense\.(?:com|us|proofpoint\.com)/v3/__(?P<v3>[^\s<>]{1,4000}?)__;(?P<bytes>[\w=-]{0,4000})!"
    r"[^\s<>$]{0,4000}\$?"
)
_DETOUR: Final = re.compile(f"{_SAFE_LINKS}|{_PROOFPOINT_2}|{_PROOFPOINT_3}", re.IGNORECASE)
_HINT: Final = re.compile(r"safelinks\.protection\.|urldefense\.", re.IGNORECASE)
_MIMECAST: Final = re.compile(
    r"https?://[\w.-]{1,60}\.mimecast(?:protect)?\.com/s/[\w-]{4,200}/?\?domain=([\w.-]{3,253})"
)
_RUN: Final = {
    letter: length
    for length, letter in enumerate(ascii_uppercase + ascii_lowercase + digits + "-_", 2)
}
_STARS: Final = re.compile(r"\*(?:\*(.))?")
_ONE_SLASH: Final = re.compile(r"([a-z0-9+.-]{1,20}:/)(?=[^/])", re.IGNORECASE)


def direct(text: str) -> str:
    """The text with links as they were written, where Safe Links or Proofpoint send readers to a scanner first."""
    # Each link is looked at once, from its beginning: a stranger chooses how many there are.
    return _LINK.sub(_undone, text) if _HINT.search(text) else text


def leads_to(link: str, shown: str) -> bool:
    """Whether Mimecast's link, which hides its target, says that it goes to the server that the words show."""
    found = _MIMECAST.match(link)
    return found is not None and found[1].casefold() in shown.casefold()


def _undone(link: re.Match[str]) -> str:
    found = _DETOUR.match(link[0])
    return _written(found) + link[0][found.end() :] if found else link[0]


def _written(found: re.Match[str]) -> str:
    if found["safe"]:
        target = unquote(found["safe"])
    elif found["v2"]:
        target = unquote(found["v2"].replace("-", "%").replace("_", "/"))
    else:
        target = _third_version(found["v3"], found["bytes"])
    return target if _TARGET.fullmatch(target) else found[0]


def _third_version(link: str, letters: str) -> str:
    """Proofpoint puts a star for each letter that it keeps apart, and two and a length for several."""
    try:
        apart = urlsafe_b64decode(letters + "==").decode("utf-8")
    except (binascii.Error, UnicodeError):
        return ""
    rest = iter(apart)
    return _STARS.sub(
        lambda star: "".join(_taken(rest, star[1])), _ONE_SLASH.sub(r"\1/", unquote(link), count=1)
    )


def _taken(letters: Iterator[str], run: str | None) -> Iterator[str]:
    for _ in range(_RUN.get(run, 0) if run else 1):
        yield next(letters, "")
