"""The words and files of a parsed mail (mail rules C5, C12, C14 to C17, C20, C23, C26)."""

from __future__ import annotations

from hashlib import sha256

import pytest

from foibot.mail import body
from foibot.mail.html_text import html_to_text
from foibot.mail.message import IncomingMail
from foibot.mail.parse import parse


def read(source: str | bytes) -> IncomingMail:
    raw = source.encode() if isinstance(source, str) else source
    mail = parse(b"From: sam@elsewhere.example\n" + raw)
    assert isinstance(mail, IncomingMail)
    return mail


def parts(kind: str, *inner: str) -> str:
    return f"Content-Type: multipart/{kind}; boundary=b\n\n" + "".join(
        f"--b\n{part}\n" for part in inner
    ) + "--b--\n"  # fmt: skip


PLAIN = "Content-Type: text/plain; charset=utf-8\n\n"
HTML = "Content-Type: text/html; charset=utf-8\n\n"


def test_plain_text_is_preferred() -> None:
    mail = read(parts("alternative", PLAIN + "Hello there", HTML + "<p>Hello <b>there</b></p>"))
    assert (mail.text, mail.from_html, mail.flags) == ("Hello there", False, ())


def test_html_stands_in_for_empty_plain_text() -> None:
    """Mail rule C16."""
    mail = read(parts("alternative", PLAIN + "  \n", HTML + "<p>Hello</p>"))
    assert (mail.text, mail.from_html) == ("Hello", True)


def test_plain_text_stands_in_for_empty_html() -> None:
    mail = read(parts("alternative", PLAIN + "Hello", HTML + "<p></p>"))
    assert (mail.text, mail.from_html) == ("Hello", False)


def test_html_beside_the_plain_text_is_kept_too() -> None:
    mail = read(parts("mixed", PLAIN + "Hello", HTML + "<p>From the list</p>"))
    assert (mail.text, mail.from_html) == ("Hello\nFrom the list", False)


def test_two_texts_around_a_file_are_joined() -> None:
    pdf = "Content-Type: application/pdf\n\n%PDF"
    mail = read(parts("mixed", PLAIN + "Before", pdf, PLAIN + "After"))
    assert mail.text == "Before\nAfter"
    assert [one.name for one in mail.attachments] == ["document.pdf"]


@pytest.mark.parametrize(
    ("plain", "html", "differ"),
    [
        ("Please send the minutes of the last ten meetings", "<p>Please send the minutes of the last ten meetings</p>", False),
        ("See https://x.example/a for the list", '<p>See <a href="https://x.example/a">this</a> for the list</p>', False),
        ("Please send the minutes of the last ten meetings", "<p>I withdraw everything that I ever asked for</p>", True),
        ("approve", "<p>approve</p><div hidden>and some other words nobody can see here at all</div>", True),
    ],
)  # fmt: skip
def test_two_versions_are_compared(plain: str, html: str, differ: bool) -> None:
    """Mail rule C15."""
    mail = read(parts("alternative", PLAIN + plain, HTML + html))
    assert ("parts differ" in mail.flags) == differ
    assert mail.text == plain


def test_flowed_text_is_joined() -> None:
    source = "Content-Type: text/plain; format=flowed{}\n\nOne \ntwo\n> quoted \n> more\n>> deeper\n-- \nSam\n"
    assert read(source.format("")).text == "One two\n> quoted more\n>> deeper\n-- \nSam\n"
    assert read(source.format("; delsp=yes")).text.startswith("Onetwo\n")


def test_nothing_to_read_is_said() -> None:
    """Mail rules C16, C17."""
    assert read("\n \n").flags == ("body empty",)
    assert read("Content-Type: application/pdf\n\n%PDF").flags == ("text in attachment",)


def test_nuls_and_line_ends_are_cleaned() -> None:
    """Mail rule C26."""
    assert read(b"\na\0b\r\nc\rd\n").text == "ab\nc\nd\n"


def test_a_text_with_a_name_is_a_file() -> None:
    mail = read(parts("mixed", PLAIN + "Hello", 'Content-Type: text/plain; name="log.txt"\n\nlog'))
    assert mail.text == "Hello"
    assert mail.attachments[0].content() == b"log"


def test_a_text_meant_as_a_file_is_one() -> None:
    mail = read("Content-Disposition: attachment\n\nHello")
    assert [(one.name, one.content()) for one in mail.attachments] == [("text.txt", b"Hello")]


def test_a_message_within_stays_byte_for_byte() -> None:
    """Mail rule C28."""
    inner = b"From: x\nSubject: caf\xe9\n\nBody \xff\n"
    raw = b"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: message/rfc822\n\n"
    mail = read(raw + inner + b"\n--b--\n")
    assert mail.attachments[0].name == "message.eml"
    assert mail.attachments[0].content() == inner


def test_in_a_digest_a_part_without_a_type_is_a_message() -> None:
    mail = read(parts("digest", "\nSubject: inner\n\nhello"))
    assert [one.content_type for one in mail.attachments] == ["message/rfc822"]


def test_a_multipart_without_a_boundary_is_text() -> None:
    assert read("Content-Type: multipart/mixed\n\nHello\n").text == "Hello\n"


