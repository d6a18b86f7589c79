"""The child process that sets letters with typst: JSON in, PDFs out, one after the other; it imports nothing of foibot.

A process of its own, since typst keeps pages that it set in memory, and a stranger decides how long the request is
that a letter quotes. It ends by itself when nobody wants anything of it for a while.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from select import select
from typing import Any, BinaryIO

import typst

LENGTH = 8
SET, FAILED = b"s", b"f"
IDLE = 30.0


def compiler(fonts: Path) -> typst.Compiler:
    """What sets letters. System fonts differ from machine to machine, and the bytes approved must be the bytes sent."""
    only_ours = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts)]
    )
    return typst.Compiler(root=str(fonts.parent), font_paths=only_ours)


def answer(job: dict[str, Any], setter: typst.Compiler) -> tuple[bytes, bytes]:
    """SET and the PDF, or FAILED and typst's words behind the line they are about."""
    try:
        made = setter.compile(
            job["letterhead"].encode(),
            format="pdf",
            sys_inputs=job["inputs"],
            pdf_standards=["ua-1"],
        )
    except typst.TypstError as error:
        return FAILED, f"{_line_of(error)}:{error.message}".encode()
    return SET, made if isinstance(made, bytes) else b"".join(made or [])


def _line_of(error: typst.TypstError) -> str:
    """The line of the letterhead that the first place it names is in; "" if it names none."""
    found = re.search(r"\.typ:(\d+):\d+", str(error.diagnostic))
    return found[1] if found else ""


def work(fonts: Path, jobs: BinaryIO, answers: BinaryIO) -> None:
    """Set each letter that comes, each on a line; what becomes of it goes out under a letter and its length."""
    setter = compiler(fonts)
    while select([jobs], [], [], IDLE)[0] and (line := jobs.readline()):
        kind, said = answer(json.loads(line), setter)
        answers.write(kind + len(said).to_bytes(LENGTH, "big") + said)
        answers.flush()


if __name__ == "__main__":
    work(Path(sys.argv[1]), sys.stdin.buffer, sys.stdout.buffer)
