"""A connection to a mailbox: made when it is needed, dropped after any trouble, and the folders behind it.

Plain and synchronous; one thread owns a Connection (the library is not safe for two).
"""

from __future__ import annotations

import re
import socket
import ssl
from collections.abc import Iterator
from concurrent.futures import Future, wait
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Any

from imapclient import SEEN, IMAPClient, SocketTimeout
from imapclient.exceptions import (
    CapabilityError,
    IMAPClientAbortError,
    IMAPClientError,
    LoginError,
)

from foibot.errors import FoibotError
from foibot.gateway.access_tokens import AccessTokens
from foibot.gateway.one_ahead import meanwhile
from foibot.gateway.reading import FolderMissing, MailboxThrottled, MailboxUnreachable
from foibot.gateway.server_url import (
    LoginRefused,
    MailServer,
    Security,
    ServerLacks,
    ServerNotTrusted,
)
from foibot.gateway.why_away import not_trusted, why_away

_SENT_NAMES = ("sent", "sent items", "sent mail", "sent messages")
_JUNK_NAMES = ("junk", "junk email", "junk e-mail", "spam", "bulk mail")
_BACKOFF_ASKED = re.compile(r"Backoff Time: (\d+)", re.IGNORECASE)
_NOT_NOW = re.compile(
    r"\[(UNAVAILABLE|INUSE|LIMIT|SERVERBUG)\]|not connected|temporar|too many|try again",
    re.IGNORECASE,
)
# A server's UIDVALIDITY has 32 bits (RFC 9051 s.2.3.1.1).
_EPOCH = 1 << 32


