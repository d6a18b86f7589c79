"""Recognises the numbered questions of a request and says by what it knew them; no I/O.

It reads line by line, looks at no line twice and guesses nothing: numbers that a letter could not be
written by, because one of them stands before two questions, are no numbers. An officer sees what was
recognised, and can put it right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from foibot.case.question_marks import Family, Mark, joined_number, mark_of, value_of
from foibot.mail.reply_text import new_words

MOST_QUESTIONS: Final = 60
_LONGEST_REQUEST: Final = 50_000
_LONGEST_QUESTION: Final = 2_000
_SHOWN: Final = 300
_MOST_MARKS: Final = 400
_DEEPER: Final = 2  # blanks more than the list around it

_CLOSING: Final = re.compile(
    r"(?:yours (?:faithfully|sincerely|truly)|(?:kind(?:est)? |best |warm |many )?(?:regards|wishes|thanks)"
    r"|thank you(?: (?:very much|in advance|for your (?:help|time|assistance)))?|thanks|cheers|diolch)\W{0,3}",
    re.IGNORECASE,
)
_BULLET: Final = re.compile(r"[-*•·o][ \t]{1,4}(?=\S)")
_INLINE: Final = re.compile(r"(?<!\S)\(?(\d{1,2}|[ivx]{2,5}|[a-z])\)(?=\s)")
_BEFORE_LETTER: Final = re.compile(r"(?:[:;,.?]|\b(?:and|or))\s{0,40}$", re.IGNORECASE)
_SENTENCE_END: Final = re.compile(r"[.?!]\s|\n\n")


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a request: its number as a letter names it ("2", "1(b)", "3.1") and its words.

    `under` is what stands above several of them: "For each of these years:".
    """

    number: str
    text: str
    under: str = ""

    @property
    def in_a_line(self) -> str:
        """The question in a list of questions: "1(a): For each year: how many?", cut where it is long."""
        words = " ".join(f"{self.under} {self.text}".split())
        shown = words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1].rstrip()}…"
        return f"{self.number}: {shown}"


@dataclass(frozen=True, slots=True)
class Recognised:
    """What was recognised: the questions, and a sentence for the officer that says by what, or why none."""

    questions: tuple[Question, ...] = ()
    why: str = ""


def recognised(text: str) -> Recognised:
    """The numbered questions in a request, in their order; fewer than two are none.

    "1. How many?" and "2. How much?" on lines of their own are questions 1 and 2; "(a)" and "(b)" within
    question 1 make it 1(a) and 1(b). Quoted mail and quotations do not count. Never raises.
    """
    lines = new_words(text[:_LONGEST_REQUEST]).split("\n")
    quoted = _in_quotation_marks(lines)
    marks = [
        (at, mark)
        for at, line in enumerate(lines)
        if at not in quoted and (mark := mark_of(line)) is not None
    ]
    if len(marks) > _MOST_MARKS:
        return Recognised(why="It has more numbered lines than any request has questions.")
    found = _outermost(marks)
    if found is None:
        return _by_their_own_numbers(lines, marks) or _within_the_text(lines)
    if found.twice:
        return _used_twice(found.twice)
    questions = tuple(_questions(lines, marks, found.members))
    return _limited(questions, lines[found.members[0][0]])


def _limited(questions: tuple[Question, ...], first_line: str) -> Recognised:
    numbers = [one.number for one in questions]
    twice = next((one for one in numbers if numbers.count(one) > 1), "")
    if twice:
        return _used_twice(twice)
    if len(questions) > MOST_QUESTIONS:
        why = f"It has {len(questions)} numbered questions; at most {MOST_QUESTIONS} can be told apart here."
        return Recognised(why=why)
    mark = mark_of(first_line)
    shown = first_line[: mark.end].strip() if mark else first_line
    return Recognised(questions, f"They are numbered like “{shown}”.")


def _used_twice(number: str) -> Recognised:
    why = f"The number {number} stands before more than one of them, so that it names none."
    return Recognised(why=why)


_Marked = tuple[int, Mark]


@dataclass(frozen=True, slots=True)
class _Sequence:
    """A list that counts on from its beginning; `twice` is a number it uses again, "" if there is none."""

    members: tuple[_Marked, ...]
    twice: str

    @property
    def clean(self) -> bool:
        return len(self.members) > 1 and not self.twice


