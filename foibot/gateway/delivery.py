"""What became of a mail, read off an SMTP server's replies; does no I/O itself."""

from __future__ import annotations

from dataclasses import dataclass

from foibot.errors import TryAgainLater
from foibot.outbox.item import Answer

_LOGIN_NEEDED = (530, 534, 535, 538)  # RFC 4954 s.6: not about the mail


class PostUnreachable(TryAgainLater):
    """The SMTP server cannot be reached at the moment."""


class PostHalted(TryAgainLater):
    """foibot is being stopped; the mail waits."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """One mail to one recipient; `key` is its outbox id, `sender` the envelope sender."""

    key: int
    sender: str
    recipient: str
    raw: bytes


@dataclass(frozen=True, slots=True)
class Delivery:
    """The answer for one mail; `text` is the server's reply line as evidence, `code` 0 if none.

    `reached` is False when no server could be asked: that says nothing about the mail. `more` says that
    the next one is known already.
    """

    key: int
    answer: Answer
    code: int
    text: str
    reached: bool = True
    more: bool = False


def turned_down(key: int, code: int, message: str) -> Delivery:
    """Before the content was sent, nothing can be accepted, and a login can be put right."""
    final = 500 <= code < 600 and code not in _LOGIN_NEEDED
    answer = Answer.REFUSED if final else Answer.RETRY
    return Delivery(key, answer, code, one_line(f"{code} {message}"))


def answered(key: int, code: int, message: str) -> Delivery:
    """What a reply to the final dot means."""
    text = one_line(f"{code} {message}")
    answer = {2: Answer.ACCEPTED, 4: Answer.RETRY, 5: Answer.REFUSED}.get(code // 100)
    if answer is None:
        return no_answer(key, f"not a reply to a mail: {text}")
    return Delivery(key, answer, code, text)


def lost_before_data(key: int, error: Exception) -> Delivery:
    """The connection failed, and the content was certainly not handed over."""
    code = max(getattr(error, "code", 0), 0)
    said = f"{code} {error.args[-1]}" if code else str(error)
    text = one_line(f"before the mail was sent: {said}")
    return Delivery(key, Answer.RETRY, code, text)


def no_answer(key: int, what: str) -> Delivery:
    """The content was handed over, and nobody said what became of it."""
    return Delivery(key, Answer.UNCERTAIN, 0, f"after the mail was sent: {what}")


def one_line(text: str) -> str:
    """A server's reply as one printable line of at most 500 characters."""
    printable = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(printable.split())[:500]
