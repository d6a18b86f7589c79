"""Cases are found by all their words, the newest first, on both databases."""

from __future__ import annotations

from dataclasses import replace

from foibot.case import keeping_events as k
from foibot.store.transaction import Store, Transaction
from tests.case.case_files import REFERENCE, case_of

ALWAYS = (0, 9999)


def kept(tx: Transaction, number: int, *words: str, year: int = 2020) -> None:
    case = replace(case_of(), reference=f"{number:06}/{year % 100}", number=number, year=year)
    tx.cases.add(case)
    tx.terms.add(words, year, number)


def test_a_case_is_found_by_all_its_words_and_the_newest_comes_first(store: Store) -> None:
    with store.transaction() as tx:
        kept(tx, 9, "traffic", "camera", year=2019)
        kept(tx, 1, "traffic", "camera", "camera")
        kept(tx, 2, "traffic", "light")
        kept(tx, 3, "camera", "traffic", "light")
        tx.terms.add([], 2020, 1)
        assert tx.terms.has("camera", 2020, 1)
        assert not tx.terms.has("camera", 2020, 2)
    with store.view() as tx:
        found = tx.terms.find
        assert found(["traffic", "camera"], ALWAYS, 9) == ["000003/20", "000001/20", "000009/19"]
        assert found(["camera", "traffic", "light"], ALWAYS, 9) == ["000003/20"]
        assert found(["traffic"], ALWAYS, 2) == ["000003/20", "000002/20"]
        assert found(["traffic"], (2018, 2019), 9) == ["000009/19"]
        assert found(["traffic", "traffic"], (2020, 2020), 1) == ["000003/20"]
        assert found(["bees", "traffic"], ALWAYS, 9) == []
        assert found(["%", "traf%"], ALWAYS, 9) == []


def test_restricted_cases_are_known_from_their_rows(store: Store) -> None:
    with store.transaction() as tx:
        kept(tx, 7)
        tx.cases.add(case_of(k.Restricted(("a@exampleshire.example",))))
        kept(tx, 8)
    with store.view() as tx:
        assert tx.terms.restricted(5) == [REFERENCE]
        assert tx.terms.restricted(0) == []
