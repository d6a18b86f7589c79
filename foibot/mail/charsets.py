"""Bytes and the charset somebody claimed for them become text; nothing here can raise.

A name from a mail is never given to Python's codec registry: `punycode` is quadratic there,
`unicode_escape` changes evidence, and every unknown name would stay in its cache for ever.
"""

from __future__ import annotations

import re

_SURROGATE = re.compile("[\ud800-\udfff]")

# Names as mail carries them (lower case, "-" for "_") to the codec that reads a superset of them,
# as browsers do: what calls itself Latin-1 is nearly always Windows-1252.
_CODECS = {
    **dict.fromkeys(("us-ascii", "ascii", "ansi-x3.4-1968", "iso646-us", "646"), "ascii"),
    **dict.fromkeys(("utf-8", "utf8", "unicode-1-1-utf-8", "utf-8-sig"), "utf-8"),
    **dict.fromkeys(("iso-8859-1", "iso8859-1", "latin1", "latin-1", "l1"), "cp1252"),
    **{f"iso-8859-{n}": f"iso8859-{n}" for n in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)},
    **{f"iso8859-{n}": f"iso8859-{n}" for n in (2, 5, 7, 9, 15)},
    **{f"windows-125{n}": f"cp125{n}" for n in range(9)},
    **{f"cp125{n}": f"cp125{n}" for n in range(9)},
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "x-gbk", "gb-2312-80", "cp936"), "gb18030"),
    **dict.fromkeys(("ks-c-5601-1987", "ks-c-5601", "euc-kr", "cp949", "korean"), "cp949"),
    **dict.fromkeys(("iso-2022-jp", "iso-2022-jp-ms", "csiso2022jp"), "iso2022_jp_2004"),
    **dict.fromkeys(("shift-jis", "sjis", "x-sjis", "cp932", "windows-31j"), "cp932"),
    **dict.fromkeys(("cp-1251", "win-1251"), "cp1251"),
    "iso-8859-8-i": "iso8859-8",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "windows-874": "cp874",
    "tis-620": "cp874",
    "iso-2022-kr": "iso2022_kr",
    "euc-jp": "euc_jp",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "hz-gb-2312": "hz",
    "koi8-r": "koi8_r",
    "koi8-u": "koi8_u",
    "macintosh": "mac_roman",
    "cp437": "cp437",
    "cp850": "cp850",
    "cp858": "cp858",
    "ibm850": "cp850",
    "utf-16": "utf-16",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
    "utf-7": "utf-7",
}


def decode(content: bytes, charset: str) -> tuple[str, bool]:
    """Return the text, and whether its charset had to be guessed.

    The ladder: the charset as declared, UTF-8, Windows-1252, Latin-1, which reads every byte.
    No charset at all means ASCII (RFC 2045 s.5.2). The text holds no lone surrogates.
    """
    if content.isascii() and charset in {"", "utf-8", "us-ascii"}:
        return content.decode("ascii"), False
    name = charset.strip().strip("\"'").lower().replace("_", "-")
    declared = _CODECS.get(name or "us-ascii")
    rungs = [declared] if declared else []
    for guess, codec in enumerate([*rungs, "utf-8", "cp1252"]):
        try:
            text = content.decode(codec)
        except UnicodeError:
            continue
        return without_surrogates(text), guess >= len(rungs)
    # Latin-1 declared and Windows-1252 unable to read it: those bytes are what was declared.
    return content.decode("latin-1"), declared != "cp1252"


def without_surrogates(text: str) -> str:
    """Replace halves of surrogate pairs, which no database and no mail server takes."""
    return text if text.isascii() else _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)


def raw_text(text: str) -> str:
    """Turn header or body text as the parser left it (bytes as surrogates) into readable text."""
    if text.isascii():
        return text
    return decode(text.encode("utf-8", "surrogateescape"), "utf-8")[0]
