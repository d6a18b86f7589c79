"""How far a folder has been read, with mails that cannot be fetched in between."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from foibot.gateway.reading import DATE_UNKNOWN, Mark, Note, NoteKind, Progress, RawMail


def mail(uid, when=datetime(2020, 12, 8, tzinfo=UTC)):
    return RawMail("INBOX", 7, uid, when, 5, b"hello", False)


def poll(progress, next_uid, listed, readable):
    """One poll in one batch: what was delivered, the mark, the UIDs noted as vanished."""
    progress.begin(next_uid)
    wanted = progress.wanted(listed)
    batch = progress.fetched(wanted, tuple(mail(uid) for uid in wanted if uid in readable))
    progress.stored(batch)
    end = progress.finished()
    progress.stored(end)
    vanished = [note.uid for note in end.notes if note.kind is NoteKind.VANISHED]
    return [one.uid for one in batch.mails], end.mark.next_uid, vanished


def test_the_mark_follows_the_mails():
    progress = Progress(7)
    assert poll(progress, 1, [1, 2, 5], {1, 2, 5}) == ([1, 2, 5], 6, [])
    assert poll(progress, 6, [5], {5}) == ([], 6, [])


def test_a_mail_without_a_body_holds_the_mark_but_no_other_mail():
    progress = Progress(7)
    assert poll(progress, 1, [1, 2, 3], {1, 3}) == ([1, 3], 2, [])
    assert poll(progress, 2, [2, 3, 4], {3, 4}) == ([4], 2, [])
    assert poll(progress, 2, [2, 3, 4], {2, 3, 4}) == ([2], 5, [])


def test_after_three_polls_it_is_noted_and_the_mark_moves_on():
    progress = Progress(7)
    assert poll(progress, 1, [1, 2], {2}) == ([2], 1, [])
    assert poll(progress, 1, [1, 2], {2}) == ([], 1, [])
    assert poll(progress, 1, [1, 2], {2}) == ([], 3, [1])
    assert poll(progress, 3, [2], {2}) == ([], 3, [])


def test_what_the_server_no_longer_lists_is_noted_as_late():
    progress = Progress(7)
    assert poll(progress, 1, [1, 2], {2}) == ([2], 1, [])
    assert poll(progress, 1, [2], {2}) == ([], 1, [])
    assert poll(progress, 1, [2], {2}) == ([], 3, [1])


def test_reading_again_from_an_earlier_mark_gives_everything_again():
    progress = Progress(7)
    assert poll(progress, 1, [1, 2, 3], {1, 3}) == ([1, 3], 2, [])
    assert poll(progress, 1, [1, 2, 3], {1, 2, 3}) == ([1, 2, 3], 4, [])


def test_a_batch_that_was_not_stored_comes_again():
    progress = Progress(7)
    for _ in range(2):
        progress.begin(1)
        assert progress.wanted([1, 2]) == [1, 2]
        assert progress.fetched([1, 2], (mail(1), mail(2))).mark == Mark(7, 3)


def test_a_mail_without_a_date_is_noted():
    progress = Progress(7)
    progress.begin(1, [Note(NoteKind.NEW_EPOCH)])
    batch = progress.fetched([4], (mail(4, DATE_UNKNOWN),))
    assert batch.notes == (Note(NoteKind.NEW_EPOCH), Note(NoteKind.NO_DATE, 4))
    assert progress.finished().notes == ()


@given(st.lists(st.sets(st.integers(1, 12)), min_size=1, max_size=6))
def test_every_mail_is_delivered_once_or_noted_whatever_fails(readable_in_poll):
    progress = Progress(7)
    listed = list(range(1, 13))
    delivered, vanished, mark = [], [], 1
    for readable in [*readable_in_poll, set(), set(), set()]:
        mails, mark, gone = poll(progress, mark, listed, readable)
        delivered += mails
        vanished += gone
    assert sorted(delivered + vanished) == listed
    assert mark == 13
