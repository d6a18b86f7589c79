"""`edit vN`: reads the open words as the officer changed them in the quoted draft, or in a file; no I/O."""

from __future__ import annotations

from foibot.case.case import LetterVersion
from foibot.case.outcome import Outcome
from foibot.commands.command import Command, Group, Order, Situation, Text, refuse
from foibot.commands.courtesies import says_more
from foibot.commands.decisions import SHOW, current_line, fresh_draft
from foibot.commands.drafting import again, may_change
from foibot.commands.grammar import own_words, read_version
from foibot.letters.edited import Edits, has_marks, read_edits
from foibot.officers.roster import Role


def decide(order: Order, at: Situation) -> Outcome:
    """The next version with the words that differ; or everything that stands in the way, and nothing is done."""
    letter = at.case.current
    if letter is None:
        why = ["There is no letter on this case yet."]
        return refuse("no-letter", order, why, ("help", "lists the orders that draft one"))
    against = may_change(order, at)
    if against is not None:
        return against
    found = read_version(order.rest)
    if found is None or found[1]:
        why = ["The order `edit` needs the version of the letter and nothing else on its line."]
        return refuse("no-version", order, why, current_line(at.case, "edit"), SHOW)
    if found[0] != letter.version:
        return _not_current(order, found[0], at, letter)
    edits = _read(order, at, letter)
    if isinstance(edits, Outcome):
        return edits
    if edits.problems:
        return refuse("edit", order, edits.problems, *_lines(at))
    if not edits.slots:
        why = [
            f"The words between the marks are those of version {letter.version}: nothing differs."
        ]
        return refuse("no-change", order, why, *_lines(at))
    slots = {name: text for name, text in {**dict(letter.slots), **edits.slots}.items() if text}
    return again(letter, order, slots=tuple(sorted(slots.items())))


def _not_current(order: Order, version: int, at: Situation, letter: LetterVersion) -> Outcome:
    why = (
        f"Version {version} is not current. The letter is at version {letter.version}, which follows "
        "in a fresh notice: please edit that one."
    )
    refused = refuse("not-current", order, [why], SHOW)
    return Outcome(
        notices=(*refused.notices, *fresh_draft(at.case, version)), refusal="not-current"
    )


def _read(order: Order, at: Situation, letter: LetterVersion) -> Edits | Outcome:
    """From marks above the quote, else from a file, else from the quoted draft."""
    own = own_words(order.text, at.officer.name)
    if has_marks(own):
        return read_edits(own, letter.version, at.slots, "", whole=False)
    if says_more(order.text, at.officer.name):
        outside = (
            "There are words under your order that stand outside of the marks, so foibot cannot tell what "
            "is to become of them."
        )
        return refuse("says-more", order, [outside], *_lines(at))
    marked = [text for text in at.edited.files if has_marks(text)]
    if len(marked) > 1:
        why = ["More than one of the files with your message holds marks. Please send one."]
        return refuse("files", order, why, *_lines(at))
    text = marked[0] if marked else at.edited.message
    return read_edits(text, letter.version, at.slots, at.edited.letter, whole=True)


def _lines(at: Situation) -> tuple[tuple[str, str], ...]:
    one = at.slots[0].name if at.slots else "SLOT"
    return (
        (f"set {one}", "with the new words under it, changes one slot without any marks"),
        ("show", "sends you the letter again, with whole marks to edit between"),
    )


COMMAND = Command(
    verb="edit",
    form="edit vN",
    does="reads the words you changed between the marks in the quoted draft, and makes the next version",
    example="edit v2",
    who=frozenset({Role.OFFICER, Role.APPROVER}),
    text=Text.OPTIONAL,
    decide=decide,
    group=Group.LETTER,
)
