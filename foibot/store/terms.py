"""Under which words each case is kept, so that a search reads the rows of its rarest word and no other case."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from sqlalchemy import Connection, Select, bindparam, exists, func, insert, select

from foibot.store.tables import cases, terms

_COUNTED = 5_000
"""A word that more cases have is common; which of two is rarer no longer matters."""
_READ = 20_000
"""The newest cases under the rarest word that are held against the others."""

_ADD = insert(terms)
_THERE = select(terms.c.term).where(
    terms.c.term == bindparam("under"),
    terms.c.year == bindparam("of_year"),
    terms.c.number == bindparam("of_number"),
)
_UNDER = select(terms.c.number).where(terms.c.term == bindparam("under")).limit(_COUNTED)
_HOW_MANY = select(func.count()).select_from(_UNDER.subquery())
_RESTRICTED = (
    select(cases.c.reference)
    .where(cases.c.restricted)
    .order_by(cases.c.year.desc(), cases.c.number.desc())
    .limit(bindparam("most"))
)


@cache
def _with_all(others: int) -> Select[str]:
    """The references under one word, the newest first, that stand under so many others too."""
    newest = (
        select(terms.c.year, terms.c.number)
        .where(
            terms.c.term == bindparam("rarest"),
            terms.c.year >= bindparam("first_year"),
            terms.c.year <= bindparam("last_year"),
        )
        .order_by(terms.c.year.desc(), terms.c.number.desc())
        .limit(_READ)
        .subquery()
    )
    query = select(cases.c.reference).join_from(
        newest, cases, (cases.c.year == newest.c.year) & (cases.c.number == newest.c.number)
    )
    for at in range(others):
        other = terms.alias()
        query = query.where(
            exists().where(
                other.c.term == bindparam(f"other_{at}"),
                other.c.year == newest.c.year,
                other.c.number == newest.c.number,
            )
        )
    ordered = query.order_by(newest.c.year.desc(), newest.c.number.desc())
    return ordered.limit(bindparam("most"))


class Terms:
    """The words inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Reads and writes through this connection alone."""
        self._connection = connection

    def add(self, words: Sequence[str], year: int, number: int) -> None:
        """Keep a case under these words."""
        rows = [{"term": one, "year": year, "number": number} for one in dict.fromkeys(words)]
        if rows:
            self._connection.execute(_ADD, rows)

    def has(self, word: str, year: int, number: int) -> bool:
        """Whether a case is kept under this word."""
        kept = {"under": word, "of_year": year, "of_number": number}
        return self._connection.execute(_THERE, kept).first() is not None

    def find(self, words: Sequence[str], years: tuple[int, int], most: int) -> list[str]:
        """The references of cases that are kept under all these words, the newest first.

        `years` are the first and the last of their references.
        """
        counts = [(self._how_many(one), one) for one in dict.fromkeys(words)]
        (fewest, rarest), *others = sorted(counts)
        if not fewest:
            return []
        wanted: dict[str, object] = {f"other_{at}": word for at, (_, word) in enumerate(others)}
        wanted |= {"rarest": rarest, "first_year": years[0], "last_year": years[1], "most": most}
        return list(self._connection.execute(_with_all(len(others)), wanted).scalars())

    def _how_many(self, word: str) -> int:
        return int(self._connection.execute(_HOW_MANY, {"under": word}).scalar_one())

    def restricted(self, most: int) -> list[str]:
        """The references of restricted cases, the newest first."""
        return list(self._connection.execute(_RESTRICTED, {"most": most}).scalars())
