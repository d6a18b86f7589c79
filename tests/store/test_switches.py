"""Facts about the office: set, set again, and paused only by a yes."""

from __future__ import annotations

from foibot.store.switches import Switch
from foibot.store.transaction import Store
from tests.store.store_tools import NOW, later


def test_a_switch_keeps_its_last_value_and_moment(store: Store) -> None:
    with store.transaction() as tx:
        assert tx.switches.get("morning") is None
        tx.switches.set("morning", "2020-12-08", NOW)
        tx.switches.set("morning", "2020-12-09", later(days=1))
        tx.switches.set("evening", "x", NOW)
    with store.view() as tx:
        assert tx.switches.get("morning") == Switch("2020-12-09", later(days=1))


def test_an_office_is_paused_until_it_is_resumed(store: Store) -> None:
    with store.transaction() as tx:
        assert not tx.switches.paused
        tx.switches.set("paused", "yes", NOW)
        assert tx.switches.paused
        tx.switches.set("paused", "no", NOW)
        assert not tx.switches.paused
