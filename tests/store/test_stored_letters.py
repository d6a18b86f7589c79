"""Letters are kept as they were drafted, each version for ever."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy.exc import IntegrityError

from foibot.case.enclosure import EnclosedFile
from foibot.store.transaction import Store
from tests.case.case_files import REFERENCE
from tests.store.store_tools import WORDS

LETTER = replace(WORDS, text="Dear Sam — ‘café’ \U0001f600", pdf=bytes(range(256)))


def test_a_letter_comes_back_byte_for_byte(store: Store) -> None:
    with store.transaction() as tx:
        tx.letters.add(LETTER)
        tx.letters.add(replace(LETTER, version=2, pdf=b"", pdf_name=""))
    with store.view() as tx:
        assert tx.letters.find(REFERENCE, 1) == LETTER
        assert tx.letters.find(REFERENCE, 3) is None
        assert [one.version for one in tx.letters.every()] == [1, 2]


def test_the_files_of_a_letter_come_back_in_their_order_and_are_kept_once(store: Store) -> None:
    files = tuple(
        EnclosedFile(name, "text/csv", content)
        for name, content in (("b.csv", b"1\n"), ("a.csv", bytes(range(256))), ("c.csv", b"1\n"))
    )
    with store.transaction() as tx:
        tx.letters.add(replace(LETTER, files=files))
        tx.letters.add(replace(LETTER, version=2, files=files[1:]))
    with store.view() as tx:
        assert [one.files for one in tx.letters.every()] == [files, files[1:]]


def test_a_version_is_never_written_over(store: Store) -> None:
    with store.transaction() as tx:
        tx.letters.add(LETTER)
    with pytest.raises(IntegrityError), store.transaction() as tx:
        tx.letters.add(replace(LETTER, text="Dear Sir"))
    with store.view() as tx:
        assert tx.letters.find(REFERENCE, 1) == LETTER
