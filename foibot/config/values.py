"""The kinds of value a configuration may hold, each checked by the form of the text alone."""

from __future__ import annotations

import ipaddress
import re
import string
from collections.abc import Callable
from datetime import date, time
from typing import Annotated
from urllib.parse import SplitResult, unquote, urlsplit

from pydantic import AfterValidator, BeforeValidator, StrictStr

from foibot.config.problems import wrong
from foibot.mail.addresses import AddressCannotBeUsed, outgoing

EMBEDDED = "embedded"
"""Instead of a server's address: the server inside foibot, on this machine only."""

FOUND_BY_FOIBOT = "auto"
"""Instead of a folder's name: whichever the server marks, or names, as the one for spam."""

_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")
_PATTERN_TEXT = re.compile(r"[A-Za-z0-9/._-]*")
_PATTERN_FIELDS = {
    "number": re.compile(r"(0[1-9])?"),
    "year": re.compile(r"(02|04)?"),
}


def _line(text: str) -> str:
    text = text.strip()
    if any(ord(char) < 32 or 0x7F <= ord(char) < 0xA0 or char in "\u2028\u2029" for char in text):
        raise wrong("holds a line break or a control character", "Write it on one line")
    return text


def _not_empty(text: str) -> str:
    if not text:
        raise wrong("is empty", "Write something between the quotes")
    return text


def _lines(given: object) -> object:
    lines = given.splitlines() if isinstance(given, str) else given
    if isinstance(lines, list):
        return tuple(line for line in lines if not isinstance(line, str) or line.strip())
    return lines


def _folders(given: object) -> object:
    names = (given,) if isinstance(given, str) else given
    if isinstance(names, (list, tuple)):
        return tuple(name for name in names if name != "")
    return names


def _address(text: str) -> str:
    try:
        return outgoing(text) if text else ""
    except AddressCannotBeUsed:
        fix = "Write the address alone: name@authority.example, no < or >"
        raise wrong("is not an email address", fix) from None


def _requester(text: str) -> str:
    """An address, or a whole domain behind an @."""
    if text.startswith("@"):
        return f"@{_host(text[1:])}"
    return _address(text)


def _web(text: str) -> str:
    if not text:
        return ""
    address = _split(text)
    if address.scheme not in {"http", "https"} or not address.hostname or " " in text:
        raise wrong("is not a web address", "Write it in full: https://www.authority.example/foi")
    return text


_LEVELS = re.compile(r"\b(?:low|moderate|substantial|severe|critical)\b", re.IGNORECASE)


def _threat_wording(text: str) -> str:
    if not text:
        return ""
    fix = 'Write a sentence such as "The national threat level for terrorism is MODERATE."'
    if "threat level" not in text.casefold() or not _LEVELS.search(text):
        raise wrong("does not say the threat level by its name", fix)
    if "international terrorism" in text.casefold():
        raise wrong("speaks of international terrorism, and the level is for all terrorism", fix)
    return text


def _language(text: str) -> str:
    if not re.fullmatch(r"[a-z]{2,8}", text):
        raise wrong("is not the folder of a language", 'Write its short name: "cy" for Welsh')
    return text


def _host(text: str) -> str:
    if text and not _HOST.fullmatch(text):
        raise wrong(
            "is not the name of a server or domain", "Write it as in mail.authority.example"
        )
    return text.lower()


def _reference(pattern: str) -> str:
    try:
        fields = list(string.Formatter().parse(pattern))
    except ValueError:
        raise wrong("has a bracket too many or too few", _PATTERN_FIX) from None
    names = [name for _, name, _, _ in fields if name is not None]
    if names.count("number") != 1 or names.count("year") > 1:
        raise wrong("must hold {number} once, and {year} once at most", _PATTERN_FIX)
    width = sum(len(text) + _field_width(name, spec, how) for text, name, spec, how in fields)
    if not all(_PATTERN_TEXT.fullmatch(text) for text, _, _, _ in fields):
        raise wrong("may hold letters, figures and / . _ - only", _PATTERN_FIX)
    if width > 30:
        raise wrong("makes references longer than 30 characters", _PATTERN_FIX)
    # Shorter ones are found by accident in the subject lines of strangers ("a 1/20 chance").
    if width < 5:
        raise wrong("makes references shorter than five characters", _PATTERN_FIX)
    return pattern


_PATTERN_FIX = (
    'Write for example "{number:06}/{year:02}" (004078/20) or "FOI-{year:04}-{number:04}"'
)


def _field_width(name: str | None, spec: str | None, conversion: str | None) -> int:
    if name is None:
        return 0
    form = _PATTERN_FIELDS.get(name)
    if form is None or conversion or not form.fullmatch(spec or ""):
        raise wrong(f"holds {{{name}}} in a form foibot cannot fill in", _PATTERN_FIX)
    return int(spec or "0") or (4 if name == "year" else 1)


def server_parts(text: str) -> SplitResult | None:
    """The parts of a server's address; None where the text is no such address ("embedded")."""
    parts = _split(text)
    return parts if parts.scheme and parts.hostname else None


