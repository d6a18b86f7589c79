"""The families of errors, named for what should happen next; imports nothing of foibot.

The docstring of an error is its default message, so that there always is one a person can act on.
"""

from __future__ import annotations

import inspect
import traceback
from pathlib import Path


class FoibotError(Exception):
    """Something went wrong in foibot."""

    def __init__(self, message: str = "") -> None:
        """`message` replaces the class's own sentence; it never holds a person's data."""
        super().__init__(message or inspect.cleandoc(type(self).__doc__ or ""))


class AdministratorMustFix(FoibotError):
    """The administrator has to change something before foibot can work."""


class OfficerMustReword(FoibotError):
    """The officer's order cannot be carried out as written."""


class TryAgainLater(FoibotError):
    """A server did not answer as it should; foibot tries again by itself."""


class Bug(FoibotError):
    """foibot contradicts itself; please report what happened."""


def place_of(problem: BaseException) -> str:
    """Where an exception was raised, as module and line: what a bug report needs, and no person's words."""
    frames = traceback.extract_tb(problem.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "an unknown place"
