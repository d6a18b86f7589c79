"""The verb about letters written anywhere: lint."""

# ruff: noqa: PLC0415 - what only some verbs need is loaded by those, so that `--help` is quick

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from foibot.cli.shared import AsJson, ConfigFile, config_path, is_configured, print_json

if TYPE_CHECKING:
    from foibot.letters.linting.letter_type import LetterType
    from foibot.letters.threat_level import ThreatLevel

app = typer.Typer()


@app.command()
def lint(
    context: typer.Context,
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
    from foibot.gateway.system_clock import SystemClock
    from foibot.law.dates import london_date
    from foibot.letters.lint import Severity
    from foibot.letters.lint import lint as check
    from foibot.reports.lint import lint_json, lint_lines

    wanted = _kind(kind) if kind else None
    letter = read_letter(file)
    stated = _threat_level(context, config, letter.text)
    today = london_date(SystemClock().now())
    report = check(letter, wanted, threat_level=stated, today=today)
    if as_json:
        print_json(lint_json(report))
    else:
        typer.echo("\n".join(lint_lines(report)))
    if any(one.severity is Severity.ERROR for one in report.findings):
        raise SystemExit(1)


def _threat_level(context: typer.Context, config: Path | None, text: str) -> ThreatLevel:
    """How the configuration words the threat level. A wrong file is only told of if it was named."""
    from foibot.letters.threat_level import NO_THREAT_LEVEL, ThreatLevel

    if "threat" not in text.casefold() or not is_configured(context, config):
        return NO_THREAT_LEVEL
    from foibot.config import ConfigurationIsWrong, threat_level

    try:
        stated = threat_level(config_path(context, config))
    except ConfigurationIsWrong:
        if is_configured(context, config, by_name=True):
            raise
        return NO_THREAT_LEVEL
    return ThreatLevel(stated.wording, stated.checked) if stated.checked else NO_THREAT_LEVEL


def _kind(name: str) -> LetterType:
    from foibot.letters.linting.letter_type import LetterType, letter_type

    found = letter_type(name)
    if found is None:
        known = ", ".join(each.value for each in LetterType if each is not LetterType.UNKNOWN)
        raise typer.BadParameter(f"“{name}” is no kind of letter; say one of: {known}")
    return found
