"""What all orders for a letter share: whether it may be drafted now, its slots from the text, what is missing; no I/O."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from foibot.case.case import Case, LetterState, LetterVersion, State
from foibot.case.enclosure import EnclosedFile, letter_pdf_name
from foibot.case.later_letters import LATER, on_its_way
from foibot.case.lifecycle import can_draft
from foibot.case.outcome import LetterWanted, Outcome
from foibot.commands.after_answer import lines_after_answer, still_runs
from foibot.commands.closing import REOPEN
from foibot.commands.command import Order, Situation, refuse
from foibot.commands.decisions import SHOW, Lines
from foibot.commands.grammar import SlotsRead, read_slots, words_for_letter
from foibot.law import regime
from foibot.law.dates import listed
from foibot.law.provisions import Provision
from foibot.letters.kind import LetterKind
from foibot.letters.slot import Slot

STOP = ("stop", "stops a letter that has not left")
LAPSE = ("lapse", "drafts the letter that tells the requester that it is closed")
HELP = ("help", "lists the orders")
LIKELY_HELP = ("help", "lists the orders that draft one")


@dataclass(frozen=True, slots=True)
class Asked:
    """A letter as an order asks for it.

    `first` is the slot that the text under the order begins with ("": the text has to name one), `words`
    what stood on the order's own line for it. `line` is the order as it would be written again.
    `with_text` orders are refused without the words that the letter needs; any other letter is drafted
    with the places open where they are still to be written.
    """

    kind: str
    line: str
    first: str = ""
    words: str = ""
    provisions: tuple[Provision, ...] = ()
    until: date | None = None
    fee_pence: int = 0
    result: str = ""
    with_text: bool = False


def may_draft(case: Case) -> str:
    """Why no letter that answers the request can be drafted now; "" if one can."""
    return _why_not(case) if case.state in LATER.values() or not can_draft(case) else ""


def stands_against(case: Case, kind: LetterKind) -> str:
    """Why a letter of this kind cannot be drafted now; "" if it can."""
    return "" if case.state.value in kind.states and can_draft(case) else _why_not(case)


def _why_not(case: Case) -> str:
    if case.current and case.current.state is LetterState.APPROVED:
        return "A letter on this case is approved and about to leave. Stop it first."
    if on_its_way(case):
        return "Nobody knows yet whether the last letter arrived. The administrator has to settle that first."
    match case.state:
        case State.WAITING:
            return "The case waits for the requester; the clock runs again when they answer."
        case State.ANSWERED:
            return "This case has been answered."
        case State.REOPENED:
            return still_runs(case)
        case _:
            return f"This case is closed: {case.outcome.replace('-', ' ')}."


def _instead(case: Case) -> Lines:
    """What could be ordered where no letter of the wanted kind can be drafted."""
    if case.current and case.current.state is LetterState.APPROVED:
        return (STOP,)
    if case.state in {State.WITHDRAWN, State.NOT_FOI}:
        return (REOPEN,)
    return (LAPSE,) if case.state is State.LAPSED else lines_after_answer(case)


def not_now(order: Order, at: Situation, kind: str, *instead: tuple[str, str]) -> Outcome | None:
    """The refusal of an order for a letter that the state or the law of the case does not know.

    `instead` are orders that would work under a law that has no such letter.
    """
    wanted = at.kinds[kind]
    why = stands_against(at.case, wanted)
    if why:
        return refuse("state", order, [why], *_instead(at.case), SHOW)
    if at.regime.key not in wanted.regimes:
        laws = listed([regime(key).short for key in wanted.regimes])
        why = f"There is no letter “{wanted.title}” under the {at.regime.act}. It exists under {laws}."
        return refuse("regime", order, [why], *(instead or (HELP,)))
    return None


def draft(order: Order, at: Situation, asked: Asked) -> Outcome:
    """The next version of the letter that was asked for; or everything that is wrong, and the line that would do."""
    refused = not_now(order, at, asked.kind)
    if refused is not None:
        return refused
    kind = at.kinds[asked.kind].under(at.regime.key)
    slots = kind.slots_on(asked.provisions)
    read = _slots_read(order, at, asked, slots)
    words = {**_kept(at.case, asked.kind, slots), **dict(read.words)}
    files, kept = new_files(at), _kept_files(at.case, asked.kind)
    kept = () if files else kept
    problems = [*files_stopped(at, kind), *_unknown(read, slots)]
    lacking = [*missing(slots, words, has_files=bool(files or kept))]
    # Words that belong to no slot may be the very ones that are missing: they would be lost.
    if problems or (lacking and (asked.with_text or read.unplaced)):
        problems += [*lacking, *_unplaced(read, slots)]
        without = bool(at.files) and not kind.takes_files
        does = _how(asked, slots, takes_files=kind.takes_files, without_files=without)
        return refuse("slots", order, problems, (asked.line, does))
    return Outcome(
        letter=LetterWanted(
            kind=asked.kind,
            provisions=" ".join(one.cited for one in asked.provisions),
            slots=tuple(sorted(words.items())),
            said=order.line,
            until=asked.until,
            fee_pence=asked.fee_pence,
            files=files,
            kept_files=kept,
            result=asked.result,
        )
    )


def _slots_read(order: Order, at: Situation, asked: Asked, slots: Collection[Slot]) -> SlotsRead:
    text = words_for_letter(order, asked.words, at.officer.name)
    elsewhere = {slot.name for kind in at.kinds.values() for slot in kind.slots}
    names = [slot.name for slot in slots]
    return read_slots(text, asked.first, names, elsewhere)


def kept_before(case: Case, kind: str) -> LetterVersion | None:
    """The draft before this one, if it is the same letter and has not left."""
    letter = case.current
    if letter is None or letter.kind != kind or letter.state is LetterState.SENT:
        return None
    return letter


def _kept(case: Case, kind: str, slots: Collection[Slot]) -> dict[str, str]:
    """The officers' words in the draft before this one."""
    letter, names = kept_before(case, kind), {slot.name for slot in slots}
    return {name: words for name, words in letter.slots if name in names} if letter else {}


