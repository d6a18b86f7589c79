"""What an earlier process may have had in hand is done first and once, and not while foibot stops."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from foibot.desk.intake import Intake
from tests.service.fault_town import fault_town


def test_it_comes_before_the_mailbox_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with fault_town(tmp_path) as town:
        service, done = town.service, []

        def left(_intake: Intake) -> Iterator[int]:
            for number in (1, 2):
                done.append(f"message {number}")
                yield number

        monkeypatch.setattr(Intake, "take_up", left)
        monkeypatch.setattr(service, "poll", lambda: done.append("mailbox") or 1)
        with monkeypatch.context() as stopping:
            stopping.setattr(service.stopping, "is_set", lambda: True)
            service.read_mail()
        assert done == ["message 1", "mailbox"]
        service.read_mail()
        service.read_mail()
        assert done[2:] == ["message 1", "message 2", "mailbox", "mailbox"]
