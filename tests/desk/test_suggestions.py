"""What a request looks like is shown to officers and told to nobody else; danger and the regulator cannot wait."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from foibot.demo.correspondent import Person, request
from foibot.desk.replay import replay
from tests.office import JANE, MAILBOX, QUESTION, RUTH, SAM, TOM, Mail, Office, office

CASEWORK = Person("A Case Officer", "casework@ico.org.uk")
PLATFORM = Person("Sam Smith", "request-123456-abcdef01@whatdotheyknow.com")
FOOTER = """
-------------------------------------------------------------------
Please use this email address for all replies to this request:
request-123456-abcdef01@whatdotheyknow.com

Disclaimer: This message and any reply that you make will be published on the internet.
-------------------------------------------------------------------
"""


def test_an_environmental_request_is_shown_with_the_order_that_moves_it(desk: Office) -> None:
    desk.asks("How many times was raw sewage discharged into the river in 2020?\n\nSam Smith")
    desk.discards(SAM)
    notice = desk.one_for(JANE)
    assert "Probably a request for environmental information: “sewage”" in notice.words
    assert 'Reply "regime eir": moves it to the environmental regulations' in notice.words
    before = desk.case().due
    assert desk.orders(JANE, notice, "regime eir") == "command"
    assert (desk.case().regime, desk.case().due) == ("eir", before)
    desk.discards()


def test_every_order_that_is_suggested_is_understood(desk: Office) -> None:
    desk.asks("Please send my medical records.\n\nSam Smith", subject="Subject access request")
    desk.discards(SAM)
    notice = desk.one_for(JANE)
    (order,) = re.findall(r'If so, the order is "([^"]+)"', notice.words)
    assert desk.orders(JANE, notice, order) == "command"
    assert desk.case().state == "not-foi"
    desk.discards()


def test_an_ordinary_request_looks_like_nothing_else(desk: Office) -> None:
    desk.asks()
    desk.discards(SAM)
    words = desk.one_for(JANE).words
    assert "What it looks like" not in words
    assert "What may be missing" not in words


def test_a_request_without_a_name_or_a_question_says_what_would_help(desk: Office) -> None:
    desk.asks("hello there", who=Person("", "x@citizens.example"), subject="")
    desk.discards("x@citizens.example")
    notice = desk.one_for(JANE)
    assert "Section 8(1)(b), the name: none was found" in notice.words
    assert "Section 8(1)(c), a description" in notice.words
    assert 'Reply "clarify"' in notice.words


def ask_through_the_platform(desk: Office) -> None:
    raw = request(
        PLATFORM,
        MAILBOX,
        "Freedom of Information request - Attacks",
        f"{QUESTION}\n\nYours faithfully,\n\nSam Smith\n{FOOTER}",
        desk.clock.now(),
        message_id="<w1@whatdotheyknow.com>",
    )
    assert desk.arrives(desk.border(raw, PLATFORM.address)) == "request"


def test_v22_v25_the_platforms_footer_is_no_part_of_the_request_and_its_public_is_named(
    desk: Office,
) -> None:
    ask_through_the_platform(desk)
    assert desk.case().request_text.endswith("Sam Smith")
    assert "published on the internet" not in desk.one_for(PLATFORM.address).words
    words = desk.one_for(JANE).words
    assert "whatever is sent there is published at once" in words


@pytest.mark.parametrize(
    "asked",
    [
        "How much raw sewage went into the river?",
        "Please send everything you hold about me.",
        "I am not satisfied with your response to my last request.",
        "I want to make a complaint about a police officer.",
        "Please send to {{authority}} and every council the figures on suicides in 2020.",
    ],
)
def test_the_public_is_told_the_same_whatever_the_request_looks_like(
    tmp_path: Path, asked: str
) -> None:
    """The acknowledgement and the letter differ from those of an ordinary request by its own words alone."""
    told = []
    for number, text in enumerate((asked, "How many chairs do you own at the moment?")):
        with office(tmp_path / str(number)) as desk:
            desk.asks(text)
            acknowledgement = desk.one_for(SAM)
            desk.orders(JANE, desk.one_for(JANE), "ncnd 23(5) 24(2) 31(3)(a)")
            desk.orders(TOM, desk.one_for(TOM), "approve v1")
            desk.later(minutes=11)
            letter = desk.one_for(SAM)
            told.append([besides(text, mail) for mail in (acknowledgement, letter)])
            desk.discards()
    assert told[0] == told[1]


def besides(request: str, mail: Mail) -> str:
    """A mail's words without the request that it quotes, wherever its lines are broken."""
    unbroken = "".join(mail.text.replace(">", "").split())
    assert "".join(request.split()) in unbroken
    return unbroken.replace("".join(request.split()), "")


def test_a_threat_to_life_reaches_everybody_first_and_is_not_acknowledged(desk: Office) -> None:
    assert desk.asks("I am going to kill myself tonight.", subject="Help") == "request"
    case = desk.case()
    assert case.acknowledgement == "withheld"
    assert desk.kinds()[1] == "AcknowledgementWithheld"
    for reader in (JANE, TOM, RUTH):
        first = desk.post_for(reader)[0]
        assert first.kind == "urgent"
        assert "Read at once: a message that may concern somebody's safety" in first.subject
        assert "“going to kill”" in first.words or "“kill myself”" in first.words
        assert case.reference in first.words
        assert "original-message.eml" in first.files
    assert desk.post.taken[0].recipient in {JANE.address, TOM.address, RUTH.address}
    assert desk.post_for(SAM) == []


