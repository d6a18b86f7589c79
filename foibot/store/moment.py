"""A moment in the database: aware UTC in Python, an ISO text that sorts by time in both databases."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Dialect, String
from sqlalchemy.types import TypeDecorator


def as_stored(moment: datetime) -> str:
    """The text of an aware moment in the database: 10:30 in Paris is `2020-12-08T09:30:00.000000Z`."""
    return in_utc(moment).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def in_utc(moment: datetime) -> datetime:
    """The moment in UTC; a naive one is a mistake that must not reach the record."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone cannot be stored")
    return moment.astimezone(UTC)


class Moment(TypeDecorator[datetime]):
    """Stored as `2020-12-08T09:30:00.000000Z`: the same text, order and bytes on SQLite and PostgreSQL."""

    impl = String(27)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """The text that is kept."""
        return None if value is None else as_stored(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """Aware UTC again."""
        return None if value is None else datetime.fromisoformat(value)
