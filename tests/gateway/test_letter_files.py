"""A letter is read from whatever file it comes in; a file that is none is refused in plain words."""

import io
import subprocess
import sys
import zipfile
from contextlib import suppress
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfWriter
from pypdf.annotations import FreeText, Link

from foibot.gateway import pdf_text
from foibot.gateway.docx import NotADocx, read_docx
from foibot.gateway.letter_files import LetterCannotBeRead, read_letter
from foibot.gateway.pdf import Typesetter
from foibot.gateway.template_files import LETTERHEAD, fonts_folder, read_templates
from tests.letters.letters_tools import facts_on, shipped

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
TEXT = "Dear Sam Smith\n\nWe hold what you asked for.\n"


def written(tmp_path: Path, name: str, content: bytes | str) -> Path:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def paragraph(inside: str) -> str:
    return f"<w:p>{inside}</w:p>"


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def docx(body: str, **parts: str) -> bytes:
    """A .docx with this body; further parts by name, with __ for a slash and _ for a dot."""
    document = f'<w:document xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="{MC}"><w:body>{body}</w:body></w:document>'
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", document)
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return made.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        b"\xef\xbb\xbf" + TEXT.encode(),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.encode("utf-16"),
    ],
)
def test_text_is_read_in_its_charset(tmp_path: Path, content: bytes) -> None:
    assert read_letter(written(tmp_path, "letter.txt", content)).text == TEXT


def test_old_text_keeps_its_quotation_marks(tmp_path: Path) -> None:
    path = written(tmp_path, "letter.txt", "We “hold” it".encode("cp1252"))
    assert read_letter(path).text == "We “hold” it"


def test_html_becomes_its_visible_text(tmp_path: Path) -> None:
    path = written(tmp_path, "letter.html", "<html><body><p>We hold <b>it</b>.</p></body></html>")
    assert read_letter(path).text == "We hold it."


def test_a_word_letter_is_read_with_its_lists_and_links(tmp_path: Path) -> None:
    listed = f"<w:pPr><w:numPr/></w:pPr>{run('section 24(2)')}"
    link = f'<w:hyperlink r:id="r1">{run("threat level")}</w:hyperlink>'
    relations = (
        '<Relationships xmlns="x"><Relationship Id="r1" Type="a/hyperlink" Target="#"/>'
        '<Relationship Id="r2" Type="a/hyperlink" Target="https://ico.org.uk"/></Relationships>'
    )
    body = "".join(
        [
            paragraph(run("Dear Sam") + "<w:r><w:tab/></w:r>" + run("Smith")),
            paragraph(listed),
            paragraph(run("one") + "<w:r><w:br/></w:r>" + run("two")),
            paragraph(""),
            paragraph(link),
            f"<mc:AlternateContent><mc:Fallback>{paragraph(run('twice'))}</mc:Fallback></mc:AlternateContent>",
        ]
    )
    made = docx(
        body,
        word___rels__document_dot_xml_dot_rels=relations,
        word__header1_dot_xml=f'<w:hdr xmlns:w="{W}">{paragraph(run("Exampleshire Police"))}</w:hdr>',
        word__footer1_dot_xml=f'<w:ftr xmlns:w="{W}">{paragraph(run("Page one"))}</w:ftr>',
    )
    letter = read_letter(written(tmp_path, "letter.docx", made))
    assert letter.text.split("\n\n") == [
        "Exampleshire Police",
        "Dear Sam Smith",
        "- section 24(2)",
        "one\ntwo",
        "threat level",
        "Page one",
    ]
    assert letter.residue == ("an empty link",)


def test_what_a_word_processor_left_in_is_told(tmp_path: Path) -> None:
    body = "".join(
        [
            paragraph(
                f"<w:ins>{run('new')}</w:ins><w:del><w:r><w:delText>old</w:delText></w:r></w:del>"
            ),
            paragraph(
                run("seen") + run("unseen", "<w:vanish/>") + run("kept", '<w:vanish w:val="0"/>')
            ),
            paragraph("<w:r><w:commentReference/></w:r>"),
            paragraph("<w:r><w:instrText> MERGEFIELD Name </w:instrText></w:r>"),
        ]
    )
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Not held</dc:title>'
        "<dc:creator>Jane Orange</dc:creator><cp:lastModifiedBy>Tom Teal</cp:lastModifiedBy>"
        "<dc:subject> </dc:subject></cp:coreProperties>"
    )
    made = docx(body, docProps__core_dot_xml=core)
    letter = read_letter(written(tmp_path, "letter.docx", made))
    assert letter.text == "new\n\nseenkept"
    assert set(letter.residue) == {"a tracked change", "hidden text", "a comment", "a merge field"}
    assert letter.properties == (
        ("title", "Not held"),
        ("author", "Jane Orange"),
        ("last changed by", "Tom Teal"),
    )


