"""A request is acknowledged once, numbered without a gap, dated lawfully, and shown to the officers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from foibot.demo.correspondent import Person, reply, request
from tests.carrying import Enclosure, carrying
from tests.office import JANE, MAILBOX, ORDER, QUESTION, SAM, Office, london, office

RUE = Person("Rue Reed", "rue.reed@citizens.example")


def test_a_request_is_acknowledged_with_the_lawful_day_and_its_working(desk: Office) -> None:
    assert desk.asks() == "request"

    acknowledgement = desk.one_for(SAM)
    assert acknowledgement.header("Auto-Submitted") == "auto-replied"
    assert acknowledgement.header("X-Auto-Response-Suppress") == "All"
    assert acknowledgement.header("In-Reply-To") == "<m.1@citizens.example>"
    assert acknowledgement.header("From") == f"Exampleshire Police <{MAILBOX}>"
    assert "[004078/20]" not in acknowledgement.subject
    assert "[000001/20]" in acknowledgement.subject
    assert "received it on 8 December 2020" in acknowledgement.words
    assert "Monday 11 January 2021" in acknowledgement.words
    assert (
        "Monday 4 January 2021: New Year Holiday, substitute day (Scotland)"
        in acknowledgement.words
    )
    assert '<html lang="en-GB">' in acknowledgement.html
    assert desk.case().due == date(2021, 1, 11)
    desk.discards(JANE)


def test_the_envelope_of_an_acknowledgement_catches_its_bounce(desk: Office) -> None:
    """Mail rules F11, F12."""
    desk.asks()

    envelope = desk.post.taken[0]
    assert envelope.sender.startswith("foi+b-")
    assert envelope.sender.endswith("@exampleshire.example")
    desk.discards()


def test_the_officers_see_the_request_the_day_the_working_and_a_calendar_entry(
    desk: Office,
) -> None:
    desk.asks()
    desk.discards(SAM)

    notice = desk.one_for(JANE, "new-case")
    assert notice.words.count("Monday 11 January 2021") >= 2
    assert QUESTION in notice.words.replace("> ", "")
    assert "sam.smith@citizens.example (Sam Smith)" in notice.words
    assert "England and Wales alone would give 8 January 2021" in notice.words
    entry = notice.files["deadline.ics"].decode()
    assert "DTSTART;VALUE=DATE:20210111" in entry
    assert "Attacks" not in entry
    assert notice.header("Auto-Submitted") == "auto-generated"


def test_numbers_follow_without_a_gap_and_start_again_each_year(desk: Office) -> None:
    for number in range(3):
        desk.asks(f"Question {number}", who=Person("A Person", f"p{number}@citizens.example"))
        desk.discards(JANE, f"p{number}@citizens.example")
    desk.at("2021-01-04 10:00")
    desk.discards()
    desk.asks("The first of the year", who=Person("B Person", "b@citizens.example"))
    desk.discards(JANE, "b@citizens.example")

    with desk.store.view() as tx:
        assert [case.reference for case in tx.cases.every()] == [
            "000001/20",
            "000002/20",
            "000003/20",
            "000001/21",
        ]


def test_the_same_message_twice_makes_one_case_and_one_acknowledgement(desk: Office) -> None:
    """Mail rule D1."""
    raw = request(SAM, MAILBOX, "S", QUESTION, desk.clock.now(), message_id="<a@citizens.example>")
    assert desk.arrives(desk.border(raw, SAM.address)) == "request"
    desk.one_for(SAM)
    desk.one_for(JANE)

    assert desk.arrives(desk.border(raw, SAM.address)) == "duplicate"
    assert desk.unread == []


def test_the_same_text_again_within_a_day_is_filed_on_the_first_case(desk: Office) -> None:
    """Mail rule D3."""
    desk.asks()
    desk.one_for(SAM)
    desk.one_for(JANE)

    assert desk.asks() == "followup"
    desk.one_for(JANE, "follow-up")
    assert desk.kinds().count("AcknowledgementWritten") == 1


def test_an_answer_to_the_acknowledgement_joins_its_case(desk: Office) -> None:
    desk.asks()
    acknowledgement = desk.one_for(SAM)
    desk.discards(JANE)

    assert (
        desk.orders(SAM, acknowledgement, "I forgot to say: England only.", login=False)
        == "followup"
    )
    notice = desk.one_for(JANE)
    assert "I forgot to say" in notice.words
    assert "[000001/20]" in notice.subject


def test_a_stranger_who_names_a_case_does_not_join_it(desk: Office) -> None:
    """Mail rule B16."""
    desk.asks()
    desk.discards()

    stranger = Person("Eve Else", "eve@elsewhere.example")
    assert desk.asks("Tell me more", who=stranger, subject="About [000001/20]") == "unmatched"
    notice = desk.one_for(JANE, "not-placed")
    assert "000001/20" in notice.words
    assert "B16" in notice.words


def test_a_fourth_request_in_a_day_is_a_case_but_waits_for_a_person_to_acknowledge(
    desk: Office,
) -> None:
    """Mail rule A1."""
    for number in range(4):
        assert desk.asks(f"Question {number}", subject=f"Subject {number}") == "request"

    assert len(desk.post_for(SAM)) == 3
    notices = desk.post_for(JANE)
    assert len(notices) == 4
    assert "sent 3 acknowledgements in the last 24 hours" in notices[-1].words
    with desk.store.view() as tx:
        assert [case.acknowledgement for case in tx.cases.every()] == [
            "sent",
            "sent",
            "sent",
            "withheld",
        ]


def test_a_hostile_subject_and_name_change_no_header(desk: Office) -> None:
    """Mail rule B12."""
    raw = request(SAM, MAILBOX, "S", QUESTION, desk.clock.now(), message_id="<a@citizens.example>")
    hostile = raw.replace(
        b"Subject: S", b"Subject: =?utf-8?q?Hello=0D=0ABcc:_victim@else.example=0D=0A?= {{ 7*7 }}"
    ).replace(b"From: Sam Smith", b'From: "Sam *Bold* {{ 7*7 }}"')
    assert desk.arrives(desk.border(hostile, SAM.address)) == "request"

    acknowledgement = desk.one_for(SAM)
    assert acknowledgement.header("Bcc") == ""
    assert "Dear Sam *Bold* {{ 7*7 }}" in acknowledgement.words
    notice = desk.one_for(JANE)
    assert notice.header("Bcc") == ""


def test_a_mail_that_cannot_be_read_is_shown_to_an_officer_with_its_raw_file(desk: Office) -> None:
    """Mail rules C9, C28."""
    bomb = b"From: a@b.example\r\n" + b"X: y\r\n" * 5000 + b"\r\nhello\r\n"
    assert desk.arrives(bomb) == "quarantine"

    notice = desk.one_for(JANE, "quarantine")
    assert notice.files["original-message.eml"] == bomb
    assert "The message is attached as it came, as original-message.eml" in notice.words


def test_c9_of_a_mail_in_too_many_parts_the_first_is_shown(desk: Office) -> None:
    head = b"From: Sam Smith <sam.smith@citizens.example>\r\nSubject: Fines\r\nMessage-ID: <p@citizens.example>\r\n"
    start = (
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nHow many fines in 2020?\r\n"
    )
    assert desk.arrives(head + start + b"--b\r\n\r\nx\r\n" * 20_000) == "quarantine"
    notice = desk.one_for(JANE, "quarantine")
    assert "more than 500 parts (rule C9)" in notice.words
    assert "How many fines in 2020?" in notice.words


@pytest.mark.parametrize("who", ["a stranger", "the requester"])
def test_c8_a_book_of_text_is_shown_to_be_one_and_costs_little(desk: Office, who: str) -> None:
    """Officers get its first pages: no server would take the whole of it from us."""
    desk.asks()
    acknowledgement = desk.one_for(SAM)
    desk.discards()
    book = "And how many lamp posts stood in the next street?\n" * 20_000
    if who == "a stranger":
        assert desk.asks(book, subject="[000001/20] Lamps", who=RUE) == "unmatched"
    else:
        raw = reply(
            SAM, acknowledgement.raw, book, desk.clock.now(), message_id="<l@citizens.example>"
        )
        assert desk.arrives(desk.border(raw, SAM.address)) == "followup"
    notice = desk.one_for(JANE)
    assert "only the first 50,000 characters of its text are shown" in notice.words
    assert len(notice.text) < 60_000
    assert len(notice.files["original-message.eml"]) > 900_000
    desk.discards()


def test_c8_of_a_book_the_first_pages_are_the_request(desk: Office) -> None:
    desk.asks("How many lamp posts stood in the next street?\n" * 20_000)
    assert len(desk.case().request_text) <= 50_000
    assert "only the first 50,000 characters" in desk.one_for(JANE).words
    desk.discards()


def test_c8_of_a_mail_beyond_the_limit_the_beginning_is_a_request(desk: Office) -> None:
    head = b"From: Sam Smith <sam.smith@citizens.example>\r\nSubject: Fines\r\nMessage-ID: <big@citizens.example>\r\n"
    text = b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nHow many fines in 2020?\r\n--b\r\n"
    file = b"Content-Type: video/mp4; name=film.mp4\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    raw = desk.border(head + text + file + b"QUJD\r\n" * 5_000, SAM.address)
    assert desk.arrives(raw, truncated=True) == "request"
    desk.one_for(SAM)
    notice = desk.one_for(JANE)
    assert "How many fines in 2020?" in notice.words
    assert "larger than the limit: foibot has only its beginning" in notice.words
    assert "as it came" not in notice.words
    kept = f"only its first {len(raw) // 1024} KB are attached, as original-message.eml."
    assert (
        f"larger than foibot fetches: {kept} The whole of it is in the mailbox foi@exampleshire.example."
        in notice.words
    )
    assert notice.files["original-message.eml"] == raw
    desk.discards()

    desk.orders(JANE, notice, "split\nHow many fines in 2020?")
    second = desk.one_for(JANE, "new-case")
    assert kept in second.words, (
        "half of it is not the whole of it because it is told a second time"
    )
    assert "as it came" not in second.words
    desk.discards()


def test_c8_half_an_order_orders_nothing(desk: Office) -> None:
    desk.asks()
    notice = desk.one_for(JANE)
    desk.discards()
    raw = reply(JANE, notice.raw, ORDER, desk.clock.now(), message_id="<o@exampleshire.example>")
    raw = desk.border(raw, JANE.address, login=True)
    assert desk.arrives(raw, truncated=True) == "quarantine"
    assert desk.case().letters == ()
    shown = desk.one_for(JANE, "quarantine")
    assert "larger than the limit" in shown.words
    assert "as it came" not in shown.words
    assert ORDER in shown.words
    desk.discards()


def test_c8_a_mail_that_no_server_would_take_from_us_is_not_passed_on(tmp_path: Path) -> None:
    with office(tmp_path, limits={"letter_mb": 1}) as desk:
        head = b"From: a@b.example\r\n" + b"X: y\r\n" * 5000 + b"\r\n"
        assert desk.arrives(head + b"x" * 900_000) == "quarantine"
        notice = desk.one_for(JANE)
        assert notice.files == {}
        assert "too large to be passed on (1 MB). It is in the mailbox foi@exam" in notice.words


def test_mail_from_before_our_time_is_kept_and_never_answered(tmp_path: Path) -> None:
    with office(tmp_path, mailbox={"since": date(2020, 12, 9)}) as desk:
        assert desk.asks() == "unmatched"
        assert desk.unread == []
        desk.clock.set(london("2020-12-09 00:01"))
        assert desk.asks("Another question") == "request"
        desk.discards()


WELSH = (
    "Annwyl Swyddog, o dan y Ddeddf Rhyddid Gwybodaeth, hoffwn wybod faint o gŵn sydd gan yr heddlu a "
    "beth oedd cost pob ci. Diolch yn fawr."
)


def test_a_request_in_a_language_of_the_authority_is_acknowledged_in_it(tmp_path: Path) -> None:
    with office(tmp_path, authority={"languages": ("cy",)}) as desk:
        desk.asks(WELSH)
        welsh = desk.one_for(SAM)
        desk.discards(JANE)
        assert "Y diwrnod olaf yn ôl y gyfraith" in " ".join(welsh.words.split())
        assert '<html lang="cy-GB">' in welsh.html
        assert "Rydym wedi cael eich cais" in welsh.subject

        desk.asks(subject="Dogs")
        assert '<html lang="en-GB">' in desk.one_for(SAM).html
        desk.discards(JANE)


def test_without_such_a_language_it_is_acknowledged_in_english(desk: Office) -> None:
    desk.asks(WELSH)
    assert '<html lang="en-GB">' in desk.one_for(SAM).html
    desk.discards(JANE)


def test_an_attached_outlook_message_is_read_and_handed_on_as_it_came(desk: Office) -> None:
    """Mail rule C20: nobody can answer what nobody was told to open."""
    raw = (Path(__file__).parents[1] / "emails" / "0032-outlook-message.eml").read_bytes()
    assert desk.arrives(raw) == "request"
    assert desk.one_for("ada.able@elsewhere.example").kind == "ack"

    notice = desk.one_for(JANE, "new-case")
    assert "Please see the attached message, which a resident asked me" in notice.words
    inside = notice.words.partition("What the attached messages say")[2]
    assert "From: Sam Smith" in inside
    assert "tell me how many parking fines were issued" in inside.replace("> ", "")
    assert "Parking fines in the High Street.msg" in notice.words.partition("Files that came")[2]
    assert notice.files["original-message.eml"] == raw


def test_a_notice_names_fifty_of_many_files(desk: Office) -> None:
    raw = desk.asked("How many fines?", SAM, "Fines")
    files = [Enclosure(f"page-{number}.txt", b"x", "text/plain") for number in range(1, 54)]
    desk.arrives(carrying(raw, *files))
    desk.discards(SAM)
    words = desk.one_for(JANE).words
    assert "page-50.txt" in words
    assert "page-51.txt" not in words
    assert "and 3 more" in words
