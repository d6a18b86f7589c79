"""The sender's own words, and an officer's first line (mail rules C12, C30, E2, E3, E8, E9)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foibot.mail.message import IncomingMail
from foibot.mail.reply_text import (
    REPLY_MARKER,
    above_ours,
    all_under_first_line,
    first_line,
    first_order_line,
    marks_at_end,
    new_words,
    says_something,
)

OUTLOOK = (
    "From: FOI <foi@x.example>\nSent: 05 January 2021 13:55\nTo: Tom Teal\nSubject: x\n\ndisclose"
)

QUOTES = {
    "our marker": f"{REPLY_MARKER}\ndisclose",
    "our marker, quoted": f"> {REPLY_MARKER}\n> disclose",
    "Outlook desktop": OUTLOOK,
    "Outlook desktop in bold": "*From:* FOI <foi@x.example>\n*Sent:* today\n*To:* Tom\n\ndisclose",
    "Outlook for phones": "________________________________\n" + OUTLOOK,
    "Outlook 2003": "-----Original Message-----\nFrom: FOI\n\ndisclose",
    "Outlook in German": "Von: FOI <foi@x.example>\nGesendet: heute\nAn: Tom\nBetreff: x\n\ndisclose",
    "Outlook in Welsh": "Oddi wrth: FOI\nAnfonwyd: heddiw\nAt: Tom\nPwnc: x\n\ndisclose",
    "Gmail": "On Tue, 5 Jan 2021 at 13:55, FOI, Exampleshire <\nfoi@x.example> wrote:\n\n> disclose",
    "Gmail, older": "2021-01-05 13:55 GMT+00:00 FOI <foi@x.example>:\n> disclose",
    "Apple Mail": "> On 5 Jan 2021, at 13:55, FOI <foi@x.example> wrote:\n> \n> disclose",
    "Apple Mail in French": "Le 5 janv. 2021 à 13:55, FOI <foi@x.example> a écrit :\n\n> disclose",
    "Thunderbird": "On 05/01/2021 13:55, FOI wrote:\n> disclose",
    "Thunderbird in German": "Am 05.01.21 um 13:55 schrieb FOI:\n> disclose",
    "without marks": "On 5 Jan 2021 at 13:55, FOI <foi@x.example> wrote:\ndisclose",
    "Yahoo": "On Tuesday, 5 January 2021, 13:55:00 GMT, FOI <foi@x.example> wrote:\n \n disclose",
    "Zoho": "---- On Tue, 05 Jan 2021 13:55:00 +0000 FOI <foi@x.example> wrote ----\ndisclose",
    "Yahoo on a phone": "  On Tue, 5 Jan 2021 at 13:55, FOI<foi@x.example> wrote:   disclose",
    "GMX, the date first": "Gesendet: heute\nVon: FOI\nAn: Tom\nBetreff: x\n\ndisclose",
    "forwarded": "Begin forwarded message:\n\nFrom: x\ndisclose",
}


@pytest.mark.parametrize("quote", QUOTES.values(), ids=list(QUOTES))
def test_nothing_quoted_is_the_officer_s(quote: str) -> None:
    assert first_order_line(f"ncnd 31(3)\nThe reasons.\n\n{quote}") == (
        "ncnd 31(3)",
        "The reasons.",
    )
    assert new_words(f"Yes, please.\n\n{quote}") == "Yes, please."
    assert first_order_line(f"\n{quote}") == ("", "")


TIDIED = {
    "as it is": ("approve v2", "approve v2"),
    "capitals and a full stop": ("Approve V2.", "Approve V2"),
    "no-break space": ("approve\u00a0v2", "approve v2"),
    "full width": ("ａｐｐｒｏｖｅ　ｖ２", "approve v2"),
    "smart quotes": ("“approve v2”", "approve v2"),
    "a question": ("when?", "when"),
    "in bold type": ("*approve v1*", "approve v1"),
    "in Markdown": ("**approve v1**", "approve v1"),
    "an item of a list": ("* approve v1", "* approve v1"),
    "colon kept inside": ("reject v2: why", "reject v2: why"),
    "brackets kept": ("ncnd 23(5) 31(3)(a)", "ncnd 23(5) 31(3)(a)"),
    "zero width": ("app\u200brove v2\ufeff", "approve v2"),
    "blank lines first": ("\n \r\n\tapprove  v2 ", "approve v2"),
}


@pytest.mark.parametrize(("text", "line"), TIDIED.values(), ids=list(TIDIED))
def test_the_first_line_is_tidied(text: str, line: str) -> None:
    """Mail rule E8."""
    assert first_order_line(text) == (line, "")


BANNERS = {
    "caution": "CAUTION: This email originated from outside of the organisation.",
    "wrapped": "CAUTION: This email originated from outside of the organisation. Do not\nclick links or open attachments unless you recognise the sender and know\nthe content is safe.",
    "wrapped badly": "CAUTION: This email originated from outside the organisation and\nought to be treated with care.",
    "tag": "[EXTERNAL]",
    "tag and rule": "*** EXTERNAL EMAIL ***\n---------",
    "rule after a gap": "[External Sender]\n\n=====",
    "sentence": "This message was sent from outside your organisation",
    "an external email with advice": "EXTERNAL EMAIL: Do not click any links or open any attachments",
    "advice first": "Do not click links or open attachments from senders you do not know.\nThis email originated outside the organisation.",
    "alarm on a line of its own": "WARNING\nThis email originated outside the organisation.\nDo not open attachments unless you trust the sender.",
    "an external sender": "Caution: external sender",
    "it is an external email": "Warning: this is an external email.",
    "short lines": "[EXTERNAL]\nDo not click on links\nopen attachments unless\nyou recognise the sender.",
    "in Welsh": "RHYBUDD: Daeth yr e-bost hwn o'r tu allan i'r sefydliad",
    "marking": "OFFICIAL",
    "marking with a handling word": "OFFICIAL - SENSITIVE",
    "marking, in one word": "[OFFICIAL-SENSITIVE COMMERCIAL]",
    "marking with its name": "Classification: OFFICIAL",
    "marking above a warning": "OFFICIAL: SENSITIVE\n\nCAUTION: This email originated from outside of the organisation.",
    "no marking": "NOT PROTECTIVELY MARKED",
    "marking in Welsh": "SWYDDOGOL",
    "Microsoft": "You don't often get email from foi@x.example. Learn why this is important",
}


@pytest.mark.parametrize("banner", BANNERS.values(), ids=list(BANNERS))
def test_a_banner_on_top_is_passed_over(banner: str) -> None:
    """Mail rule E9."""
    assert first_order_line(f"{banner}\n\napprove v2\n") == ("approve v2", "")
    assert first_order_line(f"hold v2\n{banner}")[0] == "hold v2"


@pytest.mark.parametrize(
    "said",
    [
        "Open the attachments first, they are wrong",
        "I cannot say unless you show me the file. I will not",
        "Please do not send this unless you have asked Ruth first",
        "Do not reply to the sender with this, I disagree with it",
        "Do not open the attachments.",
        "Warning: the email to the external lawyer is missing",
        "Caution",
        "OFFICIAL - but I do not agree",
        "External email: I have not had it yet",
        "OFFICIAL\nDo not open the attachments.",
        "[EXTERNAL]\nI cannot say unless you show me the file",
        "Do not click the links\n-------",
    ],
)
def test_what_a_person_may_mean_is_no_banner(said: str) -> None:
    line, _ = first_order_line(f"{said}\n\napprove v2")
    assert line
    assert line != "approve v2"


def test_only_known_lines_are_banners() -> None:
    assert first_order_line("Please note.\napprove v2") == ("Please note", "approve v2")
    assert first_order_line("-----\napprove v2")[0] == "-----"
    assert first_order_line("House rule 7\napprove v2", (r"house rule \d",)) == ("approve v2", "")
    assert first_order_line("CAUTION: external email from outside\n") == ("", "")
    assert first_order_line("Do not open attachments.\n")[0] == "Do not open attachments"


@pytest.mark.parametrize(
    "tail",
    [
        "-- \nTom Teal",
        "--\nTom Teal",
        "Kind regards,\nTom",
        "Thanks.\n\nTom Teal\nHead of Information",
        "Sent from my iPhone",
        "Get Outlook for iOS<https://x.example>",
        "This email and any attachments are confidential and intended for the addressee.",
        "The information contained in this email is private.",
    ],
)
def test_what_ends_a_mail_is_not_text(tail: str) -> None:
    assert first_order_line(f"clarify\nWhich years?\n\n{tail}") == ("clarify", "Which years?")


def test_text_between_keeps_its_lines() -> None:
    text = "clarify\n\nDear Mr Smith,\n\n  From: 2015 or later?\nThank you for waiting.\n"
    assert first_order_line(text) == (
        "clarify",
        "Dear Mr Smith,\n\n  From: 2015 or later?\nThank you for waiting.",
    )


@pytest.mark.parametrize(
    "line", ["From: Tom <tom@x.example>", "> approve v2", "On 5/1/21 FOI wrote:", ""]
)
def test_a_first_line_that_is_not_the_officer_s(line: str) -> None:
    assert first_order_line(f"{line}\n> x\n") == ("", "")


def test_words_under_and_between_quotes_are_shown() -> None:
    text = "On 5/1/21 FOI wrote:\n> Which roads?\nCounty roads.\n> Which years?\n2015.\n-- \nSam"
    assert new_words(text) == "County roads.\n2015."
    assert first_order_line(text) == ("", "")


def test_only_a_quote_or_only_a_signature_is_no_words() -> None:
    """Mail rule C30."""
    assert new_words("> all\n> quoted\n") == ""
    assert new_words("-- \nSam") == ""
    assert new_words("") == ""


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", False),
        ("> all\n> quoted\n", False),
        ("On 5/1/21 FOI wrote:\n> Which roads?\n", False),
        ("-- \nSam Smith\n1 High Street\n", False),
        ("Sent from my iPhone\n", False),
        ("How many?\n-- \nSam", True),
        ("-- \nSam\n\nHow many lamp posts are there?", True),
        ("-- \n" + "A line of a request.\n" * 7, True),
        ("-----Original Message-----\nFrom: Sam\nHow many?", True),
        ("From: Sam\nSubject: Fines\nDate: today\nHow many?", True),
        ("On 5 Jan 2021 at 13:55, Sam <sam@x.example> wrote:\nHow many?", True),
    ],
)
def test_c30_what_says_something(text: str, says: bool) -> None:
    assert says_something(text) is says


def test_what_only_resembles_a_quote_is_text() -> None:
    for line in ("On Monday we met.", "From: here to there", "On and on\n\nhe wrote:"):
        assert new_words(line) == line


OURS = "foi@exampleshire.example"
LETTER = "We hold what you asked for.\n\nYours sincerely"
OUTLOOK = (
    f"-----Original Message-----\nFrom: Exampleshire <{OURS}>\nSent: Tuesday\nTo: Sam\n\n{LETTER}"
)
GMAIL = "On Tue, 8 Dec 2020 at 09:31, Exampleshire <FOI@exampleshire.example> wrote:\n" + "\n".join(
    f"> {line}" for line in LETTER.splitlines()
)


@pytest.mark.parametrize("quote", [OUTLOOK, GMAIL], ids=["outlook", "gmail"])
def test_our_own_mail_under_a_reply_is_not_shown_again(quote: str) -> None:
    assert above_ours(f"Thank you.\n\nSam\n\n{quote}", OURS).split() == ["Thank", "you.", "Sam"]


@pytest.mark.parametrize(
    "text",
    [
        "Thank you.",
        OUTLOOK,
        f"See below.\n\n{OUTLOOK.replace(OURS, 'council@elsewhere.example')}",
        f"See below.\n\n{GMAIL}\nWhat about 2019?\n> More of the letter",
    ],
    ids=["no-quote", "nothing-of-its-own", "somebody-else", "between-the-lines"],
)
def test_whatever_else_a_reply_quotes_stays(text: str) -> None:
    assert above_ours(text, OURS) == text


def test_only_so_much_is_read() -> None:
    assert new_words("a\n" * 6_000).count("a") == 5_000
    assert len(new_words("a" * 300_000)) == 262_144
    assert new_words("On " * 500 + "\n" + "x" * 600 + "\n" + "y" * 600 + "\nz wrote:") != ""


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("ask harry: how many?", "?"),
        ('Caution: external\n\n"ask harry: how many?"', "?"),
        ("ask harry: how many ?!\n\nJane", "?!"),
        ("ask harry: how many,", ""),
        ("show", ""),
    ],
)
def test_the_marks_that_tidying_took_off(text: str, marks: str) -> None:
    assert marks_at_end(text, first_line(text)) == marks
    assert marks_at_end("when?", first_line(text)) == ""


def test_a_line_of_marks_is_no_order() -> None:
    assert first_order_line(":\nset harm") == ("", "")


@given(st.text(alphabet="On wrote:>-_\nFrom<a@.b>12/ ", max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    line, rest = first_order_line(text)
    assert "\n" not in line
    assert line or not rest
    assert first_line(text) == line
    new_words(text)


@pytest.mark.parametrize(
    "piece", ["On ", "On Mon,\n", "From: a\n", "> ", "\n", "-", " ", "On a <x@y.z\n"]
)
def test_repeated_pieces_are_read(piece: str) -> None:
    """Mail rule C12."""
    new_words(piece * 20_000)
    first_order_line(piece * 20_000)


@pytest.mark.parametrize(
    ("name", "order"),
    [
        ("0002-outlook-desktop-approve", ("Approve v2", "")),
        ("0003-outlook-web-html-only-approve", ("approve v2", "Tom Teal")),
        ("0004-gmail-approve", ("APPROVE V2", "")),
        ("0005-apple-mail-reject", ("reject v2: the date in the second paragraph is wrong", "")),
        ("0006-iphone-hold", ("Hold v2", "")),
        (
            "0007-outlook-phone-order",
            ("ncnd 23(5) 24(2) 31(3)(a)", "The requester’s question is about planned attacks."),
        ),
        ("0008-external-banner-approve", ("approve v2", "")),
        ("0028-bottom-posted", ("", "")),
    ],
)
def test_orders_as_mail_programs_write_them(
    sample: Callable[[str], IncomingMail], name: str, order: tuple[str, str]
) -> None:
    assert first_order_line(sample(name).text) == order


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("approve v1", ""),
        ("> approve v1\nNo.", ""),
        ("approve v1\n\nThanks\nTom", "Thanks\nTom"),
        ("approve v1\nThanks\nSent from my iPhone", "Thanks"),
        ("approve v1\n-- \nTom\nNot so.", "--\nTom\nNot so."),
        ("approve v1\n\nOn Tue, 8 Dec 2020, Jane wrote:\n> one\n> two\nNo.\n> three", ">\nNo.\n>"),
        ("approve v1\n\nOn Tue, 8 Dec 2020, Jane wrote:\n\none", ""),
        (f"approve v1\nYes.\n{REPLY_MARKER}\nNo.", "Yes."),
    ],
)
def test_all_that_stands_under_the_first_line_is_everything_of_the_senders_own(
    text: str, left: str
) -> None:
    assert all_under_first_line(text) == left
