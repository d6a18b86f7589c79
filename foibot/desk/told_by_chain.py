"""What the hash chain says about everything that is kept beside it, gathered in one pass."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from foibot.case.approval_events import OrderSigned
from foibot.case.colleague_events import FoundAway
from foibot.case.events import (
    AcknowledgementFailed,
    AcknowledgementSent,
    AcknowledgementWritten,
    Event,
    FilingChanged,
    MailFiled,
    MailQueued,
    Received,
    Recorded,
    TopicListed,
    TopicStruck,
)
from foibot.case.letter_events import (
    Drafted,
    InterimSent,
    LetterRefused,
    LetterSent,
    LetterUncertain,
)
from foibot.mail.triage import Disposition
from foibot.outbox.item import Kind
from foibot.store.absences import Away
from foibot.store.ledger import Ledger
from foibot.store.moment import as_stored
from foibot.store.topics import ListedTopic

Facts = tuple[str | int, ...]


@dataclass(slots=True)
class Ended:
    """How a letter or an acknowledgement went, as far as the chain says; "" and None where it does not."""

    message_id: str = ""
    answer: str = ""
    dated: datetime | None = None


@dataclass(slots=True)
class Told:
    """What there has to be beside the chain: each message and mail as often as it was recorded.

    `ended` is by (case, version), version 0 for the acknowledgement; `allows` by the digest of a
    notice's Message-ID; `numbers` are those of the cases, by year.
    """

    arrived: Counter[Facts] = field(default_factory=Counter)
    left: Counter[Facts] = field(default_factory=Counter)
    ended: defaultdict[tuple[str, int], Ended] = field(default_factory=lambda: defaultdict(Ended))
    allows: dict[str, str] = field(default_factory=dict)
    topics: dict[str, ListedTopic] = field(default_factory=dict)
    away: dict[str, Away] = field(default_factory=dict)
    signed: dict[str, tuple[str, datetime]] = field(default_factory=dict)
    numbers: defaultdict[int, set[int]] = field(default_factory=lambda: defaultdict(set))


def told_by(ledger: Ledger) -> Told:
    """Read the whole chain. Raises ValueError or Bug at an entry that cannot be read."""
    told = Told()
    for one in ledger.all():
        match one.event:
            case Received() as event:
                told.numbers[event.year].add(event.number)
                if not event.split_from:  # else the message is the other case's
                    told.arrived[_received(one.case, event)] += 1
            case MailFiled() as event:
                told.arrived[
                    filed(event.message_sha256, event.disposition, one.case, event.rule,
                          event.evidence, event.arrived)
                ] += 1  # fmt: skip
            case FilingChanged() as event:
                _taken_back(told.arrived, event, one.case)
            case TopicListed(name=name, phrases=phrases, provisions=provisions):
                told.topics[name] = ListedTopic(name, phrases, provisions, one.case, one.at)
            case TopicStruck(name=name):
                told.topics.pop(name, None)
            case FoundAway(back=back, officer=officer, instead=instead):
                told.away[officer] = Away(officer, back, instead)
            case OrderSigned(mark=mark, message_sha256=digest):
                told.signed[mark] = (digest, one.at)
            case _:
                _outgoing(told, one)
    return told


def _taken_back(arrived: Counter[Facts], event: FilingChanged, case: str) -> None:
    """An officer placed the message anew: one filing of it no longer stands."""
    was = (event.message_sha256, event.was_disposition, case, event.was_rule)
    standing = next((facts for facts in +arrived if facts[:4] == was), None)
    if standing is not None:
        arrived[standing] -= 1


def _received(case: str, event: Received) -> Facts:
    return filed(event.message_sha256, Disposition.REQUEST, case, "", "", event.internaldate)


def filed(
    digest: str, disposition: str, case: str, rule: str, evidence: str, arrived: datetime | None
) -> Facts:
    """A message as the chain names it: a request is told by its case's receipt, without rule and evidence."""
    when = as_stored(arrived) if arrived else ""
    if disposition == Disposition.REQUEST:
        return digest, disposition, case, "", "", when
    return digest, disposition, case, rule, evidence, when


def written(
    kind: str, case: str, version: int, named: str, digest: str, written_at: datetime
) -> Facts:
    """A mail as the chain names it, with the moment at which it was put into the outbox."""
    return kind, case, version, named, digest, as_stored(written_at)


def _outgoing(told: Told, one: Recorded) -> None:
    facts: Facts
    match one.event:
        case AcknowledgementWritten(message_id=named, sha256=digest):
            facts = written(Kind.ACKNOWLEDGEMENT.value, one.case, 0, named, digest, one.at)
        case MailQueued(kind=kind, message_id_sha256=named, sha256=digest, allows=allows):
            facts = written(kind, one.case, 0, named, digest, one.at)
            told.allows[named] = allows
        case Drafted(version=version, mail_sha256=digest):
            facts = written(Kind.LETTER.value, one.case, version, "", digest, one.at)
        case event:
            _end(told, one, event)
            return
    told.left[facts] += 1


def _end(told: Told, one: Recorded, event: Event) -> None:
    match event:
        case LetterSent(version=version) | InterimSent(version=version):
            end = told.ended[one.case, version]
            end.message_id, end.dated = event.message_id, event.dated
        case AcknowledgementSent():
            end = told.ended[one.case, 0]
            end.dated = event.dated
        case LetterRefused(version=version) | LetterUncertain(version=version):
            end = told.ended[one.case, version]
        case AcknowledgementFailed():
            end = told.ended[one.case, 0]
        case _:
            return
    # An administrator's decision leaves the server's own answer in the outbox as it was.
    if one.by == "foibot":
        end.answer = event.answer
