"""Which orders have to be signed (S/MIME), and why a signature does not count; no I/O."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum, unique

from foibot.mail.addresses import same_address

APPROVE = "approve"

UNSIGNED_ALWAYS = frozenset(
    {"reject", "hold", "stop", "pause", "show", "find", "when", "why", "help", "questions"}
)
"""Orders that let nothing leave and change no letter: somebody on the way may give them from any telephone."""


@unique
class Signs(StrEnum):
    """What of a person's mail has to be signed."""

    NOTHING = "nothing"
    APPROVALS = "approvals"
    ORDERS = "orders"


@unique
class Fault(StrEnum):
    """Why an order does not count as signed; the value is the sentence its officer reads."""

    UNSIGNED = "It is not signed."
    PARTLY = (
        "Only a part of it is signed: something unsigned stands around the signed part, such as a disclaimer "
        "that a mail server added."
    )
    UNREADABLE = "Its signature cannot be read."
    WEAK = "Its signature is made with a method that is no longer safe (SHA-1, MD5 or a short key)."
    ALTERED = "Its signature does not fit its words: they were changed after it was signed."
    NOT_THEIRS = "It is signed with a certificate that is not the one known here for you."
    UNKNOWN_ISSUER = "It is signed with a certificate that none of the known authorities issued."
    TOO_EARLY = "The certificate that it is signed with is not valid yet."
    EXPIRED = "The certificate that it is signed with has expired."
    NOT_FOR_MAIL = "The certificate that it is signed with is not meant for signing mail."
    ADDRESS = "The certificate that it is signed with does not name the address the mail is from."
    REPEATED = "Its signature was used before: each order has to be signed afresh."


_MEND = {
    Fault.UNSIGNED: "Switch on signing (S/MIME) in your mail program before you send it.",
    Fault.PARTLY: "Send it signed, straight to the mailbox. If it happens again, the administrator has to keep disclaimers off mail to it.",
    Fault.UNREADABLE: "Send it again as plain text, signed but not encrypted.",
    Fault.WEAK: "Have your mail program sign with SHA-256, or ask the administrator for a new certificate.",
    Fault.ALTERED: "Send it again. If it happens again, a server on the way changes your mail, and the administrator has to stop that.",
    Fault.REPEATED: "Write it anew, as a fresh signed message.",
    Fault.ADDRESS: "Write from the address in your certificate.",
}
_ADMINISTRATOR = "Sign with the right certificate, or ask the administrator to enter your new one in config.toml."


def mend(fault: Fault) -> str:
    """What the officer can do about it, as a sentence."""
    return _MEND.get(fault, _ADMINISTRATOR)


@dataclass(frozen=True, slots=True)
class Seal:
    """A signature that was verified: the addresses in its certificate, what no other signature shares, the certificate's SHA-256."""

    addresses: tuple[str, ...]
    mark: str
    certificate: str


def about_sender(seal: Seal, sender: str) -> Fault | None:
    """Whether the certificate is for the address the mail is from (RFC 8550 s.3)."""
    named = any(same_address(one, sender) for one in seal.addresses)
    return None if named else Fault.ADDRESS


def has_to_be_signed(
    signs: Signs, verb: str, letter_kinds: Collection[str], signed_letters: Sequence[str]
) -> bool:
    """Whether this order counts only if it is signed.

    `letter_kinds` are the kinds that the current letter of the case counts as; `signed_letters` the
    kinds that nobody approves without a signature.
    """
    if verb == APPROVE:
        return signs is not Signs.NOTHING or not set(letter_kinds).isdisjoint(signed_letters)
    return signs is Signs.ORDERS and verb not in UNSIGNED_ALWAYS
