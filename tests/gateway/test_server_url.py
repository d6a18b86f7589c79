"""Addresses of mail servers: what is read from each form, and the fix named for each mistake."""

from __future__ import annotations

import pytest

from foibot.gateway.server_url import (
    AddressOfServerIsWrong,
    MailServer,
    Security,
    ServerNotTrusted,
    imap_server,
    smtp_server,
)


@pytest.mark.parametrize(
    ("read", "url", "expected"),
    [
        (imap_server, "imaps://foi@imap.exampleshire.example", (Security.TLS, 993, "foi")),
        (imap_server, "imaps://foi%40x.example@h.example:1993", (Security.TLS, 1993, "foi@x.example")),
        (imap_server, "imaps://foi@x.example@h.example/", (Security.TLS, 993, "foi@x.example")),
        (imap_server, "imap+starttls://foi@h.example", (Security.STARTTLS, 143, "foi")),
        (imap_server, "imap://foi@127.0.0.1:1143", (Security.PLAIN, 1143, "foi")),
        (imap_server, "imap://foi@localhost", (Security.PLAIN, 143, "foi")),
        (imap_server, "imap://foi@[::1]:1143", (Security.PLAIN, 1143, "foi")),
        (smtp_server, "smtps://foi@h.example", (Security.TLS, 465, "foi")),
        (smtp_server, "smtp+starttls://foi@h.example:587", (Security.STARTTLS, 587, "foi")),
        (smtp_server, "smtp://127.0.0.1:2525", (Security.PLAIN, 2525, "")),
    ],
)  # fmt: skip
def test_a_good_address_is_read(read, url, expected):
    server = read(url, "secret", "")
    assert (server.security, server.port, server.user) == expected
    assert server.password == "secret"
    assert server.ca_file is None


@pytest.mark.parametrize(
    ("read", "url", "words"),
    [
        (imap_server, "imap://foi@imap.exampleshire.example", "write imaps:// or imap+starttls://"),
        (imap_server, "imap://foi@10.0.0.1", "unprotected"),
        (imap_server, "smtps://foi@h.example", "imaps://, imap+starttls://, imap://"),
        (imap_server, "imap.exampleshire.example", "must begin with one of"),
        (imap_server, "", "must begin with one of"),
        (imap_server, "imaps://", "names no server"),
        (imap_server, "imaps://h.example", "names no user"),
        (imap_server, "imaps://foi@h.example:99999", "is not an address"),
        (imap_server, "imaps://foi@[::1", "is not an address"),
        (imap_server, "imaps://foi@h.example/INBOX", "folder has its own key"),
        (smtp_server, "smtp://h.example", "smtps:// or smtp+starttls://"),
    ],
)
def test_a_bad_address_names_the_fix(read, url, words):
    with pytest.raises(AddressOfServerIsWrong, match=words.replace("+", r"\+")):
        read(url, "secret")


def test_a_password_in_the_address_is_refused_and_never_shown():
    with pytest.raises(AddressOfServerIsWrong, match="holds a password") as caught:
        imap_server("imaps://foi:hunter2@h.example", "secret")
    assert "hunter2" not in str(caught.value)
    assert "secret" not in repr(imap_server("imaps://foi@h.example", "secret"))


def test_a_plain_connection_has_no_certificates():
    assert MailServer("127.0.0.1", 143, Security.PLAIN, "foi", "x").tls_context() is None


def test_an_unreadable_ca_file_is_the_administrators_to_fix(tmp_path):
    (tmp_path / "ca.pem").write_text("not a certificate")
    for name in ("ca.pem", "missing.pem"):
        server = imap_server("imaps://foi@h.example", "x", str(tmp_path / name))
        with pytest.raises(ServerNotTrusted, match=name):
            server.tls_context()
