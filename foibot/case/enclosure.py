"""A file that goes with a letter: what the case keeps of it, and the file itself; plain values, no I/O."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Enclosure:
    """What the record keeps of a file that was enclosed: its name, its size in bytes, its SHA-256 in hex."""

    name: str
    size: int
    sha256: str

    @property
    def size_in_words(self) -> str:
        """As people read it: "640 bytes", "12 KB", "3.4 MB"."""
        return size_in_words(self.size)


@dataclass(frozen=True, slots=True)
class EnclosedFile:
    """A file as it is sent: a safe name, a content type such as "text/csv", its bytes."""

    name: str
    content_type: str
    content: bytes

    @property
    def recorded(self) -> Enclosure:
        """What the record keeps of it."""
        return Enclosure(self.name, len(self.content), sha256(self.content).hexdigest())


def letter_pdf_name(reference: str) -> str:
    """The name of the letter's own PDF: neutral, as a file name travels further than a letter (L-13, N-36)."""
    return f"letter-{reference.replace('/', '-')}.pdf"


def size_in_words(size: int) -> str:
    """A number of bytes as people read it, in thousands."""
    if size < 1_000:
        return f"{size} byte{'' if size == 1 else 's'}"
    return f"{round(size / 1_000)} KB" if size < 1_000_000 else f"{size / 1_000_000:.1f} MB"
