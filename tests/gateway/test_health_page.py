"""Monitoring on this machine gets its figures, and nobody can hold the page up."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from foibot.config.values import listen_address
from foibot.errors import TryAgainLater
from foibot.gateway import health_page
from foibot.gateway.health_page import HealthPage, Page


def away() -> Page:
    raise TryAgainLater("the database server does not answer")


def bug() -> Page:
    raise ValueError("sam.smith@citizens.example")


@pytest.fixture
def page() -> Iterator[HealthPage]:
    pages = {
        "/health": lambda: Page(well=True, media_type="text/plain", text="ok\n"),
        "/act": lambda: Page(well=False, media_type="text/plain", text="ACT\n"),
        "/away": away,
        "/bug": bug,
    }
    opened = HealthPage(("127.0.0.1", 0), pages)
    yield opened
    opened.close()


def asked(page: HealthPage, path: str, method: str = "GET") -> tuple[int, str]:
    question = Request(f"http://127.0.0.1:{page.port}{path}", method=method)
    try:
        with urlopen(question, timeout=20) as answer:  # noqa: S310 - our own
            assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
            return answer.status, answer.read().decode()
    except HTTPError as answer:
        with answer:
            return answer.code, answer.read().decode()


def said(page: HealthPage, raw: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", page.port), 20) as line:
        line.sendall(raw)
        return line.recv(4096)


def test_pages_are_given_out(page: HealthPage) -> None:
    assert asked(page, "/health") == (200, "ok\n")
    assert asked(page, "/health?x=1") == (200, "ok\n")
    assert asked(page, "/act") == (503, "ACT\n")


def test_what_is_not_there_or_not_asked_for_properly_is_refused(page: HealthPage) -> None:
    code, words = asked(page, "/cases")
    assert (code, "/health" in words) == (404, True)
    assert asked(page, "/health", "POST")[0] == 405
    assert b"Allow: GET\r\n" in said(page, b"DELETE /health HTTP/1.1\r\n\r\n")
    for raw in (b"hello\r\n\r\n", b"\r\n\r\n", b"GET /health FTP/1.1\r\n\r\n", b"x" * 9000):
        assert said(page, raw).startswith(b"HTTP/1.1 400 ")


def test_trouble_is_an_answer_that_names_nobody(
    page: HealthPage, caplog: pytest.LogCaptureFixture
) -> None:
    assert asked(page, "/away") == (503, "ACT      the database server does not answer\n")
    code, words = asked(page, "/bug")
    assert code == 503
    assert "see foibot's log" in words
    assert "ValueError in test_health_page.py" in caplog.text
    assert "sam.smith" not in words + caplog.text
    assert asked(page, "/health")[0] == 200


def test_who_is_slow_is_not_waited_for(page: HealthPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health_page, "_PATIENCE", 0.2)
    with socket.create_connection(("127.0.0.1", page.port), 20) as slow:
        slow.sendall(b"GET /hea")
        assert asked(page, "/health") == (200, "ok\n")
        assert slow.recv(100).startswith(b"HTTP/1.1 400 ")
    with socket.create_connection(("127.0.0.1", page.port), 20) as gone:
        gone.sendall(b"GET")
    assert asked(page, "/health") == (200, "ok\n")


def test_a_closed_page_lets_go_of_its_address(page: HealthPage) -> None:
    began = time.monotonic()
    with pytest.raises(OSError, match="in use"):
        HealthPage(("127.0.0.1", page.port), {})
    page.close()
    HealthPage(("127.0.0.1", 0), {}).close()
    assert time.monotonic() - began < 10


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("127.0.0.1:9464", ("127.0.0.1", 9464)),
        ("localhost:80", ("127.0.0.1", 80)),
        ("[::1]:9464", ("::1", 9464)),
    ],
)
def test_an_address_of_this_machine_is_read(text: str, address: tuple[str, int]) -> None:
    assert listen_address(text) == address
