"""The office's mail servers in this process: real IMAP and SMTP, on loopback only."""

# ruff: noqa: N802 - aiosmtpd names its hooks so

from __future__ import annotations

import asyncio
import hmac
import logging
import ssl
import threading
from argparse import Namespace
from collections.abc import Callable, Collection, Coroutine, Mapping
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar
from urllib.parse import quote
from uuid import uuid4

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from proxyprotocol.sock import SocketInfo
from pymap.backend.dict import Config, Login
from pymap.backend.dict.filter import FilterSet
from pymap.concurrent import Subsystem
from pymap.imap import IMAPServer
from pymap.parsing.message import AppendMessage
from pymap.user import UserMetadata
from pysasl.hashing import Cleartext

from foibot.demo.border import Arrival, stamped
from foibot.demo.mailboxes import AccountMailboxes, raw_of

HOST = "127.0.0.1"
# At each login aiosmtpd sets an attribute that it has itself declared to be old, and says so.
logging.getLogger("mail.log").addFilter(lambda entry: "login_data" not in entry.getMessage())
_LARGEST_MAIL = 50_000_000
_T = TypeVar("_T")


class EmbeddedServers:
    """IMAP and SMTP for a few accounts, as a context manager; clients log in with the address.

    >>> with EmbeddedServers({"foi@exampleshire.example": "word"}, authserv_id="mx.exampleshire.example",
    ...                      clock=SystemClock().now) as servers:
    ...     servers.imap_url("foi@exampleshire.example")
    'imap://foi%40exampleshire.example@127.0.0.1:40143'

    Mail for other domains is not sent anywhere: it is kept in `outside` as (sender, recipient,
    bytes), and as files in `folder`/outside when there is a folder.
    """

    def __init__(
        self,
        accounts: Mapping[str, str],
        *,
        authserv_id: str,
        clock: Callable[[], datetime],
        trusted_domains: Collection[str] = (),
        folder: Path | None = None,
        imap_port: int = 0,
        smtp_port: int = 0,
    ) -> None:
        """`accounts`: address to password. `clock` (aware) dates what arrives.

        Strangers' mail from `trusted_domains` passes DMARC. With `folder`, mail survives a restart.
        Ports 0 let the system choose.
        """
        self.accounts = {address.lower(): password for address, password in accounts.items()}
        self.imap_port = imap_port
        self.smtp_port = smtp_port
        self.outside: list[tuple[str, str, bytes]] = []
        self._authserv_id = authserv_id
        self._clock = clock
        self._trusted = {domain.lower() for domain in trusted_domains}
        self._ours = {address.rpartition("@")[2] for address in self.accounts}
        self._folder = folder
        self._mailboxes: dict[str, AccountMailboxes] = {}
        self._arrivals = 0
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(
            target=self._loop.run_forever, name="foibot-embedded-servers", daemon=True
        )
        self._listeners: list[asyncio.AbstractServer] = []

    def __enter__(self) -> Self:
        self._thread.start()
        try:
            self._run(self._start())
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end()

    def imap_url(self, account: str) -> str:
        """The address a client reads this account's mail at."""
        return f"imap://{quote(account, safe='')}@{HOST}:{self.imap_port}"

    def smtp_url(self, account: str) -> str:
        """The address a client sends this account's mail to."""
        return f"smtp://{quote(account, safe='')}@{HOST}:{self.smtp_port}"

    def deliver(self, account: str, raw: bytes, when: datetime) -> None:
        """Puts `raw` into the account's INBOX as it is, received at `when` (aware)."""
        self._run(self._append(account.lower(), raw, when))

    def mailbox(self, account: str, folder: str = "INBOX") -> list[bytes]:
        """What lies in a folder of the account, oldest first; empty when there is no such folder."""
        return self._run(self._read(account.lower(), folder))

    async def _start(self) -> None:
        config = _ImapConfig()
        login = Login(config)
        for address, password in self.accounts.items():
            kept_in = self._folder / quote(address, safe="@") if self._folder else None
            self._mailboxes[address] = mailboxes = AccountMailboxes(kept_in)
            await mailboxes.open()
            login.users_dict[address] = UserMetadata(config, address, password=password)
            config.set_cache[address] = (mailboxes, FilterSet())
        imap = IMAPServer(login, config)

        async def session(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            # Here and not in pymap's own callback: that one starts a task which nobody holds, and
            # the garbage collector ends sessions that wait for their client.
            await imap(reader, writer, SocketInfo.get(writer, None, unique_id=uuid4().bytes))

        self._listeners.append(await asyncio.start_server(session, HOST, self.imap_port))
        self._listeners.append(
            await self._loop.create_server(self._smtp_session, HOST, self.smtp_port)
        )
        self.imap_port, self.smtp_port = (
            listener.sockets[0].getsockname()[1]  # type: ignore[attr-defined]  # typeshed: base class
            for listener in self._listeners
        )

    def _smtp_session(self) -> SMTP:
        return SMTP(
            self,
            hostname=HOST,
            ident="foibot embedded SMTP",
            data_size_limit=_LARGEST_MAIL,
            enable_SMTPUTF8=True,
            auth_require_tls=False,
            authenticator=self._authenticate,
            loop=self._loop,
        )

    def _authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, login: Any
    ) -> AuthResult:
        if not isinstance(login, LoginPassword):
            return AuthResult(success=False, handled=False)
        account = login.login.decode("utf-8", "replace").lower()
        expected = self.accounts.get(account, "").encode()
        good = hmac.compare_digest(expected, login.password) and account in self.accounts
        return AuthResult(success=good, handled=False, auth_data=account)

    async def handle_EHLO(
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        hostname: str,
        responses: list[str],
    ) -> list[str]:
        """Any name is good enough; it is written into Received."""
        session.host_name = hostname
        return responses

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Who has logged in sends as itself, plus-addresses included."""
        if session.authenticated and address and _base(address) != session.auth_data:
            return "553 5.7.1 this is not an address of the account that logged in"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 2.1.0 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Strangers may write to our accounts; only our accounts may write to the world."""
        if address.rpartition("@")[2].lower() in self._ours:
            if _base(address) not in self.accounts:
                return "550 5.1.1 no such mailbox here"
        elif not session.authenticated:
            return "554 5.7.1 relaying needs a login"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Stamps the mail as a border does, and delivers it to each recipient."""
        raw = bytes(envelope.original_content or b"")
        sender = envelope.mail_from or ""
        self._arrivals += 1
        for recipient in envelope.rcpt_tos:
            account = _base(recipient)
            if account not in self.accounts:
                self._keep_outside(sender, recipient, raw)
                continue
            arrival = Arrival(
                sender=sender,
                recipient=recipient,
                helo=session.host_name or "unknown",
                login=str(session.auth_data) if session.authenticated else "",
                when=self._clock(),
                queue_id=f"{self._arrivals:06}",
            )
            mail = stamped(raw, arrival, self._authserv_id, self._trusted, self._ours)
            await self._append(account, mail, arrival.when)
        return f"250 2.0.0 queued as {self._arrivals:06}"

    def _keep_outside(self, sender: str, recipient: str, raw: bytes) -> None:
        self.outside.append((sender, recipient, raw))
        if self._folder is not None:
            folder = self._folder / "outside"
            folder.mkdir(exist_ok=True)
            number = 1 + sum(1 for _ in folder.iterdir())
            (folder / f"{number:04} {quote(recipient, safe='@+')}.eml").write_bytes(raw)

    async def _append(self, account: str, raw: bytes, when: datetime) -> None:
        inbox = await self._mailboxes[account].get_mailbox("INBOX")
        await inbox.append(AppendMessage(raw, when), recent=True)

    async def _read(self, account: str, folder: str) -> list[bytes]:
        try:
            mailbox = await self._mailboxes[account].get_mailbox(folder)
        except KeyError:
            return []
        return [raw_of(message) async for message in mailbox.messages()]

    async def _stop(self) -> None:
        for listener in self._listeners:
            listener.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    def _end(self) -> None:
        self._run(self._stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _run(self, coroutine: Coroutine[Any, Any, _T]) -> _T:
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result()


class _ImapConfig(Config):
    """pymap without its command line, for clients on this machine: no TLS, plain passwords."""

    def __init__(self) -> None:
        super().__init__(
            Namespace(passlib_cfg=None, proxy_protocol=None),
            demo_data=False,
            demo_user="",
            demo_password="",
            host=HOST,
            port=0,
            ssl_context=ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER),
            tls_enabled=False,
            hash_context=_Cleartext(),
            cpu_subsystem=Subsystem.for_asyncio(),
            max_append_len=_LARGEST_MAIL,
        )

    @property
    def greeting(self) -> bytes:
        """A fixed one: pymap's own looks the machine's name up in DNS for each connection."""
        return b"foibot embedded IMAP"


class _Cleartext(Cleartext):
    """The library's own compares only ASCII, and the connection dies of anything else."""

    def verify(self, secret: str, hash: str) -> bool:
        return hmac.compare_digest(secret.encode(), hash.encode())


def _base(address: str) -> str:
    """The account an address belongs to: `foi+c-k7f3@x.example` is `foi@x.example`."""
    local, _, domain = address.rpartition("@")
    return f"{local.partition('+')[0]}@{domain}".lower()
