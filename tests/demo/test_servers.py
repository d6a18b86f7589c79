"""The embedded servers: who may send, what is stamped, and what survives a restart."""

from __future__ import annotations

import gc
import imaplib
import smtplib
import socket
import threading
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

from foibot.demo.servers import EmbeddedServers
from foibot.gateway.imap import Mailbox, Mark
from foibot.gateway.server_url import imap_server, smtp_server
from foibot.gateway.smtp import Answer, Envelope, Post

FOI, JANE = "foi@exampleshire.example", "jane.orange@exampleshire.example"
WHEN = datetime(2020, 12, 8, 9, 30, tzinfo=UTC)
RAW = b"From: Sam Smith <sam@home.example>\r\nTo: foi@exampleshire.example\r\n\r\nHello\r\n"


@contextmanager
def office(**settings):
    accounts = {FOI: "foi-word", JANE: "jane-wörd"}
    with EmbeddedServers(
        accounts, authserv_id="mx.exampleshire.example", clock=lambda: WHEN, **settings
    ) as servers:
        yield servers


@pytest.fixture
def servers():
    with office() as running:
        yield running


def submit(servers, account, password, *envelopes):
    post = Post(smtp_server(servers.smtp_url(account) if account else
                            f"smtp://127.0.0.1:{servers.smtp_port}", password))  # fmt: skip
    try:
        return [one.answer for one in sorted(post.send(envelopes), key=lambda one: one.key)]
    finally:
        post.close()


def stranger(servers, recipient, raw=RAW, sender="sam@home.example"):
    return submit(servers, "", "", Envelope(1, sender, recipient, raw))


def test_a_stranger_reaches_our_mailbox_and_is_stamped(servers):
    assert stranger(servers, FOI) == [Answer.ACCEPTED]
    [mail] = servers.mailbox(FOI)
    assert mail.startswith(b"Return-Path: <sam@home.example>\r\nAuthentication-Results: ")
    assert b"dmarc=none header.from=home.example\r\n" in mail
    assert b"; Tue, 08 Dec 2020 09:30:00 +0000\r\n" in mail
    assert mail.endswith(RAW)
    assert servers.mailbox(JANE) == []


def test_mail_is_dated_by_the_clock_given(servers):
    stranger(servers, FOI)
    box = Mailbox(imap_server(servers.imap_url(FOI), "foi-word"))
    [batch] = box.new_mail("INBOX", None)
    box.close()
    assert [one.internaldate for one in batch.mails] == [WHEN]


def test_plus_addresses_reach_their_account(servers):
    stranger(servers, "Foi+c-k7f3@Exampleshire.example")
    assert b"for <Foi+c-k7f3@Exampleshire.example>" in servers.mailbox(FOI)[0]


@pytest.mark.parametrize(
    ("recipient", "sender"),
    [("nobody@exampleshire.example", "sam@home.example"), ("tom@other.example", "sam@home.example")],
)  # fmt: skip
def test_a_stranger_reaches_nobody_else(servers, recipient, sender):
    assert stranger(servers, recipient, sender=sender) == [Answer.REFUSED]
    assert servers.outside == []


def test_a_trusted_domain_passes_dmarc():
    with office(trusted_domains=["home.example"]) as servers:
        stranger(servers, FOI)
        assert b"dmarc=pass header.from=home.example" in servers.mailbox(FOI)[0]


def test_an_officer_logs_in_and_is_named(servers):
    envelope = Envelope(
        1, JANE, FOI, b"From: jane.orange@exampleshire.example\r\n\r\nncnd 31(3)\r\n"
    )
    assert submit(servers, JANE, "jane-wörd", envelope) == [Answer.ACCEPTED]
    assert b"; auth=pass smtp.auth=jane.orange@exampleshire.example\r\n" in servers.mailbox(FOI)[0]


