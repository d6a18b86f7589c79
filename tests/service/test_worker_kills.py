"""Two workers on one PostgreSQL, the one with the mailbox killed under load; fifty times by hand (deploy/stand-by.md)."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from tests.real_servers import needs

ROOT = Path(__file__).parents[2]
KILLS = 3


def test_whoever_reads_the_mailbox_may_be_killed_and_nothing_is_lost_or_doubled() -> None:
    """A failure prints its seed, with which `python -m tests.service.worker_kills --seed N` throws the same dice."""
    needs("dovecot", "dovecot-imapd")
    done = subprocess.run(
        [sys.executable, "-m", "tests.service.worker_kills", "--kills", str(KILLS)],
        cwd=ROOT, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    sys.stdout.write(done.stdout)
    assert done.returncode == 0, done.stdout + done.stderr
    figures = dict(re.findall(r"(?m)^(\w.*?) {2,}(\S+)$", done.stdout))
    assert (figures["lost"], figures["letters doubled"]) == ("0", "0")
    assert int(figures["cases"]) >= 3 * KILLS
    assert int(figures["taken over by the other one"]) > 0
    letters = int(figures["letters sent"]) + int(figures["letters left in doubt"])
    assert letters > 0
