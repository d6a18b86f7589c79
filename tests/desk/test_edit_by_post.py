"""An officer edits the quoted draft: in the shapes of several mail programs, and with everything that goes wrong."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable
from email.message import EmailMessage
from html import escape
from urllib.parse import quote

import pytest

from foibot.case.case import LetterState
from foibot.demo.correspondent import Person
from foibot.mail.html_text import html_to_text
from tests.carrying import Enclosure
from tests.office import JANE, MAILBOX, RUTH, TOM, Mail, Office

WAS, NOW = "carry real weight", "carry some weight"
OUTLOOK = "\n\nFrom: FOI <foi@exampleshire.example>\nSent: Tuesday\nTo: Tom\nSubject: Letter\n\n"
GMAIL = "\n\nOn Tue, 8 Dec 2020 at 09:11, FOI <foi@exampleshire.example> wrote:\n\n"

Shape = Callable[[Mail, Callable[[str], str]], tuple[str, str]]


def outlook(draft: Mail, edit: Callable[[str], str]) -> tuple[str, str]:
    return f"edit v1{OUTLOOK}{edit(draft.text)}", "plain"


def gmail(draft: Mail, edit: Callable[[str], str]) -> tuple[str, str]:
    wrapped = [
        part for line in edit(draft.text).splitlines() for part in textwrap.wrap(line, 70) or [""]
    ]
    return f"edit v1{GMAIL}" + "\n".join(f"> {line}" for line in wrapped), "plain"


def smart(draft: Mail, edit: Callable[[str], str]) -> tuple[str, str]:
    text = (
        edit(draft.text)
        .replace("'", "’")
        .replace("- ", "• ")
        .replace("[[ ", "[[\u00a0")
        .replace("--", "—")
    )
    return f"Edit V1.{OUTLOOK}{text}", "plain"


def html_only(draft: Mail, edit: Callable[[str], str]) -> tuple[str, str]:
    quoted = edit(draft.html.partition("<body")[2].partition(">")[2])
    return f"<div>edit v1</div><blockquote>{quoted}</blockquote>", "html"


def outlook_web(draft: Mail, edit: Callable[[str], str]) -> tuple[str, str]:
    quoted = edit(draft.html.partition("<body")[2].partition(">")[2])
    head = (
        "<b>From:</b> FOI<br><b>Sent:</b> Tuesday<br><b>To:</b> Tom<br><b>Subject:</b> Letter<br>"
    )
    return f"<div>edit v1</div><hr><div>{head}</div>{quoted}", "html"


def safe_links(draft: Mail, edit: Callable[[str], str]) -> tuple[str, str]:
    def detour(found: re.Match[str]) -> str:
        return f"https://eur01.safelinks.protection.outlook.com/?url={quote(found[0], safe='')}&data=05%7C01"

    text = re.sub(r"https://[^\s<>]+", detour, edit(draft.text))
    return f"edit v1{OUTLOOK}{text}", "plain"


def doubled(draft: Mail, edit: Callable[[str], str]) -> tuple[str, str]:
    """Outlook's plain text of an HTML mail: each address once more between angle brackets, by way of the scanner."""

    def detour(found: re.Match[str]) -> str:
        address = quote(found[0], safe="")
        return f"{found[0]}<https://eur01.safelinks.protection.outlook.com/?url={address}&data=05%7C01&sdata=x%3D&reserved=0>"

    text = re.sub(r"https://[^\s<>]+", detour, edit(draft.text))
    text = re.sub(r"[\w.+-]+@[\w.-]+\w", r"\g<0><mailto:\g<0>>", text)
    text = re.sub(
        r"\b0\d{3,4} \d{3} ?\d{3,4}\b",
        lambda f: f"{f[0]}<tel:{f[0].replace(chr(32), '')}>",
        text,
    )
    return f"edit v1{OUTLOOK}{text}", "plain"


SHAPES: dict[str, Shape] = {
    "Outlook": outlook, "Gmail, quoted and wrapped": gmail, "smart quotes and bullets": smart,
    "HTML only": html_only, "Outlook on the web": outlook_web, "Safe Links": safe_links,
    "addresses doubled": doubled,
}  # fmt: skip


