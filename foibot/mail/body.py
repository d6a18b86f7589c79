"""The words and the files of a parsed mail: what a person would read, and what is attached."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from foibot.mail.border_marks import direct, without_warning
from foibot.mail.budget import Budget
from foibot.mail.charsets import decode
from foibot.mail.file_names import distinct, safe_name
from foibot.mail.headers import decode_text, safe_line
from foibot.mail.html_text import (
    LONGEST,
    html_to_text,
    seen_of_html,
    without_pictures,
    words_of_html,
)
from foibot.mail.limits import scan
from foibot.mail.message import SHOWN, Attachment
from foibot.mail.outlook_msg import is_outlook_message, read_msg
from foibot.mail.parameters import parameters
from foibot.mail.signed import is_a_mail, is_enveloped, signed_content
from foibot.mail.tnef import unpacked
from foibot.mail.transfer import undone
from foibot.mail.tree import Part, TooManyParts, leaves, many, tree
from foibot.mail.uuencoded import without_uuencoded

_COMPARED = 262_144  # characters of each version that are compared word by word
_COMPARED_IN_ALL = 1_000_000  # of all versions of either kind
_DIFFERENCE = 0.3  # mail rule C15
_READ = 262_144  # characters of the text that anything looks at, as a stranger can send 30 million
_AT_ONCE = 1_000_000  # characters of it whose words are lists at one time, and letters of a file that are copied
_SHOWN_BY = re.compile(r"cid:([^\s\"'<>)]{1,300})")


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
    """One readable part, still HTML if it came so, and the alternative it is in (0 for none)."""

    source: str
    is_html: bool
    alternative: int


@dataclass(slots=True)
class _Found:
    budget: Budget
    versions: list[_Version] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    names: dict[str, int] = field(default_factory=dict)
    flags: dict[str, None] = field(default_factory=dict)
    pictures: dict[int, str] = field(default_factory=dict)
    signatures: int = 0  # that were opened


SEALED = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
"""The types of a signature with the mail inside it, and of an encrypted mail."""
LONG = f"very long: only the first {SHOWN:,} characters of its text are shown; all of it is in the message"
HIDES = "its HTML holds words that are hidden from a reader; they are left out here: open the message to see them"
HTML_CUT = "very long HTML: only the beginning of its text was read; all of it is in the message"
ENCRYPTED = "encrypted or sealed: the text cannot be read here"
_IN_WINMAIL = "files were in Outlook's own wrapping, winmail.dat"
_WINMAIL_CLOSED = "winmail.dat cannot be opened here: it may hold the text or files"
_RIGHTS_MANAGED = "application/x-microsoft-rpmsg-message"  # what Microsoft 365 encrypts
_DEEPEST = 2  # wrappings that are opened, one in another
_FILE = re.compile(r"\.[a-z0-9]{1,5}\.p7m$", re.IGNORECASE)
_SIGNED = "the text was inside a signature, which nobody has checked"
_NAMED = 5  # Outlook messages named in one flag
_PGP = "-----BEGIN PGP MESSAGE-----"
NOT_ALL = (
    "more is packed into this message than foibot unpacks: open the message itself to see all of it"
)

SEALS = frozenset(
    {"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"}
)
"""The types of a signature beside the text that it signs."""


def read_body(root: Part) -> Body:
    """Collect text and files; nothing in a mail makes this fail, damage becomes a flag."""
    found = _Found(Budget())
    for part, encoded, alternative in leaves(root):
        _sort_in(found, part, encoded, alternative)
    _open(found)
    _name_outlook_messages(found)
    _cut_html(found)
    _mark_pictures(found)
    text, from_html = _choose(found)
    if found.budget.exceeded:
        found.flags[NOT_ALL] = None
    if not text.strip():
        found.flags["text in attachment" if found.attachments else "body empty"] = None
    if len(text) > SHOWN:
        found.flags[LONG] = None
    return Body(
        text[:_READ],
        from_html,
        tuple(found.attachments),
        _digest(text, found),
        tuple(found.flags),
    )


def _sort_in(found: _Found, part: Part, encoded: bytes, alternative: int) -> None:
    kind, given = part.kind()
    disposition, placed = parameters(part.first("content-disposition"))
    name = placed.get("filename") or given.get("name") or ""
    encoding = part.first("content-transfer-encoding").strip().lower()
    if kind.startswith("multipart/"):  # one without a boundary: all it holds is text
        kind = "text/plain"
    if kind in {"text/plain", "text/html"} and disposition != "attachment" and not name:
        text, guessed = decode(undone(encoded, encoding), given.get("charset", ""))
        if guessed:
            found.flags["charset guessed"] = None
        text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
        if kind == "text/plain" and given.get("format", "").lower() == "flowed":
            text = _unflowed(text, delete_space=given.get("delsp", "").lower() == "yes")
        text = _without_files(found, text) if kind == "text/plain" else without_pictures(text)
        found.versions.append(_Version(text, kind == "text/html", alternative))
        return
    original = safe_line(decode_text(name), 300)
    safe = distinct(safe_name(original, kind), found.names)
    sealed = kind in SEALS
    found.attachments.append(
        Attachment(safe, original, safe_line(kind, 100), encoded, encoding, sealed)
    )
    if kind.startswith("image/") and disposition != "attachment":
        # A person's program names each file; a picture without a name is left over from a signature.
        found.attachments[-1] = replace(found.attachments[-1], in_text=not name)
        found.pictures[len(found.attachments) - 1] = part.first("content-id").strip(" \t<>")
    if kind == "application/pgp-encrypted":
        found.flags[ENCRYPTED] = None


def _without_files(found: _Found, text: str) -> str:
    """The text without files written into it as letters; those become attachments."""
    if _PGP in text:
        found.flags[ENCRYPTED] = None
    text, files = without_uuencoded(text, found.budget.parts)
    found.budget.parts -= len(files)
    for one in files:
        _attach(found, one.name, "application/octet-stream", one.content)
    return text


def _attach(found: _Found, name: str, kind: str, content: bytes) -> None:
    original = safe_line(name, 300)
    safe = distinct(safe_name(original, kind), found.names)
    found.attachments.append(Attachment(safe, original, safe_line(kind, 100), content))


def _open(found: _Found) -> None:
    """Open what mail programs wrap the text and files of a mail in; the wrapping stays attached.

    What lies in a wrapping may be one more: a mail is signed, and what was signed is signed or encrypted in turn.
    """
    start = 0
    for _ in range(_DEEPEST):
        stop = len(found.attachments)
        for at in range(start, stop):
            if _opened(found, found.attachments[at]):
                # What was opened is no file of its own any more: nobody attached the wrapping.
                found.attachments[at] = replace(found.attachments[at], in_text=True)
        start = stop
    if any(file.content_type in SEALED for file in found.attachments[start:]):
        found.flags[ENCRYPTED] = None


def _opened(found: _Found, file: Attachment) -> bool:
    name = file.original_name.lower()
    if file.content_type == "application/ms-tnef" or file.name.lower() == "winmail.dat":
        return _open_winmail(found, file)
    if file.content_type in SEALED or name.endswith(".p7m"):
        return _open_signed(found, file)
    if file.content_type == _RIGHTS_MANAGED or name == "message.rpmsg":
        found.flags[ENCRYPTED] = None
    return False


def _name_outlook_messages(found: _Found) -> None:
    """Say which files are mails in Outlook's own format: the request may be in one (mail rule C20)."""
    outlook = [
        file for file in found.attachments if is_outlook_message(file.content_type, file.name)
    ]
    names = [
        file.name
        for at, file in enumerate(outlook)
        if at >= _NAMED or read_msg(file.content(), found.budget) is None
    ]
    if names:
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        found.flags[
            "an Outlook message is attached, which cannot be read here and may hold the request: open "
            f"{', '.join(names[:_NAMED])}{more} in Outlook"
        ] = None


