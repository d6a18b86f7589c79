"""Which part of a valid request seems to be missing, and what would help: never a reason to refuse; no I/O."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from foibot.mail.reply_text import new_words

_NEEDS_NO_NAME: Final = frozenset({"eir", "eisr"})
_RECORDINGS_COUNT: Final = frozenset({"foisa", "eir", "eisr"})
_RECORDING: Final = (
    ".mp3",
    ".wav",
    ".m4a",
    ".ogg",
    ".opus",
    ".amr",
    ".mp4",
    ".mov",
    ".3gp",
    ".avi",
)
_NOBODY: Final = re.compile(r"(?:do[-_.]?not|no)[-_.]?reply\b", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*\.?")
_GREETING: Final = re.compile(
    r"\s*(?:dear|hi|hello|hey|to whom|good (?:morning|afternoon))\b.{0,80}", re.I
)
_SAYS_NAME: Final = re.compile(
    r"\b(?:my name is|name:|i am|signed,?)\s+([^\n]{2,60})", re.IGNORECASE
)
_LOOKED_AT: Final = 50_000
_LAST_LINES: Final = 8
_FEWEST_WORDS: Final = 4
_SHOWN: Final = 40
_PSEUDONYMS: Final = frozenset(
    {
        "mickey mouse", "donald duck", "minnie mouse", "santa claus", "father christmas",
        "joe bloggs", "jo bloggs", "john doe", "jane doe", "john q public", "a n other",
        "an other", "ann other", "a nonymous", "anon", "anonymous", "no name", "noname",
        "concerned citizen", "concerned resident", "concerned taxpayer", "concerned parent",
        "a resident", "a taxpayer", "a citizen", "local resident", "tax payer", "james bond",
        "harry potter", "bruce wayne", "clark kent", "peter parker", "sherlock holmes",
        "robin hood", "foi requester", "freedom of information", "test test",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """What of a message the checklist looks at; `law` is the key of the law it was opened under."""

    name: str
    address: str
    text: str
    files: tuple[str, ...]
    law: str


def checklist(asked: Asked) -> tuple[str, ...]:
    """One line for each part that seems to be missing, with what to do; () for an ordinary request.

    FOIA 2000 s.8(1) and FOISA 2002 s.8(1): in writing, a name and an address for correspondence, a
    description (V-01 to V-06). An unclear request is still answered in time, with help (V-08).
    """
    return (*_in_writing(asked), *_name(asked), *_address(asked), *_description(asked))


def _in_writing(asked: Asked) -> Iterator[str]:
    if asked.law not in _RECORDINGS_COUNT and _words(asked.text) < _FEWEST_WORDS:
        recording = next((one for one in asked.files if one.casefold().endswith(_RECORDING)), "")
        if recording:
            yield (
                f"Section 8(1)(a), in writing: the request may be in the recording {recording}. "
                "Offer help with putting it in writing."
            )


def _name(asked: Asked) -> Iterator[str]:
    if asked.law in _NEEDS_NO_NAME:
        return
    given = _given_name(asked)
    if _plain(given) in _PSEUDONYMS:
        yield (
            f"Section 8(1)(b), the name: {given[:_SHOWN]} may not be a real one. "
            "If it does not matter who asks, answer as usual; do not ask for proof."
        )
    elif not _full(given):
        found = f"only {given[:_SHOWN]} was found" if given else "none was found"
        yield (
            f"Section 8(1)(b), the name: {found}. If it does not matter who asks, answer as usual; "
            "otherwise ask for it, never for proof. Environmental information needs no name."
        )


def _given_name(asked: Asked) -> str:
    """The fullest name there is: beside the address, or under the text."""
    beside = asked.name if "@" not in asked.name else ""
    if _full(beside) or _plain(beside) in _PSEUDONYMS:
        return beside
    lines = [line.strip() for line in new_words(asked.text).splitlines() if line.strip()]
    under = [line for line in (*lines[-_LAST_LINES:], _said_name(asked.text)) if _signs(line)]
    return under[-1] if under else beside


def _said_name(text: str) -> str:
    """The name in "My name is Sam Smith. How many": no more than three words, to the end of a sentence."""
    said = _SAYS_NAME.search(text[:_LOOKED_AT])
    name: list[str] = []
    for word in said[1].split()[:3] if said else ():
        name.append(word.rstrip(",;"))
        if len(word) > 2 and word[-1] in ".,;":
            break
    return " ".join(name).rstrip(".")


def _signs(line: str) -> bool:
    """Whether a line may be a signature: two to four words, all of them capital or without case."""
    words = _WORD.findall(line)
    return (
        1 < len(words) <= 5
        and len(line) <= _SHOWN
        and not line.endswith(("?", ":", "!"))
        and all(not word[0].islower() and not word[0].isdigit() for word in words)
        and not _GREETING.fullmatch(line)
        and words[0].casefold() not in _CLOSINGS
    )


_CLOSINGS: Final = frozenset(
    {"kind", "best", "warm", "yours", "many", "thank", "thanks", "regards", "sent", "dear", "with"}
)


def _full(name: str) -> bool:
    """Whether a name has two words, or is a title or initial with a surname: "S. Smith", "Mrs Smith"."""
    return len(_WORD.findall(name)) > 1


def _plain(name: str) -> str:
    return " ".join(word.casefold().strip(".") for word in _WORD.findall(name))


def _address(asked: Asked) -> Iterator[str]:
    if _NOBODY.match(asked.address.rpartition("@")[0]):
        yield (
            "Section 8(1)(b), an address for correspondence: nobody seems to read mail to the "
            "sender's. Look for another one in the text."
        )


def _description(asked: Asked) -> Iterator[str]:
    lines = [line for line in asked.text.splitlines() if not _GREETING.fullmatch(line)]
    text = "\n".join(lines)
    if _words(text) >= _FEWEST_WORDS or "?" in text:
        return
    rule = "Regulation 9" if asked.law in _NEEDS_NO_NAME else "Section 8(1)(c)"
    if asked.files:
        yield f"{rule}, a description: the text is short; what is asked may stand in the files."
    else:
        yield (
            f"{rule}, a description: the text is too short to tell what is asked. "
            'Help the person to say it, with the order "clarify"; it is still answered in time.'
        )


def _words(text: str) -> int:
    return len(_WORD.findall(text[:_LOOKED_AT]))
