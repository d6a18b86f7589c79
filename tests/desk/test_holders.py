"""Colleagues are asked, answer and are chased by mail; nobody is told who asked, and no notice says what they said."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from foibot.config.sections import OfficerConfig
from foibot.demo.correspondent import Person, reply, request
from foibot.desk.verify import verify
from foibot.officers.roster import Role
from tests.office import JANE, MAILBOX, RUTH, SAM, TOM, Mail, Office, office

HARRY = Person("Harry Holder", "harry.holder@exampleshire.example")
DORA = Person("Dora Deputy", "dora.deputy@exampleshire.example")
LUKE = Person("Luke Law", "luke.law@exampleshire.example")  # on no list
EVE = Person("Eve Else", "eve@elsewhere.example")
REQUEST = (
    "Dear all,\n\n1. How many calls did I, Sam Smith, make?\n2. And why?\n3. When?\n\nSam Smith"
)
NIL = "nil\nWe looked in the registry for twenty minutes."


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Office]:
    """An office with a holder on the list, who has a deputy; case 004078/20 has come in."""
    with office(tmp_path, authority={"first_number": 4078}) as opened:
        holder = OfficerConfig(
            address=HARRY.address, name=HARRY.name, roles=(Role.HOLDER,), deputy=DORA.address
        )
        deputy = OfficerConfig(address=DORA.address, name=DORA.name, roles=(Role.HOLDER,))
        opened.staff([*opened.config.officers, holder, deputy])
        opened.asks(REQUEST)
        opened.discards(SAM)
        yield opened


@pytest.fixture
def notice(desk: Office) -> Mail:
    """The notice of the request, which Jane replies to for a fortnight."""
    return desk.one_for(JANE, "new-case")


def asked(
    desk: Office, notice: Mail, order: str, who: Person = HARRY, text: str = "Do we keep these?"
) -> Mail:
    """Jane asks; the question as the colleague has it."""
    assert desk.orders(JANE, notice, f"{order}\n{text}\n\nJane") == "command", desk.post_for(JANE)
    desk.discards(JANE)
    return desk.one_for(who, "asked")


def test_the_question_holds_the_officers_words_and_nothing_of_the_requester(
    desk: Office, notice: Mail
) -> None:
    question = asked(desk, notice, "ask harry 1, 3")
    whole = question.raw.decode()
    for part in (question.text, question.html, question.subject, whole):
        for secret in ("Sam", "Smith", "citizens", "emergency", "And why", "Dear all"):
            assert secret not in part, secret
    assert "Do we keep these?" in question.words
    assert "1: How many calls did I, […], make?" in question.words
    assert "answer by Tuesday 22 December 2020" in question.words
    assert question.header("Auto-Submitted") == "auto-generated"
    for mail in (question, notice):  # an absence and a failure are to be heard of
        assert mail.header("X-Auto-Response-Suppress") == "DR, RN, NRN, AutoReply"
    assert "m.1@citizens" not in question.header("References")
    assert list(verify(desk.store)) == []


def test_one_order_asks_several_and_the_question_keeps_its_mark(desk: Office, notice: Mail) -> None:
    """Each is asked in a mail of its own, which names nobody else who is asked."""
    line = f"ask {HARRY.address}, {LUKE.address}: do we keep these?"
    assert desk.orders(JANE, notice, line) == "command", desk.post_for(JANE)
    told = desk.one_for(JANE, "answer")
    assert "Harry Holder and luke.law@exampleshire.example were each asked" in " ".join(
        told.words.split()
    )
    for who, other in ((HARRY, LUKE), (LUKE, HARRY)):
        question = desk.one_for(who, "asked")
        assert "do we keep these?" in question.words
        assert other.address not in question.raw.decode()
    assert list(verify(desk.store)) == []


def test_several_answer_and_each_reply_comes_to_who_asked_in_the_same_words(
    desk: Office, notice: Mail
) -> None:
    questions = {}
    for who in (HARRY, LUKE):
        assert desk.orders(JANE, notice, f"ask {who.address}\nDo we keep these?") == "command"
        questions[who.name] = desk.one_for(who)
    desk.discards(JANE)
    assert desk.orders(HARRY, questions["Harry Holder"], NIL) == "holder"
    first = desk.one_for(JANE)
    assert desk.orders(LUKE, questions["Luke Law"], "hours 6\nIn the cellar.") == "holder"
    second = desk.one_for(JANE)
    for told, words in ((first, b"nil"), (second, b"hours 6")):
        assert words in told.files["original-message.eml"]
        assert "nil" not in told.text
        assert "hours" not in told.text
    assert "2 asked, 1 replied" in first.words
    assert "2 asked, 2 replied" in second.words

    assert desk.orders(JANE, first, "answers") == "command"
    shown = desk.one_for(JANE)
    assert len(shown.files) == 3
    listed = shown.files["answers-of-colleagues.txt"].decode()
    for words in ("nothing held", "an estimate of hours (6)", "Hours named in all: 6"):
        assert words in listed
        assert words not in shown.text
    story = "\n".join(str(one.event) for one in desk.history())
    assert "registry" not in story


@pytest.mark.parametrize("limit", [1, 10])
def test_answers_too_large_for_a_mail_are_named(tmp_path: Path, limit: int) -> None:
    with office(tmp_path, limits={"letter_mb": limit}) as desk:
        desk.asks()
        desk.discards(SAM)
        notice = desk.one_for(JANE)
        question = asked(desk, notice, f"ask {LUKE.address}", LUKE)
        assert desk.orders(LUKE, question, "Here it is.\n" + "0123456789" * 110_000) == "holder"
        assert desk.orders(JANE, desk.one_for(JANE), "answers") == "command"
        shown = desk.one_for(JANE)
        left_out = b"1 of the messages are too large" in shown.files["answers-of-colleagues.txt"]
        assert (len(shown.files), left_out) == ((1, True) if limit == 1 else (2, False))


def test_a_colleague_is_chased_then_the_deputy_then_the_officer_hears(
    desk: Office, notice: Mail
) -> None:
    question = asked(desk, notice, "ask harry")
    called: dict[str, list[tuple[str, str]]] = {}
    for day in range(9, 32):
        for hour in ("08:01", "16:00"):
            desk.at(f"2020-12-{day:02} {hour}")
        post = {who.name: desk.post_for(who) for who in (HARRY, DORA, JANE)}
        found = [(name, one.kind) for name, mails in post.items() for one in mails if one.kind in {"asked", "holder-silent"}]  # fmt: skip
        if found:
            called[f"{day}"] = found
        desk.discards(TOM, RUTH)
    harry, dora = ("Harry Holder", "asked"), ("Dora Deputy", "asked")
    assert called == {
        "22": [harry],
        "24": [harry, dora],
        "30": [harry, dora, ("Jane Orange", "holder-silent")],
    }
    # An answer to the first mail, weeks later, is the answer.
    assert desk.orders(HARRY, question, NIL) == "holder"
    assert "Harry Holder has replied" in desk.one_for(JANE).words
    desk.at("2021-01-05 08:01")
    assert not desk.post_for(HARRY)
    desk.discards()


def test_the_deputys_answer_ends_the_asking_and_so_does_the_officers_word(
    desk: Office, notice: Mail
) -> None:
    asked(desk, notice, "ask harry")
    desk.at("2020-12-24 08:01")
    chased = desk.one_for(DORA)
    assert "you are named as the deputy" in chased.words
    assert desk.orders(DORA, chased, "Here it is.") == "holder"
    told = next(one for one in desk.post_for(JANE) if one.kind == "holder-answered")
    question = asked(desk, told, f"ask {LUKE.address} by 29 Dec 2020", LUKE)
    assert "by Tuesday 29 December 2020" in question.words
    assert desk.orders(JANE, told, f"answered {LUKE.address}: rang") == "command"
    desk.discards(HARRY)
    desk.at("2020-12-31 08:01")
    assert not any(desk.post_for(who) for who in (HARRY, DORA, LUKE))
    desk.discards()


def test_a_chase_that_was_answered_meanwhile_does_not_leave(desk: Office, notice: Mail) -> None:
    question = asked(desk, notice, "ask harry")
    desk.clock.set(desk.clock.now().replace(day=22, hour=9))
    desk.remind.tick()  # written, and not sent yet
    assert desk.orders(HARRY, question, NIL) == "holder"
    assert not desk.post_for(HARRY)
    desk.discards()


def test_a_case_that_was_closed_is_asked_about_no_more(desk: Office, notice: Mail) -> None:
    asked(desk, notice, "ask harry")
    assert desk.orders(JANE, notice, "withdrawn") == "command"
    desk.discards()
    desk.at("2020-12-30 08:01")
    assert not desk.post_for(HARRY)
    desk.discards()


def sent(desk: Office, who: Person, answers: Mail, words: str, **changes: str) -> bytes:
    return reply(who, answers.raw, words, desk.clock.now(), message_id=desk.message_id("x.example"), **changes)  # fmt: skip


def test_a_reply_that_cannot_be_proven_is_shown_and_counts_for_nothing(
    desk: Office, notice: Mail
) -> None:
    question = asked(desk, notice, "ask harry")
    forged = desk.border(sent(desk, HARRY, question, NIL), EVE.address)
    assert desk.arrives(forged) == "holder-unproven"
    shown = desk.one_for(JANE)
    assert "may not be from Harry Holder" in shown.words
    assert "nil" not in shown.text
    assert b"nil" in shown.files["original-message.eml"]
    # The same once more within the hour is kept, and listed in the morning.
    again = desk.border(sent(desk, HARRY, question, "Another."), EVE.address)
    assert desk.arrives(again) == "holder-unproven"
    assert not desk.post_for(JANE)
    other = desk.border(sent(desk, EVE, question, "It is me."), EVE.address)
    assert desk.arrives(other) == "holder-unproven"
    assert "did not come from exactly one clean" in desk.one_for(JANE).words
    assert desk.case().enquiries[0].open
    desk.at("2020-12-09 08:01")
    digest = desk.one_for(JANE).words
    assert "a colleague's reply that is not proven, on 004078/20" in digest
    assert "Re: [004078/20] Information" not in digest
    desk.discards()


def test_what_the_border_says_nothing_about_is_filed_with_a_warning(
    desk: Office, notice: Mail
) -> None:
    question = asked(desk, notice, "ask harry")
    assert desk.arrives(sent(desk, HARRY, question, NIL)) == "holder"
    told = desk.one_for(JANE)
    assert "It is not certain who wrote it." in told.words
    assert not desk.case().enquiries[0].open


def test_a_colleague_orders_nothing_whatever_the_reply_says(desk: Office, notice: Mail) -> None:
    question = asked(desk, notice, "ask harry")
    before = desk.case()
    for words in ("ncnd 31(3)(a)", "approve v1", "answers", "show", "confirm"):
        assert desk.orders(HARRY, question, words) == "holder"
    assert [one.kind for one in desk.post_for(JANE)] == ["holder-answered"] * 5
    assert not desk.post_for(HARRY)
    assert (desk.case().state, desk.case().letters) == (before.state, ())


def test_an_officer_who_was_asked_answers_without_ordering(desk: Office, notice: Mail) -> None:
    question = asked(desk, notice, "ask ruth", RUTH)
    assert desk.orders(RUTH, question, "show") == "holder"
    told = desk.one_for(JANE)
    # In a thread with both, a notice of her own makes it an order; the question's secret is no help.
    assert desk.orders(JANE, told, "show", to=question.header("Reply-To")) == "command"
    assert "Ruth Rose, asked by Jane Orange" in desk.one_for(JANE).words


def test_the_answer_reaches_the_officers_when_who_asked_has_left(
    desk: Office, notice: Mail
) -> None:
    question = asked(desk, notice, "ask harry")
    jane, *others = desk.config.officers
    left = jane.model_copy(update={"roles": (Role.AUDITOR,)})
    tom = others[0].model_copy(update={"roles": (Role.OFFICER, Role.APPROVER)})
    desk.staff([left, tom, *others[1:]])
    assert desk.orders(HARRY, question, NIL) == "holder"
    assert "Harry Holder has replied" in desk.one_for(TOM).words
    assert not desk.post_for(JANE)


def test_a_part_is_waited_for_until_the_day_it_names(desk: Office, notice: Mail) -> None:
    question = asked(desk, notice, "ask harry")
    assert desk.orders(HARRY, question, "part\nThe rest by 29 December.") == "holder"
    desk.discards(JANE)
    desk.at("2020-12-24 08:01")
    assert not desk.post_for(HARRY)
    desk.at("2020-12-29 08:01")
    assert "wanted by Tuesday 29 December 2020" in desk.one_for(HARRY).words
    desk.discards()


def test_who_asked_hears_that_the_question_did_not_reach_the_colleague(
    desk: Office, notice: Mail
) -> None:
    question = asked(desk, notice, f"ask {LUKE.address}", LUKE)
    assert desk.arrives(bounced(question)) == "bounce"
    told = desk.one_for(JANE)
    assert f"{LUKE.address} did not get the question" in told.subject
    assert "was not delivered: 5.1.1" in told.words
    assert f'Reply "answered {LUKE.address}"' in told.words
    assert 'Reply "ask ADDRESS"' in told.words
    assert desk.arrives(bounced(question, "again")) == "bounce"
    assert desk.unread == [], "once for each mail"
    assert desk.orders(JANE, told, f"answered {LUKE.address}") == "command"
    desk.discards(JANE)
    assert desk.arrives(bounced(question, "late")) == "bounce"
    assert desk.unread == []


def test_the_address_of_somebody_on_the_list_is_the_administrators_to_mend_as_well(
    desk: Office, notice: Mail
) -> None:
    question = asked(desk, notice, "ask harry")
    assert desk.arrives(bounced(question)) == "bounce"
    assert "Harry Holder did not get the question" in desk.one_for(JANE).subject
    assert f"Mail to {HARRY.address} comes back" in desk.one_for(RUTH).subject


def bounced(question: Mail, name: str = "first") -> bytes:
    """The other server's report that this mail of ours reached nobody."""
    return (
        f"From: MAILER-DAEMON@mx.exampleshire.example\r\nTo: {question.header('Return-Path') or MAILBOX}\r\n"
        f"Subject: Undelivered ({name})\r\nMessage-ID: <{name}.bounce@mx.exampleshire.example>\r\nMIME-Version: 1.0\r\n"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
        "--b\r\n\r\nIt did not work.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; mx.exampleshire.example\r\n\r\n"
        f"Final-Recipient: rfc822; {question.to}\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {question.header('Message-ID')}\r\n\r\n--b--\r\n"
    ).encode()