def _outermost(marks: Sequence[_Marked]) -> _Sequence | None:
    """The list that begins first, but one that says "Question" before any other."""
    lists = _lists([one for one in marks if not one[1].parent])
    lists.sort(key=lambda one: (one.members[0][1].style != "question n", one.members[0][0]))
    return lists[0] if lists else None


def _lists(marks: Sequence[_Marked]) -> list[_Sequence]:
    """Every list there is, by the shape of its marks; a shape that never begins goes with any other.

    So "1." and "2)" are one list, but "1.", "(1)", "(2)", "2." are two.
    """
    styles = dict.fromkeys(mark.style for _, mark in marks)
    begun = {mark.style for _, mark in marks if mark.token in {"1", "a", "i"}}
    found = []
    for style in styles:
        here = [one for one in marks if one[1].style == style or one[1].style not in begun]
        counted = _longest(here)
        if len(counted.members) > 1 or counted.twice.isdigit():
            found.append(counted)
    return found


def _longest(marks: Sequence[_Marked]) -> _Sequence:
    begin = next((mark for _, mark in marks if mark.token in {"1", "a", "i"}), None)
    indent = begin.indent if begin else 0
    level = [one for one in marks if one[1].indent < indent + _DEEPER]
    lists = [_counted(here, family) for here in (level, marks) for family in Family]
    return max(lists, key=lambda one: (one.clean, len(one.members), one.twice))


def _counted(marks: Sequence[_Marked], family: Family) -> _Sequence:
    """Those that count 1, 2, 3; a single number may be missing, as people miscount."""
    members: list[_Marked] = []
    last = 0
    for at, mark in marks:
        value = mark.value(family)
        if value == last + 1 or (members and value == last + 2):
            members.append((at, mark))
            last = value
        elif members and 0 < value <= last:
            return _Sequence(tuple(members), mark.token)
    return _Sequence(tuple(members), "")


def _questions(
    lines: Sequence[str], marks: Sequence[_Marked], members: Sequence[_Marked]
) -> Iterator[Question]:
    ends = [at for at, _ in members[1:]] + [len(lines)]
    for (at, mark), end in zip(members, ends, strict=True):
        block = [lines[at][mark.end :], *lines[at + 1 : end]]
        if end == len(lines):
            block = _last(block)
        inner = [
            (there - at, each)
            for there, each in marks
            if at < there < at + len(block)
            and (each.style != mark.style or each.indent >= mark.indent + _DEEPER)
            and each.parent in {"", mark.token}
        ]
        yield from _split(block, mark.token, _inner(inner))


def _inner(marks: Sequence[_Marked]) -> Sequence[_Marked]:
    first = min(_lists(marks), key=lambda one: one.members[0][0], default=None)
    return () if first is None or first.twice else first.members


def _split(block: Sequence[str], number: str, inner: Sequence[_Marked]) -> Iterator[Question]:
    if not inner:
        yield Question(number, _words(block))
        return
    under = _words(block[: inner[0][0]])
    ends = [at for at, _ in inner[1:]] + [len(block)]
    for (at, mark), end in zip(inner, ends, strict=True):
        words = _words([block[at][mark.end :], *block[at + 1 : end]])
        yield Question(joined_number(number, mark.token), words, under)


def _last(block: list[str]) -> list[str]:
    """The last question without what follows the list: it ends with its paragraph, or with a closing.

    A paragraph that ends in a colon goes on in the next one, and so does a list.
    """
    kept: list[str] = []
    for line in block:
        stripped = line.strip()
        if kept and _CLOSING.fullmatch(stripped):
            break
        said = [one.strip() for one in kept if one.strip()]
        after_gap = bool(kept) and not kept[-1].strip()
        goes_on = not said or said[-1].endswith(":") or _BULLET.match(stripped) or mark_of(line)
        if stripped and after_gap and not goes_on:
            break
        kept.append(line)
    return kept


