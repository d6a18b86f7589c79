"""The files that go with a letter, as its mail carries them and a draft notice tells of them; and those of colleagues' answers."""

from __future__ import annotations

from foibot.case.case import Case, LetterVersion
from foibot.case.colleague_events import HolderAnswered
from foibot.desk.office import Office
from foibot.mail.brought import hint_on
from foibot.mail.compose import File
from foibot.reports.holder_answers import NAME, answers_text
from foibot.store.letters import StoredLetter
from foibot.store.transaction import Transaction


def files_of(stored: StoredLetter) -> tuple[File, ...]:
    """What a version's mail carries: the letter as a PDF, and the files that go with it."""
    pdf = (File(stored.pdf_name, "application/pdf", stored.pdf),) if stored.pdf else ()
    return (*pdf, *(File(one.name, one.content_type, one.content) for one in stored.files))


def enclosed(version: LetterVersion, since: LetterVersion | None) -> dict[str, object]:
    """The files that go with the letter, and which of them are other ones than in the earlier version."""
    before = {one.name: one.sha256 for one in since.files} if since else {}
    now = {one.name: one.sha256 for one in version.files}
    changed = [
        f"{name} is another file than before"
        for name in now
        if before.get(name, now[name]) != now[name]
    ]
    if since:
        changed += [f"{name} is new" for name in now if name not in before]
        changed += [f"{name} no longer goes with it" for name in before if name not in now]
    return {
        "enclosed": [
            {"name": one.name, "size": one.size_in_words, "sha256": one.sha256}
            for one in version.files
        ],
        "files_changed": changed,
        "hints": list(dict.fromkeys(hint for one in version.files if (hint := hint_on(one.name)))),
    }


def answers_enclosed(tx: Transaction, office: Office, case: Case) -> tuple[File, ...]:
    """What colleagues have answered: a list, and each message as it came, as far as a mail can carry them."""
    history = tx.ledger.of_case(case.reference)
    text = answers_text(case, history, office.roster.name_of)
    files, room, left_out = [], office.caps.letter_bytes, 0
    for one in history:
        if isinstance(one.event, HolderAnswered):
            raw = tx.inbox.raw_of(case.reference, one.event.message_sha256)
            room -= len(raw)
            if room < 0:
                left_out += 1
                continue
            name = f"answer-{one.event.number}-{one.event.message_sha256[:8]}.eml"
            files.append(File(name, "application/octet-stream", raw))
    if left_out:
        text += (
            f"\n{left_out} of the messages are too large to be enclosed; they are in the mailbox.\n"
        )
    return (File(NAME, "text/plain", text.encode()), *files)
