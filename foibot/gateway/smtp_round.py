"""The mails of one call of `Post.send`: who works on them, what has become of them, and when there is nothing to wait for."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass, field, replace
from queue import Empty, SimpleQueue

from foibot.errors import FoibotError
from foibot.gateway.delivery import Delivery, Envelope
from foibot.outbox.item import Answer

# Answers so close together are kept in one commit, which takes longer than this; but no more than so many.
_AT_ONCE = 0.003
_KEPT_TOGETHER = 16
# Seconds without an answer after which the caller is asked for more mails.
_ASK_AGAIN = 0.5


@dataclass(slots=True)
class Round:
    """The mails of one call of `send`, and the connections that work on them.

    `places` is how many connections may: none before the server was reached, and one less for each that could not
    be made. Of the `crew` that does, `to_begin` have not begun with their first. `stopped` is for a caller who
    wants no more mails to be offered.
    """

    pending: deque[Envelope] = field(default_factory=deque)
    answers: SimpleQueue[Delivery | None] = field(default_factory=SimpleQueue)
    places: int = 0
    crew: int = 0
    to_begin: int = 0
    stopped: bool = False
    failure: BaseException | None = None
    _over: FoibotError | None = None

    def ended(self, work: Future[None]) -> None:
        """Some of the work is done; where it failed, there will be no answer to wake the caller."""
        failure = CancelledError() if work.cancelled() else work.exception()
        if failure is not None:
            self.failure = failure
            self.answers.put(None)

    def answers_there(self) -> Iterator[Delivery]:
        """The answers that are there at once, as of several connections they are; none if none came for a while."""
        following = _within(self.answers, _ASK_AGAIN)
        for left in reversed(range(_KEPT_TOGETHER)):
            if following is None:
                return
            delivery = following
            following = _within(self.answers, _AT_ONCE) if left else None
            yield replace(delivery, more=following is not None)

    def take_in(self, further: Sequence[Envelope]) -> None:
        """Mails that have come meanwhile."""
        self.pending.extend(further)
        if self._over is not None:
            self.give_up(self._over)

    @property
    def wanted(self) -> int:
        """How many connections more have something to do."""
        return max(0, min(self.places - self.crew, len(self.pending) - self.to_begin))

    def engage(self) -> int:
        """How many connections begin now; to be called when they do."""
        wanted = self.wanted
        self.crew += wanted
        self.to_begin += wanted
        return wanted

    def keep_places(self, idle: int, reason: FoibotError) -> None:
        """None but those that work and so many idle connections can be had; without any nobody can be reached."""
        self.places = self.crew + idle
        if not self.places:
            self.give_up(reason)

    def lose_place(self, reason: FoibotError) -> None:
        """A connection could not be made: servers limit them. When the last one is lost, nobody can be reached."""
        if self.crew == 1:
            self.give_up(reason)
        self.places -= 1

    def take(self) -> Envelope | None:
        """The next mail that nobody works on."""
        return self.pending.popleft() if self.pending and not self.stopped else None

    def take_ahead(self) -> Envelope | None:
        """The next mail, if every other connection has one to begin with."""
        return self.take() if len(self.pending) > self.to_begin else None

    def go_on_with(self, following: Envelope | None) -> Envelope | None:
        """The mail that was taken to follow, or the next one; None when no more is to be offered."""
        if following is None or self.stopped:
            return self.take()
        if self._over is not None:
            self._answer(following, self._over)
            return None
        return following

    def put_back(self, *mails: Envelope | None) -> None:
        """Leave mails to others."""
        self.pending.extendleft(one for one in reversed(mails) if one is not None)
        if self._over is not None:
            self.give_up(self._over)

    def give_up(self, reason: FoibotError) -> None:
        """Nobody can be reached: every mail not yet offered is to be tried again later."""
        self._over = reason
        while self.pending:
            self._answer(self.pending.popleft(), reason)

    def _answer(self, mail: Envelope, reason: FoibotError) -> None:
        self.answers.put(Delivery(mail.key, Answer.RETRY, 0, str(reason), reached=False))


def _within(answers: SimpleQueue[Delivery | None], seconds: float) -> Delivery | None:
    try:
        return answers.get(timeout=seconds)
    except Empty:
        return None
