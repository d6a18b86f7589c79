"""Mails that try to order, approve, read or redirect without right: none changes more than the record."""

from __future__ import annotations

import base64
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from foibot.case.case import Case, LetterState, State
from foibot.demo.correspondent import Person, reply
from foibot.store.tables import cases, outbox, secrets
from tests.office import AUTHSERV, JANE, MAILBOX, ORDER, RUTH, SAM, STAFF, TOM, Mail, Office, office

EVE = Person("Eve Else", "eve@elsewhere.example")
LUKE = Person("Luke Law", "luke.law@exampleshire.example")  # a colleague on no list
OTHER = Person("Olive Other", "olive@citizens.example")
TRUE = "dmarc=pass header.from=exampleshire.example"


@dataclass(slots=True)
class Siege:
    """Two cases with drafts that wait for Tom, and every notice an attacker could have got hold of."""

    desk: Office
    first: Mail
    acknowledgement: Mail
    expired: Mail
    revoked: Mail
    used: Mail
    live: Mail
    janes: Mail
    ruths: Mail
    elsewhere: Mail
    question: Mail
    standing: tuple[object, ...] = ()
    count: int = 0

    def write(
        self,
        words: str = "approve v3",
        *,
        sender: str = f"Tom Teal <{TOM.address}>",
        answers: Mail | None = None,
        to: str = "",
        subject: str = "",
        extra: str = "",
        content: str = "text/plain; charset=utf-8",
        threaded: bool = True,
    ) -> bytes:
        """A mail that answers the live notice, or what else the attacker makes of it; no border yet."""
        self.count += 1
        notice = answers or self.live
        thread = f"In-Reply-To: {notice.header('Message-ID')}\r\n" if threaded else ""
        head = (
            f"From: {sender}\r\nTo: {to or notice.header('Reply-To')}\r\n"
            f"Subject: {subject or 'Re: ' + notice.subject}\r\n"
            f"Message-ID: <attack.{self.count}@elsewhere.example>\r\n{thread}{extra}"
            f"MIME-Version: 1.0\r\nContent-Type: {content}\r\n\r\n"
        )
        return (head + words + "\r\n").encode("utf-8", "surrogateescape")

    def blind(self, words: str = "approve v3", **changes: str) -> bytes:
        """The same without any secret in address, thread or subject."""
        given = {"to": MAILBOX, "subject": "Re: your letter", **changes}
        return self.write(words, threaded=False, **given)  # type: ignore[arg-type]

    def logged_in(self, raw: bytes, who: Person = TOM) -> bytes:
        """As the border passes on what an officer's own account sent."""
        return self.desk.border(raw, who.address, login=True)

    def from_outside(self, raw: bytes, who: Person = EVE) -> bytes:
        """As the border passes on what came from somewhere else."""
        return self.desk.border(raw, who.address)


def verdict(raw: bytes, words: str, name: str = AUTHSERV) -> bytes:
    """The mail with a verdict of this name on top, and the line of the server that wrote it."""
    top = f"Authentication-Results: {name}; {words}\r\nReceived: from x by {AUTHSERV}; Fri, 1 Jan 2021 09:00:00 +0000\r\n"
    return top.encode() + raw


@pytest.fixture(scope="module")
def siege(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Siege]:
    with office(Path(tmp_path_factory.mktemp("siege"))) as desk:
        siege = _besieged(desk)
        siege.standing = standing(desk)
        yield siege
        desk.discards()


def _besieged(desk: Office) -> Siege:
    desk.asks()
    acknowledgement, first = desk.one_for(SAM), desk.one_for(JANE)
    desk.orders(JANE, first, ORDER)
    expired = desk.one_for(TOM)
    desk.discards()
    desk.clock.advance(timedelta(days=13))
    desk.orders(JANE, first, "ncnd 31(3)(a)")
    revoked, second = desk.one_for(TOM), desk.one_for(JANE)
    desk.discards()
    desk.clock.advance(timedelta(days=2))
    desk.orders(JANE, second, ORDER)
    used = desk.one_for(TOM)
    janes = desk.one_for(JANE)
    desk.orders(TOM, used, "hold v3")
    live = desk.one_for(TOM, "draft")
    desk.orders(RUTH, desk.one_for(RUTH, "declined"), "show")
    ruths = desk.one_for(RUTH)
    desk.asks("What else is there?", who=OTHER)
    desk.discards(OTHER.address, TOM)
    desk.orders(JANE, desk.one_for(JANE, "new-case"), ORDER)
    elsewhere = desk.one_for(TOM)
    desk.discards()
    desk.orders(JANE, second, f"ask {LUKE.address}\nDo we hold any of it?")
    question = desk.one_for(LUKE)
    desk.discards()
    return Siege(
        desk,
        first,
        acknowledgement,
        expired,
        revoked,
        used,
        live,
        janes,
        ruths,
        elsewhere,
        question,
    )


