"""`answer`: one outcome for each numbered question, from one mail or several, and one letter for all; no I/O."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from foibot.case.events import Event, PartsDecided
from foibot.case.outcome import LetterWanted, Outcome
from foibot.case.parts import IN_PARTS, PartDecided, PartOutcome, in_order, slot_of, undecided
from foibot.commands.command import Command, Group, Order, Situation, Text, answer, refuse
from foibot.commands.decisions import SHOW, Lines
from foibot.commands.drafting import files_stopped, kept_before, missing, new_files, not_now
from foibot.commands.grammar import own_words, read_slots
from foibot.commands.likely import likely_orders
from foibot.commands.numbered import Key, key_of, shown, twice
from foibot.commands.outcomes import (
    Block,
    blocks_in,
    numbers_of,
    outcome_in,
    provisions_in,
    unknown_in,
)
from foibot.law.dates import listed
from foibot.law.provisions import Provision
from foibot.letters.slot import Slot
from foibot.officers.roster import Role

_QUESTIONS: Final = (
    "questions",
    "shows the numbered questions; with each on a line under it, behind its number, puts them right",
)


_HOW: Final = (
    "The letter is drafted as soon as each has one. All the lines can stand in one mail, each outcome on a "
    "line of its own with its words under it."
)


@dataclass(frozen=True, slots=True)
class _Read:
    """One outcome as it was understood: for which question, on what, with which lines under it."""

    number: str
    block: Block
    provisions: tuple[Provision, ...]
    words: str


def decide(order: Order, at: Situation) -> Outcome:
    """The outcomes in the lines under the order, and the letter once every question has one."""
    return decide_on(order, at, own_words(order.text, at.officer.name).splitlines())


def begins_with_outcome(rest: str) -> bool:
    """Whether what stands behind `part` decides on single questions."""
    return outcome_in(rest) is not None


def decide_on(order: Order, at: Situation, lines: Sequence[str]) -> Outcome:
    """The outcomes in these lines noted, with the letter or with what is missing for it; or all that is wrong."""
    refused = not_now(order, at, IN_PARTS)
    if refused is not None:
        return refused
    if not at.case.questions:
        why = ["This request has no numbered questions, so that one outcome answers it."]
        return refuse("questions", order, why, _QUESTIONS, *likely_orders(at.regime))
    blocks = blocks_in(lines)
    if blocks.unplaced:
        why = [
            f"“{blocks.unplaced[:100]}” stands before any outcome, so it belongs to no question."
        ]
        return refuse("outcomes", order, why, *_open_lines(at, _left(at, at.case.parts)))
    read, problems = _understood(blocks.blocks, at)
    if problems:
        return refuse("outcomes", order, problems, *_open_lines(at, _first_wrong(at, read)))
    parts, words = _merged(read, at)
    left = _left(at, parts)
    return _incomplete(order, at, parts, words, left) if left else _letter(order, at, parts, words)


def _understood(blocks: Sequence[Block], at: Situation) -> tuple[list[_Read], list[str]]:
    known = [key_of(one.number) for one in at.case.questions]
    decided = {key_of(one.number) for one in at.case.parts}
    named: list[Key] = []
    read: list[_Read] = []
    problems: list[str] = []
    for block in blocks:
        open_ = [key for key in known if key not in decided and key not in named]
        keys = numbers_of(block, known, open_)
        named += keys
        provisions, words, wrong = provisions_in(block, at.regime, at.rules.authority_kind)
        numbers = listed([shown(key) for key in keys])
        problems += [f"Question {numbers}: {one}" for one in wrong]
        text = "\n".join(filter(None, (words, "\n".join(block.under).strip())))
        by_key = {key_of(one.number): one.number for one in at.case.questions}
        read += [_Read(by_key[key], block, provisions, text) for key in keys if key in by_key]
    strange = unknown_in(named, known)
    if strange:
        there = listed([one.number for one in at.case.questions])
        problems.append(f"There is no question {listed(strange)}. The questions are {there}.")
    again = [shown(key) for key in twice(named)]
    if again:
        problems.append(f"Question {listed(again)} has more than one outcome; it can have one.")
    return read, problems


def _first_wrong(at: Situation, read: Sequence[_Read]) -> list[str]:
    """The questions to suggest lines for: first those whose provisions are wrong, then those nobody named."""
    named = {one.number for one in read}
    wrong = [one.number for one in read if one.block.outcome.cites and not one.provisions]
    others = [one.number for one in at.case.questions if one.number not in named]
    return [*wrong, *others] or [at.case.questions[0].number]


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of the letter by slot, what this order gave for no question, and what cannot be placed."""

    slots: Mapping[str, str]
    early: tuple[str, ...]
    problems: tuple[str, ...]


