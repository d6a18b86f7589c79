"""A message that has to be read at once: everybody who works the office is told, before anything else of it."""

from __future__ import annotations

from collections.abc import Sequence

from foibot.case.case import Case
from foibot.case.outcome import Audience, Enclosed, NoticeWanted
from foibot.case.suggestions.guesses import Guess
from foibot.case.suggestions.weigh import Alarm, alarm
from foibot.desk.about import About
from foibot.desk.keepers import for_who_may_read
from foibot.desk.office import Office
from foibot.desk.record import notify
from foibot.mail.attached_words import attached_words
from foibot.mail.file_names import listed
from foibot.mail.message import IncomingMail
from foibot.mail.triage import Triage
from foibot.store.transaction import Transaction

_SHOWN = 5


def tell_at_once(
    tx: Transaction,
    office: Office,
    mail: IncomingMail,
    decided: Triage,
    about: About,
    guessed: Sequence[Guess] = (),
) -> Case | None:
    """The case after the notice; nobody is told of a message that raises no alarm.

    `guessed` are cases that a message without one may belong to.
    """
    raised = alarm(mail, decided)
    if not raised:
        return about.case
    wanted = for_who_may_read(tx, office, guessed, _notice(mail, raised, about))
    return notify(tx, office, wanted, about)


def _notice(mail: IncomingMail, raised: Alarm, about: About) -> NoticeWanted:
    facts = {
        "from_shown": mail.shown_sender or "(no sender)",
        "their_subject": mail.subject or "(no subject)",
        "text": mail.text,
        "words": list(raised.words[:_SHOWN]),
        "regulator": raised.regulator,
        "opened": about.reference,
        "flags": list(mail.flags),
        "files": listed([attachment.name for attachment in mail.attachments]),
        "attached": attached_words(mail),
    }
    return NoticeWanted("urgent", Audience.EVERYBODY, facts, enclosed=Enclosed.RAW_MAIL)
