"""One connection to the SMTP server: opened when needed, kept, and opened again when it was lost."""

from __future__ import annotations

import asyncio
import re
import ssl
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

import aiosmtplib
from aiosmtplib.email import quote_address
from aiosmtplib.protocol import SMTPProtocol

from foibot.errors import FoibotError
from foibot.gateway.delivery import (
    Delivery,
    Envelope,
    PostHalted,
    PostUnreachable,
    answered,
    lost_before_data,
    no_answer,
    one_line,
    turned_down,
)
from foibot.gateway.server_url import (
    LoginRefused,
    MailServer,
    Security,
    ServerLacks,
    ServerNotTrusted,
)
from foibot.gateway.smtp_pipeline import Pipeline, Reply, within
from foibot.gateway.why_away import not_trusted, what_it_lacks, why_away
from foibot.outbox.item import Answer

# Unset, the library asks DNS for our name at each connection. RFC 5321 s.4.1.3 gives literals to
# clients without a name.
HELO_NAME = "[127.0.0.1]"
KEEP_IDLE_SECONDS = 60  # firewalls forget quiet connections; a mail must not wait to find that out
_GOOD = 2  # how the code of a reply begins that says yes
_LOST = (OSError, aiosmtplib.SMTPException)  # its disconnects and timeouts are both of these
_LINE_ENDINGS = re.compile(rb"\r\n|\r|\n")
_DOT_AT_START = re.compile(rb"(?m)^\.")
# Pythons differ in what they take for an address. Empty is the sender of mail nobody may answer.
_ADDRESS = re.compile(
    r"""(?:(?:[^\s\x00-\x1f\x7f<>()\[\],;:\\"@]+|"[^"\\\x00-\x1f\x7f]*")@[^\s\x00-\x1f\x7f<>(),;\\"@]+)?"""
)


