"""Text at the store's edge: whatever a stranger typed can be kept, and is found again by the same words."""

from __future__ import annotations

import re
from typing import overload

from sqlalchemy import Dialect, String, Text
from sqlalchemy.types import TypeDecorator, TypeEngine

_CANNOT_BE_KEPT = re.compile("[\x00\ud800-\udfff]")


@overload
def storable(text: str) -> str: ...
@overload
def storable(text: None) -> None: ...
def storable(text: str | None) -> str | None:
    """The text with U+FFFD for what neither database keeps: NUL, and halves of surrogate pairs.

    PostgreSQL refuses NUL, UTF-8 has no lone surrogates; `"a\\x00b"` is kept as `"a\\ufffdb"`.
    """
    return None if text is None else _CANNOT_BE_KEPT.sub("\ufffd", text)


class Words(TypeDecorator[str]):
    """Text of any origin, made storable both when it is kept and when it is looked for."""

    impl = String
    cache_ok = True

    def __init__(self, length: int | None = None) -> None:
        """VARCHAR of this many characters where a length is given, else TEXT."""
        super().__init__(length)
        self.length = length

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[str]:
        """The column's type in this database."""
        return dialect.type_descriptor(String(self.length) if self.length else Text())

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """What can be kept of it."""
        return storable(value)