def _merged(read: Sequence[_Read], at: Situation) -> tuple[tuple[PartDecided, ...], _Words]:
    """Every outcome there is with this order's, and the words: the order's own, else those given before."""
    before = {one.number: one for one in at.case.parts}
    letter = kept_before(at.case, IN_PARTS)
    kept = dict(letter.slots) if letter else {}
    parts = dict(before)
    for one in read:
        cited = tuple(each.cited for each in one.provisions)
        parts[one.number] = PartDecided(one.number, one.block.outcome, cited)
    ordered = in_order(at.case.questions, parts.values())
    given, problems = _placed(read, at, ordered)
    slots = {name: words for name, words in kept.items() if not name.startswith(slot_of(""))}
    for part in ordered:
        name, was = slot_of(part.number), before.get(part.number)
        same = was is not None and was.outcome is part.outcome
        words = given.get(name) or (kept.get(name) or was.words if was and same else "")
        if words:
            slots[name] = words
    early = {name: words for name, words in given.items() if not name.startswith(slot_of(""))}
    slots |= early
    with_words = tuple(replace(one, words=slots.get(slot_of(one.number), "")) for one in ordered)
    return with_words, _Words(slots, tuple(early), tuple(problems))


def _placed(
    read: Sequence[_Read], at: Situation, parts: Sequence[PartDecided]
) -> tuple[dict[str, str], list[str]]:
    """This order's words by slot: under each outcome those for its question, or behind the name of a slot."""
    names = [slot.name for slot in _slots(at, parts, read) if not slot.name.startswith(slot_of(""))]
    given: dict[str, str] = {}
    problems: list[str] = []
    for one in read:
        first = "" if one.block.outcome is PartOutcome.NCND else slot_of(one.number)
        slots = read_slots(one.words, first, names)
        given |= dict(slots.words)
        if slots.unplaced:
            problems.append(
                f"What the letter says on question {one.number} is fixed, because a word there could tell what "
                f"it must not; “{slots.unplaced[:60]}” belongs to no slot."
            )
        problems += [f"There is no slot “{name}”." for name in slots.unknown]
    return given, problems


def _slots(
    at: Situation, parts: Collection[PartDecided], read: Sequence[_Read]
) -> tuple[Slot, ...]:
    outcomes = {one.number: one.outcome for one in parts}
    return at.kinds[IN_PARTS].slots_on(_provisions(at, parts, read), outcomes)


def _provisions(
    at: Situation, parts: Collection[PartDecided], read: Sequence[_Read]
) -> tuple[Provision, ...]:
    """The provisions of all outcomes: those just read, and the earlier ones read again from how they were cited."""
    fresh = {one.number: one.provisions for one in read}
    found: list[Provision] = []
    for one in parts:
        block = Block(one.number, one.outcome, " ".join(one.provisions))
        again = provisions_in(block, at.regime, at.rules.authority_kind)[0]
        found += fresh.get(one.number, again)
    return tuple(dict.fromkeys(found))


def _left(at: Situation, parts: Collection[PartDecided]) -> list[str]:
    return [one.number for one in undecided(at.case.questions, parts)]


def _incomplete(
    order: Order,
    at: Situation,
    parts: tuple[PartDecided, ...],
    words: _Words,
    left: Sequence[str],
) -> Outcome:
    """The outcomes so far noted; what is still missing, and the lines that give it."""
    slots = _slots(at, parts, ())
    wanting = [slot for slot in slots if not slot.unless and slot.name.startswith(slot_of(""))]
    problems = [*words.problems, *missing(wanting, dict(words.slots), has_files=False)]
    if words.early:
        problems.append(
            f"The words for {listed(list(words.early))} belong to the letter, and there is none until every question has an "
            "outcome. Send them with the last of the outcomes."
        )
    if at.files:
        names = listed([one.name for one in at.files])
        problems.append(
            f"There is no letter yet that {names} could go with: each question needs an outcome first, and {_have_none(left).lower()} yet. "
            "Attach files to the mail with the last of the outcomes."
        )
    if problems:
        return refuse("outcomes", order, problems, *_open_lines(at, left))
    events = _noted(at, parts)
    title = "Outcomes noted" if events else "What is still to be decided"
    told = [
        f"{len(parts)} of {len(at.case.questions)} questions have an outcome. {_have_none(left)} yet.",
        _HOW,
    ]
    facts = [f"{one.number}: {_said(one)}" for one in parts]
    facts += [f"{one.in_a_line} No outcome yet." for one in at.case.questions if one.number in left]
    return Outcome(
        events=events, notices=(answer(title, told, *_open_lines(at, left), facts=facts),)
    )


