"""What a decision wants to happen: events, a letter, mail to officers; nothing is done yet; no I/O."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum, auto, unique

from foibot.case.enclosure import EnclosedFile
from foibot.case.events import Event
from foibot.case.parts import PartDecided


@unique
class Audience(Enum):
    """Who a notice goes to; each person gets a mail of their own."""

    ORDERING_OFFICER = auto()
    OFFICERS = auto()
    APPROVERS = auto()
    OFFICERS_AND_APPROVERS = auto()
    ADMINISTRATORS = auto()
    EVERYBODY = auto()
    PERSON = auto()


@unique
class Enclosed(Enum):
    """What travels with a notice."""

    NOTHING = auto()
    DEADLINE = auto()
    REQUEST = auto()  # the deadline and the mail
    LETTER = auto()
    RAW_MAIL = auto()
    ANSWERS = auto()


@dataclass(frozen=True, slots=True)
class Listed:
    """A message in a digest: its number, what is said of it, and each answer with what that does.

    One that is `aside` was answered already, or a machine wrote it: it is listed only so that nothing is overlooked.
    """

    number: int
    words: str
    answers: tuple[tuple[str, str], ...] = ()
    aside: bool = False


@dataclass(frozen=True, slots=True)
class NoticeWanted:
    """A mail to officers. `kind` is a folder of `templates/notices/`; `facts` are its own words.

    `lines` are orders that would work in reply, each with what it does.
    `decides` is the version of the letter that a reply to this notice may decide on (0: none);
    `since` the earlier version from which its changes are shown (0: the one before it).
    `confirms` is the number in the inbox of the message that a reply to it may confirm (0: none).
    `person` is the registered address of the one reader, where it goes to a person.
    `once` is a key under which this notice is sent one time only, per person ("" : always).
    `message` is the number in the inbox of the message it asks about (0: none); `listed` are messages
    that a digest asks about, `undecided` those of which it asks once more. `to_who_keeps_out` sends it
    even to somebody who keeps out of the case; one about a pause, and an alarm, leaves `even_paused`.
    """

    kind: str
    to: Audience
    facts: Mapping[str, object] = field(default_factory=dict)
    lines: tuple[tuple[str, str], ...] = ()
    enclosed: Enclosed = Enclosed.NOTHING
    decides: int = 0
    since: int = 0
    confirms: int = 0
    once: str = ""
    person: str = ""
    message: int = 0
    listed: tuple[Listed, ...] = ()
    undecided: tuple[Listed, ...] = ()
    to_who_keeps_out: bool = False
    even_paused: bool = False


def plain_notice(
    to: Audience,
    title: str,
    paragraphs: Iterable[str],
    *,
    facts: Iterable[str] = (),
    lists: Iterable[tuple[str, Sequence[str]]] = (),
) -> NoticeWanted:
    """A notice of a title and paragraphs, where no kind of its own is needed.

    `facts` become a list, `lists` one under each heading.
    """
    said = {
        "title": title,
        "paragraphs": list(paragraphs),
        "facts": list(facts),
        "lists": [{"title": head, "lines": list(under)} for head, under in lists],
    }
    return NoticeWanted("answer", to, said)


@dataclass(frozen=True, slots=True)
class LetterWanted:
    """A new version of a letter: its kind, the provisions as read, the slots that are not default.

    `until` is the later date an extension names; `fee_pence` the amount of a fees notice. `files` go
    with it, after those of the version before that are named in `kept_files`. `parts` are the outcomes of
    a letter that answers by number; its provisions are theirs. `result` is a review's.
    """

    kind: str
    provisions: str
    slots: tuple[tuple[str, str], ...] = ()
    said: str = ""
    until: date | None = None
    fee_pence: int = 0
    files: tuple[EnclosedFile, ...] = ()
    kept_files: tuple[str, ...] = ()
    parts: tuple[PartDecided, ...] = ()
    result: str = ""

    @property
    def file_names(self) -> tuple[str, ...]:
        """The names of all files that go with it, in their order."""
        return (*self.kept_files, *(one.name for one in self.files))


@dataclass(frozen=True, slots=True)
class Release:
    """The version's mail may leave, not before the given moment (UTC)."""

    version: int
    not_before: datetime


@dataclass(frozen=True, slots=True)
class Recall:
    """The version's mail goes back from approved to draft; fails if it has begun to leave."""

    version: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """Everything one decision wants, to be recorded in one transaction or not at all.

    `revoke` lists versions whose unused secrets end; `use_secret` marks the secret of the order used.
    `acknowledge` writes the acknowledgement that was withheld. `elsewhere` are events on other cases, by
    reference; `split` is a second request in the same message, which becomes a case of its own.
    `refusal` names the check that failed when the order changes nothing.
    """

    events: tuple[Event, ...] = ()
    letter: LetterWanted | None = None
    release: Release | None = None
    recall: Recall | None = None
    notices: tuple[NoticeWanted, ...] = ()
    revoke: tuple[int, ...] = ()
    use_secret: bool = False
    acknowledge: bool = False
    elsewhere: tuple[tuple[str, Event], ...] = ()
    split: str = ""
    refusal: str = ""