def _kept_files(case: Case, kind: str) -> tuple[str, ...]:
    """The files of the draft before this one; an order that brings files of its own names them all."""
    letter = kept_before(case, kind)
    return tuple(one.name for one in letter.files) if letter else ()


def files_stopped(at: Situation, kind: LetterKind) -> Iterator[str]:
    """Why files that were attached to an order cannot go with this letter, each in a sentence."""
    if at.files and not kind.takes_files:
        names = ", ".join(one.name for one in at.files)
        yield f"No file may go with a letter of the kind “{kind.title}”. With your order came: {names}."
        return
    for one in at.files:
        if one.name.casefold() == letter_pdf_name(at.case.reference).casefold():
            yield f"The file {one.name} has the name of the letter itself. Give it another."
        if one.problem:
            yield f"The file {one.name} cannot be sent: {one.problem}."


def new_files(at: Situation) -> tuple[EnclosedFile, ...]:
    """The files that were attached to the order, as they will be sent."""
    return tuple(EnclosedFile(one.name, one.content_type, one.content) for one in at.files)


def may_change(order: Order, at: Situation) -> Outcome | None:
    """The refusal of an order that changes the current letter, where it cannot be changed now."""
    letter = at.case.current
    why = stands_against(at.case, at.kinds[letter.kind]) if letter else ""
    return refuse("state", order, [why], *_instead(at.case), SHOW) if why else None


def again(letter: LetterVersion, order: Order, **changes: Any) -> Outcome:
    """The next version of the same letter: as it was ordered, with its words and its files, but for `changes`."""
    wanted = LetterWanted(
        kind=letter.kind,
        provisions=" ".join(letter.provisions),
        slots=letter.slots,
        said=order.line,
        until=letter.until,
        fee_pence=letter.fee_pence,
        kept_files=tuple(one.name for one in letter.files),
        parts=letter.parts,
        result=letter.result,
    )
    return Outcome(letter=replace(wanted, **changes))


def unanswered(letter: LetterVersion, at: Situation, files: Collection[str]) -> list[str]:
    """The slots that such a letter cannot do without, once only these files go with it."""
    words = dict(letter.slots)
    slots = [slot for slot in at.kinds[letter.kind].slots if slot.unless == "files"]
    return [slot.name for slot in slots if not words.get(slot.name) and not files]


def _unknown(read: SlotsRead, slots: Collection[Slot]) -> Iterator[str]:
    for name in read.unknown:
        yield f"This letter has no slot “{name}”. Its slots are {_names(slots)}."


def _unplaced(read: SlotsRead, slots: Collection[Slot]) -> Iterator[str]:
    # A signature may stand there, so that such words alone stop nothing.
    if read.unplaced:
        begin = f"Begin them with the name of one: {_names(slots)}."
        yield f"The first words under the order belong to no slot. {begin}"


def _names(slots: Collection[Slot]) -> str:
    return listed([f"“{slot.name}:”" for slot in slots])


def missing(slots: Collection[Slot], words: dict[str, str], *, has_files: bool) -> Iterator[str]:
    """The slots that have to be filled and are not, each in a sentence."""
    for slot in slots:
        enclosed = slot.unless == "files" and has_files
        if slot.required and not words.get(slot.name) and not enclosed:
            yield f"The letter needs the text for “{slot.name}”: {slot.help}"


def _how(asked: Asked, slots: Collection[Slot], *, takes_files: bool, without_files: bool) -> str:
    """What belongs under the order's line, as the help to it."""
    needed = [slot.name for slot in slots if slot.required]
    steps = []
    if asked.first in needed:
        or_files = " or in files you attach" if takes_files else ""
        steps.append(f"with the text for “{asked.first}” on the lines under it{or_files}")
    steps += [f"a line “{name}:” and its text under that" for name in needed if name != asked.first]
    if not needed:
        steps = ["with nothing under it"]
        steps += [f"or with a line “{slot.name}:” and its text under that" for slot in slots][:1]
    elif asked.first not in needed:
        steps[0] = f"with {steps[0]}"
    does = (", " if not needed else ", then ").join(steps)
    return f"without files, {does}" if without_files else does
