"""While mail leaves, no more is settled than leaves; where none does, nothing waits for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.service.fault_town import fault_town


@pytest.mark.parametrize("leaves", [True, False])
def test_what_is_queued_leaves_before_more_is_settled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, leaves: bool
) -> None:
    with fault_town(tmp_path) as town:
        service = town.service
        monkeypatch.setattr("foibot.service._QUEUED", 2)
        queued = []

        def sends_meanwhile(_seconds: float) -> bool:
            with service.store.view() as tx:
                queued.append(tx.outbox.backlog(town.clock.now())[0])
            if len(queued) == 3:
                service.send()
            return False

        monkeypatch.setattr(service.stopping, "wait", sends_meanwhile)
        service._leaves = leaves
        people = town.asks(5)
        service.poll()
        assert queued == ([5, 5, 5] if leaves else [])
        town.turn()
        town.is_whole(*people)


def test_it_is_waited_for_a_moment_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with fault_town(tmp_path) as town:
        monkeypatch.setattr("foibot.service._QUEUED", 0)
        monkeypatch.setattr("foibot.service._IN_STEP", 0.05)
        town.service._leaves = True
        people = town.asks(2)
        town.service.poll()
        town.turn()
        town.is_whole(*people)
