"""When a mail reached the authority: what its own servers wrote down, never what the sender did."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from foibot.mail.headers import LONGEST, without_comments

_IN_FORCE = datetime(2005, 1, 1, tzinfo=UTC)  # FOIA 2000 s.1 came into force; nothing is earlier
_LATER = timedelta(days=1)
_STEP = timedelta(days=5)  # queues give up after five days (RFC 5321 s.4.5.4.1)
_DATE = re.compile(r"[A-Za-z0-9:,+ \t-]{10,60}")


def received_at(
    internaldate: datetime, mail_headers: Iterable[tuple[str, str]], servers: tuple[str, ...]
) -> tuple[datetime, str]:
    """Return the moment of receipt (aware, UTC) and why it was chosen (rule T-23).

    The first `Received` hop added by one of the authority's own `servers`, else INTERNALDATE
    (aware). Only the hops on top count, as far down as our own servers follow one another: what
    is below came from outside and may be invented. A hop is left out if it is more than a day
    after INTERNALDATE, before 2005, after the hop above it, or five days before it.
    """
    arrived = internaldate.astimezone(UTC)
    chosen, why = arrived, "the time the mailbox took it in"
    above: datetime | None = None
    for name, value in mail_headers:
        if name != "received":
            continue
        host = added_by(value)
        if not host or host not in {server.lower() for server in servers}:
            break
        moment = moment_of(value.rpartition(";")[2])
        if moment is None or not _IN_FORCE <= moment <= arrived + _LATER:
            continue
        if above is not None and not above - _STEP <= moment <= above:
            break
        above = chosen = moment
        why = f"Received by {host}"
    return chosen, why


def added_by(received: str) -> str:
    """Return the host that wrote a Received header (its "by" word), in lower case, or ""."""
    words = (without_comments(received[:LONGEST]) or "").partition(";")[0].lower().split()
    # What follows "from" is the name the other side gave itself; it may call itself "by".
    start = 2 if words[:1] == ["from"] else 0
    if "by" not in words[start:]:
        return ""
    at = words.index("by", start) + 1
    return words[at].rstrip(".") if at < len(words) else ""


def moment_of(written: str) -> datetime | None:
    """The moment that a date in a header names (aware, UTC); None if it names none."""
    date = written.partition("(")[0].strip()
    if not _DATE.fullmatch(date):
        return None
    try:
        moment = parsedate_to_datetime(date)
        return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