def bomb() -> bytes:
    entities = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(
            "word/document.xml", f"{entities}<w:document xmlns:w='{W}'>&b;</w:document>"
        )
    return made.getvalue()


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (bomb(), "document type"),
        (docx("<w:p>" * 500 + "</w:p>" * 500), "too complicated"),
        (docx("<w:p/>" * 700_000), "too complicated"),
        (docx(paragraph(run("a" * 31_000_000))), "too large"),
        (docx("<w:p>"), "damaged"),
        (docx("")[:-40], "damaged"),
        (docx("").replace(b"word/document.xml", b"word/otherthing.xm"), "damaged|not a Word"),
        (b"PK\x03\x04" + b"\0" * 100, "damaged"),
    ],
)
def test_a_hostile_word_file_is_refused_in_plain_words(raw: bytes, why: str) -> None:
    with pytest.raises(NotADocx, match=why):
        read_docx(raw)


def test_a_zip_that_is_no_letter_is_refused(tmp_path: Path) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("content.xml", "<x/>")
    with pytest.raises(LetterCannotBeRead, match="not a Word document"):
        read_letter(written(tmp_path, "letter.odt", made.getvalue()))


@given(st.binary(max_size=300), st.integers(0, 250))
@settings(max_examples=60, deadline=None)
def test_no_damage_to_a_word_file_can_raise_anything_else(noise: bytes, at: int) -> None:
    whole = docx(paragraph(run("Dear Sam Smith")))
    with suppress(NotADocx):
        read_docx(whole[:at] + noise + whole[at + len(noise) :])


@pytest.fixture(scope="module")
def our_pdf() -> bytes:
    letter = shipped().letter("ncnd", facts_on())
    templates = read_templates()
    return Typesetter(templates[LETTERHEAD], fonts_folder()).pdf(
        letter.blocks_json, title=letter.title
    )


def test_our_own_pdf_is_read_whole(tmp_path: Path, our_pdf: bytes) -> None:
    letter = read_letter(written(tmp_path, "letter.pdf", our_pdf))
    said = " ".join(letter.text.split())
    assert "can neither confirm nor deny that it holds" in said
    assert "Wycliffe House" in said
    assert "Page 1" not in said
    assert [key for key, _ in letter.properties] == ["title"]
    assert letter.residue == ()


def test_comments_and_empty_links_in_a_pdf_are_told(tmp_path: Path, our_pdf: bytes) -> None:
    writer = PdfWriter(clone_from=io.BytesIO(our_pdf))
    writer.add_metadata({"/Author": "Jane Orange"})
    writer.add_annotation(0, FreeText(text="check this", rect=(0, 0, 50, 50)))
    writer.add_annotation(0, Link(rect=(0, 0, 50, 50), url="#"))
    made = io.BytesIO()
    writer.write(made)
    letter = read_letter(written(tmp_path, "letter.pdf", made.getvalue()))
    assert set(letter.residue) == {"a comment", "an empty link"}
    assert ("author", "Jane Orange") in letter.properties


def test_a_pdf_with_a_password_is_refused(tmp_path: Path, our_pdf: bytes) -> None:
    writer = PdfWriter(clone_from=io.BytesIO(our_pdf))
    writer.encrypt("secret", algorithm="RC4-128")
    made = io.BytesIO()
    writer.write(made)
    with pytest.raises(LetterCannotBeRead, match="password"):
        read_letter(written(tmp_path, "letter.pdf", made.getvalue()))


def test_a_pdf_without_words_is_refused(tmp_path: Path) -> None:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    made = io.BytesIO()
    writer.write(made)
    with pytest.raises(LetterCannotBeRead, match="no text"):
        read_letter(written(tmp_path, "scan.pdf", made.getvalue()))


@pytest.mark.parametrize(
    "raw", [b"%PDF-1.7\n", b"%PDF-1.7\n%%EOF", b"%PDF-1.4\n" + b"1 0 obj<<" * 999]
)
def test_a_broken_pdf_is_refused_without_a_traceback(tmp_path: Path, raw: bytes) -> None:
    with pytest.raises(LetterCannotBeRead, match="damaged"):
        read_letter(written(tmp_path, "letter.pdf", raw))


def test_a_pdf_that_takes_too_long_is_stopped(our_pdf: bytes) -> None:
    with pytest.raises(pdf_text.NotAPdf, match="too long"):
        pdf_text.read_pdf(our_pdf, longest=0.01)


