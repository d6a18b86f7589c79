"""The files that go with a letter: as its mail carries them, and as a draft notice tells of them."""

from __future__ import annotations

from foibot.case.case import LetterVersion
from foibot.mail.brought import hint_on
from foibot.mail.compose import File
from foibot.store.letters import StoredLetter


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