class Line:
    """One connection to the server, opened when needed and again when it was lost."""

    def __init__(
        self,
        server: MailServer,
        tls: ssl.SSLContext | None,
        timeout: float,
        after_dot: float,
        before_content: Callable[[], None],
    ) -> None:
        self._server = server
        self._after_dot = after_dot
        self._timeout = timeout
        self._pipeline: Pipeline | None = None
        # The mail that was announced behind the content of the one before it, and the replies to that.
        self._announced: tuple[int, tuple[Reply, ...]] | None = None
        self._dot: Reply | None = None
        self._amid = False
        # What was announced like that was not answered: the server, or something before it, cannot do it.
        self._one_by_one = False
        self._before_content = before_content
        self._client = aiosmtplib.SMTP(
            hostname=server.host,
            port=server.port,
            username=server.user or None,
            password=server.password or None,
            oauth_token_generator=self._access_token if server.tokens else None,
            local_hostname=HELO_NAME,
            timeout=timeout,
            use_tls=server.security is Security.TLS,
            start_tls=server.security is Security.STARTTLS,
            tls_context=tls,
        )
        self._connecting: asyncio.Task[Any] | None = None
        self._halted = False
        self._last_used = 0.0
        self._greeting = ""
        self._token = ""

    async def _access_token(self) -> str:
        if self._server.tokens is not None:
            self._token = await asyncio.to_thread(self._server.tokens.token)
        return self._token

    async def connected(self) -> bool:
        """True when the connection was there already, False when it is new.

        Raises PostUnreachable, LoginRefused, ServerNotTrusted, ServerLacks or PostHalted.
        """
        if self.is_fresh:
            return True
        self._client.close()
        if self._halted:
            raise PostHalted
        self._connecting = asyncio.ensure_future(self._opened())
        try:
            reply = await self._connecting
        except asyncio.CancelledError as ended:
            self._client.close()
            raise PostHalted from ended
        except (OSError, aiosmtplib.SMTPException) as error:
            if isinstance(error, aiosmtplib.SMTPAuthenticationError) and self._server.tokens:
                self._server.tokens.forget(self._token)
            raise _why_not_connected(error, self._server) from error
        self._greeting = reply.message
        self._pipeline, self._announced, self._amid = self._pipelined(), None, False
        self._last_used = asyncio.get_running_loop().time()
        return False

    @property
    def is_fresh(self) -> bool:
        """Whether it stands and was in use lately."""
        idle = asyncio.get_running_loop().time() - self._last_used
        return self._client.is_connected and idle < KEEP_IDLE_SECONDS

    @property
    def has_grown_old(self) -> bool:
        """Whether it was in use and has to be made anew for the next one."""
        return self._last_used > 0 and not self.is_fresh

    async def _opened(self) -> aiosmtplib.SMTPResponse:
        """The greeting, once both have said who they are: without a login the library puts that off."""
        greeting = await self._client.connect()
        if self._client.is_ehlo_or_helo_needed:
            try:
                await self._client.ehlo()
            except aiosmtplib.SMTPHeloError:
                await self._client.helo()
        return greeting

    def _pipelined(self) -> Pipeline | None:
        """The connection to a server that takes several commands at once."""
        protocol, transport = self._client.protocol, self._client.transport
        if protocol is None or not isinstance(transport, asyncio.Transport):
            return None
        return (
            Pipeline(transport, protocol) if self._client.supports_extension("pipelining") else None
        )

    async def check(self) -> str:
        """The greeting, after a NOOP that the server answered."""
        await self.connected()
        try:
            await self._client.noop()
        except (OSError, aiosmtplib.SMTPException) as error:
            raise _why_not_connected(error, self._server) from error
        return self._greeting

    @property
    def goes_ahead(self) -> bool:
        """Whether a mail can be announced behind the content of the one before it."""
        return self._pipeline is not None and not self._one_by_one

    async def deliver(self, envelope: Envelope, following: Envelope | None = None) -> Delivery:
        """Offers one mail. A connection that was kept may have died or be at its limit, so what
        is lost on it before the mail is handed over is offered once more on a new one.

        One that is to follow is announced with it where the server allows that, which saves waiting for
        the network; nothing of its content is given away.
        Raises what `connected` and `before_content` do; then the server has nothing of the mail.
        """
        kept = await self.connected()
        while True:
            self._amid = True
            try:
                early = await self._offer(envelope, following)
            except _LOST as error:
                self._client.close()
                if self._halted:
                    raise PostHalted from error
                if not kept:
                    return lost_before_data(envelope.key, error)
                kept = await self.connected()
                continue
            delivery = early or await self._conclude(envelope)
            self._amid = self._announced is not None
            self._last_used = asyncio.get_running_loop().time()
            return delivery

    async def _offer(self, envelope: Envelope, following: Envelope | None) -> Delivery | None:
        """Envelope and content up to the final dot; None when written. Raises what _LOST names."""
        client = self._client
        if refusal := self._unsendable(envelope):
            return Delivery(envelope.key, Answer.REFUSED, 0, refusal)
        try:
            await self._announce(envelope)
        except aiosmtplib.SMTPResponseException as error:
            if error.code == aiosmtplib.SMTPStatus.domain_unavailable or error.code < 400:
                raise  # nothing this connection says is worth waiting for
            await self._reset()
            return turned_down(envelope.key, error.code, error.message)
        if client.protocol is None:
            raise aiosmtplib.SMTPServerDisconnected("the connection was lost")
        if client.protocol._buffer or (self._pipeline and self._pipeline.beyond):
            # A reply too many would be taken for the answer to this mail.
            raise aiosmtplib.SMTPServerDisconnected("the server replies to more than it was told")
        self._last_look()
        if self._pipeline is None:
            client.protocol.write(_content(envelope))
            return None
        what, replies = b"", 0
        if following is not None and self.goes_ahead and not self._unsendable(following):
            what, replies = self._announcement(following)
        # In one piece: a server replies to a second one only when its reply to the first has been acknowledged.
        self._dot, *ahead = self._pipeline.say(_content(envelope) + what, 1 + replies)
        if following is not None and ahead:
            self._announced = following.key, tuple(ahead)
        return None

    async def _announce(self, envelope: Envelope) -> None:
        """Envelope and DATA, until the server waits for the content. Raises what _LOST names."""
        if self._pipeline is None:
            options = self._mail_options(envelope)
            await self._client.mail(envelope.sender, options=options, encoding="utf-8")
            await self._client.rcpt(envelope.recipient, encoding="utf-8")
            reply = await self._client.execute_command(b"DATA")
        else:
            *envelopes, reply = await self._answers_to(envelope, self._pipeline)
            for one in envelopes:
                if one.code // 100 == _GOOD:
                    continue
                if reply.code == aiosmtplib.SMTPStatus.start_input:
                    # It waits for the content of a mail that it has turned down; nobody shall have it.
                    self._client.close()
                raise aiosmtplib.SMTPResponseException(one.code, one.message)
        if reply.code != aiosmtplib.SMTPStatus.start_input:
            raise aiosmtplib.SMTPDataError(reply.code, reply.message)

    async def _answers_to(
        self, envelope: Envelope, pipeline: Pipeline
    ) -> list[aiosmtplib.SMTPResponse]:
        """What is replied to the announcement of this mail, which is made now if it was not made ahead."""
        announced, self._announced = self._announced, None
        if announced is None:
            return await self._all_of(pipeline.say(*self._announcement(envelope)))
        if announced[0] != envelope.key:
            # The server waits for the content of another mail, and must not get this one's.
            raise aiosmtplib.SMTPServerDisconnected("another mail was announced")
        try:
            return await self._all_of(announced[1])
        except _LOST:
            self._one_by_one = True
            raise

    async def _all_of(self, replies: Sequence[Reply]) -> list[aiosmtplib.SMTPResponse]:
        return [await within(self._timeout, one) for one in replies]

    def forget_announced(self) -> None:
        """Nobody goes on with the mail that was announced.

        The server waits for its content, and would take whatever is said next for that.
        """
        if self._announced is not None:
            self._announced = None
            self._client.close()

    def _announcement(self, envelope: Envelope) -> tuple[bytes, int]:
        """What announces a mail, and how many replies there are to that."""
        options = self._mail_options(envelope)
        sender = " ".join((f"MAIL FROM:<{envelope.sender}>", *options))
        return f"{sender}\r\nRCPT TO:<{envelope.recipient}>\r\nDATA\r\n".encode(), 3

    def _unsendable(self, envelope: Envelope) -> str:
        """Why one of the addresses cannot be written into a command, or nothing."""
        utf8 = self._client.supports_extension("smtputf8")
        why = (_unsendable(one, utf8=utf8) for one in (envelope.sender, envelope.recipient))
        return next(filter(None, why), "")

    def _last_look(self) -> None:
        """Whoever was stopped meanwhile, and has just woken up, may have no right to this mail any more.

        Raises what `before_content` does. The server waits for the content then, and gets none.
        """
        try:
            self._before_content()
        except FoibotError:
            self._client.close()
            raise

    async def _conclude(self, envelope: Envelope) -> Delivery:
        """The reply to the final dot. From here on, silence means that the server may have it."""
        if self._client.protocol is None:
            return no_answer(envelope.key, "the connection was lost")
        try:
            reply = await self._answer_to_content(self._client.protocol)
        except _LOST as error:
            self._client.close()
            late = isinstance(error, aiosmtplib.SMTPTimeoutError)
            why = f"no answer within {self._after_dot:.0f} seconds" if late else str(error)
            why = "foibot was stopped before the server answered" if self._halted else why
            return no_answer(envelope.key, one_line(why))
        if reply.code == aiosmtplib.SMTPStatus.domain_unavailable:
            self._client.close()
        return answered(envelope.key, reply.code, reply.message)

    async def _answer_to_content(self, usual: SMTPProtocol) -> aiosmtplib.SMTPResponse:
        dot, self._dot = self._dot, None
        if dot is None:
            return await usual.read_response(timeout=self._after_dot)
        return await within(self._after_dot, dot)

    def _mail_options(self, envelope: Envelope) -> list[str]:
        options = []
        if self._client.supports_extension("size"):
            options.append(f"SIZE={len(envelope.raw)}")
        if not envelope.raw.isascii() and self._client.supports_extension("8bitmime"):
            options.append("BODY=8BITMIME")
        if not (envelope.sender + envelope.recipient).isascii():
            options.append("SMTPUTF8")
        return options

    async def _reset(self) -> None:
        if self._pipeline and self._pipeline.beyond:
            self._client.close()  # what came would be taken for the reply
        try:
            await self._client.rset()
        except _LOST:
            self._client.close()

    def halt(self) -> None:
        """Whatever is waited for ends as if the connection were lost; no new one is made."""
        self._halted = True
        if self._connecting is not None:
            self._connecting.cancel()
        if isinstance(self._client.transport, asyncio.WriteTransport):
            self._client.transport.abort()

    async def quit(self) -> None:
        """Says QUIT, and does not wait long for an answer: nothing depends on it."""
        with suppress(*_LOST):
            # In the middle of a mail, or where one was announced, the server would take QUIT for a line of it.
            if self._client.is_connected and not self._amid:
                await self._client.quit(timeout=2)
        transport = self._client.transport
        self._client.close()
        if isinstance(transport, asyncio.WriteTransport):
            transport.abort()  # TLS would wait for the other side's goodbye


