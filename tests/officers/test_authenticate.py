"""Each check in its order: the first that fails decides, and names a person only where that tells a stranger nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from foibot.mail.authentication_results import Authentication, Verdict
from foibot.mail.message import IncomingMail
from foibot.officers.authenticate import (
    Check,
    Doubt,
    Doubtful,
    Identified,
    Purpose,
    Secret,
    Unproven,
    confirmation,
    identify,
)
from foibot.officers.roster import Officer
from tests.officers.officers_tools import (
    EVERYBODY,
    JANE,
    MAILBOX,
    NOW,
    OWN_DOMAINS,
    PASS,
    RUTH,
    TOM,
    mail_from,
    secret,
)

STRANGER = "sam@elsewhere.example"
FAIL = Authentication(Verdict.FAIL, "dmarc", "dmarc=fail")
SHARED = "team@exampleshire.example"
UNKNOWN = Authentication(Verdict.UNKNOWN, "", "")


def who(
    mail: IncomingMail, secrets: Sequence[Secret] = (), border: Authentication = PASS
) -> Identified | Doubtful | Unproven:
    roster = replace(EVERYBODY, shared=(SHARED,))
    return identify(mail, secrets, border, roster, OWN_DOMAINS, MAILBOX, NOW)


def sent_by(sender: str) -> IncomingMail:
    """From Jane, with a Sender of its own."""
    return replace(mail_from(), headers=(("sender", sender),))


def login(account: str, verdict: Verdict = Verdict.PASS) -> Authentication:
    """What a border says that saw this account hand the mail in."""
    return Authentication(verdict, "dmarc", "dmarc=pass", (account,))


def test_an_officer_who_answers_an_own_notice_is_identified() -> None:
    assert who(mail_from(), [secret()]) == Identified(JANE, (secret(),))


def test_an_answer_is_about_the_message_of_the_newest_notice() -> None:
    asked = replace(secret(case=""), message=57)
    found = who(mail_from(), [asked, secret()])
    assert isinstance(found, Identified)
    assert found.message == 57
    assert Identified(JANE, (secret(),)).message == 0


# Each line breaks one check and, below it, everything that comes later, so that the order shows.
OLD = secret(RUTH, expires_at=NOW)
CHECKS: list[tuple[IncomingMail, list[Secret], Authentication, Check, Officer | None]] = [
    (mail_from(STRANGER, subject="Fwd: a notice"), [], FAIL, Check.FORWARDED, None),
    (mail_from(STRANGER, subject="WG: a notice"), [OLD], FAIL, Check.FORWARDED, RUTH),
    (mail_from(None), [], FAIL, Check.SENDER, None),
    (mail_from(STRANGER), [], PASS, Check.SENDER, None),
    (mail_from(STRANGER), [OLD], FAIL, Check.SENDER, RUTH),
    (mail_from(STRANGER), [secret()], PASS, Check.SENDER, JANE),
    (mail_from(cc=(STRANGER,)), [OLD], FAIL, Check.BORDER, JANE),
    (mail_from(), [secret()], FAIL, Check.BORDER, JANE),
    (mail_from(), [], UNKNOWN, Check.BORDER, JANE),
    (mail_from(), [secret(TOM)], UNKNOWN, Check.BORDER, JANE),
    (mail_from(cc=(STRANGER,)), [secret()], UNKNOWN, Check.BORDER, JANE),
    (mail_from(), [secret(expires_at=NOW)], UNKNOWN, Check.BORDER, JANE),
    (mail_from(SHARED), [], PASS, Check.SHARED, None),
    (mail_from("Team+x@ExampleShire.example"), [secret(TOM)], FAIL, Check.SHARED, TOM),
    (sent_by(TOM.address), [OLD], PASS, Check.ON_BEHALF, JANE),
    (sent_by(f"{JANE.address}, {TOM.address}"), [OLD], PASS, Check.ON_BEHALF, JANE),
    (sent_by("Jane Orange"), [OLD], PASS, Check.ON_BEHALF, JANE),
    (mail_from(cc=(STRANGER,)), [OLD], login(TOM.aliases[0]), Check.ANOTHER_LOGIN, JANE),
    (mail_from(), [secret()], login(RUTH.address, Verdict.UNKNOWN), Check.ANOTHER_LOGIN, JANE),
    (mail_from(cc=(STRANGER,)), [], PASS, Check.UNANSWERED, JANE),
    (mail_from(cc=(STRANGER,)), [OLD], PASS, Check.NOT_YOURS, JANE),
    (mail_from(), [secret(TOM), secret(RUTH)], PASS, Check.NOT_YOURS, JANE),
    (mail_from(cc=(STRANGER,)), [secret(expires_at=NOW)], PASS, Check.OUTSIDERS, JANE),
    (mail_from(cc=(STRANGER,)), [secret()], PASS, Check.OUTSIDERS, JANE),
    (mail_from(to=(MAILBOX, STRANGER)), [secret()], PASS, Check.OUTSIDERS, JANE),
    (mail_from(to=(MAILBOX, "undisclosed")), [secret()], PASS, Check.OUTSIDERS, JANE),
    (mail_from(cc=("x@exampleshire.example.evil.example",)), [secret()], PASS, Check.OUTSIDERS, JANE),
]  # fmt: skip


@pytest.mark.parametrize(("mail", "secrets", "border", "check", "officer"), CHECKS)
def test_the_first_failing_check_decides(
    mail: IncomingMail,
    secrets: list[Secret],
    border: Authentication,
    check: Check,
    officer: Officer | None,
) -> None:
    assert who(mail, secrets, border) == Unproven(check, officer)


def test_every_check_is_in_the_table() -> None:
    # The last one is about what was asked before, which no single mail can tell.
    assert {check for _, _, _, check, _ in CHECKS} == {*Check} - {Check.WAITS}


def test_the_words_of_a_check_are_sentences() -> None:
    assert all(check.value[0].isupper() and check.value.endswith(".") for check in Check)


@pytest.mark.parametrize("address", [TOM.address, *TOM.aliases, "T.Teal@Exampleshire.EXAMPLE"])
def test_an_alias_is_the_same_person(address: str) -> None:
    assert who(mail_from(address), [secret(TOM)]) == Identified(TOM, (secret(TOM),))


def test_a_secret_sent_to_an_alias_belongs_to_its_person() -> None:
    before_the_change = Secret("old", TOM.aliases[0], "000042/20", 1, NOW + timedelta(1), False, False)  # fmt: skip
    assert who(mail_from(TOM.address), [before_the_change]) == Identified(TOM, (before_the_change,))


def test_colleagues_in_copy_do_no_harm() -> None:
    mail = mail_from(to=(f"foi+c-abc@{OWN_DOMAINS[0]}",), cc=("Clerk@Staff.Exampleshire.example",))
    assert isinstance(who(mail, [secret()]), Identified)


def test_a_list_of_recipients_too_long_to_read_may_hide_anybody() -> None:
    cut = replace(mail_from(), flags=("recipients cut",))
    assert who(cut, [secret()]) == Unproven(Check.OUTSIDERS, JANE)


def test_the_mailbox_itself_is_nobody_outside_wherever_it_is() -> None:
    there = "foi@mail.provider.example"

    def sent_to(*to: str) -> Identified | Doubtful | Unproven:
        mail = mail_from(to=to)
        return identify(mail, [secret()], PASS, EVERYBODY, OWN_DOMAINS, there, NOW)

    assert sent_to("Foi+c-k7@mail.provider.example") == Identified(JANE, (secret(),))
    other = sent_to("foi@mail.provider.example", "sam@mail.provider.example")
    assert other == Unproven(Check.OUTSIDERS, JANE)


def test_a_reply_to_a_forward_is_no_forward() -> None:
    assert isinstance(who(mail_from(subject="Re: Re: a notice"), [secret()]), Identified)
    unproven = who(mail_from(subject="Re: Fwd: a notice"), [secret()])
    assert unproven == Unproven(Check.FORWARDED, JANE)


def test_used_and_revoked_secrets_still_prove_who_writes() -> None:
    spent = [secret(used=True), secret(revoked=True, name="two")]
    assert who(mail_from(), spent) == Identified(JANE, tuple(spent))


def test_only_own_secrets_in_their_time_count() -> None:
    mine = secret(name="mine")
    others = [secret(TOM, name="toms"), mine, secret(name="old", expires_at=NOW)]
    assert who(mail_from(), others) == Identified(JANE, (mine,))


def test_the_case_is_the_newest_secrets() -> None:
    digest = secret(case="", name="digest")
    new, old = secret(case="000043/20", name="new"), secret(case="000042/20", name="old")
    assert Identified(JANE, (new, old)).case == "000043/20"
    assert Identified(JANE, (digest, old)).case == "000042/20"
    assert Identified(JANE, (digest,)).case == ""


def test_the_secret_of_a_version() -> None:
    v2, v1, general = secret(version=2), secret(version=1, used=True), secret(version=0)
    found = Identified(TOM, (v2, v1, general))
    assert found.secret_for(2) is v2
    assert found.secret_for(1) is v1
    assert found.secret_for(3) is None
    assert found.secret_for(0) is None


def test_the_newest_secret_of_a_version_counts() -> None:
    spent, fresh = secret(version=1, used=True), secret(version=1, name="fresh")
    assert Identified(TOM, (fresh, spent)).secret_for(1) is fresh
    assert Identified(TOM, (spent, fresh)).secret_for(1) is spent


def test_a_secret_of_another_case_decides_nothing() -> None:
    here, elsewhere = secret(case="000043/20"), secret(case="000042/20", version=1)
    assert Identified(TOM, (here, elsewhere)).secret_for(1) is None


def test_an_order_that_only_the_border_is_silent_on_waits_for_its_officer() -> None:
    old = secret(name="old", expires_at=NOW)
    assert who(mail_from(), [secret(), old, secret(TOM)], UNKNOWN) == Doubtful(
        Doubt.NO_VERDICT, JANE, (secret(), old)
    )


def test_an_answer_to_an_old_notice_waits_for_its_officer() -> None:
    old = secret(expires_at=NOW)
    assert who(mail_from(), [old]) == Doubtful(Doubt.OLD_NOTICE, JANE, (old,))


@pytest.mark.parametrize("sender", [JANE.address, f"Jane <{JANE.address.upper()}>"])
def test_a_sender_header_with_the_officers_own_address_does_no_harm(sender: str) -> None:
    assert isinstance(who(sent_by(sender), [secret()]), Identified)


@pytest.mark.parametrize("account", [JANE.address, "scanner@exampleshire.example", ""])
def test_a_login_that_is_nobody_elses_does_no_harm(account: str) -> None:
    assert isinstance(who(mail_from(), [secret()], login(account)), Identified)


def test_the_newest_confirmation_is_found() -> None:
    one, two = (replace(secret(name=name), purpose=Purpose.CONFIRM) for name in "ab")
    assert confirmation([secret(), one, two]) is one
    assert confirmation([secret()]) is None


def test_a_list_of_recipients_that_cannot_be_read_may_hide_anybody() -> None:
    broken = replace(mail_from(), flags=("recipients cannot be read",))
    assert who(broken, [secret()]) == Unproven(Check.OUTSIDERS, JANE)
