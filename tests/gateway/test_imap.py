"""Mailbox against Dovecot and the embedded server: one suite for both."""

from __future__ import annotations

import imaplib
import threading
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from foibot.demo.servers import EmbeddedServers
from foibot.gateway.imap import (
    Batch,
    FolderMissing,
    Mailbox,
    MailboxUnreachable,
    Mark,
    Note,
    NoteKind,
    backoff,
)
from foibot.gateway.server_url import (
    LoginRefused,
    MailServer,
    Security,
    ServerNotTrusted,
    imap_server,
)
from tests.real_servers import dovecot, free_port

WHEN = datetime(2020, 12, 8, 9, 30, tzinfo=timezone(timedelta(hours=1)))


def mail(number, size=0):
    return (
        b"From: Sam Smith <sam.smith@home.example>\r\nSubject: Request %d\r\n"
        b"Message-ID: <request.%d@home.example>\r\n\r\nPlease send \xe9 it.\r\n" % (number, number)
    ) + b"x" * size


@pytest.fixture(scope="module")
def running_dovecot():
    with dovecot() as running:
        yield running


@pytest.fixture(scope="module", params=["dovecot", "embedded"])
def server(request):
    if request.param == "dovecot":
        it = request.getfixturevalue("running_dovecot")
        yield MailServer("127.0.0.1", it.imap_port, Security.PLAIN, it.user, it.password)
        return
    accounts = {"foi@exampleshire.example": "loopback-only"}
    with EmbeddedServers(
        accounts, authserv_id="mx.exampleshire.example", clock=lambda: WHEN
    ) as servers:
        yield imap_server(servers.imap_url("foi@exampleshire.example"), "loopback-only")


class Colleague:
    """Somebody with a mail client on the same mailbox, and one folder for each test."""

    def __init__(self, server, folder):
        self.imap = imaplib.IMAP4(server.host, server.port)
        self.imap.login(server.user, server.password)
        self.folder = folder
        self.imap.create(folder)

    def put(self, *mails, when=WHEN):
        for raw in mails:
            assert (
                self.imap.append(self.folder, None, imaplib.Time2Internaldate(when), raw)[0] == "OK"
            )

    def remove(self, uid):
        self.imap.select(self.folder)
        self.imap.uid("STORE", str(uid), "+FLAGS", "(\\Deleted)")
        self.imap.expunge()
        self.imap.unselect() if "UNSELECT" in self.imap.capabilities else self.imap.close()

    def unseen(self):
        self.imap.select(self.folder, readonly=True)
        return len(self.imap.search(None, "UNSEEN")[1][0].split())

    def start_again(self):
        self.imap.delete(self.folder)
        time.sleep(1.1)  # Dovecot's UIDVALIDITY is a time in seconds
        self.imap.create(self.folder)


_folders = iter(range(1000))


@pytest.fixture
def colleague(server):
    one = Colleague(server, f"Test{next(_folders)}")
    yield one
    one.imap.logout()


@pytest.fixture
def mailbox(server):
    box = Mailbox(server)
    yield box
    box.close()


def read(box, folder, mark=None):
    """All new mail, the last mark, and all notes."""
    mails, notes = [], []
    for batch in box.new_mail(folder, mark):
        mails += batch.mails
        notes += batch.notes
        mark = batch.mark
    return mails, mark, notes


def test_mail_arrives_byte_for_byte_and_stays_unread(colleague, mailbox):
    """Mail rule G2."""
    odd = b"no headers here\r\nand \xff bytes, no newline"
    colleague.put(mail(1), odd)
    mails, mark, notes = read(mailbox, colleague.folder)
    assert [one.raw for one in mails] == [mail(1), odd]
    assert [one.size for one in mails] == [len(mail(1)), len(odd)]
    assert {one.internaldate for one in mails} == {WHEN}
    assert {one.internaldate.tzinfo for one in mails} == {UTC}
    assert (mark.uidvalidity, mark.next_uid) == (mails[0].uidvalidity, mails[1].uid + 1)
    assert not notes
    assert not any(one.truncated for one in mails)
    assert colleague.unseen() == 2


def test_an_empty_folder_gives_its_mark_once(colleague, mailbox):
    [batch] = mailbox.new_mail(colleague.folder, None)
    assert batch == Batch((), Mark(batch.mark.uidvalidity, 1))
    assert list(mailbox.new_mail(colleague.folder, batch.mark)) == []


def test_only_what_is_new_comes_and_the_last_mail_not_again(colleague, mailbox):
    colleague.put(mail(1))
    _, mark, _ = read(mailbox, colleague.folder)
    assert read(mailbox, colleague.folder, mark)[0] == []
    colleague.put(mail(2), mail(3))
    mails, mark, _ = read(mailbox, colleague.folder, mark)
    assert [one.raw for one in mails] == [mail(2), mail(3)]
    assert read(mailbox, colleague.folder, mark)[0] == []


