"""The verb for a machine that works several offices: any other verb, once for each of them."""

# ruff: noqa: PLC0415 - what only some verbs need is loaded by those, so that `--help` is quick

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer()


@app.command(
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
)
def hub(
    context: typer.Context,
    verb: Annotated[str, typer.Argument(help="What each office is to do, such as run or check.")],
    offices: Annotated[
        Path, typer.Option("--offices", help="The file that lists the offices.")
    ] = Path("offices.toml"),
) -> None:
    """Do VERB for every office of a machine that works several; `run` keeps one process for each."""
    from foibot.config.offices import load_offices
    from foibot.gateway.children import Work, keep_running, run_each

    words = (verb, *context.args)
    works = [
        Work(one.name, ("--config", str(one.config), *words), one.environ)
        for one in load_offices(offices, os.environ)
    ]
    if verb != "run" or "--once" in context.args:
        raise SystemExit(run_each(works, lambda line: typer.echo(line)))
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    keep_running(works, stop, lambda line: typer.echo(line, err=True))
