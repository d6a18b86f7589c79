"""What an officer writes down of a request that did not come to the mailbox by itself: who, when, how; no I/O."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum, unique
from typing import Final

from foibot.law.dates import in_words


@unique
class Channel(StrEnum):
    """How a request reached the authority; the value stands after "it came"."""

    POST = "by post"
    EMAIL = "by email to another address of the authority"
    HAND = "by hand"
    FAX = "by fax"
    WEB = "through a web form"
    SOCIAL = "on social media"
    TELEPHONE = "by telephone"
    PERSON = "in person"
    UNSAID = "by a way that was not named"


SPOKEN: Final = frozenset({Channel.TELEPHONE, Channel.PERSON})
"""Ways on which nothing need have been written."""


@dataclass(frozen=True, slots=True)
class Registration:
    """A request as an officer registered it; what is "" was not said.

    `received` is the day on which it reached any part of the authority: the time is counted from it.
    `message` is the number in the inbox of the message that it is in, 0 for the officer's own.
    """

    received: date
    channel: Channel
    name: str = ""
    address: str = ""
    subject: str = ""
    text: str = ""
    message: int = 0

    @property
    def basis(self) -> str:
        """Where the date of receipt comes from, in words."""
        return (
            f"an officer registered it: it came {self.channel.value} on {in_words(self.received)}"
        )

    @property
    def why_no_acknowledgement(self) -> str:
        """Why no machine acknowledges it."""
        if not self.address:
            return f"it came {self.channel.value} and gives no email address: write to them by post"
        return "an officer registered it, and nobody has proved the email address"

    @property
    def remarks(self) -> tuple[str, ...]:
        """What to look out for under a law that wants requests in writing (FOIA 2000 s.8(1)(a))."""
        if self.channel not in SPOKEN:
            return ()
        said = (
            f"In writing: it came {self.channel.value}. Information about the environment may be asked for "
            "by word of mouth; for anything else offer help with putting it in writing."
        )
        return (said,)
