"""Files that come with an order: enclosed as they are, refused where none may be, never lost in silence."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from foibot.case.case import LetterState, State
from foibot.desk.bundle import bundle
from foibot.desk.verify import verify
from foibot.store.tables import files as contents
from tests.carrying import LOGO, Enclosure
from tests.office import JANE, RUTH, SAM, TOM, Mail, Office, office

TABLE = Enclosure("complaints.csv", b"month,number\njanuary,3\n", "text/csv")
PLAN = Enclosure("plan.pdf", b"%PDF-1.7 plan", "application/pdf")
SEAL = Enclosure("smime.p7s", b"seal", "application/pkcs7-signature")


def opened(desk: Office) -> Mail:
    """A request has come; Jane's notice of it."""
    desk.asks("How many complaints were there?")
    notice = desk.one_for(JANE)
    desk.discards()
    return notice


def ordered(desk: Office, order: str, *files: Enclosure) -> Mail:
    """Jane has ordered a letter with these files; Tom's draft notice."""
    notice = opened(desk)
    assert desk.orders(JANE, notice, order, files=files) == "command", desk.one_for(JANE).text
    draft = desk.one_for(TOM)
    desk.discards()
    return draft


def sent(desk: Office, draft: Mail, version: int = 1) -> Mail:
    """Tom approves, the time to undo is over; what Sam got."""
    assert desk.orders(TOM, draft, f"approve v{version}") == "command", desk.one_for(TOM).text
    desk.later(minutes=11)
    letter = desk.one_for(SAM)
    desk.discards()
    return letter


def test_the_bytes_that_were_approved_are_the_bytes_that_are_sent(desk: Office) -> None:
    draft = ordered(desk, "disclose", TABLE, LOGO, PLAN)
    for one in (TABLE, PLAN):
        assert f"{one.name}, {len(one.content)} bytes" in draft.words
        assert f"SHA-256: {sha256(one.content).hexdigest()}" in draft.words
        assert draft.files[one.name] == one.content
    assert "image001.png" not in draft.text
    assert "foibot does not look inside files" in draft.words
    assert "These files come with this letter: - complaints.csv - plan.pdf" in draft.words

    letter = sent(desk, draft)
    assert letter.files == draft.files
    assert list(letter.files) == ["letter-000001-20.pdf", "complaints.csv", "plan.pdf"]
    types = {
        part.get_filename(): part.get_content_type() for part in letter.message.iter_attachments()
    }
    assert types["complaints.csv"] == "text/csv"
    case = desk.case()
    assert (case.state, case.outcome) == (State.ANSWERED, "disclosure")
    assert [one.name for one in case.letters[0].files] == ["complaints.csv", "plan.pdf"]
    assert list(verify(desk.store)) == []
    assert bundle(desk.store, "000001/20")["letters/v1-files/plan.pdf"] == PLAN.content


def test_a_file_that_was_changed_in_the_database_is_found(desk: Office) -> None:
    ordered(desk, "disclose", TABLE)
    with desk.engine.begin() as connection:
        connection.execute(contents.update().values(content=b"month,number\njanuary,4\n"))
    assert "version 1 of the letter on 000001/20 was changed" in list(verify(desk.store))


