"""The verbs that read and keep the record: cases, case, verify, rebuild, backup, export, migrate."""

# ruff: noqa: PLC0415 - what only some verbs need is loaded by those, so that `--help` is quick

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from foibot.cli.shared import (
    AsJson,
    ConfigFile,
    fail,
    load_config,
    opened_store,
    print_json,
    print_table,
)
from foibot.errors import AdministratorMustFix, OfficerMustReword

app = typer.Typer()
_WITH_IT = "Whoever may read it adds --restricted"
Restricted = Annotated[
    bool,
    typer.Option("--restricted", help="Show restricted cases too; for those who may read them."),
]


@app.command()
def cases(
    context: typer.Context,
    config: ConfigFile = None,
    overdue: Annotated[
        bool, typer.Option("--overdue", help="Only those whose last day is over.")
    ] = False,
    restricted: Restricted = False,
    as_json: AsJson = False,
) -> None:
    """List what is open, the most urgent first."""
    from foibot.case.case import State
    from foibot.case.need_to_know import is_restricted
    from foibot.gateway.system_clock import SystemClock
    from foibot.law import REGIMES
    from foibot.law.dates import london_date
    from foibot.reports.case_file import bare_row, case_row
    from foibot.reports.tables import cases_table

    today = london_date(SystemClock().now())
    with opened_store(context, config) as store, store.view() as tx:
        found = tx.cases.unfinished(today if overdue else None)
        if overdue:  # the day of a case that waits is the requester's (law rule T-45)
            found = [case for case in found if case.state is not State.WAITING]
        laws = {law.key: law for law in tx.holidays.each_known_to(REGIMES)}
    if as_json:
        print_json(
            [
                (bare_row if is_restricted(case) and not restricted else case_row)(
                    case, laws[case.regime]
                )
                for case in found
            ]
        )
    elif not found:
        typer.echo("No case is overdue." if overdue else "No case is open.")
    else:
        print_table(cases_table(found, laws, today, restricted=restricted))


@app.command()
def case(
    context: typer.Context,
    reference: Annotated[
        str, typer.Argument(metavar="REF", help="The case's reference, as 004078/20.")
    ],
    config: ConfigFile = None,
    restricted: Restricted = False,
    as_json: AsJson = False,
) -> None:
    """Tell one case: its events, its clock, its letters."""
    from foibot.case.need_to_know import is_restricted
    from foibot.law import regime
    from foibot.reports.case_file import bare_case, case_json, case_lines

    with opened_store(context, config) as store, store.view() as tx:
        found = tx.cases.find(reference)
        history = tx.ledger.of_case(reference)
        law = tx.holidays.known_to(regime(found.regime)) if found else regime("foia")
    if found is None:
        fail(
            OfficerMustReword(f"there is no case {reference}; `foibot cases` lists the open ones"),
            2,
        )
    if is_restricted(found) and not restricted:
        if as_json:
            print_json(bare_case(found, law))
        else:
            typer.echo(f"Case {reference}: restricted to named people. {_WITH_IT}")
    elif as_json:
        print_json(case_json(found, history, law))
    else:
        typer.echo("\n".join(case_lines(found, history, law)))


@app.command()
def migrate(context: typer.Context, config: ConfigFile = None) -> None:
    """Bring the database to the schema of this version. Make a backup first."""
    from foibot.store import database
    from foibot.store.belonging import require_own
    from foibot.store.migrate import migrate as run_steps
    from foibot.store.ownership import own_the_office
    from foibot.wiring import office_of

    loaded = load_config(context, config)
    with database.opened(loaded.database.url) as engine:
        require_own(engine, office_of(loaded))
        with own_the_office(engine):  # one on another machine is easily forgotten
            before, after = run_steps(engine)
    typer.echo(
        f"The database is at revision {after}{f' (was {before})' if before != after else ' already'}."
    )


@app.command()
def verify(context: typer.Context, config: ConfigFile = None) -> None:
    """Check the hash chain, every stored mail and letter, and every case against its events."""
    from rich.console import Console

    from foibot.desk.verify import verify as verify_record

    with opened_store(context, config) as store, Console(stderr=True).status("Checking the record"):
        problems = list(verify_record(store))
    for problem in problems:
        typer.echo(f"WRONG  {problem}")
    if problems:
        raise SystemExit(1)
    typer.echo(
        "The record holds: the chain is whole, and every mail, letter and case agrees with it."
    )


@app.command()
def rebuild(context: typer.Context, config: ConfigFile = None) -> None:
    """Write every case's row again from its events, and say how many differed."""
    with opened_store(context, config) as store, store.transaction() as tx:
        changed = tx.cases.rebuild(tx.ledger)
    typer.echo(f"{changed} case rows differed from their events and were written again.")


@app.command()
def backup(
    context: typer.Context,
    to: Annotated[Path, typer.Argument(metavar="FILE", help="A file that does not exist yet.")],
    config: ConfigFile = None,
) -> None:
    """Make a consistent copy of the database while foibot works.

    Of a PostgreSQL database with pg_dump (its custom format, for pg_restore), which has to be installed here.
    """
    from foibot.store import database
    from foibot.store.backup import back_up

    with database.opened(load_config(context, config).database.url) as engine:
        size = back_up(engine, to)
    typer.echo(f"Wrote {to} ({size:,} bytes).")


@app.command()
def export(
    context: typer.Context,
    reference: Annotated[str, typer.Argument(metavar="REF", help="The case's reference.")],
    to: Annotated[
        Path | None,
        typer.Option("--to", help="The file to write (if not given: case-REF.zip here)."),
    ] = None,
    config: ConfigFile = None,
    restricted: Restricted = False,
) -> None:
    """Write one case as a zip: its story, chain, mails and letters, with their digests."""
    import zipfile

    from foibot.case.need_to_know import is_restricted
    from foibot.desk.bundle import bundle

    with opened_store(context, config) as store:
        with store.view() as tx:
            found = tx.cases.find(reference)
        if found is not None and is_restricted(found) and not restricted:
            fail(
                OfficerMustReword(f"case {reference} is restricted to named people. {_WITH_IT}"), 2
            )
        files = bundle(store, reference)
    if not files:
        fail(
            OfficerMustReword(f"there is no case {reference}; `foibot cases` lists the open ones"),
            2,
        )
    target = to or Path(f"case-{reference.replace('/', '-')}.zip")
    if target.exists():
        fail(AdministratorMustFix(f"{target} exists already; nothing was written"), 2)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    typer.echo(f"Wrote {target}: {len(files)} files.")