def test_forged_results_do_not_survive_the_border(servers):
    forged = (
        b"Authentication-Results: mx.exampleshire.example; auth=pass smtp.auth=" + JANE.encode()
    )
    stranger(
        servers, FOI, forged + b"\r\nFrom: jane.orange@exampleshire.example\r\n\r\napprove v2\r\n"
    )
    [mail] = servers.mailbox(FOI)
    assert b"auth=pass" not in mail
    assert b"dmarc=fail header.from=exampleshire.example" in mail


def test_an_account_sends_as_itself_and_to_the_world(servers):
    mails = [
        Envelope(1, "foi+b-x2@exampleshire.example", "sam@home.example", RAW),
        Envelope(2, JANE, "sam@home.example", RAW),
    ]
    assert submit(servers, FOI, "foi-word", *mails) == [Answer.ACCEPTED, Answer.REFUSED]
    assert servers.outside == [("foi+b-x2@exampleshire.example", "sam@home.example", RAW)]


@pytest.mark.parametrize("account", [FOI, "nobody@exampleshire.example"])
def test_a_wrong_password_gets_nowhere(servers, account):
    for password in ("wrong", ""):
        assert submit(servers, account, password, Envelope(1, FOI, JANE, RAW)) == [Answer.RETRY]
    with (
        pytest.raises(smtplib.SMTPAuthenticationError),
        smtplib.SMTP("127.0.0.1", servers.smtp_port) as client,
    ):
        client.login(account, "wrong")


def test_several_recipients_each_get_a_copy(servers):
    with smtplib.SMTP("127.0.0.1", servers.smtp_port) as client:
        client.sendmail("sam@home.example", [FOI, JANE], RAW)
    assert b"for <foi@" in servers.mailbox(FOI)[0]
    assert b"for <jane.orange@" in servers.mailbox(JANE)[0]


def test_mail_can_be_put_into_a_mailbox_as_it_is(servers):
    odd = b"\0\xff no headers\nbare\rends"
    servers.deliver(FOI, odd, WHEN)
    assert servers.mailbox(FOI) == [odd]
    assert servers.mailbox(FOI, "Nowhere") == []


HOSTILE = {
    "a thousand levels": b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n)
        for n in range(1000)
    ),
    "mails in mails": b"Content-Type: message/rfc822\r\n\r\n" * 2000,
    "many parts": b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\n\r\n" * 20000,
    "many references": b"References: " + b"<a@b> " * 40000 + b"\r\n\r\nx",
    "half a letter": b"Subject: =?utf-7?q?+2AA-?=\r\n\r\nx",
    "nothing": b"",
}