def test_batches_are_bounded_by_number_and_by_bytes(colleague, server):
    colleague.put(*(mail(n) for n in range(5)), mail(5, 40_000), mail(6, 40_000), mail(7))
    box = Mailbox(server, batch_messages=3, batch_bytes=50_000)
    batches = list(box.new_mail(colleague.folder, None))
    assert [len(one.mails) for one in batches] == [3, 3, 2]
    assert [one.mark.next_uid for one in batches] == [one.mails[-1].uid + 1 for one in batches]
    box.close()


def test_a_mail_over_the_limit_comes_cut_short(colleague, server):
    colleague.put(mail(1), mail(2, 200_000), mail(3))
    box = Mailbox(server, max_bytes=100_000)
    mails, _, _ = read(box, colleague.folder)
    assert [one.truncated for one in mails] == [False, True, False]
    assert mails[1].raw == mail(2, 200_000)[:65_536]
    assert mails[1].size == len(mail(2, 200_000))
    box.close()


def test_mail_that_arrives_while_reading_is_read_too(colleague, mailbox):
    colleague.put(mail(1))
    seen = []
    for batch in mailbox.new_mail(colleague.folder, None):
        seen += batch.mails
        if len(seen) == 1:
            colleague.put(mail(2))
    assert [one.raw for one in seen] == [mail(1), mail(2)]


def test_who_came_meanwhile_is_seen_once_between_two_batches(colleague, server):
    colleague.put(*(mail(n) for n in range(4)))
    box = Mailbox(server, batch_messages=2)
    batches = box.new_mail(colleague.folder, None)
    first = next(batches).mails
    assert box.came_meanwhile(10, 1_000_000) == ()
    colleague.put(mail(4), mail(5, 40_000), mail(6), mail(7))
    came = box.came_meanwhile(3, 30_000)
    assert [one.raw for one in came] == [mail(4), mail(6)], (
        "small ones only, and three were looked at"
    )
    colleague.put(mail(8))
    assert [one.raw for one in box.came_meanwhile(3, 30_000)] == [mail(7), mail(8)]
    assert box.came_meanwhile(3, 30_000) == ()
    rest = [one for batch in batches for one in batch.mails]
    assert [one.raw for one in rest if len(one.raw) < 30_000] == [
        mail(n) for n in (2, 3, 4, 6, 7, 8)
    ]
    assert [one.uid for one in came] == [first[-1].uid + 3, first[-1].uid + 5]
    box.close()


def test_of_many_who_came_meanwhile_the_next_few_are_seen_at_the_next_look(colleague, server):
    colleague.put(mail(0), mail(1))
    box = Mailbox(server, batch_messages=1)
    batches = box.new_mail(colleague.folder, None)
    next(batches)
    colleague.put(*(mail(n) for n in range(2, 7)))
    looks = [[one.raw for one in box.came_meanwhile(2, 30_000)] for _ in range(4)]
    assert looks == [[mail(2), mail(3)], [mail(4), mail(5)], [mail(6)], []]
    assert len([one for batch in batches for one in batch.mails]) == 6
    box.close()


def test_whose_mail_still_waits_is_asked_of_the_server(colleague, server):
    other = b"From: Other <other@b.example>\r\nSubject: x\r\n\r\nText\r\n"
    asker = b'From: "Sam" <sam@c.example>\r\nSubject: x\r\n\r\nText\r\n'
    colleague.put(other, asker, asker)
    box = Mailbox(server, batch_messages=1)
    batches = box.new_mail(colleague.folder, None)
    uid = next(batches).mails[0].uid
    later = uid + 3
    assert box.has_from("other@b.example", uid, later)
    assert not box.has_from("other@b.example", uid + 1, later)
    assert not box.has_from("sam@c.example", uid + 1, uid + 1)
    next(batches)
    assert box.has_from("sam@c.example", uid + 1, later)
    assert box.has_from("sam@c.example", uid + 2, later)
    assert not box.has_from("sam@c.example", uid + 3, later)
    assert not box.has_from("nobody@c.example", uid, later)
    box.close()


def test_a_mail_removed_before_it_is_read_is_just_not_there(colleague, mailbox):
    """Mail rule G10."""
    colleague.put(mail(1), mail(2))
    uid = read(mailbox, colleague.folder)[0][0].uid
    colleague.remove(uid)
    mails, mark, notes = read(mailbox, colleague.folder)
    assert ([one.raw for one in mails], notes) == ([mail(2)], [])
    assert mark.next_uid == uid + 2


def test_a_renumbered_folder_is_read_again_with_a_note(colleague, mailbox):
    colleague.put(mail(1))
    _, mark, _ = read(mailbox, colleague.folder)
    mailbox.close()  # some servers drop whoever reads a folder that is deleted
    colleague.start_again()
    colleague.put(mail(2))
    mails, again, notes = read(mailbox, colleague.folder, mark)
    assert [one.raw for one in mails] == [mail(2)]
    assert notes == [Note(NoteKind.NEW_EPOCH)]
    assert again.uidvalidity != mark.uidvalidity