class Connection:
    """One mailbox on an IMAP server; connects when it must, and again after any trouble.

    `epoch` tells this mailbox from those that were read before: two servers may give two folders the
    same UIDVALIDITY, as those of one make often do. `read_at` is whose mailbox it is, and where.
    """

    epoch = 0

    def __init__(self, server: MailServer, timeout: SocketTimeout) -> None:
        """Connects to nothing yet. Raises ServerNotTrusted when `ca_file` cannot be read."""
        self._server = server
        self.read_at = f"{server.user}@{server.host}".casefold()
        self._tls = server.tls_context()
        self._timeout = timeout
        self._client: Any = None
        self._coming: Future[None] | None = None
        # What a connection that was made ahead has looked at: the folders, and one that it opened.
        self._listed: Any = None
        self._opened: tuple[str, Any] | None = None
        self._selected = ""
        self._sent = ""
        self._token = ""

    def connect_ahead(self, folder: str, *, lists: bool = True) -> None:
        """Begin to connect in a thread of its own, and to open a folder; before that to list them all.

        It lists them only for whoever needs that: there are servers that fail at it. Whoever uses the connection
        first waits until it is made, and is told if it could not be. Where the system has no thread left it is
        made then.
        """
        self._coming = meanwhile(lambda: self._open_for(folder, lists=lists), "foibot-connect")

    def _open_for(self, folder: str, *, lists: bool) -> None:
        client = self._open()
        self._listed = client.list_folders() if lists else None
        with suppress(IMAPClientError):  # it is told when the folder is asked for
            self._opened = folder, client.select_folder(folder, readonly=True)

    def put_in_sent(self, folder: str, raw: bytes, when: datetime) -> bool:
        """Saves a copy, marked as read, dated `when` (aware); False when that did not work.

        `folder` "" means the mailbox's own Sent folder, which is created when there is none.
        """
        try:
            with self._trouble():
                self._connected().append(folder or self._sent_folder(), raw, (SEEN,), when)
        except FoibotError:
            return False
        return True

    def message_in_sent(self, message_id: str) -> bool:
        """Whether the Sent folder holds a mail of this Message-ID (with its angle brackets).

        Also looks where Exchange keeps the id that it replaced. Raises like `new_mail`.
        """
        with self._trouble():
            self._select(self._sent_folder())
            names = ("Message-ID", "X-Microsoft-Original-Message-ID")
            return any(self._client.search(["HEADER", name, message_id]) for name in names)

    def folders(self) -> tuple[str, ...]:
        """The names of all folders that can be opened. Raises like `new_mail`."""
        with self._trouble():
            listed = self._connected().list_folders()
        return tuple(name for flags, _, name in listed if b"\\Noselect" not in flags)

    def junk_folders(self) -> tuple[str, ...]:
        """The folders that hold what the server takes for spam, by their mark, else by their name.

        Raises like `folders`.
        """
        with self._trouble():
            client, listed = self._connected(), self._listed
            self._listed = None
            listed = client.list_folders() if listed is None else listed
        open_ones = [one for one in listed if b"\\Noselect" not in one[0]]
        marked = tuple(name for flags, _, name in open_ones if b"\\Junk" in flags)
        return marked or tuple(_named(open_ones, _JUNK_NAMES))

    def close(self) -> None:
        """Logs out, without waiting long; the next use connects again."""
        coming, self._coming = self._coming, None
        if coming is not None and not coming.done():
            self.cut()
            wait([coming], timeout=2)
            coming.add_done_callback(lambda _: self._drop())
        elif self._client is not None:
            with suppress(OSError, IMAPClientError):
                self._client.socket().settimeout(2)
                self._client.logout()
            self._drop()

    def cut(self) -> None:
        """Ends whatever its thread is doing with the server. Any thread may call this."""
        client = self._client
        with suppress(OSError, AttributeError):  # not connected, or no longer
            client.socket().shutdown(socket.SHUT_RDWR)

    def _connected(self) -> Any:
        coming, self._coming = self._coming, None
        if coming is not None:
            coming.result()
        if self._client is not None and self._token_is_current():
            return self._client
        self._drop()
        return self._open()

    def _open(self) -> Any:
        """A new connection, logged in. Raises what the library does."""
        security = self._server.security
        self._client = client = IMAPClient(
            self._server.host,
            self._server.port,
            ssl=security is Security.TLS,
            ssl_context=self._tls,
            timeout=self._timeout,
        )
        # The library writes a SEARCH in two pieces; unset, the second waits 40 ms for an ACK.
        client.socket().setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        client.normalise_times = False  # keep the server's zone: the default is our local time
        if security is Security.STARTTLS:
            client.starttls(self._tls)
        if self._server.tokens is not None:
            try:
                self._login_with_token(client, self._server.tokens)
            except FoibotError:
                self._drop()  # or the next use would go on with a connection that is not logged in
                raise
        elif client.has_capability("AUTH=PLAIN"):  # takes any letters, LOGIN only ASCII
            client.plain_login(self._server.user, self._server.password)
        else:
            client.login(self._server.user, self._server.password)
        client.capabilities()  # asked again after a login, and kept; otherwise amid the first search
        return client

    def _login_with_token(self, client: Any, tokens: AccessTokens) -> None:
        if not client.has_capability("AUTH=XOAUTH2"):
            raise ServerLacks(
                f"{self._server.host}:{self._server.port} takes no access tokens (XOAUTH2): give a password "
                "and leave [oauth] out of config.toml"
            )
        token = tokens.token()
        try:
            client.oauth2_login(self._server.user, token)
        except LoginError:
            tokens.forget(token)
            raise
        self._token = token

    def _token_is_current(self) -> bool:
        """Whether the login is as good as new; a server ends one whose token has run out."""
        tokens = self._server.tokens
        return tokens is None or tokens.token() == self._token

    def _drop(self) -> None:
        client, self._client, self._selected = self._client, None, ""
        self._listed = self._opened = None
        if client is not None:
            with suppress(OSError, IMAPClientError):
                client.shutdown()

    @contextmanager
    def _trouble(self) -> Iterator[None]:
        """Whatever the library raises ends the connection and becomes an error of ours."""
        try:
            yield
        except (OSError, IMAPClientError, ValueError) as error:
            self._drop()
            raise _what_it_means(error, self._server) from error

    def _select(self, folder: str) -> tuple[int, int]:
        """Opens for reading only, so that no mistake can mark or expunge; UIDVALIDITY with `epoch`, UIDNEXT."""
        client = self._connected()
        opened, self._opened, self._selected = self._opened, None, ""
        try:
            if opened is not None and opened[0] == folder:
                state = opened[1]
            else:
                state = client.select_folder(folder, readonly=True)
        except IMAPClientError as error:
            if not_now(error) or client.folder_exists(folder):
                raise
            raise FolderMissing(f'The mailbox has no folder "{folder}".') from error
        self._selected = folder
        self._announced()
        return state.get(b"UIDVALIDITY", 0) + self.epoch * _EPOCH, state.get(b"UIDNEXT", 0)

    def _announced(self) -> bool:
        """Whether new mail was announced since the last look.

        An EXISTS that comes with the answer to SEARCH or FETCH is dropped by the library, and IDLE
        does not repeat it (reproduced with Dovecot); only imaplib's own list still has it.
        """
        return bool(self._client._imap.untagged_responses.pop("EXISTS", None))

    def _sent_folder(self) -> str:
        if not self._sent:
            listed = self._connected().list_folders()
            marked = [name for flags, _, name in listed if b"\\Sent" in flags]
            named = list(_named(listed, _SENT_NAMES))
            if not marked and not named:
                self._client.create_folder("Sent")
            self._sent = [*marked, *named, "Sent"][0]
        return self._sent


def _named(listed: Any, names: tuple[str, ...]) -> Iterator[str]:
    """The folders whose own name, without those above it, is one of these."""
    for _, delimiter, name in listed:
        if name.split((delimiter or b"/").decode())[-1].casefold() in names:
            yield name


def not_now(error: Exception) -> bool:
    """Whether it is the server or the connection, and not what was asked for."""
    if isinstance(error, IMAPClientAbortError):
        return True
    return bool(_BACKOFF_ASKED.search(str(error)) or _NOT_NOW.search(str(error)))


def _what_it_means(error: Exception, server: MailServer) -> FoibotError:
    where = f"{server.host}:{server.port}"
    said = " ".join(str(error).split())[:200]
    if isinstance(error, ssl.SSLCertVerificationError):
        return ServerNotTrusted(not_trusted(error, server))
    if asked := _BACKOFF_ASKED.search(said):
        return MailboxThrottled(int(asked[1]) / 1000 * 1.1)
    if isinstance(error, CapabilityError):
        return ServerLacks(f"{where}: {said}")
    if isinstance(error, UnicodeEncodeError):  # its text would show a letter of the password
        return LoginRefused(f"{where} takes only plain ASCII letters in user name and password")
    hung_up = isinstance(error.__context__, IMAPClientAbortError)
    if isinstance(error, LoginError) and not hung_up and not not_now(error):
        return LoginRefused(f"{where} refused {server.login}: {said}")
    return MailboxUnreachable(why_away(error, server, "mailbox.imap"))