def beside(desk: Office, who: Person, subject: str, words: str, *, login: bool = True) -> str:
    """Somebody writes a new mail to the mailbox; the disposition."""
    name = desk.message_id("exampleshire.example")
    raw = request(who, MAILBOX, subject, words, desk.clock.now(), message_id=name)
    return desk.arrives(desk.border(raw, who.address, login=login))


def test_an_answer_outside_the_thread_is_shown_to_who_asked_and_counts_for_nothing(
    desk: Office, notice: Mail
) -> None:
    asked(desk, notice, f"ask {LUKE.address}", LUKE)
    assert (
        beside(desk, LUKE, "That FOI question", "We hold nothing of the kind.") == "holder-unproven"
    )
    told = desk.one_for(JANE)
    assert f"Is this the answer of {LUKE.address}?" in told.subject
    assert "We hold nothing" not in told.words
    assert b"We hold nothing" in told.files["original-message.eml"]
    assert f'Reply "answered {LUKE.address}"' in told.words
    assert desk.post_for(LUKE.address) == [], "nothing was acknowledged"
    assert len(desk.cases()) == 1
    (enquiry,) = desk.case().enquiries
    assert enquiry.open
    assert not enquiry.replied
    assert list(verify(desk.store)) == []

    assert desk.orders(JANE, told, "new") == "command"
    assert len(desk.cases()) == 2, "it may have been a request after all"
    desk.discards(JANE, LUKE.address)


