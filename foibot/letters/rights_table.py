"""The table of what a letter that tells of the right to a review and to complain has to hold; no I/O."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from foibot.letters.element_row import rows
from foibot.letters.linting.letter_type import REFUSALS, LetterType

_T = LetterType
_EVERY: Final = frozenset(_T) - {_T.UNKNOWN}
_FOIA, _EIR, _FOISA, _EISR = (frozenset({each}) for each in ("foia", "eir", "foisa", "eisr"))
_LAWS: Final = _FOIA | _EIR | _FOISA | _EISR
TELL_OF_RIGHTS: Final[Mapping[str, frozenset[LetterType]]] = {
    "foia": REFUSALS | {_T.NOT_HELD},
    "eir": REFUSALS | {_T.NOT_HELD, _T.TRANSFER, _T.CLARIFICATION},
    "foisa": REFUSALS | {_T.NOT_HELD, _T.TRANSFER, _T.FEES},
    "eisr": REFUSALS | {_T.NOT_HELD, _T.TRANSFER, _T.CLARIFICATION},
}
"""The letters that have to tell of both rights: FOIA s.17(7), EIR reg. 14(5), FOISA s.19, EI(S)R reg. 13."""

ASK_FOR_REVIEW: Final = (
    *rows(
        _EVERY,
        _LAWS,
        ("L-06", "who decides on a review", "{review[title]}"),
        ("L-06", "where to post a request for review", "{review[address]}"),
        ("L-06", "where to email a request for review", "{review[email]}"),
    ),
    *rows(
        _EVERY,
        _FOIA,
        ("L-06", "the right to a review", "internal review"),
        ("L-06", "until when to ask for a review", "{review[window_days]} working days"),
        ("L-06", "when a review is answered", "{review[target_days]} working days"),
    ),
    *rows(_EVERY, _EIR, ("L-37", "the right to make representations", "regulation 11")),
    *rows(_EVERY, _EISR, ("L-37", "the right to make representations", "regulation 16")),
    *rows(_EVERY, _FOISA, ("L-39", "the right to a review", "section 20(1)")),
    *rows(
        _EVERY,
        _EIR,
        (
            "L-06",
            "until when to ask for a review",
            "within 40 working days of the date | within 40 working days after the date",
        ),
        (
            "L-37",
            "when representations are decided on",
            "within 40 working days of receiving | within 40 working days after receiving",
        ),
    ),
    *rows(
        _EVERY,
        _FOISA,
        ("L-06", "until when to ask for a review", "no later than the 40th working day"),
        ("L-06", "from when that is counted", "40th working day after {case[due]}"),
    ),
    *rows(
        _EVERY,
        _EISR,
        ("L-06", "until when to ask for a review", "within 40 working days"),
    ),
    *rows(
        _EVERY,
        _FOISA | _EISR,
        (
            "L-06",
            "when a review is answered",
            "within 20 working days of receiving | within 20 working days after receiving",
        ),
    ),
)
APPLY: Final = (
    *rows(
        _EVERY,
        _LAWS,
        ("L-07", "the name of the regulator", "{regulator[name]}"),
        ("L-07", "the regulator's postal address", "{regulator[address]}"),
        ("L-07", "the regulator's email address", "{regulator[email]}"),
    ),
    *rows(_EVERY, _FOIA, ("L-07", "the right to apply", "section 50")),
    *rows(_EVERY, _EIR, ("L-37", "the right to apply", "regulation 18")),
    *rows(_EVERY, _FOISA, ("L-39", "the right to apply", "section 47(1)")),
    *rows(_EVERY, _EISR, ("L-37", "the right to apply", "regulation 17")),
    *rows(
        _EVERY,
        _FOISA | _EISR,
        ("L-39", "until when to apply", "within six months | within 6 months"),
    ),
)
