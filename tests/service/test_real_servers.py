"""`foibot run` as an administrator starts it, against Dovecot (TLS) and Postfix's smtp-sink."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from threading import Thread

import pytest
from imapclient import IMAPClient

from foibot.config import load
from foibot.demo.correspondent import Person, reply, request
from foibot.gateway.system_clock import SystemClock
from foibot.mailing_itself import mail_itself
from foibot.reports.own_mail import Weight
from tests.office import JANE, MAILBOX, ORDER, QUESTION, SAM, TOM, configuration_text
from tests.real_servers import HOST, Dovecot, dovecot, open_folder, smtp_sink

BORDER = "Authentication-Results: mx.exampleshire.example; dmarc=pass header.from=exampleshire.example\r\n"


@dataclass
class Town:
    """The servers, and what the sink has taken."""

    imap: Dovecot
    dump: Path

    def append(self, raw: bytes) -> None:
        """Deliver a mail into the mailbox, as the border would."""
        with IMAPClient(HOST, port=self.imap.imap_port, ssl=False, use_uid=True) as client:
            client.login(self.imap.user, self.imap.password)
            client.append("INBOX", raw, msg_time=SystemClock().now())

    def taken(self) -> list[EmailMessage]:
        """Every mail the sink accepted whole, in order."""
        found = []
        for file in sorted(self.dump.parent.glob(f"{self.dump.name}*")):
            # The sink writes each session's mails into one file, the envelope as X- headers.
            try:
                session = file.read_bytes()
            except FileNotFoundError:  # the sink removes the file of a session without a mail
                continue
            for part in re.split(rb"(?m)^(?=X-Client-Addr: )", session):
                if part.strip():
                    found.append(message_from_bytes(part, policy=policy.default))
        return found

    def wait_for(self, kind: str, to: str = "", seconds: float = 60) -> EmailMessage:
        """The newest mail of a kind (to somebody), as soon as it is there."""
        until = time.monotonic() + seconds
        while True:
            for mail in reversed(self.taken()):
                if f".{kind}." in str(mail["Message-ID"]) and to in str(mail["To"]):
                    return mail
            assert time.monotonic() < until, f"no {kind} to {to or 'anybody'} within {seconds} s"
            time.sleep(0.02)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    """Dovecot and a sink that keeps what it takes, for one test."""
    with (
        open_folder() as sink,
        dovecot() as imap,
        smtp_sink("-D", str(sink / "mail.")) as port,
    ):
        config = configuration_text(
            imap=f"imaps://{imap.user}@localhost:{imap.imaps_port}",
            smtp=f"smtp://{HOST}:{port}",
            tls_ca_file=imap.ca_file,
            undo_minutes=0,
        )
        (tmp_path / "config.toml").write_text(config, "utf-8")
        yield Town(imap, sink / "mail.")


@contextmanager
def running(
    folder: Path, *options: str, opened: str = "the office is open"
) -> Iterator[subprocess.Popen[bytes]]:
    """`foibot run` in a process of its own, ended politely unless the test killed it."""
    file = folder / f"log{''.join(options)}"
    log = file.open("wb")
    environment = {**os.environ, "FOIBOT_IMAP_PASSWORD": "loopback-only"}
    command = [
        sys.executable,
        "-m",
        "foibot",
        "run",
        *options,
        "--config",
        str(folder / "config.toml"),
    ]
    process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        until = time.monotonic() + 60
        while opened not in file.read_text():
            assert process.poll() is None, file.read_text()
            assert time.monotonic() < until
            time.sleep(0.05)
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) in {0, -signal.SIGKILL}, file.read_text()
        log.close()


def question(number: int = 0) -> bytes:
    """A request nobody sent before."""
    who = Person("Sam Smith", f"sam{number}@citizens.example") if number else SAM
    return request(
        who, MAILBOX, f"Question {number}", f"{QUESTION} ({number})", SystemClock().now(),
        message_id=f"<q{number}@citizens.example>",
    )  # fmt: skip


def answer(who: Person, notice: EmailMessage, words: str) -> bytes:
    """A reply to a notice with the border's verdict on top."""
    raw = reply(
        who,
        bytes(notice),
        words,
        SystemClock().now(),
        message_id=f"<r.{time.monotonic_ns()}@x.example>",
    )
    return BORDER.encode() + raw


