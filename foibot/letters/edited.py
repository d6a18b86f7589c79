"""The open words of a letter between marks, as a notice shows them and as they come back edited; no I/O.

The marks are short, in plain signs, and alone on their lines, so that they survive quoting, wrapping
and a mail program's own ideas of quotation marks. What came back is never the letter: it fills slots.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import escape
from itertools import pairwise
from typing import Final

from foibot.letters.escape import pieces_of
from foibot.mail.border_marks import direct

LETTER_BEGINS: Final = "the letter begins"
LETTER_ENDS: Final = "the letter ends"
_END: Final = "end of "
_LONGEST: Final = 262_144
_MOST_LINES: Final = 5_000
_QUOTE: Final = re.compile(r"^[ \t]{0,3}(?:>[ \t]?){1,20}")
_MARK: Final = re.compile(r"\W{0,4}\[\[\s{0,4}([^\[\]]{1,80}?)\s{0,4}\]\]\W{0,4}")
_FRAME: Final = re.compile(r"(end of )?words of version (\d{1,4})")
_REPEATED: Final = re.compile(r"<(mailto:|tel:|https?://)([^<> \t]{1,2000})>")
_UNSEEN: Final = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_SIGNS: Final = str.maketrans(
    {"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "..."}
)
_BULLET: Final = re.compile(r"^[*•·o-]\s+")


@dataclass(frozen=True, slots=True)
class OpenWords:
    """A slot as it can be edited: its name, what belongs in it, and the words that stand there now."""

    name: str
    help: str
    words: str


@dataclass(frozen=True, slots=True)
class Edits:
    """What came back: the new words of the slots that differ, or everything that stands in the way."""

    slots: Mapping[str, str]
    problems: tuple[str, ...] = ()


def in_text(version: int, slots: Sequence[OpenWords]) -> str:
    """The open words as plain text, every slot between its marks."""
    parts = [_HOW, _mark(_frame(version))]
    for slot in slots:
        parts += [
            f"{slot.name}: {slot.help}",
            _mark(slot.name),
            slot.words.strip(),
            _mark(_END + slot.name),
        ]
    return "\n\n".join([*parts, _mark(_END + _frame(version))]) + "\n"


def in_html(version: int, slots: Sequence[OpenWords]) -> str:
    """The same as HTML, whose text is the same again."""
    paragraphs = in_text(version, slots).strip().split("\n\n")
    shown = "".join(f"<p>{escape(one).replace(chr(10), '<br>')}</p>" for one in paragraphs if one)
    return f"<hr><h2>Words that can be changed</h2>{shown}"


def has_marks(text: str) -> bool:
    """Whether any line of a text is a mark."""
    return any(_name(line) for line in _lines(text))


def read_edits(
    text: str, version: int, slots: Sequence[OpenWords], letter: str, *, whole: bool
) -> Edits:
    """The edited slots in a reply or a file. `letter` is the subject and the text of the letter as it was quoted.

    With `whole`, every mark has to be there and nothing outside them may differ; without, the officer
    wrote single slots between marks of their own. Never raises; linear but for the words that differ.
    """
    lines = _lines(text)
    problems: list[str] = []
    if whole:
        framed = _framed(lines, version)
        if isinstance(framed, str):
            return Edits({}, (framed,))
        lines, before = framed
    blocks, outside = _blocks(lines, problems)
    known = {slot.name.casefold(): slot for slot in slots}
    problems += [
        f"There is no open slot “{name}” in this letter." for name in blocks if name not in known
    ]
    if whole:
        problems += [
            f"The marks [[ {slot.name} ]] and [[ end of {slot.name} ]] are not both there."
            for name, slot in known.items()
            if name not in blocks and not any(f"[[ {slot.name} ]]" in one for one in problems)
        ]
    changed = {}
    for name, words in blocks.items():
        slot = known.get(name)
        if slot is None:
            continue
        edited = _as_wrapped(words, slot.words)
        if _meant(edited) == _meant(slot.words):
            continue
        changed[slot.name] = edited
        if not words and slot.words.strip():
            problems.append(
                f"Nothing is left between the marks of “{slot.name}”. Write the new words there."
            )
    if whole and not problems:
        problems += _outside(outside, slots)
        problems += _locked(
            before, letter, {one.words: changed[one.name] for one in slots if one.name in changed}
        )
    return Edits(changed, tuple(problems))


_HOW: Final = (
    "To change words, reply with the order edit and the version (edit vN),\n"
    "change them between the marks below in the quoted mail, and leave the\n"
    "marks as they are. Everything else in the letter is fixed."
)


def _frame(version: int) -> str:
    return f"words of version {version}"


def _mark(name: str) -> str:
    return f"[[ {name} ]]"


def _lines(text: str) -> list[str]:
    cut = text[:_LONGEST].replace("\r\n", "\n").replace("\r", "\n")
    return [_QUOTE.sub("", line, count=1) for line in cut.split("\n", _MOST_LINES)[:_MOST_LINES]]


def _name(line: str) -> str:
    found = _MARK.fullmatch(_UNSEEN.sub("", unicodedata.normalize("NFKC", line[:200])).strip())
    return " ".join(found[1].split()).casefold() if found else ""


def _framed(lines: Sequence[str], version: int) -> tuple[list[str], list[str]] | str:
    """The lines within the frame of this version, and those above it; or what is wrong with the frame."""
    frames = [
        (at, bool(found[1]), int(found[2]))
        for at, line in enumerate(lines)
        if (found := _FRAME.fullmatch(_name(line)))
    ]
    starts = [at for at, end, number in frames if not end and number == version]
    ends = [at for at, end, number in frames if end and number == version]
    others = [number for _, _, number in frames if number != version]
    if not starts and not ends and others:
        return f"The words quoted in your message are those of version {others[0]}, not of version {version}."
    if not frames:
        return "There are no marks in your message, so foibot cannot tell which words are meant."
    # The topmost is what the officer worked on; below it a mail program may quote the same mail again.
    end = next((at for at in ends if starts and at > starts[0]), None)
    if not starts or end is None:
        return (
            f"The marks [[ words of version {version} ]] and [[ end of words of version {version} ]] "
            "have to be there, one after the other."
        )
    return list(lines[starts[0] + 1 : end]), list(lines[: starts[0]])


def _blocks(lines: Sequence[str], problems: list[str]) -> tuple[dict[str, str], list[str]]:
    """The words between each pair of marks, and the lines outside of all."""
    blocks: dict[str, str] = {}
    outside: list[str] = []
    name, inside = "", list[str]()
    for line in lines:
        mark = _name(line)
        if not mark or _FRAME.fullmatch(mark):
            (inside if name else outside).append(line)
        elif mark == _END + name and name:
            blocks[name] = _tidied(inside)
            name, inside = "", []
        elif mark.startswith(_END):
            problems.append(
                f"The mark [[ {mark} ]] stands where [[ {mark.removeprefix(_END)} ]] has not begun."
            )
        else:
            if name:
                problems.append(f"The mark [[ end of {name} ]] is missing after [[ {name} ]].")
            if mark in blocks:
                problems.append(f"The mark [[ {mark} ]] stands more than once.")
            name, inside = mark, []
    if name:
        problems.append(f"The mark [[ end of {name} ]] is missing after [[ {name} ]].")
    return blocks, outside


def _tidied(lines: Sequence[str]) -> str:
    text = _without_detours("\n".join(line.rstrip() for line in lines)).strip()
    return re.sub(r"\n{3,}", "\n\n", text)


def _without_detours(text: str) -> str:
    """Addresses as they were written: without a scanner's detour, and without a mail program's second copy."""
    return _REPEATED.sub(_once, direct(text))


def _once(found: re.Match[str]) -> str:
    """Nothing for the second copy of an address; an address that stands alone is the officer's own."""
    before = found.string[max(found.start() - 2_100, 0) : found.start()].rstrip()
    address = "".join(found[2].split()).rstrip("/.,;")
    repeated = found[1] == "tel:" or before.rstrip("/.,;").endswith(address)
    return "" if repeated else found[0]


