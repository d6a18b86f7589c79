"""Several commands to an SMTP server in one go, and its replies in their order (RFC 2920).

aiosmtplib waits for the reply to each command before it says the next, so that with 20 ms of network a mail
takes 80 ms. Once it has connected, its transport is read here while several replies are awaited.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence

from aiosmtplib import SMTPReadTimeoutError, SMTPResponse, SMTPServerDisconnected

# A reply: any lines with a hyphen after the code, and one without.
_REPLY = re.compile(rb"((?:\d{3}-[^\n]*\n)*)(\d{3})(?:[ ]([^\n]*))?\r?\n")
_LONGEST = 65_536


class Pipeline(asyncio.Protocol):
    """What stands between a transport and the protocol of aiosmtplib, which gets all that is not awaited here."""

    def __init__(self, transport: asyncio.Transport, usual: asyncio.Protocol) -> None:
        """Takes the transport over; call it when aiosmtplib has nothing more to say by itself."""
        self._transport = transport
        self._usual = usual
        self._awaited = self._there = 0
        self._came = b""
        self.beyond = b""
        self._patience = 0.0
        self._limit = asyncio.timeout(None)
        self._replies: asyncio.Future[list[SMTPResponse]] | None = None
        transport.set_protocol(self)

    async def ask(self, commands: Sequence[bytes], timeout: float) -> list[SMTPResponse]:
        """Say all commands at once; the reply to each, for which the server has `timeout` seconds after the one before.

        Raises `SMTPServerDisconnected` or `SMTPReadTimeoutError`.
        """
        if self._transport.is_closing():
            raise SMTPServerDisconnected("the connection was lost")
        self._came, self._there, self._awaited = b"", 0, len(commands)
        self.beyond, self._patience = b"", timeout
        self._replies = asyncio.get_running_loop().create_future()
        self._transport.write(b"".join(command + b"\r\n" for command in commands))
        try:
            async with asyncio.timeout(timeout) as self._limit:
                return await self._replies
        except TimeoutError as late:
            raise SMTPReadTimeoutError("the server does not answer") from late
        finally:
            self._replies = None

    def data_received(self, data: bytes) -> None:
        """Keep what is awaited until all of it is there, and what came `beyond` it; else it goes where it always went."""
        if self._replies is None or self._replies.done():
            self._usual.data_received(data)
            return
        self._came += data
        replies, end = _read(self._came, self._awaited)
        if len(replies) == self._awaited:
            self.beyond = self._came[end:]
            self._replies.set_result(replies)
        elif len(self._came) - end > _LONGEST or _is_no_reply(self._came[end:]):
            self._fail("the server does not speak SMTP")
            self._transport.abort()
        elif len(replies) > self._there:
            self._there = len(replies)
            self._limit.reschedule(asyncio.get_running_loop().time() + self._patience)

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
        if self._replies is not None and not self._replies.done():
            self._replies.set_exception(SMTPServerDisconnected(why))


def _read(came: bytes, most: int) -> tuple[list[SMTPResponse], int]:
    """The replies that are there, `most` at the most, and where the last one ends."""
    replies: list[SMTPResponse] = []
    end = 0
    while len(replies) < most and (found := _REPLY.match(came, end)):
        lines = [line[4:] for line in found[1].splitlines()] + [found[3] or b""]
        text = b"\n".join(line.strip() for line in lines).decode("utf-8", "surrogateescape")
        replies.append(SMTPResponse(int(found[2]), text))
        end = found.end()
    return replies, end


def _is_no_reply(rest: bytes) -> bool:
    """Whether there is a whole line that is none of a reply."""
    line, ended, _ = rest.partition(b"\n")
    return bool(ended) and not re.match(rb"\d{3}(?:[ -]|\r?$)", line)
