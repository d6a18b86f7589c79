"""Hundreds of real kills at every named point, in CI with dice of a printed seed (mail rules 3.8)."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from tests.desk.kill_harness import OF_A_LETTER, POINTS

ROOT = Path(__file__).parent.parent.parent
KILLS = 150


def test_killed_hundreds_of_times_the_office_loses_nothing_and_doubles_nothing() -> None:
    """A failure prints its seed: `python -m tests.desk.kill_harness --seed N --kills 150` shows it again."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.desk.kill_harness", "--kills", str(KILLS)],
        cwd=ROOT, capture_output=True, text=True, timeout=900,
    )  # fmt: skip
    sys.stdout.write(done.stdout)
    assert done.returncode == 0, done.stdout + done.stderr
    figures = {
        name: int(figure) for name, figure in re.findall(r"(?m)^(\w.*?) {2,}(\d+)$", done.stdout)
    }
    assert figures["kills"] == KILLS
    assert (figures["lost"], figures["doubled"]) == (0, 0)
    assert figures["requests"] > KILLS
    # An acknowledgement is repeated once; whoever is hit twice on the way is an officer's to write to.
    never = figures["of those never taken by the server"]
    assert figures["acknowledged"] + never == figures["requests"]
    assert never <= figures["acknowledgements in doubt, officers told"] <= KILLS // 10
    assert (
        figures["letters approved"]
        == figures["letters sent"] + figures["letters left in doubt"]
        > 0
    )
    died_at = set(re.findall(r"(?m)^  killed (.*?) +[1-9]\d*$", done.stdout))
    assert set(OF_A_LETTER) <= died_at, "copies are made seldom, and are aimed at"
    assert len(died_at) > len(POINTS) * 5 / 6
