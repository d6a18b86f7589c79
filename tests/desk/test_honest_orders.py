"""Honest orders in every shape that people's mail programs give them: all are obeyed."""

from __future__ import annotations

import base64
import quopri
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from foibot.case.case import LetterState
from foibot.demo.correspondent import Person
from tests.office import AUTHSERV, JANE, MAILBOX, ORDER, RUTH, TOM, Mail, Office, office

SAMPLES = Path(__file__).parent.parent / "emails"
MARKER = "-- reply above this line; foibot reads only the first line, and for some orders the text under it --"


@dataclass(frozen=True, slots=True)
class Desks:
    """An office in which a draft waits, and the notices about it."""

    office: Office
    request: Mail
    draft: Mail


@pytest.fixture(scope="module")
def waiting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desks]:
    with office(tmp_path_factory.mktemp("honest")) as desk:
        desk.asks()
        request = desk.one_for(JANE)
        desk.orders(JANE, request, ORDER)
        draft = desk.one_for(TOM)
        desk.discards()
        yield Desks(desk, request, draft)


@pytest.fixture
def desk(waiting: Desks, tmp_path: Path) -> Iterator[Office]:
    """An office of one's own in which the same draft waits."""
    twin = waiting.office.twin(tmp_path)
    yield twin
    twin.close()


def state(desk: Office) -> LetterState | None:
    letter = desk.case().current
    return letter.state if letter else None


def adapted(name: str, notice: Mail, who: Person) -> bytes:
    """A sample mail as an answer to this notice, with the order on the version that waits."""
    (file,) = SAMPLES.glob(f"{name}-*.eml")
    text = file.read_bytes().decode("utf-8", "surrogateescape").replace("\r\n", "\n")
    # Before the secrets are in: a secret may hold these two letters as well.
    text = text.replace("v2", "v1").replace("V2", "V1")
    text = text.replace(
        "foi+c-23456789abcdefghjkmnpqrstu@exampleshire.example", notice.header("Reply-To")
    )
    text = text.replace(
        "<foi.004078-20.approve.k7f3q2w9xm4tz8dh@exampleshire.example>", notice.header("Message-ID")
    )
    text = text.replace("#k7f3q2w9xm4tz8dh", notice.subject[-17:]).replace("004078/20", "000001/20")
    text = text.replace(TOM.address, who.address).replace("Tom Teal", who.name)
    return text.replace("\n", "\r\n").encode("utf-8", "surrogateescape")


@pytest.mark.parametrize(
    ("name", "becomes"),
    [
        ("0002", LetterState.APPROVED),  # Outlook on a desktop: no marks before what is quoted
        ("0003", LetterState.APPROVED),  # Outlook in a browser: HTML alone
        ("0004", LetterState.APPROVED),  # Gmail: both, and a space that does not break
        ("0005", LetterState.REJECTED),  # Apple Mail: the reason on the line
        ("0006", LetterState.ON_HOLD),  # an iPhone with its own signature
        ("0008", LetterState.APPROVED),  # a banner of the border on top
        (
            "0037",
            LetterState.APPROVED,
        ),  # the same of Microsoft 365, in both versions, links rewritten
        ("0038", LetterState.APPROVED),  # one of Google Workspace
        ("0039", LetterState.APPROVED),  # Proofpoint's, with words that nobody sees
        ("0040", LetterState.APPROVED),  # an authority's own table above HTML alone
    ],
)
def test_a_decision_as_a_mail_program_writes_it(
    desk: Office, waiting: Desks, name: str, becomes: LetterState
) -> None:
    assert desk.arrives(adapted(name, waiting.draft, TOM)) == "command"
    assert state(desk) is becomes
    desk.discards()


def test_an_order_for_a_letter_from_a_phone(desk: Office, waiting: Desks) -> None:
    assert desk.arrives(adapted("0007", waiting.request, JANE)) == "command"
    assert len(desk.case().letters) == 2
    desk.discards()


def test_an_internal_order_as_microsoft_365_vouches_for_it(tmp_path: Path, waiting: Desks) -> None:
    """Mail rule B8."""
    with office(tmp_path, trust={"authserv_id": "m365"}) as desk:
        desk.asks()
        notice = desk.one_for(JANE)
        raw = adapted("0026", notice, JANE).replace(b"not held", b"note: rang the requester")
        assert desk.arrives(raw) == "command"
        assert "Noted" in desk.kinds()
        desk.discards()


