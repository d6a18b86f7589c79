"""The lines of large files, kept from the MIME parser, which would make an object of each, and put back behind it; no I/O."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_SHORTEST = 200_000  # bytes of a run, or of a mail, from which it is worth while
# A file in base64 as programs write it. Possessive: nothing is tried twice, and nothing kept for that.
_RUN = re.compile(rb"^(?:[A-Za-z0-9+/]{60,76}+\r?\n)++", re.MULTILINE)
# Like a line of the run to the parser: no boundary, no header, no blank. Never decoded.
_MARK = b"foibotKeepsTheLinesOfThisFileFromTheParserAndPutsThemBackHere"
_MARKED = re.compile(_MARK + rb"([0-9]{6})\n")


@dataclass(frozen=True, slots=True)
class Shortened:
    """A message without its long runs: `text` is what is parsed, `runs` what its marks stand for."""

    text: bytes
    runs: tuple[memoryview, ...] = field(default=(), repr=False)

    def whole(self, body: bytes) -> bytes:
        """A part's body with its runs in it again, byte for byte as in the message."""
        if not self.runs or _MARK not in body:
            return body
        return b"".join(self._pieces(body))

    def _pieces(self, body: bytes) -> Iterator[bytes | memoryview]:
        at = 0
        for mark in _MARKED.finditer(body):
            yield body[at : mark.start()]
            yield self.runs[int(mark[1])]
            at = mark.end()
        yield body[at:]


def shortened(raw: bytes) -> Shortened:
    """The message without its long runs of base64; the same bytes if there are none.

    The last line of a run stays where it is: its end may be the boundary's.
    """
    if len(raw) < _SHORTEST or _MARK in raw:
        return Shortened(raw)
    kept: list[bytes | memoryview] = []
    runs: list[memoryview] = []
    view, at = memoryview(raw), 0
    for run in _RUN.finditer(raw):
        if run.end() - run.start() < _SHORTEST:
            continue
        last = raw.rindex(b"\n", run.start(), run.end() - 1) + 1
        kept += (view[at : run.start()], _MARK + b"%06d\n" % len(runs))
        runs.append(view[run.start() : last])
        at = last
    return Shortened(b"".join((*kept, view[at:])), tuple(runs))
