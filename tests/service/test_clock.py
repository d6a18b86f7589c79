"""A tick that fails names no person in the log, and the next one is tried all the same."""

from __future__ import annotations

import logging

import pytest

from foibot.clock import _guarded
from foibot.errors import TryAgainLater


def test_a_tick_that_fails_is_logged_without_a_persons_words(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def job() -> None:
        raise ValueError("INSERT ... ('sam.smith@citizens.example')")

    with caplog.at_level(logging.ERROR):
        _guarded(job)()
    assert "a tick failed: ValueError in test_clock.py:" in caplog.text
    assert "sam.smith" not in caplog.text


def test_an_error_of_ours_is_logged_with_its_sentence(caplog: pytest.LogCaptureFixture) -> None:
    def job() -> None:
        raise TryAgainLater

    with caplog.at_level(logging.ERROR):
        _guarded(job)()
    assert "A server did not answer as it should" in caplog.text
