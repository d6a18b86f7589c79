"""A connection on which SQLite is asked straight what it was asked before, past SQLAlchemy, which takes longer than SQLite."""

from __future__ import annotations

import re
import sqlite3
from collections import namedtuple
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, cast
from weakref import WeakKeyDictionary

from sqlalchemy import BindParameter, Connection, Dialect, Engine
from sqlalchemy.exc import DBAPIError

Process = Callable[[Any], Any]
Keys = tuple[str, ...]

_LIST = re.compile(r"__\[POSTCOMPILE_\w+\]")
"""Where SQLAlchemy puts as many question marks as there are values."""


def connect(engine: Engine) -> Connection:
    """A connection as `engine.connect` gives it; a straight one on SQLite, unless somebody listens to what is asked."""
    listened_to: bool = engine._has_events
    return engine.connect() if engine.dialect.name != "sqlite" or listened_to else Straight(engine)


class Straight(Connection):
    """What was asked once before, by the very same statement, goes to SQLite as SQLAlchemy has put it.

    The values go through SQLAlchemy's types in both directions. What is built anew each time goes the
    usual way.
    """

    def __init__(self, engine: Engine) -> None:
        """A connection of this engine's pool."""
        super().__init__(engine)
        self._sqlite = cast(sqlite3.Connection, self.connection.dbapi_connection)

    def execute(
        self, statement: Any, parameters: Any = None, *, execution_options: Any = None
    ) -> Any:
        """As on any connection."""
        question = None if execution_options else _question(statement, parameters, self.dialect)
        if question is not None:
            try:
                text, values = question.put(parameters)
            except Exception:  # noqa: BLE001 - SQLAlchemy says what is wrong with them
                return super().execute(statement, parameters)
            return Told(self._ask(text, values), question)
        return super().execute(statement, parameters, execution_options=execution_options)

    def say(self, words: str) -> None:
        """Begin or end a transaction."""
        if not self.in_transaction():
            self.begin()  # SQLAlchemy's own, of which SQLite hears nothing: what goes the usual way is in it
        self._ask(words, ())

    def _ask(self, text: str, values: Sequence[Any]) -> sqlite3.Cursor:
        try:
            if isinstance(values, list):
                return self._sqlite.executemany(text, values)
            return self._sqlite.execute(text, values)
        except sqlite3.Error as problem:
            # Without the values: they are people's words.
            wrapped = DBAPIError.instance(text, None, problem, sqlite3.Error, dialect=self.dialect)
            raise wrapped from problem


def say(connection: Connection, words: str) -> None:
    """Begin or end a transaction."""
    if isinstance(connection, Straight):
        connection.say(words)
    else:
        connection.exec_driver_sql(words)


class Told:
    """What SQLite answered, with as much of a result of SQLAlchemy's as the store asks of one."""

    def __init__(self, cursor: sqlite3.Cursor, question: Question) -> None:
        """Nothing is read yet."""
        self._cursor = cursor
        self._question = question

    @property
    def rowcount(self) -> int:
        """How many rows were changed."""
        return self._cursor.rowcount

    def __iter__(self) -> Iterator[Any]:
        """The rows, read as they are wanted."""
        return map(self._question.row, self._cursor)

    def __enter__(self) -> Told:
        """For a while."""
        return self

    def __exit__(self, *_: object) -> None:
        """What was not read of it is let go."""
        self._cursor.close()

    def yield_per(self, many: int) -> Told:
        """The same; rows are never read before they are wanted."""
        return self

    def all(self) -> list[Any]:
        """Every row."""
        return [*map(self._question.row, self._cursor.fetchall())]

    def scalars(self) -> Values:
        """The first value of each row."""
        return Values(self._cursor, self._question)

    def first(self) -> Any:
        """The first row, or None."""
        found = self._cursor.fetchone()
        self._cursor.close()
        return None if found is None else self._question.row(found)

    def one(self) -> Any:
        """The only row."""
        (only,) = self.all()
        return only

    def scalar(self) -> Any:
        """The first value of the first row, or None."""
        found = self.first()
        return None if found is None else found[0]

    def scalar_one(self) -> Any:
        """The first value of the only row."""
        return self.one()[0]


class Values:
    """The first value of each row of an answer."""

    def __init__(self, cursor: sqlite3.Cursor, question: Question) -> None:
        """Nothing is read yet."""
        self._cursor = cursor
        self._question = question

    def __iter__(self) -> Iterator[Any]:
        """Each, read as it is wanted."""
        return map(self._question.value, self._cursor)

    def all(self) -> list[Any]:
        """All of them."""
        return [*map(self._question.value, self._cursor.fetchall())]


