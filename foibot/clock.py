"""Which job ticks how often; the only place that knows APScheduler, which remembers nothing here."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from foibot.errors import FoibotError, place_of

_log = logging.getLogger(__name__)


class Ticks:
    """Calls each job now and then; what is due is for the job to find out from the database."""

    def __init__(
        self,
        *,
        remind: Callable[[], object],
        copy: Callable[[], object],
        wake: Callable[[], object],
        watch: Callable[[], object],
    ) -> None:
        """`remind` looks for reminders and digests, `copy` fills Sent, `wake` looks at the outbox.

        `watch` looks whether the mailbox is still read.
        """
        # One worker: no two of these jobs at once. No misfire limit: a late tick is still a tick.
        self._scheduler = BackgroundScheduler(
            timezone=UTC,
            executors={"default": ThreadPoolExecutor(1)},
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )
        self._scheduler.add_job(_guarded(wake), "interval", seconds=2, id="outbox")
        self._scheduler.add_job(_guarded(remind), "interval", seconds=20, id="reminders")
        self._scheduler.add_job(_guarded(copy), "interval", seconds=30, id="sent-copies")
        self._scheduler.add_job(_guarded(watch), "interval", seconds=60, id="watch")

    def start(self) -> None:
        """Begin ticking."""
        self._scheduler.start()

    def stop(self) -> None:
        """Stop ticking; a job that runs is left to end."""
        self._scheduler.shutdown(wait=False)


def _guarded(job: Callable[[], object]) -> Callable[[], None]:
    def run() -> None:
        try:
            job()
        except FoibotError as problem:
            _log.error("a tick failed: %s", problem)
        except Exception as problem:  # noqa: BLE001 - a failed tick is logged; the next one tries again
            # Its words may hold a person's (a database names what it was given): kind and place alone.
            _log.error("a tick failed: %s in %s", type(problem).__name__, place_of(problem))

    return run
