"""The verbs about what leaves: outbox, pause, resume."""

# ruff: noqa: PLC0415 - what only some verbs need is loaded by those, so that `--help` is quick

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from foibot.cli.shared import (
    AsJson,
    ConfigFile,
    config_of_group,
    load_config,
    opened_store,
    print_json,
    print_table,
)

if TYPE_CHECKING:
    from foibot.desk.settle_by_hand import ByHand

app = typer.Typer()
outbox_app = typer.Typer(
    help="What leaves: list it, hold it, release it, settle what is in doubt.", no_args_is_help=True
)
outbox_app.callback()(config_of_group)
app.add_typer(outbox_app, name="outbox")


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
    with opened_store(context, config) as store, store.view() as tx:
        rows = [
            OutboxRow(one.id, one.kind.value, one.case_ref, one.state.value, one.tries, one.answer)
            for one in tx.outbox.in_state(*states)
        ]
    if as_json:
        print_json(
            [{name: getattr(row, name) for name in OutboxRow.__dataclass_fields__} for row in rows]
        )
    else:
        print_table(outbox_table(rows))


def _number(written: str) -> int:
    if not written.isascii() or not written.isdigit():
        raise typer.BadParameter(f"{written} is no number; `foibot outbox list` shows each mail's")
    return int(written)


MailNumber = Annotated[
    int,
    typer.Argument(
        metavar="NUMBER", parser=_number, help="The mail's number in `foibot outbox list`."
    ),
]


@contextmanager
def _by_hand(context: typer.Context, config: Path | None) -> Iterator[ByHand]:
    from foibot.desk.settle_by_hand import ByHand
    from foibot.gateway.system_clock import SystemClock
    from foibot.wiring import build_office, open_store, usable_letterbook

    loaded = load_config(context, config)
    _, store = open_store(loaded)
    try:
        book = usable_letterbook(loaded, store)
        yield ByHand(build_office(loaded, SystemClock(), book, store), store)
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


def _set_pause(context: typer.Context, config: Path | None, *, paused: bool) -> None:
    from foibot.desk.pausing import by_hand
    from foibot.gateway.system_clock import SystemClock

    clock = SystemClock()
    with opened_store(context, config) as store, store.transaction() as tx:
        by_hand(tx, paused=paused, now=clock.now(), nonce=clock.secret())


@app.command()
def pause(context: typer.Context, config: ConfigFile = None) -> None:
    """Stop everything from leaving, at once; mail is still taken in."""
    _set_pause(context, config, paused=True)
    typer.echo(
        "Paused: nothing leaves until `foibot resume`. Mail is still taken in; the law's clock still runs."
    )


@app.command()
def resume(context: typer.Context, config: ConfigFile = None) -> None:
    """Let mail leave again after a pause."""
    _set_pause(context, config, paused=False)
    typer.echo("Resumed: waiting mail leaves within seconds of the service running.")
