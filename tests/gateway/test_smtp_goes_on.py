"""Mails that come while others are on their way: each is sent once, also where one of them is kept waiting."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence

import pytest

from foibot.errors import FoibotError
from foibot.gateway.server_url import MailServer, Security
from foibot.gateway.smtp import Answer, Delivery, Envelope, Post
from tests.gateway.faulty_smtp import Handler, faulty_smtp
from tests.gateway.scripted_smtp import PIPELINING, scripted_smtp
from tests.gateway.test_smtp import envelope, plain
from tests.real_servers import free_port, smtp_sink


def in_turn(*pieces: Sequence[Envelope]) -> Callable[[], Sequence[Envelope]]:
    """A function that gives one piece after the other, and then nothing more."""
    left = iter(pieces)
    return lambda: next(left, ())


def numbered(first: int, many: int) -> list[Envelope]:
    return [envelope(n) for n in range(first, first + many)]


@pytest.fixture(params=["one by one", "all at once"], autouse=True)
def _pipelining(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "all at once":
        monkeypatch.setattr(Handler, "pipelining", True)


@pytest.mark.parametrize("connections", [1, 2, 8])
def test_each_mail_that_comes_meanwhile_is_sent_once(connections):
    pieces = [numbered(first, 7) for first in range(10, 80, 7)]
    with faulty_smtp() as (port, handler):
        post = Post(plain(port), connections=connections)
        found = [one.key for one in post.send(numbered(0, 10), in_turn(*pieces))]
        post.close()
        assert sorted(found) == list(range(80))
        assert len(handler.mails) == 80
        assert handler.connections <= connections


def test_it_asks_for_more_in_the_thread_of_whoever_sends():
    asked = []
    with smtp_sink() as port:
        post = Post(plain(port, user=""))
        list(post.send(numbered(0, 9), lambda: asked.append(threading.current_thread()) or ()))
        post.close()
    assert set(asked) == {threading.current_thread()}


def test_one_mail_that_a_server_lets_wait_holds_up_no_others(monkeypatch):
    """Mail rule F6: a server may take ten minutes, and what is queued meanwhile leaves by other connections."""
    monkeypatch.setattr("foibot.gateway.smtp_round._ASK_AGAIN", 0.02)
    late = [envelope(n) for n in range(1, 4)]
    done: list[Delivery] = []

    def more() -> Sequence[Envelope]:
        # Only once the first is being kept waiting: whichever comes to its dot first is.
        return [late.pop()] if late and server.mails else ()

    answered = threading.Event()
    with scripted_smtp({**PIPELINING, ".": (answered,)}) as server:
        post = Post(plain(server.port, user=""), connections=2)
        for one in post.send([envelope(0)], more):
            done.append(one)
            if len(done) == 3:
                answered.set()
        post.close()
    assert [one.key for one in done] == [3, 2, 1, 0]
    assert {one.answer for one in done} == {Answer.ACCEPTED}


def test_a_wrong_password_is_tried_once_however_long_the_server_takes_to_say_so(monkeypatch):
    """What is queued meanwhile does not begin with connections of its own."""
    monkeypatch.setattr("foibot.gateway.smtp_round._ASK_AGAIN", 0.02)
    with scripted_smtp({"EHLO": (0.5,), "AUTH": "535 5.7.8 no"}) as server:
        login = MailServer("127.0.0.1", server.port, Security.PLAIN, "foi", "word")
        post = Post(login, connections=4, timeout=3)
        found = list(post.send(numbered(0, 2), in_turn(numbered(2, 2), numbered(4, 2))))
        post.close()
    assert sorted(one.key for one in found) == list(range(6))
    assert {one.answer for one in found} == {Answer.RETRY}
    assert [one.split()[0] for one in server.auth].count("PLAIN") == 1


def test_what_comes_after_all_was_given_up_is_told_so_too():
    asked = in_turn(numbered(2, 3))
    post = Post(plain(free_port()))
    found = list(post.send(numbered(0, 2), asked))
    post.close()
    assert {one.answer for one in found} == {Answer.RETRY}
    assert not any(one.reached for one in found)
    assert sorted(one.key for one in found) == [0, 1, 2, 3, 4]


def test_a_server_that_allows_one_connection_gets_all_that_comes():
    with faulty_smtp("one_connection") as (port, handler):
        post = Post(plain(port), connections=4)
        pieces = [numbered(8, 8), numbered(16, 8)]
        found = list(post.send(numbered(0, 8), in_turn(*pieces)))
        post.close()
        assert {one.answer for one in found} == {Answer.ACCEPTED}
        assert len(handler.mails) == 24
        assert handler.connections <= 4, "one that was refused is not tried again in the same round"


def test_whoever_expects_more_mail_between_two_answers_makes_no_connections_beside_these():
    """The mailbox's thread says so when it likes, also while no connection has anything to do for a moment."""
    with faulty_smtp() as (port, handler):
        post = Post(plain(port), connections=2)
        pieces = in_turn(numbered(1, 4), numbered(5, 4))

        def more() -> Sequence[Envelope]:
            if further := pieces():
                post.expect(2)
            return further

        assert len(list(post.send(numbered(0, 1), more))) == 9
        post.close()
        assert len(handler.mails) == 9
        assert handler.connections <= 2