def test_an_unclosed_multipart_keeps_its_parts() -> None:
    """Mail rule C22."""
    assert read("Content-Type: multipart/mixed; boundary=b\n\n--b\n\nHello\n").text == "Hello"


@pytest.mark.parametrize(
    ("kind", "flag"),
    [
        ("application/pkcs7-mime; name=smime.p7m", "encrypted or sealed"),
        ("application/pgp-encrypted", "encrypted or sealed"),
        ("application/ms-tnef", "winmail.dat cannot be opened here"),
        ("application/octet-stream; name=WINMAIL.DAT", "winmail.dat cannot be opened here"),
        ("application/vnd.ms-outlook", "an Outlook message is attached"),
        ('application/octet-stream; name="Their request.MSG"', "an Outlook message is attached"),
    ],
)
def test_what_cannot_be_read_here_is_flagged(kind: str, flag: str) -> None:
    """Mail rule C20."""
    assert any(one.startswith(flag) for one in read(f"Content-Type: {kind}\n\nx").flags)


def test_outlook_messages_are_named_wherever_they_were_packed() -> None:
    """Mail rule C20."""
    one = 'Content-Type: application/vnd.ms-outlook; name="{}.msg"\n\nx'
    few = read(parts("mixed", PLAIN + "begin 644 old.msg\n#86)C\n`\nend\n", one.format("new")))
    (flag,) = few.flags
    assert flag.endswith(": open old.msg, new.msg in Outlook")
    many = read(parts("mixed", PLAIN + "Hello", *(one.format(number) for number in range(7))))
    (flag,) = many.flags
    assert flag.endswith(": open 0.msg, 1.msg, 2.msg, 3.msg, 4.msg and 2 more in Outlook")


def test_the_digest_ignores_layout_and_nothing_else() -> None:
    pdf = "Content-Type: application/pdf\nContent-Transfer-Encoding: base64\n\n"
    one = read("Subject: a\n" + parts("mixed", PLAIN + "Hello  there\n", pdf + "JVBE\nRi0x"))
    same = read("Subject: b\n" + parts("mixed", PLAIN + "Hello\nthere", pdf + "JVBERi0x"))
    other_file = read(parts("mixed", PLAIN + "Hello there", pdf + "JVBERi0y"))
    other_text = read(parts("mixed", PLAIN + "Hello, there", pdf + "JVBERi0x"))
    assert one.body_hash == same.body_hash
    assert len({one.body_hash, other_file.body_hash, other_text.body_hash}) == 3


def test_the_digest_of_a_long_text_is_that_of_its_words() -> None:
    long = "word " * 250_000 + "\n" + "x" * 1_500_000 + " end "
    words = " ".join(long.split())
    assert read(PLAIN + long).body_hash == sha256(words.encode()).hexdigest()
    assert read(f"{PLAIN}\n{long}\n\n").body_hash == read(PLAIN + long).body_hash
    assert read(PLAIN + "a b" * 500_000).body_hash != read(PLAIN + "a  bc" * 500_000).body_hash


def test_only_so_much_html_is_read_of_all_parts_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body, "LONGEST", 30)
    read = 0

    def counted(source: str) -> str:
        nonlocal read
        read += len(source)
        return html_to_text(source)

    monkeypatch.setattr(body, "html_to_text", counted)
    page = b"--b\nContent-Type: text/html\n\n<p>Twenty letters</p>\n"
    start = b"From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\n"
    mail = parse(start + b"--b\n\nPlain\n" + page * 1 + b"--b--\n")
    assert isinstance(mail, IncomingMail)
    assert body.HTML_CUT not in mail.flags
    mail = parse(start + b"--b\n\nPlain\n" + page * 400 + b"--b--\n")
    assert isinstance(mail, IncomingMail)
    assert read <= 60
    assert mail.text.startswith("Plain\nTwenty letters")
    assert body.HTML_CUT in mail.flags


def test_only_so_much_of_all_versions_is_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body, "_COMPARED_IN_ALL", 40)
    seen = []
    monkeypatch.setattr(body, "words_of_html", lambda source: seen.append(source) or [])
    page = b"--b\nContent-Type: text/html\n\n<p>Twenty letters</p>\n"
    start = b"From: a@b.example\nContent-Type: multipart/alternative; boundary=b\n\n"
    parse(start + b"--b\n\nTwenty letters\n" + page * 9 + b"--b--\n")
    assert sum(map(len, seen)) == 40


def test_a_picture_is_shown_by_the_whole_of_its_content_id() -> None:
    shows = b'--b\nContent-Type: text/html\n\n<img src="cid:x70">' + b"x" * 100 + b"\n"
    picture = b"--b\nContent-Type: image/png; name=p%d.png\nContent-ID: <x%d>\n\nx\n"
    pictures = b"".join(picture % (number, number) for number in (7, 70, 8))
    start = b"From: a@b.example\nContent-Type: multipart/related; boundary=b\n\n"
    mail = parse(start + shows + pictures + b"--b--\n")
    assert isinstance(mail, IncomingMail)
    assert [one.in_text for one in mail.attachments] == [False, True, False]
