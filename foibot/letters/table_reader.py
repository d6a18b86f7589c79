"""Reads one TOML table of the template folder, gathering every problem instead of stopping at the first; no I/O."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from foibot.letters.problem import Problem
from foibot.letters.source import NotToml, TemplateSource


class TableReader:
    """Reads one TOML table, gathering every problem instead of stopping at the first."""

    def __init__(
        self, source: TemplateSource, path: str, table: Mapping[str, object], after: int = 0
    ) -> None:
        """Read `table`, which stands in the file `path` past the line `after`."""
        self._source = source
        self._after = after
        self._path = path
        self._table = table
        self.problems: list[Problem] = []

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys there are, in their order."""
        return tuple(self._table)

    def note(self, key: str, what: str, fix: str) -> None:
        """Remember a problem at the line of `key`."""
        line = self._source.line_of(self._path, key, self._after)
        self.problems.append(Problem(self._path, line, what, fix))

    def only(self, known: tuple[str, ...]) -> None:
        """Complain about keys that mean nothing here: a misspelt key must not be ignored."""
        for key, value in self._table.items():
            if key not in known:
                at = f"[{key}" if isinstance(value, dict) else key
                self.note(at, f"unknown key '{key}'", f"Use one of: {', '.join(known)}")

    def text(self, key: str) -> str:
        """Read a text that has to be there."""
        value = self._table.get(key)
        if isinstance(value, str) and value.strip():
            return value
        self.note(key, f"'{key}' is missing or not text", f'Add: {key} = "..."')
        return ""

    def optional_text(self, key: str) -> str:
        """Read a text that may be empty or left out."""
        value = self._table.get(key, "")
        if isinstance(value, str):
            return value
        self.note(key, f"'{key}' is not text", f'Write: {key} = "..."')
        return ""

    def texts(self, key: str) -> tuple[str, ...]:
        """Read a list of texts, which may be empty or left out."""
        value = self._table.get(key, [])
        if isinstance(value, list) and all(isinstance(each, str) for each in value):
            return tuple(value)
        self.note(key, f"'{key}' is not a list of texts", f'Write: {key} = ["...", "..."]')
        return ()

    def known_texts(self, key: str, known: Collection[str]) -> tuple[str, ...]:
        """Read a list of texts of which each has to be `known`; the others are left out."""
        singular = key.removesuffix("s")
        texts = self.texts(key)
        for each in texts:
            if each not in known:
                fix = f"Use one or more of: {', '.join(sorted(known))}"
                self.note(key, f"unknown {singular} '{each}'", fix)
        return tuple(each for each in texts if each in known)

    def table(self, key: str) -> TableReader:
        """Give a reader of the table at `key`, which may be left out; its problems are its own."""
        value = self._table.get(key, {})
        if isinstance(value, dict):
            after = self._source.line_of(self._path, f"[{key}", self._after) if value else 0
            return TableReader(self._source, self._path, value, after)
        self.note(key, f"'{key}' is not a table", f"Begin it with a line of its own: [{key}]")
        return TableReader(self._source, self._path, {}, self._after)

    def flag(self, key: str) -> bool:
        """Read true or false; left out is false."""
        value = self._table.get(key, False)
        if isinstance(value, bool):
            return value
        self.note(key, f"'{key}' is neither true nor false", f"Write: {key} = true")
        return False

    def tables(self, key: str) -> tuple[Mapping[str, object], ...]:
        """Read a list of tables (`[[slots]]`), which may be left out."""
        value = self._table.get(key, [])
        if isinstance(value, list) and all(isinstance(each, dict) for each in value):
            return tuple(value)
        self.note(f"[{key}", f"'{key}' is not a list of tables", f"Begin each with [[{key}]]")
        return ()


def read_table(source: TemplateSource, path: str) -> TableReader | Problem:
    """Give a reader of the table at `path`, or the problem that there is none."""
    match source.tables.get(path):
        case None:
            return Problem(path, 1, "the file is missing", "Copy it from the shipped templates")
        case NotToml(line, why):
            return Problem(path, line, f"this is not TOML: {why}", "Correct the line")
        case table:
            return TableReader(source, path, table)
