"""How much may leave: the hourly cap, the caps per requester, the emergency pause; no I/O."""

from __future__ import annotations

from dataclasses import dataclass

from foibot.outbox.item import Kind


@dataclass(frozen=True, slots=True)
class Caps:
    """The configured limits: acknowledgements per address in 24 hours, all mails in one hour, bytes of a letter."""

    acknowledgements_per_address: int
    mails_per_hour: int
    letter_bytes: int = 10_000_000


@dataclass(frozen=True, slots=True)
class SentLately:
    """What went to one address in the last 24 hours: acknowledgements, and those on the same subject."""

    acknowledgements: int
    same_subject: int


def acknowledgement_capped(lately: SentLately, caps: Caps) -> str:
    """The reason why another acknowledgement to this address must wait for a person; "" if none.

    Mail rules A1 and A10: two machines that answer each other stop here.
    """
    if lately.same_subject >= 1:
        return (
            "the same address was sent an acknowledgement on the same subject in the last 24 hours"
        )
    if lately.acknowledgements >= caps.acknowledgements_per_address:
        return f"the same address was sent {lately.acknowledgements} acknowledgements in the last 24 hours"
    return ""


@dataclass(frozen=True, slots=True)
class Allowance:
    """How many more mails may leave at this moment, and of which kinds."""

    mails: int
    kinds: frozenset[Kind]


# Whoever floods the mailbox has acknowledgements written, and a notice of each. What is left of the hour when only this
# share is left is not for those: a letter that was approved leaves all the same.
_SHARES = (
    (0.1, frozenset(Kind)),
    (0.05, frozenset(Kind) - {Kind.ACKNOWLEDGEMENT}),
    (0.0, frozenset({Kind.LETTER, Kind.PAUSE})),
)


def may_leave_now(sent_in_last_hour: int, caps: Caps) -> Allowance:
    """What may leave at this moment (mail rule A13): of the last tenth of the hour no acknowledgement, of its last half only letters and alarms."""
    left = max(0, caps.mails_per_hour - sent_in_last_hour)
    for share, kinds in _SHARES:
        more = left - int(caps.mails_per_hour * share)
        if more > 0:
            return Allowance(more, kinds)
    return Allowance(0, frozenset())
