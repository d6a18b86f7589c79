"""What the mail servers did to a mail that foibot sent to itself, each with the key of config.toml to look at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum, unique

from foibot.mail.addresses import same_address
from foibot.mail.authentication_results import M365, Verdict, authserv_ids, border_verdict
from foibot.mail.bounce import Fate, read_bounce
from foibot.mail.headers import safe_line
from foibot.mail.message import IncomingMail
from foibot.mail.trial import MARKS, Trial


@unique
class Weight(Enum):
    """What an administrator does about a point."""

    FINE = "fine"
    LOOK_AT = "look at"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that was seen, in words that name the key."""

    weight: Weight
    words: str


@dataclass(frozen=True, slots=True)
class Settings:
    """What config.toml says about the mailbox and its border."""

    plus_addressing: bool
    folder: str
    authserv_id: str
    servers: tuple[str, ...]
    exchange_internal: bool


@dataclass(frozen=True, slots=True)
class Came:
    """What became of one mail: come back as `mail` in a folder, turned down with a server's words, or neither.

    `not_now` are the words of a server that could take it later.
    """

    trial: Trial
    mail: IncomingMail | None = None
    folder: str = ""
    turned_down: str = ""
    not_now: str = ""

    @property
    def settled(self) -> bool:
        """Whether there is nothing to wait for."""
        return self.mail is not None or bool(self.turned_down or self.not_now)

    def after(self, mail: IncomingMail, folder: str) -> Came:
        """What is known once this mail was seen in that folder: the trial, a report about it, or another.

        The first with its subject counts: an automatic reply of the mailbox to itself comes later.
        """
        bounce = read_bounce(mail)
        if bounce is not None:
            if bounce.fate is Fate.DELAYED or not self.trial.is_reported_by(bounce):
                return self
            said = safe_line(bounce.diagnostic or bounce.status, 200)
            return replace(self, turned_down=said or "a report of non-delivery came")
        if self.mail is not None or not self.trial.is_in(mail):
            return self
        return replace(self, mail=mail, folder=folder)


def points(plain: Came, plus: Came, settings: Settings, seconds: int) -> list[Point]:
    """Everything seen in the mail to the address itself and in the one with a plus part, after so many seconds."""
    found = [*_arrival(plain, seconds), *_plus(plain, plus, settings, seconds)]
    seen = plain if plain.mail is not None else plus
    if seen.mail is None:
        return found
    return [
        *found,
        *_folder(seen, settings),
        *_sender(seen.trial, seen.mail),
        *_message_id(seen.trial, seen.mail, plus_works=_shows(plus)),
        *_headers(seen.trial, seen.mail),
        *_return_path(seen.trial, seen.mail),
        *_border(seen.mail, settings),
    ]


def _fine(words: str) -> Point:
    return Point(Weight.FINE, words)


def _look(words: str) -> Point:
    return Point(Weight.LOOK_AT, words)


def _arrival(plain: Came, seconds: int) -> Iterator[Point]:
    address = plain.trial.recipient
    if plain.mail is not None:
        yield _fine(f"mailbox.address: a mail to {address} came back into the mailbox")
    elif plain.not_now:
        yield _look(
            f"mailbox.smtp: the server did not take a mail to {address} just now: {plain.not_now}. Try again later."
        )
    elif not plain.turned_down:
        yield _look(
            f"mailbox.address: a mail to {address} was accepted and did not come back within {seconds} seconds. "
            "Look whether mailbox.imap is the mailbox of this address, then for a rule or filter that moves mail; "
            "if the servers are slow, try again."
        )
    elif plain.trial.envelope_from != address:
        yield Point(
            Weight.WRONG,
            f"mailbox.plus_addressing: a mail with the envelope sender {plain.trial.envelope_from} was turned "
            f"down: {plain.turned_down}. Let the account send as its plus addresses, or set "
            "plus_addressing = false.",
        )
    else:
        yield Point(
            Weight.WRONG,
            f"mailbox.smtp: a mail to {address} was turned down: {plain.turned_down}. Let the account send as "
            "mailbox.address.",
        )


def _plus(plain: Came, plus: Came, settings: Settings, seconds: int) -> Iterator[Point]:
    address = plus.trial.recipient
    if plus.mail is not None and not _shows(plus):
        yield _look(
            f"mailbox.plus_addressing: a mail to {address} arrived, but no header shows that address any more. "
            "Set plus_addressing = false; replies then find their case by the other marks in them."
        )
    elif plus.mail is not None and settings.plus_addressing:
        yield _fine("mailbox.plus_addressing: mail to a plus address arrives, and shows it")
    elif plus.mail is not None:
        yield _look(
            "mailbox.plus_addressing: it is false, but mail to a plus address arrives. With "
            "plus_addressing = true replies find their case more surely."
        )
    elif plus.not_now:
        yield _look(
            f"mailbox.smtp: the server did not take a mail to {address} just now: {plus.not_now}. Try again later."
        )
    elif not settings.plus_addressing:
        yield _fine(
            "mailbox.plus_addressing: it is false, and mail to a plus address does not arrive"
        )
    elif plus.turned_down:
        yield Point(
            Weight.WRONG,
            f"mailbox.plus_addressing: a mail to {address} was turned down: {plus.turned_down}. Set "
            "plus_addressing = false, or have plus addresses allowed: until then replies to foibot's mail bounce.",
        )
    elif plain.mail is not None:
        yield _look(
            f"mailbox.plus_addressing: a mail to {address} did not come back within {seconds} seconds, and one to "
            "the address itself did. Unless it comes later, set plus_addressing = false: replies to foibot's "
            "mail would be lost."
        )


