"""The types of letter a public authority sends, each with a checklist of its own (rules L-20 to L-41)."""

from __future__ import annotations

from enum import StrEnum, unique


@unique
class LetterType(StrEnum):
    """What a letter does; the value is what `foibot lint --kind` takes."""

    ACKNOWLEDGEMENT = "acknowledgement"
    NCND = "ncnd"
    NCND_PART = "ncnd-part"
    REFUSAL = "refusal"
    PART = "part"
    DISCLOSURE = "disclosure"
    NOT_HELD = "not-held"
    COST = "s12"
    VEXATIOUS = "s14-1"
    REPEATED = "s14-2"
    ACCESSIBLE = "s21"
    FUTURE_PUBLICATION = "s22"
    EXTENSION = "extension"
    CLARIFICATION = "clarification"
    TRANSFER = "transfer"
    FEES = "fees"
    REVIEW_ACKNOWLEDGEMENT = "review-acknowledgement"
    REVIEW_OUTCOME = "review-outcome"
    UNKNOWN = "unknown"

    @property
    def in_words(self) -> str:
        """As a person would call it."""
        return _TITLES[self]


_TITLES = {
    LetterType.ACKNOWLEDGEMENT: "acknowledgement of a request",
    LetterType.NCND: "refusal that neither confirms nor denies",
    LetterType.NCND_PART: "answer that neither confirms nor denies for a part of the request",
    LetterType.REFUSAL: "refusal on exemptions or exceptions",
    LetterType.PART: "answer that gives a part and refuses a part",
    LetterType.DISCLOSURE: "disclosure in full",
    LetterType.NOT_HELD: "answer that the information is not held",
    LetterType.COST: "refusal for cost",
    LetterType.VEXATIOUS: "refusal of a vexatious request",
    LetterType.REPEATED: "refusal of a repeated request",
    LetterType.ACCESSIBLE: "refusal because the information is accessible elsewhere",
    LetterType.FUTURE_PUBLICATION: "refusal because the information will be published",
    LetterType.EXTENSION: "extension of the time to answer",
    LetterType.CLARIFICATION: "request for clarification",
    LetterType.TRANSFER: "transfer to another authority",
    LetterType.FEES: "fees notice",
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
    "cost": LetterType.COST,
    "vexatious": LetterType.VEXATIOUS,
    "repeated": LetterType.REPEATED,
    "extend": LetterType.EXTENSION,
    "clarify": LetterType.CLARIFICATION,
    "fees-notice": LetterType.FEES,
    "review": LetterType.REVIEW_OUTCOME,
    "ack": LetterType.ACKNOWLEDGEMENT,
}


def letter_type(name: str) -> LetterType | None:
    """Read a type as a person writes it: "NCND", "not held", "s14(1)", "12". None if there is none."""
    plain = "-".join(name.lower().replace("(", " ").replace(")", " ").replace("_", " ").split())
    plain = "-".join(plain.split("-"))
    known = {each.value: each for each in LetterType if each is not LetterType.UNKNOWN}
    every = {**known, **_OTHER_NAMES}
    return every.get(plain) or every.get(f"s{plain}") or every.get(plain.replace("section-", "s"))
