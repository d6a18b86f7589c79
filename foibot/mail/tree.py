"""The one call into the standard library's MIME parser, kept away from what a stranger can do to it.

The parser asks each part for its type and boundary; the parts here answer from our own linear
reader. A message within the message is a file to them, so it cannot nest, and stays byte for byte.
"""

from __future__ import annotations

from collections.abc import Iterator
from email.errors import (
    FirstHeaderLineIsContinuationDefect,
    InvalidHeaderDefect,
    MisplacedEnvelopeHeaderDefect,
    MissingHeaderBodySeparatorDefect,
)
from email.feedparser import FeedParser
from email.message import Message
from email.policy import Policy, compat32

from foibot.mail.long_runs import Shortened, shortened
from foibot.mail.parameters import parameters

_NOTHING_KEPT = Shortened(b"")
_BROKEN = (
    FirstHeaderLineIsContinuationDefect,
    InvalidHeaderDefect,
    MisplacedEnvelopeHeaderDefect,
    MissingHeaderBodySeparatorDefect,
)


class TooManyParts(Exception):
    """The message has more parts than the limits allow."""


class Part(Message):
    """One part; its header values and its payload are text with raw bytes as surrogates."""

    def __init__(self, policy: Policy[Message] = compat32) -> None:
        """Called by the parser."""
        super().__init__(policy)
        self._kind: tuple[str, dict[str, str]] | None = None
        self._message = _NOTHING_KEPT

    def first(self, name: str) -> str:
        """The first header of this lower-case name, raw; "" if there is none."""
        # raw_items, not get: that wraps 8-bit values in objects that decode as the mail says.
        return next((str(value) for key, value in self.raw_items() if key.lower() == name), "")

    def kind(self) -> tuple[str, dict[str, str]]:
        """The content type in lower case, as RFC 2045 s.5.2 defaults it, and its parameters."""
        if self._kind is None:
            value, given = parameters(self.first("content-type"))
            self._kind = (value if value.count("/") == 1 else self.get_default_type()), given
        return self._kind

    def broken_header(self) -> bool:
        """Whether the header holds lines that servers on the way may have read differently."""
        return any(isinstance(defect, _BROKEN) for defect in self.defects)

    def get_content_type(self) -> str:
        """What the parser may know: multipart, or not."""
        kind = self.kind()[0]
        return kind if kind.startswith("multipart/") else "text/plain"

    def get_content_maintype(self) -> str:
        """What the parser may know: multipart, or not."""
        return self.get_content_type().partition("/")[0]

    def get_boundary(self, failobj: object = None) -> str | None:  # type: ignore[override]  # one use
        """The boundary, read in linear time."""
        boundary = self.kind()[1].get("boundary")
        return boundary.rstrip() if boundary is not None else None

    def read_from(self, message: Shortened) -> Part:
        """The root of this message, from which some runs were kept."""
        self._message = message
        return self

    def whole(self, payload: str) -> bytes:
        """The body of a part below this root, with what was kept from the parser."""
        return self._message.whole(payload.encode("ascii", "surrogateescape"))

    def payload(self) -> str | list[Part]:
        """The body as text, or the parts.

        Not get_payload: that decodes 8-bit bodies with whatever codec the mail names.
        """
        payload: str | list[Part] | None = vars(self)["_payload"]
        return payload if payload is not None else ""


def tree(raw: bytes, max_parts: int) -> Part:
    """Parse a whole message; raises TooManyParts."""
    made = 0

    def factory(policy: Policy[Message] = compat32) -> Part:
        nonlocal made
        made += 1
        if made > max_parts + 1:  # the parser makes one part on trial
            raise TooManyParts
        return Part(policy)

    parser = FeedParser(factory, policy=compat32)
    message = shortened(raw)
    parser.feed(message.text.decode("ascii", "surrogateescape"))
    root = parser.close()
    assert isinstance(root, Part), "the factory makes nothing else"  # noqa: S101
    return root.read_from(message)


def many(root: Part) -> int:
    """How many parts there are, this one and those that only hold others among them."""
    waiting, found = [root], 0
    while waiting:
        found += 1
        payload = waiting.pop().payload()
        waiting += [] if isinstance(payload, str) else payload
    return found


def leaves(root: Part) -> Iterator[tuple[Part, bytes, int]]:
    """Yield every part without parts, its body, and a number for the alternative it is in (or 0)."""
    waiting = [(root, 0)]
    number = 0
    while waiting:
        part, alternative = waiting.pop()
        payload = part.payload()
        if isinstance(payload, str):
            yield part, root.whole(payload), alternative
            continue
        if part.kind()[0] == "multipart/alternative" and not alternative:
            number += 1
            alternative = number
        waiting += [(child, alternative) for child in reversed(payload)]
