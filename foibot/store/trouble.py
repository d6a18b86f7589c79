"""Says in plain words why a database did not do its work, for whoever looks after it."""

from __future__ import annotations

from sqlalchemy.exc import DatabaseError, DBAPIError, InternalError, OperationalError

_FULL = "the disk that the database is on is full: make room on it"
_READ_ONLY = "the database may only be read: let the user foibot runs as write to it and its folder"
_DAMAGED = (
    "the database file is damaged, or is no SQLite database: stop foibot and read the last backup "
    "back, as deploy/backup.md says"
)
_DISK = "the disk could not be read or written: look at the disk and its log"
_LOCKED = "another process has kept the database locked for too long: look which, with `fuser FILE`"

_OF_SQLITE = {
    "SQLITE_FULL": _FULL,
    "SQLITE_READONLY": _READ_ONLY,
    "SQLITE_BUSY": _LOCKED,
    "SQLITE_LOCKED": _LOCKED,
    "SQLITE_CANTOPEN": "the database file or its folder cannot be opened: check database.url, and "
    "whether the user foibot runs as may read and write there",
    "SQLITE_IOERR": _DISK,
    "SQLITE_CORRUPT": _DAMAGED,
    "SQLITE_NOTADB": _DAMAGED,
}
_OF_POSTGRES = {
    "53100": "the disk of the database server is full: make room on it",
    "53300": "the database server has no connection left: raise its max_connections",
    "25006": "the database server takes no changes (it is a standby, or set to read only)",
    "57P": "the database server is shutting down or has ended the connection",
    "28": "the database server refused the login: check the user in database.url, and PGPASSWORD",
    "3D000": "the database server has no database of that name: make it with `createdb`",
    "55P03": _LOCKED,
    "40": "two processes stood in each other's way",
}


def is_trouble(problem: DBAPIError) -> bool:
    """Whether the database or its disk is at fault, and not what was asked of it."""
    of_ours = type(problem) is DatabaseError and _known(problem) != ""
    return isinstance(problem, OperationalError) or of_ours or _is_read_only(problem)


def _is_read_only(problem: DBAPIError) -> bool:
    return isinstance(problem, InternalError) and _code(problem) == "25006"


def why(problem: DBAPIError) -> str:
    """What is wrong and what helps, without a class name where it is known."""
    return _known(problem) or f"the database could not do its work ({type(problem.orig).__name__})"


def why_sqlite(name: str) -> str:
    """The same for SQLite's own name of an error, such as SQLITE_FULL; "" if it is not known."""
    return next((words for kind, words in _OF_SQLITE.items() if name.startswith(kind)), "")


def _code(problem: DBAPIError) -> str:
    return str(getattr(problem.orig, "sqlstate", None) or "")


def _known(problem: DBAPIError) -> str:
    name = str(getattr(problem.orig, "sqlite_errorname", ""))
    if name:
        return why_sqlite(name)
    code = _code(problem)
    if code:
        return next((words for kind, words in _OF_POSTGRES.items() if code.startswith(kind)), "")
    if isinstance(problem, OperationalError):
        return "the database server does not answer: check database.url, and whether it is running"
    return ""