def _open_winmail(found: _Found, file: Attachment) -> bool:
    inside = unpacked(file.content(), found.budget)
    if inside is None:
        found.flags[_WINMAIL_CLOSED] = None
        return False
    if not any(version.source.strip() for version in found.versions):
        found.versions.append(_Version(inside.text or inside.html, not inside.text, 0))
    for one in inside.files:
        _attach(found, one.name, one.content_type or "application/octet-stream", one.content)
    if inside.files:
        found.flags[_IN_WINMAIL] = None
    return True


def _open_signed(found: _Found, file: Attachment) -> bool:
    sealed = file.content()
    inside = signed_content(sealed, found.budget) if found.budget.parts > 0 else b""
    # Files are signed too, as "contract.pdf.p7m"; and some programs say nothing of the type of any.
    may_be_a_file = file.content_type not in SEALED or _FILE.search(file.original_name)
    if may_be_a_file and not is_a_mail(inside):
        if is_enveloped(sealed):
            found.flags[ENCRYPTED] = None
        found.budget.exceeded |= found.budget.parts <= 0
        return False
    root = _signed_mail(inside, found.budget)
    if root is None:
        found.flags[ENCRYPTED] = None
        return False
    found.signatures += 1
    apart = found.signatures * 1_000  # so many alternatives no mail has
    for part, encoded, alternative in leaves(root):
        _sort_in(found, part, encoded, alternative and alternative + apart)
    found.flags[_SIGNED] = None
    return True