@dataclass(frozen=True, slots=True)
class Attack:
    """What is sent, what it is taken for, and who of the office hears at once (None: the digest lists it)."""

    name: str
    mail: Callable[[Siege], bytes]
    taken_for: str = "command-refused"
    hears: Person | None = TOM


def from_header(name: str, sender: str) -> Attack:
    """A From that some parser reads as Tom, with his secret and the border's good word for his domain."""
    return Attack(f"From is {name}", lambda siege: verdict(siege.write(sender=sender), TRUE))


def _authored(siege: Siege, content: str, body: str) -> bytes:
    return siege.logged_in(siege.write(body, content=content))


T = TOM.address
FROM = [
    from_header("a name that is an address", f'"{T}" <eve@elsewhere.example>'),
    from_header("an address beside an address", f"{T} <eve@elsewhere.example>"),
    from_header("an address beside an address, the other way", f"eve@elsewhere.example <{T}>"),
    from_header("a pair", f"{T}, eve@elsewhere.example"),
    from_header("a comment", f"eve@elsewhere.example ({T})"),
    from_header("an address with another in a comment", f"{T} (eve@elsewhere.example)"),
    from_header("cut by a NUL", f"{T}\0 <eve@elsewhere.example>"),
    from_header("an encoded address", "=?utf-8?q?tom.teal=40exampleshire.example?= <eve@elsewhere.example>"),
    from_header("an encoded comma", "=?utf-8?q?tom.teal=40exampleshire.example=2C?= eve@elsewhere.example"),
    from_header("a group", f"Officers: {T};"),
    from_header("nobody", "undisclosed-recipients:;"),
    from_header("two mailboxes", f"Tom <{T}>, Eve <eve@elsewhere.example>"),
    from_header("two without a comma", f"<{T}> <eve@elsewhere.example>"),
    from_header("half Cyrillic before the at", "Tom Teal <t\u043em.teal@exampleshire.example>"),
    from_header("half Cyrillic behind the at", "Tom Teal <tom.teal@\u0435xampleshire.example>"),
    from_header("that in punycode", "Tom Teal <tom.teal@xn--xampleshire-3nj.example>"),
    from_header("at a number", "Tom Teal <tom.teal@[127.0.0.1]>"),
    from_header("an empty name", '""@exampleshire.example'),
    from_header("a double dot", "Tom Teal <tom..teal@exampleshire.example>"),
    from_header("among words", f"Tom Teal {T}"),
    from_header("blank", " "),
    from_header("empty angles", "<>"),
    from_header("a link", f"mailto:{T}"),
    from_header("a list with semicolons", f"{T}; eve@elsewhere.example"),
    Attack("two From lines", lambda s: verdict(s.write(extra=f"From: Eve <{EVE.address}>\r\n"), TRUE)),
    Attack("two From lines, hers first", lambda s: verdict(s.write(sender=f"Eve <{EVE.address}>", extra=f"From: <{T}>\r\n"), TRUE)),
]  # fmt: skip

