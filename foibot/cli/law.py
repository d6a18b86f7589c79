"""The verbs about the law: due, holidays."""

# ruff: noqa: PLC0415 - what only some verbs need is loaded by those, so that `--help` is quick

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from foibot.cli.shared import (
    AsJson,
    ConfigFile,
    config_of_group,
    fail,
    is_configured,
    load_config,
    opened_store,
    print_json,
    print_table,
)
from foibot.errors import AdministratorMustFix

if TYPE_CHECKING:
    from foibot.config import Config
    from foibot.law.clocks import LastDay
    from foibot.law.regime import Proclaimed, Regime

app = typer.Typer()
holidays_app = typer.Typer(
    help="The bank holidays that are not counted: list them, or import what GOV.UK publishes.",
    no_args_is_help=True,
)
holidays_app.callback()(config_of_group)
app.add_typer(holidays_app, name="holidays")

_UNUSABLE = "The config.toml here cannot be used (`foibot check` says why): imported bank holidays are not counted."
_LARGEST_FILE = 5_000_000
_MOST_TOLD = 50


@app.command()
def due(
    context: typer.Context,
    received: Annotated[
        str,
        typer.Argument(
            metavar="DATE", help="The date of receipt, or of the clock's start, as 2020-12-08."
        ),
    ],
    regime_key: Annotated[str, typer.Option("--regime", help="foia, eir, foisa or eisr.")] = "foia",
    days: Annotated[
        int | None,
        typer.Option("--days", min=1, max=5000, help="Count this many working days instead."),
    ] = None,
    clock: Annotated[
        str,
        typer.Option(
            "--clock",
            help="answer, extension, review, fee, appeal ...; a wrong name lists them all.",
        ),
    ] = "",
    explain: Annotated[
        bool, typer.Option("--explain", help="Show every day, counted or why not.")
    ] = False,
    config: ConfigFile = None,
    as_json: AsJson = False,
) -> None:
    """Show the last lawful day for a request, with every date that is not counted."""
    from foibot.law import regime
    from foibot.law.known_holidays import with_holidays
    from foibot.reports import due as report

    if days and clock:
        raise typer.BadParameter("say either --days or --clock")
    here = _configured_here(context, config)
    law = with_holidays(regime(regime_key), _imported(context, config, here))
    counted = _counted(law, _day(received), days, clock, here.reminders.lapse_months if here else 0)
    plain = counted.working if not days and not clock else None
    if as_json:
        document = report.due_json(plain) if plain else report.last_day_json(counted, law)
        print_json(document | ({"days": report.days_json(counted)} if explain else {}))
        return
    lines = report.due_lines(plain, law) if plain else report.last_day_lines(counted, law)
    typer.echo("\n".join([*lines, *(report.explained(counted) if explain else [])]))


def _counted(law: Regime, start: date, days: int | None, clock: str, lapse_months: int) -> LastDay:
    from foibot.law.clocks import days_after, last_day_of, limit_of
    from foibot.law.regime import Duty

    if days:
        return days_after(law, start, days)
    limit = limit_of(clock or "answer", law, start)
    if limit.duty is Duty.CLARIFY and lapse_months:
        # No law settles it, so that what the office here has chosen counts (T-47).
        limit = replace(limit, number=lapse_months)
    return last_day_of(law, limit, start)


def _configured_here(context: typer.Context, config: Path | None) -> Config | None:
    """The office that is configured here, if any is and can be used; the law needs no office."""
    if not is_configured(context, config):
        return None
    try:
        return load_config(context, config)
    except AdministratorMustFix:
        if is_configured(context, config, by_name=True):
            raise
        typer.echo(_UNUSABLE, err=True)
        return None


def _imported(
    context: typer.Context, config: Path | None, here: Config | None
) -> tuple[Proclaimed, ...]:
    """The bank holidays that this office has imported."""
    if here is None:
        return ()
    from foibot.store.quick_look import imported_days

    try:
        return imported_days(here.database.url)
    except AdministratorMustFix:
        if is_configured(context, config, by_name=True):
            raise
        typer.echo(_UNUSABLE, err=True)
        return ()


