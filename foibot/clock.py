"""Which job ticks how often; the only place that knows APScheduler, which remembers nothing here."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

_log = logging.getLogger(__name__)


class Ticks:
    """Calls each job now and then; what is due is for the job to find out from the database."""

    def __init__(
        self,
        *,
        remind: Callable[[], object],
        copy: Callable[[], object],
        wake: Callable[[], object],
    ) -> None:
        """`remind` looks for reminders and digests, `copy` fills Sent, `wake` looks at the outbox."""
        # One worker: no two of these jobs at once. No misfire limit: a late tick is still a tick.
        self._scheduler = BackgroundScheduler(
            timezone=UTC,
            executors={"default": ThreadPoolExecutor(1)},
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )
        self._scheduler.add_job(_guarded(wake), "interval", seconds=2, id="outbox")
        self._scheduler.add_job(_guarded(remind), "interval", seconds=20, id="reminders")
        self._scheduler.add_job(_guarded(copy), "interval", seconds=30, id="sent-copies")

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
        except Exception as problem:  # noqa: BLE001 - a failed tick is logged; the next one tries again
            _log.error("a tick failed (%s): %s", type(problem).__name__, problem)

    return run