BORDER = [
    Attack("the border saw it come from outside", lambda s: s.from_outside(s.write())),
    Attack("no verdict at all", lambda s: s.write()),
    Attack("a verdict of fail", lambda s: verdict(s.write(), "dmarc=fail header.from=exampleshire.example")),
    Attack("a pass for another domain", lambda s: verdict(s.write(), "dmarc=pass header.from=elsewhere.example")),
    Attack("spf and dkim without dmarc", lambda s: verdict(s.write(), "spf=pass smtp.mailfrom=exampleshire.example; dkim=pass header.d=exampleshire.example")),
    Attack("a pass beside a fail", lambda s: verdict(s.write(), f"{TRUE}; auth=fail smtp.auth=tom.teal@exampleshire.example")),
    Attack("a pass inside a comment", lambda s: verdict(s.write(), f"(; {TRUE}); dmarc=none header.from=exampleshire.example")),
    Attack("a pass that cannot be read", lambda s: verdict(s.write(), f'{TRUE} reason="unclosed')),
    Attack("somebody else's server vouches", lambda s: verdict(s.write(), TRUE, "mx.elsewhere.example")),
    Attack("a forged verdict under the border's own", lambda s: verdict(s.write(extra=f"Authentication-Results: {AUTHSERV}; {TRUE}\r\n"), "dmarc=fail header.from=exampleshire.example")),
    Attack("a forged verdict under the border's silence", lambda s: b"Received: from x by mx.elsewhere.example; Fri, 1 Jan 2021 09:00:00 +0000\r\n" + verdict(s.write(), TRUE)),
    Attack("the border takes a forged verdict away", lambda s: s.from_outside(s.write(extra=f"Authentication-Results: {AUTHSERV}; {TRUE}\r\n"))),
    Attack("Jane's login under Tom's name", lambda s: verdict(s.write(), f"auth=pass smtp.auth={JANE.address}")),
    Attack("Jane's account, as the border says it", lambda s: s.logged_in(s.write(), JANE)),
]  # fmt: skip

SECRET = [
    Attack("no secret at all", lambda s: s.logged_in(s.blind())),
    Attack("the secret in the body alone", lambda s: s.logged_in(s.blind(f"approve v3\r\n\r\n{s.live.header('Reply-To')}\r\n{s.live.header('Message-ID')}\r\n{s.live.subject}"))),
    Attack("the secret of another officer", lambda s: s.logged_in(s.write(answers=s.ruths))),
    Attack("her own secret, another's version", lambda s: s.logged_in(s.write(sender=f"<{JANE.address}>", answers=s.janes), JANE), hears=JANE),
    Attack("the secret of another case", lambda s: s.logged_in(s.write("000001/20 approve v3", answers=s.elsewhere))),
    Attack("the secret of another case, its version not there", lambda s: s.logged_in(s.write(answers=s.elsewhere))),
    Attack("a notice that asked for no decision", lambda s: s.logged_in(s.write(answers=s.first))),
    Attack("an expired secret", lambda s: s.logged_in(s.write(answers=s.expired))),
    Attack("a used secret", lambda s: s.logged_in(s.write(answers=s.used))),
    Attack("a used secret for the hold", lambda s: s.logged_in(s.write("hold v3", answers=s.used))),
    Attack("a revoked secret with its version", lambda s: s.logged_in(s.write("approve v2", answers=s.revoked))),
    Attack("a revoked secret with the new version", lambda s: s.logged_in(s.write(answers=s.revoked))),
    Attack("an older version", lambda s: s.logged_in(s.write("approve v1"))),
    Attack("a version still to come", lambda s: s.logged_in(s.write("approve v4"))),
    Attack("a guessed Message-ID", lambda s: s.logged_in(s.blind(extra="In-Reply-To: <foi.000001-20.draft.23456789abcdefghjkmnpqrstu@exampleshire.example>\r\n"))),
    Attack("a guessed reference", lambda s: s.logged_in(s.blind(subject="Re: [000001/20] letter"))),
    Attack("the thread's root", lambda s: s.logged_in(s.blind(extra="References: <foi.000001-20.case.root@exampleshire.example>\r\n"))),
]  # fmt: skip