def _day(text: str) -> date:
    for form in ("%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%d/%m/%Y"):
        try:
            return datetime.strptime(text.strip(), form).date()  # noqa: DTZ007 - a date has no zone
        except ValueError:
            continue
    raise typer.BadParameter(f"“{text}” is not a date; write it as 2020-12-08", param_hint="DATE")


@holidays_app.command("list")
def holidays_list(
    context: typer.Context,
    year: Annotated[
        int | None, typer.Option("--year", min=2005, max=2099, help="This year alone.")
    ] = None,
    config: ConfigFile = None,
    as_json: AsJson = False,
) -> None:
    """List every bank holiday that is known: the day, its name, who keeps it, and where it is known from."""
    from foibot.law import regime
    from foibot.law.working_days import horizon
    from foibot.reports.holidays import holiday_rows, holidays_json, holidays_table

    law, sources = regime("foia"), {}
    if is_configured(context, config):
        with opened_store(context, config) as store, store.view() as tx:
            sources = {
                one.day: f"{one.source}, imported {one.at:%Y-%m-%d}" for one in tx.holidays.all()
            }
            law = tx.holidays.known_to(law)
    rows = holiday_rows(law, sources, [year] if year else range(2005, horizon(law).year + 1))
    if as_json:
        print_json(holidays_json(rows))
    else:
        print_table(holidays_table(rows))


@holidays_app.command("import")
def holidays_import(
    context: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="A file in the format of https://www.gov.uk/bank-holidays.json.",
            exists=True,
            dir_okay=False,
        ),
    ],
    config: ConfigFile = None,
) -> None:
    """Put the holidays of a file in the place of those known for its years."""
    from foibot.gateway.system_clock import SystemClock
    from foibot.law import regime
    from foibot.law.holiday_file import HolidayFile, read_holiday_file
    from foibot.law.known_holidays import moved_days
    from foibot.reports.holidays import after_import, import_lines

    raw = _bounded(file)
    found = read_holiday_file(raw.decode("utf-8-sig", "replace"))
    if not isinstance(found, HolidayFile):
        for one in found[:_MOST_TOLD]:
            typer.echo(f"WRONG  {one.where} {one.what}. {one.fix}.", err=True)
        if len(found) > _MOST_TOLD:
            typer.echo(f"WRONG  {len(found) - _MOST_TOLD} more of this kind.", err=True)
        fail(AdministratorMustFix(f"nothing of {file.name} was imported"), 2)
    source = f"{file.name} (sha256 {hashlib.sha256(raw).hexdigest()[:12]})"
    with opened_store(context, config) as store, store.transaction() as tx:
        before = tx.holidays.known_to(regime("foia"))
        tx.holidays.replace_years(found.days, source, SystemClock().now())
        after = tx.holidays.known_to(regime("foia"))
    years = sorted(found.years)
    typer.echo(
        f"Imported {len(found.days)} holidays of {years[0]} to {years[-1]} from {file.name}."
    )
    typer.echo("\n".join(import_lines(moved_days(before, after, years))))
    typer.echo("\n".join(after_import(found, after)))
    typer.echo("A service that is running takes them up by itself within minutes.")


def _bounded(file: Path) -> bytes:
    """The content of a file, of which no more is read than a list of holidays can be long."""
    try:
        # What is no plain file (a pipe, a device) might never end.
        if not file.is_file():
            fail(AdministratorMustFix(f"{file.name} is not a file"), 2)
        with file.open("rb") as opened:
            raw = opened.read(_LARGEST_FILE + 1)
    except OSError as problem:
        reason = (problem.strerror or type(problem).__name__).lower()
        fail(AdministratorMustFix(f"{file.name} cannot be read: {reason}"), 2)
    if len(raw) > _LARGEST_FILE:
        fail(AdministratorMustFix(f"{file.name} is too large to be a list of holidays"), 2)
    return raw
