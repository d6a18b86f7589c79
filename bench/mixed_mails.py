"""A folder of mixed mails for `foibot replay`: `python bench/mixed_mails.py FOLDER [HOW_MANY]`.

First every whole mail of the tests, then damaged copies of them, the same in each run.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.mails_of_the_world import EVERY  # noqa: E402 - the tests are found by the line above

_SEED = 20201208
_CHARSETS = (b"utf-7", b"none", b"x-unknown", b"cp932", b"hz")


def main() -> int:
    """Write them; the exit code."""
    folder, many = Path(sys.argv[1]), int((*sys.argv, "1000")[2])
    folder.mkdir(parents=True, exist_ok=True)
    files = [one for name in ("emails", "replies") for one in (ROOT / "tests" / name).glob("*.eml")]
    files += list((ROOT / "tests" / "crashers").iterdir())
    whole = [shown.raw for shown in EVERY.values()] + [one.read_bytes() for one in sorted(files)]
    dice = random.Random(_SEED)  # noqa: S311 - dice that fall the same way again
    for number in range(many):
        raw = whole[number] if number < len(whole) else damaged(dice, whole)
        (folder / f"{number:05}.eml").write_bytes(raw)
    return 0


def damaged(dice: random.Random, whole: Sequence[bytes]) -> bytes:
    """One of them with some bytes, lines, ends and charsets gone wrong."""
    raw = dice.choice(whole)
    for _ in range(dice.choice([1, 1, 2, 5, 20])):
        at = dice.randrange(len(raw) or 1)
        before, after = raw[:at], raw[at:]
        lines = raw.split(b"\n")
        line = dice.randrange(len(lines))
        other = dice.choice(whole)
        raw = dice.choice(
            [
                before + after[dice.randrange(1, 200) :],
                before + dice.randbytes(dice.randrange(1, 30)) + after,
                before + dice.randbytes(1) + after[1:],
                b"\n".join([*lines[:line], *lines[line + 1 :]]),
                b"\n".join([*lines[:line], *[lines[line]] * dice.choice([2, 50]), *lines[line:]]),
                before + other[dice.randrange(len(other)) :],
                raw.replace(b"\r\n", dice.choice([b"\n", b"\r", b"\r\n\r\n"]), dice.randrange(50)),
                before,
                raw.replace(b"utf-8", dice.choice(_CHARSETS)),
            ]
        )
    return raw


if __name__ == "__main__":
    raise SystemExit(main())
