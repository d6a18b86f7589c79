"""The fictional office of the tests: three people, their secrets, and mail from them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from foibot.mail.authentication_results import Authentication, Verdict
from foibot.mail.message import Address, IncomingMail
from foibot.officers.authenticate import Secret
from foibot.officers.roster import Officer, Role, Roster, roster

NOW = datetime(2020, 12, 9, 10, 0, tzinfo=UTC)
HOME = "exampleshire.example"
MAILBOX = f"foi@{HOME}"

JANE = Officer(f"jane.orange@{HOME}", "Jane Orange", "FOI Officer", frozenset({Role.OFFICER}))
TOM = Officer(
    f"tom.teal@{HOME}",
    "Tom Teal",
    "Head of Information",
    frozenset({Role.APPROVER}),
    aliases=(f"t.teal@{HOME}", "tom@staff.exampleshire.example"),
)
RUTH = Officer(f"ruth.rose@{HOME}", "Ruth Rose", "Deputy", frozenset({Role.OFFICER, Role.APPROVER}))
EVERYBODY: Roster = roster([JANE, TOM, RUTH])
OWN_DOMAINS = (HOME, "staff.exampleshire.example")

PASS = Authentication(Verdict.PASS, "dmarc", "dmarc=pass")


def secret(
    officer: Officer = JANE,
    case: str = "000042/20",
    version: int = 0,
    *,
    name: str = "one",
    expires_at: datetime = NOW + timedelta(days=30),
    used: bool = False,
    revoked: bool = False,
) -> Secret:
    return Secret(name, officer.address, case, version, expires_at, used, revoked)


def mail_from(
    sender: str | None = JANE.address,
    *,
    subject: str = "Re: a notice",
    to: tuple[str, ...] = (MAILBOX,),
    cc: tuple[str, ...] = (),
) -> IncomingMail:
    return IncomingMail(
        message_id="<m1@exampleshire.example>",
        sender=Address(sender) if sender is not None else None,
        shown_sender=sender or "",
        reply_to=(),
        to=tuple(Address(one) for one in to),
        cc=tuple(Address(one) for one in cc),
        delivered_to=to,
        subject=subject,
        in_reply_to=(),
        references=(),
        return_path=sender,
        text="show\n",
        from_html=False,
        attachments=(),
        headers=(),
        body_hash="0" * 64,
        date="",
        flags=(),
    )