def test_a_mail_of_a_colleague_who_was_not_asked_stays_what_it_is(
    desk: Office, notice: Mail
) -> None:
    asked(desk, notice, "ask harry")
    assert beside(desk, LUKE, "A request", "How many chairs do you own?") == "request"
    desk.discards(JANE, LUKE.address)
    assert beside(desk, HARRY, "hello", "We hold nothing.", login=False) != "holder-unproven"
    desk.discards(JANE, HARRY)
    assert beside(desk, HARRY, "hello", "We hold nothing.") == "holder-unproven"
    assert "Is this the answer of Harry Holder?" in desk.one_for(JANE).subject


def test_with_questions_on_two_cases_the_subject_tells_which(desk: Office, notice: Mail) -> None:
    asked(desk, notice, "ask harry")
    desk.asks("And before?", subject="Another")
    second = desk.one_for(JANE, "new-case")
    desk.discards()
    desk.orders(JANE, second, "ask harry\nDo we?")
    desk.discards(JANE, HARRY)
    assert beside(desk, HARRY, "hello", "We hold nothing.") == "holder-unproven"
    assert len(desk.post_for(JANE)) == 2, "it may be about either"
    assert beside(desk, HARRY, f"about {desk.cases()[1]}", "Nothing at all.") == "holder-unproven"
    assert desk.cases()[1] in desk.one_for(JANE).subject
