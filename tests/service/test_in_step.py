"""While mail leaves, no more is settled than leaves; where none does, nothing waits for it."""

from __future__ import annotations

from contextlib import nullcontext, suppress
from pathlib import Path

import pytest

from foibot.gateway.imap import MailboxUnreachable, Mark
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
        service.dispatch.leaves = leaves
        people = town.asks(5)
        service.poll()
        assert queued == ([5, 5, 5] if leaves else [])
        town.turn()
        town.is_whole(*people)


def test_it_is_waited_for_a_moment_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with fault_town(tmp_path) as town:
        monkeypatch.setattr("foibot.service._QUEUED", 0)
        monkeypatch.setattr("foibot.service._IN_STEP", 0.05)
        town.service.dispatch.leaves = True
        people = town.asks(2)
        town.service.poll()
        town.turn()
        town.is_whole(*people)


@pytest.mark.parametrize("answers", [True, False])
def test_a_server_that_is_slow_to_search_leaves_the_backlog_half_of_the_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, answers: bool
) -> None:
    with fault_town(tmp_path) as town:
        service, looks, now = town.service, [], [1000.0]

        def slow(_most: int, _bytes: int) -> tuple[()]:
            looks.append(now[0])
            now[0] += 30
            if not answers:
                raise MailboxUnreachable("it does not answer")
            return ()

        monkeypatch.setattr(service._mailbox, "came_meanwhile", slow)
        monkeypatch.setattr("foibot.service.monotonic", lambda: now[0])
        for _ in range(4):
            with nullcontext() if answers else suppress(MailboxUnreachable):
                service._let_in(service.office.folder, Mark(1, 1))
            now[0] += 10
        assert looks == [1000.0, 1060.0]


@pytest.mark.parametrize("patience", [5.0, 0.0])
def test_officers_are_shown_new_cases_once_acknowledgements_have_left_or_after_a_while(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, patience: float
) -> None:
    """Also those that are on their way: whoever shows a case keeps their answers waiting."""
    with fault_town(tmp_path) as town:
        service = town.service
        monkeypatch.setattr("foibot.service._PATIENCE", patience)
        shown: list[bool] = []
        monkeypatch.setattr(service, "_introduce", lambda: shown.append(True) or False)
        people = town.asks(3)
        service.poll()
        service._show()
        assert bool(shown) is (patience == 0)
        waiting = service.dispatch._claim()
        assert len(waiting or ()) == 3
        shown.clear()
        service._show()
        assert bool(shown) is (patience == 0)
        service.dispatch.recover()
        monkeypatch.undo()
        town.turn()
        assert set(town.acknowledged()) == set(people)
