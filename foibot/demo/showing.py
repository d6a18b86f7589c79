"""Shows the demo to whoever started it, chapter by chapter, and says what is left in the folder."""

from __future__ import annotations

import logging
import shutil
import textwrap
import time
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from foibot.config import Config, load, sample
from foibot.demo.embedded import embedded
from foibot.demo.story import StepFailed, tell
from foibot.errors import FoibotError
from foibot.gateway.system_clock import SystemClock

_OURS = (
    "mails",
    "servers",
    "letter.pdf",
    "case.json",
    "config.toml",
    "foibot.db",
    "foibot.db-wal",
    "foibot.db-shm",
    "foibot.db.lock",
)


def show(folder: Path, console: Console, *, stay: bool) -> int:
    """Play the demo in a folder; 0 if every step happened, else 1."""
    folder = folder.absolute()
    began = time.monotonic()
    for noisy in ("pymap", "mail.log", "asyncio"):
        logging.getLogger(noisy).setLevel(logging.CRITICAL)
    config = _prepare(folder)
    console.print("[bold]foibot demo[/]: one request, from the mailbox to the approved letter.")
    console.print("A made-up police force, on this machine alone; the clock is moved.\n")
    steps = 0
    try:
        for chapter in tell(config, folder):
            steps += 1
            _say(console, f"{steps}. {chapter.title}", style="bold")
            _say(console, f"   {chapter.when}", style="dim")
            for line in chapter.seen:
                _say(console, f"   {line}")
    except (StepFailed, FoibotError) as problem:
        console.print(f"\n[bold red]This step did not happen:[/] {escape(str(problem))}")
        return 1
    console.print(f"\nAll {steps} steps happened, in {time.monotonic() - began:.1f} seconds.")
    _what_is_left(folder, console)
    if stay:
        _stay(config, folder, console)
    return 0


def _say(console: Console, line: str, style: str = "") -> None:
    """A line of a step; what does not fit goes on under its words, not under its number."""
    wrapped = textwrap.fill(line, console.width, subsequent_indent="   ")
    console.print(wrapped, style=style, markup=False, highlight=False)


def _prepare(folder: Path) -> Config:
    """An empty folder of our own, with the shipped configuration; whatever else is in it is kept."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in _OURS:
        old = folder / name
        if old.is_dir():
            shutil.rmtree(old)
        else:
            old.unlink(missing_ok=True)
    file = folder / "config.toml"
    file.write_text(sample(), "utf-8")
    return load(file, {})


def _what_is_left(folder: Path, console: Console) -> None:
    console.print(f"\nLeft in {folder}:")
    console.print("  mails/       every mail in its order; open them with your mail program")
    console.print("  letter.pdf   the letter as the requester has it")
    console.print("  case.json    the case with its chained events")
    console.print("  foibot.db    the office's record, as SQLite")


def _stay(config: Config, folder: Path, console: Console) -> None:
    with embedded(config, SystemClock().now, folder=folder / "servers") as office:
        console.print(
            f"\nThe mail servers stay up: IMAP {office.servers.imap_port}, SMTP {office.servers.smtp_port} "
            f"on this machine. Accounts and passwords: {office.accounts_file}. Ctrl-C ends them."
        )
        try:
            while True:
                time.sleep(3600)
        except KeyboardInterrupt:
            console.print("Ended.")
