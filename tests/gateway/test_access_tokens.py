"""Access tokens in place of passwords (mail rules F15, G9): fetched, kept, renewed; for IMAP and for SMTP."""

from __future__ import annotations

import base64
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

from foibot.gateway.access_tokens import AccessTokens, Application, TokenRefused, TokenUnavailable
from foibot.gateway.imap import Mailbox
from foibot.gateway.server_url import LoginRefused, MailServer, Security, ServerLacks
from foibot.gateway.smtp import Envelope, Post
from foibot.outbox.item import Answer
from tests.faulty_imap import faulty_imap
from tests.gateway.scripted_smtp import scripted_smtp
from tests.gateway.token_server import Loopback, TokenServer, token_server

USER = "foi@exampleshire.example"
APPLICATION = Application("exampleshire.example", "the-client", "the-secret")
XOAUTH2 = "250-mx.example\r\n250-SIZE 50000000\r\n250 AUTH LOGIN XOAUTH2"


@dataclass
class Tokens:
    """The tokens of an application, whose service and seconds are in the test's hands."""

    service: TokenServer
    seconds: float = 0

    def __post_init__(self) -> None:
        http = Loopback(self.service.port)
        self.of = AccessTokens(APPLICATION, http=http, clock=lambda: self.seconds)


@pytest.fixture
def tokens() -> Iterator[Tokens]:
    with token_server() as service:
        yield Tokens(service)


def server(port: int, tokens: Tokens) -> MailServer:
    return replace(MailServer("127.0.0.1", port, Security.PLAIN, USER, ""), tokens=tokens.of)


def test_a_token_is_asked_for_with_the_credentials_of_the_application(tokens: Tokens) -> None:
    assert tokens.of.token() == "token-1"
    [form] = tokens.service.asked
    assert form["grant_type"] == "client_credentials"
    assert form["client_id"] == "the-client"
    assert form["client_secret"] == "the-secret"
    assert form["scope"] == "https://outlook.office365.com/.default"


def test_a_token_is_kept_for_four_fifths_of_its_life_and_then_renewed(tokens: Tokens) -> None:
    assert [tokens.of.token() for _ in range(3)] == ["token-1"] * 3
    tokens.seconds = 2879
    assert tokens.of.token() == "token-1"
    tokens.seconds = 2880
    assert tokens.of.token() == "token-2"
    assert len(tokens.service.asked) == 2


def test_several_threads_fetch_one_token(tokens: Tokens) -> None:
    found: list[str] = []
    threads = [threading.Thread(target=lambda: found.append(tokens.of.token())) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert found == ["token-1"] * 4


def test_only_the_token_that_was_refused_is_forgotten(tokens: Tokens) -> None:
    tokens.of.token()
    tokens.of.forget("an older one")
    assert tokens.of.token() == "token-1"
    tokens.of.forget("token-1")
    assert tokens.of.token() == "token-2"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("AADSTS7000215: Invalid client secret provided. Trace ID: 1", "put its value, not its number"),
        ("AADSTS7000222: The provided client secret keys are expired.", "the client secret has run out"),
        ("AADSTS700016: Application with identifier 'x' was not found", "compare oauth.client_id"),
        ("AADSTS90002: Tenant 'x' not found.", "there is no tenant of this name"),
        ("AADSTS1: Something new.", "it said: AADSTS1: Something new."),
    ],
)  # fmt: skip
def test_a_refusal_says_what_to_do(tokens: Tokens, said: str, words: str) -> None:
    tokens.service.refusal = {"error": "invalid_client", "error_description": said}
    with pytest.raises(TokenRefused) as caught:
        tokens.of.token()
    assert words in str(caught.value)
    assert "the-secret" not in f"{caught.value} {tokens.of!r} {APPLICATION!r}"


def test_a_service_that_is_away_is_tried_again(tokens: Tokens) -> None:
    tokens.service.refusal = {
        "error": "temporarily_unavailable",
        "error_description": "AADSTS90033: x",
    }
    with pytest.raises(TokenUnavailable, match="just now: AADSTS90033"):
        tokens.of.token()
    tokens.service.refusal = {}
    assert tokens.of.token().startswith("token-")
    nobody = AccessTokens(APPLICATION, http=Loopback(1))
    with pytest.raises(TokenUnavailable, match="gave no access token"):
        nobody.token()