WAY = [
    Attack("forwarded by hand", lambda s: s.logged_in(s.write(subject=f"FW: {s.live.subject}"))),
    Attack("forwarded after a reply", lambda s: s.logged_in(s.write(subject=f"Re: Fwd: {s.live.subject}"))),
    Attack("forwarded in German", lambda s: s.logged_in(s.write(subject=f"WG: {s.live.subject}"))),
    Attack("forwarded to a stranger who answers", lambda s: verdict(s.write(sender=f"Eve <{EVE.address}>"), "dmarc=pass header.from=elsewhere.example")),
    Attack("an outsider in To", lambda s: s.logged_in(s.write(to=f"{s.live.header('Reply-To')}, {SAM.address}"))),
    Attack("an outsider in Cc", lambda s: s.logged_in(s.write(extra=f"Cc: {SAM.address}\r\n"))),
    Attack("a Reply-To that leads out", lambda s: s.from_outside(s.write("show", extra=f"Reply-To: {EVE.address}\r\n"))),
    Attack("From Eve, Reply-To Tom", lambda s: verdict(s.write(sender=f"Eve <{EVE.address}>", extra=f"Reply-To: {T}\r\n"), "dmarc=pass header.from=elsewhere.example")),
    Attack("Sender Tom, From Eve", lambda s: verdict(s.write(sender=f"Eve <{EVE.address}>", extra=f"Sender: {T}\r\n"), "dmarc=pass header.from=elsewhere.example")),
    Attack("a question in another's name", lambda s: s.from_outside(s.write("why"))),
    Attack("a stop in another's name", lambda s: s.from_outside(s.write("stop"))),
    Attack("words for the letter in another's name", lambda s: s.from_outside(s.write("set harm\r\nWe hold nothing."))),
    Attack("a new letter in another's name", lambda s: s.from_outside(s.write("ncnd 31(3)(a)"))),
    Attack("a rejection in another's name", lambda s: s.from_outside(s.write("reject v3: no"))),
]  # fmt: skip

MACHINE = [
    Attack("an out-of-office by its header", lambda s: s.logged_in(s.write(extra="Auto-Submitted: auto-replied\r\n")), "auto", None),
    Attack("an out-of-office by its subject", lambda s: s.logged_in(s.write(subject=f"Automatic reply: {s.live.subject}")), "auto", None),
    Attack("an out-of-office of an old kind", lambda s: s.logged_in(s.write(extra="X-Autoreply: yes\r\n")), "auto", None),
    Attack("a mailing list", lambda s: s.logged_in(s.write(extra="List-Id: <staff.exampleshire.example>\r\n")), "auto", None),
    Attack("bulk mail", lambda s: s.logged_in(s.write(extra="Precedence: bulk\r\n")), "auto", None),
    Attack("a rule that redirects", lambda s: s.logged_in(s.write(extra="Auto-Submitted: auto-forwarded\r\n")), "auto", None),
    Attack("nobody in the return path", lambda s: b"Return-Path: <>\r\n" + verdict(s.write(), f"auth=pass smtp.auth={T}"), "auto", None),
    Attack("a calendar's answer", lambda s: _authored(s, "multipart/mixed; boundary=b", "--b\r\n\r\napprove v3\r\n--b\r\nContent-Type: text/calendar\r\n\r\nMETHOD:REPLY\r\n--b--"), "auto", None),
    Attack("a bounce with the secret", lambda s: verdict(s.write(content="multipart/report; report-type=delivery-status; boundary=b"), TRUE), "bounce", None),
    Attack("a bounce in Tom's name", lambda s: verdict(s.write(extra="X-Failed-Recipients: x@citizens.example\r\n"), TRUE), "bounce", None),
    Attack("our own address", lambda s: verdict(s.write(sender=MAILBOX), TRUE), "own-copy", None),
    Attack("our own address with a plus", lambda s: verdict(s.write(sender=s.live.header("Reply-To")), TRUE), "own-copy", None),
]  # fmt: skip

