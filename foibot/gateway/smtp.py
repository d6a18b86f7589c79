"""Hands mail to the SMTP server over kept connections, and says for each what became of it."""

from __future__ import annotations

import asyncio
import re
import ssl
import threading
from collections import deque
from collections.abc import Coroutine, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

import aiosmtplib
from aiosmtplib.email import quote_address

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
from foibot.gateway.why_away import not_trusted, why_away
from foibot.outbox.item import Answer

__all__ = ["Answer", "Delivery", "Envelope", "Post", "PostUnreachable"]

# Unset, the library asks DNS for our name at each connection. RFC 5321 s.4.1.3 gives literals to
# clients without a name.
HELO_NAME = "[127.0.0.1]"
KEEP_IDLE_SECONDS = 60  # firewalls forget quiet connections; a mail must not wait to find that out
# Answers so close together are kept in one commit, which takes longer than this.
_AT_ONCE = 0.003
_LOST = (OSError, aiosmtplib.SMTPException)  # its disconnects and timeouts are both of these
_LINE_ENDINGS = re.compile(rb"\r\n|\r|\n")
_DOT_AT_START = re.compile(rb"(?m)^\.")
# Pythons differ in what they take for an address. Empty is the sender of mail nobody may answer.
_ADDRESS = re.compile(
    r"""(?:(?:[^\s\x00-\x1f\x7f<>()\[\],;:\\"@]+|"[^"\\\x00-\x1f\x7f]*")@[^\s\x00-\x1f\x7f<>(),;\\"@]+)?"""
)
_T = TypeVar("_T")