def test_files_stay_with_the_next_versions_until_they_are_changed(desk: Office) -> None:
    notice = opened(desk)
    steps: list[tuple[str, list[Enclosure], list[str], str]] = [
        ("disclose", [TABLE, PLAN], ["complaints.csv", "plan.pdf"], ""),
        ("set answer\nThe table gives the figures.", [], ["complaints.csv", "plan.pdf"], ""),
        ("detach plan.pdf", [], ["complaints.csv"], "plan.pdf no longer goes with it"),
        ("attach", [Enclosure("Complaints.csv", b"month,number\nmay,9\n")], ["Complaints.csv"], "Complaints.csv is new"),
        ("disclose", [], ["Complaints.csv"], ""),
        ("attach", [PLAN], ["Complaints.csv", "plan.pdf"], "plan.pdf is new"),
        ("attach", [Enclosure("plan.pdf", b"%PDF-1.7 another")], ["Complaints.csv", "plan.pdf"], "plan.pdf is another file than before"),
        ("disclose", [TABLE], ["complaints.csv"], "plan.pdf no longer goes with it"),
        ("detach all", [], [], "complaints.csv no longer goes with it"),
    ]  # fmt: skip
    for version, (order, files, names, said) in enumerate(steps, start=1):
        assert desk.orders(JANE, notice, order, files=files) == "command", desk.one_for(JANE).text
        draft = desk.one_for(RUTH)
        desk.discards()
        assert [name for name in draft.files if not name.startswith("letter-")] == names
        assert said in draft.words
        letter = desk.case().current
        assert letter is not None
        assert [one.name for one in letter.files] == names
        assert letter.version == version
    with desk.engine.connect() as connection:
        # Each content once, however many versions carry it.
        assert len(connection.execute(contents.select()).all()) == 4


REFUSED = [
    ("not held\nWe looked.", TABLE, "No file may go with a letter of the kind “Not held”"),
    ("ncnd 23(5)", TABLE, "No file may go with a letter of the kind “Neither confirm nor deny”"),
    ("refuse 31(1)(a)", TABLE, "No file may go"),
    ("refuse 14(1)\nThe tenth.", TABLE, "No file may go"),
    ("refuse 12\n20 hours\nadvice: Less.", TABLE, "No file may go"),
    ("clarify\nWhich year?", TABLE, "No file may go"),
    ("disclose", Enclosure("winmail.dat", b"x\x9f", "application/ms-tnef"), "Outlook's own wrapping"),
    ("disclose", Enclosure("fw.eml", b"From: a", "message/rfc822"), "a mail inside your mail"),
    ("disclose", Enclosure("fw.msg", b"\xd0\xcf"), "a mail inside your mail"),
    ("disclose", Enclosure("empty.csv", b" \n", "text/csv"), "it is empty"),
    ("disclose", Enclosure("run.exe", b"MZ"), "it can run as a program"),
    ("disclose", Enclosure("run.txt", b"MZ\x90"), "it can run as a program"),
    ("disclose", Enclosure("sheet.xlsm", b"PK"), "it can hold macros"),
    ("disclose", Enclosure("scan.pdf", b"<html>"), "it does not begin as a .pdf file does"),
    ("disclose", Enclosure("letter-000001-20.pdf", b"%PDF-1.7"), "has the name of the letter itself"),
    ("disclose", Enclosure("Sam Smith.pdf", b"%PDF-1.7"), "rule L-13"),
]  # fmt: skip


@pytest.mark.parametrize(("order", "file", "said"), REFUSED)
def test_a_file_that_may_not_go_makes_no_version(
    desk: Office, order: str, file: Enclosure, said: str
) -> None:
    notice = opened(desk)
    assert desk.orders(JANE, notice, order, files=[file]) == "command-refused"
    answer = desk.one_for(JANE)
    assert said in answer.words or f"({said})" in answer.words or "L-13" in answer.words, (
        answer.text
    )
    assert desk.case().letters == ()


def test_a_letter_beyond_the_size_that_travels_is_not_drafted(tmp_path: Path) -> None:
    with office(tmp_path, limits={"letter_mb": 1}) as desk:
        notice = opened(desk)
        large = Enclosure("scan.pdf", b"%PDF-1.7" + b"\0" * 900_000, "application/pdf")
        assert desk.orders(JANE, notice, "disclose", files=[large]) == "command-refused"
        words = desk.one_for(JANE).words
        assert "scan.pdf (900 KB)" in words
        assert "1.0 MB is the limit" in words
        assert desk.case().letters == ()


