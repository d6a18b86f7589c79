"""Several commands to an SMTP server in one go, and its replies in their order (RFC 2920).

aiosmtplib waits for the reply to each command before it says the next, so that with 20 ms of network a mail
takes 80 ms. Once it has connected, its transport is read here while replies are awaited.
"""

from __future__ import annotations

import asyncio
import re
from collections import deque

from aiosmtplib import SMTPReadTimeoutError, SMTPResponse, SMTPServerDisconnected

Reply = asyncio.Future[SMTPResponse]
"""A reply that is awaited."""

_LINE = re.compile(rb"(\d{3})(?:([ -])(.*))?")
_LONGEST = 65_536


class Pipeline(asyncio.Protocol):
    """What stands between a transport and the protocol of aiosmtplib, which gets all that is not awaited here."""

    def __init__(self, transport: asyncio.Transport, usual: asyncio.Protocol) -> None:
        """Takes the transport over; call it when aiosmtplib has nothing more to say by itself."""
        self._transport = transport
        self._usual = usual
        self._awaited: deque[Reply] = deque()
        # What came and is no reply yet; when nothing is awaited, what nobody asked for.
        self._came = b""
        transport.set_protocol(self)

    @property
    def beyond(self) -> bytes:
        """What came beyond the replies that were awaited."""
        return b"" if self._awaited else self._came

    def say(self, what: bytes, replies: int) -> tuple[Reply, ...]:
        """Say something to which the server gives so many replies, after those it still owes.

        Raises `SMTPServerDisconnected`; so does awaiting a reply.
        """
        if self._transport.is_closing():
            raise SMTPServerDisconnected("the connection was lost")
        loop = asyncio.get_running_loop()
        awaited = tuple(loop.create_future() for _ in range(replies))
        self._awaited += awaited
        self._transport.write(what)
        return awaited

    def data_received(self, data: bytes) -> None:
        """Give each reply to whoever awaits it; what nobody awaits goes where it always went."""
        if not self._awaited and not self._came:
            self._usual.data_received(data)
            return
        self._came += data
        try:
            while self._awaited and (found := _first(self._came)):
                self._came = self._came[found[1] :]
                reply = self._awaited.popleft()
                if not reply.done():  # whoever awaited it has given up
                    reply.set_result(found[0])
        except ValueError:
            self._give_up()
        if self._awaited and len(self._came) > _LONGEST:
            self._give_up()

    def _give_up(self) -> None:
        self._fail("the server does not speak SMTP")
        self._transport.abort()

    def eof_received(self) -> bool | None:
        """The server has hung up."""
        self._fail("the server hung up")
        return self._usual.eof_received()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing more will come."""
        self._fail("the connection was lost")
        self._usual.connection_lost(exc)

    def pause_writing(self) -> None:
        """The other side is slower than we are."""
        self._usual.pause_writing()

    def resume_writing(self) -> None:
        """And has caught up."""
        self._usual.resume_writing()

    def _fail(self, why: str) -> None:
        while self._awaited:
            reply = self._awaited.popleft()
            if not reply.done():
                reply.set_exception(SMTPServerDisconnected(why))
                reply.exception()  # asyncio would complain of one that nobody awaits


async def within(seconds: float, reply: Reply) -> SMTPResponse:
    """The reply, for which the server has so many seconds. Raises `SMTPServerDisconnected` or `SMTPReadTimeoutError`."""
    try:
        async with asyncio.timeout(seconds):
            return await reply
    except TimeoutError as late:
        raise SMTPReadTimeoutError("the server does not answer") from late


def _first(came: bytes) -> tuple[SMTPResponse, int] | None:
    """The first reply and where it ends; None if it is not there to its end. Raises ValueError for what is none.

    All its lines have one code (RFC 5321 s.4.2.1): half of a reply and another one are not one that says yes.
    """
    lines, end = [], 0
    while (found := came.find(b"\n", end)) >= 0:
        line = _LINE.fullmatch(came[end:found].rstrip(b"\r"))
        if line is None or line[1] != came[:3]:
            raise ValueError
        lines.append((line[3] or b"").strip())
        end = found + 1
        if line[2] != b"-":
            text = b"\n".join(lines).decode("utf-8", "surrogateescape")
            return SMTPResponse(int(line[1]), text), end
    return None
