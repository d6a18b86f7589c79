"""Several commands in one go: how long a server may take for its replies."""

from __future__ import annotations

import asyncio

import pytest
from aiosmtplib import SMTPReadTimeoutError

from foibot.gateway.smtp_pipeline import Pipeline

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
    asking = asyncio.ensure_future(pipeline.ask([b"MAIL", b"RCPT", b"DATA"], PATIENCE))
    await clock.after(0)
    for seconds in waits:
        await clock.after(seconds)
        pipeline.data_received(b"250 ok\r\n")
    return [reply.code for reply in await asking]


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