def test_the_child_ends_with_a_code_when_there_is_nothing_to_read() -> None:
    child = Path(pdf_text.__file__).with_name("pdf_words.py")
    done = subprocess.run(
        [sys.executable, "-P", str(child)], input=b"", capture_output=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (3, b"", b"")


def mail(text: str = TEXT, html: str = "", **headers: str) -> EmailMessage:
    made = EmailMessage()
    made["From"] = "FOI <FOI@exampleshire.example>"
    made["To"] = "sam@somewhere.example"
    made["Subject"] = "Your request [004078/20]"
    made["Date"] = "Tue, 05 Jan 2021 10:00:00 +0000"
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content(text)
    if html:
        made.add_alternative(html, subtype="html")
    return made


def test_a_mail_is_read_with_what_surrounds_it(tmp_path: Path) -> None:
    made = mail(
        Cc="Ruth Rose <ruth@exampleshire.example>",
        Bcc="tom@exampleshire.example",
        Disposition_Notification_To="foi@exampleshire.example",
    )
    made.add_attachment(b"a,b", maintype="text", subtype="csv", filename="not_held.csv")
    letter = read_letter(written(tmp_path, "mail.eml", made.as_bytes()))
    assert letter.text.strip() == TEXT.strip()
    around = letter.mail
    assert around is not None
    assert around.subject == "Your request [004078/20]"
    assert around.sender == "foi@exampleshire.example"
    assert around.copied_to == ("ruth@exampleshire.example", "tom@exampleshire.example")
    assert around.wants_receipt
    assert around.date.startswith("Tue")
    assert [(file.name, file.text) for file in around.files] == [("not_held.csv", None)]


def test_a_mail_is_known_without_its_ending(tmp_path: Path) -> None:
    assert read_letter(written(tmp_path, "message", mail().as_bytes())).mail is not None
    assert read_letter(written(tmp_path, "letter", "Our ref: 1\nDate: 2\n\nDear Sam")).mail is None


def test_a_letter_attached_to_a_covering_mail_is_the_letter(tmp_path: Path, our_pdf: bytes) -> None:
    made = mail("Please find our answer attached.")
    made.add_attachment(our_pdf, maintype="application", subtype="pdf", filename="letter.pdf")
    letter = read_letter(written(tmp_path, "mail.eml", made.as_bytes()))
    assert "neither confirm nor deny" in letter.text
    assert ("the covering mail", "Please find our answer attached.\n") in letter.versions


def test_an_attachment_that_cannot_be_read_is_only_named(tmp_path: Path) -> None:
    made = mail()
    made.add_attachment(b"%PDF-1.7 broken", maintype="application", subtype="pdf", filename="a.pdf")
    for number in range(6):
        made.add_attachment(f"text {number}", filename=f"{number}.txt")
    letter = read_letter(written(tmp_path, "mail.eml", made.as_bytes()))
    assert letter.mail is not None
    texts = [file.text for file in letter.mail.files]
    assert texts[0] is None
    assert texts[1] is not None
    assert texts[-1] is None


def test_an_html_version_that_says_something_else_is_read_as_well(tmp_path: Path) -> None:
    made = mail(
        TEXT, "<p>Quite another letter, in which searches were conducted and nothing found.</p>"
    )
    letter = read_letter(written(tmp_path, "mail.eml", made.as_bytes()))
    assert letter.versions[0][0] == "the HTML version"
    assert "searches were conducted" in letter.versions[0][1]


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("letter.doc", b"\xd0\xcf\x11\xe0" + b"\0" * 99, "old Word"),
        ("letter.rtf", b"{\\rtf1 hello}", "rich text"),
        ("letter.png", b"\x89PNG\r\n", "picture"),
        ("letter.bin", b"\0\1\2\3" * 99, "no text, .eml, .docx or PDF"),
        ("empty.txt", b"  \n", "no text"),
        ("long.txt", b"a" * 400_001, "400001 characters"),
        ("mail.eml", b"Subject: x\n" * 2_000, "the mail is"),
    ],
)
def test_what_is_no_letter_is_refused_in_plain_words(
    tmp_path: Path, name: str, content: bytes, why: str
) -> None:
    with pytest.raises(LetterCannotBeRead, match=why):
        read_letter(written(tmp_path, name, content))


def test_a_file_beyond_all_bounds_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(30_000_001)
    with pytest.raises(LetterCannotBeRead, match="larger"):
        read_letter(path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(LetterCannotBeRead, match=r"nothing\.txt cannot be read"):
        read_letter(tmp_path / "nothing.txt")