def test_a_word_of_danger_in_a_question_about_figures_raises_no_alarm(desk: Office) -> None:
    desk.asks("How many suicides were there in custody in 2020?")
    desk.one_for(SAM)
    assert [mail.kind for mail in desk.post_for(JANE)] == ["new-case"]


def test_a_threat_in_a_further_message_raises_the_alarm_on_its_case(desk: Office) -> None:
    desk.asks()
    acknowledgement = desk.one_for(SAM)
    desk.discards()
    desk.orders(SAM, acknowledgement, "I cannot go on. I want to end my life.", login=False)
    post = desk.post_for(JANE)
    assert [mail.kind for mail in post] == ["urgent", "follow-up"]
    assert desk.case().reference in post[0].subject
    desk.discards()


@pytest.mark.parametrize("address", [CASEWORK.address, "grc@justice.gov.uk"])
def test_the_regulators_mail_opens_no_case_and_is_not_acknowledged(
    desk: Office, address: str
) -> None:
    who = Person("A Case Officer", address)
    assert desk.asks("Please explain your refusal within ten days.", who=who) == "unmatched"
    kinds = [mail.kind for mail in desk.post_for(JANE)]
    assert kinds == ["urgent", "not-placed"]
    assert [mail.kind for mail in desk.post_for(TOM)] == ["urgent"]
    assert desk.post_for(address) == []
    with desk.store.view() as tx:
        assert list(tx.cases.every()) == []
    desk.discards()


def test_the_regulators_answer_to_our_letter_joins_the_case_and_is_urgent(desk: Office) -> None:
    desk.asks()
    acknowledgement = desk.one_for(SAM)
    desk.discards()
    assert desk.orders(CASEWORK, acknowledgement, "We have a question.", login=False) == "followup"
    urgent = desk.post_for(JANE)[0]
    assert "From a regulator or a court" in urgent.subject
    assert "the Information Commissioner's Office" in urgent.words
    desk.discards()


def test_a_word_of_discontent_on_a_case_may_be_a_request_for_review(desk: Office) -> None:
    desk.asks()
    acknowledgement = desk.one_for(SAM)
    desk.discards()
    desk.orders(SAM, acknowledgement, "I am not satisfied with your answer.", login=False)
    notice = desk.one_for(JANE, "follow-up")
    assert "This may be a request for an internal review" in notice.words
    assert "“not satisfied with your answer”" in notice.words
    desk.orders(SAM, acknowledgement, "Thank you, that is all I need.", login=False)
    assert "review" not in desk.one_for(JANE, "follow-up").words
    desk.discards()


@pytest.mark.parametrize(
    ("who", "text", "shown"),
    [
        (SAM, "I am going to kill myself.", ("request", "A1", False)),
        (CASEWORK, "Please explain.", ("unmatched", "A-17", False)),
        (SAM, QUESTION, ("request", "A1", True)),
    ],
)
def test_replay_shows_what_would_be_done(
    desk: Office, who: Person, text: str, shown: tuple[str, str, bool]
) -> None:
    raw = request(who, MAILBOX, "S", text, desk.clock.now(), message_id="<r@citizens.example>")
    decided = replay(desk.office, desk.store, raw, desk.clock.now()).triage
    assert (decided.disposition, decided.rule, decided.acknowledge) == shown


def test_a_request_copied_from_another_names_the_earlier_case(desk: Office) -> None:
    asked = "Dear all,\n\nHow many chairs, tables and desks did you buy in 2019, and what did each cost?"
    desk.asks(f"{asked}\n\nSam Smith")
    other = Person("Eve Else", "eve@citizens.example")
    desk.asks(
        f"Hello\n{asked.upper()}\n\nKind regards\nEve Else".replace("Dear all", "Hi"), who=other
    )
    first, second = desk.post_for(JANE)
    assert "asked in the same words" not in first.words
    desk.discards(SAM, other.address, TOM, RUTH)
    assert "asked in the same words" in second.words


def test_t50_plain_words_of_withdrawal_offer_the_order_for_it(desk: Office) -> None:
    desk.asks()
    acknowledgement = desk.one_for(SAM)
    desk.discards()
    desk.orders(SAM, acknowledgement, "When will you answer?", login=False)
    assert 'Reply "withdrawn"' not in desk.one_for(JANE, "follow-up").words
    desk.orders(SAM, acknowledgement, "Sorry, I withdraw my request.", login=False)
    notice = desk.one_for(JANE, "follow-up")
    assert 'Reply "withdrawn": closes the case' in " ".join(notice.words.split())
    assert "they write “I withdraw my request”" in " ".join(notice.words.split())
    assert desk.orders(JANE, notice, "withdrawn") == "command"
    desk.discards()
    desk.orders(SAM, acknowledgement, "I withdraw my request, as I said.", login=False)
    assert 'Reply "withdrawn"' not in desk.one_for(JANE, "follow-up").words
    desk.discards()


def test_after_the_answer_the_order_that_counts_the_review_is_offered(desk: Office) -> None:
    draft = desk.drafted()
    desk.orders(TOM, draft, "approve v1")
    desk.later(minutes=11)
    letter = desk.post_for(SAM)[-1]
    desk.discards()
    desk.orders(SAM, letter, "I am unhappy with your reply.", login=False)
    notice = desk.one_for(JANE, "follow-up")
    (order,) = re.findall(r'Reply "(clock [^"]+)"', notice.words)
    assert order == "clock review from 8 December 2020"
    desk.orders(JANE, notice, order)
    assert "The review clock runs until" in desk.post_for(JANE)[-1].words
    desk.discards()
