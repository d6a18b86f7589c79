"""A colleague's reply: proven like an order, filed, and brought to the officer who asked, unread by anything here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from foibot.case.case import Case
from foibot.case.colleague_events import HolderAnswered
from foibot.case.enquiries import Enquiry, answer_wanted_by, progress
from foibot.case.outcome import Audience, Enclosed, NoticeWanted
from foibot.commands.holder_answer import read_answer
from foibot.commands.taking_on import CASE
from foibot.desk.about import about_message
from foibot.desk.office import Office
from foibot.desk.record import Cause, notify, record
from foibot.law.dates import london_date
from foibot.mail.message import IncomingMail
from foibot.mail.reply_text import first_order_line
from foibot.mail.triage import Disposition
from foibot.officers.authenticate import Doubtful, Identified, Secret, Unproven, identify
from foibot.officers.privileged import readers_of_answers
from foibot.officers.roster import Officer, Role, Roster
from foibot.store.inbox import Waiting
from foibot.store.transaction import Transaction

ANSWERS = ("answers", "sends you all that colleagues have answered")
_EVIDENCE = "it answers a question to a colleague"


def file_reply(
    tx: Transaction,
    office: Office,
    one: Waiting,
    mail: IncomingMail,
    secrets: list[Secret],
    now: datetime,
) -> tuple[Disposition, str, str, str]:
    """File a reply to a question, by the secrets it carries; its disposition, rule, evidence and case.

    What it says is kept with the message and in private, moves nothing and is in no word of a notice.
    """
    secret = secrets[0]
    case = tx.cases.lock(secret.case)
    enquiry = case.enquiries[secret.order - 1]
    proof = _proof(office, mail, secrets, now)
    if isinstance(proof, Unproven):
        _show_unproven(tx, office, one, case, enquiry, proof, now)
        return Disposition.HOLDER_UNPROVEN, proof.check.name.lower(), _EVIDENCE, case.reference
    doubt = proof.doubt.value if isinstance(proof, Doubtful) else ""
    event = _answer(office, one, mail, case, enquiry, now, proven=not doubt)
    case = record(tx, office, case, [event], Cause("holder", "rule F5", one.raw_sha256), now)
    enquiry = case.enquiries[enquiry.number - 1]
    facts = {
        **_about(office, case, enquiry),
        "doubt": doubt,
        "deputy": _deputy(office, proof, enquiry),
    }
    told = NoticeWanted(
        "holder-answered", Audience.PERSON, facts, (ANSWERS, CASE), Enclosed.RAW_MAIL
    )
    people = who_hears_of_answers(office, case, enquiry)
    notify(tx, office, _for_each(told, people), about_message(case, one, now))
    return Disposition.HOLDER, "F5", _EVIDENCE, case.reference


def _proof(
    office: Office, mail: IncomingMail, secrets: list[Secret], now: datetime
) -> Identified | Doubtful | Unproven:
    """As for an order, but whoever was asked counts as known: a colleague need not be on the roster."""
    border = office.border.verdict_on(mail, office.domain)
    asked = (Officer(one.officer, one.officer, "", frozenset({Role.HOLDER})) for one in secrets)
    unknown = [one for one in asked if office.roster.find(one.address) is None]
    people = Roster((*office.roster.people, *dict.fromkeys(unknown)))
    return identify(mail, secrets, border, people, office.border.own_domains, office.mailbox, now)


def _answer(
    office: Office,
    one: Waiting,
    mail: IncomingMail,
    case: Case,
    enquiry: Enquiry,
    now: datetime,
    *,
    proven: bool,
) -> HolderAnswered:
    today = london_date(now)
    line, text = first_order_line(mail.text)
    later = answer_wanted_by(office.laws.of(case), case.due, today, office.rules.holder_days)
    said = read_answer(line, text, today, max(later, enquiry.until))
    return HolderAnswered(
        enquiry.number, one.raw_sha256, proven, said.sort.value, said.hours, said.more_by
    )


def _deputy(office: Office, proof: Identified | Doubtful, enquiry: Enquiry) -> str:
    """Who has replied instead of the colleague who was asked; "" if that one has."""
    return (
        "" if enquiry.is_to(proof.officer.address) else office.roster.name_of(proof.officer.address)
    )


def _about(office: Office, case: Case, enquiry: Enquiry) -> dict[str, object]:
    return {
        "holder": office.roster.name_of(enquiry.holder),
        "asked_on": london_date(enquiry.asked_at),
        "progress": progress(case.enquiries),
    }


def who_hears_of_answers(office: Office, case: Case, enquiry: Enquiry) -> tuple[Officer, ...]:
    """The officer who asked, if that one may read what was said; else all who may, officers first (W-05)."""
    able = readers_of_answers(case, office.roster, office.rules.answers_to)
    asker = tuple(one for one in able if one.is_at(enquiry.by))
    return asker or _who_may_read(office, case)


def _who_may_read(office: Office, case: Case) -> tuple[Officer, ...]:
    """Of those who may read it the ones who draft, or where there is none all of them."""
    able = readers_of_answers(case, office.roster, office.rules.answers_to)
    return tuple(one for one in able if one.may(Role.OFFICER)) or able


def _for_each(notice: NoticeWanted, people: Sequence[Officer]) -> list[NoticeWanted]:
    return [replace(notice, person=one.address) for one in people]


def _show_unproven(
    tx: Transaction,
    office: Office,
    one: Waiting,
    case: Case,
    enquiry: Enquiry,
    proof: Unproven,
    now: datetime,
) -> None:
    """Shown at once, of each kind once an hour: what else comes is listed in the digest, and kept."""
    notice = NoticeWanted(
        "holder-unproven",
        Audience.PERSON,
        {**_about(office, case, enquiry), "check": proof.check.value},
        lines=((f"answered {enquiry.holder}", "ends the asking, if you take it for the answer"), CASE),
        enclosed=Enclosed.RAW_MAIL,
        once=f"holder-unproven:{case.reference}:{enquiry.number}:{proof.check.name}:{now:%Y%m%d%H}",
    )  # fmt: skip
    people = _who_may_read(office, case)
    notify(tx, office, _for_each(notice, people), about_message(case, one, now))