def _have_none(left: Sequence[str]) -> str:
    return (
        f"Question {left[0]} has none"
        if len(left) == 1
        else f"Questions {listed(list(left))} have none"
    )


def _said(part: PartDecided) -> str:
    return " ".join((part.outcome.value, *part.provisions))


def _noted(at: Situation, parts: tuple[PartDecided, ...]) -> tuple[Event, ...]:
    return () if parts == at.case.parts else (PartsDecided(len(parts), parts),)


def _open_lines(at: Situation, left: Sequence[str]) -> Lines:
    """An order for each way of deciding on the first of the open questions, and how to name the others."""
    if not left:
        return (("answer", "drafts the letter from the outcomes"), SHOW)
    one = left[0]
    others = f"; in the same way for {listed(list(left[1:]))}" if left[1:] else ""
    withheld, silent = at.regime.withheld_example, at.regime.ncnd_example
    return (
        (
            f"part {one} disclose",
            f"gives it: in the lines under it, or in files you attach{others}",
        ),
        (
            f"part {one} part {withheld}",
            "gives some of it; say under it what is given and left out",
        ),
        (f"part {one} refuse {withheld}", "refuses it on these provisions"),
        (f"part {one} ncnd {silent}", "neither confirms nor denies that you hold it"),
        (f"part {one} not held", "says that you do not hold it; write under it how you looked"),
    )


def _letter(order: Order, at: Situation, parts: tuple[PartDecided, ...], words: _Words) -> Outcome:
    kind = at.kinds[IN_PARTS]
    provisions = _provisions(at, parts, ())
    slots = _slots(at, parts, ())
    files, before = new_files(at), kept_before(at.case, IN_PARTS)
    kept = tuple(one.name for one in before.files) if before and not files else ()
    names = {slot.name for slot in slots}
    filled = {name: text for name, text in words.slots.items() if name in names}
    problems = [
        *words.problems,
        *files_stopped(at, kind),
        *missing(slots, filled, has_files=bool(files or kept)),
        *_together(parts, provisions, has_files=bool(files or kept)),
    ]
    if problems:
        return refuse("outcomes", order, problems, *_lines_without_words(at, parts, slots, filled))
    return Outcome(
        events=_noted(at, parts),
        letter=LetterWanted(
            kind=IN_PARTS,
            provisions=" ".join(one.cited for one in provisions),
            slots=tuple(sorted(filled.items())),
            said=order.line,
            files=files,
            kept_files=kept,
            parts=tuple(replace(one, words="") for one in parts),
        ),
    )


def _lines_without_words(
    at: Situation,
    parts: Collection[PartDecided],
    slots: Collection[Slot],
    words: Mapping[str, str],
) -> Lines:
    """The order again for each question whose words are missing, or the words its provisions ask for."""
    wanting = {slot.name for slot in slots if slot.required and not words.get(slot.name)}
    lines: list[tuple[str, str]] = []
    for one in parts:
        if slot_of(one.number) in wanting:
            does = "with its words on the lines under it, or in files you attach"
            lines.append((f"part {one.line}", does))
        relied_on = _provisions(at, [one], ())
        asked = [each.slot.name for each in at.kinds[IN_PARTS].asked if each.concerns(relied_on)]
        for name in (each for each in asked if each in wanting):
            lines.append((f"part {one.line}", f"with a line “{name}:” and its text under that"))
    return (*lines, SHOW)


def _together(
    parts: Collection[PartDecided], provisions: Collection[Provision], *, has_files: bool
) -> Iterator[str]:
    """What the outcomes rule out as a whole."""
    if all(one.outcome is PartOutcome.NCND for one in parts):
        cited = " ".join(one.cited for one in provisions)
        yield (
            "Every question is neither confirmed nor denied, so that nothing is left to answer by number. "
            f"One letter for the whole request tells least: “ncnd {cited}”."
        )
    if has_files and not any(one.outcome.gives for one in parts):
        yield "No question is answered with information, so that no file may go with the letter."


COMMAND = Command(
    verb="answer",
    form="answer",
    does="answers each numbered question: under it a line for each, such as “1 disclose”, “2 refuse 40(2)” or "
    "“3 not held”, with its words below; once all have one, the letter is drafted",
    example="answer",
    who=frozenset({Role.OFFICER}),
    text=Text.OPTIONAL,
    decide=decide,
    group=Group.ANSWER,
    alone=True,
)
