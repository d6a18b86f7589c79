"""What the record keeps of a file, and its size as people read it."""

from __future__ import annotations

import pytest

from foibot.case.enclosure import EnclosedFile, Enclosure, letter_pdf_name, size_in_words


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 bytes"),
        (1, "1 byte"),
        (999, "999 bytes"),
        (1_000, "1 KB"),
        (12_499, "12 KB"),
        (3_449_999, "3.4 MB"),
    ],
)
def test_a_size_is_read_at_a_glance(size: int, words: str) -> None:
    assert size_in_words(size) == words
    assert Enclosure("a.csv", size, "0" * 64).size_in_words == words


def test_the_record_names_a_file_by_its_digest() -> None:
    # The SHA-256 of nothing, as FIPS 180-4 gives it.
    nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert EnclosedFile("a.csv", "text/csv", b"").recorded == Enclosure("a.csv", 0, nothing)


def test_the_name_of_the_pdf_says_nothing() -> None:
    assert letter_pdf_name("000001/20") == "letter-000001-20.pdf"
