"""Names of attached files, made safe to show, to store as text and to attach again (rule C23)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_UNSAFE = re.compile(r"[^A-Za-z0-9 ._-]+")
_LONGEST = 100
_LISTED = 50
_USUAL = {
    "application/pdf": "document.pdf",
    "message/rfc822": "message.eml",
    "message/delivery-status": "delivery-status.txt",
    "message/disposition-notification": "receipt.txt",
    "text/rfc822-headers": "headers.txt",
    "text/calendar": "calendar.ics",
    "text/html": "text.html",
    "text/plain": "text.txt",
    "image/png": "image.png",
    "image/jpeg": "image.jpg",
    "image/gif": "image.gif",
}


def safe_name(original: str, content_type: str) -> str:
    """Return at most 100 characters of `A-Z a-z 0-9 space . _ -`, never empty, never a path.

    `../../café:v2.pdf` gives `cafe_v2.pdf`; a missing name is made up from the content type.
    """
    last = re.split(r"[/\\]", original)[-1]
    plain = unicodedata.normalize("NFKD", last[:1000]).encode("ascii", "ignore").decode("ascii")
    name = " ".join(_UNSAFE.sub("_", plain).split()).strip(" ._-")
    if not name:
        return _USUAL.get(content_type, "attachment")
    stem, dot, extension = name.rpartition(".")
    if dot and len(extension) <= 10:
        return stem[: _LONGEST - 1 - len(extension)].rstrip(" ._-") + "." + extension
    return name[:_LONGEST].rstrip(" ._-")


def distinct(name: str, taken: dict[str, int]) -> str:
    """Return `name`, or `name-2` and so on if it is taken; remembers its answer in `taken`."""
    key = name.lower()
    taken[key] = taken.get(key, 0) + 1
    if taken[key] == 1:
        return name
    stem, dot, extension = name.rpartition(".")
    number = f"-{taken[key]}"
    return f"{stem}{number}.{extension}" if dot else f"{name}{number}"


def listed(names: Sequence[str]) -> list[str]:
    """The names as a notice lists them: the first fifty, and how many more there are."""
    more = len(names) - _LISTED
    return [*names[:_LISTED], *([f"and {more} more"] if more > 0 else [])]
