"""Whose mail a report in free words says did not arrive, as the mail servers of the world write it (flufl.bounce)."""

from __future__ import annotations

from email.message import Message

from foibot.mail.addresses import mailboxes
from foibot.mail.message import IncomingMail

_LINES = 500
_LINE = 500
_HEADERS = 100
_ADDRESSES = 20


def named_in_words(mail: IncomingMail) -> tuple[tuple[str, ...], bool | None]:
    """The addresses that a report names, and whether for good; None if it names nobody (mail rule A12).

    Only the beginning is looked at: the patterns are tried on every line, and a stranger chooses the lines.
    """
    # Loaded by the first such report: its patterns would take a hundredth of a second of every start.
    from flufl.bounce import all_failures  # noqa: PLC0415

    try:
        waits, failed = all_failures(_as_written(mail))
    except Exception:  # noqa: BLE001 - a stranger's mail must not end in somebody else's mistake
        return (), None
    found = _addresses(failed) or _addresses(waits)
    return found, bool(_addresses(failed)) if found else None


def _addresses(named: frozenset[bytes] | set[bytes]) -> tuple[str, ...]:
    clean = (mailboxes(one.decode("utf-8", "replace")[:_LINE]).found for one in sorted(named))
    return tuple(one.addr for found in clean for one in found)[:_ADDRESSES]


def _as_written(mail: IncomingMail) -> Message:
    """The report again, bounded, with its text as its only or first part."""
    lines = [line[:_LINE] for line in mail.text.split("\n", _LINES)[:_LINES]]
    text = Message()
    text["Content-Type"] = "text/plain; charset=utf-8"
    text["Content-Description"] = "notification"
    text.set_payload("\n".join(lines).encode("utf-8", "replace").decode("ascii", "surrogateescape"))
    whole = Message()
    for name, value in mail.headers[:_HEADERS]:
        if not name.startswith("content-"):
            whole[name] = value[:_LINE]
    if not mail.header("content-type").lower().startswith("multipart/"):
        whole["Content-Type"] = "text/plain; charset=utf-8"
        whole.set_payload(text.get_payload())
        return whole
    whole["Content-Type"] = "multipart/mixed"
    whole.attach(text)
    return whole
