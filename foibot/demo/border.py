"""What a border mail server writes on top of a mail, and what it takes away; no I/O."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime

_FIELD = re.compile(rb"[^\n]*\n(?:[ \t][^\n]*\n)*")
_END_OF_HEADERS = re.compile(rb"\A\r?\n|\r?\n(?=\r?\n)")
_COMMENT = re.compile(rb"\([^()]*\)")
_ADDRESS = re.compile(rb"[^\s<>@,;:\"]+@([A-Za-z0-9.-]+)")


@dataclass(frozen=True, slots=True)
class Arrival:
    """How a mail came in: `login` is the account that submitted it, empty for a stranger.

    `when` is aware; `queue_id` tells arrivals apart in Received.
    """

    sender: str
    recipient: str
    helo: str
    login: str
    when: datetime
    queue_id: str


def stamped(
    raw: bytes, arrival: Arrival, authserv_id: str, trusted: Collection[str], ours: Collection[str]
) -> bytes:
    """`raw` with Return-Path, Authentication-Results and Received on top.

    Results that claim to be from `authserv_id` are taken out first (RFC 8601 s.5): only what this
    border writes may be believed. `trusted` domains pass DMARC, `ours` fail it without a login.
    """
    domain = arrival.recipient.rpartition("@")[2]
    protocol = "ESMTPA" if arrival.login else "ESMTP"
    top = (
        f"Return-Path: <{arrival.sender}>\r\n"
        f"Authentication-Results: {authserv_id}; {_verdict(raw, arrival, trusted, ours)}\r\n"
        f"Received: from {arrival.helo} ([127.0.0.1])\r\n"
        f"\tby mx.{domain} with {protocol} id {arrival.queue_id}\r\n"
        f"\tfor <{arrival.recipient}>; {format_datetime(arrival.when)}\r\n"
    )
    return top.encode("utf-8", "surrogateescape") + without_results_of(raw, authserv_id)


def without_results_of(raw: bytes, authserv_id: str) -> bytes:
    """`raw` without the Authentication-Results fields of that name."""
    headers, rest = _split(raw)
    kept = [
        field
        for field in _FIELD.findall(headers)
        if not _is_named(field, b"authentication-results")
        or _authserv_id_of(field) != authserv_id.casefold().encode()
    ]
    return b"".join(kept) + rest


def _verdict(raw: bytes, arrival: Arrival, trusted: Collection[str], ours: Collection[str]) -> str:
    if arrival.login:
        return f"auth=pass smtp.auth={arrival.login}"
    domains = _from_domains(raw)
    if len(domains) != 1:
        return "dmarc=permerror"
    verdict = "pass" if domains[0] in trusted else "fail" if domains[0] in ours else "none"
    return f"dmarc={verdict} header.from={domains[0]}"


def _from_domains(raw: bytes) -> list[str]:
    """The domain of each From field, lower case; the address in angle brackets counts."""
    found = []
    for field in _FIELD.findall(_split(raw)[0]):
        if _is_named(field, b"from"):
            value = field.partition(b":")[2]
            _, bracket, inside = value.rpartition(b"<")
            match = _ADDRESS.search(inside if bracket else value)
            found.append(match[1].decode().lower() if match else "unknown")
    return found


def _authserv_id_of(field: bytes) -> bytes:
    value = _COMMENT.sub(b" ", field.partition(b":")[2])
    words = value.partition(b";")[0].split()
    return words[0].strip(b'"').lower() if words else b""


def _is_named(field: bytes, name: bytes) -> bool:
    return field.partition(b":")[0].strip().lower() == name


def _split(raw: bytes) -> tuple[bytes, bytes]:
    end = _END_OF_HEADERS.search(raw)
    if end is None:
        return raw if raw.endswith(b"\n") else raw + b"\r\n", b""
    return raw[: end.end()], raw[end.end() :]
