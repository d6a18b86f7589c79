"""Whatever goes wrong with reading ahead, messages are settled without it."""

from __future__ import annotations

from dataclasses import replace

from tests.office import Office


def test_a_message_that_cannot_be_had_read_ahead_is_read_here(desk: Office) -> None:
    def fails(_digest: str) -> None:
        raise ValueError("filedescriptor out of range in select()")

    desk.intake = replace(desk.intake, ahead=fails)
    desk.stores(b"From: Sam <sam@citizens.example>\r\nSubject: Boats\r\n\r\nHow many boats?\r\n")
    assert desk.intake.settle() == 1, "and once is enough"
    assert desk.intake.settle() == 0
    assert desk.disposition() == "request"
    desk.intake.introduce()
    desk.discards()