def test_g9_imap_logs_in_with_the_token_and_again_before_it_runs_out(tokens: Tokens) -> None:
    with faulty_imap(oauth=True) as imap:
        imap.tokens = {"token-1", "token-2"}
        imap.deliver(b"From: a@b.example\r\n\r\nHi\r\n")
        box = Mailbox(server(imap.port, tokens), timeout_read=2)
        [batch] = box.new_mail("INBOX", None)
        assert list(box.new_mail("INBOX", batch.mark)) == []
        assert imap.seen["connections"] == imap.seen["AUTHENTICATE"] == 1
        tokens.seconds = 3000
        assert list(box.new_mail("INBOX", batch.mark)) == []
        assert imap.seen["connections"] == imap.seen["AUTHENTICATE"] == 2
        box.close()
    assert "LOGIN" not in imap.seen


def test_a_token_that_imap_refuses_is_fetched_anew(tokens: Tokens) -> None:
    with faulty_imap(oauth=True) as imap:
        imap.tokens = {"token-2"}
        box = Mailbox(server(imap.port, tokens), timeout_read=2)
        with pytest.raises(
            LoginRefused, match=r"refused the access token for foi@exampleshire\.example"
        ) as caught:
            box.folders()
        assert "token-1" not in str(caught.value)
        assert box.folders() == ("INBOX", "Sent")
        box.close()


def test_a_refused_application_leaves_no_half_open_mailbox(tokens: Tokens) -> None:
    tokens.service.refusal = {"error": "invalid_client", "error_description": "AADSTS7000222: x"}
    with faulty_imap(oauth=True) as imap:
        box = Mailbox(server(imap.port, tokens), timeout_read=2)
        for _ in range(2):
            with pytest.raises(TokenRefused, match="run out"):
                box.folders()
        tokens.service.refusal = {}
        imap.tokens = {f"token-{n}" for n in range(9)}
        assert box.folders() == ("INBOX", "Sent")
        box.close()


def test_servers_without_xoauth2_are_said_to_be_so(tokens: Tokens) -> None:
    with faulty_imap() as imap, scripted_smtp() as smtp:
        box, post = (
            Mailbox(server(imap.port, tokens), timeout_read=2),
            Post(server(smtp.port, tokens)),
        )
        with pytest.raises(ServerLacks, match="takes no access tokens"):
            box.folders()
        with pytest.raises(ServerLacks, match="takes no access tokens"):
            post.check()
        box.close()
        post.close()
    assert not smtp.auth


def test_f15_smtp_logs_in_with_the_token(tokens: Tokens) -> None:
    """Mail rule F15."""
    with scripted_smtp({"EHLO": XOAUTH2}) as smtp:
        post = Post(server(smtp.port, tokens), connections=1)
        mail = Envelope(1, USER, "sam@citizens.example", b"Subject: S\r\n\r\nHi\r\n")
        assert [one.answer for one in post.send([mail])] == [Answer.ACCEPTED]
        post.close()
    mechanism, said = smtp.auth[0].split()
    assert mechanism == "XOAUTH2"
    assert base64.b64decode(said).decode() == f"user={USER}\1auth=Bearer token-1\1\1"


def test_f15_a_token_that_smtp_refuses_is_fetched_anew_and_no_mail_is_lost(tokens: Tokens) -> None:
    refused = ("535 5.7.3 Authentication unsuccessful",)
    with scripted_smtp({"EHLO": XOAUTH2, "AUTH": refused}) as smtp:
        post = Post(server(smtp.port, tokens), connections=1)
        mail = Envelope(1, USER, "sam@citizens.example", b"Subject: S\r\n\r\nHi\r\n")
        [first] = post.send([mail])
        assert (first.answer, first.reached) == (Answer.RETRY, False)
        assert "refused the access token" in first.text
        assert [one.answer for one in post.send([mail])] == [Answer.ACCEPTED]
        post.close()
    assert len(smtp.mails) == 1
    assert base64.b64decode(smtp.auth[1].split()[1]).decode().endswith("token-2\1\1")
