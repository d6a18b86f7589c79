"""Header text as strangers write it becomes text a person can read, without ever raising."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator

from foibot.mail.charsets import decode, raw_text, without_surrogates

LONGEST = 8192  # characters of one header anybody has a use for; the rest is in the raw message

_FOLD = re.compile(r"\r?\n(?=[ \t])")
_STRAY = re.compile(r"[\r\n]+")
_WORD = re.compile(r"=\?([^?\x00-\x20]{1,60})\?([BbQq])\?([^?\r\n]*)\?=")
_HEX = re.compile(rb"=([0-9A-Fa-f]{2})")
_NOT_BASE64 = re.compile(r"[^A-Za-z0-9+/]")
# C0, DEL, C1, zero-width and direction marks, line separators, surrogates, tag characters.
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ud800-\udfff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_ID = re.compile(r"[^\s<>,;()\"]{1,250}")
_STRUCTURE = re.compile(r"\\.|[()\"]", re.DOTALL)
_FIELD = re.compile(r"^([!-9;-~]{1,80}):(.*(?:\n[ \t].*)*)", re.MULTILINE)


def unfold(value: str) -> str:
    """Join the lines of one header (RFC 5322 s.2.2.3); what remains of line ends becomes space."""
    if "\n" not in value and "\r" not in value:
        return value
    return _STRAY.sub(" ", _FOLD.sub("", value))


def safe_line(text: str, limit: int) -> str:
    """Return one line that cannot add a header, reverse its reading order or hide characters.

    Controls and direction marks become spaces, spaces collapse, and more than `limit`
    characters are cut with an ellipsis that counts among them (mail rules B12, B13).
    """
    cut = text[: 16 * limit + 64]
    if not (cut.isascii() and cut.isprintable()):
        cut = _UNSAFE.sub(" ", cut)
    line = " ".join(cut.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def decode_text(raw: str) -> str:
    """Decode the encoded words of RFC 2047 in a header; broken ones stay as they are.

    Neighbouring words of one charset are joined as bytes first: mailers cut an emoji in two.
    """
    raw = unfold(raw[:LONGEST])
    if "=?" not in raw:
        return raw_text(raw)
    return without_surrogates("".join(_decoded(raw)))


def _decoded(raw: str) -> Iterator[str]:
    pending, charset, end = bytearray(), "", 0
    for word in _WORD.finditer(raw):
        between = raw[end : word.start()]
        end = word.end()
        name = word[1].partition("*")[0].lower()  # RFC 2231 allows "utf-8*en"
        adjacent = not between.strip() and bool(charset)
        if not adjacent or name != charset:
            if charset:
                yield decode(bytes(pending), charset)[0]
            pending, charset = bytearray(), name
        if not adjacent:
            yield raw_text(between)
        pending += _word_bytes(word[2], word[3])
    if charset:
        yield decode(bytes(pending), charset)[0]
    yield raw_text(raw[end:])


def _word_bytes(kind: str, content: str) -> bytes:
    if kind in "bB":
        letters = _NOT_BASE64.sub("", content)
        if len(letters) % 4 == 1:  # one letter alone carries no byte
            letters = letters[:-1]
        return binascii.a2b_base64(letters + "=" * (-len(letters) % 4))
    plain = content.replace("_", " ").encode("utf-8", "surrogateescape")
    return _HEX.sub(lambda pair: bytes([int(pair[1], 16)]), plain)


def message_ids(raw: str) -> tuple[str, ...]:
    """List the ids of In-Reply-To or References as "<id>": the root and the last ten (D6).

    Split on whitespace, commas and angle brackets, as some senders forget one or the other.
    """
    if len(raw) > LONGEST:
        # The word at the cut is broken, so it goes.
        raw = raw[:1024].rpartition(">")[0] + " " + raw[1024 - LONGEST :].partition("<")[2]
    found = [word for word in _ID.findall(raw) if "@" in word]
    found = found if len(found) <= 11 else [found[0], *found[-10:]]
    return tuple(dict.fromkeys(f"<{safe_line(raw_text(word), 250)}>" for word in found))


def fields(text: str) -> Iterator[tuple[str, str]]:
    """Read header lines out of any text, in linear time: (lower-case name, decoded value).

    For what is not worth or not safe to parse: reports of other servers, mails beyond the limits.
    """
    for name, value in _FIELD.findall(text.replace("\r\n", "\n").replace("\r", "\n")):
        yield name.lower(), safe_line(decode_text(value), 1000)


def without_comments(raw: str) -> str | None:
    """Drop the comments of a structured header, nested ones too; None if one never ends.

    Quoted strings stay as they are, so a bracket or a semicolon in one does no harm.
    """
    kept, depth, quoted, at = [], 0, False, 0
    for mark in _STRUCTURE.finditer(raw):
        character = mark[0]
        if character == '"' and not depth:
            quoted = not quoted
        elif character == "(" and not quoted:
            if not depth:
                kept.append(raw[at : mark.start()] + " ")
            depth += 1
        elif character == ")" and depth:
            depth -= 1
            at = mark.end()
    return None if depth or quoted else "".join(kept) + raw[at:]