WORDS = [
    Attack("an order in the subject alone", lambda s: s.logged_in(s.write("", subject=f"approve v3 {s.live.subject[-17:]}"))),
    Attack("an order under a greeting", lambda s: s.logged_in(s.write("Hello,\r\n\r\napprove v3"))),
    Attack("a quoted order", lambda s: s.logged_in(s.write("> approve v3"))),
    Attack("an order in what is quoted", lambda s: s.logged_in(s.write("\r\n\r\nOn Friday, foibot wrote:\r\n> approve v3"))),
    Attack("an order in a signature", lambda s: s.logged_in(s.write("Thank you.\r\n\r\n-- \r\napprove v3"))),
    Attack("an order under our own line", lambda s: s.logged_in(s.write("-- reply above this line --\r\napprove v3"))),
    Attack("an order in Cyrillic", lambda s: s.logged_in(s.write("\u0430pprove v3"))),
    Attack("a version in Cyrillic", lambda s: s.logged_in(s.write("approve \u0475" + "3"))),
    Attack("digits of another script", lambda s: s.logged_in(s.write("approve v\u0663"))),
    Attack("a bidi trick", lambda s: s.logged_in(s.write("\u202e3v evorppa"))),
    Attack("a condition on the line", lambda s: s.logged_in(s.write("approve v3 if Ruth agrees"))),
    Attack("a condition under it", lambda s: s.logged_in(s.write("approve v3\r\n\r\nsubject to Ruth\u2019s agreement"))),
    Attack("a postscript", lambda s: s.logged_in(s.write("approve v3\r\n\r\nTom Teal\r\nPS: without the second paragraph"))),
    Attack("second thoughts with a curly mark", lambda s: s.logged_in(s.write("approve v3\r\n\r\nNo, don\u2019t."))),
    Attack("a doubt", lambda s: s.logged_in(s.write("approve v3\r\n\r\nor is Ruth back on Monday?"))),
    Attack("a long story under it", lambda s: s.logged_in(s.write("approve v3\r\n\r\n" + "la " * 80))),
    Attack("an order hidden in HTML", lambda s: _authored(s, "text/html", '<div style="display:none">approve v3</div><p>Let me read it first.</p>')),
    Attack("an order in tiny letters", lambda s: _authored(s, "text/html", '<span style="font-size:0">approve v3<br></span>Let me read it first.')),
    Attack("an order in HTML beside other words in text", lambda s: _authored(s, "multipart/alternative; boundary=b", "--b\r\n\r\nLet me read it.\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>approve v3</p>\r\n--b--")),
    Attack("an order in an attached file", lambda s: _authored(s, "multipart/mixed; boundary=b", '--b\r\n\r\nSee the file.\r\n--b\r\nContent-Type: text/plain; name="a.txt"\r\nContent-Disposition: attachment\r\n\r\napprove v3\r\n--b--')),
    Attack("an order in an attached mail", lambda s: _authored(s, "message/rfc822", "Subject: x\r\n\r\napprove v3")),
    Attack("sixty kilobytes of On", lambda s: s.logged_in(s.write("On " * 20_000 + "\r\napprove v3"))),
    Attack("a megabyte of blank lines", lambda s: s.logged_in(s.write("\r\n" * 600_000 + "approve v3"))),
    Attack("a word of a megabyte", lambda s: s.logged_in(s.write("approve v3" + "x" * 1_100_000))),
    Attack("base64 that is none", lambda s: s.logged_in(s.write("approve v3", extra="Content-Transfer-Encoding: base64\r\n"))),
    Attack("base64 of other words", lambda s: s.logged_in(s.write(base64.b64encode(b"Let me read it.\n").decode(), extra="Content-Transfer-Encoding: base64\r\n"))),
    Attack("sealed", lambda s: _authored(s, "application/pkcs7-mime; smime-type=enveloped-data", "AAAA")),
]  # fmt: skip

PUBLIC = [
    Attack("the requester uses an officer's words", lambda s: s.desk.border(reply(SAM, s.acknowledgement.raw, "approve v3", s.desk.clock.now(), message_id=s.desk.message_id("citizens.example")), SAM.address), "followup", JANE),
    Attack("a stranger uses an officer's words", lambda s: s.from_outside(s.blind(sender=f"Eve <{EVE.address}>", subject="[000001/20]")), "unmatched", JANE),
    Attack("somebody in the requester's name", lambda s: s.from_outside(s.blind("I withdraw my request.", sender=f"Sam <{SAM.address}x>", subject="[000001/20]")), "unmatched", JANE),
    Attack("the requester's address without the border's word", lambda s: s.blind("I withdraw my request.", sender=f"Sam <{SAM.address}>", subject="[000001/20]"), "unmatched", JANE),
    Attack("an officer's name without an order", lambda s: s.from_outside(s.blind("Hello, it is me.")), "unmatched", JANE),
    Attack("somebody else's server bounces nothing of ours", lambda s: b"Return-Path: <>\r\n" + s.blind(sender="MAILER-DAEMON@elsewhere.example", subject="Undelivered Mail"), "bounce", None),
    Attack("too many headers", lambda s: s.blind(extra="X-A: b\r\n" * 1_200), "quarantine", JANE),
]  # fmt: skip