def _as_wrapped(words: str, was: str) -> str:
    """Edited words without the line ends that only wrap them in what they were: wrapped again, those look meant."""
    pieces = (pair for line in pieces_of(was) for pair in pairwise(line))
    wraps = {_around(above, below) for above, below in pieces}
    lines = words.split("\n")
    joined = lines[0]
    for above, below in pairwise(lines):
        joined += f"{' ' if _around(above, below) in wraps else chr(10)}{below}"
    return joined


def _around(above: str, below: str) -> tuple[str, ...]:
    """The words on both sides of a line end."""
    return (*above.split()[-1:], *below.split()[:1])


def _meant(text: str) -> list[str]:
    """The lines that were meant, as far as a mail program leaves them alone."""
    return [line for pieces in pieces_of(text) if (line := _plain("\n".join(pieces)))]


def _plain(text: str) -> str:
    lines = (_BULLET.sub("- ", line.strip()) for line in text.split("\n"))
    joined = " ".join(" ".join(lines).split())
    return _UNSEEN.sub("", unicodedata.normalize("NFKC", joined.translate(_SIGNS)))


def _tokens(lines: Sequence[str]) -> list[str]:
    return re.findall(r"\w+", _plain(_without_detours("\n".join(lines))))


def _outside(lines: Sequence[str], slots: Sequence[OpenWords]) -> list[str]:
    expected = _tokens([f"{slot.name}: {slot.help}" for slot in slots])
    return _difference(expected, _tokens(lines), "between the marks")


def _locked(lines: Sequence[str], letter: str, edited: Mapping[str, str]) -> list[str]:
    """Whether the quoted letter itself was touched, where it is quoted; the edited words may stand there too."""
    begins = [at for at, line in enumerate(lines) if LETTER_BEGINS in line[:200]]
    ends = [at for at, line in enumerate(lines) if LETTER_ENDS in line[:200]]
    if not begins or not ends or ends[-1] < begins[0]:
        return []
    found = _tokens(lines[begins[0] + 1 : ends[-1]])
    expected = _tokens(letter.split("\n"))
    text = " ".join(expected)
    for was, now in edited.items():
        text = text.replace(" ".join(_tokens([was])), " ".join(_tokens([now])), 1)
    return [] if found == text.split() else _difference(expected, found, "in the letter itself")


def _difference(expected: Sequence[str], found: Sequence[str], where: str) -> list[str]:
    matcher = SequenceMatcher(None, expected, found, autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag != "equal":
            near = " ".join(expected[max(i - 4, 0) : i])
            was, now = " ".join(expected[i:j][:12]), " ".join(found[k:m][:12])
            place = f"after “{near}” " if near else ""
            what = f"Words {where} were changed: {place}“{was or 'nothing'}” became “{now or 'nothing'}”."
            return [f"{what} They are fixed; only the words between marks can be changed."]
    return []