def replies(
    desk: Office,
    draft: Mail,
    body: str,
    subtype: str = "plain",
    files: dict[str, bytes] | None = None,
    who: Person = TOM,
) -> str:
    """A reply, Tom's if nobody else's, as a mail program wrote it; the disposition."""
    mail = EmailMessage()
    mail["From"], mail["To"] = f"{who.name} <{who.address}>", draft.header("Reply-To") or MAILBOX
    mail["Subject"] = f"Re: {draft.subject}"
    mail["Message-ID"] = desk.message_id("exampleshire.example")
    mail["In-Reply-To"] = draft.header("Message-ID")
    mail.set_content(body, subtype=subtype)
    for name, content in (files or {}).items():
        mail.add_attachment(content, maintype="text", subtype="plain", filename=name)
    return desk.arrives(desk.border(mail.as_bytes(), who.address, login=True))


def balance(text: str) -> str:
    """The open words of the balance changed, where they stand between marks."""
    above, found, rest = text.rpartition("[[ balance ]]")
    return above + found + rest.replace(WAS, NOW)


@pytest.mark.parametrize("shape", SHAPES.values(), ids=list(SHAPES))
def test_the_edited_words_become_the_next_version(desk: Office, shape: Shape) -> None:
    """Mail rule E17."""
    draft = desk.drafted()
    assert replies(desk, draft, *shape(draft, balance)) == "command", desk.one_for(TOM).text
    case = desk.case()
    assert [one.state for one in case.letters] == [LetterState.SUPERSEDED, LetterState.DRAFT]
    assert [name for name, _ in case.letters[1].slots] == ["balance"]
    fresh = desk.one_for(RUTH)
    assert (
        f"What changed since version 1 - Under “Where the balance lies”: “… The points for an answer {WAS}"
        in fresh.words
    )
    assert f"answer {NOW}" in fresh.words
    desk.discards()

    assert desk.orders(TOM, draft, "approve v1") == "command-refused"
    assert "Version 1 is no longer current" in desk.post_for(TOM)[0].words


def letter_in(notice: Mail) -> str:
    """The notice of a draft above its marks, with the letter as it will be sent."""
    return notice.text.replace("\r\n", "\n").partition("[[ answer ]]")[0]


@pytest.mark.parametrize("shape", SHAPES.values(), ids=list(SHAPES))
def test_numbers_and_line_ends_stay_as_an_officer_wrote_them(desk: Office, shape: Shape) -> None:
    desk.asks("How many cars and vans do you own?")
    notice = desk.one_for(JANE)
    desk.discards()
    answer = "3. We own 12 cars.\n4. We own 5 vans.\n\n2020: 10 cars\n2021: 12 cars"
    assert desk.orders(JANE, notice, f"disclose\n\n{answer}") == "command"
    draft = desk.one_for(TOM)
    desk.discards()
    assert answer in letter_in(draft)

    def edit(text: str) -> str:
        above, found, rest = text.rpartition("[[ answer ]]")
        return above + found + rest.replace("5 vans", "6 vans")

    assert replies(desk, draft, *shape(draft, edit)) == "command", desk.one_for(TOM).text
    fresh = desk.one_for(RUTH)
    desk.discards()
    assert answer.replace("5 vans", "6 vans") in letter_in(fresh)


def refused(desk: Office, draft: Mail, body: str, **more: object) -> str:
    assert replies(desk, draft, body, **more) == "command-refused"  # type: ignore[arg-type]
    assert len(desk.case().letters) == 1
    return " ".join(one.words for one in desk.post_for(TOM))


