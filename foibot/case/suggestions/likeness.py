"""How alike two requests are, with the words that make them so, and under which marks a request is found again; no I/O.

The marks are MinHash bands: two requests that share a third of their words almost always share one, and
looking them up does not grow with the number of requests. They are stored, so that they are computed here
and not by a library whose next version might compute others. What they find is then compared word by word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import blake2b
from itertools import islice
from struct import Struct
from typing import Final

ENOUGH: Final = 60
"""A score from which on two requests are worth an officer's look."""

_BANDS, _ROWS = 24, 2
_PRIME: Final = (1 << 61) - 1
_FEWEST, _MOST, _SHOWN = 4, 400, 8
_MOST_CHARACTERS: Final = 50_000
_LONGEST_TERM: Final = 40
_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_COMMON: Final = """
area many much five ten past received a about act all also am an and any are as at be been being
between by can could dear did do does each email faithfully for freedom from get give given had
has have hello hi how i if in information into is it its kind last let like may me month more my
no not number of on or other our out over please provide regard request send should sincerely so
some such tell than thank thanks that the their them then there these they this those through time
to under up us was we were what when where whether which who whom why will wish with within would
year you your yours 2000
"""
_EVERYWHERE: Final = frozenset(_COMMON.split())
"""Words that nearly every request has, which say nothing about what it asks."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two requests are, from 0 to 100, and the words of the first that both have."""

    score: int
    words: tuple[str, ...]


@lru_cache(8192)
def stem(word: str) -> str:
    """Give a word without the ending of its plural: "attacks" is "attack", "companies" is "company"."""
    plain = word.casefold().replace("'", "").replace("’", "")
    if plain.endswith("ies") and len(plain) > 4:
        return f"{plain[:-3]}y"
    return plain[:-1] if plain.endswith("s") and not plain.endswith("ss") and len(plain) > 3 else plain  # fmt: skip


def words_in(text: str) -> Iterator[tuple[str, str]]:
    """Give every word of a text with its stem, in order, as far as anybody reads."""
    for found in _WORD.finditer(text[:_MOST_CHARACTERS]):
        yield found.group(), stem(found.group())


def terms_in(text: str) -> Iterator[str]:
    """Give the stem of every word under which a case is kept and looked for, in order; may repeat."""
    for written, plain in words_in(text):
        if plain not in _EVERYWHERE and written.casefold() not in _EVERYWHERE:
            yield plain[:_LONGEST_TERM]


@lru_cache(128)
def _telling(text: str) -> Mapping[str, str]:
    """The words that say what a request asks, each once by its stem, as first written.

    Remembered for a while, because a campaign compares the same few requests thousands of times.
    """
    found: dict[str, str] = {}
    for written in dict.fromkeys(_WORD.findall(text[:_MOST_CHARACTERS])):
        plain = stem(written)
        if plain not in _EVERYWHERE and written.casefold() not in _EVERYWHERE:
            found.setdefault(plain, written)
        if len(found) == _MOST:
            break
    return found


@lru_cache(128)
def _in_one_order(text: str) -> str:
    return " ".join(sorted(_telling(text)))


@lru_cache(4)
def marks(text: str) -> tuple[int, ...]:
    """Give the marks under which a request is kept, each below 2**63; () if it says too little."""
    return _marks(text, _BANDS)


def first_mark(text: str) -> int | None:
    """Give the first of the marks alone, which tells whether a request is kept; None if it has none."""
    return next(iter(_marks(text, 1)), None)


def _marks(text: str, most: int) -> tuple[int, ...]:
    telling = _telling(text)
    if len(telling) < _FEWEST:
        return ()
    digests = [_digest(word.encode("utf-8", "replace")) for word in telling]
    least = _least(digests, _functions()[: most * _ROWS])
    bands = (least[at * _ROWS : (at + 1) * _ROWS] for at in range(most))
    return tuple(_hash(f"{at}:{band}".encode()) >> 1 for at, band in enumerate(bands))


@cache
def _functions() -> tuple[tuple[int, int], ...]:
    return tuple(
        (_hash(f"a{at}".encode()) % _PRIME or 1, _hash(f"b{at}".encode()) % _PRIME)
        for at in range(_BANDS * _ROWS)
    )


def _least(digests: Sequence[bytes], functions: Sequence[tuple[int, int]]) -> list[int]:
    """The least that each function (a, b) makes of any digest x: (a * x + b) % _PRIME.

    One long number holds all digests, each in 128 bits of its own, which is more than a product needs,
    so that one calculation is that of all of them. By 2**61 - 1 the remainder is the low 61 bits and
    what stands above them, added; twice that leaves 61 bits and a few ones at most.
    """
    every = int.from_bytes(b"".join([bytes(8) + digest for digest in digests]))
    one = int.from_bytes((bytes(15) + b"\1") * len(digests))
    low, above = one * _PRIME, one * ((1 << 67) - 1)
    values = Struct(">" + "8xQ" * len(digests))
    least = []
    for a, b in functions:
        sums = a * every + b * one
        for _ in range(2):
            sums = (sums & low) + ((sums >> 61) & above)
        # The prime itself, and what is above it, is the only rest that is left: less the prime it is a bit shorter.
        sums = (sums + ((sums + one >> 61) & one)) & low
        least.append(min(values.unpack(sums.to_bytes(values.size))))
    return least


def _digest(given: bytes) -> bytes:
    return blake2b(given, digest_size=8).digest()


def _hash(given: bytes) -> int:
    return int.from_bytes(_digest(given))


def likeness(text: str, other: str) -> Likeness:
    """Compare two requests; the order of their words, greetings and courtesies do not count."""
    mine, theirs = _telling(text), _telling(other)
    both = mine.keys() & theirs.keys()
    if len(both) < _FEWEST:
        return Likeness(0, ())
    shared = islice((written for plain, written in mine.items() if plain in both), _SHOWN)
    one, two = _in_one_order(text), _in_one_order(other)
    # 3 MB that a service does without until two requests are alike.
    from rapidfuzz import fuzz  # noqa: PLC0415

    # A short request inside a long one is like it, though less than one of its own length.
    score = (fuzz.ratio(one, two) + fuzz.token_set_ratio(one, two)) / 2
    return Likeness(round(score), tuple(shared))


def phrase_in(phrase: str, text: Sequence[tuple[str, str]]) -> str:
    """Give the words of a text that hold those of a phrase, in its order and close together; "" if none do.

    "terrorist attack" is in "terrorist bomb attacks", and not in "attacks by a terrorist".
    """
    wanted = [plain for _, plain in words_in(phrase)]
    if not wanted:
        return ""
    reach = len(wanted) + 2
    for at, (_, plain) in enumerate(text):
        if plain == wanted[0]:
            window = [one for _, one in text[at : at + reach]]
            ends = _in_order(wanted, window)
            if ends:
                return " ".join(written for written, _ in text[at : at + ends])
    return ""


def _in_order(wanted: Sequence[str], window: Sequence[str]) -> int:
    """How many words of the window it takes to hold the wanted ones in order; 0 if it does not."""
    at = 0
    for length, plain in enumerate(window, start=1):
        if plain == wanted[at]:
            at += 1
            if at == len(wanted):
                return length
    return 0
