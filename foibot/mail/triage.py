"""Gives a message its one disposition, with the rule and the words that caused it; no I/O.

Nothing has the disposition "dropped": a request is valid whatever its headers look like, and the worst
outcome is a request that nobody sees.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum, unique

from foibot.mail.bounce import Bounce, Fate
from foibot.mail.machine import Sign, Weight
from foibot.mail.message import IncomingMail
from foibot.mail.reply_text import says_something


@unique
class Disposition(StrEnum):
    """The one word that is recorded for every message ever seen."""

    REQUEST = "request"
    FOLLOWUP = "followup"
    COMMAND = "command"
    COMMAND_REFUSED = "command-refused"
    BOUNCE = "bounce"
    AUTO = "auto"
    UNMATCHED = "unmatched"
    OWN_COPY = "own-copy"
    DUPLICATE = "duplicate"
    QUARANTINE = "quarantine"
    HOLDER = "holder"
    HOLDER_UNPROVEN = "holder-unproven"


BEFORE_OUR_TIME = "since"
"""The rule of mail that arrived before the day from which foibot works the mailbox."""

LATE = "A14"
"""The rule of a report that mail of ours is still being tried; it changes nothing."""

COMPLAINT = "A18"
"""The rule of a report that mail of ours is abuse."""

JUNK = "junk"
"""The rule of mail in a folder for spam that nothing connects with the office's own mail."""

NOT_A_REQUEST = (
    Disposition.UNMATCHED,
    Disposition.QUARANTINE,
    Disposition.AUTO,
    Disposition.BOUNCE,
    Disposition.COMMAND_REFUSED,
    Disposition.HOLDER_UNPROVEN,
)
"""What the morning digest lists, so that a request mistaken for something else is seen."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What the office knows about a message besides its own words.

    `from_us`: it comes from our own mailbox, or its Message-ID is one of ours. `twins`: what copies were
    taken for that came before, with its Message-ID, sender, subject and text. `officer`: the clean sender is on the roster. `answers_notice`:
    a secret that we sent out was found; `answers_question`: one that went to a colleague with a question.
    `reads_like_order`: its first line begins with an order's verb.
    `thread_in_doubt`: what it answers has a Message-ID that is on mails of several cases, none of them the sender's.
    The cases are references or "".
    """

    from_us: bool = False
    twins: frozenset[str] = frozenset()
    officer: bool = False
    answers_notice: bool = False
    answers_question: bool = False
    reads_like_order: bool = False
    case_by_thread: str = ""
    thread_in_doubt: bool = False
    case_by_reference: str = ""
    reference_is_theirs: bool = False
    case_by_text: str = ""


@dataclass(frozen=True, slots=True)
class Triage:
    """The disposition, the rule and evidence behind it, the case it belongs to ("" for none).

    `withheld` says why a request is not acknowledged automatically; "" if it may be.
    """

    disposition: Disposition
    rule: str
    evidence: str
    case: str = ""
    withheld_rule: str = ""
    withheld: str = ""

    @property
    def acknowledge(self) -> bool:
        """Whether an acknowledgement may leave without a person."""
        return self.disposition is Disposition.REQUEST and not self.withheld


D = Disposition
_BY_MACHINE = frozenset({D.AUTO, D.BOUNCE})
_PEOPLES_OUTLOOK = "A4"


def triage(
    mail: IncomingMail, signs: Sequence[Sign], bounce: Bounce | None, findings: Findings
) -> Triage:
    """What this message is. The first rule that fits decides, what is dangerous before what is usual."""
    case = findings.case_by_thread
    automatic = _automatic(signs, findings)
    if findings.from_us:
        return Triage(D.OWN_COPY, "A9", "it carries our own address or Message-ID", case)
    if _is_copy(findings, of_machine=bounce is not None or automatic is not None):
        return Triage(D.DUPLICATE, "D1", "the same Message-ID with the same text", case)
    if bounce is not None:
        return _report(bounce, case)
    if automatic is not None:
        return Triage(D.AUTO, automatic.rule, automatic.evidence, case)
    if findings.answers_question:
        return Triage(D.HOLDER, "F5", "it answers a question to a colleague", case)
    if findings.answers_notice:
        return Triage(D.COMMAND, "E", "it answers a notice to an officer", case)
    if findings.officer:
        return _from_officer(findings)
    return _from_the_public(mail, signs, findings)


