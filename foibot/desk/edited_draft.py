"""What an officer's reply brings back of a draft: the message, the text files with it, the letter as it was quoted."""

from __future__ import annotations

from foibot.case.case import Case
from foibot.commands.command import Edited
from foibot.gateway.docx import NotADocx, read_docx
from foibot.letters.enclosed import quoted_as
from foibot.mail.charsets import decode
from foibot.mail.message import Attachment, IncomingMail
from foibot.store.transaction import Transaction

_MOST_FILES = 5
_LARGEST = 2_000_000


def what_was_edited(tx: Transaction, case: Case, mail: IncomingMail) -> Edited:
    """All that `edit` may read. A file that cannot be read is no words, and no error."""
    letter = tx.letters.find(case.reference, case.current.version) if case.current else None
    files = tuple(_words(one) for one in mail.attachments[:_MOST_FILES])
    return Edited(mail.text, files, quoted_as(letter.subject, letter.text) if letter else "")


def _words(file: Attachment) -> str:
    name = file.name.casefold()
    if len(file.encoded) > _LARGEST or not name.endswith((".txt", ".docx")):
        return ""
    if name.endswith(".txt"):
        return decode(file.content(), "utf-8-sig")[0]
    try:
        return read_docx(file.content()).text
    except NotADocx:
        return ""
