"""The whole letters, word for word, as a person will read them.

When the wording is meant to change, run `python tests/golden/write.py` and read the difference.
"""

import re
from pathlib import Path

import pytest

from tests.letters.letters_tools import facts_on, shipped

GOLDEN = Path(__file__).parent.parent / "golden"
ORDERS = {
    "ncnd-foia": ("ncnd", "23(5) 24(2) 31(3)(a)"),
    "ncnd-foia-absolute": ("ncnd", "23(5)"),
    "acknowledgement-foia": ("acknowledgement", "23(5) 24(2) 31(3)(a)"),
}


def whole(name: str) -> dict[str, str]:
    kind, order = ORDERS[name]
    letter = shipped().letter(kind, facts_on(order))
    return {"txt": f"Subject: {letter.subject}\n\n{letter.text}", "html": letter.html}


@pytest.mark.parametrize("name", sorted(ORDERS))
@pytest.mark.parametrize("form", ["txt", "html"])
def test_the_letter_reads_as_agreed(name: str, form: str) -> None:
    assert whole(name)[form] == (GOLDEN / f"{name}.{form}").read_text("utf-8")


def test_text_and_page_say_the_same() -> None:
    letter = shipped().letter("ncnd", facts_on())
    page = re.sub(r"</?a\b[^>]*>", "", letter.html)
    page = re.sub(r"<[^>]+>", " ", page.partition("<body")[2].partition(">")[2])
    assert (
        page.replace("&lt;", "<").split()
        == letter.text.replace("\n> ", "\n").replace("\n- ", "\n").split()
    )