def _content(envelope: Envelope) -> bytes:
    """A mail as it is written after DATA, the final dot with it."""
    content = _DOT_AT_START.sub(b"..", _LINE_ENDINGS.sub(b"\r\n", envelope.raw))
    return content + (b".\r\n" if content.endswith(b"\r\n") else b"\r\n.\r\n")


def _unsendable(address: str, *, utf8: bool) -> str:
    """Why this address cannot be written into a command, or nothing.

    The library rewrites odd addresses in silence (`d@e.f ORCPT=x` loses its space), and the
    answer to a person must never go to somebody else's address (mail rule B15).
    """
    if not address.isascii() and not utf8:
        return "this mail server cannot take an address with letters beyond ASCII (no SMTPUTF8)"
    try:
        kept = quote_address(address) == f"<{address}>"
    except ValueError:
        kept = False
    if not kept or not _ADDRESS.fullmatch(address):
        return "this is not an address that mail can be sent to"
    return ""


def _why_not_connected(error: Exception, server: MailServer) -> FoibotError:
    where = f"{server.host}:{server.port}"
    said = one_line(str(error))
    certificate = error if isinstance(error, ssl.SSLCertVerificationError) else error.__cause__
    if isinstance(certificate, ssl.SSLCertVerificationError):
        return ServerNotTrusted(not_trusted(certificate, server))
    if isinstance(error, aiosmtplib.SMTPAuthenticationError) and error.code >= 500:
        return LoginRefused(f"{where} refused {server.login}: {said}")
    if (
        type(error) is aiosmtplib.SMTPException
    ):  # a missing STARTTLS or AUTH has no class of its own
        return ServerLacks(what_it_lacks(where, said, server))
    return PostUnreachable(why_away(error, server, "mailbox.smtp"))
