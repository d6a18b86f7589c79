"""The whole letters, word for word, as a person will read them: every kind under every law it exists under.

When the wording is meant to change, run `PYTHONPATH=. python tests/golden/write.py` and read the difference.
"""

import re
from pathlib import Path

import pytest

from foibot.letters.render import Letter
from foibot.letters.samples import sample
from tests.letters.letters_tools import facts_on, shipped

GOLDEN = Path(__file__).parent.parent / "golden"
ORDERS = {
    "ncnd-foia": ("ncnd", "23(5) 24(2) 31(3)(a)"),
    "ncnd-foia-absolute": ("ncnd", "23(5)"),
    "acknowledgement-foia": ("acknowledgement", "23(5) 24(2) 31(3)(a)"),
}
"""The letters that are kept as pages too; the others are the same words set the same way."""

KINDS = {
    f"{kind.name}-{regime}": (kind.name, regime)
    for kind in shipped().kinds.values()
    for regime in kind.regimes
}
FILES = sorted([f"{name}.{form}" for name in ORDERS for form in ("txt", "html")]) + sorted(
    f"{name}.txt" for name in KINDS if name not in ORDERS
)


def written(name: str) -> Letter:
    if name in ORDERS:
        kind, order = ORDERS[name]
        return shipped().letter(kind, facts_on(order))
    kind, regime = KINDS[name]
    return shipped().letter(kind, sample(shipped().kinds[kind], regime))


def whole(file: str) -> str:
    name, _, form = file.rpartition(".")
    letter = written(name)
    return letter.html if form == "html" else f"Subject: {letter.subject}\n\n{letter.text}"


@pytest.mark.parametrize("file", FILES)
def test_the_letter_reads_as_agreed(file: str) -> None:
    assert whole(file) == (GOLDEN / file).read_text("utf-8")


def test_there_is_no_golden_letter_of_a_kind_that_is_gone() -> None:
    there = {path.name for path in GOLDEN.iterdir() if path.suffix in {".txt", ".html"}}
    assert there == set(FILES)


def test_text_and_page_say_the_same() -> None:
    letter = shipped().letter("ncnd", facts_on())
    page = re.sub(r"</?a\b[^>]*>", "", letter.html)
    page = re.sub(r"<[^>]+>", " ", page.partition("<body")[2].partition(">")[2])
    assert (
        page.replace("&lt;", "<").split()
        == letter.text.replace("\n> ", "\n").replace("\n- ", "\n").split()
    )
