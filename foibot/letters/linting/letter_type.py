"""The types of letter a public authority sends, each with a checklist of its own (rules L-20 to L-41)."""

from __future__ import annotations

import re
from enum import StrEnum, unique
from typing import Final


@unique
class LetterType(StrEnum):
    """What a letter does; the value is the name of its folder in the templates, and of `--kind`."""

    ACKNOWLEDGEMENT = "acknowledgement"
    NCND = "ncnd"
    NCND_PART = "ncnd-part"
    REFUSAL = "refusal"
    PART = "part"
    IN_PARTS = "in-parts"
    DISCLOSURE = "disclosure"
    NOT_HELD = "not-held"
    COST = "cost"
    COST_TO_CONFIRM = "cost-to-confirm"
    VEXATIOUS = "vexatious"
    REPEATED = "repeated"
    ACCESSIBLE = "otherwise-accessible"
    FUTURE_PUBLICATION = "future-publication"
    EXTENSION = "extension"
    SECOND_NOTICE = "second-notice"
    CLARIFICATION = "clarification"
    TRANSFER = "transfer"
    FEES = "fees-notice"
    HOLDING = "holding"
    LAPSE = "lapse"
    REVIEW_ACKNOWLEDGEMENT = "review-acknowledgement"
    REVIEW_OUTCOME = "review-outcome"
    UNKNOWN = "unknown"

    @property
    def in_words(self) -> str:
        """As a person would call it."""
        return _TITLES[self]


REFUSALS: Final = frozenset(
    {
        LetterType.NCND,
        LetterType.NCND_PART,
        LetterType.REFUSAL,
        LetterType.PART,
        LetterType.IN_PARTS,
        LetterType.COST,
        LetterType.COST_TO_CONFIRM,
        LetterType.VEXATIOUS,
        LetterType.REPEATED,
        LetterType.ACCESSIBLE,
        LetterType.FUTURE_PUBLICATION,
        LetterType.EXTENSION,
        LetterType.SECOND_NOTICE,
    }
)
"""The notices under FOIA 2000 s.17, which have to tell of both rights (s.17(7))."""

OPEN_REFUSALS: Final = REFUSALS - {
    LetterType.NCND,
    LetterType.NCND_PART,
    LetterType.EXTENSION,
}
"""Those of them that refuse something and say so: what "refusal" means in the list of four eyes."""

WITHHOLDING: Final = frozenset({LetterType.REFUSAL, LetterType.PART, LetterType.SECOND_NOTICE})
"""Those that keep information back on exemptions or exceptions."""

GIVES_NOTHING: Final = (REFUSALS - {LetterType.PART, LetterType.NCND_PART, LetterType.IN_PARTS}) | {
    LetterType.NOT_HELD
}
"""Those with which no information goes out."""

DECIDING: Final = REFUSALS | {
    LetterType.DISCLOSURE,
    LetterType.NOT_HELD,
    LetterType.REVIEW_OUTCOME,
    LetterType.TRANSFER,
}
"""Those that decide, on the request or on a review."""

_TITLES = {
    LetterType.ACKNOWLEDGEMENT: "acknowledgement of a request",
    LetterType.NCND: "refusal that neither confirms nor denies",
    LetterType.NCND_PART: "answer that neither confirms nor denies for a part of the request",
    LetterType.REFUSAL: "refusal on exemptions or exceptions",
    LetterType.PART: "answer that gives a part and refuses a part",
    LetterType.IN_PARTS: "answer to every question by its number",
    LetterType.DISCLOSURE: "disclosure in full",
    LetterType.NOT_HELD: "answer that the information is not held",
    LetterType.COST: "refusal for cost",
    LetterType.COST_TO_CONFIRM: "refusal because even looking would cost too much",
    LetterType.VEXATIOUS: "refusal of a vexatious request",
    LetterType.REPEATED: "refusal of a repeated request",
    LetterType.ACCESSIBLE: "refusal because the information is accessible elsewhere",
    LetterType.FUTURE_PUBLICATION: "refusal because the information will be published",
    LetterType.EXTENSION: "extension of the time to answer",
    LetterType.SECOND_NOTICE: "second notice, after the public interest was weighed",
    LetterType.CLARIFICATION: "request for clarification",
    LetterType.TRANSFER: "transfer to another authority",
    LetterType.FEES: "fees notice",
    LetterType.HOLDING: "holding letter",
    LetterType.LAPSE: "notice that a request has lapsed",
    LetterType.REVIEW_ACKNOWLEDGEMENT: "acknowledgement of a request for review",
    LetterType.REVIEW_OUTCOME: "outcome of an internal review",
    LetterType.UNKNOWN: "letter of a type that could not be told",
}

_OTHER_NAMES = {
    "neither-confirm-nor-deny": LetterType.NCND,
    "partial-ncnd": LetterType.NCND_PART,
    "refuse": LetterType.REFUSAL,
    "partial": LetterType.PART,
    "disclose": LetterType.DISCLOSURE,
    "extend": LetterType.EXTENSION,
    "clarify": LetterType.CLARIFICATION,
    "fees": LetterType.FEES,
    "review": LetterType.REVIEW_OUTCOME,
    "ack": LetterType.ACKNOWLEDGEMENT,
    "12": LetterType.COST,
    "12-1": LetterType.COST,
    "12-2": LetterType.COST_TO_CONFIRM,
    "14": LetterType.VEXATIOUS,
    "14-1": LetterType.VEXATIOUS,
    "14-2": LetterType.REPEATED,
    "21": LetterType.ACCESSIBLE,
    "22": LetterType.FUTURE_PUBLICATION,
}
_NUMBERED = re.compile(r"(?:section|sect|s)?-?(?=\d)")


def letter_type(name: str) -> LetterType | None:
    """Read a type as a person writes it: "NCND", "not held", "s14(1)", "12". None if there is none."""
    plain = "-".join(re.findall(r"[a-z]+|\d+", name.lower()))
    known = {each.value: each for each in LetterType if each is not LetterType.UNKNOWN}
    return known.get(plain) or _OTHER_NAMES.get(_NUMBERED.sub("", plain, count=1))