def _is_copy(findings: Findings, *, of_machine: bool) -> bool:
    """Whether nothing new can come of it (D1).

    A request may reach us through a list as well, and nobody is shown that copy at once: the one that carries no
    sign of a machine is still the request.
    """
    return bool(findings.twins if of_machine else findings.twins - _BY_MACHINE)


def _automatic(signs: Sequence[Sign], findings: Findings) -> Sign | None:
    """The sign that settles it: on an order any sign does, but for the one people's Outlook sends."""
    settles = [sign for sign in signs if sign.weight is Weight.AUTOMATIC]
    if findings.answers_notice or findings.answers_question:
        settles += [sign for sign in signs if sign.rule != _PEOPLES_OUTLOOK]
    return settles[0] if settles else None


def _report(bounce: Bounce, case: str) -> Triage:
    words = _bounce_words(bounce)
    if bounce.fate is Fate.DELAYED:
        return Triage(D.BOUNCE, LATE, f"{Fate.DELAYED.value}: {words}", case)
    return Triage(D.BOUNCE, "A11", words, case)


def _bounce_words(bounce: Bounce) -> str:
    return bounce.status or bounce.diagnostic or "it looks like a report of non-delivery"


def _from_officer(findings: Findings) -> Triage:
    if findings.reads_like_order:
        return Triage(D.COMMAND, "E", "an officer's first line reads like an order")
    return Triage(
        D.UNMATCHED,
        "A14",
        "it comes from an officer but answers no notice",
        findings.case_by_thread,
    )


def _from_the_public(mail: IncomingMail, signs: Sequence[Sign], findings: Findings) -> Triage:
    if findings.case_by_thread:
        return Triage(D.FOLLOWUP, "D4", "it answers a mail of this case", findings.case_by_thread)
    if findings.case_by_reference and findings.reference_is_theirs:
        return Triage(
            D.FOLLOWUP,
            "D5",
            "reference in the subject, from the requester's address",
            findings.case_by_reference,
        )
    if findings.case_by_reference:
        evidence = f"a stranger's subject names case {findings.case_by_reference}"
        return Triage(D.UNMATCHED, "B16", evidence)
    if findings.case_by_text:
        return Triage(
            D.FOLLOWUP,
            "D3",
            "the same text from the same sender, within a day or before it was answered",
            findings.case_by_text,
        )
    if findings.thread_in_doubt:
        evidence = "the Message-ID of the mail that it answers is on mails of several requests"
        return Triage(D.UNMATCHED, "D2", evidence)
    if mail.sender is None:
        return Triage(D.UNMATCHED, "B6", "no single clean sender address in From")
    if not mail.attachments and not says_something(mail.text):
        what = "no text" if not mail.text.strip() else "only a quote or a signature"
        return Triage(D.UNMATCHED, "C30", f"{what} and no attachment")
    unclear = next((sign for sign in signs if sign.weight is Weight.UNCLEAR), None)
    return Triage(D.UNMATCHED, unclear.rule, unclear.evidence) if unclear else _request(signs)


def _request(signs: Sequence[Sign]) -> Triage:
    sign = next((one for one in signs if one.weight is Weight.NO_ACK), None)
    if sign is not None:
        return Triage(
            D.REQUEST, "A1", "a new message from the public", "", sign.rule, sign.evidence
        )
    return Triage(D.REQUEST, "A1", "a new message from the public")
