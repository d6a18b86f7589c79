"""The sections [approval] and [signatures] of config.toml: the pause, four eyes, who has to approve what, and what has to be signed."""

from __future__ import annotations

import re
from collections.abc import Collection
from enum import StrEnum, unique
from typing import Annotated, Final

from pydantic import AfterValidator, BeforeValidator, Field, StrictBool, StrictInt

from foibot.config.problems import wrong
from foibot.config.section import Section
from foibot.config.values import AsTuple, Hours, Line, OptionalLine
from foibot.letters.linting.letter_type import OPEN_REFUSALS
from foibot.outbox.approval_rules import MOST_STEPS, STEP_ROLES


@unique
class FourEyesKind(StrEnum):
    """A kind of letter that can be made to need an approver other than its drafter; a refusal is any open one."""

    NCND = "ncnd"
    REFUSAL = "refusal"
    PART = "part"
    DISCLOSURE = "disclosure"
    NOT_HELD = "not-held"
    CLARIFICATION = "clarification"
    EXTENSION = "extension"
    TRANSFER = "transfer"


_LISTABLE: Final = frozenset({kind.value for kind in FourEyesKind} | OPEN_REFUSALS)


def four_eyes(listed: Collection[str], by_letter: Collection[str]) -> frozenset[str]:
    """The kinds that need a second person where the configuration lists these.

    The list decides on every kind that it could name; any other keeps what its `letter.toml` says, which
    is `by_letter`.
    """
    refusals = OPEN_REFUSALS if FourEyesKind.REFUSAL in listed else frozenset()
    return frozenset(listed) | refusals | (frozenset(by_letter) - _LISTABLE)


@unique
class RuledKind(StrEnum):
    """A kind of letter that a row of the table can be about; those that leave without an order are not among them."""

    CLARIFICATION = "clarification"
    COST = "cost"
    COST_TO_CONFIRM = "cost-to-confirm"
    DISCLOSURE = "disclosure"
    EXTENSION = "extension"
    FEES_NOTICE = "fees-notice"
    FUTURE_PUBLICATION = "future-publication"
    HOLDING = "holding"
    IN_PARTS = "in-parts"
    LAPSE = "lapse"
    NCND = "ncnd"
    NCND_PART = "ncnd-part"
    NOT_HELD = "not-held"
    OTHERWISE_ACCESSIBLE = "otherwise-accessible"
    PART = "part"
    REFUSAL = "refusal"
    REPEATED = "repeated"
    REVIEW_OUTCOME = "review-outcome"
    SECOND_NOTICE = "second-notice"
    TRANSFER = "transfer"
    VEXATIOUS = "vexatious"


_SECTION: Final = re.compile(r"[1-9][0-9]{0,2}[A-Z]{0,2}(\([0-9a-zA-Z]{1,5}\)){0,4}")
_SECTION_FIX: Final = 'Write a section or regulation as in "36" or "31(1)(a)"'


def _provision(text: str) -> str:
    if not _SECTION.fullmatch(text):
        raise wrong("is not the number of a section", _SECTION_FIX)
    return text


def _step(text: object) -> object:
    if (
        isinstance(text, str)
        and "@" not in text
        and text not in {role.value for role in STEP_ROLES}
    ):
        raise wrong("is neither a role that approves nor an address", _STEP_FIX)
    return text


_STEP_FIX: Final = "Write approver, reviewer, officer, administrator or the address of an approver"


def _row(given: object) -> object:
    if not isinstance(given, dict) or "by" not in given:
        raise wrong("does not say who approves", _ROW_FIX)
    return given


_ROW_FIX: Final = 'Write {letters = ["ncnd"], by = ["approver", "approver"]}'


class ApprovalRow(Section):
    """Who has to approve the letters that meet all its conditions; an entry of `by` for each approval."""

    by: Annotated[
        tuple[Annotated[Line, BeforeValidator(_step)], ...],
        AsTuple,
        Field(min_length=1, max_length=MOST_STEPS),
    ]
    letters: Annotated[tuple[RuledKind, ...], AsTuple] = ()
    sections: Annotated[tuple[Annotated[Line, AfterValidator(_provision)], ...], AsTuple] = ()
    sensitive: StrictBool = False
    in_order: StrictBool = False


class Approval(Section):
    """The pause after an approval, and which letters need a second person; `office_hours` as in "09:00-17:00", or ""."""

    undo_minutes: Annotated[StrictInt, Field(ge=0, le=1440)] = 10
    office_hours: Hours = ""
    four_eyes: Annotated[tuple[FourEyesKind, ...], AsTuple] = (
        FourEyesKind.NCND,
        FourEyesKind.REFUSAL,
    )
    secret_days: Annotated[StrictInt, Field(ge=1, le=90)] = 14
    rules: Annotated[tuple[Annotated[ApprovalRow, BeforeValidator(_row)], ...], AsTuple] = ()


class Signatures(Section):
    """Kinds of letter that only a signed mail approves, and a file with the authorities that prove who signed.

    After loading the path of `authorities` is absolute, or "".
    """

    letters: Annotated[tuple[RuledKind, ...], AsTuple] = ()
    authorities: OptionalLine = ""
