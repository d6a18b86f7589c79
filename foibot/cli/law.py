"""The verbs about the law: due."""

# ruff: noqa: PLC0415 - what only some verbs need is loaded by those, so that `--help` is quick

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

import typer

from foibot.cli.shared import AsJson, print_json

app = typer.Typer()


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
        print_json(due_json(working))
    else:
        typer.echo("\n".join(due_lines(working, law)))


def _day(text: str) -> date:
    for form in ("%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%d/%m/%Y"):
        try:
            return datetime.strptime(text.strip(), form).date()  # noqa: DTZ007 - a date has no zone
        except ValueError:
            continue
    raise typer.BadParameter(f"“{text}” is not a date; write it as 2020-12-08", param_hint="DATE")
