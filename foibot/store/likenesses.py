"""Under which marks each request is kept, so that one like it is found without looking at every case."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from functools import cache

from sqlalchemy import BigInteger, CompoundSelect, Connection, bindparam, insert, select, union_all

from foibot.store.tables import likenesses

_OF_A_MARK = 40


_ADD = insert(likenesses)
_THERE = select(likenesses.c.mark).where(
    likenesses.c.mark == bindparam("under"),
    likenesses.c.at == bindparam("since"),
    likenesses.c.case_ref == bindparam("of_case"),
)


@cache
def _newest(marks: int) -> CompoundSelect[str]:
    """The newest cases under each of so many marks; built once, which takes longer than to ask."""
    parts = (
        select(likenesses.c.case_ref)
        .where(likenesses.c.mark == bindparam(f"mark_{at}", type_=BigInteger))
        .order_by(likenesses.c.at.desc(), likenesses.c.case_ref.desc())
        .limit(_OF_A_MARK)
        .subquery()
        for at in range(marks)
    )
    return union_all(*(select(one.c.case_ref) for one in parts))


class Likenesses:
    """The marks inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Reads and writes through this connection alone."""
        self._connection = connection

    def add(self, marks: Sequence[int], reference: str, received_at: datetime) -> None:
        """Keep a case under its marks."""
        rows = [{"mark": one, "at": received_at, "case_ref": reference} for one in set(marks)]
        if rows:
            self._connection.execute(_ADD, rows)

    def has(self, mark: int, reference: str, received_at: datetime) -> bool:
        """Whether a case is kept under this mark."""
        kept = {"under": mark, "since": received_at, "of_case": reference}
        return self._connection.execute(_THERE, kept).first() is not None

    def find(self, marks: Sequence[int], most: int) -> list[str]:
        """The cases that share the most marks, the likeliest first.

        Of each mark the newest cases are read alone, so that a form letter sent by thousands costs no more.
        """
        if not marks:
            return []
        wanted = {f"mark_{at}": mark for at, mark in enumerate(dict.fromkeys(marks))}
        newest = _newest(len(wanted))
        shared = Counter(self._connection.execute(newest, wanted).scalars().all())
        return [reference for reference, _ in shared.most_common(most)]
