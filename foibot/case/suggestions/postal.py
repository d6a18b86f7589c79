"""The postal address that a request gives, for when email does not reach its requester; no I/O."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

_LOOKED_AT: Final = 50_000
_LONGEST_LINE: Final = 80
_MOST_LINES: Final = 6
_POSTCODE: Final = re.compile(
    r"(?<![A-Z0-9])(?:GIR[ \t]?0AA|[A-Z]{1,2}[0-9][A-Z0-9]?[ \t]?[0-9][ABD-HJLNP-UW-Z]{2})(?![A-Z0-9])",
    re.IGNORECASE,
)
# The line above an address: a greeting, the end of a letter, a sentence, or words that announce it.
_ABOVE: Final = re.compile(
    r"[ \t]*(?:(?:dear|yours|kind|best|warm|many|with|regards|thank|hi|hello)\b.*|.*[?!:;]|.*[a-z]{3}\.|>.*|--.*)[ \t]*",
    re.IGNORECASE,
)


def postal_address(text: str, ours: Sequence[str] = ()) -> tuple[str, ...]:
    """The lines of the last postal address in a text, postcode last; () if there is none.

    `ours` are the lines of the authority's own address: people put it at the head of a letter. Only
    addresses in the United Kingdom are known, by their postcode.
    """
    known = {_plain(found[0]) for line in ours for found in _POSTCODE.finditer(line)}
    lines = [line.strip() for line in text[:_LOOKED_AT].splitlines()]
    for at in reversed(range(len(lines))):
        found = _POSTCODE.search(lines[at][:_LONGEST_LINE])
        if found is not None and _plain(found[0]) not in known:
            return tuple(reversed(list(_upwards(lines, at))))
    return ()


def _upwards(lines: Sequence[str], at: int) -> Iterator[str]:
    """The line with the postcode, and those above it that may belong to the same address."""
    yield lines[at][:_LONGEST_LINE]
    for line in reversed(lines[max(0, at - _MOST_LINES + 1) : at]):
        if not line or len(line) > _LONGEST_LINE or _ABOVE.fullmatch(line):
            return
        yield line


def _plain(postcode: str) -> str:
    return "".join(postcode.upper().split())
