"""What the daily comparison of mailbox and record makes of mail that cannot be read, and of folders that went away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from foibot.desk.reconcile import Reconcile
from foibot.gateway.reading import FolderMissing, RawMail
from foibot.store.inbox import FolderMark
from tests.office import JANE, RUTH, STAFF, TOM, Office, london

EPOCH = 7
WHEN = london("2020-12-08 08:30")
RAW = b"From: eve@elsewhere.example\r\nMessage-ID: <n@elsewhere.example>\r\n\r\nHow many?\r\n"


@dataclass
class Folder:
    """A folder of these UIDs, of which some can be read."""

    uids: list[int]
    readable: list[int] = field(default_factory=list)
    asked: list[int] = field(default_factory=list)

    def uids_since(self, folder: str, day: date) -> tuple[int, tuple[int, ...]]:
        if folder == "Gone":
            raise FolderMissing(folder)
        return EPOCH, tuple(self.uids)

    def again(self, folder: str, uidvalidity: int, uids: Sequence[int]) -> Iterator[RawMail]:
        self.asked += uids
        for uid in set(uids) & set(self.readable):
            yield RawMail(folder, uidvalidity, uid, WHEN, len(RAW), RAW, truncated=False)


def reconciling(desk: Office, upto: int, epoch: int = EPOCH) -> Reconcile:
    desk.intake.keep([], FolderMark(epoch, upto), "INBOX")
    return Reconcile(desk.office, desk.store, desk.intake)


def test_what_cannot_be_read_is_told_once_and_tried_again_every_day(desk: Office) -> None:
    folder = Folder([1, 2, 3], readable=[2])
    desk_of = reconciling(desk, upto=3)
    assert desk_of.due()
    assert desk_of.work(folder, ["Gone", "INBOX"]) == 1
    assert not desk_of.due()
    assert folder.asked == [1, 2], "the third is for the next look into the folder"
    desk.settles()
    words = {mail.kind: mail.words for mail in desk.post_for(JANE)}
    assert "folder INBOX, message 1 of the server's count: cannot be read" in words["answer"]
    assert "folder INBOX, message 2 of the server's count: read now" in words["answer"]
    desk.discards(TOM, RUTH, "eve@elsewhere.example")

    desk.clock.set(london("2020-12-09 06:00"))
    assert desk_of.work(folder, ["INBOX"]) == 0
    assert folder.asked == [1, 2, 1]
    desk.settles()
    assert [desk.post_for(who) for who in STAFF] == [[], [], []]

    folder.readable.append(1)
    assert desk_of.work(folder, ["INBOX"]) == 1


def test_a_folder_that_is_to_be_read_anew_lacks_nothing(desk: Office) -> None:
    folder = Folder([1, 2])
    assert reconciling(desk, upto=3, epoch=EPOCH - 1).work(folder, ["INBOX"]) == 0
    assert Reconcile(desk.office, desk.store, desk.intake).work(folder, ["Never read"]) == 0
    assert folder.asked == []
    desk.settles()
    assert desk.unread == []


def test_a_long_list_of_what_was_left_out_is_cut_short(desk: Office) -> None:
    reconciling(desk, upto=100).work(Folder(list(range(1, 41))), ["INBOX"])
    desk.settles()
    assert "and 10 more" in desk.one_for(JANE).words
    desk.discards()


def test_the_digest_of_a_quiet_day_proves_that_nothing_was_left_unopened(desk: Office) -> None:
    desk_of = reconciling(desk, upto=1)
    desk_of.work(Folder([1], readable=[1]), ["INBOX"])
    desk.settles()
    desk.discards(*STAFF, "eve@elsewhere.example")
    assert desk_of.work(Folder([]), ["INBOX"]) == 0
    desk.at("2020-12-09 08:01")
    words = " ".join(desk.one_for(JANE, "digest").words.split())
    assert "Messages in it from the last 14 days: 0; every one of them is on record." in words
    desk.discards()

    desk_of = reconciling(desk, upto=3)
    desk_of.work(Folder([1, 2]), ["INBOX"])
    desk.discards()
    desk.at("2020-12-10 08:01")
    words = " ".join(desk.one_for(JANE, "digest").words.split())
    assert "last 14 days: 2; 2 of them cannot be read, as you were told." in words
    desk.discards()
