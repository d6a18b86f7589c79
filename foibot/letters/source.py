"""The template folder as values: every text by its path, every TOML table already read; no I/O.

The tables arrive read because reading TOML belongs to the edge (`gateway/template_files.py`);
the texts of the same files stay here so that a problem can name its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

_WORDS: Final = (".md", ".txt", ".toml")
_PAGE: Final = re.compile(r"https?://[^\s<>()\[\]{}\"'`|]{1,2000}")


@dataclass(frozen=True, slots=True)
class NotToml:
    """A `.toml` file that cannot be read, with the line and the reason."""

    line: int
    why: str


class TemplateSource(Mapping[str, str]):
    """Path ("letters/ncnd/body.md") to text, with `tables` for the paths that end in ".toml"."""

    def __init__(
        self, texts: Mapping[str, str], tables: Mapping[str, Mapping[str, object] | NotToml]
    ) -> None:
        """Keep copies, so that nothing changes under a compiled letter."""
        self._texts = dict(sorted(texts.items()))
        self.tables = MappingProxyType(dict(sorted(tables.items())))

    def __getitem__(self, path: str) -> str:
        """Give the text at `path`."""
        return self._texts[path]

    def __iter__(self) -> Iterator[str]:
        """Walk the paths in alphabetical order."""
        return iter(self._texts)

    def __len__(self) -> int:
        """Count the files."""
        return len(self._texts)

    def under(self, folder: str) -> TemplateSource:
        """Give what stands in one folder, by its path inside it."""
        start = f"{folder}/"
        return TemplateSource(
            {path.removeprefix(start): self[path] for path in self if path.startswith(start)},
            {
                path.removeprefix(start): table
                for path, table in self.tables.items()
                if path.startswith(start)
            },
        )

    def web_pages(self) -> tuple[str, ...]:
        """Give the web pages that the letters name, each once; those of notices are for colleagues."""
        texts = (
            text
            for path, text in self._texts.items()
            if path.endswith(_WORDS) and not path.startswith("notices/")
        )
        pages = (page.rstrip(".,;:") for text in texts for page in _PAGE.findall(text))
        return tuple(dict.fromkeys(pages))

    def has_line(self, path: str, line: str) -> bool:
        """Whether the file at `path` holds this line, upper and lower case alike."""
        lines = self._texts.get(path, "").splitlines()
        return line.casefold() in {each.strip().casefold() for each in lines}

    def line_of(self, path: str, start: str, after: int = 0) -> int:
        """Find the first line of `path` past line `after` that begins with `start`.

        Lines count from 1; without such a line the answer is the place to look from.
        """
        for number, line in enumerate(self._texts.get(path, "").splitlines(), start=1):
            if number > after and line.strip().startswith(start):
                return number
        return max(after, 1)
