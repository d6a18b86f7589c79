"""The files that travel with a notice: the last day, the letter, the message as it came."""

from __future__ import annotations

from foibot.case.outcome import Enclosed
from foibot.desk.about import About
from foibot.desk.draft_facts import ShownLetter
from foibot.desk.office import Office
from foibot.letters.calendar_file import deadline_entry
from foibot.mail.compose import File

_ORIGINAL = "original-message.eml"


def files_with(
    office: Office, enclosed: Enclosed, about: About, shown: ShownLetter | None
) -> tuple[File, ...]:
    """What a notice that wants this carries."""
    match enclosed:
        case Enclosed.NOTHING:
            return ()
        case Enclosed.DEADLINE:
            return _deadline(office, about)
        case Enclosed.REQUEST:
            return (*_deadline(office, about), *_original(office, about.raw))
        case Enclosed.LETTER:
            return shown.files if shown else ()
        case Enclosed.RAW_MAIL:
            return _original(office, about.raw)
        case Enclosed.ANSWERS:
            return about.files


def where_it_is(office: Office, about: About) -> str:
    """Where an officer finds the message itself, in a sentence for the notice."""
    size = len(about.raw)
    if _too_large(office, about.raw):
        return (
            f"The message is too large to be passed on ({size / 1_000_000:.0f} MB). "
            f"It is in the mailbox {office.mailbox}, with everything that came with it."
        )
    if about.cut:
        return (
            f"The message is larger than foibot fetches: only its first {size // 1024:,} KB are attached, as {_ORIGINAL}. "
            f"The whole of it is in the mailbox {office.mailbox}."
        )
    return f"The message is attached as it came, as {_ORIGINAL}."


def _too_large(office: Office, raw: bytes) -> bool:
    """Whether servers would refuse a mail with so much in it, which travels as base64."""
    return len(raw) * 4 / 3 > office.caps.letter_bytes


def _original(office: Office, raw: bytes) -> tuple[File, ...]:
    """The message as it came, where servers would take so much."""
    if _too_large(office, raw):
        return ()
    # Not message/rfc822: a mail that could not be parsed must not be parsed again on its way.
    return (File(_ORIGINAL, "application/octet-stream", raw),)


def _deadline(office: Office, about: About) -> tuple[File, ...]:
    if about.case is None:
        return ()
    entry = deadline_entry(
        about.case, office.laws.of(about.case), office.authority.name, office.mailbox, about.now
    )
    return (File("deadline.ics", "text/calendar", entry),)