def _signed_mail(inside: bytes, budget: Budget) -> Part | None:
    """The mail that was signed; None if there is none, or more in it than the budget has left."""
    if budget.parts <= 0 or len(inside) > budget.octets:
        budget.exceeded = True
        return None
    if not inside or scan(inside) is not None:
        return None
    budget.octets -= len(inside)
    try:
        root = tree(inside, budget.parts)
    except TooManyParts:
        # To count them took as long as to read them would have.
        budget.parts, budget.exceeded = 0, True
        return None
    budget.parts -= many(root)
    return root


def _cut_html(found: _Found) -> None:
    """Keep as much HTML as is read, of all parts together: each may be as long as the mail."""
    left = LONGEST
    for at, version in enumerate(found.versions):
        if not version.is_html:
            continue
        if len(version.source) > left:
            found.flags[HTML_CUT] = None
            found.versions[at] = replace(version, source=version.source[:left])
        left -= min(left, len(version.source))


def _mark_pictures(found: _Found) -> None:
    """A picture that the HTML shows by its Content-ID belongs to the text; mailers name it like a file."""
    if not found.pictures:
        return
    shown = {
        content_id
        for version in found.versions
        if version.is_html
        for content_id in _SHOWN_BY.findall(version.source)
    }
    for at, content_id in found.pictures.items():
        if content_id in shown:
            found.attachments[at] = replace(found.attachments[at], in_text=True)


def _unflowed(text: str, *, delete_space: bool) -> str:
    """Undo format=flowed (RFC 3676): a line that ends in a space goes on in the next one."""
    out: list[str] = []
    flowing, depth_before = False, 0
    for line in text.split("\n"):
        body = line.lstrip(">")
        depth = len(line) - len(body)
        body = body.removeprefix(" ")
        if not (flowing and depth == depth_before and body != "-- "):
            out.append(("\n" if out else "") + (">" * depth + " " if depth else ""))
        flowing, depth_before = body.endswith(" ") and body != "-- ", depth
        out.append(body[:-1] if flowing and delete_space else body)
    return "".join(out)


def _choose(found: _Found) -> tuple[str, bool]:
    """Plain text where there is some, else HTML; two versions of one text are compared (C15)."""
    versions = found.versions
    plain_in = {v.alternative for v in versions if not v.is_html and v.source.strip()} - {0}
    twins = [v for v in versions if v.alternative in plain_in]
    shown = [v for v in versions if v.alternative not in plain_in or not v.is_html]
    if len(shown) < len(versions) and _differ(twins):
        found.flags["parts differ"] = None
    texts = [(_seen(found, v) if v.is_html else v.source, v.is_html) for v in shown]
    texts = [(text, is_html) for text, is_html in texts if text.strip()]
    whole = direct(without_warning("\n".join(text for text, _ in texts)))
    return whole, bool(texts) and all(html for _, html in texts)


def _seen(found: _Found, version: _Version) -> str:
    seen = seen_of_html(version.source)
    if seen.hides:
        found.flags[HIDES] = None
    return seen.text


def _differ(twins: list[_Version]) -> bool:
    plain: set[str] = set()
    other: set[str] = set()
    left = {False: _COMPARED_IN_ALL, True: _COMPARED_IN_ALL}
    for version in twins:
        source = version.source[: min(_COMPARED, left[version.is_html])].lower()
        left[version.is_html] -= len(source)
        if version.is_html:
            other.update(words_of_html(source))
        else:
            plain.update(source.split())
    apart = {word for word in plain ^ other if "://" not in word}
    most = _DIFFERENCE * max(len(plain | other), 10)
    # A border may put its warning into one of them alone.
    return len(apart) > most and len(apart - _warned(twins)) > most


def _warned(twins: list[_Version]) -> set[str]:
    """The words of the warnings that a mail system put on top of these versions."""
    words: set[str] = set()
    for version in twins:
        text = html_to_text(version.source) if version.is_html else version.source
        words.update(text[: len(text) - len(without_warning(text))].lower().split())
    return words


def _digest(text: str, found: _Found) -> str:
    whole = hashlib.sha256()
    for words in _words(text):
        whole.update(words.encode("utf-8", "replace"))
    for attachment in found.attachments:
        file = hashlib.sha256()
        for start in range(0, len(attachment.encoded), _AT_ONCE):
            # Line ends change from one server to the next; the letters do not.
            piece = attachment.encoded[start : start + _AT_ONCE]
            file.update(piece.translate(None, b"\r\n\t "))
        whole.update(file.digest())
    return whole.hexdigest()


def _words(text: str) -> Iterator[str]:
    """The words with one blank between, in pieces: a list of five million of them takes 400 MB."""
    between = rest = ""
    for start in range(0, len(text), _AT_ONCE):
        piece = rest + text[start : start + _AT_ONCE]
        words = piece.split()
        # The last word may go on in the next piece.
        rest = words.pop() if words and not piece[-1].isspace() else ""
        if words:
            yield between + " ".join(words)
            between = " "
    if rest:
        yield between + rest
