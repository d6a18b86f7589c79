"""The words of a letter in Rich Text Format, compressed as Outlook does it (MS-OXRTFCP); bounded, never raises."""

from __future__ import annotations

import re
import struct

from foibot.mail.budget import Budget
from foibot.mail.charsets import without_surrogates

LONGEST = 2_000_000  # bytes of RTF that are read
_START = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript "
    b"\\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par "
    b"\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
_TOKEN = re.compile(
    r"\\'([0-9a-fA-F]{2})|\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\(.)|([{}])|[\r\n]+|([^\\{}\r\n]+)|.",
    re.DOTALL,
)
# Groups whose words are not the letter's.
_SILENT = frozenset(
    {"fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "header", "footer", "htmltag"}
)
_WRITTEN = {
    "par": "\n", "line": "\n", "tab": "\t", "cell": "\t", "row": "\n", "lquote": "‘", "rquote": "’",
    "ldblquote": "“", "rdblquote": "”", "bullet": "•", "endash": "–", "emdash": "—",
}  # fmt: skip
_DEEPEST = 1_000


def unpacked_rtf(packed: bytes, budget: Budget | None = None) -> bytes:
    """Undo the compression; damage ends the text where it stands, what is no RTF gives b"".

    So does what the budget has nothing left for; where it runs out the text ends too.
    """
    if len(packed) < 16:
        return b""
    budget = budget or Budget()
    size, kind = struct.unpack_from("<I4s", packed, 4)
    if kind not in {b"MELA", b"LZFu"}:
        return b""
    most = min(size, budget.rtf)
    rtf = packed[16 : 16 + most] if kind == b"MELA" else _expanded(packed, most)
    budget.rtf -= len(rtf)
    budget.exceeded |= size > most == len(rtf)
    return rtf


def _expanded(packed: bytes, size: int) -> bytes:
    window = bytearray(_START.ljust(4096, b" "))
    write, at, out = len(_START), 16, bytearray()
    while at < len(packed) and len(out) < size:
        flags, at = packed[at], at + 1
        for bit in range(8):
            if flags >> bit & 1:
                if at + 2 > len(packed):
                    return bytes(out)
                token, at = packed[at] << 8 | packed[at + 1], at + 2
                read = token >> 4
                if read == write:  # the end, as its writer marks it
                    return bytes(out[:size])
                for _ in range((token & 15) + 2):
                    window[write] = window[read]
                    out.append(window[read])
                    write, read = (write + 1) % 4096, (read + 1) % 4096
            elif at < len(packed):
                window[write] = packed[at]
                out.append(packed[at])
                write, at = (write + 1) % 4096, at + 1
    return bytes(out[:size])


def rtf_to_text(rtf: bytes) -> str:
    """The words a person would read, one line a paragraph; of HTML kept in RTF likewise."""
    out: list[str] = []
    silent = [False]
    unseen = False  # what Outlook adds to HTML for programs that know only RTF
    skip = 0  # characters that stand in for a \\u before them
    for token in _TOKEN.finditer(rtf[:LONGEST].decode("latin-1")):
        code, word, number, mark, brace, text = token.groups()
        if brace:
            _nest(silent, brace)
        elif word == "htmlrtf":
            unseen = number != "0"
        elif word in _SILENT or mark == "*":
            silent[-1] = True
        elif silent[-1] or unseen:
            continue
        elif skip and (code or text):
            skip, text = 0, (text or "")[1:]
            out.append(text)
        elif word == "u" and number:
            out.append(_character(int(number)))
            skip = 1
        else:
            out.append(_said(code, word, mark, text))
    return without_surrogates("".join(out)).strip()


def _nest(silent: list[bool], brace: str) -> None:
    if brace == "{" and len(silent) < _DEEPEST:
        silent.append(silent[-1])
    elif brace == "}" and len(silent) > 1:
        silent.pop()


def _said(code: str | None, word: str | None, mark: str | None, text: str | None) -> str:
    if code:
        return bytes([int(code, 16)]).decode("cp1252", "replace")
    if word:
        return _WRITTEN.get(word, "")
    if mark:
        return {"~": "\u00a0", "_": "-"}.get(mark, mark if mark in "\\{}" else "")
    return text or ""


def _character(number: int) -> str:
    return chr(number % 65_536)