def _server(kind: str) -> Callable[[str], str]:
    schemes = (f"{kind}s", f"{kind}+starttls", kind)
    fix = f"Write {kind}s://user@host, {kind}+starttls://user@host or {EMBEDDED}"

    def check(text: str) -> str:
        if text == EMBEDDED:
            return text
        parts = server_parts(text)
        if parts is None or parts.scheme not in schemes:
            raise wrong("is not the address of a server", fix)
        if parts.password is not None:
            raise wrong(
                "holds a password",
                f"Take out the colon and the password; set FOIBOT_{kind.upper()}_PASSWORD instead",
            )
        if kind == "imap" and not parts.username:
            raise wrong("names no user", fix)
        if parts.path.strip("/") or parts.query or parts.fragment:
            raise wrong("has something after the host", fix)
        if parts.scheme == kind and not _is_loopback(parts.hostname or ""):
            raise wrong(
                f"{kind}:// sends the password in clear text, so it is for this machine only", fix
            )
        return text

    return check


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def listen_address(text: str) -> tuple[str, int]:
    """Host and port of an address on this machine. Raises ValueError for anything else."""
    parts = _split(f"//{text}")
    if not _is_loopback(parts.hostname or "") or not parts.port:
        raise ValueError
    if parts.netloc != text or parts.username is not None:
        raise ValueError
    return "127.0.0.1" if parts.hostname == "localhost" else str(parts.hostname), parts.port


def _listen(text: str) -> str:
    try:
        if text:
            listen_address(text)
    except ValueError as error:
        raise wrong(
            "is not an address that only this machine can reach",
            'Write "127.0.0.1:9464", or "" for none; a monitoring system elsewhere asks through an agent here',
        ) from error
    return text


def _database(text: str) -> str:
    parts = _split(text)
    if parts.scheme == "sqlite" and text.startswith("sqlite:///") and text[10:].strip("/"):
        return text
    if parts.scheme != "postgresql+psycopg":
        raise wrong(
            "is not a database foibot can use",
            'Write "sqlite:///foibot.db" (a file) or "postgresql+psycopg://user@host/name"',
        )
    if parts.password:
        raise wrong(
            "holds a password",
            "Take it out; PostgreSQL's own PGPASSWORD or PGPASSFILE in the environment gives it",
        )
    return text


def _split(text: str) -> SplitResult:
    try:
        parts = urlsplit(text)
        _ = parts.port  # raises where the port is not a number up to 65535
    except ValueError:
        return SplitResult("", "", "", "", "")
    return parts


def _time_of_day(given: object) -> object:
    # pydantic would read a bare number as seconds since midnight.
    if isinstance(given, time) and given.tzinfo is None:
        return given.replace(second=0, microsecond=0)
    if isinstance(given, str) and _TIME.fullmatch(given):
        return time.fromisoformat(given)
    raise wrong("is not a time of day", 'Write hours and minutes of the 24-hour clock: "08:00"')


_HOURS = re.compile(rf"({_TIME.pattern})-({_TIME.pattern})")


def _hours(text: str) -> str:
    """Two times of one day, an hour apart at least."""
    if not text:
        return ""
    found = _HOURS.fullmatch("".join(text.split()))
    times = [time.fromisoformat(one) for one in found[0].split("-")] if found else []
    if (
        not times
        or times[1].hour * 60 + times[1].minute - times[0].hour * 60 - times[0].minute < 60
    ):
        raise wrong("is not a span of office hours", 'Write two times of one day: "09:00-17:00"')
    return "-".join(f"{one:%H:%M}" for one in times)


def _day(given: object) -> object:
    # A date with a time, or a number of seconds, is not a date somebody wrote down.
    if type(given) is date:
        return given
    raise wrong("is not a date", "Write year-month-day without quotes: 2026-04-07")


def _as_tuple(given: object) -> object:
    return tuple(given) if isinstance(given, list) else given


def user_of(text: str) -> str:
    """The user in a server's address, percent-decoded; "" where none is named."""
    parts = server_parts(text)
    return unquote(parts.username or "") if parts else ""


OptionalLine = Annotated[StrictStr, AfterValidator(_line)]
Line = Annotated[OptionalLine, AfterValidator(_not_empty)]
Lines = Annotated[tuple[Line, ...], BeforeValidator(_lines)]
Folders = Annotated[tuple[Line, ...], BeforeValidator(_folders)]
OptionalEmail = Annotated[OptionalLine, AfterValidator(_address)]
Email = Annotated[Line, AfterValidator(_address)]
Requester = Annotated[Line, AfterValidator(_requester)]
Web = Annotated[OptionalLine, AfterValidator(_web)]
LanguageFolder = Annotated[Line, AfterValidator(_language)]
ThreatWording = Annotated[OptionalLine, AfterValidator(_threat_wording)]
Host = Annotated[OptionalLine, AfterValidator(_host)]
Reference = Annotated[Line, AfterValidator(_reference)]
ImapServer = Annotated[Line, AfterValidator(_server("imap"))]
SmtpServer = Annotated[Line, AfterValidator(_server("smtp"))]
ListenAddress = Annotated[OptionalLine, AfterValidator(_listen)]
DatabaseUrl = Annotated[Line, AfterValidator(_database)]
TimeOfDay = Annotated[time, BeforeValidator(_time_of_day)]
Hours = Annotated[StrictStr, AfterValidator(_hours)]
Day = Annotated[date, BeforeValidator(_day)]
AsTuple = BeforeValidator(_as_tuple)
