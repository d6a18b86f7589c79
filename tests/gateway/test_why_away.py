"""An administrator reads what to look at, not the operating system's number for it."""

from __future__ import annotations

import errno
import socket
import ssl

import pytest

from foibot.gateway.server_url import MailServer, Security
from foibot.gateway.why_away import not_trusted, why_away

SERVER = MailServer("mail.example", 993, Security.TLS, "foi", "loopback-only")


def wrapped(cause: Exception) -> Exception:
    """As the libraries raise it: their own error, with the system's as its cause."""
    error = RuntimeError(f"Error connecting to mail.example on port 993: {cause}")
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("cause", "words"),
    [
        (socket.gaierror(-2, "Name or service not known"), "No server called mail.example is known"),
        (ConnectionRefusedError(errno.ECONNREFUSED, "refused"), "port 993, nothing listens there"),
        (OSError(f"Multiple exceptions: [Errno {errno.ECONNREFUSED}] a, [Errno 99] b"), "nothing listens"),
        (TimeoutError("timed out"), "does not answer on port 993 in time"),
        (OSError(errno.ENETUNREACH, "unreachable"), "No way leads from this machine to mail.example"),
        (ssl.SSLError(1, "[SSL: WRONG_VERSION_NUMBER]"), "write +starttls:// in place of s://"),
    ],
)  # fmt: skip
def test_what_is_wrong_and_where_to_look(cause: Exception, words: str) -> None:
    for error in (cause, wrapped(cause)):
        said = why_away(error, SERVER, "mailbox.imap")
        assert words in said
        assert "Errno" not in said
        assert "mailbox.imap" in said or "+starttls" in said


def test_anything_else_is_told_as_the_server_said_it() -> None:
    said = why_away(OSError("the server said BYE"), SERVER, "mailbox.imap")
    assert said == "The work with mail.example:993 broke off: the server said BYE"


@pytest.mark.parametrize(
    ("code", "advice"),
    [(62, "name as it stands in the certificate"), (10, "clock is wrong"), (19, "tls_ca_file")],
)
def test_a_certificate_that_is_not_believed(code: int, advice: str) -> None:
    error = ssl.SSLCertVerificationError(1, "certificate verify failed")
    error.verify_code, error.verify_message = code, "what OpenSSL says"
    said = not_trusted(error, SERVER)
    assert said.startswith("The certificate of mail.example:993 could not be verified (what")
    assert advice in said