def test_a_password_that_is_refused_meanwhile_is_tried_once(monkeypatch):
    """While one mail is kept waiting, the other connections have grown old, and the password is another one."""
    monkeypatch.setattr("foibot.gateway.smtp_round._ASK_AGAIN", 0.02)
    monkeypatch.setattr("foibot.gateway.smtp_line.KEEP_IDLE_SECONDS", 0.1)
    monkeypatch.setattr("foibot.gateway.smtp._SURE", 0.1)
    pieces = in_turn([envelope(100)], numbered(200, 16))
    with scripted_smtp({".": (*["250 ok"] * 8, 2.0)}) as server:
        login = MailServer("127.0.0.1", server.port, Security.PLAIN, "foi", "word")
        post = Post(login, connections=8, timeout=3)

        def more() -> Sequence[Envelope]:
            if len(server.mails) == 9 and not server.answers.get("AUTH"):
                time.sleep(0.3)
                server.auth.clear()
                server.answers["AUTH"] = "535 5.7.8 no"
                return pieces()
            return pieces() if len(server.mails) == 8 else ()

        list(post.send(numbered(0, 8), more))
        tried = [one.split()[0] for one in server.auth].count("PLAIN")
        post.close()
    assert tried == 1


def test_of_connections_that_have_grown_old_the_first_is_made_anew_alone(monkeypatch):
    """The one that is used all the time proves no password: it was logged in to long ago."""
    monkeypatch.setattr("foibot.gateway.smtp_line.KEEP_IDLE_SECONDS", 0.3)
    monkeypatch.setattr("foibot.gateway.smtp._SURE", 0.1)
    with scripted_smtp({}) as server:
        login = MailServer("127.0.0.1", server.port, Security.PLAIN, "foi", "word")
        post = Post(login, connections=4, timeout=3)
        list(post.send(numbered(0, 4)))
        for n in range(4):
            time.sleep(0.1)
            list(post.send([envelope(100 + n)]))
        server.auth.clear()
        server.answers["AUTH"] = "535 5.7.8 no"
        found = list(post.send(numbered(200, 8)))
        assert [one.split()[0] for one in server.auth].count("PLAIN") == 1
        assert {one.answer for one in found} == {Answer.ACCEPTED}, "by the one that still stands"
        time.sleep(0.4)
        found = list(post.send(numbered(300, 8)))
        assert [one.split()[0] for one in server.auth].count("PLAIN") == 2
        assert {one.answer for one in found} == {Answer.RETRY}
        server.heal()
        found = list(post.send(numbered(300, 8)))
        post.close()
    assert {one.answer for one in found} == {Answer.ACCEPTED}
    assert len(server.mails) == 24


def test_a_post_that_was_halted_asks_for_nothing():
    asked: list[float] = []
    with smtp_sink() as port:
        post = Post(plain(port, user=""), connections=1)
        found = []
        for one in post.send(numbered(0, 30), lambda: asked.append(time.monotonic()) or ()):
            found.append(one)
            post.halt()
            asked.clear()
        post.close()
    assert len(found) == 30
    assert asked == []


def test_a_fault_of_ours_in_the_middle_ends_the_round(monkeypatch):
    def breaks(_: object) -> int:
        raise ZeroDivisionError

    with smtp_sink() as port:
        post = Post(plain(port, user=""), connections=2)
        sending = post.send(numbered(0, 2), in_turn(numbered(2, 2)))
        monkeypatch.setattr("foibot.gateway.smtp_round.Round.engage", breaks)
        with pytest.raises(ZeroDivisionError):
            list(sending)
        post.close()


def test_who_sends_may_be_told_no_more_of_a_mail_that_must_stay():
    def stays() -> None:
        raise FoibotError("not ours any more")

    with smtp_sink() as port:
        post = Post(plain(port, user=""), connections=2, before_content=stays)
        found = list(post.send(numbered(0, 3), in_turn(numbered(3, 3))))
        post.close()
    assert len(found) == 6
    assert {one.answer for one in found} == {Answer.RETRY}
