"""While mail leaves, no more is settled than leaves; where none does, nothing waits for it."""

from __future__ import annotations

from contextlib import nullcontext, suppress
from pathlib import Path

import pytest

from foibot.desk.dispatch import Round
from foibot.gateway.imap import MailboxUnreachable, Mark
from foibot.service import MailWaits
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


@pytest.mark.parametrize(
    ("rounds", "left", "then"),
    [
        ([Round(32, reached=True), Round(9, reached=True), Round(0, reached=True)], [False, True, True], True),
        ([Round(32, reached=True), Round(0, reached=True, kept_back=True)], [False, True], False),
        ([Round(32, reached=True), Round(4, reached=False, problem="away")], [False, True], False),
    ],
    ids=["all leaves", "the office is paused, or has sent all it may", "the server goes away"],
)  # fmt: skip
def test_it_is_waited_for_only_while_mails_leave(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    rounds: list[Round],
    left: list[bool],
    *,
    then: bool,
) -> None:
    """Also while the first of a new backlog are on their way: the round before found nothing to send."""
    with fault_town(tmp_path) as town:
        service = town.service
        seen, answers = [], iter(rounds)

        class Dispatches:
            def round(self) -> Round:
                seen.append(service._leaves)
                return next(answers)

        monkeypatch.setattr(service, "dispatch", Dispatches())
        service.wake.set()
        with pytest.raises(MailWaits, match="away") if rounds[-1].problem else nullcontext():
            service.send_mail()
        assert seen == left
        assert service._leaves is then


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
