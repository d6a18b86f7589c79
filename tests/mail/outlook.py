"""Writes messages in Outlook's own format, `.msg`, for the tests: a compound file with short and long streams."""

from __future__ import annotations

import struct
from collections.abc import Mapping

END, FREE, NONE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFF
SECTOR, SMALL, CUTOFF = 512, 64, 4096


def outlook_message(
    streams: Mapping[str, bytes], *, in_a_file: Mapping[str, bytes] | None = None
) -> bytes:
    """The streams of a message by number and type ("0037001F"), and those of a message attached to it."""
    contents = [("__substg1.0_" + name, data) for name, data in streams.items()]
    inner = [("__substg1.0_" + name, data) for name, data in (in_a_file or {}).items()]
    sectors: list[bytes] = []
    fat: list[int] = []
    short = bytearray()
    small_fat: list[int] = []

    def put(data: bytes) -> int:
        first = len(sectors)
        count = max((len(data) + SECTOR - 1) // SECTOR, 1)
        for at in range(count):
            sectors.append(data[at * SECTOR : (at + 1) * SECTOR].ljust(SECTOR, b"\0"))
            fat.append(first + at + 1 if at + 1 < count else END)
        return first

    def store(data: bytes) -> int:
        if len(data) >= CUTOFF:
            return put(data)
        first = len(small_fat)
        count = max((len(data) + SMALL - 1) // SMALL, 1)
        short.extend(data.ljust(count * SMALL, b"\0"))
        small_fat.extend([first + at + 1 for at in range(count - 1)] + [END])
        return first

    stored = [(name, store(data), len(data)) for name, data in contents + inner]
    own = stored[: len(contents)]
    # Entry 0 is the root; its streams hang on each other to the right, and after them the storage of the file.
    entries = []
    for at, (name, start, size) in enumerate(own, start=1):
        entries.append(_entry(name, 2, right=at + 1, start=start, size=size))
    storage = len(own) + 1
    entries.append(_entry("__attach_version1.0_#00000000", 1, child=storage + 1 if inner else NONE))
    for at, (name, start, size) in enumerate(stored[len(own) :], start=storage + 1):
        right = at + 1 if at < storage + len(inner) else NONE
        entries.append(_entry(name, 2, right=right, start=start, size=size))
    root_start = put(bytes(short))
    root = _entry("Root Entry", 5, child=1, start=root_start, size=len(short))
    directory = put(b"".join([root, *entries]))
    small_start = put(struct.pack(f"<{len(small_fat)}I", *small_fat).ljust(SECTOR, b"\xff"))
    fat_at = len(sectors)
    fat_sectors = (len(fat) + 127) // 128 + 1
    fat.extend([0xFFFFFFFD] * fat_sectors)
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(fat_sectors * SECTOR, b"\xff")
    header = struct.pack(
        "<8s16sHHHHH6sIIIIIIIIII", bytes.fromhex("d0cf11e0a1b11ae1"), b"", 0x3E, 3, 0xFFFE, 9, 6, b"",
        0, fat_sectors, directory, 0, CUTOFF, small_start, 1, END, 0, fat_at,
    )  # fmt: skip
    more = struct.pack(f"<{fat_sectors - 1}I", *range(fat_at + 1, fat_at + fat_sectors))
    return (header + more).ljust(SECTOR, b"\xff") + b"".join(sectors) + table


def _entry(
    name: str, kind: int, *, right: int = NONE, child: int = NONE, start: int = 0, size: int = 0
) -> bytes:
    letters = name.encode("utf-16-le")
    return (
        struct.pack("<64sHBBIII", letters, len(letters) + 2, kind, 1, NONE, right, child)
        + bytes(36)
        + struct.pack("<II", start, size)
        + bytes(4)
    )
