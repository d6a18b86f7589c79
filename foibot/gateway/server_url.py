"""A mail server as the configuration names it, and the certificates it is believed with."""

from __future__ import annotations

import enum
import ipaddress
import ssl
from dataclasses import dataclass, field, replace
from typing import assert_never
from urllib.parse import SplitResult, unquote, urlsplit

from foibot.errors import AdministratorMustFix
from foibot.gateway.access_tokens import AccessTokens


class AddressOfServerIsWrong(AdministratorMustFix):
    """The address of a mail server cannot be used; write it like imaps://user@host."""


class LoginRefused(AdministratorMustFix):
    """The mail server refused the user name or the password; check both."""


class ServerNotTrusted(AdministratorMustFix):
    """The mail server's certificate could not be verified; name its CA in tls_ca_file."""


class ServerLacks(AdministratorMustFix):
    """The mail server does not offer what its address asks for; check scheme and port."""


class Security(enum.Enum):
    """How the connection is protected; there is no falling back from one to another."""

    TLS = "TLS from the first byte"
    STARTTLS = "STARTTLS before the login"
    PLAIN = "none, on this machine only"


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where to connect and as whom; with `tokens` there is no password. Neither ever shows in a repr."""

    host: str
    port: int
    security: Security
    user: str
    password: str = field(repr=False)
    ca_file: str | None = None
    tokens: AccessTokens | None = None

    @property
    def login(self) -> str:
        """What a server refused when it refused the login."""
        if self.tokens is None:
            return "the login"
        return (
            f"the access token for {self.user} (give the application leave to this mailbox, as "
            "deploy/microsoft-365.md says)"
        )

    def tls_context(self) -> ssl.SSLContext | None:
        """What verifies the server: `ca_file` alone when given, else the system's authorities.

        None for a plain connection. Raises ServerNotTrusted when `ca_file` cannot be read.
        """
        match self.security:
            case Security.PLAIN:
                return None
            case Security.TLS | Security.STARTTLS:
                try:
                    return ssl.create_default_context(cafile=self.ca_file)
                except OSError as error:
                    raise ServerNotTrusted(
                        f"tls_ca_file {self.ca_file} cannot be read as PEM certificates: {error}"
                    ) from error
            case _:
                assert_never(self.security)


_IMAP = {
    "imaps": (Security.TLS, 993),
    "imap+starttls": (Security.STARTTLS, 143),
    "imap": (Security.PLAIN, 143),
}
_SMTP = {
    "smtps": (Security.TLS, 465),
    "smtp+starttls": (Security.STARTTLS, 587),
    "smtp": (Security.PLAIN, 25),
}


def imap_server(
    url: str, password: str, ca_file: str | None = None, tokens: AccessTokens | None = None
) -> MailServer:
    """`imaps://user@host[:port]`, `imap+starttls://...` or, on loopback only, `imap://...`.

    The user may be percent-encoded: `imaps://foi%40exampleshire.example@mail.example` logs in as
    foi@exampleshire.example. Raises AddressOfServerIsWrong, which says what to write instead.
    """
    return replace(_server(url, password, ca_file, _IMAP), tokens=tokens)


def smtp_server(
    url: str, password: str, ca_file: str | None = None, tokens: AccessTokens | None = None
) -> MailServer:
    """`smtps://user@host[:port]`, `smtp+starttls://...` or, on loopback only, `smtp://...`.

    Without a user (`smtp://127.0.0.1:2525`) foibot sends without logging in.
    Raises AddressOfServerIsWrong, which says what to write instead.
    """
    return replace(_server(url, password, ca_file, _SMTP), tokens=tokens)


def _server(
    url: str, password: str, ca_file: str | None, schemes: dict[str, tuple[Security, int]]
) -> MailServer:
    shown = _without_password(url)
    secure = next(iter(schemes))
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise AddressOfServerIsWrong(f'"{shown}" is not an address: {error}') from error
    if parts.scheme not in schemes:
        forms = ", ".join(f"{scheme}://" for scheme in schemes)
        raise AddressOfServerIsWrong(f'"{shown}" must begin with one of {forms}')
    if parts.password is not None:
        raise AddressOfServerIsWrong(
            f'"{shown}" holds a password; take it out and put it in the environment'
        )
    _check_the_rest(parts, shown, secure)
    security, usual_port = schemes[parts.scheme]
    host = parts.hostname or ""
    if security is Security.PLAIN and not _is_loopback(host):
        raise AddressOfServerIsWrong(
            f'"{shown}" would send the password and all mail unprotected: write {secure}:// or '
            f"{parts.scheme}+starttls://; {parts.scheme}:// is for this machine only"
        )
    return MailServer(
        host=host,
        port=port or usual_port,
        security=security,
        user=unquote(parts.username or ""),
        password=password,
        ca_file=ca_file or None,
    )


def _check_the_rest(parts: SplitResult, shown: str, secure: str) -> None:
    if not parts.hostname:
        raise AddressOfServerIsWrong(f'"{shown}" names no server: write {secure}://user@host')
    if parts.path not in ("", "/") or parts.query or parts.fragment:
        raise AddressOfServerIsWrong(
            f'"{shown}" has something after the server\'s name; the folder has its own key'
        )
    if not parts.username and secure == "imaps":
        raise AddressOfServerIsWrong(f'"{shown}" names no user: write {secure}://user@host')


def _without_password(url: str) -> str:
    scheme, mark, rest = url.partition("://")
    login, at, host = rest.rpartition("@")
    user, colon, _ = login.partition(":")
    return f"{scheme}{mark}{user}{colon and ':...'}{at}{host}"


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
