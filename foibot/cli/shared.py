"""What the verbs share: the configuration option, how things are printed, how the office is opened."""

# ruff: noqa: PLC0415 - what only some verbs need is loaded by those, so that `--help` is quick

from __future__ import annotations

import gc
import json
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from foibot.errors import FoibotError

if TYPE_CHECKING:
    from foibot.config import Config
    from foibot.reports.tables import Table
    from foibot.service import Service
    from foibot.store.transaction import Store

ConfigFile = Annotated[
    Path | None,
    typer.Option(
        "--config",
        help="The configuration (if not given: config.toml here, or $FOIBOT_CONFIG).",
        show_default=False,
    ),
]
NoConfigNeeded = Annotated[
    Path | None,
    typer.Option("--config", help="Not needed here; every command takes it.", show_default=False),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]


def config_of_group(context: typer.Context, config: ConfigFile = None) -> None:
    """Takes `--config` between the name of a group of verbs and the verb, as in `outbox --config FILE list`."""
    context.obj = config or context.obj


def fail(problem: FoibotError, code: int) -> NoReturn:
    """One plain message, and the exit code."""
    typer.echo(f"foibot: {problem}", err=True)
    raise SystemExit(code)


def config_path(context: typer.Context, given: Path | None) -> Path:
    """The configuration's place: named after the verb, before it, in the environment, or here."""
    chosen = given or context.obj or (context.parent.obj if context.parent else None)
    return Path(chosen or os.environ.get("FOIBOT_CONFIG") or "config.toml")


def is_configured(context: typer.Context, given: Path | None, *, by_name: bool = False) -> bool:
    """Whether a configuration was named or, unless it has to be named, lies here."""
    named = given or context.obj or (context.parent.obj if context.parent else None)
    if named or os.environ.get("FOIBOT_CONFIG"):
        return True
    return not by_name and config_path(context, given).exists()


def load_config(
    context: typer.Context, given: Path | None, *, mail_servers: bool = False
) -> Config:
    """The configuration named after the verb, before it, in the environment, or here.

    Only a verb that talks to the `mail_servers` needs their passwords.
    """
    with _loading():
        from foibot.config import load

    return load(config_path(context, given), os.environ, mail_servers=mail_servers)


@contextmanager
def _loading() -> Iterator[None]:
    """Nothing that is loaded is thrown away again: to look for it all the same takes a tenth of the start."""
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        gc.enable()


def print_json(document: Any) -> None:
    """One JSON document on standard output."""
    typer.echo(json.dumps(document, indent=2, ensure_ascii=False))


def print_table(table: Table) -> None:
    """A table as wide as the terminal allows."""
    from rich.console import Console
    from rich.table import Table as RichTable
    from rich.text import Text

    shown = RichTable(title=table.title, title_justify="left")
    for heading in table.headings:
        shown.add_column(heading, overflow="fold")
    for row in table.rows:
        # Text, not str: a stranger's square brackets must not become markup.
        shown.add_row(*(Text(cell) for cell in row))
    Console().print(shown)


def log_to_stderr() -> None:
    """Log lines for the operator, away from what the verb prints."""
    logging.basicConfig(
        level=logging.INFO,
        stream=sys.stderr,
        format="%(asctime)s %(levelname)s %(message)s",
        datefmt="%Y-%m-%dT%H:%M:%S%z",
    )
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    logging.getLogger("flufl.bounce").setLevel(logging.CRITICAL)  # it logs what a stranger wrote
    logging.getLogger("psycopg").setLevel(logging.ERROR)  # what went wrong is told by whoever asked
    logging.getLogger("pymap").setLevel(logging.ERROR)
    logging.getLogger("mail.log").setLevel(logging.ERROR)


@contextmanager
def reachable(config: Config) -> Iterator[Config]:
    """The configuration itself, or with the addresses of the embedded servers, which then run."""
    if not config.mailbox.embedded:
        yield config
        return
    from foibot.demo.embedded import embedded
    from foibot.gateway.system_clock import SystemClock

    with embedded(config, SystemClock().now) as office:
        typer.echo(
            f"Embedded mail servers on {office.servers.imap_port} (IMAP) and "
            f"{office.servers.smtp_port} (SMTP) of this machine; accounts in {office.accounts_file}.",
            err=True,
        )
        yield office.config


@contextmanager
def opened_service(config: Config, *, at_once: bool) -> Iterator[Service]:
    """The office, with the embedded servers behind it if the configuration wants them.

    One that begins to work `at_once` connects to its mailbox while the rest of it is loaded.
    """
    with reachable(config) as connected, ExitStack() as ending:
        with _loading():
            from foibot.connections import connections

            servers = connections(connected)
            ending.callback(servers.mailbox.close)
            if at_once:
                folder, lists = config.mailbox.folder, config.mailbox.finds_junk
                servers.mailbox.connect_ahead(folder, lists=lists)
            from foibot.service import Service

            service = Service(connected, servers=servers)
            ending.callback(service.close)
        yield service


@contextmanager
def opened_store(context: typer.Context, config: Path | None) -> Iterator[Store]:
    """The office's database."""
    with _loading():
        from foibot.wiring import open_store

    _, store = open_store(load_config(context, config))
    try:
        yield store
    finally:
        store.close()
