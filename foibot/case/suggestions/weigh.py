"""What in a message's own words or sender changes how it is received: the two cases only a person may answer."""

from __future__ import annotations

from dataclasses import dataclass, replace

from foibot.case.suggestions.origin import regulator
from foibot.case.suggestions.suggest import plain_threats, safety_words
from foibot.mail.body import ENCRYPTED
from foibot.mail.message import IncomingMail
from foibot.mail.reply_text import new_words
from foibot.mail.triage import Disposition, Triage


@dataclass(frozen=True, slots=True)
class Alarm:
    """Why people are told of a message at once: the regulator behind it ("": none), the words found."""

    regulator: str
    words: tuple[str, ...]


def weighed(mail: IncomingMail, decided: Triage) -> Triage:
    """The triage of a new message, changed where only a person may answer.

    The regulator's mail opens no case and is never acknowledged by a machine (A-17); where somebody's
    safety may be at stake the case is opened, and a person decides what is answered (A-19); likewise where
    a message is encrypted (mail rule C20).
    """
    if decided.disposition is not Disposition.REQUEST:
        return decided
    who = _regulator(mail)
    if who:
        return Triage(Disposition.UNMATCHED, "A-17", f"it comes from {who}")
    if safety_words(mail.subject, mail.text):
        why = "it may concern somebody's safety, so that a person decides what to answer"
        return replace(decided, withheld_rule="A-19", withheld=why)
    if ENCRYPTED in mail.flags:
        why = "it is encrypted, so that nobody here has read it; perhaps ask for it in clear"
        return replace(decided, withheld_rule="C20", withheld=why)
    return decided


def alarm(mail: IncomingMail, decided: Triage) -> Alarm | None:
    """Whether this message has to be read at once; what machines and officers sent never has to be."""
    match decided.disposition:
        case Disposition.REQUEST | Disposition.UNMATCHED:
            words = safety_words(mail.subject, mail.text)
        case Disposition.FOLLOWUP:
            words = plain_threats(new_words(mail.text))
        case _:
            return None
    who = _regulator(mail)
    return Alarm(who, words) if who or words else None


def _regulator(mail: IncomingMail) -> str:
    return regulator(mail.sender.addr) if mail.sender else ""