def test_a_consumer_that_fails_to_store_gets_the_batch_again(colleague, mailbox):
    colleague.put(mail(1))
    for _ in range(2):
        batches = mailbox.new_mail(colleague.folder, None)
        assert len(next(batches).mails) == 1
        batches.close()


def test_a_missing_folder_is_the_administrators_to_fix(mailbox):
    with pytest.raises(FolderMissing, match='no folder "Nowhere"'):
        list(mailbox.new_mail("Nowhere", None))


def test_waiting_ends_when_mail_arrives(colleague, mailbox):
    read(mailbox, colleague.folder)
    stop = threading.Event()
    timer = threading.Timer(0.3, colleague.put, [mail(1)])
    timer.start()
    began = time.monotonic()
    assert mailbox.wait(20, stop)
    assert time.monotonic() - began < 3
    timer.join()
    assert len(read(mailbox, colleague.folder)[0]) == 1


def test_waiting_ends_with_its_time_and_can_be_repeated(colleague, mailbox):
    read(mailbox, colleague.folder)
    began = time.monotonic()
    assert not mailbox.wait(0.2, threading.Event())
    assert not mailbox.wait(0.2, threading.Event())
    assert 0.4 <= time.monotonic() - began < 3
    colleague.put(mail(1))
    assert mailbox.wait(5, threading.Event())


def test_waiting_ends_when_told_to_stop(colleague, mailbox):
    read(mailbox, colleague.folder)
    stop = threading.Event()
    threading.Timer(0.2, stop.set).start()
    began = time.monotonic()
    assert not mailbox.wait(60, stop)
    assert time.monotonic() - began < 2


def test_without_a_folder_under_watch_there_is_nothing_to_wait_for(mailbox):
    assert mailbox.wait(60, threading.Event())


def test_copies_go_to_sent_read_and_dated(colleague, mailbox):
    letter = mail(1).replace(b"<request.1@", b"<letter.%d@" % next(_folders))
    message_id = letter.split(b"Message-ID: ")[1].split(b"\r\n")[0].decode()
    assert not mailbox.message_in_sent(message_id)
    assert mailbox.put_in_sent("", letter, WHEN)
    assert mailbox.message_in_sent(message_id)
    sent = read(mailbox, mailbox._sent)[0][-1]
    assert (sent.raw, sent.internaldate) == (letter, WHEN)
    colleague.folder = mailbox._sent
    assert colleague.unseen() == 0


def test_a_copy_can_go_to_a_folder_of_choice_and_failing_is_no_error(colleague, mailbox):
    assert mailbox.put_in_sent(colleague.folder, mail(1), WHEN)
    assert [one.raw for one in read(mailbox, colleague.folder)[0]] == [mail(1)]
    assert not mailbox.put_in_sent("Nowhere", mail(1), WHEN)


def test_waiting_on_another_folder_than_the_open_one_polls_at_once(colleague, mailbox):
    read(mailbox, colleague.folder)
    mailbox.message_in_sent("<none@home.example>")
    assert mailbox.wait(60, threading.Event())
    read(mailbox, colleague.folder)
    assert not mailbox.wait(0.1, threading.Event())


def test_folders_are_listed(colleague, mailbox):
    assert {"INBOX", colleague.folder} <= set(mailbox.folders())


def test_a_wrong_password_is_the_administrators_to_fix(server):
    with pytest.raises(LoginRefused, match="refused the login"):
        Mailbox(replace(server, password="wrong")).folders()


def test_a_password_beyond_ascii_is_sent_and_refused_like_any_other(server):
    with pytest.raises(LoginRefused, match="refused the login"):
        Mailbox(replace(server, password="pässwörd")).folders()


def test_an_absent_server_is_tried_again_later(server):
    with pytest.raises(MailboxUnreachable, match="does not answer"):
        Mailbox(replace(server, port=free_port())).folders()
    assert not Mailbox(replace(server, port=free_port())).put_in_sent("", mail(1), WHEN)


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
def test_tls_verifies_the_server(running_dovecot, security):
    it = running_dovecot
    port = it.imaps_port if security is Security.TLS else it.imap_port
    server = MailServer("127.0.0.1", port, security, it.user, it.password, it.ca_file)
    box = Mailbox(server)
    assert "INBOX" in box.folders()
    read(box, "INBOX")
    assert not box.wait(0.2, threading.Event())
    box.close()
    with pytest.raises(ServerNotTrusted, match="could not be verified"):
        Mailbox(replace(server, ca_file=None)).folders()


@pytest.mark.parametrize(
    ("attempt", "jitter", "seconds"),
    [(0, 0, 1), (1, 0, 1), (2, 0, 2), (3, 0, 4), (9, 0, 256), (10, 0, 300), (5000, 0, 300), (3, 1, 5)],
)  # fmt: skip
def test_backing_off_doubles_up_to_five_minutes(attempt, jitter, seconds):
    assert backoff(attempt, jitter) == seconds
