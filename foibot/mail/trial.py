"""A mail that the office sends to itself, to see what the servers make of it; no I/O."""

from __future__ import annotations

from dataclasses import dataclass

from foibot.mail.addresses import domain
from foibot.mail.bounce import Bounce
from foibot.mail.compose import Words, compose
from foibot.mail.message import Address, IncomingMail

MARKS = (("Auto-Submitted", "auto-generated"), ("X-Auto-Response-Suppress", "All"))
"""The headers that keep other machines from answering mail of ours."""

_TEXT = """\
This mail was written by `foibot check --connect --mail-itself`. foibot sent it from this mailbox to this
mailbox, to see how the mail servers treat what it sends. Nobody has to answer it, it belongs to no case,
and it can be deleted.
"""


@dataclass(frozen=True, slots=True)
class Trial:
    """One such mail: to the mailbox itself, or to a form of its address with a plus part.

    `token` is 16 symbols of which no other mail knows, so that the mail is found again whatever became
    of its Message-ID.
    """

    mailbox: str
    recipient: str
    envelope_from: str
    token: str

    @property
    def message_id(self) -> str:
        """Of the form that all our mail has."""
        return f"<foi.office.trial.{self.token}@{domain(self.mailbox)}>"

    @property
    def earlier(self) -> str:
        """The mail that this one says it answers; there is none."""
        return f"<foi.office.trial-thread.{self.token}@{domain(self.mailbox)}>"

    def composed(self, name: str) -> bytes:
        """The mail without Date and Message-ID. It is from the mailbox: triage knows it as our own (A9)."""
        return compose(
            sender=Address(self.mailbox, name),
            recipient=Address(self.recipient),
            words=Words(f"A trial of the mail servers ({self.token})", _TEXT),
            in_reply_to=self.earlier,
            references=(self.earlier,),
            headers=MARKS,
        )

    def is_in(self, mail: IncomingMail) -> bool:
        """Whether this is the mail come back; ask first whether it is a report, which may repeat the subject."""
        return self.token in mail.subject

    def is_reported_by(self, bounce: Bounce) -> bool:
        """Whether a report of non-delivery is about this mail."""
        return self.message_id in bounce.original_message_ids
