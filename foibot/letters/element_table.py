"""The table of what each kind of letter has to hold under each law, by the rule that asks for it; no I/O.

It stands in the code, so that whoever edits a template cannot shorten it. What a rule only recommends
without naming words for it is not here: the lint notes that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from foibot.letters.linting.letter_type import REFUSALS, WITHHOLDING, LetterType

_T = LetterType
_EVERY: Final = frozenset(_T) - {_T.UNKNOWN}
_ACKNOWLEDGES: Final = frozenset({_T.ACKNOWLEDGEMENT})
_REVIEWS: Final = frozenset({_T.REVIEW_ACKNOWLEDGEMENT, _T.REVIEW_OUTCOME})
_STAYS_SILENT: Final = frozenset({_T.NCND, _T.NCND_PART})
_NOT_GONE_ON_WITH: Final = frozenset({_T.COST, _T.COST_TO_CONFIRM, _T.VEXATIOUS, _T.REPEATED})
_GIVES: Final = frozenset({_T.DISCLOSURE, _T.PART, _T.NCND_PART})
_FOIA, _EIR, _FOISA, _EISR = (frozenset({each}) for each in ("foia", "eir", "foisa", "eisr"))
ACTS: Final = _FOIA | _FOISA
_REGULATIONS: Final = _EIR | _EISR
_LAWS: Final = ACTS | _REGULATIONS
MAINTAINING: Final = "the public interest in maintaining the {regime[ground]} outweighs the public interest in disclosing the information"
TELL_OF_RIGHTS: Final[Mapping[str, frozenset[LetterType]]] = {
    "foia": REFUSALS | {_T.NOT_HELD},
    "eir": REFUSALS | {_T.NOT_HELD, _T.TRANSFER, _T.CLARIFICATION},
    "foisa": REFUSALS | {_T.NOT_HELD, _T.TRANSFER, _T.FEES},
    "eisr": REFUSALS | {_T.NOT_HELD, _T.TRANSFER, _T.CLARIFICATION},
}
"""The letters that have to tell of both rights: FOIA s.17(7), EIR reg. 14(5), FOISA s.19, EI(S)R reg. 13."""


@dataclass(frozen=True, slots=True)
class Row:
    """One element: one of its `words` has to be in the letters of these `types` under these `laws`.

    A name in braces is a word of the letter's vocabulary. Where that is empty, nothing is asked for.
    """

    rule: str
    what: str
    words: tuple[str, ...]
    types: frozenset[LetterType]
    laws: frozenset[str]


def _rows(
    types: frozenset[LetterType], laws: frozenset[str], *rows: tuple[str, str, str]
) -> tuple[Row, ...]:
    return tuple(
        Row(rule, what, tuple(words.split(" | ")), types, laws) for rule, what, words in rows
    )


IN_ITSELF: Final = (
    *_rows(_EVERY, _LAWS, ("L-01", "our reference", "{case[reference]}")),
    *_rows(
        _EVERY - _ACKNOWLEDGES,
        _LAWS,
        ("L-01", "the date of the letter", "{today}"),
        ("L-09", "who signs", "{officer[name]}"),
        ("L-09", "a mailbox that is read", "{authority[email]}"),
    ),
    *_rows(_EVERY - _REVIEWS, _LAWS, ("L-01", "the date of receipt", "{case[received]}")),
    *_rows(_REVIEWS, _LAWS, ("L-01", "the date the review was asked for", "{asked}")),
    *_rows(
        _EVERY,
        _LAWS,
        ("L-02", "the name of the requester", "{requester[name]}"),
        ("L-04", "the law", "{regime[act]}"),
        (
            "L-10",
            "the offer of another format",
            "another format | other formats | a different format | accessible format",
        ),
    ),
    *_rows(
        _EVERY - _ACKNOWLEDGES - {_T.REVIEW_ACKNOWLEDGEMENT},
        _LAWS,
        ("L-03", "the request", "{case[request]}"),
    ),
    *_rows(
        _ACKNOWLEDGES,
        _LAWS,
        ("A-02", "the last day by law", "{case[due]}"),
        ("A-02", "the law that may apply instead", "{regime[environmental_act]}"),
        ("A-02", "our email address", "{authority[email]}"),
        ("A-02", "our postal address", "{authority[address]}"),
        ("A-02", "the subject of the request", "{case[subject]}"),
        ("A-02", "how to add to the request", "add to your request | add something"),
        ("A-02", "the privacy notice", "{authority[privacy_url]}"),
        ("A-02", "that the answer may come sooner", "sooner"),
    ),
    *_rows(
        frozenset({_T.REVIEW_ACKNOWLEDGEMENT}),
        _LAWS,
        ("A-16", "the day the result is due", "{until}"),
    ),
    *_rows(
        _STAYS_SILENT,
        _LAWS,
        (
            "N-01",
            "that it neither confirms nor denies",
            "{authority[name]} can neither confirm nor deny that it holds",
        ),
        ("N-08", "that it is no indication either way", "exists or does not exist"),
    ),
    *_rows(
        _STAYS_SILENT,
        _FOIA,
        ("N-02", "the duty that does not apply", "section 1(1)(a)"),
        ("L-22", "that it is a refusal notice", "section 17(1)"),
    ),
    *_rows(_GIVES, _LAWS, ("L-11", "how it may be used", "copyright | re-use | reuse")),
    *_rows(
        frozenset({_T.REFUSAL, _T.SECOND_NOTICE}),
        ACTS,
        ("L-22", "that the information is held", "we hold | {authority[name]} holds"),
    ),
    *_rows(
        frozenset({_T.PART}), _LAWS, ("L-21", "what is held", "we hold | {authority[name]} holds")
    ),
    *_rows(
        frozenset({_T.SECOND_NOTICE}),
        _FOIA,
        ("L-25", "the notice that went before", "{asked}"),
        ("L-25", "that it is the second notice", "section 17(3)"),
    ),
    *_rows(
        WITHHOLDING,
        _REGULATIONS,
        ("L-37", "the presumption in favour of disclosure", "presumption in favour of disclosure"),
    ),
    *_rows(
        frozenset({_T.EXTENSION}),
        _FOIA,
        ("L-24", "the estimated date", "{until}"),
        ("L-24", "that nothing is decided yet", "no decision has yet been reached"),
        ("L-24", "the notice it is", "section 17(2)"),
    ),
    *_rows(
        frozenset({_T.EXTENSION}),
        _REGULATIONS,
        ("L-38", "the new last day", "{until}"),
        ("L-38", "the power to extend", "regulation 7"),
        (
            "L-38",
            "both grounds of an extension",
            "complexity and volume | volume and complexity | complex and voluminous",
        ),
    ),
    *_rows(
        frozenset({_T.COST}),
        ACTS,
        ("L-26", "what is relied on", "section 12(1)"),
        ("L-26", "the limit on cost", "{regime[cost_limit]}"),
        ("L-26", "the rate of an hour", "{regime[cost_rate]}"),
    ),
    *_rows(
        frozenset({_T.COST}),
        _FOIA,
        ("L-26", "that the information is held", "we hold | {authority[name]} holds"),
        ("L-26", "the limit in hours", "{regime[cost_hours]} hours"),
    ),
    *_rows(
        frozenset({_T.COST_TO_CONFIRM}),
        _FOIA,
        ("L-26", "what is relied on", "section 12(2)"),
        ("L-26", "the limit on cost", "{regime[cost_limit]}"),
        ("L-26", "the limit in hours", "{regime[cost_hours]} hours"),
        ("L-26", "the rate of an hour", "{regime[cost_rate]}"),
    ),
    *_rows(frozenset({_T.VEXATIOUS}), ACTS, ("L-27", "what is relied on", "section 14(1)")),
    *_rows(frozenset({_T.REPEATED}), ACTS, ("L-28", "what is relied on", "section 14(2)")),
    *_rows(_NOT_GONE_ON_WITH, _FOIA, ("L-26", "the notice it is", "section 17(5)")),
    *_rows(
        _NOT_GONE_ON_WITH - {_T.COST},
        _FOISA,
        ("L-39", "the notice it is", "section 16(5)"),
    ),
    *_rows(frozenset({_T.COST}), _FOISA, ("L-39", "the notice it is", "section 16(4)")),
    *_rows(
        frozenset({_T.NOT_HELD, _T.TRANSFER}),
        _REGULATIONS,
        ("L-32", "the conclusion on the public interest", MAINTAINING),
    ),
    *_rows(
        frozenset({_T.CLARIFICATION}),
        _REGULATIONS,
        (
            "L-30",
            "the conclusion on the public interest",
            "the public interest in making the information available is outweighed by the public interest in maintaining the exception",
        ),
    ),
    *_rows(
        frozenset({_T.CLARIFICATION}),
        _LAWS,
        ("L-30", "what becomes of the time to answer", "20 working days"),
        ("L-30", "the day the request lapses", "{lapse}"),
    ),
    *_rows(frozenset({_T.CLARIFICATION}), _EIR, ("L-30", "the exception", "regulation 12(4)(c)")),
    *_rows(frozenset({_T.CLARIFICATION}), _EISR, ("L-30", "the exception", "regulation 10(4)(c)")),
    *_rows(
        frozenset({_T.FEES}),
        _LAWS,
        ("L-31", "the amount", "{fee}"),
        ("L-31", "the last day to pay", "{pay_by}"),
    ),
    *_rows(
        frozenset({_T.NOT_HELD}),
        _LAWS,
        (
            "L-32",
            "that the information is not held",
            "{authority[name]} does not hold | we do not hold",
        ),
    ),
    *_rows(
        frozenset({_T.TRANSFER}),
        _LAWS,
        (
            "L-33",
            "that the information is not held",
            "{authority[name]} does not hold | we do not hold",
        ),
        (
            "L-33",
            "that nothing is passed on unasked",
            "if you agree | your permission | your consent",
        ),
    ),
    *_rows(
        frozenset({_T.NOT_HELD, _T.TRANSFER}),
        _EIR,
        ("L-32", "the exception", "regulation 12(4)(a)"),
    ),
    *_rows(
        frozenset({_T.NOT_HELD, _T.TRANSFER}),
        _EISR,
        ("L-32", "the exception", "regulation 10(4)(a)"),
    ),
    *_rows(
        frozenset({_T.NOT_HELD, _T.TRANSFER}), _FOISA, ("L-39", "the notice it is", "section 17(1)")
    ),
    *_rows(
        frozenset({_T.ACCESSIBLE, _T.FUTURE_PUBLICATION}),
        _LAWS,
        ("L-34", "that the information is held", "we hold | {authority[name]} holds"),
    ),
    *_rows(frozenset({_T.ACCESSIBLE}), _FOIA, ("L-34", "the exemption", "section 21(1)")),
    *_rows(frozenset({_T.ACCESSIBLE}), _FOISA, ("L-34", "the exemption", "section 25(1)")),
    *_rows(
        frozenset({_T.ACCESSIBLE}), _REGULATIONS, ("L-34", "the regulation", "regulation 6(1)(b)")
    ),
    *_rows(frozenset({_T.FUTURE_PUBLICATION}), _FOIA, ("L-35", "the exemption", "section 22(1)")),
    *_rows(frozenset({_T.FUTURE_PUBLICATION}), _FOISA, ("L-35", "the exemption", "section 27(1)")),
    *_rows(frozenset({_T.FUTURE_PUBLICATION}), ACTS, ("L-35", "the conclusion", MAINTAINING)),
    *_rows(
        frozenset({_T.HOLDING}),
        _LAWS,
        ("T-01", "the last day that is missed", "{case[due]}"),
        ("T-01", "the day the answer is expected", "{until}"),
    ),
    *_rows(
        frozenset({_T.LAPSE}),
        _LAWS,
        ("L-30", "when we asked", "{asked}"),
        ("L-30", "the day that has passed", "{lapse}"),
    ),
    *_rows(
        frozenset({_T.REVIEW_OUTCOME}),
        _FOISA | _EISR,
        ("L-40", "the appeal after the regulator's decision", "section 56"),
    ),
)

ASK_FOR_REVIEW: Final = (
    *_rows(
        _EVERY,
        _LAWS,
        ("L-06", "who decides on a review", "{review[title]}"),
        ("L-06", "where to post a request for review", "{review[address]}"),
        ("L-06", "where to email a request for review", "{review[email]}"),
    ),
    *_rows(
        _EVERY,
        _FOIA,
        ("L-06", "the right to a review", "internal review"),
        ("L-06", "until when to ask for a review", "{review[window_days]} working days"),
        ("L-06", "when a review is answered", "{review[target_days]} working days"),
    ),
    *_rows(_EVERY, _EIR, ("L-37", "the right to make representations", "regulation 11")),
    *_rows(_EVERY, _EISR, ("L-37", "the right to make representations", "regulation 16")),
    *_rows(_EVERY, _FOISA, ("L-39", "the right to a review", "section 20(1)")),
    *_rows(
        _EVERY,
        _LAWS - _FOIA,
        ("L-06", "until when to ask for a review", "40 working days | 40th working day"),
    ),
    *_rows(_EVERY, _FOISA | _EISR, ("L-06", "when a review is answered", "20 working days")),
)
APPLY: Final = (
    *_rows(
        _EVERY,
        _LAWS,
        ("L-07", "the name of the regulator", "{regulator[name]}"),
        ("L-07", "the regulator's postal address", "{regulator[address]}"),
        ("L-07", "the regulator's email address", "{regulator[email]}"),
    ),
    *_rows(_EVERY, _FOIA, ("L-07", "the right to apply", "section 50")),
    *_rows(_EVERY, _EIR, ("L-37", "the right to apply", "regulation 18")),
    *_rows(_EVERY, _FOISA, ("L-39", "the right to apply", "section 47(1)")),
    *_rows(_EVERY, _EISR, ("L-37", "the right to apply", "regulation 17")),
    *_rows(
        _EVERY,
        _FOISA | _EISR,
        ("L-39", "until when to apply", "within six months | within 6 months"),
    ),
)
