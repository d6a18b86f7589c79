"""A connection to the mailbox that is made ahead is as good as one that is made when it is needed, and no worse."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager

import pytest

from foibot.gateway.imap import FolderMissing, Mailbox, MailboxUnreachable
from foibot.gateway.server_url import LoginRefused, MailServer, Security
from tests.gateway.scripted_imap import GREETING, bodies, scripted, search, selected, sizes
from tests.gateway.test_imap import colleague, mail, mailbox, read, running_dovecot, server
from tests.gateway.test_imap_faults import MARK, everything
from tests.real_servers import free_port

__all__ = ["colleague", "mailbox", "running_dovecot", "server"]
NEW = {"UID SEARCH": search(12), "UID FETCH": [sizes(12), bodies(12)]}
REFUSED = {"AUTHENTICATE": b"{tag} NO [AUTHENTICATIONFAILED] no\r\n"}


@contextmanager
def ahead(answers, folder="INBOX", *, lists=True):
    with scripted(answers) as server:
        box = Mailbox(MailServer("127.0.0.1", server.port, Security.PLAIN, "foi", "word"), timeout_read=1)  # fmt: skip
        box.connect_ahead(folder, lists=lists)
        try:
            yield server, box
        finally:
            box.close()


def test_mail_is_read_over_it_and_nothing_is_asked_twice():
    with ahead(NEW) as (server, box):
        assert box.junk_folders() == ()
        assert everything(box)[0] == [12]
        assert server.connections == 1
        for verb in ("AUTHENTICATE", "LIST", "EXAMINE"):
            assert server.commands.count(verb) == 1, verb
        before = len(server.commands)
        box.junk_folders()
        everything(box)
        assert {"LIST", "EXAMINE"} <= set(server.commands[before:]), "the next time it looks again"


def test_another_folder_is_opened_as_ever():
    with ahead({**NEW, "EXAMINE": [selected(uidvalidity=9), selected(uidvalidity=1)]}) as (server, box):  # fmt: skip
        batches = list(box.new_mail("Junk", MARK))
        assert [one.uid for batch in batches for one in batch.mails] == [12]
        assert batches[0].mark.uidvalidity == 1, (
            "what was seen of the other one is not taken for it"
        )
        list(box.new_mail("INBOX", MARK))
        assert server.commands.count("EXAMINE") == 3


def test_mail_that_comes_after_the_folder_was_opened_is_read(colleague, mailbox):
    colleague.put(mail(1))
    mailbox.connect_ahead(colleague.folder)
    assert mailbox.folders()
    colleague.put(mail(2))
    mails, _, _ = read(mailbox, colleague.folder)
    assert len(mails) == 2


def test_a_wrong_password_is_told_to_whoever_comes_first_and_tried_once():
    with ahead(REFUSED) as (server, box):
        with pytest.raises(LoginRefused):
            everything(box)
        assert server.connections == 1
        server.answers["AUTHENTICATE"] = b"+ \r\n"
        assert everything(box)[0] == []
        assert server.connections == 2


def test_a_server_that_is_away_is_told_of_and_tried_again():
    box = Mailbox(MailServer("127.0.0.1", free_port(), Security.PLAIN, "foi", "word"))
    box.connect_ahead("INBOX")
    with pytest.raises(MailboxUnreachable):
        everything(box)
    with pytest.raises(MailboxUnreachable):
        everything(box)
    box.close()


def test_a_connection_that_died_meanwhile_is_made_anew():
    with ahead(NEW) as (server, box):
        box.junk_folders()
        server.hang_up()
        with pytest.raises(MailboxUnreachable):
            everything(box)
        assert everything(box)[0] == [12]
        assert server.connections == 2


def test_a_folder_that_is_missing_is_told_when_it_is_asked_for():
    no = b"{tag} NO [NONEXISTENT] no such folder\r\n"
    with ahead({"EXAMINE": no, "LIST": b"{tag} OK done\r\n"}) as (_, box), pytest.raises(FolderMissing):  # fmt: skip
        everything(box)


def test_a_list_of_folders_that_nobody_needs_is_not_asked_for():
    """There are servers that fail at it, or take minutes; `run --once` would never read its mail."""
    with ahead({**NEW, "LIST": b"* LIST odd\r\n{tag} OK done\r\n"}, lists=False) as (server, box):
        assert everything(box)[0] == [12]
        assert "LIST" not in server.commands
        assert server.connections == 1


def test_whoever_closes_before_it_is_made_leaves_nothing_open():
    with scripted({}, greeting=b"") as server:
        box = Mailbox(MailServer("127.0.0.1", server.port, Security.PLAIN, "foi", "word"))
        box.connect_ahead("INBOX")
        (connects,) = [one for one in threading.enumerate() if one.name == "foibot-connect"]
        while not server.connections:
            time.sleep(0.01)
        box.close()
        server.push(GREETING)
        connects.join(10)
        assert not connects.is_alive()
        assert box._client is None


def test_it_is_made_when_it_is_needed_where_there_is_no_thread_left(monkeypatch):
    def no_thread(_):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", no_thread)
    box = Mailbox(MailServer("127.0.0.1", 1, Security.PLAIN, "foi", "word"))
    began = time.monotonic()
    box.connect_ahead("INBOX")
    monkeypatch.undo()
    with pytest.raises(MailboxUnreachable):
        everything(box)
    assert time.monotonic() - began < 10
    box.close()
