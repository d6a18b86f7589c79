"""`set SLOT`: puts the officer's words into an open slot of the letter and makes the next version; no I/O."""

from __future__ import annotations

from foibot.case.outcome import LetterWanted, Outcome
from foibot.commands.command import Command, Group, Order, Situation, Text, refuse
from foibot.commands.decisions import SHOW
from foibot.commands.drafting import STOP, files_refused, stands_against
from foibot.commands.grammar import own_words
from foibot.officers.roster import Role


def decide(order: Order, at: Situation) -> Outcome:
    """The next version with these words in the slot; or which slots there are."""
    letter = at.case.current
    if letter is None:
        why = ["There is no letter with slots on this case yet."]
        return refuse("no-letter", order, why, ("help", "lists the orders that draft one"))
    against = stands_against(at.case, at.kinds[letter.kind])
    if against:
        return refuse("state", order, [against], STOP, SHOW)
    files = [*files_refused(at)]
    if files:
        return refuse("files", order, files, (order.line, "without the files"))
    name = " ".join(order.rest.casefold().split())
    text = own_words(order.text, at.officer.name)
    lines = tuple(
        (f"set {slot.name}", f"with your words under it: {slot.help}") for slot in at.slots
    )
    if name not in {slot.name.casefold() for slot in at.slots}:
        shown = order.rest or "nothing"
        why = [
            f"`{shown}` is not an open slot of this letter; the other paragraphs are fixed by the statute."
        ]
        return refuse("no-such-slot", order, why, *lines)
    if not text:
        why = [f"The words for `{name}` have to stand on the lines under the order."]
        return refuse("no-text", order, why, *lines)
    slot = next(one.name for one in at.slots if one.name.casefold() == name)
    slots = {**dict(letter.slots), slot: text}
    return Outcome(
        letter=LetterWanted(
            kind=letter.kind,
            provisions=" ".join(letter.provisions),
            slots=tuple(sorted(slots.items())),
            said=order.line,
            until=letter.until,
            fee_pence=letter.fee_pence,
        )
    )


COMMAND = Command(
    verb="set",
    form="set SLOT",
    does="puts the lines under it into an open slot of the letter and makes the next version",
    example="set harm",
    who=frozenset({Role.OFFICER, Role.APPROVER}),
    text=Text.NEEDED,
    decide=decide,
    group=Group.LETTER,
)
