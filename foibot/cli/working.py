"""The verbs of an office at work: demo, init, check, run, replay."""

# ruff: noqa: PLC0415 - what only some verbs need is loaded by those, so that `--help` is quick

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from foibot.cli.shared import (
    AsJson,
    ConfigFile,
    NoConfigNeeded,
    config_path,
    fail,
    load_config,
    log_to_stderr,
    opened_service,
    print_json,
    print_table,
    reachable,
)
from foibot.errors import AdministratorMustFix

if TYPE_CHECKING:
    from foibot.reports.tables import Replayed

app = typer.Typer()
_MANY = 20  # mails of which a summary says more than a line for each


@app.command()
def demo(
    directory: Annotated[
        Path, typer.Option("--dir", help="Where mails, letter and database are left.")
    ] = Path("foibot-demo"),
    stay: Annotated[
        bool, typer.Option("--stay", help="Keep the servers up for a mail client.")
    ] = False,
    config: NoConfigNeeded = None,
) -> None:
    """Show a whole office at work on this machine, from a request to its approved letter."""
    from rich.console import Console

    from foibot.demo.showing import show

    raise SystemExit(show(directory, Console(highlight=False), stay=stay))


@app.command()
def init(
    directory: Annotated[
        Path, typer.Argument(help="A new folder, or one without a config.toml.", file_okay=False)
    ],
    config: NoConfigNeeded = None,
) -> None:
    """Write a commented config.toml and a copy of the templates, to edit."""
    from foibot.config import sample
    from foibot.gateway.template_files import copy_shipped

    target = directory / "config.toml"
    if target.exists():
        fail(AdministratorMustFix(f"{target} exists already; nothing was written"), 2)
    directory.mkdir(parents=True, exist_ok=True)
    copy_shipped(directory / "templates")
    target.write_text(sample(), "utf-8")
    typer.echo(f"Wrote {target} and {directory / 'templates'}.")
    typer.echo(f"Edit them, then run: foibot check --config {target}")


@app.command()
def check(
    context: typer.Context,
    config: ConfigFile = None,
    connect: Annotated[
        bool, typer.Option("--connect", help="Connect to the mail servers too.")
    ] = False,
    mail_itself: Annotated[
        bool,
        typer.Option(
            "--mail-itself",
            help="Connect, send two mails to the mailbox itself and look what comes back.",
        ),
    ] = False,
) -> None:
    """Report every problem of configuration, templates, holidays, officers and database."""
    from foibot.checks import check_all, check_what_can_be_read
    from foibot.config import ConfigurationIsWrong, read_as_far_as_right

    place = config_path(context, config)
    reading = read_as_far_as_right(place, os.environ)
    if reading.problems:
        typer.echo(f"foibot: {ConfigurationIsWrong(str(place), reading.problems)}", err=True)
        found = check_what_can_be_read(reading, connect=connect or mail_itself)
    elif connect or mail_itself:
        with reachable(reading.config) as connected:
            found = check_all(connected, connect=True, mail=mail_itself)
    else:
        found = check_all(reading.config, connect=False)
    for problem in found.problems:
        typer.echo(f"WRONG    {problem}")
    for trouble in found.troubles:
        typer.echo(f"TROUBLE  {trouble}")
    for hint in found.hints:
        typer.echo(f"look at  {hint}")
    for passed in found.passed:
        typer.echo(f"ok       {passed}")
    raise SystemExit(2 if reading.problems else found.exit_code)


@app.command()
def run(
    context: typer.Context,
    config: ConfigFile = None,
    once: Annotated[
        bool, typer.Option("--once", help="Drain mailbox, orders, reminders and outbox, then end.")
    ] = False,
    stand_by: Annotated[
        bool,
        typer.Option(
            "--stand-by",
            help="On SQLite, where one works an office: wait for its end to take over.",
        ),
    ] = False,
) -> None:
    """Work the mailbox: until stopped, or once."""
    from foibot.gateway.one_heap import share_one_heap

    share_one_heap()
    log_to_stderr()
    loaded = load_config(context, config, mail_servers=True)
    # Of several workers one reads the mailbox, and whoever stands by may do so for days. Embedded servers are near.
    at_once = not (stand_by or loaded.mailbox.embedded) and loaded.database.one_process
    with opened_service(loaded, at_once=at_once) as service:
        if once:
            drained = service.once()
            typer.echo(f"{drained.messages} messages settled, {drained.mails} mails sent.")
            if drained.waiting:
                typer.echo(f"Something waits: {drained.waiting}", err=True)
                raise SystemExit(1)
            return
        from foibot.running import Running

        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: service.stop())
        try:
            Running(service).run(stand_by=stand_by)
        finally:
            # Or Python looks through a million objects twice before it lets the process go.
            gc.freeze()


@app.command()
def replay(
    context: typer.Context,
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE...", help="Mails as .eml files, or folders of them.", exists=True
        ),
    ],
    config: ConfigFile = None,
    as_json: AsJson = False,
) -> None:
    """Show what foibot would make of these mails, touching nothing."""
    from rich.console import Console
    from rich.progress import track

    from foibot.checks import mails_in, replay_files
    from foibot.reports.tables import replay_summary, replay_table

    loaded = load_config(context, config)
    mails = mails_in(files)
    if not mails:
        named = ", ".join(map(str, files))
        fail(AdministratorMustFix(f"there is no .eml file in {named}. Name mails, or a folder with some"), 2)  # fmt: skip
    done = list(
        track(
            replay_files(loaded, mails),
            total=len(mails),
            description="Reading mails",
            console=Console(stderr=True),
            disable=len(mails) < _MANY,
        )
    )
    if as_json:
        print_json([one.as_json() for one in done])
    elif len(done) < _MANY:
        print_table(replay_table(done))
    else:
        print_table(replay_summary(done))
        print_table(replay_table(one for one in done if one.triage.disposition == "quarantine"))
        _print_effort(done)


def _print_effort(done: Sequence[Replayed]) -> None:
    """The processor time of the slowest mail, and the most memory that was ever needed."""
    import resource
    import sys

    slowest = max(done, key=lambda one: one.seconds)
    # Kilobytes on Linux, bytes on a Mac.
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (
        1e6 if sys.platform == "darwin" else 1e3
    )
    typer.echo(
        f"{sum(one.seconds for one in done):.1f} s of processor time for {len(done)} mails; the slowest took "
        f"{slowest.seconds:.2f} s: {slowest.file}. At most {most:.0f} MB of memory."
    )