def mail(
    notice: Mail,
    body: str | bytes,
    *,
    content: str = "text/plain; charset=utf-8",
    encoding: str = "8bit",
    to: str | None = None,
    subject: str | None = None,
    thread: str | None = None,
    extra: str = "",
    who: Person = TOM,
) -> bytes:
    """An answer that carries the secret where the caller leaves it; the border has seen its sender."""
    ours = notice.header("Message-ID")
    threading = f"In-Reply-To: {ours}\r\nReferences: {notice.header('References')} {ours}\r\n"
    head = (
        f"Authentication-Results: {AUTHSERV}; dmarc=pass header.from=exampleshire.example\r\n"
        f"Received: from out by {AUTHSERV}; Tue, 8 Dec 2020 09:20:00 +0000\r\n"
        f"From: {who.name} <{who.address}>\r\nTo: {to if to is not None else notice.header('Reply-To')}\r\n"
        f"Subject: {subject if subject is not None else 'RE: ' + notice.subject}\r\n"
        f"Message-ID: <own@exampleshire.example>\r\n{threading if thread is None else thread}{extra}"
        f"MIME-Version: 1.0\r\nContent-Type: {content}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    )
    return head.encode() + (body if isinstance(body, bytes) else body.encode()).replace(
        b"\n", b"\r\n"
    )


HTML = "<html><body>{}</body></html>"
SHAPES = {
    "plain": ("approve v1\n", {}),
    "with a greeting line left blank": ("\n\n\napprove v1\n", {}),
    "above a quote with marks": (f"approve v1\n\n> {MARKER}\n> approve vN\n", {}),
    "above Outlook's own lines": (
        "approve v1\n\nFrom: foi@exampleshire.example\nSent: Tuesday\nTo: Tom Teal\nSubject: x\n\nbut\n",
        {},
    ),
    "above an original message": ("approve v1\n\n-----Original Message-----\nplease change\n", {}),
    "above an attribution that wraps": (
        "approve v1\n\nOn Tue, 8 Dec 2020 at 09:12, Exampleshire Police <foi@exampleshire.example>\nwrote:\n> x\n",
        {},
    ),
    "above our marker": (f"approve v1\n\n{MARKER}\n\nplease wait\n", {}),
    "with a signature": ("approve v1\n-- \nTom Teal\nplease note: part time\n", {}),
    "with a closing and small print": (
        "approve v1\n\nBest wishes,\nTom\n\nThis email may contain confidential words. If not for you, please delete it.\n",
        {},
    ),
    "with small print alone": (
        "approve v1\n\nThis message is intended for the addressee only. Please do not copy it.\n",
        {},
    ),
    "with the name as signature": ("approve v1\n\nTom Teal\nHead of Information, until 2022\n", {}),
    "from a phone": ("Approve v1\n\nSent from my iPhone\n", {}),
    "from an Android": ("Approve v1\n\nGet Outlook for Android<https://outlook.example>\n", {}),
    "with a kind word": ("approve v1\n\nGood work, Jane.\n", {}),
    "in capitals with a stop": ("APPROVE V1.\n", {}),
    "in full-width letters": ("\uff41\uff50\uff50\uff52\uff4f\uff56\uff45 \uff561\n", {}),
    "in full-width digits": ("approve v\uff11\n", {}),
    "with a space in the version": ("approve v 1\n", {}),
    "in quotes": ("\u201capprove v1\u201d\n", {}),
    "under a banner": ("[EXTERNAL]\napprove v1\n", {}),
    "under a longer banner": (
        "CAUTION: This email originated from outside the organisation.\nDo not click links or open attachments unless you recognise the sender.\n\napprove v1\n",
        {},
    ),
    "in base64": (
        base64.encodebytes(b"approve v1\n\n> please change it\n"),
        {"encoding": "base64"},
    ),
    "in quoted-printable": (
        quopri.encodestring("approve\u00a0v1\n".encode()),
        {"encoding": "quoted-printable"},
    ),
    "in UTF-16": (
        base64.encodebytes("approve v1\n".encode("utf-16")),
        {"encoding": "base64", "content": "text/plain; charset=utf-16"},
    ),
    "flowed": (
        "approve v1\n\n> a quote that \n> flows\n",
        {"content": "text/plain; charset=utf-8; format=flowed"},
    ),
    "in HTML": (
        HTML.format("<p>approve v1</p><blockquote>please</blockquote>"),
        {"content": "text/html"},
    ),
    "in HTML with a hidden preview": (
        HTML.format('<div style="display:none">preview</div><div>approve <b>v1</b></div>'),
        {"content": "text/html"},
    ),
    "in Word's HTML": (
        HTML.format(
            '<p class="MsoNormal">approve v1<o:p></o:p></p><p class="MsoNormal"><o:p>&nbsp;</o:p></p>'
        ),
        {"content": "text/html"},
    ),
    "in two parts": (
        f"--b\nContent-Type: text/plain\n\napprove v1\n--b\nContent-Type: text/html\n\n{HTML.format('<p>approve v1</p>')}\n--b--\n",
        {"content": "multipart/alternative; boundary=b"},
    ),
    "with a logo": (
        "--b\nContent-Type: text/plain\n\napprove v1\n--b\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n--b--\n",
        {"content": "multipart/related; boundary=b"},
    ),
    "with Exchange's wish for no automatic answer": (
        "approve v1\n",
        {"extra": "X-Auto-Response-Suppress: DR, OOF, AutoReply\n"},
    ),
    "with a colleague in Cc": ("approve v1\n", {"extra": f"Cc: {RUTH.address}\n"}),
    "from Outlook for iOS": (
        "Approve v1\n\nGet Outlook for iOS<https://aka.example/o0>\n________________________________\nFrom: Exampleshire Police <foi@exampleshire.example>\nSent: Tuesday, December 8, 2020 9:12 AM\nTo: Tom Teal\nSubject: x\n\nplease decide\n",
        {},
    ),
    "from a Samsung": (
        "approve v1\n\n\nSent from my Galaxy\n\n-------- Original message --------\nFrom: foi@exampleshire.example\nplease\n",
        {},
    ),
    "with Outlook on the web's rule": (
        "approve v1\n________________________________\nFrom: foi@exampleshire.example\nSent: 08 December 2020 09:12\nTo: Tom Teal\nSubject: x\n\nbut\n",
        {},
    ),
    "with Thunderbird's line": (
        "approve v1\n\nOn 08/12/2020 09:12, Exampleshire Police wrote:\n> please\n",
        {},
    ),
    "with a Welsh closing": ("approve v1\n\nCofion gorau,\nTom\n", {}),
    "with Kind regards": (
        "approve v1\n\nKind regards\nTom Teal\nHead of Information, please use my new number\n",
        {},
    ),
    "with a disclaimer in two languages": (
        "approve v1\n\nThis email may be confidential. If not for you, please delete it.\nGall yr e-bost hwn fod yn gyfrinachol.\n",
        {},
    ),
    "under a Welsh banner": ("RHYBUDD: Daeth yr e-bost hwn o'r tu allan.\n\napprove v1\n", {}),
    "under Microsoft's tip": (
        "You don't often get email from foi@exampleshire.example. Learn why this is important\n\napprove v1\n",
        {},
    ),
    "with a trailing exclamation mark": ("Approve v1!\n", {}),
    "with spaces all around": ("   approve    v1   \n", {}),
    "with a mark that nobody sees": ("\ufeffapprove\u200b v1\n", {}),
    "in Gmail's HTML": (
        HTML.format(
            '<div dir="ltr">approve v1</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">On Tue wrote:<br></div><blockquote class="gmail_quote">please change</blockquote></div>'
        ),
        {"content": "text/html"},
    ),
    "in Apple's HTML": (
        HTML.format(
            'approve v1<div><br><blockquote type="cite"><div>On 8 Dec 2020, at 09:12, FOI wrote:</div><br><div>please</div></blockquote></div>'
        ),
        {"content": "text/html"},
    ),
    "in Outlook's HTML with its own lines": (
        HTML.format(
            '<div>approve v1</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>From:</b> FOI<br><b>Sent:</b> Tuesday<br><b>Subject:</b> x</div><div>please</div>'
        ),
        {"content": "text/html"},
    ),
    "in Latin-1": (
        "approve v1\n\nGr\u00fc\u00dfe\n".encode("latin-1"),
        {"content": "text/plain; charset=iso-8859-1"},
    ),
    "in Windows's letters": (
        "\u201capprove v1\u201d\n".encode("cp1252"),
        {"content": "text/plain; charset=windows-1252"},
    ),
    "with the border's sign on the subject": ("approve v1\n", {"prefix": "[EXTERNAL] RE: "}),
    "from the mailbox's own list": ("approve v1\n", {"extra": "Importance: high\n"}),
}


@pytest.mark.parametrize(("body", "shape"), SHAPES.values(), ids=SHAPES)
def test_an_approval_in_any_shape_is_obeyed(
    desk: Office, waiting: Desks, body: str | bytes, shape: dict[str, str]
) -> None:
    given = dict(shape)
    if prefix := given.pop("prefix", ""):
        given["subject"] = prefix + waiting.draft.subject
    raw = mail(waiting.draft, body, **given).replace(b"\r\r\n", b"\r\n")
    assert desk.arrives(raw) == "command"
    assert state(desk) is LetterState.APPROVED
    desk.discards()


WAYS = {
    "the plus-address alone": {"subject": "Re:", "thread": ""},
    "the plus-address in capitals": {"subject": "Re:", "thread": "", "upper": "yes"},
    "the plus-address in Delivered-To alone": {"to": MAILBOX, "subject": "Re:", "thread": "", "delivered": "yes"},
    "In-Reply-To alone": {"to": MAILBOX, "subject": "Re:", "only": "In-Reply-To"},
    "References alone": {"to": MAILBOX, "subject": "Re:", "only": "References"},
    "the tag in the subject alone": {"to": MAILBOX, "thread": ""},
    "the tag behind Swedish and German marks": {"to": MAILBOX, "thread": "", "prefix": "SV: AW: RE[2]: "},
    "the tag, with the mailbox's name": {"to": f"FOI <{MAILBOX}>", "thread": ""},
}  # fmt: skip


REGISTERS = "new received 3 Dec by post\nasked by: Pat Purple\n\nHow many fines?\n"
SCANNED = '--b\nContent-Type: text/plain\n\n{}\n--b\nContent-Type: application/pdf; name="scan.pdf"\nContent-Disposition: attachment; filename="scan.pdf"\n\n%PDF-1.4\n--b--\n'
REGISTRATIONS = {
    "plain": (REGISTERS, {}),
    "in capitals with a stop": ("NEW received 3 Dec by Post.\nHow many fines?\n", {}),
    "with the year and a colon": ("New received: 3 December 2020, by post\nHow many fines?\n", {}),
    "from a phone": (f"{REGISTERS}\nSent from my iPhone\n", {}),
    "above a quote": (f"{REGISTERS}\n> {MARKER}\n> help\n", {}),
    "under a banner": (f"[EXTERNAL]\n{REGISTERS}", {}),
    "with a closing": (f"{REGISTERS}\nKind regards\nJane Orange\n", {}),
    "with a scan": (SCANNED.format("new received 3 Dec by post"), {"content": "multipart/mixed; boundary=b"}),
    "in HTML": (HTML.format("<p>new received 3&nbsp;Dec by post</p><p>How many fines?</p>"), {"content": "text/html"}),
}  # fmt: skip


@pytest.mark.parametrize(("body", "shape"), REGISTRATIONS.values(), ids=REGISTRATIONS)
def test_a_registration_in_any_shape_is_obeyed(
    desk: Office, waiting: Desks, body: str, shape: dict[str, str]
) -> None:
    assert desk.arrives(mail(waiting.request, body, who=JANE, **shape)) == "request"
    assert desk.case("000002/20").received.isoformat() == "2020-12-03"
    desk.discards()


SPLITS = {
    "plain": ("split\nHow many fines?\n", {}),
    "from a phone": ("Split.\n\nHow many fines?\n\nSent from my iPhone\n", {}),
    "above Outlook's own lines": ("split\nHow many fines?\n\nFrom: foi@exampleshire.example\nSent: Tuesday\nTo: Jane\nSubject: x\n\nhelp\n", {}),
    "in HTML": (HTML.format("<p>split</p><p>How many fines?</p>"), {"content": "text/html"}),
}  # fmt: skip


@pytest.mark.parametrize(("body", "shape"), SPLITS.values(), ids=SPLITS)
def test_a_split_in_any_shape_is_obeyed(
    desk: Office, waiting: Desks, body: str, shape: dict[str, str]
) -> None:
    assert desk.arrives(mail(waiting.request, body, who=JANE, **shape)) == "command"
    assert desk.case("000002/20").request_text == "How many fines?"
    desk.discards()


SNOOZES = {
    "plain": ("snooze 5 Jan 2021\n", {}),
    "without its year, from a phone": ("Snooze 5 Jan.\n\nSent from my iPhone\n", {}),
    "above a quote": (f"snooze until 5 January 2021\n\n> {MARKER}\n> snooze off\n", {}),
    "under a banner": ("[EXTERNAL]\nsnooze 2021-01-05\n", {}),
    "in HTML": (HTML.format("<p>snooze 5&nbsp;Jan 2021</p>"), {"content": "text/html"}),
}  # fmt: skip


@pytest.mark.parametrize(("body", "shape"), SNOOZES.values(), ids=SNOOZES)
def test_a_snooze_in_any_shape_is_obeyed(
    desk: Office, waiting: Desks, body: str, shape: dict[str, str]
) -> None:
    assert desk.arrives(mail(waiting.request, body, who=JANE, **shape)) == "command"
    assert str(desk.case().keeping.rests_until) == "2021-01-05"
    desk.discards()


def test_the_suite_is_as_large_as_it_says(capsys: pytest.CaptureFixture[str]) -> None:
    """Each of them stands in an office of its own, in which it is obeyed."""
    count = (
        len(SHAPES) + len(WAYS) + len(REGISTRATIONS) + len(SPLITS) + len(SNOOZES) + 8
    )  # those of the sample mails
    assert count >= 60
    with capsys.disabled():
        sys.stdout.write(f"\n{count} honest orders, each of which is obeyed\n")


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_any_one_of_three_places_is_enough_to_carry_the_secret(
    desk: Office, waiting: Desks, way: dict[str, str]
) -> None:
    given, notice = dict(way), waiting.draft
    reply_to = notice.header("Reply-To")
    if given.pop("upper", ""):
        given["to"] = reply_to.upper()
    if given.pop("delivered", ""):
        given["extra"] = f"Delivered-To: {reply_to}\r\n"
    if only := given.pop("only", ""):
        given["thread"] = f"{only}: {notice.header('Message-ID')}\r\n"
    if prefix := given.pop("prefix", ""):
        given["subject"] = prefix + notice.subject

    assert desk.arrives(mail(notice, "approve v1\n", **given)) == "command"
    assert state(desk) is LetterState.APPROVED
    desk.discards()


def test_a_link_of_the_notice_opens_a_mail_that_is_obeyed(desk: Office, waiting: Desks) -> None:
    found = re.search(
        r'mailto:([^?"]+)\?subject=([^&"]+)&(?:amp;)?body=approve%20v1', waiting.draft.html
    )
    assert found is not None
    subject = re.sub(r"%([0-9A-F]{2})", lambda code: chr(int(code[1], 16)), found[2])
    raw = mail(waiting.draft, "approve v1\n", to=found[1], subject=subject, thread="")
    assert desk.arrives(raw) == "command"
    assert state(desk) is LetterState.APPROVED
    desk.discards()


def test_an_officer_with_a_second_address_is_obeyed_and_answered_at_the_first(
    tmp_path: Path,
) -> None:
    with office(tmp_path) as desk:
        desk.asks()
        notice = desk.one_for(JANE)
        people = tuple(
            one.model_copy(update={"aliases": ("j.orange@exampleshire.example",)}) if one.address == JANE.address else one
            for one in desk.config.officers
        )  # fmt: skip
        desk.staff(people)
        alias = Person("Jane Orange", "j.orange@exampleshire.example")
        assert desk.orders(alias, notice, "note: rang the requester") == "command"
        desk.one_for(JANE, "answer")
        desk.discards()


@pytest.mark.parametrize("undo", [0, 10])
def test_the_letter_leaves_when_the_undo_window_is_over(tmp_path: Path, undo: int) -> None:
    with office(tmp_path, approval={"undo_minutes": undo}) as desk:
        draft = desk.drafted()
        assert desk.orders(TOM, draft, "approve v1") == "command"
        assert (state(desk) is LetterState.SENT) is (undo == 0)
        desk.later(minutes=undo)
        assert state(desk) is LetterState.SENT
        desk.discards()


def test_a_letter_approved_on_friday_evening_leaves_on_monday_morning(tmp_path: Path) -> None:
    """Mail rule 2.2, step 8: somebody has to be there to read that it is about to leave."""
    hours = {"undo_minutes": 10, "office_hours": "09:00-17:00"}
    with office(tmp_path, approval=hours, start="2020-12-11 18:20") as desk:
        draft = desk.drafted()
        on_working_days = (
            "it leaves 10 minutes of office hours (09:00 to 17:00 on working days) later"
        )
        assert on_working_days in draft.words
        assert desk.orders(TOM, draft, "approve v1") == "command"
        assert "on Monday 14 December 2020 at 09:10" in desk.one_for(RUTH, "approved").words
        desk.at("2020-12-14 09:09")
        assert state(desk) is LetterState.APPROVED
        desk.at("2020-12-14 09:11")
        assert state(desk) is LetterState.SENT
        desk.discards()
