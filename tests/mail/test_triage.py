"""Every message gets one disposition: the first rule that fits, what is dangerous before what is usual."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foibot.mail.bounce import Bounce, read_bounce
from foibot.mail.machine import Sign, Weight, machine_signs
from foibot.mail.message import Address, Attachment, IncomingMail
from foibot.mail.triage import NOT_A_REQUEST, Disposition, Findings, Triage, triage

D = Disposition
PLAIN = IncomingMail(
    message_id="<m1@elsewhere.example>",
    sender=Address("sam@elsewhere.example", "Sam Smith"),
    shown_sender="Sam Smith <sam@elsewhere.example>",
    reply_to=(),
    to=(Address("foi@exampleshire.example"),),
    cc=(),
    delivered_to=(),
    subject="Parking fines",
    in_reply_to=(),
    references=(),
    return_path=None,
    text="How many?\n",
    from_html=False,
    attachments=(),
    headers=(),
    body_hash="0" * 64,
    date="",
    flags=(),
)
NAMELESS = replace(PLAIN, sender=None)
EMPTY = replace(PLAIN, text=" \n\t")
IN_A_FILE = replace(EMPTY, attachments=(Attachment("q.pdf", "q.pdf", "application/pdf", b""),))
MACHINE = Sign("A2", "Auto-Submitted: auto-replied", Weight.AUTOMATIC)
SHY = Sign("A7", "From: noreply@", Weight.NO_ACK)
OUTLOOK = Sign("A4", "X-Auto-Response-Suppress: All", Weight.NO_ACK)
BOUNCE = Bounce(True, ("sam@elsewhere.example",), "5.1.1", "550 no such user", (), ())
WORDS_ONLY = replace(BOUNCE, status="")
NOTHING_SAID = replace(BOUNCE, status="", diagnostic="")

ALL = Findings(
    from_us=True,
    twins=frozenset({D.REQUEST}),
    officer=True,
    answers_notice=True,
    reads_like_order=True,
    case_by_thread="1/20",
    case_by_reference="2/20",
    reference_is_theirs=True,
    case_by_text="3/20",
)


def after(**not_found: Any) -> Findings:
    """Everything found but what is taken away, so that the order of the rules shows."""
    return replace(ALL, **not_found)


PUBLIC = after(from_us=False, twins=frozenset(), answers_notice=False, officer=False)
TABLE: list[tuple[IncomingMail, tuple[Sign, ...], Bounce | None, Findings, tuple[D, str, str]]] = [
    (NAMELESS, (MACHINE,), BOUNCE, ALL, (D.OWN_COPY, "A9", "1/20")),
    (NAMELESS, (MACHINE,), BOUNCE, after(from_us=False), (D.DUPLICATE, "D1", "1/20")),
    (NAMELESS, (MACHINE,), BOUNCE, after(from_us=False, twins=frozenset()), (D.BOUNCE, "A11", "1/20")),
    (NAMELESS, (SHY, MACHINE), None, after(from_us=False, twins=frozenset()), (D.AUTO, "A2", "1/20")),
    (NAMELESS, (SHY,), None, after(from_us=False, twins=frozenset()), (D.AUTO, "A7", "1/20")),
    (NAMELESS, (OUTLOOK,), None, after(from_us=False, twins=frozenset()), (D.COMMAND, "E", "1/20")),
    (PLAIN, (), None, replace(PUBLIC, officer=True), (D.COMMAND, "E", "")),
    (PLAIN, (), None, replace(PUBLIC, officer=True, reads_like_order=False), (D.UNMATCHED, "A14", "1/20")),
    (NAMELESS, (SHY,), None, PUBLIC, (D.FOLLOWUP, "D4", "1/20")),
    (NAMELESS, (SHY,), None, replace(PUBLIC, case_by_thread=""), (D.FOLLOWUP, "D5", "2/20")),
    (
        NAMELESS,
        (SHY,),
        None,
        replace(PUBLIC, case_by_thread="", reference_is_theirs=False),
        (D.UNMATCHED, "B16", ""),
    ),
    (
        NAMELESS,
        (SHY,),
        None,
        replace(PUBLIC, case_by_thread="", case_by_reference=""),
        (D.FOLLOWUP, "D3", "3/20"),
    ),
    (NAMELESS, (SHY,), None, Findings(thread_in_doubt=True, case_by_text="3/20"), (D.FOLLOWUP, "D3", "3/20")),
    (NAMELESS, (SHY,), None, Findings(thread_in_doubt=True), (D.UNMATCHED, "D2", "")),
    (NAMELESS, (SHY,), None, Findings(), (D.UNMATCHED, "B6", "")),
    (EMPTY, (SHY,), None, Findings(), (D.UNMATCHED, "C30", "")),
    (replace(PLAIN, text="> quoted\n-- \nSam"), (), None, Findings(), (D.UNMATCHED, "C30", "")),
    (replace(PLAIN, text="> q"), (), None, Findings(case_by_thread="1/20"), (D.FOLLOWUP, "D4", "1/20")),
    (IN_A_FILE, (), None, Findings(), (D.REQUEST, "A1", "")),
    (PLAIN, (), None, Findings(), (D.REQUEST, "A1", "")),
    (PLAIN, (), None, Findings(reads_like_order=True), (D.REQUEST, "A1", "")),
    (PLAIN, (SHY,), None, Findings(), (D.REQUEST, "A1", "")),
    (PLAIN, (), None, Findings(twins=frozenset({D.AUTO, D.BOUNCE})), (D.REQUEST, "A1", "")),
    (PLAIN, (), None, Findings(twins=frozenset({D.AUTO, D.FOLLOWUP})), (D.DUPLICATE, "D1", "")),
    (PLAIN, (MACHINE,), None, Findings(twins=frozenset({D.AUTO})), (D.DUPLICATE, "D1", "")),
    (PLAIN, (), BOUNCE, Findings(twins=frozenset({D.BOUNCE})), (D.DUPLICATE, "D1", "")),
]  # fmt: skip


@pytest.mark.parametrize(("mail", "signs", "bounce", "findings", "expected"), TABLE)
def test_the_first_rule_that_fits_decides(
    mail: IncomingMail,
    signs: tuple[Sign, ...],
    bounce: Bounce | None,
    findings: Findings,
    expected: tuple[D, str, str],
) -> None:
    """Mail rules C30, D4, D5."""
    found = triage(mail, signs, bounce, findings)
    assert (found.disposition, found.rule, found.case) == expected
    assert found.evidence


def test_only_a_request_is_ever_acknowledged() -> None:
    for mail, signs, bounce, findings, _ in TABLE:
        found = triage(mail, signs, bounce, findings)
        assert found.acknowledge is (found.disposition is D.REQUEST and SHY not in signs)


def test_a_shy_request_is_a_request_that_waits_for_a_person() -> None:
    found = triage(PLAIN, (SHY,), None, Findings())
    assert (found.withheld_rule, found.withheld) == ("A7", "From: noreply@")
    assert not Triage(D.UNMATCHED, "B6", "").acknowledge


@pytest.mark.parametrize(
    ("bounce", "words"),
    [
        (BOUNCE, "5.1.1"),
        (WORDS_ONLY, "550 no such user"),
        (NOTHING_SAID, "it looks like a report of non-delivery"),
    ],
)
def test_a_bounce_is_filed_with_what_it_says(bounce: Bounce, words: str) -> None:
    assert triage(PLAIN, (), bounce, Findings()).evidence == words


def test_the_digest_lists_whatever_might_have_been_a_request() -> None:
    seen_elsewhere = {D.REQUEST, D.FOLLOWUP, D.COMMAND, D.HOLDER, D.DUPLICATE, D.OWN_COPY}
    assert set(NOT_A_REQUEST) == set(D) - seen_elsewhere


_ANY: dict[str, st.SearchStrategy[Any]] = {
    "str": st.sampled_from(["", "1/20"]),
    "bool": st.booleans(),
    "frozenset[str]": st.frozensets(st.sampled_from([D.REQUEST, D.AUTO])),
}


@given(
    st.sampled_from([PLAIN, NAMELESS, EMPTY, IN_A_FILE]),
    st.lists(st.sampled_from([MACHINE, SHY]), max_size=2),
    st.sampled_from([None, BOUNCE]),
    st.fixed_dictionaries({field.name: _ANY[str(field.type)] for field in fields(Findings)}),
)
def test_whatever_comes_is_placed_and_machines_are_never_answered(
    mail: IncomingMail, signs: list[Sign], bounce: Bounce | None, found: dict[str, Any]
) -> None:
    decided = triage(mail, signs, bounce, Findings(**found))
    assert decided.rule
    assert decided.evidence
    if bounce or MACHINE in signs or mail.sender is None or found["officer"]:
        assert not decided.acknowledge
    if bounce or MACHINE in signs:
        assert decided.disposition not in {D.COMMAND, D.REQUEST, D.FOLLOWUP}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("0001-plain-request", D.REQUEST),
        ("0009-out-of-office-outlook", D.AUTO),
        ("0011-bounce-postfix", D.BOUNCE),
        ("0013-bounce-exim-prose", D.BOUNCE),
        ("0014-bounce-qmail", D.BOUNCE),
        ("0016-read-receipt", D.AUTO),
        ("0017-calendar-reply", D.AUTO),
        ("0018-request-unknown-charset", D.REQUEST),
        ("0020-request-in-a-file", D.REQUEST),
        ("0022-people-s-outlook-suppresses-replies", D.REQUEST),
        ("0023-abuse-report", D.AUTO),
        ("0024-html-request-with-hidden-words", D.REQUEST),
    ],
)
def test_whole_mails(name: str, expected: D, sample: Callable[[str], IncomingMail]) -> None:
    mail = sample(name)
    found = triage(mail, machine_signs(mail), read_bounce(mail), Findings())
    assert found.disposition is expected, found


def test_a_reply_to_a_question_is_a_colleagues_unless_a_machine_sent_it() -> None:
    asked = Findings(answers_question=True, officer=True, reads_like_order=True)
    decided = triage(PLAIN, (), None, asked)
    assert (decided.disposition, decided.rule) == (D.HOLDER, "F5")
    sign = Sign("A2", Weight.NO_ACK, "Auto-Submitted: auto-replied")
    assert triage(PLAIN, (sign,), None, asked).disposition is D.AUTO
