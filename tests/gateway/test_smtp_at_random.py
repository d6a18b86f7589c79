"""Whatever a server says, does not say or says twice: a mail reaches whom it is for, and is recorded as it left."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence

import pytest

from foibot.gateway.delivery import Delivery
from foibot.gateway.server_url import MailServer, Security
from foibot.gateway.smtp import Answer, Envelope, Post
from foibot.store.ownership import OfficeLost
from tests.gateway.scripted_smtp import PIPELINING, TAKEN, ScriptedSMTP

SEEDS = 2
SILENCE = 0.4
PATIENCE = 0.15
ODD = {
    "": ["421 later", None, "554 no", "220 one\r\n220 two", SILENCE],
    "EHLO": [None, "421 later", "250 mx.example", "250-mx.example\r\n250 SIZE 50000000", "502 what?"],
    "HELO": ["250 mx.example"],
    "MAIL": [None, "421 later", "451 later", "550 no", "250 ok\r\n250 ok", "354 go on", "what?", SILENCE],
    "RCPT": [None, "421 later", "451 later", "550 no", "250 ok\r\n250 ok", "354 go on", "25", SILENCE],
    "DATA": [None, "421 later", "451 later", "554 no", "250 ok", "354 go on\r\n250 queued", "354 go on\r\n421 bye", SILENCE],
    ".": [None, TAKEN, "421 later", "451 later", "554 no", "354 go on", "399 odd", "250 queued\r\n250 queued", "250 queued\r\n421 bye", "250 queued\r\n354 go on", SILENCE],
    "RSET": [None, "500 what?", "250 ok\r\n250 ok", SILENCE],
}  # fmt: skip


class Moody(ScriptedSMTP):
    """Mostly as it should be, now and then in another way."""

    def __init__(self, chance: random.Random, often: float, usual: dict[str, str]) -> None:
        self.chance, self.often, self.usual = chance, often, usual
        super().__init__({})

    def _next(self, verb):
        if verb in ODD and self.chance.random() < self.often:
            return self.chance.choice(ODD[verb])
        return self.usual.get(verb, super()._next(verb))


def mails(first: int, many: int) -> list[Envelope]:
    return [
        Envelope(n, "foi@exampleshire.example", f"sam{n}@citizens.example", f"Subject: x\r\n\r\nmail {n}.\r\n".encode())
        for n in range(first, first + many)
    ]  # fmt: skip


def each_for_its_own(server: ScriptedSMTP, found: dict[int, Delivery]) -> None:
    """Every mail that arrived is for whom it says, and was recorded as one that may have."""
    arrived: Counter[int] = Counter()
    for recipients, content in server.mails:
        n = int(content.partition(b"mail ")[2].partition(b".")[0])
        assert recipients == [f"sam{n}@citizens.example"]
        arrived[n] += 1
    assert set(arrived.values()) <= {1}
    assert set(arrived) >= {n for n, one in found.items() if one.answer is Answer.ACCEPTED}
    sure = {n for n, one in found.items() if one.answer in {Answer.REFUSED, Answer.RETRY}}
    assert not sure & set(arrived)


def rest_of(first: int, begins: int, given: set[int]) -> Callable[[], Sequence[Envelope]]:
    """Gives those of the five mails from `first` on with which it does not begin, once; they are `given` then."""

    def more() -> Sequence[Envelope]:
        if first + 4 in given:
            return ()
        given.update(range(first, first + 5))
        return mails(first + begins, 5 - begins)

    return more


@pytest.mark.parametrize("usual", [{}, PIPELINING], ids=["one by one", "all at once"])
@pytest.mark.parametrize("end", ["none", "halt", "office lost", "not asked on"])
@pytest.mark.parametrize("seed", range(SEEDS))
def test_each_mail_reaches_whom_it_is_for_and_is_recorded_as_it_left(seed, end, usual) -> None:
    chance = random.Random(f"{seed} {end}")  # noqa: S311 - repeatable, no secret
    server = Moody(chance, chance.choice([0.03, 0.1, 0.3]), usual)
    allowed = chance.randrange(12) if end == "office lost" else 99
    looks = iter(range(allowed))

    def look() -> None:
        if next(looks, None) is None:
            raise OfficeLost

    post = Post(
        MailServer("127.0.0.1", server.port, Security.PLAIN, "", ""),
        connections=chance.randrange(1, 4),
        timeout=PATIENCE,
        timeout_after_dot=PATIENCE,
        before_content=look,
    )
    found: dict[int, Delivery] = {}
    given: set[int] = set()
    for first in (0, 5, 10):
        if chance.random() < 0.5:
            post.expect(5)
        stops_after = chance.randrange(1, 6) if end == "not asked on" else 5
        halts_after = chance.randrange(12) if end == "halt" else 0
        # Some of them come while the others are on their way.
        begins = chance.randrange(1, 6)
        given |= {*range(first, first + begins)}
        sending = post.send(mails(first, begins), rest_of(first, begins, given))
        for many, one in enumerate(sending, 1):
            assert one.key not in found, "answered twice"
            found[one.key] = one
            if first + many == halts_after:
                post.halt()
                if chance.random() < 0.5:
                    post.wait_no_longer()
            if many == stops_after:
                break
        sending.close()
        if end != "not asked on":
            assert set(found) == given, "each is answered"
    post.close()
    server.close()
    assert len(server.mails) <= allowed
    each_for_its_own(server, found)
