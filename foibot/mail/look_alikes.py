"""Domains that are written to be taken for another one: letters of other alphabets that look like ours."""

from __future__ import annotations

import unicodedata

# Cyrillic, Greek and Armenian letters that nobody can tell from the Latin one on a screen.
_ALIKE = str.maketrans(
    {
        **dict(zip("аеорсухіјѕһԁԛԝԍьѵӏкмтвнг", "aeopcyxijshdqwgbvlkmtbhr", strict=True)),
        **dict(zip("οανρτυικχγεω", "oavptuikxyew", strict=True)),
        **dict(zip("օսոհց", "ounhg", strict=True)),
        "ɡ": "g",
        "ı": "i",
    }
)


def taken_for(host: str) -> str:
    """The plain domain that this one (in its ASCII form) looks like; "" if it is what it looks like.

    `xn--xampleshire-3nj.example`, in which the first letter is Cyrillic, gives `exampleshire.example`.
    A word of another language, which has letters that look like none of ours, is what it is.
    """
    shown = [_shown(label) for label in host.lower().split(".")]
    plain = [label if label.isascii() else _plain(label) for label in shown]
    return ".".join(plain) if plain != shown and all(plain) else ""


def _shown(label: str) -> str:
    """A label as a mail program shows it."""
    if not label.startswith("xn--"):
        return label
    try:
        return label.encode("ascii").decode("idna")
    except UnicodeError:
        return label


def _plain(label: str) -> str:
    """The label in the Latin letters it looks like; "" if some look like none, or accents are all there is."""
    alike = unicodedata.normalize("NFKC", label).translate(_ALIKE)
    return alike if alike.isascii() else ""
