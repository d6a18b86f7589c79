"""Every kind of letter with its laws and slots as one Markdown page for `deploy/`, written from the templates; no I/O."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from foibot.law import REGIMES, regime
from foibot.letters.asked import Asked
from foibot.letters.every_provision import every_provision
from foibot.letters.kind import LetterKind, Relies
from foibot.letters.slot import Slot

_HEAD = """\
# The letters, and how to change their words

Each letter is a folder in `templates/letters/`. `foibot preview KIND` shows any of them with invented
facts, `foibot preview KIND REF` on a case, with `--html` or `--pdf FILE` as a page or a PDF. The tables
at the end are written from the templates; a test holds them to it.

## What to edit

| file | what it holds |
| --- | --- |
| `letters/KIND/body.md` | the letter, one sentence a line; `{{ case.reference }}` inserts a fact |
| `letters/KIND/eir/body.md` | the letter under that one law, where it differs too much (`eir`, `foisa`, `eisr`) |
| `letters/KIND/subject.txt` | the subject of the mail: neutral, without a name or a topic |
| `letters/KIND/letter.toml` | who approves it, what it needs, its slots, and the phrases it has to hold |
| `exemptions/LAW-SECTION.md` | our wording for one provision: why it applies, and what is weighed |
| `exemptions/slots.toml` | what an officer has to add to the wording of some provisions |
| `exemptions/LAW-withheld-default.md`, `LAW-ncnd-default.md` | the neutral wording for provisions without a file |
| `shared/` | parts that several letters include: rights, signature, how to get another format |
| `words.toml` | how dates are written, and what stands on each page of the PDF |
| `cy/` | the same folders for a letter in Welsh; another language is another folder with a `words.toml` |

Keep only the files you change in your own folder: they are laid over the shipped ones. Everything
outside the slots is locked: no order can change it. `foibot check` writes every letter under every law,
on every provision and limb, and names the file where a fact does not exist, where something is lost that
the law wants in the letter, or where the wrong thing is weighed. foibot does not start with such a template.
Of templates of your own it also says which lines of the shipped text they lack, for you to look at.

## A letter of your own

A new kind of letter is a new folder: `letters/records-office/` in your templates folder, with a `letter.toml`,
a `body.md` and a `subject.txt`. Copy one that is near to it, such as `not-held`, and keep in `letter.toml`:

| key | for a letter of your own |
| --- | --- |
| `title` | what officers and approvers read |
| `approval` | `"four-eyes"`, or `"officer"` if its drafter may approve it alone |
| `states` | `["open", "awaiting-approval", "on-hold", "delivery-failed"]` |
| `regimes` | the laws under which you want it; left out: all four |
| `facts` | the names that its words use; `foibot check` says which are missing and which are too many |
| `must_say` | phrases without which it must never leave |
| `[[slots]]` | what officers write; the first with `required = true` takes the text under the order |

Then `foibot check`, `foibot preview records-office`, and a restart. Officers order it with `own letter records-office` and
the text under it; the order `set`, the checks, the approval and the time to undo are those of every letter. It is
the answer to the request: when it has left, the case is answered, and its outcome is the name of the folder. A letter
of your own that relies on provisions, or speaks of a date, a fee or numbered parts, can be previewed but not ordered,
since only the shipped orders give those: `foibot check` says so. No file goes with it.

## What officers fill

A slot marked * has to be filled: only an officer can know what belongs there. A letter that answers may be
ordered before it is known: the draft says in square brackets what is still to be written, `set SLOT` with
the words under it fills the place, and nobody can approve the letter as long as one is open. `clarify`,
`extend`, `fee` and `review outcome` make no draft without their words. The other slots begin with words
that can stand. Which letters need an approver other than their drafter is settled in `config.toml` under
`[approval]`; only the acknowledgement leaves by itself. `approval` in a `letter.toml` counts for the kinds
that cannot be listed there.

A letter is ordered by the first line of a reply to a notice about its case. The text under it goes into
the first slot that has to be filled; a line with the name of another and a colon, `advice:`, begins that.
Files may be attached where the table says so: they go with the letter as they came.

Some provisions ask for more, in every letter that relies on them: the table after the letters says what.

| Letter | Ordered by | Laws | Relies on | Slots | Files |
| --- | --- | --- | --- | --- | --- |
"""
_ASKED = """
## What a provision asks for

| Slot | What it is | Under |
| --- | --- | --- |
"""
_RELIES = {
    Relies.NOTHING: "-",
    Relies.WITHHELD: "provisions that withhold",
    Relies.NCND: "provisions that lift the duty to confirm or deny",
    Relies.WEIGHED: "provisions that are weighed",
    Relies.EACH: "for each question its own",
}


def letters_page(kinds: Collection[LetterKind], ordered_by: Mapping[str, Sequence[str]]) -> str:
    """The page, ending in a newline; `ordered_by` gives the orders for each kind."""
    letters = (_letter(kind, ordered_by.get(kind.name, ())) for kind in kinds)
    lines = [*_HEAD.splitlines(), *letters, *_ASKED.splitlines()]
    asked = dict.fromkeys(each for kind in kinds for each in kind.asked)
    return "".join(f"{line}\n" for line in (*lines, *map(_provision, asked)))


def _letter(kind: LetterKind, ordered_by: Sequence[str]) -> str:
    laws = ", ".join(regime(each).short for each in kind.regimes)
    by_number = ("`question 1` and so on",) if kind.relies is Relies.EACH else ()
    slots = ", ".join((*by_number, *(_slot(each) for each in kind.slots))) or "-"
    orders = ", ".join(f"`{one}`" for one in ordered_by) or "-"
    files = "may go with it" if kind.takes_files else "-"
    what = f"| `{kind.name}`: {kind.title} | {orders} | {laws} | {_RELIES[kind.relies]}"
    return f"{what} | {slots} | {files} |"


def _provision(asked: Asked) -> str:
    under: dict[str, list[str]] = {}
    for one in REGIMES:
        # Each limb alone, and not all of them together once more.
        single = (each for each in every_provision(one) if len(each.limbs) < 2)
        cited = [each.cited for each in single if asked.concerns([each])]
        if cited:
            under[one.short] = cited
    places = "; ".join(f"{short} {', '.join(cited)}" for short, cited in under.items())
    return f"| {_slot(asked.slot)} | {asked.slot.title} | {places} |"


def _slot(slot: Slot) -> str:
    return f"`{slot.name}`{'*' if slot.required else ''}"
