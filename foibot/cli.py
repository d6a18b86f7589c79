"""The operator's verbs; the only module that prints."""

# ruff: noqa: PLC0415 - what only some verbs need is loaded by those, so that `--help` is quick

from __future__ import annotations

import json
import logging
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from foibot import __version__
from foibot.errors import AdministratorMustFix, FoibotError, OfficerMustReword, TryAgainLater

if TYPE_CHECKING:
    from foibot.config import Config
    from foibot.reports.tables import Table
    from foibot.service import Service

app = typer.Typer(
    name="foibot",
    help="Works a public authority's Freedom of Information mailbox.",
    epilog="Begin with `foibot demo`. Then `foibot init DIR`, edit config.toml, `foibot check`, `foibot run`.",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
outbox_app = typer.Typer(
    help="What leaves: list it, hold it, release it, settle what is in doubt.", no_args_is_help=True
)
app.add_typer(outbox_app, name="outbox")

ConfigFile = Annotated[
    Path | None,
    typer.Option(
        "--config",
        help="The configuration (if not given: config.toml here, or $FOIBOT_CONFIG).",
        show_default=False,
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]


def _print_version(wanted: bool) -> None:  # noqa: FBT001 - the form Typer calls
    if wanted:
        typer.echo(__version__)
        raise typer.Exit


Version = Annotated[
    bool,
    typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version."),
]


@app.callback()
def _everywhere(
    context: typer.Context, config: ConfigFile = None, version: Version = False
) -> None:
    context.obj = config


def main() -> None:
    """Run the command line; errors become one plain message and an exit code."""
    try:
        app()
    except TryAgainLater as problem:
        _fail(problem, 1)
    except (AdministratorMustFix, OfficerMustReword) as problem:
        _fail(problem, 2)
    except FoibotError as problem:
        _fail(problem, 1)
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    except BrokenPipeError:
        # The reader of our output has gone, as `| head` does.
        sys.stderr.close()
        raise SystemExit(0) from None


def _fail(problem: FoibotError, code: int) -> None:
    typer.echo(f"foibot: {problem}", err=True)
    raise SystemExit(code)


def _config_path(context: typer.Context, given: Path | None) -> Path:
    chosen = given or context.obj or (context.parent.obj if context.parent else None)
    return Path(chosen or os.environ.get("FOIBOT_CONFIG") or "config.toml")


def _load(context: typer.Context, given: Path | None) -> Config:
    from foibot.config import load

    return load(_config_path(context, given), os.environ)


def _print_json(document: Any) -> None:
    typer.echo(json.dumps(document, indent=2, ensure_ascii=False))


def _print_table(table: Table) -> None:
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


def _log_to_stderr() -> None:
    logging.basicConfig(
        level=logging.INFO,
        stream=sys.stderr,
        format="%(asctime)s %(levelname)s %(message)s",
        datefmt="%Y-%m-%dT%H:%M:%S%z",
    )
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    logging.getLogger("pymap").setLevel(logging.ERROR)
    logging.getLogger("mail.log").setLevel(logging.ERROR)


@contextmanager
def _reachable(config: Config) -> Iterator[Config]:
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
def _service(config: Config) -> Iterator[Service]:
    """The office, with the embedded servers behind it if the configuration wants them."""
    from foibot.service import Service

    with _reachable(config) as reachable:
        service = Service(reachable)
        try:
            yield service
        finally:
            service.close()


@app.command()
def demo(
    directory: Annotated[
        Path, typer.Option("--dir", help="Where mails, letter and database are left.")
    ] = Path("foibot-demo"),
    stay: Annotated[
        bool, typer.Option("--stay", help="Keep the servers up for a mail client.")
    ] = False,
) -> None:
    """Show a whole office at work on this machine, from a request to its approved letter."""
    from rich.console import Console

    from foibot.demo.showing import show

    raise SystemExit(show(directory, Console(highlight=False), stay=stay))


@app.command()
def init(directory: Annotated[Path, typer.Argument(help="A new or empty folder.")]) -> None:
    """Write a commented config.toml and a copy of the templates, to edit."""
    from foibot.config import sample
    from foibot.gateway.template_files import copy_shipped

    target = directory / "config.toml"
    if target.exists():
        _fail(AdministratorMustFix(f"{target} exists already; nothing was written"), 2)
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
) -> None:
    """Report every problem of configuration, templates, holidays, officers and database."""
    from foibot.checks import check_all

    loaded = _load(context, config)
    if connect:
        with _reachable(loaded) as reachable:
            found = check_all(reachable, connect=True)
    else:
        found = check_all(loaded, connect=False)
    for problem in found.problems:
        typer.echo(f"WRONG    {problem}")
    for trouble in found.troubles:
        typer.echo(f"TROUBLE  {trouble}")
    for hint in found.hints:
        typer.echo(f"look at  {hint}")
    for passed in found.passed:
        typer.echo(f"ok       {passed}")
    raise SystemExit(found.exit_code)


@app.command()
def run(
    context: typer.Context,
    config: ConfigFile = None,
    once: Annotated[
        bool, typer.Option("--once", help="Drain mailbox, orders, reminders and outbox, then end.")
    ] = False,
) -> None:
    """Work the mailbox: until stopped, or once."""
    _log_to_stderr()
    loaded = _load(context, config)
    with _service(loaded) as service:
        if once:
            drained = service.once()
            typer.echo(f"{drained.messages} messages settled, {drained.mails} mails sent.")
            if drained.waiting:
                typer.echo(f"Something waits: {drained.waiting}", err=True)
                raise SystemExit(1)
            return
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: service.stop())
        service.run()


