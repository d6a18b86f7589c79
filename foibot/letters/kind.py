"""What kinds of letter and notice there are, as their `letter.toml` and `notice.toml` say; no I/O."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum, unique
from types import MappingProxyType
from typing import Final, assert_never

from foibot import law
from foibot.law.provisions import Provision
from foibot.law.regime import Kind
from foibot.letters.asked import Asked
from foibot.letters.problem import Problem
from foibot.letters.question_slots import Outcomes, question_slots
from foibot.letters.slot import About, Slot, When, read_slots
from foibot.letters.source import TemplateSource
from foibot.letters.table_reader import TableReader, read_table

NO_APPROVAL_NEEDED: Final = ("acknowledgement",)
"""The only letters that may leave unseen. A template folder cannot make this list longer."""

FACTS: Final = [
    "authority",
    "review",
    "regulator",
    "case",
    "requester",
    "officer",
    "today",
    "regime",
    "provisions",
    "several",
    "sections",
    "absolute",
    "absolute_in_sentence",
    "several_absolute",
    "qualified",
    "qualified_in_sentence",
    "several_qualified",
    "neither_confirms_nor_denies",
    "until",
    "lapse",
    "fee",
    "pay_by",
    "asked",
    "result",
    "files",
    "parts",
    "given",
    "kept_back",
    "unconfirmed",
    "not_held",
    "threat_level",
    "slots",
]
"""Every name a letter may declare under `facts`; `letters/vocabulary.py` fills them."""

NEEDABLE: Final = frozenset({"provisions", "until", "lapse", "fee", "pay_by", "asked", "parts"})
"""The facts a letter may declare under `needs`: without them there is nothing to write."""

# What is kept back by its class, or as necessary, needs no harm to be shown.
_NO_HARM: Final = frozenset({Kind.CLASS, Kind.REQUIRED, Kind.OTHER})
_NO_OUTCOMES: Final[Outcomes] = MappingProxyType({})
_REGIMES: Final = tuple(regime.key for regime in law.REGIMES)
_LETTER_KEYS: Final = (
    "title",
    "approval",
    "states",
    "regimes",
    "provisions",
    "needs",
    "needs_under",
    "facts",
    "must_say",
    "must_say_under",
    "pdf",
    "slots",
)


MAY_ENCLOSE: Final = ("disclosure", "part", "ncnd-part", "in-parts", "review-outcome")
"""The only letters that files may go with (L-11, N-36). A template folder cannot make this list longer."""


@unique
class Approval(StrEnum):
    """Who has to agree before a letter leaves."""

    NONE = "none"
    OFFICER = "officer"
    FOUR_EYES = "four-eyes"


@unique
class Relies(StrEnum):
    """Which provisions a letter relies on.

    None; those that withhold; those that lift the duty to confirm or deny; either sort, if one
    of them at least is weighed (FOIA 2000 s.17(2)); or for each question its own.
    """

    NOTHING = "none"
    WITHHELD = "withheld"
    NCND = "ncnd"
    WEIGHED = "weighed"
    EACH = "each"


@dataclass(frozen=True, slots=True)
class LetterKind:
    """One folder of `templates/letters/`: who approves it, when it may be drafted, what it needs.

    `regimes` are the keys of the laws it exists under, `relies` what provisions it takes, `needs`
    the facts it cannot be written without. `needs` and `must_say` hold under every law, what ends
    in `_under` by the key of one. `slots` stand in the letter itself, what is `asked` in the wording of
    provisions.
    """

    name: str
    title: str
    approval: str
    states: tuple[str, ...]
    facts: tuple[str, ...]
    must_say: tuple[str, ...]
    slots: tuple[Slot, ...]
    pdf: bool
    regimes: tuple[str, ...]
    relies: Relies
    needs: tuple[str, ...]
    needs_under: Mapping[str, tuple[str, ...]]
    must_say_under: Mapping[str, tuple[str, ...]]
    asked: tuple[Asked, ...] = ()

    @property
    def takes_files(self) -> bool:
        """Whether files may go with it."""
        return "files" in self.facts

    def under(self, regime: str) -> LetterKind:
        """The same kind with its slots as one law explains them."""
        return replace(self, slots=tuple(slot.under(regime) for slot in self.slots))

    def slots_on(
        self, provisions: Collection[Provision], outcomes: Outcomes = _NO_OUTCOMES
    ) -> tuple[Slot, ...]:
        """The slots that are open in a letter on these provisions, theirs before its own.

        Where it answers by number, the words for each question come first, by what was decided for it.
        """
        own = (slot for slot in self.slots if _stands(slot, provisions))
        return (*question_slots(outcomes), *self.asked_of(provisions), *own)

    def asked_of(self, provisions: Iterable[Provision]) -> tuple[Slot, ...]:
        """The slots that the wording of these provisions opens in a letter of this kind."""
        if self.relies is Relies.NOTHING:
            return ()
        # While the public interest is being weighed, what is absolute is not yet spoken of.
        weighing = self.relies is Relies.WEIGHED
        here = [each for each in provisions if not weighing or each.needs_public_interest_test]
        return tuple(each.slot for each in self.asked if each.concerns(here))

    @property
    def every_slot(self) -> tuple[str, ...]:
        """The name of every slot there could be, on whatever provisions."""
        return (*(each.slot.name for each in self.asked), *(slot.name for slot in self.slots))

    def must_say_in(self, regime: str) -> tuple[str, ...]:
        """Every phrase the letter has to hold under one law."""
        return (*self.must_say, *self.must_say_under[regime])

    def needs_in(self, regime: str) -> tuple[str, ...]:
        """Every fact the letter needs under one law."""
        return (*self.needs, *self.needs_under[regime])


def _stands(slot: Slot, provisions: Collection[Provision]) -> bool:
    """Whether a slot stands in a letter on these provisions."""
    if slot.about is not About.ALL:
        provisions = [each for each in provisions if each.ncnd == (slot.about is About.NCND)]
        if not provisions:
            return False
    match slot.when:
        case When.ALWAYS:
            return True
        case When.WEIGHING:
            return any(each.needs_public_interest_test for each in provisions)
        case When.HARM:
            return any(each.test not in _NO_HARM for each in provisions)
        case _:
            assert_never(slot.when)


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """One folder of `templates/notices/`: a mail to officers, and the facts it is made of."""

    name: str
    facts: tuple[str, ...]


def read_letter_kind(
    source: TemplateSource, name: str, states: frozenset[str]
) -> tuple[LetterKind | None, list[Problem]]:
    """Read `letters/<name>/letter.toml`. With `states` empty, any state name is accepted."""
    reader = read_table(source, f"letters/{name}/letter.toml")
    if isinstance(reader, Problem):
        return None, [reader]
    reader.only(_LETTER_KEYS)
    known = frozenset(FACTS) - (frozenset() if name in MAY_ENCLOSE else {"files"})
    kind = LetterKind(
        name=name,
        title=reader.text("title"),
        approval=_approval(reader, name),
        states=reader.known_texts("states", states) if states else reader.texts("states"),
        facts=reader.known_texts("facts", known),
        must_say=reader.texts("must_say"),
        slots=read_slots(source, reader, f"letters/{name}/letter.toml", frozenset(FACTS)),
        pdf=reader.flag("pdf"),
        regimes=reader.known_texts("regimes", frozenset(_REGIMES)) or _REGIMES,
        relies=_relies(reader),
        needs=reader.known_texts("needs", NEEDABLE),
        needs_under=_by_law(reader, "needs_under", NEEDABLE),
        must_say_under=_by_law(reader, "must_say_under"),
    )
    return kind, reader.problems


def read_notice_kind(source: TemplateSource, name: str) -> tuple[NoticeKind | None, list[Problem]]:
    """Read `notices/<name>/notice.toml`; a notice names its own facts."""
    reader = read_table(source, f"notices/{name}/notice.toml")
    if isinstance(reader, Problem):
        return None, [reader]
    reader.only(("facts",))
    return NoticeKind(name, reader.texts("facts")), reader.problems


def _approval(reader: TableReader, name: str) -> str:
    value = reader.text("approval")
    if value not in set(Approval):
        reader.note("approval", f"unknown approval '{value}'", f"Use one of: {', '.join(Approval)}")
        return Approval.FOUR_EYES
    if value == Approval.NONE and name not in NO_APPROVAL_NEEDED:
        reader.note(
            "approval",
            f"approval is switched off for '{name}'",
            'Write: approval = "four-eyes". Only an acknowledgement leaves unapproved',
        )
        return Approval.FOUR_EYES
    return value


def _relies(reader: TableReader) -> Relies:
    value = reader.optional_text("provisions") or Relies.NOTHING
    if value in set(Relies):
        return Relies(value)
    reader.note("provisions", f"unknown provisions '{value}'", f"Use one of: {', '.join(Relies)}")
    return Relies.NOTHING


def _by_law(
    reader: TableReader, key: str, known: frozenset[str] = frozenset()
) -> Mapping[str, tuple[str, ...]]:
    """Read a table of lists by the key of a law; with `known` empty any text may stand in them."""
    inner = reader.table(key)
    inner.only(_REGIMES)
    lists = {
        regime: inner.known_texts(regime, known) if known else inner.texts(regime)
        for regime in _REGIMES
    }
    reader.problems.extend(inner.problems)
    return lists