def _words(lines: Sequence[str]) -> str:
    """The words of a question: lines that merely wrap are joined, bullets and paragraphs stay apart."""
    out: list[str] = []
    fresh = True
    for line in (" ".join(each.split()).strip("*_ ") for each in lines):
        if not line:
            fresh = True
        elif fresh or _BULLET.match(line):
            out.append(line)
            fresh = False
        else:
            out[-1] += f" {line}"
    return "\n".join(out)[:_LONGEST_QUESTION].strip()


def _by_their_own_numbers(lines: Sequence[str], marks: Sequence[_Marked]) -> Recognised | None:
    """Questions that are only numbered within others: 1(a), 1(b), 2(a); None if there are none."""
    named = [one for one in marks if one[1].parent]
    if len(named) < 2 or named[0][1].parent != "1" or named[0][1].token not in {"1", "a"}:
        return None
    parents = [int(mark.parent) for _, mark in named]
    if parents != sorted(parents) or parents[-1] - parents[0] >= len(named):
        return None
    ends = [at for at, _ in named[1:]] + [len(lines)]
    questions = []
    for (at, mark), end in zip(named, ends, strict=True):
        block = [lines[at][mark.end :], *lines[at + 1 : end]]
        words = _words(_last(block) if end == len(lines) else block)
        questions.append(Question(joined_number(mark.parent, mark.token), words))
    return _limited(tuple(questions), lines[named[0][0]])


def _within_the_text(lines: Sequence[str]) -> Recognised:
    """Questions in running text: "tell me 1) how many there are and 2) who they are"."""
    text = "\n".join(line.rstrip() for line in lines)
    marks = list(_INLINE.finditer(text))[:_MOST_MARKS]
    for family in Family:
        here = [mark for mark in marks if _counts(text, mark, family)]
        runs = [run for run in _runs(here, family) if len(run) > 1]
        if len(runs) != 1:
            continue
        questions = tuple(_inline_questions(text, runs[0]))
        if all(len(one.text.split()) > 1 for one in questions):
            return Recognised(
                questions, f"They are numbered within the text, like “{runs[0][0][0]}”."
            )
    return Recognised()


def _runs(marks: Sequence[re.Match[str]], family: Family) -> Iterator[list[re.Match[str]]]:
    """Each stretch that counts 1, 2, 3 from its beginning."""
    run: list[re.Match[str]] = []
    for mark in marks:
        value = value_of(mark[1], family)
        if value == len(run) + 1:
            run.append(mark)
        elif value == 1:
            yield run
            run = [mark]
    yield run


def _counts(text: str, mark: re.Match[str], family: Family) -> bool:
    """A letter in brackets may belong to a section; one that counts follows a pause, or "and"."""
    value = value_of(mark[1], family)
    before = text[max(mark.start() - 60, 0) : mark.start()]
    paused = family is Family.NUMBERS or not before.strip() or _BEFORE_LETTER.search(before)
    return value > 0 and bool(paused)


def _inline_questions(text: str, marks: Sequence[re.Match[str]]) -> Iterator[Question]:
    start = max(
        (found.end() for found in _SENTENCE_END.finditer(text, 0, marks[0].start())), default=0
    )
    under = " ".join(text[start : marks[0].start()].split())
    gap = text.find("\n\n", marks[-1].end())
    ends = [mark.start() for mark in marks[1:]] + [gap if gap >= 0 else len(text)]
    for mark, end in zip(marks, ends, strict=True):
        words = " ".join(text[mark.end() : end].split())
        words = re.sub(r"[;,]?\s(?:and|or)$|[;,]$", "", words)
        yield Question(mark[1], words[:_LONGEST_QUESTION], under)


def _in_quotation_marks(lines: Sequence[str]) -> frozenset[int]:
    """The lines that begin inside quotation marks; marks that do not pair up are not looked at."""
    inside: set[int] = set()
    text = "\n".join(lines)
    for opening, closing in (("“", "”"), ('"', '"')):
        if text.count(opening) != text.count(closing) or (
            opening == closing and text.count(opening) % 2
        ):
            continue
        depth = 0
        for at, line in enumerate(lines):
            if depth > 0:
                inside.add(at)
            if opening == closing:
                depth = (depth + line.count(opening)) % 2
            else:
                depth += line.count(opening) - line.count(closing)
    return frozenset(inside)
