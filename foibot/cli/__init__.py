"""The operator's verbs; the only package that prints."""

from __future__ import annotations

import errno
import sys
from typing import Annotated

import typer

from foibot import __version__
from foibot.cli import hub, law, leaving, letters, linting, moving, record, watching, working
from foibot.cli.shared import ConfigFile, fail
from foibot.errors import AdministratorMustFix, FoibotError, OfficerMustReword, TryAgainLater

app = typer.Typer(
    name="foibot",
    help="Works a public authority's Freedom of Information mailbox.",
    epilog="Begin with `foibot demo`. Then `foibot init DIR`, edit config.toml, `foibot check`, `foibot run`.",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for verbs in (
    working.app,
    record.app,
    leaving.app,
    watching.app,
    law.app,
    letters.app,
    linting.app,
    moving.app,
    hub.app,
):
    app.add_typer(verbs)


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
        fail(problem, 1)
    except (AdministratorMustFix, OfficerMustReword) as problem:
        fail(problem, 2)
    except FoibotError as problem:
        fail(problem, 1)
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    except BrokenPipeError:
        # The reader of our output has gone, as `| head` does.
        sys.stderr.close()
        raise SystemExit(0) from None
    except OSError as problem:
        if problem.errno in {errno.ENOSPC, errno.EDQUOT}:
            fail(TryAgainLater("The disk is full: make room on it and try again."), 1)
        # A file or folder that somebody named. Anything else is a fault of ours and shows itself.
        if problem.filename is None:
            raise
        fail(AdministratorMustFix(f"{problem.filename} cannot be used: {problem.strerror}"), 2)
