"""Which conversation a mail belongs to: secrets and ids from its headers, never from its body."""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass
from hashlib import sha256
from string import Formatter

from foibot.mail.addresses import plus_part, without_plus
from foibot.mail.message import IncomingMail

# Any letter or digit is taken, as people retype what they read; `_as_made` then mends look-alikes.
_REPLY_PART = re.compile(r"c-([0-9a-z]{26})", re.IGNORECASE)
_BOUNCE_PART = re.compile(r"b-([0-9a-z]{8,32})", re.IGNORECASE)
_OUR_ID = re.compile(r"<foi\.[^\s<>@]{1,100}\.([0-9a-z]{12,32})@[^\s<>@]{1,253}>", re.IGNORECASE)
_TAG = re.compile(r"#([0-9a-z]{16})(?![0-9a-z])", re.IGNORECASE)
_LIKE_A_SECRET = re.compile(
    rb"c-([0-9a-z]{26})(?![0-9a-z])|#([0-9a-z]{16})(?![0-9a-z])|\.([0-9a-z]{12,32})@", re.IGNORECASE
)
_MOST_SECRETS = 200
_ALIKE = str.maketrans({"o": "0"})  # of these two our alphabet has only the digit
_PREFIX = re.compile(
    r"\s{0,9}(?:\[[^\]]{0,30}\]|(?P<word>[^\W\d_]{1,6})(?:\[\d{1,3}\]|\(\d{1,3}\))?\s{0,3}[:：])"
)
_READ = 262_144  # characters of a text that are searched for references
_MARKS = re.compile(r"\[[^\]]{0,60}\]|#[0-9a-z]{16}\b", re.IGNORECASE)
_COMMON = frozenset(
    {"foi", "request", "requests", "for", "information", "freedom", "of", "act", "the", "eir", "under",
     "your", "my", "our", "we", "have", "received"}
)  # fmt: skip
_FORWARD = frozenset(
    {"fw", "fwd", "wg", "tr", "rv", "enc", "i", "vs", "vb", "doorst", "pd", "ynt", "trs", "yml"}
)


@dataclass(frozen=True, slots=True)
class ThreadKeys:
    """What links a mail to earlier ones, as candidates: only the store knows which are real.

    `secrets` come from reply addresses, our Message-IDs and the subject tag, lower case;
    `bounce_tokens` from envelope addresses; `message_ids` from In-Reply-To and References,
    nearest first. `references_in_subject` are case references anybody can guess (rule B16).
    """

    secrets: tuple[str, ...]
    bounce_tokens: tuple[str, ...]
    message_ids: tuple[str, ...]
    references_in_subject: tuple[str, ...]


def thread_keys(mail: IncomingMail, mailbox: str, pattern: str = "") -> ThreadKeys:
    """Collect the keys of a mail sent to `mailbox`, whose case references look like `pattern`.

    A secret in a quoted body is not a key: whoever received a forwarded notice has it too.
    """
    local = without_plus(mailbox).rpartition("@")[0].lower()
    # The domain may differ: an alias, or a provider's own name for the same mailbox.
    plus_parts = [
        plus_part(addr)
        for addr in mail.delivered_to
        if without_plus(addr).rpartition("@")[0].lower() == local
    ]
    message_ids = tuple(dict.fromkeys((*mail.in_reply_to, *reversed(mail.references))))
    secrets = [found[1] for part in plus_parts if (found := _REPLY_PART.fullmatch(part))]
    secrets += [found[1] for one in message_ids if (found := _OUR_ID.fullmatch(one))]
    secrets += _TAG.findall(mail.subject)
    reference = subject_reference(mail.subject, pattern) if pattern else None
    return ThreadKeys(
        secrets=_as_made(secrets),
        bounce_tokens=bounce_tokens(mail),
        message_ids=message_ids,
        references_in_subject=(reference,) if reference else (),
    )


def secrets_in(raw: bytes) -> tuple[str, ...]:
    """Whatever may be a secret anywhere in the bytes of a mail, lower case: not to obey it, but to know what it gives away."""
    found: dict[str, None] = {}
    for one in _LIKE_A_SECRET.finditer(raw.replace(b"=\r\n", b"")):
        found[one[one.lastindex or 0].decode("ascii")] = None
        if len(found) == _MOST_SECRETS:
            break
    return _as_made(list(found))


