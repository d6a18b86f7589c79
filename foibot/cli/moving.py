"""The verb that moves the record to another database: store copy."""

# ruff: noqa: PLC0415 - what only some verbs need is loaded by those, so that `--help` is quick

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from foibot.cli.shared import NoConfigNeeded, config_of_group
from foibot.errors import AdministratorMustFix

if TYPE_CHECKING:
    from sqlalchemy import Engine

app = typer.Typer()
store_app = typer.Typer(
    help="The record itself: move it to another database.", no_args_is_help=True
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

    old, new = _opened("FROM", source), _opened("TO", target)
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


def _opened(name: str, url: str) -> Engine:
    from sqlalchemy.exc import ArgumentError, NoSuchModuleError

    from foibot.store.database import open_engine

    try:
        return open_engine(url)
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError):
        # Not the address itself: it may hold a password.
        raise AdministratorMustFix(
            f"{name} is not the address of a database that foibot can use; write "
            "sqlite:///foibot.db or postgresql+psycopg://user@host/foibot"
        ) from None