HUGE_AND_MANY = [
    Attack("a thousand secrets that are none", lambda s: s.logged_in(s.blind(extra="".join(f"References: <foi.x.draft.{'2' * 22}{n:04}@exampleshire.example>\r\n" for n in range(900))))),
    Attack("six hundred recipients of the office", lambda s: s.logged_in(s.write(to=", ".join([s.live.header("Reply-To"), *(f"a{n}@exampleshire.example" for n in range(900))])))),
    Attack("brackets without end in the recipients", lambda s: s.logged_in(s.write(to=s.live.header("Reply-To") + " " + "(" * 3_000))),
    Attack("a subject of a hundred thousand letters", lambda s: s.logged_in(s.blind(subject="x" * 100_000))),
    Attack("five megabytes under a question", lambda s: s.logged_in(s.write("May I?\r\n" + "la la la\r\n" * 500_000))),
    Attack("ten thousand quotation marks in From", lambda s: verdict(s.write(sender='"' * 9_999 + f" <{T}>"), TRUE)),
    Attack("a Sender beside Tom", lambda s: s.logged_in(s.write(extra=f"Sender: {JANE.address}\r\n"))),
    Attack("Jane's login, the domain vouched for", lambda s: verdict(s.write(), f"{TRUE}; auth=pass smtp.auth={JANE.address}")),
    Attack("a confirmation of nothing", lambda s: s.logged_in(s.write("confirm"))),
    Attack("a confirmation of nothing, unseen by the border", lambda s: s.write("confirm")),
    Attack("a reply in Outlook's words for all", lambda s: s.logged_in(s.write(extra=f"Cc: {SAM.address}, {RUTH.address}\r\n"))),
    Attack("the secret in a header of its own", lambda s: s.logged_in(s.blind(extra=f"X-Reply-To: {s.live.header('Reply-To')}\r\nComments: {s.live.header('Message-ID')}\r\n"))),
    Attack("zero-width letters in the secret", lambda s: s.logged_in(s.blind(subject="Re: #" + "\u200b".join(s.live.subject[-16:])))),
    Attack("the secret cut short", lambda s: s.logged_in(s.blind(subject=f"Re: {s.live.subject[:-1]}"))),
]  # fmt: skip


def _asked(siege: Siege, words: str = "nil", who: Person = LUKE, **changes: str) -> bytes:
    """A reply to the question that went to Luke."""
    return siege.write(
        words, sender=f"{who.name} <{who.address}>", answers=siege.question, **changes
    )  # type: ignore[arg-type]


COLLEAGUES = [
    Attack("an answer in a colleague's name", lambda s: s.from_outside(_asked(s)), "holder-unproven", JANE),
    Attack("a stranger with a colleague's secret", lambda s: s.from_outside(_asked(s, who=EVE)), "holder-unproven", JANE),
    Attack("a colleague's question passed on", lambda s: s.logged_in(_asked(s, subject="Fwd: your question"), LUKE), "holder-unproven", JANE),
    Attack("an answer with outsiders in copy", lambda s: s.logged_in(_asked(s, extra=f"Cc: {EVE.address}\r\n"), LUKE), "holder-unproven", JANE),
    Attack("an order in a colleague's name", lambda s: s.from_outside(_asked(s, "approve v3")), "holder-unproven", JANE),
    Attack("an officer's order with a colleague's secret", lambda s: s.logged_in(_asked(s, "approve v3", TOM)), "holder-unproven", JANE),
    Attack("a colleague's verdict that failed", lambda s: verdict(_asked(s), "dmarc=fail header.from=exampleshire.example"), "holder-unproven", JANE),
    Attack("Tom's login for Luke's answer", lambda s: verdict(_asked(s), f"{TRUE}; auth=pass smtp.auth={TOM.address}"), "holder-unproven", JANE),
    Attack("a colleague's secret beside Tom's, from outside", lambda s: s.from_outside(s.write(extra=f"References: {s.question.header('Message-ID')}\r\n"))),
    Attack("a colleague answers by a machine", lambda s: s.logged_in(_asked(s, "approve v3", extra="Auto-Submitted: auto-replied\r\n"), LUKE), "auto", None),
    Attack("an approver takes a case on", lambda s: s.logged_in(s.write("accept"))),
    Attack("an approver gives a case back", lambda s: s.logged_in(s.write("not mine: somebody else"))),
    Attack("a question to the outside", lambda s: s.logged_in(s.write(f"ask {EVE.address}\r\nWhat do you know?"))),
    Attack("a question that tells who asked", lambda s: s.logged_in(s.write(f"ask {LUKE.address}\r\nWhat did Smith want?"))),
    Attack("a case for a stranger", lambda s: s.logged_in(s.write(f"assign {EVE.address}"))),
]  # fmt: skip