def test_a_request_an_order_an_approval_and_the_letter(town: Town, tmp_path: Path) -> None:
    with running(tmp_path):
        town.append(question())
        acknowledgement = town.wait_for("ack")
        assert acknowledgement["X-Rcpt-Args"].startswith("<sam.smith@citizens.example>")
        assert acknowledgement["X-Mail-Args"].startswith("<foi+b-")

        town.append(answer(JANE, town.wait_for("new-case", JANE.address), ORDER))
        draft = town.wait_for("draft", TOM.address)
        town.append(answer(TOM, draft, "approve v1"))
        letter = town.wait_for("letter")
        assert letter["In-Reply-To"] == "<q0@citizens.example>"
        (pdf,) = letter.iter_attachments()
        assert pdf.get_content_type() == "application/pdf"
        town.wait_for("letter-sent", TOM.address)


def megabytes(process: subprocess.Popen[bytes], what: str) -> float:
    """`VmRSS`, the memory a process has now, or `VmHWM`, the most it ever had."""
    status = Path(f"/proc/{process.pid}/status")
    if not status.exists():
        pytest.skip("needs /proc, as Linux has it")
    (line,) = (one for one in status.read_text().splitlines() if one.startswith(what))
    return int(line.split()[1]) * 1024 / 1e6


def test_it_needs_little_memory_idle_and_while_it_works(town: Town, tmp_path: Path) -> None:
    with running(tmp_path) as process:
        town.append(question())
        town.wait_for("new-case")
        assert megabytes(process, "VmRSS") < 100
        for number in range(1, 31):
            town.append(question(number))
        town.wait_for("ack", "sam30@citizens.example")
        assert megabytes(process, "VmHWM") < 150


def test_mail_that_waited_while_foibot_was_down_is_worked_at_start(
    town: Town, tmp_path: Path
) -> None:
    for number in range(1, 4):
        town.append(question(number))
    with running(tmp_path):
        until = time.monotonic() + 60
        while len({str(m["To"]) for m in town.taken() if ".ack." in str(m["Message-ID"])}) < 3:
            assert time.monotonic() < until
            time.sleep(0.05)


def test_run_once_drains_and_says_what_it_did(town: Town, tmp_path: Path) -> None:
    town.append(question())
    done = foibot(tmp_path, "run", "--once")
    assert done.returncode == 0, done.stderr
    assert "1 messages settled" in done.stdout
    assert len([m for m in town.taken() if ".ack." in str(m["Message-ID"])]) == 1

    again = foibot(tmp_path, "run", "--once")
    assert "0 messages settled, 0 mails sent" in again.stdout


def test_check_connects_to_both_servers(town: Town, tmp_path: Path) -> None:
    done = foibot(tmp_path, "check", "--connect")
    assert done.returncode == 0, done.stdout
    assert "mailbox.imap: connected and logged in" in done.stdout
    assert "mailbox.smtp: connected and logged in" in done.stdout


def test_check_mails_itself_and_says_what_came_back(town: Town, tmp_path: Path) -> None:
    """The servers replace Message-IDs and know no plus addresses; the office that runs takes it for its own."""
    checked: list[subprocess.CompletedProcess[str]] = []
    checking = Thread(
        target=lambda: checked.append(foibot(tmp_path, "check", "--connect", "--mail-itself"))
    )
    with running(tmp_path):
        checking.start()
        until = time.monotonic() + 60
        while len(both := [one for one in town.taken() if ".trial." in one["Message-ID"]]) < 2:
            assert time.monotonic() < until
            time.sleep(0.05)
        to_itself, to_plus = sorted(both, key=lambda mail: len(str(mail["To"])))
        assert re.fullmatch(r"foi\+c-[0-9a-z]{26}@exampleshire\.example", str(to_plus["To"]))
        town.append(bounced(to_plus))
        del to_itself["Message-ID"]
        to_itself["Message-ID"] = "<0102019a@eu-west.sender.example>"
        town.append(BORDER.encode() + bytes(to_itself))
        checking.join(60)
        # What comes after it is acknowledged when the office has settled it, and it alone.
        town.append(question())
        town.wait_for("ack", SAM.address)
    said = checked[0].stdout
    assert checked[0].returncode == 2, said
    assert "ok       mailbox.address: a mail to foi@exampleshire.example came back" in said
    assert f"WRONG    mailbox.plus_addressing: a mail to {to_plus['To']} was turned down:" in said
    assert "look at  mailbox.smtp: the server puts a Message-ID of its own" in said
    assert "ok       trust.authserv_id: mx.exampleshire.example vouches for the sender" in said
    to = {str(mail["X-Rcpt-Args"]) for mail in town.taken() if ".ack." in str(mail["Message-ID"])}
    assert to == {f"<{SAM.address}>"}


