"""The verb about letters written anywhere: lint."""

# ruff: noqa: PLC0415 - what only some verbs need is loaded by those, so that `--help` is quick

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from foibot.cli.shared import AsJson, ConfigFile, print_json

if TYPE_CHECKING:
    from foibot.letters.linting.letter_type import LetterType

app = typer.Typer()


@app.command()
def lint(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="A letter: text, .eml, .docx or PDF.", exists=True, dir_okay=False
        ),
    ],
    kind: Annotated[
        str,
        typer.Option(
            "--kind",
            help="What the letter is: ncnd, refusal, cost ...; a wrong name lists them all.",
        ),
    ] = "",
    config: ConfigFile = None,
    as_json: AsJson = False,
) -> None:
    """Check a letter, by whomever it was written, against the rules of law."""
    from foibot.gateway.letter_files import read_letter
    from foibot.letters.lint import Severity
    from foibot.letters.lint import lint as check
    from foibot.reports.lint import lint_json, lint_lines

    wanted = _kind(kind) if kind else None
    report = check(read_letter(file), wanted)
    if as_json:
        print_json(lint_json(report))
    else:
        typer.echo("\n".join(lint_lines(report)))
    if any(one.severity is Severity.ERROR for one in report.findings):
        raise SystemExit(1)


def _kind(name: str) -> LetterType:
    from foibot.letters.linting.letter_type import LetterType, letter_type

    found = letter_type(name)
    if found is None:
        known = ", ".join(each.value for each in LetterType if each is not LetterType.UNKNOWN)
        raise typer.BadParameter(f"“{name}” is no kind of letter; say one of: {known}")
    return found