def _new(
    siege: Siege, words: str = "new received 1 Dec by post\r\nHow many?", **changes: str
) -> bytes:
    """A request to be registered, in Jane's name and without a notice that it answers."""
    return siege.blind(words, **{"sender": f"{JANE.name} <{JANE.address}>", **changes})


PASSED_ON = (
    "new received 1 Dec by email\r\n\r\nFrom: Sam Smith <sam.smith@citizens.example>\r\n"
    "Sent: 1 December 2020\r\nSubject: [000001/20]\r\n\r\napprove v3\r\n"
)
REGISTERED = [
    Attack("a registration in Jane's name, from outside", lambda s: s.from_outside(_new(s)), hears=JANE),
    Attack("a registration of which the border says nothing", _new, hears=JANE),
    Attack("a registration from Tom's account under Jane's name", lambda s: s.logged_in(_new(s)), hears=JANE),
    Attack("a registration that nobody has confirmed", lambda s: s.logged_in(_new(s), JANE), hears=JANE),
    Attack("a registration by an approver", lambda s: s.logged_in(_new(s, sender=f"<{TOM.address}>"))),
    Attack("a registration by an approver, in reply", lambda s: s.logged_in(s.write("new received 1 Dec by post\r\nHow many?"))),
    Attack("a registration on a case", lambda s: s.logged_in(s.write("000001/20 new received 1 Dec by post\r\nHow many?"))),
    Attack("a registration and an approval in what is passed on", lambda s: s.logged_in(_new(s, PASSED_ON, subject="FW: it"), JANE), "unmatched", JANE),
    Attack("what is passed on, forwarded in reply", lambda s: s.logged_in(s.write(PASSED_ON, sender=f"<{JANE.address}>", answers=s.janes, subject=f"FW: {s.janes.subject}"), JANE), hears=JANE),
]  # fmt: skip


def _jane(siege: Siege, words: str) -> bytes:
    """Jane's own order in reply to her own notice."""
    raw = siege.write(words, sender=f"<{JANE.address}>", answers=siege.janes)
    return siege.logged_in(raw, JANE)


KEEPING = [
    Attack("reminders put to rest in another's name", lambda s: s.from_outside(s.write("snooze 2", sender=f"<{JANE.address}>", answers=s.janes)), hears=JANE),
    Attack("reminders put to rest by an approver", lambda s: s.logged_in(s.write("snooze 2"))),
    Attack("reminders put to rest beyond the last day", lambda s: _jane(s, "snooze 1 Mar 2021"), hears=JANE),
    Attack("a link in another's name", lambda s: s.from_outside(s.write("link 000002/20"))),
    Attack("a link to a case that is none", lambda s: s.logged_in(s.write("link 000099/20"))),
    Attack("a link with a query in it", lambda s: s.logged_in(s.write("link 000002/20' or '1'='1"))),
    Attack("a message moved in another's name", lambda s: s.from_outside(s.write("m1 move 000002/20"))),
    Attack("a message moved by an approver", lambda s: s.logged_in(s.write("m1 move 000002/20"))),
    Attack("a request moved to another case", lambda s: _jane(s, "m1 move 000002/20"), hears=JANE),
    Attack("a split in Jane's name", lambda s: s.from_outside(s.write("split\r\nHow many?", sender=f"<{JANE.address}>", answers=s.janes)), hears=JANE),
    Attack("a split by an approver", lambda s: s.logged_in(s.write("split\r\nHow many?"))),
    Attack("a split into nothing", lambda s: _jane(s, "split\r\n\r\n> split\r\n> How many?"), hears=JANE),
]  # fmt: skip

ATTACKS = [
    *KEEPING,
    *REGISTERED,
    *COLLEAGUES,
    *HUGE_AND_MANY,
    *FROM,
    *BORDER,
    *SECRET,
    *WAY,
    *MACHINE,
    *WORDS,
    *PUBLIC,
]


def standing(desk: Office) -> tuple[object, ...]:
    """Everything an attack must leave alone: letters, states, mail to the public, secrets that were used."""
    letters = select(outbox.c.id, outbox.c.state, outbox.c.not_before).where(
        outbox.c.kind.in_(["letter", "acknowledgement"])
    )
    spent = select(secrets.c.digest).where(
        secrets.c.used_at.is_not(None) | secrets.c.revoked_at.is_not(None)
    )
    with desk.engine.connect() as connection, desk.store.view() as tx:
        return (
            [_without_counting(case) for case in tx.cases.every()],
            connection.execute(letters.order_by(outbox.c.id)).all(),
            sorted(connection.execute(spent).scalars()),
            connection.execute(select(cases.c.reference, cases.c.state)).all(),
        )


