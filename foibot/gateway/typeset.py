"""The child process that sets one letter with typst: JSON in, PDF out; it imports nothing of foibot.

A process of its own, since typst keeps every page it ever set in memory, and a stranger decides how
long the request is that a letter quotes.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import typst

FAILED = 3


def main() -> int:
    """Set the letter on standard input; 0, or FAILED with typst's words on standard error."""
    job = json.load(sys.stdin)
    fonts = Path(job["fonts"])
    # System fonts differ from machine to machine, and the bytes approved must be the bytes sent.
    only_ours = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts)]
    )
    compiler = typst.Compiler(root=str(fonts.parent), font_paths=only_ours)
    try:
        made = compiler.compile(
            job["letterhead"].encode(),
            format="pdf",
            sys_inputs=job["inputs"],
            pdf_standards=["ua-1"],
        )
    except typst.TypstError as error:
        sys.stderr.write(str(error.message))
        return FAILED
    sys.stdout.buffer.write(made if isinstance(made, bytes) else b"".join(made or []))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
