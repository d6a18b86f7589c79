"""Mailbox against servers that misbehave in the ways real ones were seen to (mail rules G, 3.2)."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager

import pytest

from foibot.gateway.imap import (
    Mailbox,
    MailboxThrottled,
    MailboxUnreachable,
    Mark,
    Note,
    NoteKind,
)
from foibot.gateway.one_ahead import OneAhead
from foibot.gateway.reading import DATE_UNKNOWN
from foibot.gateway.server_url import LoginRefused, MailServer, Security, ServerLacks
from tests.gateway.scripted_imap import (
    LITERAL_MAIL,
    bodies,
    scripted,
    search,
    selected,
    sizes,
)

MARK = Mark(1, 12)
DONE = b"{tag} OK done\r\n"
THROTTLED = b"Request is throttled. Suggested Backoff Time: 299961 milliseconds"


@contextmanager
def reading(answers, security=Security.PLAIN, **settings):
    with scripted(answers, **settings) as server:
        box = Mailbox(MailServer("127.0.0.1", server.port, security, "foi", "word"), timeout_read=1)
        try:
            yield server, box
        finally:
            box.close()


def everything(box, mark=MARK):
    batches = list(box.new_mail("INBOX", mark))
    mails = [one.uid for batch in batches for one in batch.mails]
    notes = [note for batch in batches for note in batch.notes]
    return mails, notes, batches[-1].mark if batches else mark


def test_an_old_uid_from_a_star_search_is_not_new():
    """Mail rule G14."""
    with reading({"UID SEARCH": search(11)}) as (server, box):
        assert everything(box) == ([], [], MARK)
        assert "UID FETCH" not in server.commands


def test_g6_nothing_is_asked_for_that_the_server_would_have_to_parse():
    answers = {"UID SEARCH": search(12), "UID FETCH": [sizes(12), bodies(12)]}
    with reading(answers) as (server, box):
        assert everything(box)[0] == [12]
        asked = " ".join(server.lines).upper()
        assert "BODY.PEEK[]" in asked
        assert "RFC822.SIZE" in asked
        assert "ENVELOPE" not in asked
        assert "BODYSTRUCTURE" not in asked


def test_flags_alone_are_asked_for_again_and_noted_after_three_polls():
    """Mail rule G5."""
    flags = b"* 1 FETCH (UID 12 FLAGS (\\Seen))\r\n"
    answers = {
        "UID SEARCH": search(12, 13),
        "UID FETCH": [sizes(12, 13), flags + bodies(13), sizes(12), flags + DONE] * 2,
    }
    with reading(answers) as (_, box):
        assert everything(box) == ([13], [], MARK)
        assert everything(box) == ([], [], MARK)
        assert everything(box) == ([], [Note(NoteKind.VANISHED, 12)], Mark(1, 14))


@pytest.mark.parametrize(
    "odd",
    [
        b"* 1 FETCH (UID 12 FLAGS (\\Seen))\r\n{tag} OK done\r\n",
        b"* 1 FETCH (UID 12 INTERNALDATE \"08-Dec-2020 09:30:00 +0000\" BODY[] NIL)\r\n{tag} OK done\r\n",
        b"* 1 FETCH (UID 12 INTERNALDATE \"08-Dec-2020 09:30:00 +0000\" BODY[] {0}\r\n)\r\n{tag} OK done\r\n",
        b"{tag} OK done\r\n",
        b"{tag} NO Some of the requested messages no longer exist\r\n",
        b"* 1 FETCH (UID 12 BODY[] (((\r\n{tag} OK done\r\n",
    ],
)  # fmt: skip
def test_a_mail_without_a_body_is_never_taken_for_read(odd):
    with reading({"UID SEARCH": search(12), "UID FETCH": [sizes(12), odd]}) as (server, box):
        assert everything(box) == ([], [], MARK)
        server.answers["UID FETCH"] = [sizes(12), bodies(12)]
        assert everything(box) == ([12], [], Mark(1, 13))


def test_one_mail_the_server_stumbles_over_does_not_hide_the_others():
    """Mail rule G3."""
    answers = {
        "UID SEARCH": search(12, 13, 14),
        "UID FETCH": [
            sizes(12, 13, 14),
            b"{tag} NO cannot read message\r\n",
            bodies(12),
            b"{tag} NO cannot read message\r\n",
            bodies(14),
        ],
    }
    with reading(answers) as (_, box):
        assert everything(box) == ([12, 14], [], Mark(1, 13))


def test_a_mail_without_a_date_is_kept_and_noted():
    answers = {
        "UID SEARCH": [search(12), search(12)],
        "UID FETCH": [sizes(12), bodies(12, date=b'"99-Foo-2020 09:30:00 +0000"')],
    }
    with reading(answers) as (_, box):
        [batch] = box.new_mail("INBOX", MARK)
    assert batch.mails[0].internaldate == DATE_UNKNOWN
    assert batch.mails[0].raw == LITERAL_MAIL
    assert batch.notes == (Note(NoteKind.NO_DATE, 12),)


def test_another_uidvalidity_starts_from_the_first_mail_with_a_note():
    """Mail rule G7."""
    answers = {
        "EXAMINE": selected(uidvalidity=2),
        "UID SEARCH": [search(1), search(1)],
        "UID FETCH": [sizes(1), bodies(1)],
    }
    with reading(answers) as (_, box):
        assert everything(box) == ([1], [Note(NoteKind.NEW_EPOCH)], Mark(2, 2))


def test_a_large_mailbox_is_searched_in_spans():
    answers = {"EXAMINE": selected(uidnext=120_000), "UID SEARCH": [search(7), search(), search()]}
    with reading(answers) as (server, box):
        server.answers["UID FETCH"] = [sizes(7), bodies(7)]
        assert everything(box, None)[0] == [7]
        assert server.commands.count("UID SEARCH") == 6


def test_mail_announced_with_the_answer_to_search_is_read_at_once():
    answers = {
        "UID SEARCH": [b"* SEARCH\r\n* 2 EXISTS\r\n{tag} OK done\r\n", search(12), search(12)],
        "UID FETCH": [sizes(12), bodies(12)],
    }
    with reading(answers) as (_, box):
        assert everything(box)[0] == [12]


def test_a_server_that_announces_for_ever_is_left_after_three_rounds():
    with reading({"NOOP": b"* 2 EXISTS\r\n{tag} OK done\r\n"}) as (server, box):
        assert everything(box) == ([], [], MARK)
        assert server.commands.count("UID SEARCH") == 3


@pytest.mark.parametrize("verb", ["EXAMINE", "UID SEARCH", "UID FETCH"])
def test_a_throttled_mailbox_says_for_how_long(verb):
    """Mail rule G8."""
    answers = {
        "UID SEARCH": search(12),
        verb: b"{tag} NO " + THROTTLED + b"\r\n* BYE " + THROTTLED + b"\r\n",
    }
    with reading(answers) as (_, box), pytest.raises(MailboxThrottled) as caught:
        everything(box)
    assert caught.value.seconds == pytest.approx(299.961 * 1.1)
    assert "330 seconds" in str(caught.value)


def test_throttled_in_the_goodbye_instead_of_a_greeting():
    """Mail rule G9."""
    greeting = b"* BYE " + THROTTLED + b"\r\n"
    with reading({}, greeting=greeting) as (_, box), pytest.raises(MailboxThrottled):
        everything(box)


def test_a_disconnect_in_the_middle_of_a_mail_delivers_nothing_of_it_and_heals():
    cut = b'* 1 FETCH (UID 12 INTERNALDATE "08-Dec-2020 09:30:00 +0000" BODY[] {500}\r\nFrom: sam'
    answers = {"UID SEARCH": search(12), "UID FETCH": [sizes(12), cut]}
    with reading(answers) as (server, box):
        timer = threading.Timer(0.2, server.hang_up)
        timer.start()
        with pytest.raises(MailboxUnreachable, match="broke off"):
            everything(box)
        timer.join()
        server.answers["UID FETCH"] = [sizes(12), bodies(12)]
        assert everything(box) == ([12], [], Mark(1, 13))
        assert server.connections == 2


def test_a_server_that_says_nothing_is_given_up_after_the_timeout():
    with reading({"UID SEARCH": b""}) as (_, box):
        began = time.monotonic()
        with pytest.raises(MailboxUnreachable, match=r"does not answer on port \d+ in time"):
            everything(box)
        assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    "end", [None, b"+ idling\r\n* BYE going down\r\n", b"{tag} NO not here\r\n"]
)
def test_idle_on_a_dead_connection_wakes_up_once_and_connects_again(end):
    """Mail rule G4."""
    with reading({}) as (server, box):
        everything(box)
        server.answers["IDLE"] = end
        began = time.monotonic()
        assert box.wait(30, threading.Event())
        assert time.monotonic() - began < 3
        assert everything(box) == ([], [], MARK)
        assert server.connections == 2


def test_idle_that_ends_without_a_word_is_noticed():
    with reading({}) as (server, box):
        everything(box)
        timer = threading.Timer(0.2, server.hang_up)
        timer.start()
        began = time.monotonic()
        assert box.wait(30, threading.Event())
        assert time.monotonic() - began < 3
        timer.join()


def test_a_goodbye_in_the_middle_of_idle_is_noticed():
    with reading({}) as (server, box):
        everything(box)
        timer = threading.Timer(0.2, server.push, [b"* BYE going down\r\n"])
        timer.start()
        began = time.monotonic()
        assert box.wait(30, threading.Event())
        assert time.monotonic() - began < 3
        timer.join()
        assert box._client is None


def test_a_server_that_cuts_every_idle_is_not_hammered():
    with reading({"IDLE": None}) as (_, box):
        began = time.monotonic()
        for _ in range(2):
            everything(box)
            assert box.wait(30, threading.Event())
        assert 2 <= time.monotonic() - began < 5
        everything(box)
        stop = threading.Event()
        stop.set()
        assert not box.wait(30, stop)


def test_news_in_one_packet_with_the_answer_to_idle_wakes_up_at_once():
    with reading({"IDLE": b"+ idling\r\n* 2 EXISTS\r\n"}) as (_, box):
        everything(box)
        began = time.monotonic()
        assert box.wait(30, threading.Event())
        assert time.monotonic() - began < 1


def test_news_before_idle_wakes_up_at_once():
    with reading({}) as (server, box):
        everything(box)
        server.push(b"* 2 EXISTS\r\n")
        assert box.wait(30, threading.Event())
        assert "IDLE" not in server.commands


def test_news_with_the_end_of_idle_counts():
    with reading({"DONE": b"* 2 EXISTS\r\n{tag} OK done\r\n"}) as (_, box):
        everything(box)
        assert box.wait(0.1, threading.Event())


def test_flags_changed_by_a_colleague_wake_nobody():
    with reading({"IDLE": b"+ idling\r\n* 1 FETCH (FLAGS (\\Seen))\r\n"}) as (_, box):
        everything(box)
        assert not box.wait(0.2, threading.Event())


def test_without_idle_there_is_a_plain_wait():
    with reading({}, capabilities="IMAP4rev1 AUTH=PLAIN") as (server, box):
        everything(box)
        began = time.monotonic()
        assert box.wait(0.3, threading.Event())
        assert 0.3 <= time.monotonic() - began < 1
        stop = threading.Event()
        stop.set()
        assert not box.wait(30, stop)
        assert "IDLE" not in server.commands


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (b"{tag} NO [AUTHENTICATIONFAILED] no\r\n", LoginRefused),
        (b"{tag} NO [UNAVAILABLE] directory is down\r\n", MailboxUnreachable),
        (b"{tag} NO User is authenticated but not connected.\r\n", MailboxUnreachable),
        (b"{tag} NO " + THROTTLED + b"\r\n", MailboxThrottled),
        (b"* BYE too many connections\r\n", MailboxUnreachable),
        (None, MailboxUnreachable),
    ],
)
@pytest.mark.parametrize("verb", ["AUTHENTICATE", "LOGIN"])
def test_only_a_refused_login_is_the_administrators_to_fix(answer, error, verb):
    capabilities = "IMAP4rev1" if verb == "LOGIN" else "IMAP4rev1 AUTH=PLAIN"
    with reading({verb: answer}, capabilities=capabilities) as (_, box), pytest.raises(error):
        box.folders()


def test_a_password_beyond_ascii_needs_a_server_with_plain():
    with scripted({}, capabilities="IMAP4rev1") as server:
        box = Mailbox(MailServer("127.0.0.1", server.port, Security.PLAIN, "foi", "wörd"))
        with pytest.raises(LoginRefused, match="only plain ASCII") as caught:
            box.folders()
        assert "ö" not in str(caught.value)
        assert "xf6" not in str(caught.value)


def test_a_server_without_starttls_gets_no_password():
    with reading({}, Security.STARTTLS) as (server, box):
        with pytest.raises(ServerLacks, match="STARTTLS"):
            box.folders()
        assert not {"LOGIN", "AUTHENTICATE"} & set(server.commands)


def test_sent_is_created_where_there_is_none():
    with reading({"CREATE": b"{tag} OK done\r\n", "APPEND": b"{tag} NO over quota\r\n"}) as (
        server,
        box,
    ):
        assert not box.put_in_sent("", b"x", DATE_UNKNOWN)
        assert "CREATE" in server.commands


@pytest.mark.parametrize(
    ("listed", "found"),
    [
        (b'* LIST (\\Sent) "/" Verzonden\r\n* LIST () "/" Sent\r\n', "Verzonden"),
        (b'* LIST () "." INBOX.Sent\r\n', "INBOX.Sent"),
        (b'* LIST () "/" "Sent Items"\r\n', "Sent Items"),
        (b'* LIST () NIL INBOX\r\n* LIST () NIL "Sent Mail"\r\n', "Sent Mail"),
    ],
)
def test_the_sent_folder_is_found_by_its_mark_then_by_its_name(listed, found):
    with reading({"LIST": listed + b"{tag} OK done\r\n", "UID SEARCH": search(3)}) as (_, box):
        assert box.message_in_sent("<a@b.example>")
        assert box._sent == found


def test_folders_that_cannot_be_opened_are_not_listed():
    listed = b'* LIST (\\Noselect) "/" "[Gmail]"\r\n* LIST () "/" INBOX\r\n{tag} OK done\r\n'
    with reading({"LIST": listed}) as (_, box):
        assert box.folders() == ("INBOX",)


@pytest.mark.parametrize(
    ("listed", "found"),
    [
        (b'* LIST (\\Junk) "/" Ungewollt\r\n* LIST () "/" Spam\r\n', ("Ungewollt",)),
        (b'* LIST () "." INBOX.Junk\r\n* LIST () "." INBOX.Junket\r\n', ("INBOX.Junk",)),
        (b'* LIST () "/" "Junk E-mail"\r\n* LIST () "/" spam\r\n', ("Junk E-mail", "spam")),
        (b'* LIST (\\Noselect \\Junk) "/" Spam\r\n* LIST () "/" Junk\r\n', ("Junk",)),
        (b'* LIST () "/" INBOX\r\n* LIST () "/" "About spam"\r\n', ()),
    ],
)
def test_the_folders_for_spam_are_found_by_their_mark_then_by_their_name(listed, found):
    with reading({"LIST": listed + b"{tag} OK done\r\n"}) as (_, box):
        assert box.junk_folders() == found


@pytest.mark.parametrize("answer", [b"{tag} NO [CANNOT] not here\r\n", b"{tag} BAD what?\r\n"])
def test_a_server_that_cannot_say_whose_mail_waits_lets_everybody_wait(answer):
    answers = {"UID SEARCH": [search(12), answer], "UID FETCH": [sizes(12), bodies(12)]}
    with reading(answers) as (_, box):
        next(box.new_mail("INBOX", MARK))
        assert box.has_from("sam@home.example", 13, 15)


def test_a_server_that_asks_to_be_left_alone_is_left_alone_between_two_batches_too():
    answers = {
        "UID SEARCH": [search(12), b"{tag} NO " + THROTTLED + b"\r\n"],
        "UID FETCH": [sizes(12), bodies(12)],
    }
    with reading(answers) as (_, box):
        next(box.new_mail("INBOX", MARK))
        with pytest.raises(MailboxThrottled):
            box.has_from("sam@home.example", 13, 15)


def test_a_newcomer_that_gives_no_body_is_read_in_its_turn():
    """Mail rule G5."""
    answers = {
        "UID SEARCH": [search(12, 13), search(14)],
        "UID FETCH": [sizes(12, 13), bodies(12), sizes(14), DONE],
        "NOOP": b"* 2 EXISTS\r\n{tag} OK done\r\n",
    }
    with reading(answers) as (server, box):
        box._first_messages = box._batch_messages = 1
        next(box.new_mail("INBOX", MARK))
        assert box.came_meanwhile(10, 1_000) == ()
        assert server.commands[-1] == "UID FETCH"


def test_with_nothing_more_to_come_nobody_is_asked_who_came_meanwhile():
    answers = {"UID SEARCH": search(12), "UID FETCH": [sizes(12), bodies(12)]}
    with reading(answers) as (server, box):
        next(box.new_mail("INBOX", MARK))
        assert box.came_meanwhile(10, 1_000) == ()
        assert "NOOP" not in server.commands


@pytest.mark.parametrize(
    ("answer", "error"),
    [(None, MailboxUnreachable), (b"{tag} NO " + THROTTLED + b"\r\n", MailboxThrottled)],
)
def test_what_ends_the_fetching_of_the_next_batch_is_what_its_reader_hears(answer, error):
    answers = {"UID SEARCH": search(12, 13), "UID FETCH": [sizes(12, 13), bodies(12), answer]}
    with reading(answers) as (_, box):
        box._first_messages = box._batch_messages = 1
        with OneAhead(box.new_mail("INBOX", MARK), id) as batches:
            them = iter(batches)
            next(them)
            batches.begin()
            batches.wait()
            assert box.came_meanwhile(10, 1_000) == ()
            with pytest.raises(error):
                next(them)
