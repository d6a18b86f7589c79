"""Says in plain words why a mail server does not answer, and what an administrator can look at."""

from __future__ import annotations

import errno
import socket
import ssl

from foibot.gateway.server_url import MailServer, Security

_NO_WAY = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EHOSTDOWN}

# As OpenSSL numbers them: X509_V_ERR_HOSTNAME_MISMATCH and _IP_ADDRESS_MISMATCH, then dates.
_FOR_ANOTHER_NAME = {62, 64}
_OUT_OF_DATE = {9, 10}


def why_away(error: BaseException, server: MailServer, key: str) -> str:
    """One sentence without a number of the operating system; `key` is the server's in config.toml."""
    cause = _first_cause(error)
    silent = f"{server.host} does not answer on port {server.port}"
    match cause:
        case socket.gaierror():
            return (
                f"No server called {server.host} is known: check its name in {key}, "
                "or this machine's name service (DNS)."
            )
        case ssl.SSLError():
            return f"{silent} with TLS: {_other_security(server)}"
        case TimeoutError():
            return (
                f"{silent} in time: check server and port in {key}, "
                "or whether a firewall stands in between."
            )
        case OSError() if _is_refusal(cause):
            return (
                f"{silent}, nothing listens there: check server and port in {key}, "
                "or whether the server is running."
            )
        case OSError() if cause.errno in _NO_WAY:
            return (
                f"No way leads from this machine to {server.host}: check its name in {key}, "
                "the network and the firewall."
            )
        case _:
            said = " ".join(str(error).split())[:200] or type(error).__name__
            return f"The work with {server.host}:{server.port} broke off: {said}"


def not_trusted(error: ssl.SSLCertVerificationError, server: MailServer) -> str:
    """Why the certificate is not believed, and what makes it so; there is no going on without."""
    found = f"The certificate of {server.host}:{server.port} could not be verified"
    match error.verify_code:
        case code if code in _FOR_ANOTHER_NAME:
            advice = "write the server's name as it stands in the certificate"
        case code if code in _OUT_OF_DATE:
            advice = "the server needs a new one, or this machine's clock is wrong"
        case _:
            advice = "if the organisation has its own authority, name its PEM file in mailbox.tls_ca_file"
    return f"{found} ({error.verify_message}): {advice}. Nothing was sent or read."


def _first_cause(error: BaseException) -> BaseException:
    while error.__cause__ is not None:
        error = error.__cause__
    return error


def _is_refusal(error: OSError) -> bool:
    # For a name with several addresses asyncio gives one error that quotes those of all of them.
    return (
        isinstance(error, ConnectionRefusedError) or f"[Errno {errno.ECONNREFUSED}]" in f"{error}"
    )


def _other_security(server: MailServer) -> str:
    if server.security is Security.TLS:
        return (
            "write +starttls:// in place of s:// if the server begins in plain text and changes "
            "to TLS then, or correct the port."
        )
    return "the server offers STARTTLS, but fails at it; ask whoever looks after it."


def what_it_lacks(where: str, said: str, server: MailServer) -> str:
    """What an outgoing server does not offer that the configuration asks for, by the words of the library."""
    # The library's words for a missing AUTH speak of STARTTLS too.
    has_no_login = "auth extension" in said.lower()
    if not has_no_login and "starttls" in said.lower():
        return (
            f"{where} offers no STARTTLS, so that password and mail would travel in clear text; nothing "
            "was sent. Write smtps:// with the port for TLS (usually 465) in mailbox.smtp, or let the "
            "server offer STARTTLS"
        )
    if server.tokens is not None:
        return f"{where} takes no access tokens (XOAUTH2): give a password and leave [oauth] out of config.toml"
    if has_no_login:
        name = server.user.replace("@", "%40")
        return (
            f"{where} offers no login (AUTH), and mailbox.smtp names a user. If it takes mail without one, "
            f"take {name}@ out of mailbox.smtp; if it offers AUTH under TLS only, write smtps:// or "
            "smtp+starttls://"
        )
    return f"{where} takes no login that foibot knows: {said}"
