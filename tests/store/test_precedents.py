"""Requests are found by their marks, and topics are kept by their names."""

from __future__ import annotations

from datetime import timedelta

from foibot.store.topics import ListedTopic
from foibot.store.transaction import Store
from tests.store.store_tools import NOW


def test_the_case_that_shares_most_marks_comes_first(store: Store) -> None:
    with store.transaction() as tx:
        assert tx.likenesses.find([], 5) == []
        assert tx.likenesses.find([1, 2], 5) == []
        tx.likenesses.add([], "000000/20", NOW)
        tx.likenesses.add([1, 2, 3, 3], "000001/20", NOW)
        tx.likenesses.add([2, 3, 2**63 - 1], "000002/20", NOW)
        tx.likenesses.add([3], "000003/20", NOW)
        assert tx.likenesses.has(1, "000001/20", NOW)
        assert not tx.likenesses.has(9, "000001/20", NOW)
    with store.view() as tx:
        assert tx.likenesses.find([2, 3, 2**63 - 1], 2) == ["000002/20", "000001/20"]


def test_of_a_form_letter_the_newest_cases_are_read_alone(store: Store) -> None:
    with store.transaction() as tx:
        for number in range(60):
            tx.likenesses.add([7], f"{number:06}/20", NOW + timedelta(minutes=number))
        found = tx.likenesses.find([7], 100)
    assert len(found) == 40
    assert found[0] == "000059/20"


def test_a_topic_is_written_over_and_taken_off(store: Store) -> None:
    with store.transaction() as tx:
        tx.topics.put("Plots", ["thwarted plot"], "", "000001/20", NOW)
        tx.topics.put("Plots", ["thwarted plot", "own any"], "23(5)", "000002/20", NOW)
        tx.topics.put("Dogs", ["police dog"], "", "000001/20", NOW)
        tx.topics.remove("Dogs")
    with store.view() as tx:
        assert tx.topics.every() == [
            ListedTopic("Plots", ("thwarted plot", "own any"), "23(5)", "000002/20", NOW)
        ]
