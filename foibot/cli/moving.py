"""The verbs for the record as a whole: store copy, which moves it, and store claim, which says whose it is."""

# ruff: noqa: PLC0415 - what only some verbs need is loaded by those, so that `--help` is quick

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from foibot.cli.shared import ConfigFile, NoConfigNeeded, config_of_group, load_config
from foibot.errors import AdministratorMustFix

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine

app = typer.Typer()
store_app = typer.Typer(
    help="The record itself: move it to another database, or say whose it is.", no_args_is_help=True
)
store_app.callback()(config_of_group)
app.add_typer(store_app, name="store")


@store_app.command("copy")
def store_copy(
    source: Annotated[
        str,
        typer.Argument(metavar="FROM", help="The database as it is now, as sqlite:///foibot.db."),
    ],
    target: Annotated[
        str,
        typer.Argument(
            metavar="TO", help="An empty one, as postgresql+psycopg://foibot@db/foibot."
        ),
    ],
    config: NoConfigNeeded = None,
) -> None:
    """Copy the whole record into an empty database, and prove that it is the same. Stop foibot first."""
    from foibot.desk.verify import verify
    from foibot.store.copy import copy
    from foibot.store.transaction import Store

    with _opened("FROM", source) as old, _opened("TO", target) as new:
        counts = copy(old, new)
        problems = list(verify(Store(new)))
    for problem in problems:
        typer.echo(f"WRONG  {problem}")
    if problems:
        raise SystemExit(1)
    for name, many in counts.items():
        typer.echo(f"{many:>9}  {name}")
    typer.echo(
        "The copy holds: as many rows on both sides, the chain is whole, and every mail, letter and case agrees with it.\n"
        "Next: write the new address as database.url into config.toml, then foibot check, then foibot run.\n"
        "Keep the old database until you are sure; nothing reads it any more."
    )


@store_app.command("claim")
def store_claim(
    context: typer.Context,
    formerly: Annotated[
        str,
        typer.Argument(
            metavar="ADDRESS", help="The mailbox that the record was kept for, as foi@old.example."
        ),
    ],
    config: ConfigFile = None,
) -> None:
    """Say that the office of this record has a new mailbox address or a new name. Stop foibot first."""
    from foibot.gateway.system_clock import SystemClock
    from foibot.store import database
    from foibot.store.belonging import hand_over
    from foibot.store.ownership import own_the_office
    from foibot.store.transaction import Store
    from foibot.wiring import office_of

    loaded = load_config(context, config)
    office = office_of(loaded)
    with database.opened(loaded.database.url) as engine:
        store = Store(engine)
        with own_the_office(engine):
            was = hand_over(store, office, formerly, SystemClock().now())
    if was == office:
        typer.echo(f"The record is kept for {office} already; nothing was changed.")
        return
    before = f"it was kept for {was}" if was else "nobody had written down whose it was"
    typer.echo(f"The record is kept for {office} now; {before}.")


@contextmanager
def _opened(name: str, url: str) -> Iterator[Engine]:
    from sqlalchemy.exc import ArgumentError, NoSuchModuleError

    from foibot.store import database

    with ExitStack() as until_done:
        try:
            engine = until_done.enter_context(database.opened(url))
        except (ArgumentError, NoSuchModuleError, ModuleNotFoundError):
            # Not the address itself: it may hold a password.
            raise AdministratorMustFix(
                f"{name} is not the address of a database that foibot can use; write "
                "sqlite:///foibot.db or postgresql+psycopg://user@host/foibot"
            ) from None
        yield engine
