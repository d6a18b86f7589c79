"""Shows a letter inside a notice exactly as it would be sent, in text and in HTML; no I/O."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from textwrap import fill

from foibot.letters.edited import LETTER_BEGINS, LETTER_ENDS, OpenWords, in_html, in_text
from foibot.letters.render import Notice

_RULE = "-" * 24


def with_open_words(notice: Notice, version: int, slots: Sequence[OpenWords]) -> Notice:
    """The notice followed by the words that can be changed by editing them in the reply; as it is without any."""
    if not slots:
        return notice
    return Notice(
        notice.subject,
        f"{notice.text}\n\n{in_text(version, slots)}",
        _before_end(notice.html, in_html(version, slots)),
    )


def with_note(notice: Notice, note: str) -> Notice:
    """The notice followed by one more sentence; as it is without any."""
    if not note:
        return notice
    text = f"{notice.text.rstrip()}\n\n{fill(note, 72)}\n"
    return Notice(notice.subject, text, _before_end(notice.html, f"<p>{escape(note)}</p>"))


def with_letter(notice: Notice, *, subject: str, text: str) -> Notice:
    """The notice followed by the letter's subject and whole text, not a character changed."""
    head = f"{_RULE} {LETTER_BEGINS} {_RULE}\n{quoted_as(subject, '')}"
    foot = f"\n{_RULE} {LETTER_ENDS} {_RULE}\n"
    shown = (
        f"<hr><h2>The letter</h2><p>{_RULE} {LETTER_BEGINS} {_RULE}</p>"
        f"<p><strong>Subject:</strong> {escape(subject)}</p>"
        '<div style="white-space:pre-wrap;border-left:4px solid #505a5f;padding-left:1em">'
        f"{escape(text)}</div><p>{_RULE} {LETTER_ENDS} {_RULE}</p>"
    )
    return Notice(
        notice.subject,
        f"{notice.text}\n{head}{text}{foot}",
        _before_end(notice.html, shown),
    )


def quoted_as(subject: str, text: str) -> str:
    """The subject and the text as they stand between the two rules."""
    return f"Subject: {subject}\n\n{text}"


def _before_end(html: str, addition: str) -> str:
    for end in ("</main>", "</body>"):
        before, found, after = html.rpartition(end)
        if found:
            return f"{before}{addition}{found}{after}"
    return html + addition
