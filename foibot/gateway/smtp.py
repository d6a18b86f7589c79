"""Hands mail to the SMTP server over kept connections, and says for each what became of it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterator, Sequence
from concurrent.futures import Future
from typing import Any, TypeVar

from foibot.errors import FoibotError
from foibot.gateway.delivery import Delivery, Envelope, PostHalted, PostUnreachable
from foibot.gateway.server_url import MailServer
from foibot.gateway.smtp_line import Line
from foibot.gateway.smtp_round import Round
from foibot.outbox.item import Answer

__all__ = ["Answer", "Delivery", "Envelope", "Post", "PostUnreachable"]

# Seconds. A server that could not be reached longer ago than this is tried again.
_STILL_AWAY = 5.0
# Seconds. A login that worked so lately would work again.
_SURE = 5.0
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
        before_content: Callable[[], None] = lambda: None,
    ) -> None:
        """Connects to nothing yet. `before_content` is called before the content of each mail is given away,
        and raises a FoibotError if it must stay. Timeouts are seconds; 600 after the final dot is RFC 5321's
        minimum: giving up earlier would turn slow servers into uncertain letters.
        Raises ServerNotTrusted when the server's `ca_file` cannot be read.
        """
        self._server = server
        self._tls = server.tls_context()
        self._timeout = timeout
        self._after_dot = timeout_after_dot
        self._before_content = before_content
        self._connections = connections
        self._lines: list[Line] = []
        self._idle: list[Line] = []
        self._round: Round | None = None
        self._halted = False
        self._connecting: Future[tuple[FoibotError | None, float]] | None = None
        self._busy = 0
        self._logged_in_at = 0.0
        self._starting = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    def send(
        self,
        envelopes: Sequence[Envelope],
        more: Callable[[], Sequence[Envelope]] = lambda: (),
    ) -> Iterator[Delivery]:
        """One Delivery per envelope, each as soon as it is known, in any order.

        One with `more` is followed by another without a wait, so that both can be kept at once. Whenever there is
        none such, and twice a second while nothing is answered, the function `more` is asked for further envelopes,
        in the caller's thread: a server that lets one mail wait holds up no others.
        Never raises because of a mail or a server: whoever cannot be reached or logged in to
        answers RETRY for all. Stop iterating, and what has not been started is not sent.
        """
        if not envelopes:
            return
        round_ = self._round = Round()
        owed = len(envelopes)
        self._hand_over(self._begin(round_, envelopes), round_)
        try:
            while owed:
                for delivery in round_.answers_there():
                    owed -= 1
                    yield delivery
                if round_.failure is not None:
                    raise round_.failure
                if not self._halted and (further := more()):
                    owed += len(further)
                    self._hand_over(self._go_on(round_, further), round_)
        finally:
            round_.stopped = True

    def _hand_over(self, work: Coroutine[Any, Any, None], round_: Round) -> None:
        handed = asyncio.run_coroutine_threadsafe(work, self._running_loop())
        handed.add_done_callback(round_.ended)

    def expect(self, mails: int) -> None:
        """So many mails will follow soon: connects meanwhile. Whatever goes wrong is told with the first of them.

        Any thread may call this.
        """
        if self._connecting is None and not self._halted:
            connecting = self._connect(min(mails, self._connections))
            self._connecting = asyncio.run_coroutine_threadsafe(connecting, self._running_loop())

    async def _connect(self, wanted: int) -> tuple[FoibotError | None, float]:
        """So many connections, or why there is none, and when that was. While mails are being sent there are enough."""
        # Also while none of them has one for a moment, as the caller has not asked for the next ones yet.
        goes_on = self._round is not None and not self._round.stopped
        lines = [] if self._busy or goes_on else [self._take_line() for _ in range(wanted)]
        first, others = lines[:1], lines[1:]
        try:
            for line in first:
                if reason := await self._connected_alone(line):
                    return reason, self._now()
            # A server that does not want so many has its say when they are used.
            await asyncio.gather(*(one.connected() for one in others), return_exceptions=True)
        finally:
            for line in others:
                self._put_by(line)
        return None, self._now()

    def _now(self) -> float:
        return asyncio.get_running_loop().time()

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
        self._loop = self._thread = self._connecting = None

    async def _begin(self, round_: Round, envelopes: Sequence[Envelope]) -> None:
        round_.pending.extend(envelopes)
        if self._halted:
            round_.give_up(PostHalted())
            return
        self._busy += 1
        try:
            if reason := await self._not_connected():
                round_.give_up(reason)
            elif await self._reaches(round_, self._take_line()):
                round_.places = self._connections
                await self._staff_with_care(round_)
        finally:
            self._busy -= 1

    async def _reaches(self, round_: Round, first: Line) -> bool:
        if reason := await self._connected_alone(first):
            round_.give_up(reason)
        return reason is None

    async def _connected_alone(self, line: Line) -> FoibotError | None:
        """One connection before all others, so that a wrong password is tried once; why it could not be made.

        Directories lock accounts for less than one try for each connection.
        """
        try:
            if not await line.connected():
                self._logged_in_at = self._now()
        except FoibotError as reason:
            return reason
        finally:
            self._put_by(line)
        return None

    async def _go_on(self, round_: Round, envelopes: Sequence[Envelope]) -> None:
        round_.take_in(envelopes)
        self._busy += 1
        try:
            await self._staff_with_care(round_)
        finally:
            self._busy -= 1

    async def _staff_with_care(self, round_: Round) -> None:
        """The same as `_staff`, but of connections that have grown old the first one is made anew alone.

        Meanwhile nothing else is begun; what comes by then is staffed with the rest. If it cannot be made, those
        that still stand do all the work.
        """
        wanted = round_.wanted
        old = [one for one in self._idle[-wanted:] if one.has_grown_old] if wanted else []
        if old and self._now() - self._logged_in_at > _SURE:
            self._idle.remove(old[-1])
            places, round_.places = round_.places, 0
            if reason := await self._connected_alone(old[-1]):
                # A server may have closed others while they lay here, also above those that stand.
                self._idle.sort(key=lambda one: one.is_fresh)
                round_.keep_places(sum(one.is_fresh for one in self._idle), reason)
            else:
                round_.places += places
        await self._staff(round_)

    async def _staff(self, round_: Round) -> None:
        """Put connections that have nothing to do to what nobody works on, as far as there are places for them."""
        crew = [self._take_line() for _ in range(round_.engage())]
        await asyncio.gather(*(self._work(line, round_) for line in crew))

    async def _not_connected(self) -> FoibotError | None:
        """Why connections could not be made ahead of this round, once; None if they could, or nobody tried."""
        connecting, self._connecting = self._connecting, None
        if connecting is None:
            return None
        reason, since = await asyncio.wrap_future(connecting)
        over = isinstance(reason, PostUnreachable) and self._now() - since > _STILL_AWAY
        return None if over else reason

    async def _work(self, line: Line, round_: Round) -> None:
        envelope = round_.take()
        round_.to_begin -= 1
        try:
            while envelope is not None:
                following = round_.take_ahead() if line.goes_ahead else None
                try:
                    delivery = await line.deliver(envelope, following)
                except FoibotError as reason:
                    # Servers limit connections: the others go on, and only the last one of the
                    # crew reports that nobody can be reached.
                    round_.put_back(envelope, following)
                    round_.lose_place(reason)
                    return
                round_.answers.put(delivery)
                envelope = round_.go_on_with(following)
        finally:
            round_.crew -= 1
            line.forget_announced()
            self._put_by(line)

    async def _check(self) -> str:
        line = self._take_line()
        greeting = await line.check()
        self._put_by(line)
        return greeting

    def _take_line(self) -> Line:
        if self._idle:
            return self._idle.pop()
        line = Line(self._server, self._tls, self._timeout, self._after_dot, self._before_content)
        self._lines.append(line)
        return line

    def _put_by(self, line: Line) -> None:
        """Nobody works over it. The last one is taken first, so that one which does not stand lies below all others."""
        self._idle.insert(len(self._idle) if line.is_fresh else 0, line)

    async def _close_lines(self) -> None:
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await asyncio.gather(*(line.quit() for line in self._idle))
        self._idle.clear()
        await asyncio.sleep(0.02)  # the loop closes the sockets in its next rounds

    def _running_loop(self) -> asyncio.AbstractEventLoop:
        with self._starting:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._thread = threading.Thread(
                    target=self._loop.run_forever, name="foibot-smtp", daemon=True
                )
                self._thread.start()
            return self._loop

    def _run(self, coroutine: Coroutine[Any, Any, _T]) -> _T:
        return asyncio.run_coroutine_threadsafe(coroutine, self._running_loop()).result()