def _shows(plus: Came) -> bool:
    """Whether the mail to a plus address came, and still shows it."""
    delivered = plus.mail.delivered_to if plus.mail else ()
    return any(same_address(one, plus.trial.recipient) for one in delivered)


def _folder(seen: Came, settings: Settings) -> Iterator[Point]:
    if seen.folder != settings.folder:
        yield _look(
            f"mailbox.junk: the mail was put into the folder {seen.folder}. Have mail from the mailbox's own "
            "address kept out of it: officers may find foibot's notices in theirs."
        )


def _sender(trial: Trial, mail: IncomingMail) -> Iterator[Point]:
    if mail.sender is None or not same_address(mail.sender.addr, trial.mailbox):
        shown = mail.sender.addr if mail.sender else mail.shown_sender
        yield Point(
            Weight.WRONG,
            f"mailbox.address: the mail left as from {trial.mailbox} and arrived as from {shown}. Let the account "
            "of mailbox.smtp send as mailbox.address, or foibot does not know its own mail.",
        )


def _message_id(trial: Trial, mail: IncomingMail, *, plus_works: bool) -> Iterator[Point]:
    if mail.message_id == trial.message_id:
        yield _fine("mailbox.smtp: the Message-ID that foibot gives is kept")
        return
    others = "the address they go to" if plus_works else "what stands in their subject alone"
    yield _look(
        f"mailbox.smtp: the server puts a Message-ID of its own, {safe_line(mail.message_id, 100) or '(none)'}, in "
        f'the place of foibot\'s. Replies are then known by {others}. If mailbox.sent is "auto", foibot does not '
        'find what the server keeps in Sent: set it to "never" where the server keeps copies, else to '
        '"always".'
    )


def _headers(trial: Trial, mail: IncomingMail) -> Iterator[Point]:
    lost = [name for name, value in MARKS if value not in mail.all(name.lower())]
    if lost:
        yield _look(
            f"mailbox.smtp: the server takes {' and '.join(lost)} off. Other machines may then answer foibot's "
            "mail. Ask whoever runs the server to leave them."
        )
    thread = {"In-Reply-To": mail.in_reply_to, "References": mail.references}
    cut = [name for name, ids in thread.items() if trial.earlier not in ids]
    if cut:
        yield _look(
            f"mailbox.smtp: the server takes {' and '.join(cut)} off or changes it. Letters then do not stand "
            "beside the request in a requester's mail program. Ask whoever runs the server to leave them."
        )
    if not lost and not cut:
        names = [name for name, _ in MARKS] + list(thread)
        yield _fine(f"mailbox.smtp: {', '.join(names)} are kept")


def _return_path(trial: Trial, mail: IncomingMail) -> Iterator[Point]:
    if mail.return_path is None:
        return  # the server does not show it, and nothing depends on that
    if same_address(mail.return_path, trial.envelope_from):
        yield _fine(
            "mailbox.smtp: the envelope sender is kept, so that a bounce names the mail that failed"
        )
    else:
        yield _look(
            f"mailbox.smtp: the envelope sender {trial.envelope_from} became "
            f"{safe_line(mail.return_path, 100) or '<>'}. A bounce is then tied to its mail only by what it quotes."
        )


def _border(mail: IncomingMail, settings: Settings) -> Iterator[Point]:
    wanted, by = settings.authserv_id, authserv_ids(mail)
    said = border_verdict(
        mail, wanted, settings.servers, exchange_internal=settings.exchange_internal
    )
    marked = mail.header("x-ms-exchange-organization-authas").strip().lower() == "internal"
    match said.verdict:
        case Verdict.PASS:
            yield _fine(f"trust.authserv_id: {wanted} vouches for the sender: {said.evidence}")
        case Verdict.FAIL:
            yield _look(
                f"trust.authserv_id: {wanted} says that the office's own mail is not from the office: "
                f"{said.evidence}. Have SPF, DKIM and DMARC of the domain put right: other people's servers may "
                "say the same."
            )
        case Verdict.UNKNOWN if wanted and wanted.lower() in by:
            yield _look(
                f"trust.authserv_id: {wanted} writes on mail, but does not vouch for this sender: {said.evidence}. "
                "If other servers of yours stand above its line, name them in trust.servers."
            )
        case Verdict.UNKNOWN if marked:
            yield _look(
                "trust.exchange_internal: Exchange marks the mail as its own tenant's and writes no verdict. Try "
                "whether the mark can be forged (deploy/real-mailbox.md, step 3); if not, set "
                f'authserv_id = "{M365}" and exchange_internal = true.'
            )
        case Verdict.UNKNOWN if by:
            yield _look(
                f'trust.authserv_id: it is "{wanted}", and what stands on the mail was written by '
                f'{", ".join(by)}. If the first of these is your own border, set authserv_id = "{by[0]}"; see '
                "deploy/real-mailbox.md, step 3."
            )
        case _:
            yield _look(
                "trust.authserv_id: nothing on the mail says whether its sender is who it claims to be. Many "
                "servers write that only on mail from outside: look at one, as in deploy/real-mailbox.md, step 3."
            )
