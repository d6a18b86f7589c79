"""Only our own border's word counts, and only if it is clear (mail rules B7 to B10, RFC 8601)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foibot.mail.authentication_results import Authentication, Verdict, border_verdict
from foibot.mail.message import IncomingMail
from foibot.mail.parse import parse

MailWith = Callable[..., IncomingMail]
PASS, FAIL, UNKNOWN = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN
JANE = "Jane Orange <jane.orange@exampleshire.example>"
MX = "mx.exampleshire.example"
GOOD = f"Authentication-Results: {MX}; dmarc=pass header.from=exampleshire.example"
BY_MX = f"Received: from a.example by {MX}; Tue, 5 Jan 2021 14:02:11 +0000"
BY_EVIL = "Received: from b.example by evil.example; Tue, 5 Jan 2021 14:02:10 +0000"
BY_STORE = f"Received: from {MX} by store.exampleshire.example; Tue, 5 Jan 2021 14:02:12 +0000"

BLOCKS = {
    "on top": (f"{GOOD}\n{BY_MX}", PASS),
    "under our store's hop": (f"{BY_STORE}\n{GOOD}\n{BY_MX}\n{BY_EVIL}", PASS),
    "under our own hop": (f"{BY_MX}\n{GOOD}\n{BY_EVIL}", PASS),
    "under a stranger's hop": (f"{BY_EVIL}\n{GOOD}", UNKNOWN),
    "under our hop, then a stranger's": (f"{BY_MX}\n{BY_EVIL}\n{GOOD}", UNKNOWN),
    "a second one under our hop is invented": (
        f"Authentication-Results: {MX}; dmarc=none header.from=exampleshire.example\n{BY_MX}\n{GOOD}", UNKNOWN),
    "of another server": (GOOD.replace(MX, "mx.evil.example"), UNKNOWN),
    "of another server besides": (f"{GOOD.replace(MX, 'x.example').replace('pass', 'fail')}\n{GOOD}", PASS),
    "a fail in a second one wins": (f"{GOOD}\nAuthentication-Results: {MX}; auth=fail", FAIL),
    "a fail after a pass wins": (f"{GOOD}; dmarc=fail header.from=x.example", FAIL),
    "an unreadable second one": (f"{GOOD}\nAuthentication-Results: {MX}; dmarc", UNKNOWN),
    "a fail beside an unreadable one": (f"Authentication-Results: {MX}; dmarc=fail\nAuthentication-Results: {MX}; =", FAIL),
    "too long to read": (f"{GOOD}; x=" + "y" * 9_000, UNKNOWN),
    "none at all": ("X-A: b", UNKNOWN),
}  # fmt: skip


@pytest.mark.parametrize(("headers", "verdict"), BLOCKS.values(), ids=list(BLOCKS))
def test_only_the_block_of_our_border_counts(
    mail_with: MailWith, headers: str, verdict: Verdict
) -> None:
    """Mail rule B7."""
    mail = mail_with(headers, sender=JANE)
    assert border_verdict(mail, MX, ("store.exampleshire.example",)).verdict is verdict


RESULTS = {
    "aligned": ("dmarc=pass header.from=exampleshire.example", PASS),
    "in capitals": ("DMARC=Pass (p=REJECT) Header.From=ExampleShire.example", PASS),
    "quoted": ('dmarc="pass" header.from="exampleshire.example"', PASS),
    "among others": ("spf=fail smtp.mailfrom=x; dkim=none; dmarc=pass header.from=exampleshire.example", PASS),
    "with a reason": ('dmarc=pass reason="a; dmarc=fail" header.from=exampleshire.example', PASS),
    "a subdomain": ("dmarc=pass header.from=mail.exampleshire.example", UNKNOWN),
    "of the domain above": ("dmarc=pass header.from=example", UNKNOWN),
    "of another domain": ("dmarc=pass header.from=evil.example", FAIL),
    "of a domain that ends alike": ("dmarc=pass header.from=eexampleshire.example", FAIL),
    "of no domain": ("dmarc=pass", UNKNOWN),
    "given twice": ("dmarc=pass header.from=evil.example header.from=exampleshire.example", UNKNOWN),
    "with a stray word": ("dmarc=pass header.from=exampleshire.example stray", UNKNOWN),
    "a stray word elsewhere": ("spf=pass stray x=1 x=2; dmarc=pass header.from=exampleshire.example", PASS),
    "none": ("dmarc=none header.from=exampleshire.example", UNKNOWN),
    "best guess": ("dmarc=bestguesspass header.from=exampleshire.example", UNKNOWN),
    "temporary error": ("dmarc=temperror header.from=exampleshire.example", UNKNOWN),
    "fail": ("dmarc=fail (p=none) header.from=exampleshire.example", FAIL),
    "no result": ("none", UNKNOWN),
    "no result at all": ("", UNKNOWN),
    "only spf and dkim": ("spf=pass smtp.mailfrom=exampleshire.example; dkim=pass header.d=exampleshire.example", UNKNOWN),
    "hidden in a comment": ("x=y (; dmarc=pass header.from=exampleshire.example)", UNKNOWN),
    "hidden in a quote": ('x="; dmarc=pass header.from=exampleshire.example"', UNKNOWN),
    "pass in a comment, then fail": ("(; dmarc=pass); dmarc=fail", FAIL),
    "comment not closed": ("dmarc=pass header.from=exampleshire.example (", UNKNOWN),
    "quote not closed": ('dmarc=pass header.from="exampleshire.example', UNKNOWN),
    "login": ("auth=pass smtp.auth=jane.orange@exampleshire.example", PASS),
    "login of somebody else": ("auth=pass smtp.auth=tom.teal@exampleshire.example", UNKNOWN),
    "login, envelope": ("auth=pass smtp.mailfrom=Jane.Orange@exampleshire.example", PASS),
    "login before envelope": (
        "auth=pass smtp.auth=tom.teal smtp.mailfrom=jane.orange@exampleshire.example", UNKNOWN),
    "login without a domain": ("auth=pass (plain) smtp.auth=jane.orange", PASS),
    "nobody's login": ("auth=pass", UNKNOWN),
    "failed login": ("auth=fail smtp.auth=jane.orange", FAIL),
}  # fmt: skip


@pytest.mark.parametrize(("results", "verdict"), RESULTS.values(), ids=list(RESULTS))
def test_results(mail_with: MailWith, results: str, verdict: Verdict) -> None:
    mail = mail_with(f"Authentication-Results: {MX}; {results}", sender=JANE)
    found = border_verdict(mail, MX, own_domain="exampleshire.example")
    assert found.verdict is verdict
    assert (found.method != "") == (verdict is not UNKNOWN)


def test_a_login_without_a_domain_needs_our_own(mail_with: MailWith) -> None:
    mail = mail_with(f"Authentication-Results: {MX}; auth=pass smtp.auth=jane.orange", sender=JANE)
    assert border_verdict(mail, MX).verdict is UNKNOWN
    assert border_verdict(mail, MX, own_domain="x.example").verdict is UNKNOWN


def test_nobody_is_vouched_for_when_the_sender_is_unclear(mail_with: MailWith) -> None:
    mail = mail_with(GOOD, sender="jane.orange@exampleshire.example <evil@elsewhere.example>")
    assert border_verdict(mail, MX).verdict is UNKNOWN


def test_without_a_border_nothing_is_known(mail_with: MailWith) -> None:
    neither = mail_with(f"Authentication-Results: {MX}; spf=pass", sender=JANE)
    assert border_verdict(neither, MX).evidence == "neither dmarc nor auth"
    absent = border_verdict(mail_with("X-A: b", sender=JANE), MX)
    assert absent.evidence == f"no result by {MX}"
    assert border_verdict(mail_with(GOOD, sender=JANE), "") == Authentication(
        UNKNOWN, "", "no border is configured"
    )


def test_the_evidence_is_what_was_read(mail_with: MailWith) -> None:
    found = border_verdict(mail_with(GOOD, sender=JANE), MX)
    assert found == Authentication(PASS, "dmarc", "dmarc=pass header.from=exampleshire.example")


# RFC 8601 appendix B, with the sender's domain made to fit; B.1 has no header at all.
RFC_8601 = {
    "B.2": ("example.org 1; none", "a@example.net", UNKNOWN),
    "B.3": ("example.com;\n spf=pass smtp.mailfrom=example.net", "a@example.net", UNKNOWN),
    "B.4 login": (
        "example.com;\n auth=pass (cram-md5) smtp.auth=sender@example.net;\n spf=pass smtp.mailfrom=example.net",
        "sender@example.net", PASS),
    "B.4 sender-id": ("example.com; iprev=pass\n policy.iprev=192.0.2.200", "a@example.net", UNKNOWN),
    "B.5": (
        "example.com;\n dkim=pass (good signature) header.d=example.com;\n dmarc=pass (p=none) header.from=example.com",
        "sender@example.com", PASS),
    "B.6": (
        ("example.com;\n dkim=pass reason=\"good signature\"\n header.i=@mail-router.example.net;\n"
        " dkim=fail reason=\"bad signature\"\n header.i=@newyork.example.com"),
        "sender@newyork.example.com", UNKNOWN),
    "B.7": (
        ("foo.example.net (foobar) 1 (baz);\n dkim (Because I like it) / 1 (One yay) = (wait for it) fail\n"
        " policy (A dot can go here) . (like that) expired\n (this surprised me) = (as I wasn't expecting it) 1362471462"),
        "a@example.net", UNKNOWN),
    "B.7 with dmarc": (
        ("\"foo.example.net\" (foobar) 1 (baz);\n dmarc (I like it) / 1 (yay) = (wait) pass\n"
        " header (a dot) . (like that) from\n (so) = (well) example.net"),
        "a@example.net", PASS),
}  # fmt: skip


@pytest.mark.parametrize(("value", "sender", "verdict"), RFC_8601.values(), ids=list(RFC_8601))
def test_the_examples_of_the_standard(
    mail_with: MailWith, value: str, sender: str, verdict: Verdict
) -> None:
    """Mail rule B10."""
    mail = mail_with(f"Authentication-Results: {value}", sender=sender)
    identity = value.split(";")[0].split()[0].strip('"')
    found = border_verdict(mail, identity)
    assert found.verdict is verdict
    assert "could not be read" not in found.evidence


M365 = (
    "Authentication-Results: spf=pass (sender IP is 192.0.2.25) smtp.mailfrom=exampleshire.example;"
    " dkim=pass header.d=exampleshire.example;dmarc={} action=none header.from=exampleshire.example"
)
MARK = "X-MS-Exchange-Organization-AuthSource: x"


@pytest.mark.parametrize(
    ("headers", "verdict"),
    [
        (f"{M365.format('pass')}\n{MARK}", PASS),
        (f"{M365.format('fail')}\n{MARK}", FAIL),
        (f"{M365.format('none')}\n{M365.format('pass')}\n{MARK}", UNKNOWN),
        (M365.format("pass"), UNKNOWN),
        (f"{GOOD}\n{M365.format('pass')}\n{MARK}", UNKNOWN),
        (f"Authentication-Results: (\n{MARK}", UNKNOWN),
        (f"Authentication-Results:\n{MARK}", UNKNOWN),
        (MARK, UNKNOWN),
    ],
)
def test_microsoft_s_form_without_an_id(
    mail_with: MailWith, headers: str, verdict: Verdict
) -> None:
    """Mail rule B8."""
    assert border_verdict(mail_with(headers, sender=JANE), "m365").verdict is verdict


def test_microsoft_s_form_is_not_believed_of_others(mail_with: MailWith) -> None:
    mail = mail_with(f"{M365.format('pass')}\n{MARK}", sender=JANE)
    assert border_verdict(mail, MX).verdict is UNKNOWN


@given(st.text(alphabet='dmarc=pass;() "\\/.header.from', max_size=120))
def test_any_text_gives_a_verdict(value: str) -> None:
    mail = parse(f"Authentication-Results: {MX}; {value}\nFrom: {JANE}\n\nx".encode())
    assert isinstance(mail, IncomingMail)
    border_verdict(mail, MX)


INTERNAL = "X-MS-Exchange-Organization-AuthAs: Internal"


@pytest.mark.parametrize(
    ("headers", "border", "believed", "verdict"),
    [
        (f"{M365.format('none')}\n{INTERNAL}", "m365", True, PASS),
        (INTERNAL, "m365", True, PASS),
        (f"{M365.format('none')}\n{INTERNAL}", "m365", False, UNKNOWN),
        (f"{M365.format('fail')}\n{INTERNAL}", "m365", True, FAIL),
        (f"{M365.format('none')}\n{MARK}", "m365", True, UNKNOWN),
        (f"{INTERNAL}\n{INTERNAL.replace('Internal', 'Anonymous')}", "m365", True, UNKNOWN),
        (INTERNAL, MX, True, UNKNOWN),
    ],
)
def test_b9_exchange_s_mark_on_its_own_tenants_mail(
    mail_with: MailWith, headers: str, border: str, *, believed: bool, verdict: Verdict
) -> None:
    mail = mail_with(headers, sender=JANE)
    assert border_verdict(mail, border, exchange_internal=believed).verdict is verdict


def test_b9_the_mark_vouches_for_nobody_who_is_not_clear(mail_with: MailWith) -> None:
    mail = mail_with(INTERNAL, sender=f"{JANE}, evil@elsewhere.example")
    assert border_verdict(mail, "m365", exchange_internal=True).verdict is UNKNOWN


LIST = "lists.exampleshire.example"
SEAL = "ARC-Seal: i={}; a=rsa-sha256; t=1609855200; cv=none; d={}; s=s1; b=c2VhbA=="
SAW = "ARC-Authentication-Results: i={}; mx.{}; dmarc={} header.from={}"
FORWARDED = (
    f"Authentication-Results: {MX}; arc=pass (i=1); dmarc=fail header.from=exampleshire.example"
)
SEALED = SEAL.format(1, LIST)
VOUCHED = SAW.format(1, LIST, "pass", "exampleshire.example")


@pytest.mark.parametrize(
    ("headers", "verdict"),
    [
        (f"{FORWARDED}\n{SEALED}\n{VOUCHED}", PASS),
        (f"{FORWARDED}\n{SEALED};\n{VOUCHED}", PASS),
        (f"{FORWARDED}\n{SEAL.format(2, LIST)}\n{SEALED}\n{VOUCHED}", PASS),
        (f"{FORWARDED}\n{SEAL.format(2, 'elsewhere.example')}\n{SEALED}\n{VOUCHED}", FAIL),
        (f"{FORWARDED}\n{SEAL.format(1, 'elsewhere.example')}\n{VOUCHED}", FAIL),
        (f"{FORWARDED}\n{SEAL.format(2, LIST)}\n{VOUCHED}", FAIL),
        (f"{FORWARDED}\n{SEALED}; d={LIST}\n{VOUCHED}", FAIL),
        (f"{FORWARDED}\n{VOUCHED}", FAIL),
        (f"{FORWARDED}\n{SEALED}", FAIL),
        (f"{FORWARDED}\n{SEALED}\n{VOUCHED}\n{VOUCHED}", FAIL),
        (f"{FORWARDED}\n{SEALED}\n{SAW.format(2, LIST, 'pass', 'exampleshire.example')}", FAIL),
        (f"{FORWARDED}\n{SEALED}\n{SAW.format(1, LIST, 'pass', 'elsewhere.example')}", FAIL),
        (f"{FORWARDED}\n{SEALED}\n{SAW.format(1, LIST, 'fail', 'exampleshire.example')}", FAIL),
        (f"{FORWARDED}\n{SEALED}\n{VOUCHED} (", FAIL),
        (f"{FORWARDED.replace('arc=pass', 'arc=fail')}\n{SEALED}\n{VOUCHED}", FAIL),
        (f"{FORWARDED.replace('arc=pass', 'arc=pass; arc=none')}\n{SEALED}\n{VOUCHED}", FAIL),
        (f"{FORWARDED}; auth=fail smtp.auth=x\n{SEALED}\n{VOUCHED}", FAIL),
        (f"{SEALED}\n{VOUCHED}", UNKNOWN),
    ],
)
def test_what_a_trusted_server_saw_before_it_passed_the_mail_on(
    mail_with: MailWith, headers: str, verdict: Verdict
) -> None:
    """Mail rule B7: a seal counts by our own border's word alone, and only if every seal is trusted."""
    found = border_verdict(mail_with(headers, sender=JANE), MX, sealers=(LIST.upper(),))
    assert found.verdict is verdict
    if verdict is PASS:
        assert found.method == "arc"
        assert found.evidence.startswith(f"sealed by {LIST}: dmarc=pass")
    assert border_verdict(mail_with(headers, sender=JANE), MX).verdict is not PASS
