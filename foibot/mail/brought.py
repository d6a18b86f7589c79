"""The files that somebody attached to a mail, and why one of them cannot be passed on; no I/O."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from foibot.mail.message import Attachment, IncomingMail


@dataclass(frozen=True, slots=True)
class BroughtFile:
    """A file that came with an order; `problem` says why it cannot go with a letter, "" if it can."""

    name: str
    content_type: str
    content: bytes
    problem: str


_PROGRAMS: Final = frozenset(
    [
        "exe",
        "com",
        "scr",
        "pif",
        "bat",
        "cmd",
        "ps1",
        "psm1",
        "vbs",
        "vbe",
        "js",
        "jse",
        "wsf",
        "wsh",
        "hta",
        "msi",
        "msp",
        "jar",
        "lnk",
        "reg",
        "dll",
        "cpl",
        "iso",
        "img",
        "vhd",
        "app",
        "dmg",
        "sh",
        "apk",
        "chm",
    ]
)
_MACROS: Final = frozenset(
    ["docm", "dotm", "xlsm", "xltm", "xlam", "xlsb", "pptm", "potm", "ppsm", "ppam"]
)
_MAILS: Final = frozenset(["eml", "msg", "mht", "mhtml"])
_WINMAIL: Final = (
    "it is Outlook's own wrapping, in which nobody else can see the files. Send your mail once more as "
    "HTML or plain text"
)
_MAIL: Final = (
    "it is a mail inside your mail, with names, addresses and files of its own. Save what is to be "
    "disclosed as a document and attach that"
)
_PROGRAM: Final = "it can run as a program"
_MACRO: Final = (
    "it can hold macros, which mail servers refuse. Save it without them, or as PDF or CSV"
)
_BEGINS: Final = {
    "pdf": (b"%PDF-",),
    "docx": (b"PK",),
    "xlsx": (b"PK",),
    "pptx": (b"PK",),
    "odt": (b"PK",),
    "ods": (b"PK",),
    "odp": (b"PK",),
    "zip": (b"PK",),
    "png": (b"\x89PNG",),
    "jpg": (b"\xff\xd8",),
    "jpeg": (b"\xff\xd8",),
    "gif": (b"GIF8",),
}
"""How files of a type begin; one that does not is damaged, locked by a password, or something else."""
_EXECUTABLE: Final = (b"MZ", b"\x7fELF")


_SPREADSHEETS: Final = frozenset(["xls", "xlsx", "ods"])
_EDITABLE: Final = frozenset(["doc", "docx", "odt", "rtf", "ppt", "pptx", "odp"])


def hint_on(name: str) -> str:
    """What people should look for in a file of this type before it is given to the world; "" for none."""
    extension = name.rpartition(".")[2].lower()
    if extension in _SPREADSHEETS:
        return (
            "A spreadsheet can hold hidden sheets, rows, columns and the data behind a pivot table. "
            "Regulators advise to disclose CSV files instead."
        )
    if extension in _EDITABLE:
        return "A document of this type can hold tracked changes, comments and earlier words; a new PDF holds fewer."
    if extension == "zip":
        return "Look at every file in the ZIP."
    return ""


def files_brought(mail: IncomingMail) -> tuple[BroughtFile, ...]:
    """Every file that was attached, in its order; a logo in the text and a seal are none.

    No file is opened: only its name, its declared type and how it begins are looked at.
    """
    return tuple(
        BroughtFile(one.name, one.content_type, content, _problem(one, content))
        for one in mail.attachments
        if not one.in_text
        for content in (one.content(),)
    )


def _problem(file: Attachment, content: bytes) -> str:
    extension = file.name.rpartition(".")[2].lower()
    if file.content_type == "application/ms-tnef" or file.name.lower() == "winmail.dat":
        return _WINMAIL
    if file.content_type.startswith("message/") or extension in _MAILS:
        return _MAIL
    if not content.strip():
        return "it is empty"
    if extension in _PROGRAMS or content.startswith(_EXECUTABLE):
        return _PROGRAM
    if extension in _MACROS:
        return _MACRO
    if not content.startswith(_BEGINS.get(extension, (b"",))):
        return f"it does not begin as a .{extension} file does: it is damaged, locked or something else"
    return ""
