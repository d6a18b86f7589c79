"""The office at work until it is stopped: who reads, who sends, who lets the clock tick, and how all of it ends."""

from __future__ import annotations

import logging
import random
import sys
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime
from typing import TYPE_CHECKING

from foibot.desk.vitals import tell_of_silence
from foibot.errors import FoibotError, place_of
from foibot.gateway.health_page import HealthPage, Page
from foibot.gateway.reading import MailboxThrottled, backoff
from foibot.reports.health import as_metrics, as_text, signs
from foibot.service import Service
from foibot.store.ownership import AlreadyAtWork, OfficeLost

if TYPE_CHECKING:
    from foibot.store.calls import Calls

_log = logging.getLogger(__name__)
_CALM = 300.0
_LOOK = 5.0
# Together with the goodbyes to the servers, a stop takes less than five seconds.
_FOR_ANSWERS = 2.5
_FOR_THE_REST = 1.0
_EAR = 1.0
# Seconds. Whoever sends wants the interpreter often and for little; at the usual five milliseconds a turn it
# waits most of its time for whoever settles a backlog.
_TURN = 0.001


class Running:
    """One worker of an office, on threads with one job each.

    On PostgreSQL several work one office: all send, all look what is due, and one of them has the mailbox.
    """

    def __init__(self, service: Service) -> None:
        """Begins nothing yet."""
        self._service = service
        self._worker = service.worker
        self._calls: Calls | None = None
        self._intake: threading.Thread | None = None
        self._dispatch: threading.Thread | None = None
        self._told_of_clock = False

    def run(self, *, stand_by: bool = False) -> None:
        """Work until the service is stopped.

        Raises `AlreadyAtWork` if another process keeps the office for itself; to `stand_by` is to wait for
        its end instead. Raises `OfficeLost` when the database let go of this one.
        """
        waited = False
        while not self._service.stopping.is_set():
            try:
                with self._worker.at_work():
                    return self._work()
            except AlreadyAtWork:
                if not stand_by:
                    raise
            if not waited:
                _log.info("another foibot works this office; this one stands by to take over")
                waited = True
            self._service.stopping.wait(_LOOK)
        return None

    def _work(self) -> None:
        service, stopping = self._service, self._service.stopping
        service.take_record()  # only now: whoever stood by for days may come to find it another's
        began = service.office.clock.now()
        sys.setswitchinterval(_TURN)
        with ExitStack() as ending:
            ending.callback(self._end)
            ending.callback(service.stop)
            self._look()
            # Loaded here, while the mailbox is already being read: it is long.
            from foibot.clock import Ticks  # noqa: PLC0415

            ticks = Ticks(
                remind=self._in_turn(service.remind.tick),
                copy=self._copy,
                wake=service.wake.set,
                watch=self._in_turn(lambda: self._watch(began)),
            )
            ticks.start()
            ending.callback(ticks.stop)
            self._dispatch = self._begin("dispatch", service.send_mail)
            self._listen()
            ending.callback(self._show_health())
            _log.info("the office is open")
            while not stopping.wait(_LOOK):
                self._look_again()

    def _look(self) -> None:
        """Whether this is still a worker, whether it gets the mailbox, and whether another one has ended."""
        worker, dispatch = self._worker, self._service.dispatch
        worker.require()
        if worker.end_the_stopped():
            _log.warning(
                "a worker of this office stood still for too long; the database let go of it"
            )
        if worker.take_mailbox() and self._intake is None:
            self._service.enter_mailbox()
            orphans = dispatch.recover()
            if not worker.alone:
                _log.info("this worker reads the mailbox now")
            self._intake = self._begin("intake", self._service.read_mail)
        else:
            orphans = dispatch.settle_for_the_dead() if not worker.alone else 0
        if orphans:
            _log.warning("%s mails were being sent when a foibot ended", orphans)
            self._service.wake.set()
        self._look_at_clock()

    def _look_again(self) -> None:
        try:
            self._look()
        except OfficeLost:
            raise
        except FoibotError as problem:
            _log.error("%s", problem)

    def _look_at_clock(self) -> None:
        wrong = not self._worker.may_act
        if wrong and not self._told_of_clock:
            _log.error(
                "the clock of this machine and that of the database server are %.0f seconds apart; until "
                "they agree this worker only stands by. Let both ask a time server",
                abs(self._worker.ahead),
            )
        self._told_of_clock = wrong

    def _in_turn(self, job: Callable[[], object]) -> Callable[[], object]:
        """The job, done by one worker at a time."""

        def tick() -> None:
            if self._worker.may_act:
                with self._worker.turn_to_tick() as mine:
                    if mine:
                        job()

        return tick

    def _copy(self) -> None:
        """Only one worker may write into the mailbox, or a letter would lie in Sent twice."""
        if self._worker.has_mailbox:
            self._service.copy_to_sent()

    def _watch(self, since: datetime) -> None:
        tell_of_silence(
            self._service.store,
            self._service.office,
            self._service.poll_seconds,
            since,
            self._service.office.clock.now(),
        )

    def _listen(self) -> None:
        if not self._worker.alone:
            # Loaded here, with the driver that only PostgreSQL needs.
            from foibot.store.calls import Calls  # noqa: PLC0415

            self._calls = Calls(self._service.engine)
            self._begin("ear", self._hear)

    def _show_health(self) -> Callable[[], object]:
        """Answer monitoring on this machine, if it is to be answered; what ends that."""
        listen = self._service.health_address
        if listen is None:
            return lambda: None
        try:
            page = HealthPage(listen, {"/health": self._health, "/metrics": self._metrics})
        except OSError as problem:
            # It must not keep the office closed; and two on one machine may have the same configuration.
            _log.error("health.listen: %s; foibot works without", problem.strerror)
            return lambda: None
        return page.close

    def _health(self) -> Page:
        seen = self._service.vitals()
        well = all(sign.well for sign in signs(seen))
        return Page(well, "text/plain", as_text(seen))

    def _metrics(self) -> Page:
        return Page(
            well=True,
            media_type="text/plain; version=0.0.4",
            text=as_metrics(self._service.vitals()),
        )

    def _hear(self) -> None:
        if self._calls is not None and self._calls.heard(_EAR):
            self._service.wake.set()

    def _begin(self, name: str, work: Callable[[], object]) -> threading.Thread:
        thread = threading.Thread(target=self._keep_doing, args=(work,), name=name, daemon=True)
        thread.start()
        return thread

    def _end(self) -> None:
        """Let what is on its way get its answer, for a moment; keep what is known of it; then end."""
        until = time.monotonic() + _FOR_ANSWERS
        self._service.halt()
        if not self._ended(self._dispatch, until):
            self._service.wait_no_longer()
        until += _FOR_THE_REST
        if self._ended(self._dispatch, until):
            try:
                self._service.dispatch.settle()
            except FoibotError as problem:
                _log.error("what the mail server answered last could not be kept: %s", problem)
        self._ended(self._intake, until)

    def _ended(self, thread: threading.Thread | None, until: float) -> bool:
        if thread is not None:
            thread.join(max(0.0, until - time.monotonic()))
        return thread is None or not thread.is_alive()

    def _keep_doing(self, work: Callable[[], object]) -> None:
        """Repeat one job for ever; after trouble wait longer and longer, and say why once each time."""
        attempt, stopping = 0, self._service.stopping
        while not stopping.is_set():
            try:
                work()
                attempt = 0
            except OfficeLost:
                return  # for good; the next look ends the others too
            except MailboxThrottled as throttled:
                _log.warning("%s", throttled)
                stopping.wait(throttled.seconds)
            except FoibotError as problem:
                if stopping.is_set():
                    return  # it was cut off
                attempt += 1
                pause = backoff(attempt, random.random())  # noqa: S311 - spreads retries, no secret
                _log.error("%s Trying again in %.0f s.", problem, pause)
                stopping.wait(pause)
            except Exception as problem:  # noqa: BLE001 - a bug must not end the office
                # Its words may hold a person's, so that only its kind and place are logged.
                attempt += 1
                _log.error("a job failed: %s in %s", type(problem).__name__, place_of(problem))
                stopping.wait(min(_CALM, backoff(attempt, 0)))
