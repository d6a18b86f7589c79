"""What all orders for a letter share: whether it may be drafted now, its slots from the text, what is missing; no I/O."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from foibot.case.case import Case, LetterState, State
from foibot.case.events import Drafted
from foibot.case.lifecycle import allows
from foibot.case.outcome import LetterWanted, Outcome
from foibot.commands.command import Order, Situation, refuse
from foibot.commands.decisions import SHOW, Lines
from foibot.commands.grammar import SlotsRead, own_words, read_slots
from foibot.law import regime
from foibot.law.dates import listed
from foibot.law.provisions import Provision
from foibot.letters.kind import LetterKind
from foibot.letters.slot import Slot

STOP = ("stop", "stops a letter that has not left")
HELP = ("help", "lists the orders")


@dataclass(frozen=True, slots=True)
class Asked:
    """A letter as an order asks for it.

    `first` is the slot that the text under the order begins with ("": the text has to name one), `words`
    what stood on the order's own line for it. `line` is the order as it would be written again.
    """

    kind: str
    line: str
    first: str = ""
    words: str = ""
    provisions: tuple[Provision, ...] = ()
    until: date | None = None
    fee_pence: int = 0


def may_draft(case: Case) -> str:
    """Why no letter at all can be drafted now; "" if one can."""
    return "" if allows(case.state, Drafted) else _why_not(case)


def stands_against(case: Case, kind: LetterKind) -> str:
    """Why a letter of this kind cannot be drafted now; "" if it can."""
    return may_draft(case) if case.state.value in kind.states else _why_not(case)


def _why_not(case: Case) -> str:
    match case.state:
        case State.APPROVED:
            return "A letter on this case is approved and about to leave. Stop it first."
        case State.DELIVERY_UNCERTAIN:
            return "Nobody knows yet whether the last letter arrived. The administrator has to settle that first."
        case State.WAITING:
            return "The case waits for the requester; the clock runs again when they answer."
        case State.ANSWERED:
            return "This case has been answered."
        case State.REOPENED:
            return "This case has been answered; what runs now is a review, a complaint or an appeal, and its letter is written by hand."
        case _:
            return f"This case is closed: {case.outcome.replace('-', ' ')}."


def not_now(order: Order, at: Situation, kind: str, *instead: tuple[str, str]) -> Outcome | None:
    """The refusal of an order for a letter that the state or the law of the case does not know.

    `instead` are orders that would work under a law that has no such letter.
    """
    wanted = at.kinds[kind]
    why = stands_against(at.case, wanted)
    if why:
        return refuse("state", order, [why], STOP, SHOW)
    if at.regime.key not in wanted.regimes:
        laws = listed([regime(key).short for key in wanted.regimes])
        why = f"There is no letter “{wanted.title}” under the {at.regime.act}. It exists under {laws}."
        return refuse("regime", order, [why], *(instead or (HELP,)))
    return None


def draft(order: Order, at: Situation, asked: Asked) -> Outcome:
    """The next version of the letter that was asked for; or everything that is missing, and the line that would do."""
    refused = not_now(order, at, asked.kind)
    if refused is not None:
        return refused
    kind = at.kinds[asked.kind]
    slots = kind.slots_on(asked.provisions)
    read = _slots_read(order, at, asked, slots)
    words = {**_kept(at.case, asked.kind, slots), **dict(read.words)}
    problems = [*files_refused(at), *_unknown(read, slots), *_missing(slots, words)]
    if problems:
        problems += _unplaced(read, slots)
        return refuse("slots", order, problems, *_lines(asked, slots))
    return Outcome(
        letter=LetterWanted(
            kind=asked.kind,
            provisions=" ".join(one.cited for one in asked.provisions),
            slots=tuple(sorted(words.items())),
            said=order.line,
            until=asked.until,
            fee_pence=asked.fee_pence,
        )
    )


def _slots_read(order: Order, at: Situation, asked: Asked, slots: Collection[Slot]) -> SlotsRead:
    text = own_words(order.text, at.officer.name)
    elsewhere = {slot.name for kind in at.kinds.values() for slot in kind.slots}
    names = [slot.name for slot in slots]
    text = "\n".join(part for part in (asked.words, text) if part)
    return read_slots(text, asked.first, names, elsewhere)


def _kept(case: Case, kind: str, slots: Collection[Slot]) -> dict[str, str]:
    """The officers' words in the draft before this one, if it is the same letter and has not left."""
    letter = case.current
    if letter is None or letter.kind != kind or letter.state is LetterState.SENT:
        return {}
    names = {slot.name for slot in slots}
    return {name: words for name, words in letter.slots if name in names}


def files_refused(at: Situation) -> Iterator[str]:
    """Why files that came with an order stop it."""
    # A letter that left without the files its officer attached would look complete.
    if at.files:
        yield (
            f"Files came with your order: {', '.join(at.files)}. foibot sends no files with a letter. "
            "Write the answer on the lines under the order, or send this answer by hand."
        )


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


def _missing(slots: Collection[Slot], words: dict[str, str]) -> Iterator[str]:
    for slot in slots:
        if slot.required and not words.get(slot.name):
            yield f"The letter needs the text for “{slot.name}”: {slot.help}"


def _lines(asked: Asked, slots: Collection[Slot]) -> Lines:
    needed = [slot.name for slot in slots if slot.required]
    under = [name for name in needed if name != asked.first]
    steps = []
    if asked.first in needed:
        steps.append(f"with the text for “{asked.first}” on the lines under it")
    steps += [f"a line “{name}:” and its text under that" for name in under]
    return ((asked.line, ", then ".join(steps) or "with the text on the lines under it"),)
