"""The child process that reads the words of one PDF: bytes in, JSON out; it imports nothing of foibot.

A process of its own, since PDF is a language in which a stranger can ask for any amount of work.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any, Final

UNREADABLE = 3

SECONDS: Final = 40
_MEMORY: Final = 2_000_000_000
_MOST_PAGES: Final = 150
_MOST_CHARACTERS: Final = 1_000_000
_PAGE_NUMBER: Final = re.compile(r"^\s{0,9}\d{1,3}\s{0,9}$|\bPage \d{1,3}(?: of \d{1,3})?\s{0,9}$")
_COMMENTS: Final = frozenset(
    {"/Text", "/FreeText", "/Highlight", "/StrikeOut", "/Underline", "/Caret"}
)
_KEYS: Final = (("author", "/Author"), ("title", "/Title"), ("company", "/Company"))


def main() -> int:
    """Read the PDF on standard input; 0, or UNREADABLE for any reason."""
    _limit()
    try:
        sys.stdout.write(json.dumps(_read(sys.stdin.buffer.read())))
    except Exception:  # noqa: BLE001 - any failure of the parser means the same to the parent
        return UNREADABLE
    return 0


def _limit() -> None:
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def _read(raw: bytes) -> dict[str, object]:
    from pypdf import PdfReader  # noqa: PLC0415 - after the limits are set

    reader = PdfReader(BytesIO(raw), strict=False)
    pages = reader.pages[:_MOST_PAGES]
    text = "\n".join(_words_on(page) for page in pages)[:_MOST_CHARACTERS]
    information: Mapping[str, object] = reader.metadata or {}
    named = [(key, str(information.get(name) or "").strip()[:300]) for key, name in _KEYS]
    residue = dict.fromkeys(left for page in pages for left in _left_on(page))
    return {
        "text": text,
        "properties": [(key, value) for key, value in named if value],
        "residue": list(residue),
    }


def _words_on(page: Any) -> str:
    # The number of the page would cut the sentence that runs over it in two.
    lines = page.extract_text().splitlines()
    return "\n".join(line for line in lines if not _PAGE_NUMBER.search(line[:120]))


def _left_on(page: Any) -> Iterator[str]:
    for reference in page.get("/Annots") or ():
        annotation = reference.get_object()
        if annotation.get("/Subtype") in _COMMENTS:
            yield "a comment"
        action = annotation.get("/A")
        target = action.get_object().get("/URI") if action else None
        if target is not None and str(target).strip() in {"", "#", "about:blank"}:
            yield "an empty link"


if __name__ == "__main__":
    raise SystemExit(main())
