"""Text at the store's edge: whatever a stranger typed can be kept, and is found again by the same words."""

from __future__ import annotations

import re
from typing import overload

from sqlalchemy import Dialect, Text
from sqlalchemy.types import TypeDecorator

_CANNOT_BE_KEPT = re.compile("[\x00\ud800-\udfff]")


@overload
def storable(text: str) -> str: ...
@overload
def storable(text: None) -> None: ...
def storable(text: str | None) -> str | None:
    """The text with U+FFFD for what neither database keeps: NUL, and halves of surrogate pairs.

    PostgreSQL refuses NUL, UTF-8 has no lone surrogates; `"a\\x00b"` is kept as `"a\\ufffdb"`.
    """
    if text is None or (text.isascii() and "\0" not in text):
        return text
    return _CANNOT_BE_KEPT.sub("\ufffd", text)


class Words(TypeDecorator[str]):
    """Text of any origin and length, made storable both when it is kept and when it is looked for."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """What can be kept of it."""
        return storable(value)
