"""Reads a letter from a file: text, .eml, .docx or PDF, told by its bytes; says in plain words why it cannot."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Final

from foibot.errors import OfficerMustReword
from foibot.gateway.docx import NotADocx, read_docx
from foibot.gateway.pdf_text import NotAPdf, read_pdf
from foibot.letters.linting.document import Document, File, Mail
from foibot.mail.charsets import decode
from foibot.mail.html_text import html_to_text
from foibot.mail.message import Attachment, IncomingMail, Unreadable
from foibot.mail.parse import parse
from foibot.mail.transfer import undone
from foibot.mail.tree import leaves, tree

_LARGEST_FILE: Final = 30_000_000
_LONGEST_LETTER: Final = 400_000
_MOST_FILES_READ: Final = 5
_HEADER_LINE: Final = re.compile(rb"(?:[\w-]{1,60}:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*){2,}\r?\n")
_MAIL_HEADERS: Final = re.compile(
    rb"^(?:from|received|return-path|message-id|mime-version|delivered-to|content-type):",
    re.IGNORECASE | re.MULTILINE,
)
_OTHER_FORMATS: Final = (
    (b"\xd0\xcf\x11\xe0", "an old Word or Outlook file: save it as .docx, PDF or .eml"),
    (b"{\\rtf", "rich text: save it as .docx or PDF"),
    (b"\x89PNG", "a picture: the letter itself is needed"),
    (b"\xff\xd8\xff", "a picture: the letter itself is needed"),
    (b"GIF8", "a picture: the letter itself is needed"),
)
_NAMED_FOR_THEIR_FORMAT: Final = frozenset({".docx", ".pdf"})
_UNTYPED: Final = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufffd]")
_MARKUP: Final = re.compile(rb"\s*(?:<!doctype html|<html)", re.IGNORECASE)


class LetterCannotBeRead(OfficerMustReword):
    """The file cannot be read as a letter."""


def read_letter(path: Path) -> Document:
    """Read the file at `path`. Raises `LetterCannotBeRead` with the reason and what would help."""
    try:
        with path.open("rb") as file:
            raw = file.read(_LARGEST_FILE + 1)
    except OSError as problem:
        raise LetterCannotBeRead(f"{path} cannot be read: {problem.strerror}.") from problem
    if len(raw) > _LARGEST_FILE:
        raise LetterCannotBeRead(f"{path} is larger than {_LARGEST_FILE} bytes; no letter is.")
    try:
        document = _read(raw, path.suffix.lower())
    except (NotADocx, NotAPdf, LetterCannotBeRead) as problem:
        raise LetterCannotBeRead(f"{path} cannot be read as a letter: {problem}.") from problem
    if len(document.text) > _LONGEST_LETTER:
        raise LetterCannotBeRead(
            f"{path} has {len(document.text)} characters; no letter has more than {_LONGEST_LETTER}."
        )
    if _is_no_text(document.text):
        raise LetterCannotBeRead(
            f"{path} cannot be read as a letter: it is no text, .eml, .docx or PDF file."
        )
    if not document.text.strip():
        raise LetterCannotBeRead(
            f"{path} holds no text. A scanned page has to be typed or recognised."
        )
    return document


def _read(raw: bytes, suffix: str) -> Document:
    if b"%PDF-" in raw[:1024]:
        pdf = read_pdf(raw)
        return Document(pdf.text, properties=pdf.properties, residue=pdf.residue)
    if raw.startswith(b"PK\x03\x04"):
        docx = read_docx(raw)
        return Document(docx.text, properties=docx.properties, residue=docx.residue)
    if raw.strip() and suffix in _NAMED_FOR_THEIR_FORMAT:
        raise LetterCannotBeRead(f"it is called {suffix} and is none, or only a piece of one")
    if suffix == ".eml" or _is_mail(raw):
        return _read_mail(raw)
    return Document(_read_text(raw, suffix))


def _is_no_text(text: str) -> bool:
    """Whether one character in a hundred is none that anybody types, as in a file of another format."""
    return len(_UNTYPED.findall(text)) > len(text) // 100


def _is_mail(raw: bytes) -> bool:
    head = _HEADER_LINE.match(raw[:65_536])
    return head is not None and _MAIL_HEADERS.search(head.group()) is not None


def _read_text(raw: bytes, suffix: str) -> str:
    for start, what in _OTHER_FORMATS:
        if raw.startswith(start):
            raise LetterCannotBeRead(f"it is {what}")
    charset = "utf-16" if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    text, _ = decode(raw, charset)
    if _is_no_text(text):
        raise LetterCannotBeRead("it is no text, .eml, .docx or PDF file")
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").removeprefix("\ufeff")
    return html_to_text(text) if suffix in {".html", ".htm"} or _MARKUP.match(raw) else text


def _read_mail(raw: bytes) -> Document:
    mail = parse(raw)
    if isinstance(mail, Unreadable):
        raise LetterCannotBeRead(f"the mail is {mail.reason}")
    documents = [_attached(each, at) for at, each in enumerate(mail.attachments)]
    files = tuple(
        File(each.name, each.content_type, document.text if document else None)
        for each, document in zip(mail.attachments, documents, strict=True)
    )
    around = Mail(
        subject=mail.subject,
        sender=mail.sender.addr.lower() if mail.sender else "",
        copied_to=tuple(each.addr.lower() for each in mail.cc) + _blind_copies(mail),
        date=mail.date,
        wants_receipt=any(
            mail.header(name)
            for name in ("disposition-notification-to", "return-receipt-to", "x-confirm-reading-to")
        ),
        files=files,
    )
    read = [document for document in documents if document is not None]
    longest = max(read, key=lambda document: len(document.text), default=Document(""))
    other = _other_version(raw, mail)
    body = Document(
        mail.text,
        mail=around,
        properties=tuple(each for document in read for each in document.properties),
        residue=tuple(dict.fromkeys(each for document in read for each in document.residue)),
        versions=(other,) if other else (),
    )
    if len(longest.text) > 2 * len(mail.text):
        # A covering mail: the letter is the file.
        covered = (*body.versions, ("the covering mail", mail.text))
        return replace(body, text=longest.text, versions=covered)
    return body


def _attached(attachment: Attachment, at: int) -> Document | None:
    """The words of a file, None if it is not one that holds a letter."""
    if at >= _MOST_FILES_READ or len(attachment.encoded) > _LARGEST_FILE:
        return None
    suffix = Path(attachment.name).suffix.lower()
    if suffix not in {".txt", ".docx", ".pdf", ".htm", ".html", ".md"}:
        return None
    try:
        return _read(attachment.content(), suffix)
    except (NotADocx, NotAPdf, LetterCannotBeRead):
        return None


def _blind_copies(mail: IncomingMail) -> tuple[str, ...]:
    return tuple(
        found.lower()
        for value in mail.all("bcc")
        for found in re.findall(r"[^\s<>,;]+@[^\s<>,;]+", value)
    )


def _other_version(raw: bytes, mail: IncomingMail) -> tuple[str, str] | None:
    """The HTML version of a mail whose two versions do not say the same (mail rule C15)."""
    if "parts differ" not in mail.flags:
        return None
    for part, encoded, _ in leaves(tree(raw, 500)):
        kind, given = part.kind()
        if kind == "text/html":
            encoding = part.first("content-transfer-encoding").strip().lower()
            source = undone(encoded, encoding)
            return "the HTML version", html_to_text(decode(source, given.get("charset", ""))[0])
    return None
