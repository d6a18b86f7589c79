"""The verb for monitoring: health."""

# ruff: noqa: PLC0415 - what only some verbs need is loaded by those, so that `--help` is quick

from __future__ import annotations

from typing import Annotated

import typer

from foibot.cli.shared import AsJson, ConfigFile, load_config, print_json

app = typer.Typer()


@app.command()
def health(
    context: typer.Context,
    config: ConfigFile = None,
    as_json: AsJson = False,
    metrics: Annotated[
        bool, typer.Option("--metrics", help="Print figures as Prometheus reads them.")
    ] = False,
) -> None:
    """Say whether somebody has to act: mailbox, mail waiting, letters stuck, disk. Exit 1 if so."""
    from foibot.desk.vitals import vitals
    from foibot.gateway.system_clock import SystemClock
    from foibot.reports.health import as_metrics, as_text, signs
    from foibot.store.database import free_bytes
    from foibot.wiring import open_store

    loaded = load_config(context, config)
    engine, store = open_store(loaded)
    try:
        seen = vitals(store, loaded.mailbox.poll_seconds, SystemClock().now(), free_bytes(engine))
    finally:
        store.close()
    found = signs(seen)
    if metrics:
        typer.echo(as_metrics(seen), nl=False)
    elif as_json:
        well = all(sign.well for sign in found)
        print_json({"well": well, "signs": [{"name": one.name, "well": one.well, "words": one.words} for one in found]})  # fmt: skip
    else:
        typer.echo(as_text(seen), nl=False)
    if not all(sign.well for sign in found):
        raise SystemExit(1)
