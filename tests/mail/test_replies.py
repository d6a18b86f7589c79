"""The new words of replies in the styles of eleven mail programs are told from what is quoted (mail rules, 5.1)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mail.replies import CLIENTS, Reply, by_client, labelled, table

PAGE = Path(__file__).parent.parent.parent / "deploy" / "replies.md"
SET = tuple(labelled())


def test_the_set_is_as_large_as_it_says() -> None:
    assert len(SET) >= 120
    assert min(len(replies) for replies in by_client().values()) >= 8
    assert set(by_client()) == set(CLIENTS)


@pytest.mark.parametrize("reply", SET, ids=[one.name for one in SET])
def test_no_quoted_word_is_shown_as_new_and_no_own_word_is_lost(reply: Reply) -> None:
    assert (reply.leaks, reply.loses) == (False, False)
    assert reply.exact


def test_the_page_shows_what_the_script_prints() -> None:
    """Anew: `PYTHONPATH=. python -m tests.mail.replies`, and put the table into deploy/replies.md."""
    assert table() in PAGE.read_text("utf-8")
