"""Several commands in one go: how long a server may take for its replies."""

from __future__ import annotations

import asyncio

import pytest
from aiosmtplib import SMTPReadTimeoutError, SMTPServerDisconnected

from foibot.gateway.smtp_pipeline import Pipeline, within

PATIENCE = 30.0


class Wire(asyncio.Transport):
    """Takes whatever is said."""

    def set_protocol(self, protocol: asyncio.BaseProtocol) -> None:
        pass

    def is_closing(self) -> bool:
        return False

    def write(self, data: object) -> None:
        pass


class Clock(asyncio.SelectorEventLoop):
    """A loop whose time goes on when it is told to."""

    now = 0.0

    def time(self) -> float:
        return self.now

    async def after(self, seconds: float) -> None:
        self.now += seconds
        for _ in range(5):
            await asyncio.sleep(0)


async def asked(clock: Clock, waits: list[float]) -> list[int]:
    pipeline = Pipeline(Wire(), asyncio.Protocol())
    replies = pipeline.say(b"MAIL\r\nRCPT\r\nDATA\r\n", 3)

    async def all_of_them() -> list[int]:
        return [(await within(PATIENCE, reply)).code for reply in replies]

    asking = asyncio.ensure_future(all_of_them())
    await clock.after(0)
    for seconds in waits:
        await clock.after(seconds)
        pipeline.data_received(b"250 ok\r\n")
        await clock.after(0)
    return await asking


@pytest.mark.parametrize(
    ("waits", "answered"), [([20.0] * 3, True), ([20.0, 31.0], False), ([31.0], False)]
)
def test_a_slow_server_has_as_long_for_each_reply_as_if_it_were_asked_one_by_one(
    waits: list[float], answered: bool
) -> None:
    clock = Clock()
    try:
        if answered:
            assert clock.run_until_complete(asked(clock, waits)) == [250] * 3
        else:
            with pytest.raises(SMTPReadTimeoutError):
                clock.run_until_complete(asked(clock, waits))
    finally:
        clock.close()


class Usual(asyncio.Protocol):
    """Keeps what it is given."""

    def __init__(self) -> None:
        self.got = b""

    def data_received(self, data: bytes) -> None:
        self.got += data


class AbortedWire(Wire):
    """Knows whether it was cut."""

    aborted = False

    def abort(self) -> None:
        self.aborted = True


def test_each_reply_goes_to_whoever_awaits_it_however_the_bytes_come() -> None:
    async def told() -> list[tuple[int, str]]:
        usual = Usual()
        pipeline = Pipeline(Wire(), usual)
        pipeline.data_received(b"421 closing\r\n")
        first = pipeline.say(b"content", 1)
        then = pipeline.say(b"MAIL", 2)
        for byte in b"250-2.0.0 taken\r\n250 as 7\r\n250\n550 no\r":
            pipeline.data_received(bytes([byte]))
        pipeline.data_received(b"\n250 too many\r\n")
        assert (usual.got, pipeline.beyond) == (b"421 closing\r\n", b"250 too many\r\n")
        return [
            (one.code, one.message) for one in [await within(1, each) for each in (*first, *then)]
        ]

    assert asyncio.run(told()) == [(250, "2.0.0 taken\nas 7"), (250, ""), (550, "no")]


@pytest.mark.parametrize(
    "said", [b"299-more\r\n250 ok\r\n", b"what?\r\n", b"25\r\n", b"250-" + b"x" * 70_000]
)
def test_half_a_reply_and_another_one_are_not_one_that_says_yes(said: bytes) -> None:
    async def told() -> None:
        wire = AbortedWire()
        pipeline = Pipeline(wire, asyncio.Protocol())
        content, mail = pipeline.say(b"content", 2)
        pipeline.data_received(said)
        for reply in (content, mail):
            with pytest.raises(SMTPServerDisconnected, match="does not speak SMTP"):
                await within(1, reply)
        assert wire.aborted

    asyncio.run(told())
