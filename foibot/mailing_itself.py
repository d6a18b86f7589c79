"""Sends two mails from the mailbox to itself through the real servers, and looks what came back."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from foibot.config import Config
from foibot.connections import servers
from foibot.gateway.delivery import Delivery, Envelope
from foibot.gateway.imap import Mailbox
from foibot.gateway.smtp import Post
from foibot.gateway.system_clock import SystemClock
from foibot.mail.compose import stamp
from foibot.mail.message import IncomingMail
from foibot.mail.parse import parse
from foibot.mail.trial import Trial
from foibot.outbox.item import Answer
from foibot.reports.own_mail import Came, Point, Settings, points

LONGEST_WAIT = 60
"""Seconds after which a mail counts as not come back."""

_PAUSE = 1.0
_ENOUGH = 200_000  # bytes; of a larger mail, which is not ours, only the beginning is read


def mail_itself(config: Config, *, longest_wait: int = LONGEST_WAIT) -> list[Point]:
    """Send both mails, wait for them and say what became of them; the mailbox is only read.

    Both go to the mailbox's own address and to nobody else. Raises MailboxUnreachable, LoginRefused and the
    other errors of the incoming server; what the outgoing server says is among the points.
    """
    clock = SystemClock()
    plain, plus = trials(config, clock.message_token, clock.secret)
    incoming, outgoing = servers(config)
    mailbox = Mailbox(incoming, max_bytes=_ENOUGH)
    post = Post(outgoing, connections=1)
    try:
        # What was there before is never fetched. A day early: the server's own zone may be another.
        there = _Folders(mailbox, _folders(config, mailbox), clock.now() - timedelta(days=1))
        there.pass_over()
        came = _offered(config, post, (plain, plus), clock.now())
        until = time.monotonic() + longest_wait
        while True:
            for folder, mail in there.new():
                came = [one.after(mail, folder) for one in came]
            if all(one.settled for one in came) or time.monotonic() > until:
                break
            time.sleep(_PAUSE)
    finally:
        mailbox.close()
        post.close()
    return points(came[0], came[1], _settings(config), longest_wait)


def trials(
    config: Config, token: Callable[[], str], secret: Callable[[], str]
) -> tuple[Trial, Trial]:
    """The mail to the address itself and the one to a plus address, with envelopes such as real mail has."""
    own = config.mailbox.address
    local, _, host = own.rpartition("@")
    bounces = f"{local}+b-{token()}@{host}" if config.mailbox.plus_addressing else own
    return (
        Trial(own, own, bounces, token()),
        Trial(own, f"{local}+c-{secret()}@{host}", own, token()),
    )


def _settings(config: Config) -> Settings:
    mailbox, trust = config.mailbox, config.trust
    return Settings(
        mailbox.plus_addressing,
        mailbox.folder,
        trust.authserv_id,
        trust.servers,
        trust.exchange_internal,
    )


def _folders(config: Config, mailbox: Mailbox) -> list[str]:
    """The folder that foibot reads, and those for spam."""
    own = config.mailbox
    return own.folders(mailbox.junk_folders() if own.finds_junk else ())


def _offered(config: Config, post: Post, both: Sequence[Trial], now: datetime) -> list[Came]:
    """Both mails handed to the outgoing server, with its words where it did not take one."""
    envelopes = [
        Envelope(
            number,
            one.envelope_from,
            one.recipient,
            stamp(one.composed(config.authority.name), now, one.message_id),
        )
        for number, one in enumerate(both)
    ]
    answers = {each.key: each for each in post.send(envelopes)}
    return [_answered(one, answers[number]) for number, one in enumerate(both)]


def _answered(trial: Trial, delivery: Delivery) -> Came:
    match delivery.answer:
        case Answer.REFUSED:
            return Came(trial, turned_down=delivery.text)
        case Answer.RETRY:
            return Came(trial, not_now=delivery.text)
        case _:
            return Came(trial)


@dataclass(slots=True)
class _Folders:
    """The folders of a mailbox, and which of their mails were looked at."""

    mailbox: Mailbox
    names: Sequence[str]
    since: datetime
    seen: dict[str, set[int]] = field(default_factory=dict)

    def pass_over(self) -> None:
        """Take all that is there for seen."""
        for name in self.names:
            self.seen[name] = set(self.mailbox.uids_since(name, self.since.date())[1])

    def new(self) -> Iterator[tuple[str, IncomingMail]]:
        """Each readable mail that came since, once, with its folder."""
        for name in self.names:
            epoch, uids = self.mailbox.uids_since(name, self.since.date())
            fresh = [uid for uid in uids if uid not in self.seen[name]]
            for raw in self.mailbox.again(name, epoch, fresh):
                self.seen[name].add(raw.uid)
                mail = parse(raw.raw)
                if isinstance(mail, IncomingMail):
                    yield name, mail
