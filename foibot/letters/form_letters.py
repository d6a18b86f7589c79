"""The letters that a machine sends, written on forms: the same letters to the byte, for a third of the work; no I/O."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from foibot.letters.body import body_of
from foibot.letters.environment import render
from foibot.letters.escape import one_line
from foibot.letters.facts import LetterFacts
from foibot.letters.form import (
    Form,
    Values,
    empty_ones,
    form_of,
    is_plain,
    only_prints,
    values_of,
    with_signs,
    without_words,
)
from foibot.letters.vocabulary import plain_words

if TYPE_CHECKING:
    from foibot.letters.render import Letter, Letterbook

# One for each language, law, day of receipt and blank left empty that come in turn.
_KEPT: Final = 16


@dataclass(frozen=True, slots=True)
class _Kept:
    """What a form was made for; None where there can be no form for it."""

    kind: str
    facts: LetterFacts
    empty: Collection[str]
    form: Form | None

    def serves(self, kind: str, facts: LetterFacts, empty: Collection[str]) -> bool:
        return self.kind == kind and self.empty == empty and self.facts == facts


class FormLetters:
    """Writes letters of one letterbook; each is what the letterbook would write."""

    def __init__(self, book: Letterbook) -> None:
        """Has no form yet."""
        self._book = book
        self._kept: tuple[_Kept, ...] = ()

    def letter(self, kind: str, facts: LetterFacts) -> Letter:
        """Write a letter as `Letterbook.letter` does. Raises like it."""
        values = values_of(plain_words(facts))
        if any(value != one_line(value) for value in values.values()):
            return self._book.letter(kind, facts)
        rest, empty = without_words(facts), empty_ones(values)
        known = next((one for one in self._kept if one.serves(kind, rest, empty)), None)
        if known is None:
            return self._first(kind, facts, values)
        if known.form is None:
            return self._book.letter(kind, facts)
        return self._book.put_together(kind, facts, *known.form.filled(values))

    def _first(self, kind: str, facts: LetterFacts, values: Values) -> Letter:
        """Write a letter anew, and keep a form for those like it if the form gives the very same."""
        form = self._form(kind, facts, values)
        letter = self._book.letter(kind, facts)
        if form and self._book.put_together(kind, facts, *form.filled(values)) != letter:
            form = None
        kept = _Kept(kind, without_words(facts), empty_ones(values), form)
        self._kept = (kept, *self._kept)[:_KEPT]
        return letter

    def _form(self, kind: str, facts: LetterFacts, values: Values) -> Form | None:
        texts = self._book.texts_for(kind, facts)
        subject, body = f"letters/{kind}/subject.txt", texts.body_path(kind, facts.regime.key)
        if not only_prints(texts.subjects, texts.source[subject]):
            return None
        if not only_prints(texts.bodies, texts.source[body]):
            return None
        words = with_signs(self._book.letter_and_words(kind, facts)[1], values)
        markdown = render(texts.bodies, body, words)
        if not is_plain(markdown):
            return None
        return form_of(one_line(render(texts.subjects, subject, words)), body_of(markdown))
