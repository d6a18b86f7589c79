"""Messages in Outlook's own format, and what officers read of attached messages (mail rules C18, C20)."""

from __future__ import annotations

import base64
import random
import struct

import pytest

from foibot.mail.attached_words import attached_words
from foibot.mail.message import IncomingMail
from foibot.mail.outlook_msg import OutlookMessage, read_msg
from foibot.mail.parse import parse
from tests.mail.outlook import outlook_message


def wide(text: str) -> bytes:
    return text.encode("utf-16-le")


WHOLE = {
    "0037001F": wide("Parking fines\0"),
    "0C1A001F": wide("Sam Smith"),
    "0C1F001F": wide("/o=ExchangeLabs/cn=Recipients/cn=sam"),
    "5D01001F": wide("sam.smith@citizens.example"),
    "1000001F": wide("How many fines?\r\n\r\nSam"),
}


def test_a_message_as_outlook_saves_it() -> None:
    found = OutlookMessage(
        "Parking fines", "sam.smith@citizens.example (Sam Smith)", "How many fines?\n\nSam"
    )
    assert read_msg(outlook_message(WHOLE)) == found
    inside = {"0037001F": wide("Another"), "1000001F": wide("Other words")}
    assert read_msg(outlook_message(WHOLE, in_a_file=inside)) == found
    assert read_msg(outlook_message({}, in_a_file=inside)) is None


def test_a_long_text_has_sectors_of_its_own() -> None:
    text = "How many fines were there in the next street? " * 2_000
    found = read_msg(outlook_message({**WHOLE, "1000001F": wide(text)}))
    assert found is not None
    assert found.text == text


@pytest.mark.parametrize(
    ("streams", "found"),
    [
        ({"0037001E": "Gebühr".encode("cp1252")}, OutlookMessage("Gebühr", "", "")),
        ({"0C1F001F": wide("a@b.example")}, OutlookMessage("", "a@b.example", "")),
        ({"0C1A001F": wide("Ann")}, OutlookMessage("", "Ann", "")),
        ({"10130102": b"<p>How <b>many</b>?</p>"}, OutlookMessage("", "", "How many?")),
        ({"1013001F": wide("How many?")}, OutlookMessage("", "", "How many?")),
        (
            {"10090102": struct.pack("<II4sI", 40, 22, b"MELA", 0) + rb"{\rtf1 How many?}"},
            OutlookMessage("", "", "How many?"),
        ),
    ],
)
def test_what_older_and_other_programs_keep(
    streams: dict[str, bytes], found: OutlookMessage
) -> None:
    assert read_msg(outlook_message(streams)) == found


def test_what_is_no_message_is_none() -> None:
    whole = outlook_message(WHOLE)
    assert read_msg(b"PK\x03\x04" + bytes(1_000)) is None
    assert read_msg(whole[:300]) is None
    assert read_msg(whole[:512]) is None
    assert read_msg(whole[:30] + b"\x20\x00" + whole[32:]) is None
    no_root = bytearray(whole)
    at = whole.index(wide("Root Entry"))
    no_root[at + 66] = 1
    assert read_msg(bytes(no_root)) is None


def test_a_table_in_a_ring_is_followed_no_longer_than_the_file() -> None:
    whole = bytearray(outlook_message({**WHOLE, "1000001F": wide("x" * 10_000)}))
    # Every sector is followed by itself, and so are the sectors of the table.
    whole[68:76] = struct.pack("<II", 0, 0xFFFF)
    table = len(whole) - 512 * 2
    count = (len(whole) - 512) // 512
    whole[table : table + 4 * count] = struct.pack(f"<{count}I", *range(count))
    read_msg(bytes(whole))


@pytest.mark.parametrize("sector", [0, 0xFFFFFFFF], ids=["read again and again", "nowhere"])
def test_a_list_of_tables_in_a_ring_comes_to_an_end(sector: int) -> None:
    whole = outlook_message(WHOLE)
    ring = struct.pack("<128I", *([sector] * 127), 0)
    tables = struct.pack("<110I", 0, *([0xFFFFFFFF] * 109))
    found = read_msg(whole[:68] + tables[:4] + whole[72:76] + tables[4:] + ring + whole[1_024:])
    assert found is None or isinstance(found.text, str)


def test_damage_is_a_value() -> None:
    dice = random.Random(20201208)  # noqa: S311 - dice that fall the same way again
    whole = outlook_message({**WHOLE, "1000001F": wide("How many? " * 800)})
    for _ in range(400):
        broken = bytearray(whole)
        for _ in range(dice.choice([1, 3, 20])):
            at = dice.choice([dice.randrange(512), dice.randrange(len(broken))])
            broken[at] = dice.choice([0, 1, 0xFF, 0xFE, dice.randrange(256)])
        found = read_msg(bytes(broken[: dice.choice([len(broken), dice.randrange(len(broken))])]))
        assert found is None or isinstance(found.text, str)


def mail_with_files(*files: tuple[str, str, bytes]) -> IncomingMail:
    inner = "".join(
        f'--b\r\nContent-Type: {kind}; name="{name}"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
        f"{base64.encodebytes(content).decode()}\r\n"
        for name, kind, content in files
    )
    head = "From: a@b.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nSee the file.\r\n"
    mail = parse(f"{head}{inner}--b--\r\n".encode())
    assert isinstance(mail, IncomingMail)
    return mail


OUTLOOK = "application/vnd.ms-outlook"


def test_officers_read_what_attached_messages_say() -> None:
    letter = b"From: Sam <sam@citizens.example>\r\nSubject: Lamp posts\r\n\r\nHow many lamps?\r\n"
    mail = mail_with_files(
        ("old.eml", "application/octet-stream", letter),
        ("fines.msg", OUTLOOK, outlook_message(WHOLE)),
        ("broken.msg", OUTLOOK, b"nothing"),
    )
    assert attached_words(mail) == (
        "old.eml\nFrom: sam@citizens.example (Sam)\nSubject: Lamp posts\n\nHow many lamps?\n\n"
        "fines.msg\nFrom: sam.smith@citizens.example (Sam Smith)\nSubject: Parking fines\n\nHow many fines?\n\nSam"
    )
    assert mail.text.strip() == "See the file.", "no order is read in a file"
    assert [flag for flag in mail.flags if "broken.msg" in flag]
    assert not [flag for flag in mail.flags if "fines.msg" in flag]


def test_of_many_and_long_ones_officers_read_the_beginning() -> None:
    one = outlook_message({"1000001F": wide("word " * 5_000)})
    said = attached_words(mail_with_files(*[(f"{n}.msg", OUTLOOK, one) for n in range(9)]))
    assert said.count("From: (no sender)\nSubject: (no subject)") == 5
    assert said.count("(It goes on.)") == 5
    assert said.endswith("(There are more.)")
    assert attached_words(
        mail_with_files(("a.msg", OUTLOOK, outlook_message({"0037001F": wide("S")})))
    ).endswith("(no text)")
    assert attached_words(mail_with_files()) == ""
