"""`foibot hub` does a verb once for each office, and names the office."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from foibot.config import sample


def hub(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "foibot", "hub", *words],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_office_does_the_verb_and_the_worst_end_counts(tmp_path: Path) -> None:
    for name in ("exampleshire", "sampleton"):
        (tmp_path / name).mkdir()
        text = sample().replace("exampleshire.example", f"{name}.example")
        (tmp_path / name / "config.toml").write_text(text)
    (tmp_path / "offices.toml").write_text(
        '[[office]]\nname = "exampleshire"\nconfig = "exampleshire/config.toml"\n'
        '[[office]]\nname = "sampleton"\nconfig = "sampleton/config.toml"\n'
    )
    done = hub(tmp_path, "cases")
    assert done.returncode == 0
    shown = "== exampleshire\nNo case is open.\n== sampleton\nNo case is open.\n"
    assert done.stdout == shown
    done = hub(tmp_path, "case", "000001/20")
    assert done.returncode == 2
    assert done.stdout == "== exampleshire\n== sampleton\n"
    assert done.stderr.count("000001/20") == 2


def test_without_a_list_of_offices_it_says_where_to_read_about_it(tmp_path: Path) -> None:
    done = hub(tmp_path, "run")
    assert done.returncode == 2
    assert "there is no such file. Write one: deploy/many-offices.md shows how" in done.stderr