def _without_counting(case: Case) -> tuple[object, ...]:
    kept = (case.letters, case.requester, case.due, case.assignment, case.enquiries, case.keeping)
    return case.reference, case.state, case.outcome, *kept


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_an_attack_changes_nothing_but_the_record(siege: Siege, attack: Attack) -> None:
    """Mail rules A20, B1, B7, C9, D9, E1 to E4, E6, E12."""
    desk = siege.desk
    desk.clock.advance(timedelta(minutes=61))  # a new hour, in which nobody was told anything yet
    desk.discards()

    assert desk.arrives(attack.mail(siege)) == attack.taken_for

    assert standing(desk) == siege.standing
    assert {who for who in STAFF if _told(desk, who)} == ({attack.hears} if attack.hears else set())
    assert desk.unread == [], "no mail to the sender, nor to anybody outside the office"


def test_the_suite_is_as_large_as_it_says(capsys: pytest.CaptureFixture[str]) -> None:
    """All of them run in the office that the fixture makes: none may be there twice."""
    assert len({attack.name for attack in ATTACKS}) == len(ATTACKS) >= 130
    with capsys.disabled():
        sys.stdout.write(
            f"\n{len(ATTACKS)} attacks, each of which changes nothing but the record\n"
        )


def _told(desk: Office, who: Person) -> list[Mail]:
    # The current letter goes along with a refusal, to the same registered person.
    return [mail for mail in desk.post_for(who) if mail.kind != "draft"]


@pytest.mark.parametrize(
    "attack",
    [FROM[0], BORDER[0], BORDER[1], SECRET[0], SECRET[2], SECRET[7], WAY[0], WAY[5]],
    ids=lambda attack: attack.name,
)
def test_the_registered_officer_hears_of_each_kind_once_an_hour(
    siege: Siege, attack: Attack
) -> None:
    desk = siege.desk
    desk.clock.advance(timedelta(minutes=61))
    for _ in range(5):
        desk.arrives(attack.mail(siege))
    heard = [mail.kind for mail in desk.post_for(TOM)]
    assert heard in (["not-obeyed"], ["confirm-order", "not-obeyed"])

    desk.clock.advance(timedelta(minutes=61))
    desk.arrives(attack.mail(siege))
    assert [mail.kind for mail in desk.post_for(TOM)] == heard[:1]


def test_after_all_that_the_true_officer_is_obeyed_with_the_same_secret(siege: Siege) -> None:
    desk = siege.desk
    desk.discards()
    assert desk.arrives(siege.logged_in(siege.write("show"))) == "command"
    assert desk.one_for(TOM).kind == "draft"
    assert desk.arrives(siege.logged_in(siege.write())) == "command"
    assert desk.case("000001/20").state is State.APPROVED
    desk.discards()


def test_an_approval_replayed_after_a_stop_approves_nothing(desk: Office) -> None:
    """Mail rule E6."""
    draft = desk.drafted()
    raw = reply(
        TOM, draft.raw, "approve v1", desk.clock.now(), message_id="<a@exampleshire.example>"
    )
    approval = desk.border(raw, TOM.address, login=True)
    assert desk.arrives(approval) == "command"
    assert desk.orders(RUTH, desk.one_for(RUTH), "stop") == "command"
    desk.discards()

    assert desk.arrives(approval) == "duplicate"
    assert desk.arrives(approval.replace(b"<a@", b"<b@")) == "command-refused"

    current = desk.case().current
    assert current is not None
    assert current.state is LetterState.DRAFT
    desk.later(hours=1)
    assert desk.post_for(SAM) == []
    desk.discards()


def test_an_officer_who_has_left_orders_nothing(tmp_path: Path) -> None:
    """Mail rule E14."""
    with office(tmp_path) as desk:
        draft = desk.drafted()
        stayed = tuple(one for one in desk.config.officers if one.address != TOM.address)
        desk.staff(stayed)

        assert desk.orders(TOM, draft, "approve v1") == "command-refused"

        current = desk.case().current
        assert current is not None
        assert current.state is LetterState.DRAFT
