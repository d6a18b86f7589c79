"""Children of a hub: each kept running by itself, and ended together."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import pytest

from foibot.gateway import children
from foibot.gateway.children import Work, keep_running, run_each


@pytest.fixture(autouse=True)
def any_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """A child runs the Python that its words are."""
    python = property(lambda work: [sys.executable, "-c", *work.words])
    monkeypatch.setattr(Work, "command", python)
    monkeypatch.setattr(children, "_LOOK", 0.01)


def test_one_after_the_other_and_the_worst_exit_code_counts(
    capfd: pytest.CaptureFixture[str],
) -> None:
    said: list[str] = []
    works = [
        Work("one", ("print('first')",), {}),
        Work("two", ("raise SystemExit(3)",), {}),
        Work("three", ("import os; print(os.environ.get('SECRET'))",), {"SECRET": "own"}),
    ]
    assert run_each(works, said.append) == 3
    assert said == ["== one", "== two", "== three"]
    assert capfd.readouterr().out.split() == ["first", "own"]


def test_one_that_ends_is_started_again_and_the_other_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(children, "_LONGEST_PAUSE", 0.01)
    said: list[str] = []
    stop = threading.Event()
    lives = "import signal; print('lives', flush=True); signal.pause()"
    dies = "import sys; print('dies', file=sys.stderr); raise SystemExit(7)"

    def say(line: str) -> None:
        said.append(line)
        if said.count("b: dies") >= 3 and "a: lives" in said:
            stop.set()

    keep_running([Work("a", (lives,), {}), Work("b", (dies,), {})], stop, say)
    assert said.count("a: lives") == 1
    assert "b: ended with exit code 7; started again in 0 s" in said


def test_one_that_does_not_end_is_ended_by_force(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(children, "_GRACE", 0.3)
    stop = threading.Event()
    stays = (
        "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True)\n"
        "while True: signal.pause()"
    )
    said: list[str] = []

    def say(line: str) -> None:
        said.append(line)
        stop.set()

    keep_running([Work("a", (stays,), {})], stop, say)
    assert said == ["a: up"]


def test_the_pause_grows_to_a_minute_and_begins_anew_after_steady_work() -> None:
    assert [min(children._LONGEST_PAUSE, 2.0**tries) for tries in (0, 1, 5, 6, 60)] == [
        1,
        2,
        32,
        60,
        60,
    ]


def test_a_child_is_the_same_foibot(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert Work("a", ("--config", "a.toml", "run"), {}).command == [
        sys.executable,
        *("-m", "foibot", "--config", "a.toml", "run"),
    ]
