"""Turns a plain mail into one that carries files, as mail programs write it."""

from __future__ import annotations

import base64
from dataclasses import dataclass

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file with a mail; with `content_id` a picture that the text may show."""

    name: str
    content: bytes
    kind: str = "application/octet-stream"
    content_id: str = ""
    disposition: str = "attachment"


LOGO = Enclosure("image001.png", PNG, "image/png", "logo@01D", "inline")
"""What Outlook makes of the crest in a signature."""


def carrying(raw: bytes, *files: Enclosure) -> bytes:
    """The same mail with these files; pictures with a Content-ID are shown by its HTML."""
    head, _, body = raw.partition(b"\r\n\r\n")
    kept = [line for line in head.split(b"\r\n") if not line.startswith((b"MIME-", b"Content-"))]
    shown = "".join(f'<img src="cid:{one.content_id}">' for one in files if one.content_id)
    parts = [b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + body]
    if shown:
        html = f"<p>{body.decode()}</p>{shown}".replace("\r\n", "<br>")
        text = (
            b"--alt\r\n" + parts[0] + b"\r\n--alt\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
        )
        parts = [
            b'Content-Type: multipart/alternative; boundary="alt"\r\n\r\n'
            + text
            + html.encode()
            + b"\r\n--alt--"
        ]
    parts += [_part(one) for one in files]
    mixed = b"".join(b"--mixed\r\n" + part + b"\r\n" for part in parts)
    kept += [b"MIME-Version: 1.0", b'Content-Type: multipart/mixed; boundary="mixed"']
    return b"\r\n".join(kept) + b"\r\n\r\n" + mixed + b"--mixed--\r\n"


def _part(one: Enclosure) -> bytes:
    named = f"Content-ID: <{one.content_id}>\r\n" if one.content_id else ""
    head = (
        f'Content-Type: {one.kind}; name="{one.name}"\r\n{named}'
        f'Content-Disposition: {one.disposition}; filename="{one.name}"\r\n'
        "Content-Transfer-Encoding: base64\r\n\r\n"
    )
    return head.encode() + base64.encodebytes(one.content).replace(b"\n", b"\r\n")
