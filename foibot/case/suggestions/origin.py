"""Where a message comes from, by its addresses: the regulator, WhatDoTheyKnow, a round robin; no I/O."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from hashlib import sha256
from typing import Final

from foibot.case.suggestions.phrases import Phrasebook
from foibot.mail.addresses import domain
from foibot.mail.message import Address

_SENT_BY: Final = {
    "ico.org.uk": "the Information Commissioner's Office",
    "foi.scot": "the Scottish Information Commissioner",
    "itspublicknowledge.info": "the Scottish Information Commissioner",
    "hmcts.net": "a court or tribunal",
    "hmcts.gov.uk": "a court or tribunal",
    "ejudiciary.net": "a court or tribunal",
    "judiciary.uk": "a court or tribunal",
    "scotcourts.gov.uk": "a court or tribunal",
    "scotcourtstribunals.gov.uk": "a court or tribunal",
}
_MINISTRY: Final = "justice.gov.uk"
"""The ministry's own staff write from there too, so that only these parts of an address count."""
_IN_MINISTRY: Final = re.compile(r"grc|tribunals?|courts?|hmcts|upper|firsttier")

_PLATFORM: Final = re.compile(r"request-\d{1,12}-[0-9a-f]{4,40}@whatdotheyknow\.com", re.IGNORECASE)
_FOOTER: Final = "please use this email address for all replies to this request"
_RULE: Final = re.compile(r"[-_]{20,}")
_CLOSE: Final = 3  # lines between the rule above the footer and its first words

_PUBLIC_BODY: Final = (
    ".gov.uk", ".police.uk", ".nhs.uk", ".nhs.net", ".ac.uk", ".gov.scot", ".gov.wales", ".mod.uk",
    ".parliament.uk", ".nhs.scot", ".nhs.wales", ".llyw.cymru",
)  # fmt: skip
_DESK: Final = re.compile(r"foi|foia|freedom|information|dataprotection|eir|enquiries|info")
_RESIDUE: Final = re.compile(
    r"<<[^<>\n]{1,40}>>|«[^«»\n]{1,40}»|\{\{?[^{}\n]{1,40}\}\}?"
    r"|\[(?:insert|name of|authority|council|trust|force|organisation|recipient)[^\[\]\n]{0,40}\]",
    re.IGNORECASE,
)
_WORDING: Final = Phrasebook(
    {
        "yours": (
            "your area|region|district|borough|county|locality",
            "your force|police|local|council|trust|board area|authority",
            "your|each|every local authority|force|council|trust",
            "all|every local? councils|forces|trusts|authorities|universities|council|force",
            "each of the councils|forces|trusts|authorities",
            "sent|sending|circulated this? request? to all|every|other|several|multiple|each",
        )
    }
)
_FEWEST_WORDS: Final = 12
_NAME: Final = 4  # words of a last line that may be a name
_GREETING: Final = re.compile(r"(?:dear|hi|hello|to whom|good (?:morning|afternoon|day))\b")
_CLOSING: Final = re.compile(
    r"(?:yours (?:faithfully|sincerely|truly)|(?:kind |best |warm |many )?(?:regards|wishes|thanks)"
    r"|thank you|thanks|cheers)\W{0,3}"
)
_WORD: Final = re.compile(r"\w+")


def regulator(sender: str) -> str:
    """Who the regulator, court or tribunal behind an address is; "" for anybody else (A-17).

    `casework@ico.org.uk` is the Information Commissioner's Office, `ico.org.uk@citizens.example` nobody.
    """
    host = domain(sender)
    for known, name in _SENT_BY.items():
        if host == known or host.endswith(f".{known}"):
            return name
    local = sender.rpartition("@")[0].casefold()
    return "a court or tribunal" if host == _MINISTRY and _IN_MINISTRY.match(local) else ""


def through_platform(sender: str) -> bool:
    """Whether an address is one that WhatDoTheyKnow made for a single request (V-20)."""
    return _PLATFORM.fullmatch(sender) is not None


def without_footer(text: str, sender: str) -> str:
    """A request without the lines that WhatDoTheyKnow adds under it; any other text as it is (V-25).

    What stands below the footer stays: nothing that anybody wrote is lost.
    """
    if not through_platform(sender):
        return text
    lines = text.splitlines()
    folded = (" ".join(line.casefold().split()) for line in lines)
    first = next((at for at, line in enumerate(folded) if line.startswith(_FOOTER)), None)
    if first is None:
        return text
    above = range(first, max(first - _CLOSE, 0) - 1, -1)
    begin = next((at for at in above if _RULE.fullmatch(lines[at].strip())), first)
    below = range(first, len(lines))
    end = next((at for at in below if _RULE.fullmatch(lines[at].strip())), len(lines))
    return "\n".join((*lines[:begin], *lines[end + 1 :])).strip()


def round_robin(text: str, recipients: Sequence[Address], own: Sequence[str]) -> tuple[str, ...]:
    """What suggests that others were asked the same: their addresses, the wording, a gap left unfilled."""
    return tuple(dict.fromkeys((*_others(recipients, own), *_wording(text), *_unfilled(text))))


def _others(recipients: Sequence[Address], own: Sequence[str]) -> Iterator[str]:
    hosts = dict.fromkeys(domain(one.addr) for one in recipients if _public(one.addr))
    others = [host for host in hosts if host not in own]
    if others:
        more = f" and {len(others) - 3} more" if len(others) > 3 else ""
        yield f"it went to {', '.join(others[:3])}{more} as well"


def _public(address: str) -> bool:
    host, local = domain(address), address.rpartition("@")[0].casefold()
    return f".{host}".endswith(_PUBLIC_BODY) or _DESK.match(local) is not None


def _wording(text: str) -> Iterator[str]:
    for found in _WORDING.find(text):
        yield f"it says “{found.words}”"
        return


def _unfilled(text: str) -> Iterator[str]:
    found = _RESIDUE.search(text)
    if found:
        yield f"a gap was not filled in: {found[0]}"


@lru_cache(128)
def wording_digest(text: str) -> str:
    """A digest that is the same for a request copied from another; "" if it is too short to tell.

    Greeting, closing, signature, case, spacing and punctuation do not count.
    """
    kept: list[list[str]] = []
    named = False
    for line in (line.strip() for line in text.casefold().splitlines()):
        if kept and _CLOSING.fullmatch(line):
            break
        if line and not _GREETING.match(line):
            kept.append(_WORD.findall(line))
            named = len(kept[-1]) <= _NAME and not line.endswith("?")
    if named:
        kept.pop()
    words = [word for line in kept for word in line]
    if len(words) < _FEWEST_WORDS:
        return ""
    return sha256(" ".join(words).encode("utf-8", "replace")).hexdigest()
