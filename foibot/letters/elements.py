"""Tells what a letter lacks of all that its kind has to hold under its law, whatever its template says; no I/O.

A template can be reworded, but not so that one of these is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Any, Final

from foibot.letters.element_row import Row
from foibot.letters.element_table import ACTS, IN_ITSELF, MAINTAINING
from foibot.letters.kind import LetterKind
from foibot.letters.linting.letter_type import LetterType, letter_type
from foibot.letters.rights_table import APPLY, ASK_FOR_REVIEW, TELL_OF_RIGHTS

_WORD: Final = re.compile(r"[^\W_]+")
_TARGET: Final = re.compile(r"\]\([^)]*\)")
_FIELD: Final = Formatter()
_PARTS: Final = ("why", "factors_for", "factors_against", "balance")
_RULE: Final[Mapping[str, str]] = {"foia": "L-22", "eir": "L-37", "foisa": "L-39", "eisr": "L-37"}


@dataclass(frozen=True, slots=True)
class Element:
    """Something a letter has to hold: the rule that asks for it, what it is, and words of which one has to be there."""

    rule: str
    what: str
    words: tuple[str, ...]

    def is_in(self, said: str) -> bool:
        """Whether a text, as `words_of` gives it, holds it."""
        return any(words_of(each) in said for each in self.words)


def words_of(text: str) -> str:
    """Give the words of a text, with a space on either side of each: what no layout and no mark changes."""
    return " ".join(("", *_WORD.findall(_TARGET.sub(" ", text.casefold())), ""))


def absent(kind: LetterKind, regime: str, words: Mapping[str, Any], text: str) -> Iterator[Element]:
    """Give what the `text` of a letter lacks. `words` is the vocabulary that it was written from."""
    said = words_of(text)
    return (each for each in elements(kind, regime, words) if not each.is_in(said))


def elements(kind: LetterKind, regime: str, words: Mapping[str, Any]) -> Iterator[Element]:
    """Give all that a letter of this kind has to hold; of an authority's own kind, what is put into it."""
    judged = letter_type(kind.name) or LetterType.UNKNOWN
    tables = [IN_ITSELF]
    if judged in TELL_OF_RIGHTS[regime]:
        tables += [ASK_FOR_REVIEW, APPLY]
    elif judged is LetterType.REVIEW_OUTCOME:
        tables += [APPLY]
    for table in tables:
        yield from _from(table, judged, regime, words)
    # What is kept back and what is neither confirmed nor denied are weighed and concluded on apart.
    apart = ("kept_back", "unconfirmed") if judged is LetterType.IN_PARTS else ()
    relied_on = [words[each] for each in apart] or [words]
    for here in relied_on if judged is not LetterType.UNKNOWN else ():
        yield from _relied_on(judged, regime, {**words, **here})
    for name, slot in words["slots"].items():
        if slot:
            yield Element("L-05", f"what stands in the slot '{name}'", (slot,))
    for file in words["files"] if kind.takes_files else ():
        yield Element("L-20", "the name of a file that goes with it", (file,))


def _from(
    table: Iterable[Row], judged: LetterType, regime: str, words: Mapping[str, Any]
) -> Iterator[Element]:
    for row in table:
        if judged in row.types and regime in row.laws and _is_wanted(row, words):
            known = tuple(each.format_map(words) for each in row.words if _is_known(each, words))
            if known:
                yield Element(row.rule, row.what, known)


def _is_wanted(row: Row, words: Mapping[str, Any]) -> bool:
    return (not row.when or _said(row.when, words)) and not (
        row.unless and _said(row.unless, words)
    )


def _said(name: str, words: Mapping[str, Any]) -> bool:
    """Whether a word of the vocabulary, named as in braces, says something."""
    return bool(_FIELD.get_field(name, (), words)[0])


def _is_known(text: str, words: Mapping[str, Any]) -> bool:
    names = (name for _, name, _, _ in _FIELD.parse(text) if name)
    return all(_said(name, words) for name in names)


def _relied_on(judged: LetterType, regime: str, words: Mapping[str, Any]) -> Iterator[Element]:
    """What has to be said of the provisions: which, why, and where it is weighed what was weighed and concluded."""
    weighed = words["qualified"]
    silent = words["neither_confirms_nor_denies"]
    rule = "N-03" if silent else _RULE[regime]
    decided = judged is not LetterType.EXTENSION
    for provision in words["provisions"] if decided else weighed:
        cited = provision["citation"]
        yield Element(rule, cited, (cited,))
        yield Element(rule, f"the title of {cited}", (provision["title"],))
        for limb in provision["limbs"]:
            yield Element(rule, f"the words of the law for {cited}", (limb,))
        # One wording may serve limbs that are weighed and limbs that are not: 37(2) does.
        for part in _PARTS if decided and not provision["absolute"] else _PARTS[:1]:
            if provision[part]:
                yield Element(rule, f"our wording for {cited} ({part})", (provision[part],))
    if weighed and decided:
        concluded = _concluded(regime, words) if silent else (MAINTAINING.format_map(words),)
        yield Element(
            "N-06" if silent else rule, "the conclusion on the public interest", concluded
        )
    if words["absolute"] and decided and regime in ACTS:
        yield Element("N-07" if silent else rule, "that a provision is absolute", ("absolute",))


def _concluded(regime: str, words: Mapping[str, Any]) -> tuple[str, ...]:
    if regime == "foisa":
        contrary = "would be contrary to the public interest"
        return tuple(
            f"concluded that revealing whether the information exists{held}{contrary}"
            for held in (", or is held by us, ", " or is held ")
        )
    kept = (
        "exclusion of the duty to confirm or deny"
        if regime == "foia"
        else words["regime"]["ground"]
    )
    is_held = "whether the information is held"
    return (
        f"the public interest in maintaining the {kept} outweighs the public interest in disclosing {is_held}",
    )
