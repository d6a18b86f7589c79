"""The secrets of notices to officers, kept as digests alone."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Connection, bindparam, insert, or_, select, update

from foibot.officers.authenticate import Purpose, Secret
from foibot.store.moment import as_stored
from foibot.store.tables import secrets

# All but whether it was used or revoked, which changes.
_BOUND = (
    "digest",
    "subject_digest",
    "officer",
    "case_ref",
    "version",
    "purpose",
    "confirms",
    "message",
    "issued_at",
    "expires_at",
)


@dataclass(frozen=True, slots=True)
class Issued:
    """A secret in clear, on its way into one notice: the long one and the one in the subject.

    `order` is the number in the inbox of the message that it may confirm, 0 for none.
    `message` is the number of the message in the inbox that the notice asks about, 0 for none.
    """

    secret: str
    in_subject: str
    officer: str
    case: str
    version: int
    expires_at: datetime
    purpose: Purpose = Purpose.ORDER
    order: int = 0
    message: int = 0


def digest(secret: str) -> str:
    """What is stored of a secret; secrets are compared in lower case."""
    return sha256(secret.lower().encode("utf-8", "replace")).hexdigest()


def allows(issued: Issued, now: datetime) -> str:
    """What binds a secret issued at this moment to all that its row says, for the hash chain."""
    return _sealed(_row(issued, now))


def _row(one: Issued, now: datetime) -> dict[str, object]:
    return {
        "digest": digest(one.secret),
        "subject_digest": digest(one.in_subject),
        "officer": one.officer,
        "case_ref": one.case,
        "version": one.version,
        "purpose": one.purpose.value,
        "confirms": one.order,
        "message": one.message,
        "issued_at": now,
        "expires_at": one.expires_at,
    }


def _sealed(row: Mapping[str, object]) -> str:
    facts = [
        as_stored(value) if isinstance(value, datetime) else value
        for value in (row[name] for name in _BOUND)
    ]
    return sha256(json.dumps(facts).encode()).hexdigest()


_ISSUE = insert(secrets)
_AMONG = (
    select(secrets)
    .where(
        or_(
            secrets.c.digest.in_(bindparam("digests", expanding=True)),
            secrets.c.subject_digest.in_(bindparam("digests", expanding=True)),
        )
    )
    .order_by(secrets.c.issued_at.desc(), secrets.c.version.desc())
)
_UNUSED = secrets.c.used_at.is_(None) & secrets.c.revoked_at.is_(None)
_USE = (
    update(secrets)
    .where(secrets.c.digest == bindparam("of_digest"), _UNUSED)
    .values(used_at=bindparam("now"))
)
_REVOKE = (
    update(secrets)
    .where(
        secrets.c.case_ref == bindparam("of_case"),
        secrets.c.version == bindparam("of_version"),
        _UNUSED,
    )
    .values(revoked_at=bindparam("now"))
)
_END = (
    update(secrets)
    .where(secrets.c.digest.in_(bindparam("digests", expanding=True)), _UNUSED)
    .values(revoked_at=bindparam("now"))
)


class Secrets:
    """The secrets inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Reads and writes through this connection alone."""
        self._connection = connection

    def issue(self, issued: Sequence[Issued], now: datetime) -> None:
        """Remember the digests of new secrets."""
        if not issued:
            return
        self._connection.execute(_ISSUE, [_row(one, now) for one in issued])

    def sealed(self) -> dict[str, str]:
        """By the digest of every secret what binds its row, to compare with the chain."""
        query = select(*(secrets.c[name] for name in _BOUND))
        return {row.digest: _sealed(row._asdict()) for row in self._connection.execute(query)}

    def known(self, candidates: Sequence[str]) -> list[Secret]:
        """The secrets we did issue among these words, the newest first."""
        if not candidates:
            return []
        digests = {"digests": [digest(word) for word in candidates]}
        return [
            Secret(
                digest=row.digest,
                officer=row.officer,
                case=row.case_ref,
                version=row.version,
                expires_at=row.expires_at,
                used=row.used_at is not None,
                revoked=row.revoked_at is not None,
                purpose=Purpose(row.purpose),
                order=row.confirms,
                message=row.message,
            )
            for row in self._connection.execute(_AMONG, digests)
        ]

    def use(self, digest: str, now: datetime) -> bool:
        """Use a secret up; False if it was used or revoked before (compare-and-set)."""
        return self._connection.execute(_USE, {"of_digest": digest, "now": now}).rowcount == 1

    def revoke(self, reference: str, version: int, now: datetime) -> None:
        """End every unused secret that may decide on this version."""
        decides = {"of_case": reference, "of_version": version, "now": now}
        self._connection.execute(_REVOKE, decides)

    def end(self, digests: Sequence[str], now: datetime) -> None:
        """End those of these secrets that were not used, whatever they are for."""
        if digests:
            self._connection.execute(_END, {"digests": list(digests), "now": now})
