"""Reads the text of a PDF that a stranger made, in a child process with limits on time and memory."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_CHILD: Final = Path(__file__).with_name("pdf_words.py")
_LONGEST: Final = 60.0


class NotAPdf(Exception):
    """The bytes are no PDF that can be read within the limits; the message says why."""


@dataclass(frozen=True, slots=True)
class Pdf:
    """The text with its line breaks; named properties; what was left in, each sort once."""

    text: str
    properties: tuple[tuple[str, str], ...]
    residue: tuple[str, ...]


def read_pdf(raw: bytes, *, longest: float = _LONGEST) -> Pdf:
    """Read a PDF within `longest` seconds. Raises `NotAPdf` and nothing else."""
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module; the file goes in as data
            [sys.executable, "-P", str(_CHILD)],
            input=raw,
            capture_output=True,
            timeout=longest,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise NotAPdf("it takes too long to read") from late
    if done.returncode:
        raise NotAPdf("it is damaged, protected by a password, or asks for too much work")
    answer = json.loads(done.stdout)
    properties = tuple((key, value) for key, value in answer["properties"])
    return Pdf(answer["text"], properties, tuple(answer["residue"]))