@pytest.mark.parametrize("raw", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_mail_is_taken_in_and_given_out_byte_for_byte(servers, raw):
    servers.deliver(FOI, raw, WHEN)
    box = Mailbox(imap_server(servers.imap_url(FOI), "foi-word"))
    [batch] = box.new_mail("INBOX", None)
    box.close()
    assert [one.raw for one in batch.mails] == [raw]
    assert servers.mailbox(FOI) == [raw]


def test_a_login_says_nothing_on_the_terminal(servers, caplog):
    assert submit(servers, FOI, "foi-word", Envelope(1, FOI, JANE, RAW)) == [Answer.ACCEPTED]
    assert [entry for entry in caplog.records if entry.name == "mail.log"] == []


def test_idle_tells_what_came_since_the_last_command(servers):
    with socket.create_connection(("127.0.0.1", servers.imap_port), 5) as client:
        lines = client.makefile("rb")
        client.sendall(b"1 LOGIN foi@exampleshire.example foi-word\r\n2 SELECT INBOX\r\n")
        while not lines.readline().startswith(b"2 OK"):
            pass
        servers.deliver(FOI, RAW, WHEN)
        gc.collect()  # a session that only waits for its client once died of this
        client.sendall(b"3 IDLE\r\n")
        assert lines.readline().startswith(b"+ ")
        assert lines.readline() == b"* 1 EXISTS\r\n"
        lines.close()


def test_delivery_to_wake_up_is_fast(servers):
    box = Mailbox(imap_server(servers.imap_url(FOI), "foi-word"))
    [empty] = box.new_mail("INBOX", None)
    timer = threading.Timer(0.1, servers.deliver, [FOI, RAW, WHEN])
    timer.start()
    assert box.wait(10, threading.Event())
    [batch] = box.new_mail("INBOX", empty.mark)
    assert [one.raw for one in batch.mails] == [RAW]
    box.close()


def test_with_a_folder_mail_survives_a_restart(tmp_path):
    with office(folder=tmp_path) as servers:
        stranger(servers, FOI)
        odd = b"\0\xff no headers\nbare\rends"
        servers.deliver(FOI, odd, WHEN)
        before = servers.mailbox(FOI)
        box = Mailbox(imap_server(servers.imap_url(FOI), "foi-word"))
        [batch] = box.new_mail("INBOX", None)
        assert box.put_in_sent("", RAW, WHEN)
        box.close()
        submit(servers, FOI, "foi-word", Envelope(1, FOI, "sam@home.example", RAW))
    with office(folder=tmp_path) as servers:
        assert servers.mailbox(FOI) == before
        assert servers.mailbox(FOI, "Sent") == [RAW]
        box = Mailbox(imap_server(servers.imap_url(FOI), "foi-word"))
        [again] = box.new_mail("INBOX", None)
        assert again == batch
        assert list(box.new_mail("INBOX", again.mark)) == []
        servers.deliver(FOI, RAW, WHEN)
        [more] = box.new_mail("INBOX", again.mark)
        assert [one.uid for one in more.mails] == [batch.mails[-1].uid + 1]
        box.close()
    [kept] = (tmp_path / "outside").iterdir()
    assert kept.name == "0001 sam@home.example.eml"
    assert kept.read_bytes() == RAW


def test_with_a_folder_what_a_mail_client_does_survives_too(tmp_path):
    with office(folder=tmp_path) as servers:
        for number in range(4):
            servers.deliver(FOI, b"Subject: %d\r\n\r\n" % number, WHEN)
        client = imaplib.IMAP4("127.0.0.1", servers.imap_port)
        client.login(FOI, "foi-word")
        client.create('"Done/To file"')
        client.select("INBOX")
        client.store("1", "+FLAGS", "(\\Seen)")
        client.copy("2", '"Done/To file"')
        client._simple_command("MOVE", "3", '"Done/To file"')
        client.store("3", "+FLAGS", "(\\Deleted)")  # what was number 4
        client.expunge()
        client.logout()
    with office(folder=tmp_path) as servers:
        assert servers.mailbox(FOI) == [b"Subject: 0\r\n\r\n", b"Subject: 1\r\n\r\n"]
        assert servers.mailbox(FOI, "Done/To file") == [
            b"Subject: 1\r\n\r\n",
            b"Subject: 2\r\n\r\n",
        ]
        client = imaplib.IMAP4("127.0.0.1", servers.imap_port)
        client.login(FOI, "foi-word")
        client.select("INBOX")
        assert client.search(None, "SEEN")[1] == [b"1"]
        client.logout()
        box = Mailbox(imap_server(servers.imap_url(FOI), "foi-word"))
        [batch] = box.new_mail("INBOX", None)
        servers.deliver(FOI, RAW, WHEN)
        [more] = box.new_mail("INBOX", Mark(batch.mark.uidvalidity, batch.mark.next_uid))
        box.close()
        assert more.mails[0].uid == batch.mails[0].uid + 4  # no UID is given out twice


def test_a_port_that_is_taken_is_an_error_and_leaves_nothing_running(servers):
    threads = threading.active_count()
    with pytest.raises(OSError, match="in use"), office(imap_port=servers.imap_port):
        pass
    assert threading.active_count() == threads
