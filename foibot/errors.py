"""The families of errors, named for what should happen next; imports nothing.

The docstring of an error is its default message, so that there always is one a person can act on.
"""

from __future__ import annotations

import inspect


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
