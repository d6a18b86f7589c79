"""A wording is found again with the first case that was asked in it."""

from __future__ import annotations

from datetime import timedelta

from foibot.store.transaction import Store
from tests.store.store_tools import NOW


def test_the_first_case_asked_in_these_words_is_found(store: Store) -> None:
    digest = "a" * 64
    with store.transaction() as tx:
        assert tx.wordings.first(digest) == ""
        tx.wordings.add(digest, "000002/20", NOW + timedelta(days=1))
        tx.wordings.add(digest, "000003/20", NOW)
        tx.wordings.add("b" * 64, "000001/20", NOW)
    with store.view() as tx:
        assert tx.wordings.first(digest) == "000003/20"
