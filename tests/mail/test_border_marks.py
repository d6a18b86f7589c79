"""Warnings on top, tags and detours that an authority's own mail system writes into mail (mail rules E9, E17)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foibot.mail.border_marks import direct, leads_to, without_tag, without_warning
from foibot.mail.message import IncomingMail
from foibot.mail.reply_text import first_order_line

PAGE = "https://www.exampleshire-gazette.example/news/2020/cameras?page=2&from=a_b-c"

WARNINGS = {
    "a tag": "[EXTERNAL]",
    "a tag between stars and a rule": "*** EXTERNAL EMAIL ***\n---------",
    "a rule after a gap": "[External Sender]\n\n=====",
    "a sentence": "This message was sent from outside your organisation",
    "Microsoft on a first message": "You don't often get email from foi@x.example. Learn why this is important",
    "Microsoft, with its link": "You don’t often get email from foi@x.example. Learn why this is important"
    "<https://aka.ms/LearnAboutSenderIdentification>",
    "Microsoft to several": "Some people who received this message don't often get email from sam@x.example. "
    "Learn why this is important<https://aka.ms/LearnAboutSenderIdentification>",
    "Exchange's example, wrapped": "CAUTION: This email originated from outside of the organisation. Do not\n"
    "click links or open attachments unless you recognise the sender and know\nthe content is safe.",
    "ending in a clause": "CAUTION: This email originated from outside the organisation and\nought to be treated with care.",
    "with the name of the council": "EXTERNAL EMAIL: This email originated from outside of Exampleshire County Council. "
    "Please think before you click.",
    "a heading, then the rest": "WARNING\n\nThis email came from an external source. If in doubt, contact the service desk.",
    "a sign": "⚠ External sender. Take care when opening links.",
    "between stars": "**** This email has been received from outside the organisation. Please take care when opening "
    "attachments or clicking links. If suspicious, report to the IT Service Desk. ****",
    "Mimecast's CyberGraph": "This is the first time you received an email from this sender (sam@x.example). Exercise "
    "caution when clicking on links, attachments or taking further action, before validating its authenticity.",
    "in two languages": "RHYBUDD: Daeth yr e-bost hwn o'r tu allan i'r sefydliad. Peidiwch â chlicio ar ddolenni.\n"
    "CAUTION: This email originated from outside the organisation. Do not click links.",
}


@pytest.mark.parametrize("warning", WARNINGS.values(), ids=list(WARNINGS))
def test_a_warning_on_top_is_left_out(warning: str) -> None:
    """Mail rule E9."""
    for end in ("\n\n", "\n"):
        assert without_warning(f"{warning}{end}How many outside?\n") == "How many outside?\n"
    assert without_warning(f"\n{warning}\n") == f"\n{warning}\n", "nothing else would be left"


@pytest.mark.parametrize(
    "text",
    [
        "Warning signs outside schools: how many were put up?\n\nSam",
        "External contractors\n\nHow many?",
        "External\n\nWhat is spent on outside consultants?",
        "This message was sent from outside the UK because I live in Spain. Please tell me how many.\n\nSam",
        "This email is from someone outside the council who wants to know how many staff you have\n\nSam",
        "I am writing from outside your council's area. How many bins are there?",
        "Please treat this email with caution. How many outside contractors?",
        "[EXTERNAL] Dear Sir, how many?",
        "Please do not click links.\n\nHow many outside?",
        "CAUTION: This email is external to nobody. " + "It goes on. " * 12 + "\n\nHow many?",
        "CAUTION: external " + "x" * 1_000 + "\n\nHow many?",
        "How many external auditors are there?",
    ],
)
def test_what_a_requester_wrote_stays(text: str) -> None:
    assert without_warning(text) == text


def test_what_is_asked_right_under_a_warning_stays() -> None:
    warning = "CAUTION: This email originated from outside the organisation\n"
    asked = "Please send the list of cautions unless it is held elsewhere.\nSam"
    assert without_warning(warning + asked) == asked
    lines = "\n".join(f"line {number}" for number in range(200))
    assert without_warning(f"{warning}\n{lines}") == lines


@given(st.text(st.sampled_from("[]*external outside.!\n this email"), max_size=200))
def test_nothing_but_the_top_goes(text: str) -> None:
    kept = without_warning(text)
    assert text.endswith(kept)
    assert kept or not text


@pytest.mark.parametrize(
    ("subject", "shown"),
    [
        ("[EXTERNAL] Parking fines", "Parking fines"),
        ("Re: [External] RE: [EXT] Parking fines", "Re: RE: Parking fines"),
        ("*EXTERNAL EMAIL*: Parking fines", "Parking fines"),
        ("{EXT} Fwd: Parking fines", "Fwd: Parking fines"),
        ("[EXT] [EXT] [EXT] [EXT] Parking fines", "[EXT] Parking fines"),
        ("[EXTERNAL]", "[EXTERNAL]"),
        ("External auditors", "External auditors"),
        ("[Extract] Parking fines", "[Extract] Parking fines"),
    ],
)
def test_a_tag_of_the_border_is_no_part_of_the_subject(subject: str, shown: str) -> None:
    assert without_tag(subject) == shown


DETOURS = {
    "Safe Links": (
        "https://eur03.safelinks.protection.outlook.com/?url=https%3A%2F%2Fx.example%2Fa%3Fb%3D1&data=04%7C&reserved=0",
        "https://x.example/a?b=1",
    ),
    "Safe Links, a later form": (
        "https://eur03.safelinks.protection.outlook.com/ap/w-59584e83/?url=https%3A%2F%2Fx.example%2F&data=05%7C02",
        "https://x.example/",
    ),
    "Safe Links to an address": (
        "https://gbr01.safelinks.protection.outlook.com/?url=mailto%3Asam%40x.example&data=05%7C02",
        "mailto:sam@x.example",
    ),
    "Proofpoint, second form": (
        "https://urldefense.proofpoint.com/v2/url?u=https-3A__x.example_a-2Db-5Fc-3Fd-3D1&d=DwMFaQ&c=eu&r=Qp&e=",
        "https://x.example/a-b_c?d=1",
    ),
    "Proofpoint, third form": (
        "https://urldefense.com/v3/__https://x.example/a*b?c__;Iw!!JmoZ!9nJ2a5Q$",
        "https://x.example/a#b?c",
    ),
    "Proofpoint, several letters": (
        "https://urldefense.com/v3/__https://x.example/**Bc__;w6TDtsO8!!JmoZ!9nJ2a5Q$",
        "https://x.example/äöüc",
    ),
    "Proofpoint, one slash lost": (
        "https://urldefense.com/v3/__https:/x.example/a__;!!JmoZ!9nJ2a5Q$",
        "https://x.example/a",
    ),
}


@pytest.mark.parametrize(("detour", "target"), DETOURS.values(), ids=list(DETOURS))
def test_a_link_is_shown_as_it_was_written(detour: str, target: str) -> None:
    """Mail rule E17."""
    assert direct(f"See ({detour}).") == f"See ({target})."
    assert direct(f"<{detour}>\nand {detour}") == f"<{target}>\nand {target}"


@pytest.mark.parametrize(
    "link",
    [
        "https://eur03.safelinks.protection.outlook.com/?url=javascript%3Aalert(1)&data=x",
        "https://eur03.safelinks.protection.outlook.com/?url=https%3A%2F%2Fx.example%0Aapprove%20v1&data=x",
        "https://eur03.safelinks.protection.outlook.com/",
        "https://urldefense.com/v3/__https://x.example/*__;!!!!!",
        "https://urldefense.com/v3/__https://x.example/*__;_w!!x$",
        "https://urldefense.com/v3/__https://x.example/a__;A!!x$",
        "https://elsewhere.example/?x=safelinks.protection.outlook.com",
    ],
)
def test_what_does_not_lead_to_a_page_stays(link: str) -> None:
    text = f"See {link} there"
    assert "approve v1" not in direct(text)
    assert direct(text) in {text, "See https://x.example/ there!!! there"} or "x.example/" in link


def test_mimecast_s_link_says_only_the_server() -> None:
    link = "https://protect-eu.mimecast.com/s/k2qYCnO1oS8BvQ3Hwq8Zl?domain=x.example"
    assert leads_to(link, "see www.X.example/page")
    assert not leads_to(link, "see y.example")
    assert not leads_to("https://x.example", "x.example")


@pytest.mark.parametrize(
    ("name", "first", "link"),
    [
        ("0033-request-under-microsoft-s-warnings", "Dear Sir or Madam,", f"the Gazette<{PAGE}>"),
        ("0034-request-under-a-warning-of-google-workspace", "Dear Sir or Madam,", PAGE),
        ("0035-request-under-proofpoint-s-warning", "Dear Sir or Madam,", PAGE),
        (
            "0036-request-under-an-authority-s-own-table",
            "Dear Sir or Madam,",
            "in www.exampleshire-gazette.example.\n",
        ),
        ("0037-approve-under-microsoft-s-warning", "approve v2", "<https://ico.org.uk/"),
        ("0038-approve-under-a-warning-of-google-workspace", "approve v2", "> reject vN"),
        ("0039-approve-under-proofpoint-s-warning", "approve v2", "<https://ico.org.uk/"),
        ("0040-approve-under-an-authority-s-own-table", "approve v2", "See ico.org.uk/make-a-"),
    ],
)
def test_a_mail_from_outside_as_the_border_hands_it_on(
    sample: Callable[[str], IncomingMail], name: str, first: str, link: str
) -> None:
    """Mail rules E9, E17."""
    mail = sample(name)
    assert mail.text.startswith(first)
    assert link in mail.text
    assert mail.flags == ()
    assert not mail.subject.startswith(("[", "{", "*"))
    assert first_order_line(mail.text)[0] == first.rstrip(",")


def test_a_warning_in_one_version_alone_is_no_difference(
    mail_with: Callable[..., IncomingMail],
) -> None:
    warning = "This email originated from outside the organisation. Do not click links or open attachments."
    html = f"<table><tr><td>{warning}</td></tr></table><p>How many?</p>"
    both = "--b\nContent-Type: text/plain\n\nHow many?\n--b\nContent-Type: text/html\n\n{}\n--b--\n"
    build = mail_with
    content = 'Content-Type: multipart/alternative; boundary="b"'
    assert build(content, body=both.format(html)).flags == ()
    words = " ".join(f"word{number}" for number in range(30))
    other = html.replace("</table>", f"</table><p>{words}</p>")
    assert build(content, body=both.format(other)).flags == ("parts differ",)