def test_a_mail_to_itself_that_does_not_come_back_is_waited_for_no_longer_than_said(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOIBOT_IMAP_PASSWORD", "loopback-only")
    seen = mail_itself(load(tmp_path / "config.toml", os.environ), longest_wait=0)
    (said,) = seen
    assert said.weight is Weight.LOOK_AT
    assert "was accepted and did not come back within 0 seconds" in said.words
    assert sorted(mail["X-Mail-Args"].split("+")[0] for mail in town.taken()) == [
        "<foi",
        "<foi@exampleshire.example>",
    ]
    assert {re.sub(r"\+c-\w{26}", "", str(mail["To"])) for mail in town.taken()} == {MAILBOX}


def bounced(mail: EmailMessage) -> bytes:
    """The report of a server that has no such address."""
    return (
        b"From: MAILER-DAEMON@exampleshire.example\r\nTo: foi@exampleshire.example\r\n"
        b"Subject: Undelivered Mail Returned to Sender\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        b"--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        b"Reporting-MTA: dns; mx.exampleshire.example\r\n\r\n"
        b"Final-Recipient: rfc822; " + str(mail["To"]).encode() + b"\r\nAction: failed\r\n"
        b"Status: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 User unknown\r\n\r\n"
        b"--b\r\nContent-Type: message/rfc822\r\n\r\n" + bytes(mail) + b"\r\n--b--\r\n"
    )


def test_check_says_which_server_does_not_answer(town: Town, tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(
        re.sub(r'smtp = "smtp://[^"]*"', 'smtp = "smtp://127.0.0.1:9"', file.read_text())
    )
    done = foibot(tmp_path, "check", "--connect")
    assert done.returncode == 1
    assert "TROUBLE  mailbox.smtp" in done.stdout


def test_an_outgoing_server_that_is_away_loses_nothing(town: Town, tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    good = file.read_text()
    file.write_text(re.sub(r'smtp = "smtp://[^"]*"', 'smtp = "smtp://127.0.0.1:9"', good))
    town.append(question())
    away = foibot(tmp_path, "run", "--once")
    assert away.returncode == 1
    assert "Something waits" in away.stderr

    file.write_text(good)
    assert foibot(tmp_path, "run", "--once").returncode == 0
    assert len([m for m in town.taken() if ".ack." in str(m["Message-ID"])]) == 1


def test_what_is_queued_leaves_though_the_mailbox_cannot_be_read(
    town: Town, tmp_path: Path
) -> None:
    file = tmp_path / "config.toml"
    good = file.read_text()
    file.write_text(re.sub(r'smtp = "smtp://[^"]*"', 'smtp = "smtp://127.0.0.1:9"', good))
    town.append(question())
    assert foibot(tmp_path, "run", "--once").returncode == 1

    file.write_text(re.sub(r'imap = "[^"]*"', 'imap = "imap://foi@127.0.0.1:9"', good))
    unread = foibot(tmp_path, "run", "--once")
    assert unread.returncode == 1
    assert "127.0.0.1" in unread.stderr
    assert len([m for m in town.taken() if ".ack." in str(m["Message-ID"])]) == 1


def foibot(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """One command of the command line, with the configuration in the folder."""
    environment = {**os.environ, "FOIBOT_IMAP_PASSWORD": "loopback-only"}
    command = [sys.executable, "-m", "foibot", *words, "--config", str(folder / "config.toml")]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)


def test_one_that_stands_by_takes_over_from_one_that_was_killed(town: Town, tmp_path: Path) -> None:
    with running(tmp_path) as first:
        town.append(question(1))
        town.wait_for("ack", "sam1@citizens.example")
        with running(tmp_path, "--stand-by", opened="stands by to take over") as second:
            time.sleep(0.5)
            assert second.poll() is None
            first.kill()
            first.wait(10)
            town.append(question(2))
            town.wait_for("ack", "sam2@citizens.example")
    acknowledged = [str(mail["To"]) for mail in town.taken() if ".ack." in str(mail["Message-ID"])]
    assert sorted(acknowledged) == ["sam1@citizens.example", "sam2@citizens.example"]
