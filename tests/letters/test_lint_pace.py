"""A letter made to be slow takes no more than its share of time: twice the length, about twice the time."""

import time

import pytest

from foibot.letters.lint import lint
from foibot.letters.linting.document import Document

HEAD = """Dear Sam

Freedom of Information Act 2000

Exampleshire Police can neither confirm nor deny that it holds it under section 23(5), 24(2) and 31(3).

"""


def seconds(text: str) -> float:
    begun = time.process_time()
    lint(Document(text))
    return time.process_time() - begun


@pytest.mark.parametrize(
    "words",
    [
        "Section 24(2) is absolute. ",
        "Section 23 harm. ",
        "Factors for confirming S31\n\nOne.\n\n",
        "Section 31\n\nnational security\n\n",
        "Exempt under section 31(1), 42(1) and 43(2). ",
        "review a@b.example Commissioner ",
        "[A ",
        "- a\n",
    ],
)
def test_twice_the_length_takes_about_twice_the_time(words: str) -> None:
    short = HEAD + words * (6_000 // len(words))
    long = HEAD + words * (24_000 // len(words))
    seconds(short)
    assert seconds(long) < 8 * seconds(short) + 0.5
