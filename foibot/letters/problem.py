"""What is wrong with a template, where, and how to put it right; no I/O."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault in one template: `file` as the administrator knows it, `line` counted from 1."""

    file: str
    line: int
    what: str
    fix: str

    def __str__(self) -> str:
        """`templates/letters/ncnd/body.md:12: unknown name 'requster': use ...`."""
        return f"{self.file}:{self.line}: {self.what}. {self.fix}"
