"""The value and the parameters of Content-Type and Content-Disposition, in linear time.

The standard library's own reader is quadratic in the number of semicolons.
"""

from __future__ import annotations

import re
from urllib.parse import unquote_to_bytes

from foibot.mail.charsets import decode
from foibot.mail.headers import LONGEST, unfold

_PARAMETER = re.compile(r';\s*([^\s=;"]{1,80})\s*=\s*("(?:[^"\\]|\\.)*\\?(?:"|\Z)|[^;]*)', re.S)
_ESCAPED = re.compile(r"\\(.)", re.S)
_MOST = 64  # parameters of one header; a mail with more means harm, not files


def parameters(raw: str) -> tuple[str, dict[str, str]]:
    """Split `text/plain; charset=utf-8` into `("text/plain", {"charset": "utf-8"})`.

    Names and the value are lower case; the first of two equal names counts. The continued and
    encoded forms of RFC 2231 are joined under their plain name. Encoded words stay encoded.
    """
    raw = unfold(raw[:LONGEST])
    value, semicolon, rest = raw.partition(";")
    plain: dict[str, str] = {}
    pieces: dict[str, list[tuple[int, bool, str]]] = {}
    for found in _PARAMETER.finditer(semicolon + rest):
        name, text = found[1].lower(), _unquoted(found[2].strip())
        if "*" in name:
            _collect(pieces, name, text)
        elif len(plain) < _MOST:
            plain.setdefault(name, text)
    for name, parts in pieces.items():
        plain[name] = _joined(sorted(parts))
    return value.strip().lower(), plain


def _unquoted(text: str) -> str:
    if text.startswith('"'):
        return _ESCAPED.sub(r"\1", text[1:].removesuffix('"'))
    return text


def _collect(pieces: dict[str, list[tuple[int, bool, str]]], name: str, text: str) -> None:
    base, _, index = name.partition("*")
    encoded = index.endswith("*") or not index
    number = index.rstrip("*") or "0"
    if number.isascii() and number.isdigit() and len(number) < 4 and len(pieces) < _MOST:
        pieces.setdefault(base, []).append((int(number), encoded, text))


def _joined(parts: list[tuple[int, bool, str]]) -> str:
    charset, content = "utf-8", b""
    for place, (_, encoded, text) in enumerate(parts):
        if not encoded:
            content += text.encode("utf-8", "surrogateescape")
            continue
        if place == 0 and text.count("'") >= 2:
            charset, _, text = text.split("'", 2)
        content += unquote_to_bytes(text.encode("utf-8", "surrogateescape"))
    return decode(content, charset.lower())[0]