@pytest.mark.parametrize(
    ("edit", "why"),
    [
        (lambda t: t, "nothing differs"),
        (lambda t: t.replace("[[ end of harm ]]", ""), "mark [[ end of harm ]] is missing"),
        (lambda t: t.replace("[[ harm ]]", ""), "stands where [[ harm ]] has not begun"),
        (lambda t: t.replace("for ]]", "for me ]]"), "no open slot “for me”"),
        (lambda t: t.replace("[[ against ]]", "[[ for ]]"), "[[ for ]] stands more than once"),
        (lambda t: t.replace("[[ words of version 1 ]]", ""), "[[ words of version 1 ]] and [[ end of words"),
        (lambda t: t.replace("words of version 1", "words of version 7"), "those of version 7, not of version 1"),
        (lambda t: t.replace("[[", "").replace("]]", ""), "There are no marks in your message"),
        (lambda t: t.replace("can neither confirm nor deny", "can confirm"), "Words in the letter itself were changed"),
        (lambda t: t.replace("At least one real point.", "Two points."), "Words between the marks were changed"),
        (lambda t: re.sub(r"(?s)\[\[ for \]\].*?\[\[ end of for", "[[ for ]]\n[[ end of for", t), "Nothing is left between"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_makes_no_version_and_is_named(
    desk: Office, edit: Callable[[str], str], why: str
) -> None:
    draft = desk.drafted()
    assert why in refused(desk, draft, outlook(draft, edit)[0])


def test_the_same_change_in_the_quoted_letter_is_no_touch_of_what_is_fixed(desk: Office) -> None:
    draft = desk.drafted()
    assert replies(desk, draft, *outlook(draft, lambda t: t.replace(WAS, NOW))) == "command"
    desk.discards()


def test_words_of_the_officer_above_the_quote_can_hold_marks_of_their_own(desk: Office) -> None:
    draft = desk.drafted()
    body = f"edit v1\n[[ harm ]]\nEither answer would help a planner.\n[[ end of harm ]]{OUTLOOK}{draft.text}"
    assert replies(desk, draft, body) == "command"
    assert desk.case().letters[1].slots == (("harm", "Either answer would help a planner."),)
    desk.discards()


def test_a_file_with_marks_is_read_and_two_are_not(desk: Office) -> None:
    draft = desk.drafted()
    words = balance(draft.text).encode()
    two = {"a.txt": words, "b.txt": words}
    assert "More than one of the files" in refused(desk, draft, "edit v1\n", files=two)
    one = {
        "words.txt": words,
        "photo.txt": b"\xff\xfe no marks",
        "broken.docx": b"PK",
        "x.pdf": b"%PDF",
    }
    assert replies(desk, draft, "edit v1\n", files=one) == "command"
    assert [name for name, _ in desk.case().letters[1].slots] == ["balance"]
    desk.discards()


def test_an_edit_needs_the_current_version_and_says_nothing_else(desk: Office) -> None:
    draft = desk.drafted()
    body = outlook(draft, balance)[0]
    assert "needs the version" in refused(desk, draft, body.replace("edit v1", "edit", 1))
    assert "Version 2 is not current" in refused(desk, draft, body.replace("edit v1", "edit v2", 1))
    more = body.replace("edit v1", "edit v1\nand please change paragraph two as well", 1)
    assert "stand outside of the marks" in refused(desk, draft, more)


def test_without_a_letter_or_on_a_closed_case_there_is_nothing_to_edit(desk: Office) -> None:
    desk.asks()
    notice = desk.one_for(JANE)
    desk.discards()
    assert desk.orders(JANE, notice, "edit v1") == "command-refused"
    assert "no letter on this case yet" in desk.one_for(JANE).words
    desk.orders(JANE, notice, "ncnd 23(5) 24(2) 31(3)(a)")
    desk.orders(JANE, notice, "withdrawn")
    desk.discards()
    assert desk.orders(JANE, notice, "edit v1") == "command-refused"
    assert "closed" in desk.one_for(JANE).words


def test_the_marks_say_the_same_in_text_and_in_html(desk: Office) -> None:
    draft = desk.drafted()
    marks = re.findall(r"\[\[ [^\]]+ \]\]", draft.text)
    assert len(marks) == 12
    assert re.findall(r"\[\[ [^\]]+ \]\]", html_to_text(draft.html)) == marks
    assert escape("[[ harm ]]") in draft.html


def test_an_edit_keeps_the_files_that_go_with_the_letter(desk: Office) -> None:
    table = Enclosure("complaints.csv", b"month,number\njanuary,3\n", "text/csv")
    desk.asks("How many complaints were there?")
    notice = desk.one_for(JANE)
    desk.discards()
    order = "disclose\nThere were 212 complaints."
    assert desk.orders(JANE, notice, order, files=[table]) == "command"
    draft = desk.one_for(TOM)
    desk.discards()

    above, found, rest = draft.text.rpartition("[[ answer ]]")
    body = f"edit v1{OUTLOOK}{above}{found}{rest.replace('212', '213')}"
    assert replies(desk, draft, body) == "command", desk.one_for(TOM).text
    fresh = desk.one_for(RUTH)
    desk.discards()
    assert "There were 213 complaints." in fresh.words
    assert fresh.files["complaints.csv"] == table.content
    first, second = desk.case().letters
    assert first.files
    assert second.files == first.files