@app.command()
def due(
    received: Annotated[
        str, typer.Argument(metavar="DATE", help="The date of receipt, as 2020-12-08.")
    ],
    regime_key: Annotated[str, typer.Option("--regime", help="foia, eir, foisa or eisr.")] = "foia",
    as_json: AsJson = False,
) -> None:
    """Show the last lawful day for a request, with every date that is not counted."""
    from foibot.law import regime
    from foibot.law.calendar import answer_by
    from foibot.reports.due import due_json, due_lines

    law = regime(regime_key)
    working = answer_by(law, _day(received))
    if as_json:
        _print_json(due_json(working))
    else:
        typer.echo("\n".join(due_lines(working, law)))


def _day(text: str) -> date:
    for form in ("%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%d/%m/%Y"):
        try:
            return datetime.strptime(text.strip(), form).date()  # noqa: DTZ007 - a date has no zone
        except ValueError:
            continue
    raise typer.BadParameter(f"“{text}” is not a date; write it as 2020-12-08", param_hint="DATE")


@app.command()
def cases(
    context: typer.Context,
    config: ConfigFile = None,
    overdue: Annotated[
        bool, typer.Option("--overdue", help="Only those whose last day is over.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """List what is open, the most urgent first."""
    from foibot.gateway.system_clock import SystemClock
    from foibot.law.dates import london_date
    from foibot.reports.case_file import case_row
    from foibot.reports.tables import cases_table

    today = london_date(SystemClock().now())
    with _store(context, config) as store, store.view() as tx:
        found = tx.cases.unfinished(today if overdue else None)
    if as_json:
        _print_json([case_row(case) for case in found])
    elif not found:
        typer.echo("No case is overdue." if overdue else "No case is open.")
    else:
        _print_table(cases_table(found, today))


@contextmanager
def _store(context: typer.Context, config: Path | None) -> Iterator[Any]:
    from foibot.service import open_store

    _, store = open_store(_load(context, config))
    try:
        yield store
    finally:
        store.close()


@app.command()
def case(
    context: typer.Context,
    reference: Annotated[
        str, typer.Argument(metavar="REF", help="The case's reference, as 004078/20.")
    ],
    config: ConfigFile = None,
    as_json: AsJson = False,
) -> None:
    """Tell one case: its events, its clock, its letters."""
    from foibot.law import regime
    from foibot.reports.case_file import case_json, case_lines

    with _store(context, config) as store, store.view() as tx:
        found = tx.cases.find(reference)
        history = tx.ledger.of_case(reference)
    if found is None:
        _fail(
            OfficerMustReword(f"there is no case {reference}; `foibot cases` lists the open ones"),
            2,
        )
        return
    law = regime(found.regime)
    if as_json:
        _print_json(case_json(found, history, law))
    else:
        typer.echo("\n".join(case_lines(found, history, law)))


@outbox_app.command("list")
def outbox_list(context: typer.Context, config: ConfigFile = None, as_json: AsJson = False) -> None:
    """List mail that has not left, or whose fate a person must settle."""
    from foibot.outbox.item import ItemState
    from foibot.reports.tables import OutboxRow, outbox_table

    states = (
        ItemState.APPROVED,
        ItemState.QUEUED,
        ItemState.SENDING,
        ItemState.HELD,
        ItemState.REFUSED,
        ItemState.UNCERTAIN,
    )
    with _store(context, config) as store, store.view() as tx:
        rows = [
            OutboxRow(one.id, one.kind.value, one.case_ref, one.state.value, one.tries, one.answer)
            for one in tx.outbox.in_state(*states)
        ]
    if as_json:
        _print_json(
            [{name: getattr(row, name) for name in OutboxRow.__dataclass_fields__} for row in rows]
        )
    else:
        _print_table(outbox_table(rows))


MailNumber = Annotated[
    int, typer.Argument(metavar="NUMBER", help="The mail's number in `foibot outbox list`.")
]


@contextmanager
def _by_hand(context: typer.Context, config: Path | None) -> Iterator[Any]:
    from foibot.desk.settle_by_hand import ByHand
    from foibot.gateway.system_clock import SystemClock
    from foibot.service import build_office, open_store, usable_letterbook

    loaded = _load(context, config)
    _, store = open_store(loaded)
    try:
        yield ByHand(build_office(loaded, SystemClock(), usable_letterbook(loaded)), store)
    finally:
        store.close()


@outbox_app.command()
def hold(context: typer.Context, number: MailNumber, config: ConfigFile = None) -> None:
    """Keep a mail from leaving until it is released."""
    with _by_hand(context, config) as hand:
        hand.hold(number)
    typer.echo(f"Mail {number} is held. It leaves only after: foibot outbox release {number}")


@outbox_app.command()
def release(context: typer.Context, number: MailNumber, config: ConfigFile = None) -> None:
    """Let a held mail go on; a letter still needs its approval."""
    with _by_hand(context, config) as hand:
        hand.release(number)
    typer.echo(f"Mail {number} is queued again.")


@outbox_app.command()
def resolve(
    context: typer.Context,
    number: MailNumber,
    sent: Annotated[bool, typer.Option("--sent", help="It arrived: count it as sent.")] = False,
    again: Annotated[bool, typer.Option("--again", help="Send it again, unchanged.")] = False,
    config: ConfigFile = None,
) -> None:
    """Settle a mail of which nobody knows whether it arrived, or that was refused."""
    if sent == again:
        raise typer.BadParameter("say either --sent or --again")
    with _by_hand(context, config) as hand:
        if sent:
            hand.it_arrived(number)
        else:
            hand.send_again(number)
    typer.echo(f"Mail {number} {'counts as sent' if sent else 'will be sent again'}.")


def _set_pause(context: typer.Context, config: Path | None, value: str) -> None:
    from foibot.gateway.system_clock import SystemClock

    with _store(context, config) as store, store.transaction() as tx:
        tx.switches.set("paused", value, SystemClock().now())


@app.command()
def pause(context: typer.Context, config: ConfigFile = None) -> None:
    """Stop everything from leaving, at once; mail is still taken in."""
    _set_pause(context, config, "yes")
    typer.echo(
        "Paused: nothing leaves until `foibot resume`. Mail is still taken in; the law's clock still runs."
    )


@app.command()
def resume(context: typer.Context, config: ConfigFile = None) -> None:
    """Let mail leave again after a pause."""
    _set_pause(context, config, "no")
    typer.echo("Resumed: waiting mail leaves within seconds of the service running.")


@app.command()
def replay(
    context: typer.Context,
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE...", help="Mails as .eml files.", exists=True, dir_okay=False),
    ],
    config: ConfigFile = None,
    as_json: AsJson = False,
) -> None:
    """Show what foibot would make of these mails, touching nothing."""
    from rich.console import Console
    from rich.progress import track

    from foibot.checks import replay_files
    from foibot.reports.tables import replay_table

    loaded = _load(context, config)
    done = list(
        track(
            replay_files(loaded, files),
            total=len(files),
            description="Reading mails",
            console=Console(stderr=True),
            disable=len(files) < 20,
        )
    )
    if as_json:
        _print_json([one.as_json() for one in done])
    else:
        _print_table(replay_table(done))


@app.command()
def migrate(context: typer.Context, config: ConfigFile = None) -> None:
    """Bring the database to the schema of this version. Make a backup first."""
    from foibot.store import database
    from foibot.store.migrate import migrate as run_steps

    before, after = run_steps(database.open_engine(_load(context, config).database.url))
    typer.echo(
        f"The database is at revision {after}{f' (was {before})' if before != after else ' already'}."
    )


@app.command()
def verify(context: typer.Context, config: ConfigFile = None) -> None:
    """Check the hash chain, every stored mail and letter, and every case against its events."""
    from rich.console import Console

    from foibot.desk.housekeeping import verify as verify_record

    with _store(context, config) as store, Console(stderr=True).status("Checking the record"):
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
    with _store(context, config) as store, store.transaction() as tx:
        changed = tx.cases.rebuild(tx.ledger)
    typer.echo(f"{changed} case rows differed from their events and were written again.")


@app.command()
def backup(
    context: typer.Context,
    to: Annotated[Path, typer.Argument(metavar="FILE", help="A file that does not exist yet.")],
    config: ConfigFile = None,
) -> None:
    """Make a consistent copy of the database while foibot works."""
    from foibot.service import open_store
    from foibot.store.backup import back_up

    engine, store = open_store(_load(context, config))
    size = back_up(engine, to)
    store.close()
    typer.echo(f"Wrote {to} ({size:,} bytes).")
