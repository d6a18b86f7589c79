"""Shows a letter inside a notice exactly as it would be sent, in text and in HTML; no I/O."""

from __future__ import annotations

from html import escape

from foibot.letters.render import Notice

_RULE = "-" * 24


def with_letter(notice: Notice, *, subject: str, text: str) -> Notice:
    """The notice followed by the letter's subject and whole text, not a character changed."""
    head = f"{_RULE} the letter begins {_RULE}\nSubject: {subject}\n\n"
    foot = f"\n{_RULE} the letter ends {_RULE}\n"
    shown = (
        "<hr><h2>The letter</h2>"
        f"<p><strong>Subject:</strong> {escape(subject)}</p>"
        '<div style="white-space:pre-wrap;border-left:4px solid #505a5f;padding-left:1em">'
        f"{escape(text)}</div>"
    )
    return Notice(
        notice.subject,
        f"{notice.text}\n{head}{text}{foot}",
        _before_end(notice.html, shown),
    )


def _before_end(html: str, addition: str) -> str:
    for end in ("</main>", "</body>"):
        before, found, after = html.rpartition(end)
        if found:
            return f"{before}{addition}{found}{after}"
    return html + addition
