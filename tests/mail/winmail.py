"""Builds winmail.dat as Outlook does, from its text and files, for the tests."""

from __future__ import annotations

import struct


def attribute(number: int, data: bytes, level: int = 1) -> bytes:
    check = sum(data) & 0xFFFF
    return struct.pack("<BHHI", level, number, 6, len(data)) + data + struct.pack("<H", check)


def text_property(number: int, text: str) -> bytes:
    data = text.encode("utf-16-le") + b"\0\0"
    return variable(0x1F, number, data)


def variable(kind: int, number: int, *values: bytes) -> bytes:
    packed = b"".join(struct.pack("<I", len(one)) + one + b"\0" * (-len(one) % 4) for one in values)
    return struct.pack("<HHI", kind, number, len(values)) + packed


def fixed(kind: int, number: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, number) + data + b"\0" * (-len(data) % 4)


def named(kind: int, number: int, name: str | int, data: bytes) -> bytes:
    """A property with a name of its own: data is what follows the name."""
    head = struct.pack("<HH", kind, number) + bytes(16)
    if isinstance(name, int):
        return head + struct.pack("<II", 0, name) + data
    text = name.encode("utf-16-le")
    return head + struct.pack("<II", 1, len(text)) + text + b"\0" * (-len(text) % 4) + data


def properties(*each: bytes) -> bytes:
    return struct.pack("<I", len(each)) + b"".join(each)


def file(name: str, content: bytes, *more: bytes, title: bytes = b"SHORT~1.DOC\0") -> bytes:
    return (
        attribute(0x9002, b"\1\0" + bytes(12), 2)
        + attribute(0x8010, title, 2)
        + attribute(0x800F, content, 2)
        + attribute(0x9005, properties(*([text_property(0x3707, name)] if name else []), *more), 2)
    )


def winmail(*attributes: bytes) -> bytes:
    return b"\x78\x9f\x3e\x22\x01\x00" + b"".join(attributes)


CP1252 = attribute(0x9007, struct.pack("<II", 1252, 0))
REQUEST = winmail(
    CP1252,
    attribute(0x9003, properties(text_property(0x1000, "How many fines in Café Street?\r\n"))),
    file("Café streets, all of them.docx", b"PK\3\4 streets"),
    file("", b"%PDF-1.7 map", title=b"map.pdf\0"),
)