class Post:
    """A small pool of SMTP connections; one thread may use it at a time.

    Its event loop lives in a thread of its own; callers see plain iterators.
    """

    def __init__(
        self,
        server: MailServer,
        *,
        connections: int = 4,
        timeout: float = 30,
        timeout_after_dot: float = 600,
    ) -> None:
        """Connects to nothing yet. Timeouts are seconds; 600 after the final dot is RFC 5321's
        minimum: giving up earlier would turn slow servers into uncertain letters.
        Raises ServerNotTrusted when the server's `ca_file` cannot be read.
        """
        self._server = server
        self._tls = server.tls_context()
        self._timeout = timeout
        self._after_dot = timeout_after_dot
        self._connections = connections
        self._lines: list[_Line] = []
        self._idle: list[_Line] = []
        self._round: _Round | None = None
        self._halted = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    def send(self, envelopes: Sequence[Envelope]) -> Iterator[Delivery]:
        """One Delivery per envelope, each as soon as it is known, in any order.

        One with `more` is followed by another without a wait, so that both can be kept at once.
        Never raises because of a mail or a server: whoever cannot be reached or logged in to
        answers RETRY for all. Stop iterating, and what has not been started is not sent.
        """
        if not envelopes:
            return
        answers: SimpleQueue[Delivery | None] = SimpleQueue()
        round_ = self._round = _Round(deque(envelopes), answers)
        if self._halted:
            round_.give_up(PostHalted())
        done = asyncio.run_coroutine_threadsafe(self._deliver_all(round_), self._running_loop())
        done.add_done_callback(lambda _: answers.put(None))
        try:
            delivery = answers.get()
            while delivery is not None:
                following, more = _soon(answers)
                yield replace(delivery, more=following is not None)
                delivery = following if more else answers.get()
        finally:
            round_.pending.clear()
        done.result()

    def halt(self) -> None:
        """Offers no more mail, now and later; what was offered still gets its answer. Any thread may call this."""
        self._halted = True
        if self._round is not None and self._loop is not None:
            self._loop.call_soon_threadsafe(self._round.give_up, PostHalted())

    def wait_no_longer(self) -> None:
        """After `halt`: answers for what was offered what is known of it now. Any thread may call this."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._halt_lines)

    def _halt_lines(self) -> None:
        for line in self._lines:
            line.halt()

    def check(self) -> str:
        """Connects, logs in, says NOOP; returns the server's greeting.

        Raises PostUnreachable, LoginRefused, ServerNotTrusted or ServerLacks.
        """
        return self._run(self._check())

    def close(self) -> None:
        """Says goodbye to the server and ends the thread; the next use starts afresh."""
        if self._loop is None or self._thread is None:
            return
        self._run(self._close_lines())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
        self._loop = self._thread = None

    async def _deliver_all(self, round_: _Round) -> None:
        # The first connection alone, so that a wrong password is tried once and not four times:
        # directories lock accounts for less.
        first = self._take_line()
        try:
            await first.connected()
        except FoibotError as reason:
            round_.give_up(reason)
            return
        round_.crew = min(self._connections, len(round_.pending))
        crew = [first, *(self._take_line() for _ in range(round_.crew - 1))]
        await asyncio.gather(*(self._work(line, round_) for line in crew))

    async def _work(self, line: _Line, round_: _Round) -> None:
        try:
            while round_.pending:
                envelope = round_.pending.popleft()
                try:
                    delivery = await line.deliver(envelope)
                except FoibotError as reason:
                    # Servers limit connections: the others go on, and only the last one of the
                    # crew reports that nobody can be reached.
                    round_.pending.appendleft(envelope)
                    if round_.crew == 1:
                        round_.give_up(reason)
                    return
                round_.answers.put(delivery)
        finally:
            round_.crew -= 1
            self._idle.append(line)

    async def _check(self) -> str:
        line = self._take_line()
        greeting = await line.check()
        self._idle.append(line)
        return greeting

    def _take_line(self) -> _Line:
        if self._idle:
            return self._idle.pop()
        line = _Line(self._server, self._tls, self._timeout, self._after_dot)
        self._lines.append(line)
        return line

    async def _close_lines(self) -> None:
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await asyncio.gather(*(line.quit() for line in self._idle))
        self._idle.clear()
        await asyncio.sleep(0.02)  # the loop closes the sockets in its next rounds

    def _running_loop(self) -> asyncio.AbstractEventLoop:
        if self._loop is None:
            self._loop = asyncio.new_event_loop()
            self._thread = threading.Thread(
                target=self._loop.run_forever, name="foibot-smtp", daemon=True
            )
            self._thread.start()
        return self._loop

    def _run(self, coroutine: Coroutine[Any, Any, _T]) -> _T:
        return asyncio.run_coroutine_threadsafe(coroutine, self._running_loop()).result()


def _soon(answers: SimpleQueue[Delivery | None]) -> tuple[Delivery | None, bool]:
    """The next answer if it comes at once, as of several connections it does, and whether one came."""
    try:
        return answers.get(timeout=_AT_ONCE), True
    except Empty:
        return None, False


@dataclass(slots=True)
class _Round:
    """The mails of one call of `send`, and how many connections still work on them."""

    pending: deque[Envelope]
    answers: SimpleQueue[Delivery | None]
    crew: int = 0

    def give_up(self, reason: FoibotError) -> None:
        """Nobody can be reached: every mail not yet offered is to be tried again later."""
        while self.pending:
            key = self.pending.popleft().key
            self.answers.put(Delivery(key, Answer.RETRY, 0, str(reason), reached=False))


class _Line:
    """One connection to the server, opened when needed and again when it was lost."""

    def __init__(
        self, server: MailServer, tls: ssl.SSLContext | None, timeout: float, after_dot: float
    ) -> None:
        self._server = server
        self._after_dot = after_dot
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
        now = asyncio.get_running_loop().time()
        if self._client.is_connected and now - self._last_used < KEEP_IDLE_SECONDS:
            return True
        self._client.close()
        if self._halted:
            raise PostHalted
        self._connecting = asyncio.ensure_future(self._client.connect())
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
        self._last_used = now
        return False

    async def check(self) -> str:
        """The greeting, after a NOOP that the server answered."""
        await self.connected()
        try:
            await self._client.noop()
        except (OSError, aiosmtplib.SMTPException) as error:
            raise _why_not_connected(error, self._server) from error
        return self._greeting

    async def deliver(self, envelope: Envelope) -> Delivery:
        """Offers one mail. A connection that was kept may have died or be at its limit, so what
        is lost on it before the mail is handed over is offered once more on a new one.
        """
        kept = await self.connected()
        while True:
            try:
                early = await self._offer(envelope)
            except _LOST as error:
                self._client.close()
                if self._halted:
                    raise PostHalted from error
                if not kept:
                    return lost_before_data(envelope.key, error)
                kept = await self.connected()
                continue
            delivery = early or await self._conclude(envelope)
            self._last_used = asyncio.get_running_loop().time()
            return delivery

    async def _offer(self, envelope: Envelope) -> Delivery | None:
        """Envelope and content up to the final dot; None when written. Raises what _LOST names."""
        client = self._client
        for address in (envelope.sender, envelope.recipient):
            if refusal := _unsendable(address, utf8=client.supports_extension("smtputf8")):
                return Delivery(envelope.key, Answer.REFUSED, 0, refusal)
        content = _DOT_AT_START.sub(b"..", _LINE_ENDINGS.sub(b"\r\n", envelope.raw))
        content += b".\r\n" if content.endswith(b"\r\n") else b"\r\n.\r\n"
        try:
            options = self._mail_options(envelope, len(content))
            await client.mail(envelope.sender, options=options, encoding="utf-8")
            await client.rcpt(envelope.recipient, encoding="utf-8")
            reply = await client.execute_command(b"DATA")
            if reply.code != aiosmtplib.SMTPStatus.start_input:
                raise aiosmtplib.SMTPDataError(reply.code, reply.message)
        except aiosmtplib.SMTPResponseException as error:
            if error.code == aiosmtplib.SMTPStatus.domain_unavailable or error.code < 400:
                raise  # nothing this connection says is worth waiting for
            await self._reset()
            return turned_down(envelope.key, error.code, error.message)
        if client.protocol is None:
            raise aiosmtplib.SMTPServerDisconnected("the connection was lost")
        client.protocol.write(content)
        return None

    async def _conclude(self, envelope: Envelope) -> Delivery:
        """The reply to the final dot. From here on, silence means that the server may have it."""
        if self._client.protocol is None:
            return no_answer(envelope.key, "the connection was lost")
        try:
            reply = await self._client.protocol.read_response(timeout=self._after_dot)
        except _LOST as error:
            self._client.close()
            late = isinstance(error, aiosmtplib.SMTPTimeoutError)
            why = f"no answer within {self._after_dot:.0f} seconds" if late else str(error)
            why = "foibot was stopped before the server answered" if self._halted else why
            return no_answer(envelope.key, one_line(why))
        if reply.code == aiosmtplib.SMTPStatus.domain_unavailable:
            self._client.close()
        return answered(envelope.key, reply.code, reply.message)

    def _mail_options(self, envelope: Envelope, size: int) -> list[str]:
        options = []
        if self._client.supports_extension("size"):
            options.append(f"SIZE={size}")
        if not envelope.raw.isascii() and self._client.supports_extension("8bitmime"):
            options.append("BODY=8BITMIME")
        if not (envelope.sender + envelope.recipient).isascii():
            options.append("SMTPUTF8")
        return options

    async def _reset(self) -> None:
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
            if self._client.is_connected:
                await self._client.quit(timeout=2)
        transport = self._client.transport
        self._client.close()
        if isinstance(transport, asyncio.WriteTransport):
            transport.abort()  # TLS would wait for the other side's goodbye


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
        return ServerLacks(_what_it_lacks(where, said, server))
    return PostUnreachable(why_away(error, server, "mailbox.smtp"))


def _what_it_lacks(where: str, said: str, server: MailServer) -> str:
    if "starttls" in said.lower():
        return (
            f"{where} offers no STARTTLS, so that password and mail would travel in clear text; nothing "
            "was sent. Write smtps:// with the port for TLS (usually 465) in mailbox.smtp, or let the "
            "server offer STARTTLS"
        )
    if server.tokens is not None:
        return f"{where} takes no access tokens (XOAUTH2): give a password and leave [oauth] out of config.toml"
    return f"{where} takes no login that foibot knows: {said}"