def bounce_tokens(mail: IncomingMail) -> tuple[str, ...]:
    """The tokens of our envelope senders (`foi+b-<token>@`) among the recipients, lower case."""
    parts = [plus_part(addr) for addr in mail.delivered_to]
    return _as_made([found[1] for part in parts if (found := _BOUNCE_PART.fullmatch(part))])


def _as_made(found: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.lower().translate(_ALIKE) for one in found))


def subject_reference(subject: str, pattern: str) -> str | None:
    """Find a case reference such as `pattern` makes; the first, in the form it was given out.

    With "{number:06}/{year:02}": "Re: FOI [004078/20]" gives "004078/20".
    """
    return next(iter(references_in(subject, pattern, 1)), None)


def references_in(text: str, pattern: str, limit: int) -> tuple[str, ...]:
    """The first different references in a text, up to `limit`, in the form they were given out."""
    parts: list[str] = []
    try:
        for literal, name, form, _ in Formatter().parse(pattern):
            parts.append(re.escape(literal))
            if name is not None:
                parts.append(f"([0-9]{_width(name, form or '')})")
    except ValueError:
        return ()
    if not any(part.startswith("(") for part in parts):
        return ()
    whole = rf"(?<![0-9A-Za-z])(?:{''.join(parts)})(?![0-9])"
    found: dict[str, None] = {}
    for one in re.finditer(whole, text[:_READ], re.IGNORECASE):
        digits = iter(one.groups())
        found[
            "".join(
                literal + (next(digits) if name is not None else "")
                for literal, name, _, _ in Formatter().parse(pattern)
            )
        ] = None
        if len(found) == limit:
            break
    return tuple(found)


def topic(subject: str) -> str:
    """A digest of what a subject is about, without prefixes, tags and numbers; "" if that is little.

    "RE: [External] Parking fines [004078/20] #k7f3q2w9xm4tz8dh" has the topic of "Parking fines".
    """
    about = subject[_after_prefixes(subject) : 500]
    words = re.findall(r"[^\W\d_]{2,}", _MARKS.sub(" ", about).casefold())
    if len([word for word in words if word not in _COMMON]) < 2:
        return ""
    return sha256(" ".join(words).encode("utf-8", "replace")).hexdigest()


def bare_subject(subject: str) -> str:
    """A subject to compare with others: without what replies, lists and borders put in front, all in lower case."""
    return " ".join(subject[_after_prefixes(subject) :].casefold().split())


def _after_prefixes(subject: str) -> int:
    at = 0
    while (prefix := _PREFIX.match(subject, at)) is not None:
        at = prefix.end()
    return at


def conversation(mail: IncomingMail) -> str:
    """The identity of an Outlook conversation, from Thread-Index; "" without one.

    It is 22 bytes, of which 16 are random; every reply keeps them and adds five (MS-OXOMSG 2.2.1.3).
    """
    return _thread_index(mail)[:22].hex()


def goes_on(mail: IncomingMail) -> bool:
    """Whether it is a reply within an Outlook conversation, or a mail that was made from one, by its Thread-Index."""
    return len(_thread_index(mail)) > 22


def _thread_index(mail: IncomingMail) -> bytes:
    """The bytes of Thread-Index if they can be one, else none."""
    try:
        index = binascii.a2b_base64(
            mail.header("thread-index")[:2_000].encode("ascii"), strict_mode=True
        )
    except (UnicodeError, binascii.Error):
        return b""
    return index if len(index) >= 22 and (len(index) - 22) % 5 == 0 else b""


def _width(name: str, form: str) -> str:
    number = re.search(r"\d+", form)
    width = int(number[0]) if number else 4 if name == "year" else 1
    return f"{{{width}}}" if name == "year" else f"{{{width},12}}"


def is_forward(subject: str) -> bool:
    """Whether the subject's prefixes say that the mail was passed on (mail rule D9)."""
    at = 0
    while (prefix := _PREFIX.match(subject, at)) is not None:
        if (prefix["word"] or "").lower() in _FORWARD:
            return True
        at = prefix.end()
    return False
