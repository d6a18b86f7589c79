"""Sending that is stopped: nothing new is offered, and what was offered is answered by what is known of it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from foibot.gateway.server_url import MailServer, Security
from foibot.gateway.smtp import Answer, Delivery, Envelope, Post
from foibot.store.ownership import OfficeLost
from tests.gateway import scripted_smtp
from tests.gateway.scripted_smtp import PIPELINING, ScriptedSMTP

SILENCE = 60.0


@pytest.fixture(params=["one by one", "all at once"], autouse=True)
def _pipelining(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both ways to say the commands of a mail end in the same answers."""
    if request.param == "all at once":
        monkeypatch.setattr(scripted_smtp, "_USUAL", {**scripted_smtp._USUAL, **PIPELINING})


def envelopes(many: int) -> list[Envelope]:
    return [
        Envelope(
            n, "foi@exampleshire.example", f"sam{n}@citizens.example", b"Subject: x\r\n\r\nx\r\n"
        )
        for n in range(many)
    ]


@contextmanager
def sending(server: ScriptedSMTP, many: int) -> Iterator[tuple[Post, Future[list[Delivery]]]]:
    """Mails on their way over one connection."""
    post = Post(MailServer("127.0.0.1", server.port, Security.PLAIN, "", ""), connections=1)
    with ThreadPoolExecutor(1) as pool:
        try:
            yield post, pool.submit(lambda: list(post.send(envelopes(many))))
        finally:
            post.close()
            server.close()


def wait_until(server: ScriptedSMTP, seen: str) -> None:
    until = time.monotonic() + 20
    signs = {"": server._sockets, ".": server.mails}
    while not signs.get(seen, seen in server.seen):
        assert time.monotonic() < until
        time.sleep(0.01)


@pytest.mark.parametrize("verb", ["", "EHLO", "MAIL", "RCPT", "DATA"])
def test_what_a_silent_server_was_not_handed_waits(verb: str) -> None:
    server = ScriptedSMTP({verb: SILENCE})
    with sending(server, 3) as (post, answers):
        wait_until(server, verb)
        post.halt()
        post.wait_no_longer()
        found = answers.result(10)
    assert [(one.answer, one.reached) for one in found] == [(Answer.RETRY, False)] * 3
    assert server.mails == []


def test_what_a_silent_server_was_handed_is_in_doubt_and_the_rest_waits() -> None:
    server = ScriptedSMTP({".": SILENCE})
    with sending(server, 3) as (post, answers):
        wait_until(server, ".")
        post.halt()
        post.wait_no_longer()
        found = {one.key: one for one in answers.result(10)}
    assert found[0].answer is Answer.UNCERTAIN
    assert found[0].text == "after the mail was sent: foibot was stopped before the server answered"
    assert [(found[n].answer, found[n].reached) for n in (1, 2)] == [(Answer.RETRY, False)] * 2


def test_a_server_that_answers_in_time_is_heard() -> None:
    server = ScriptedSMTP({".": 0.5})
    with sending(server, 3) as (post, answers):
        wait_until(server, ".")
        post.halt()
        found = {one.key: one.answer for one in answers.result(10)}
    assert found == {0: Answer.ACCEPTED, 1: Answer.RETRY, 2: Answer.RETRY}
    assert len(server.mails) == 1


def test_after_a_halt_nothing_is_offered() -> None:
    server = ScriptedSMTP({})
    with sending(server, 1) as (post, answers):
        assert answers.result(10)[0].answer is Answer.ACCEPTED
        post.halt()
        post.wait_no_longer()
        (only,) = post.send(envelopes(1))
    assert (only.answer, only.reached) == (Answer.RETRY, False)
    assert len(server.mails) == 1


def test_one_that_never_sent_can_be_halted() -> None:
    post = Post(MailServer("127.0.0.1", 9, Security.PLAIN, "", ""))
    post.halt()
    post.wait_no_longer()
    post.close()


@pytest.mark.parametrize("connections", [1, 3])
def test_whoever_may_not_send_any_more_gives_no_content_away(connections: int) -> None:
    server, looks = ScriptedSMTP({}), iter(range(9))

    def look() -> None:
        if next(looks) >= 2:
            raise OfficeLost

    away = MailServer("127.0.0.1", server.port, Security.PLAIN, "", "")
    post = Post(away, connections=connections, before_content=look)
    found = list(post.send(envelopes(6)))
    post.close()
    server.close()
    taken = [one.key for one in found if one.answer is Answer.ACCEPTED]
    assert len(taken) == len(server.mails) == 2
    rest = [one for one in found if one.key not in taken]
    assert {(one.answer, one.reached) for one in rest} == {(Answer.RETRY, False)}
    assert {one.text for one in rest} == {str(OfficeLost())}
    assert {one.key for one in found} == set(range(6))


def test_a_server_that_waits_for_a_mail_is_told_no_goodbye(monkeypatch: pytest.MonkeyPatch) -> None:
    """It would take it for the first line of the mail; nothing of that is given away."""
    goodbyes: list[object] = []
    monkeypatch.setattr("aiosmtplib.SMTP.quit", lambda *_, **__: goodbyes.append("QUIT"))
    server = ScriptedSMTP({"DATA": ("354 go on", SILENCE)})
    post = Post(MailServer("127.0.0.1", server.port, Security.PLAIN, "", ""), connections=1)
    answers = post.send(envelopes(3))
    assert next(answers).answer is Answer.ACCEPTED
    wait_until(server, "DATA")
    answers.close()
    post.close()
    server.close()
    assert goodbyes == []
    assert [recipients for recipients, _ in server.mails] == [["sam0@citizens.example"]]