@dataclass(frozen=True, slots=True)
class _Place:
    """What stands in one place of a question: the name under which it is given, or what is always the same there.

    `is_list` where as many values stand as are given.
    """

    key: str | None
    constant: Any
    process: Process | None
    is_list: bool


class Question:
    """A statement as SQLite is asked it, with what its values and its answers go through."""

    def __init__(self, statement: Any, keys: Keys, dialect: Dialect) -> None:
        """For parameters of these names."""
        compiled = statement.compile(dialect=dialect, column_keys=[*keys])
        binds = [compiled.binds[name] for name in compiled.positiontup]
        self._pieces = _LIST.split(compiled.string)
        self._places = [_place(bind, keys, dialect) for bind in binds]
        as_many = sum(one.is_list for one in self._places) == len(self._pieces) - 1
        missing = any(bind.required and bind.key not in keys for bind in binds)
        other = "POSTCOMPILE" in "".join(self._pieces)
        self.is_known = as_many and not missing and not other
        self.row = _reader(statement.exported_columns, dialect)
        self.value = _first(statement.exported_columns, dialect)

    def put(self, parameters: Any) -> tuple[str, Sequence[Any]]:
        """As it is asked with these: with a list of rows of values where several rows are given.

        Raises some exception for values that do not fit.
        """
        if isinstance(parameters, list) and len(parameters) > 1:
            (text,) = self._pieces
            return text, [self._values(one) for one in parameters]
        given = parameters[0] if isinstance(parameters, list) else parameters
        if len(self._pieces) == 1:
            return self._pieces[0], self._values(given)
        return self._with_lists(given)

    def _values(self, given: Mapping[str, Any]) -> tuple[Any, ...]:
        return tuple(
            [
                one.constant
                if one.key is None
                else one.process(given[one.key])
                if one.process
                else given[one.key]
                for one in self._places
            ]
        )

    def _with_lists(self, given: Mapping[str, Any]) -> tuple[str, tuple[Any, ...]]:
        text, values = [self._pieces[0]], []
        pieces = iter(self._pieces[1:])
        for one in self._places:
            if not one.is_list:
                value = one.constant if one.key is None else given[one.key]
                values.append(one.process(value) if one.process and one.key else value)
                continue
            some = [*given[one.key or ""]]
            if not some:
                raise ValueError("SQLAlchemy knows how to ask for nothing")
            values += map(one.process, some) if one.process else some
            text += [", ".join("?" * len(some)), next(pieces)]
        return "".join(text), tuple(values)


def _place(bind: BindParameter[Any], keys: Keys, dialect: Dialect) -> _Place:
    process = bind.type.dialect_impl(dialect).bind_processor(dialect)
    if bind.key in keys:
        return _Place(bind.key, None, process, bind.expanding)
    constant = bind.effective_value
    return _Place(None, process(constant) if process else constant, None, bind.expanding)


def _reader(columns: Iterable[Any], dialect: Dialect) -> Callable[[Sequence[Any]], Any]:
    """What makes a row of an answer, with the names of its columns."""
    each = [*columns]
    make: Callable[[Sequence[Any]], Any]
    make = namedtuple("Row", [one.key for one in each], rename=True)._make  # type: ignore[attr-defined]
    found = (one.type.dialect_impl(dialect).result_processor(dialect, None) for one in each)
    processes = [(at, process) for at, process in enumerate(found) if process]
    if not processes:
        return make

    def row(values: Sequence[Any]) -> Any:
        read = [*values]
        for at, process in processes:
            read[at] = process(read[at])
        return make(read)

    return row


def _first(columns: Iterable[Any], dialect: Dialect) -> Callable[[Sequence[Any]], Any]:
    """What makes the first value of an answer's row, without the row."""
    types = (one.type.dialect_impl(dialect) for one in columns)
    process = next((one.result_processor(dialect, None) for one in types), None)
    return (lambda values: process(values[0])) if process else itemgetter(0)


_Known = dict[Keys, Question | None]
_asked: WeakKeyDictionary[Any, _Known] = WeakKeyDictionary()


def _question(statement: Any, parameters: Any, dialect: Dialect) -> Question | None:
    """The question, if the very same statement was asked before with parameters of these names."""
    first = parameters[0] if isinstance(parameters, list) and parameters else parameters
    keys: Keys = tuple(first) if first else ()
    known = _asked.get(statement)
    if known is None:
        _asked[statement] = {}
        return None
    if keys not in known:
        question = Question(statement, keys, dialect)
        known[keys] = question if question.is_known else None
    return known[keys]