def test_names_that_tell_wait_for_a_reason(desk: Office) -> None:
    draft = ordered(desk, "disclose", Enclosure("Jane_unredacted.csv", b"a\n", "text/csv"))
    assert (
        "L-13: In the files: the name of a file that goes with the letter names Jane Orange"
        in draft.words
    )
    assert "W-13: In the files: “unredacted” in its name" in draft.words
    assert desk.orders(TOM, draft, "approve v1") == "command-refused"
    desk.discards()


def test_what_people_should_look_for_is_said_by_type(desk: Office) -> None:
    draft = ordered(desk, "disclose", Enclosure("a.xlsx", b"PK"), Enclosure("b.docx", b"PK"), Enclosure("c.zip", b"PK"))  # fmt: skip
    for words in ("hidden sheets, rows, columns", "tracked changes", "every file in the ZIP"):
        assert words in draft.words


def test_the_answered_part_beside_a_part_neither_confirmed_nor_denied_may_be_a_file(
    desk: Office,
) -> None:
    order = "ncnd part 23(5) 24(2)\nconcerns: Question 2."
    letter = sent(desk, ordered(desk, order, TABLE))
    assert letter.files["complaints.csv"] == TABLE.content


def test_a_slot_and_a_file_are_changed_one_after_the_other(desk: Office) -> None:
    draft = ordered(desk, "disclose\n212.")
    order = "set answer\nThe table gives the figures."
    assert desk.orders(TOM, draft, order, files=[TABLE]) == "command-refused"
    answer = desk.one_for(TOM)
    assert "complaints.csv" in answer.words
    assert 'Reply "attach"' in answer.words


@pytest.mark.parametrize(
    ("order", "files", "said"),
    [
        ("attach", [], "There is no file with your message"),
        ("attach", [LOGO], "There is no file with your message"),
        ("attach", [Enclosure("a.eml", b"x")], "a mail inside your mail"),
        ("detach", [], "No file “nothing” goes with the letter"),
        ("detach plan.doc", [], "No file “plan.doc” goes with the letter"),
        ("detach all", [], "needs the text for “answer” first"),
    ],
)
def test_what_cannot_be_attached_or_taken_out_is_said(
    desk: Office, order: str, files: list[Enclosure], said: str
) -> None:
    draft = ordered(desk, "disclose", PLAN)
    assert desk.orders(TOM, draft, order, files=files) == "command-refused"
    assert said in desk.one_for(TOM).words
    assert len(desk.case().letters) == 1


@pytest.mark.parametrize("order", ["attach", "detach all"])
def test_there_is_no_letter_to_change(desk: Office, order: str) -> None:
    notice = opened(desk)
    assert desk.orders(JANE, notice, order) == "command-refused"
    assert "There is no letter on this case yet" in desk.one_for(JANE).words


@pytest.mark.parametrize("order", ["attach", "detach all", "set answer\nx"])
def test_a_letter_that_is_about_to_leave_is_not_changed(desk: Office, order: str) -> None:
    draft = ordered(desk, "disclose\n212.")
    desk.orders(TOM, draft, "approve v1")
    approved = desk.one_for(RUTH)
    desk.discards()
    assert desk.orders(RUTH, approved, order) == "command-refused"
    assert "Stop it first" in desk.one_for(RUTH).words


def test_an_approval_with_a_file_may_mean_that_file(desk: Office) -> None:
    draft = ordered(desk, "disclose\n212.")
    assert desk.orders(TOM, draft, "approve v1", files=[TABLE]) == "command-refused"
    assert "with these files: complaints.csv" in desk.one_for(TOM).words
    letter = desk.case().current
    assert letter is not None
    assert letter.state is LetterState.DRAFT


@pytest.mark.parametrize("file", [LOGO, SEAL])
def test_a_logo_in_the_signature_and_a_seal_are_no_files(desk: Office, file: Enclosure) -> None:
    draft = ordered(desk, "disclose\n212.", file)
    assert list(draft.files) == ["letter-000001-20.pdf"]
    assert desk.orders(TOM, draft, "approve v1", files=[file]) == "command"
    desk.discards()
