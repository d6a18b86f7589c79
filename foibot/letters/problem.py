"""What is wrong with a template, where, and how to put it right; no I/O."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault in one template: `file` by its path in the template folder, `line` counted from 1."""

    file: str
    line: int
    what: str
    fix: str

    def __str__(self) -> str:
        """Give "letters/ncnd/body.md:12: unknown name 'requster'. Use one of: ..."."""
        return f"{self.file}:{self.line}: {self.what}. {self.fix}"
