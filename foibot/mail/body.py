"""The words and the files of a parsed mail: what a person would read, and what is attached."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field

from foibot.mail.charsets import decode
from foibot.mail.file_names import distinct, safe_name
from foibot.mail.headers import decode_text, safe_line
from foibot.mail.html_text import html_to_text
from foibot.mail.message import Attachment
from foibot.mail.parameters import parameters
from foibot.mail.transfer import undone
from foibot.mail.tree import Part, leaves

_COMPARED = 262_144  # characters of each version that are compared word by word
_WORD = re.compile(r"\w{2,40}")
_URL = re.compile(r"(?:https?:|mailto:|cid:)[^\s<>]{1,2000}", re.IGNORECASE)
_DIFFERENCE = 0.3  # mail rule C15


@dataclass(frozen=True, slots=True)
class Body:
    """What one mail says and carries; `digest` is the same for a mail sent twice (D2, D3)."""

    text: str
    from_html: bool
    attachments: tuple[Attachment, ...]
    digest: str
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Version:
    """One readable part, and the alternative it belongs to (0 for none)."""

    text: str
    is_html: bool
    alternative: int


@dataclass(slots=True)
class _Found:
    versions: list[_Version] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    names: dict[str, int] = field(default_factory=dict)
    flags: dict[str, None] = field(default_factory=dict)


def read_body(root: Part) -> Body:
    """Collect text and files; nothing in a mail makes this fail, damage becomes a flag."""
    found = _Found()
    for part, payload, alternative in leaves(root):
        _sort_in(found, part, payload, alternative)
    text, from_html = _choose(found)
    if not text.strip():
        found.flags["text in attachment" if found.attachments else "body empty"] = None
    return Body(text, from_html, tuple(found.attachments), _digest(text, found), tuple(found.flags))


def _sort_in(found: _Found, part: Part, payload: str, alternative: int) -> None:
    kind, given = part.kind()
    disposition, placed = parameters(part.first("content-disposition"))
    name = placed.get("filename") or given.get("name") or ""
    encoding = part.first("content-transfer-encoding").strip().lower()
    encoded = payload.encode("ascii", "surrogateescape")
    if kind.startswith("multipart/"):  # one without a boundary: all it holds is text
        kind = "text/plain"
    if kind in {"text/plain", "text/html"} and disposition != "attachment" and not name:
        text, guessed = decode(undone(encoded, encoding), given.get("charset", ""))
        if guessed:
            found.flags["charset guessed"] = None
        text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
        if kind == "text/html":
            text = html_to_text(text)
        elif given.get("format", "").lower() == "flowed":
            text = _unflowed(text, delete_space=given.get("delsp", "").lower() == "yes")
        found.versions.append(_Version(text, kind == "text/html", alternative))
        return
    original = safe_line(decode_text(name), 300)
    safe = distinct(safe_name(original, kind), found.names)
    found.attachments.append(Attachment(safe, original, safe_line(kind, 100), encoded, encoding))
    if kind in {"application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted"}:
        found.flags["encrypted or sealed: the text cannot be read here"] = None
    elif kind == "application/ms-tnef" or safe.lower() == "winmail.dat":
        found.flags["files inside winmail.dat"] = None


def _unflowed(text: str, *, delete_space: bool) -> str:
    """Undo format=flowed (RFC 3676): a line that ends in a space goes on in the next one."""
    out: list[str] = []
    flowing, depth_before = False, 0
    for line in text.split("\n"):
        body = line.lstrip(">")
        depth = len(line) - len(body)
        body = body.removeprefix(" ")
        if flowing and depth == depth_before and body != "-- ":
            out[-1] += body
        else:
            out.append((">" * depth + " " + body) if depth else body)
        flowing, depth_before = body.endswith(" ") and body != "-- ", depth
        if flowing and delete_space:
            out[-1] = out[-1][:-1]
    return "\n".join(out)


def _choose(found: _Found) -> tuple[str, bool]:
    """Plain text where there is some, else HTML; two versions of one text are compared (C15)."""
    plain_in = {v.alternative for v in found.versions if not v.is_html and v.text.strip()} - {0}
    shown = [v for v in found.versions if not (v.is_html and v.alternative in plain_in)]
    hidden = [v for v in found.versions if v.is_html and v.alternative in plain_in]
    plain = [v for v in shown if v.alternative in plain_in]
    if hidden and _differ("\n".join(v.text for v in plain), "\n".join(v.text for v in hidden)):
        found.flags["parts differ"] = None
    shown = [v for v in shown if v.text.strip()]
    return "\n".join(v.text for v in shown), bool(shown) and all(v.is_html for v in shown)


def _differ(one: str, other: str) -> bool:
    first, second = (
        set(_WORD.findall(_URL.sub(" ", text[:_COMPARED]).lower())) for text in (one, other)
    )
    return len(first ^ second) > _DIFFERENCE * max(len(first | second), 10)


def _digest(text: str, found: _Found) -> str:
    whole = hashlib.sha256(" ".join(text.split()).encode("utf-8", "replace"))
    for attachment in found.attachments:
        # Line ends change from one server to the next; the letters do not.
        whole.update(hashlib.sha256(attachment.encoded.translate(None, b"\r\n\t ")).digest())
    return whole.hexdigest()
