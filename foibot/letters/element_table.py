"""The table of what each kind of letter has to hold under each law, by the rule that asks for it; no I/O.

It stands in the code, so that whoever edits a template cannot shorten it. What a rule only recommends
without naming words for it is not here: the lint notes that.
"""

from __future__ import annotations

from typing import Final

from foibot.letters.element_row import rows
from foibot.letters.linting.letter_type import WITHHOLDING, LetterType

_T = LetterType
_EVERY: Final = frozenset(_T) - {_T.UNKNOWN}
_ACKNOWLEDGES: Final = frozenset({_T.ACKNOWLEDGEMENT})
_REVIEWS: Final = frozenset({_T.REVIEW_ACKNOWLEDGEMENT, _T.REVIEW_OUTCOME})
_STAYS_SILENT: Final = frozenset({_T.NCND, _T.NCND_PART})
_NOT_GONE_ON_WITH: Final = frozenset({_T.COST, _T.COST_TO_CONFIRM, _T.VEXATIOUS, _T.REPEATED})
_GIVES: Final = frozenset({_T.DISCLOSURE, _T.PART, _T.NCND_PART})
_BY_NUMBER: Final = frozenset({_T.IN_PARTS})
_FOIA, _EIR, _FOISA, _EISR = (frozenset({each}) for each in ("foia", "eir", "foisa", "eisr"))
ACTS: Final = _FOIA | _FOISA
_REGULATIONS: Final = _EIR | _EISR
_LAWS: Final = ACTS | _REGULATIONS
_SILENT: Final = "neither_confirms_nor_denies"
_APPLIES: Final = "we rely on this | we rely on these | exempt because of this | exempt because of these | exempt under this | exempt under these"
_UNCONFIRMED: Final = "unconfirmed[provisions]"
_NOT_HELD: Final = "not_held[questions]"
MAINTAINING: Final = "the public interest in maintaining the {regime[ground]} outweighs the public interest in disclosing the information"


def _relying(section: str) -> str:
    """The fact that a section is relied on, and not only what it says (FOIA s.17(5))."""
    return " | ".join(
        f"{how} section {section}" for how in ("rely on", "relying on", "reliance on")
    )


IN_ITSELF: Final = (
    *rows(_EVERY, _LAWS, ("L-01", "our reference", "{case[reference]}")),
    *rows(
        _EVERY - _ACKNOWLEDGES,
        _LAWS,
        ("L-01", "the date of the letter", "{today}"),
        ("L-09", "who signs", "{officer[name]}"),
        ("L-09", "a mailbox that is read", "{authority[email]}"),
    ),
    *rows(_EVERY - _REVIEWS, _LAWS, ("L-01", "the date of receipt", "{case[received]}")),
    *rows(_REVIEWS, _LAWS, ("L-01", "the date the review was asked for", "{asked}")),
    *rows(
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
    *rows(
        _EVERY - _ACKNOWLEDGES - {_T.REVIEW_ACKNOWLEDGEMENT},
        _LAWS,
        ("L-03", "the request", "{case[request]}"),
    ),
    *rows(
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
    *rows(
        frozenset({_T.REVIEW_ACKNOWLEDGEMENT}),
        _LAWS,
        ("A-16", "the day the result is due", "{until}"),
    ),
    *rows(
        _STAYS_SILENT,
        _LAWS,
        (
            "N-01",
            "that it neither confirms nor denies",
            "{authority[name]} can neither confirm nor deny that it holds",
        ),
        ("N-08", "that it is no indication either way", "exists or does not exist"),
    ),
    *rows(
        _STAYS_SILENT,
        _FOIA,
        (
            "N-02",
            "the duty that does not apply",
            "section 1(1)(a) of the Act does not apply | duty to confirm or deny does not apply",
        ),
        ("L-22", "that it is a refusal notice", "letter is a refusal notice under section 17(1)"),
    ),
    *rows(
        _BY_NUMBER,
        _LAWS,
        (
            "N-01",
            "that it neither confirms nor denies",
            "{authority[name]} can neither confirm nor deny that it holds",
        ),
        ("N-08", "that it is no indication either way", "exists or does not exist"),
        ("N-10", "where the boundary is", "is about {unconfirmed[questions]} and about no other"),
        (
            "L-22",
            "that it is a refusal notice",
            "{unconfirmed[questions]} this letter is a refusal notice under {regime[refuses_under]}",
        ),
        when=_UNCONFIRMED,
    ),
    *rows(
        _BY_NUMBER,
        _FOIA,
        (
            "N-02",
            "the duty that does not apply",
            "section 1(1)(a) of the Act does not apply | duty to confirm or deny does not apply",
        ),
        when=_UNCONFIRMED,
    ),
    *rows(
        _BY_NUMBER,
        _LAWS,
        ("L-22", "that the information is held", "we hold | {authority[name]} holds"),
        ("L-22", "that it is relied on", _APPLIES),
        (
            "L-22",
            "that it is a refusal notice",
            "{kept_back[questions]}, this letter is a refusal notice under {regime[refuses_under]}",
        ),
        when="kept_back[provisions]",
    ),
    *rows(
        _BY_NUMBER,
        _REGULATIONS,
        (
            "L-32",
            "that it is a refusal notice",
            "{not_held[questions]} this letter is a refusal notice under {regime[refuses_under]}",
        ),
        when=_NOT_HELD,
    ),
    *rows(
        frozenset({_T.EXTENSION}),
        _FOIA,
        ("N-16", "that it is no indication either way", "exists or does not exist"),
        when=_SILENT,
    ),
    *rows(
        frozenset({_T.EXTENSION}),
        _FOIA,
        ("L-24", "that the information is held", "we hold | {authority[name]} holds"),
        unless=_SILENT,
    ),
    *rows(
        frozenset({_T.REFUSAL, _T.PART, _T.SECOND_NOTICE}),
        _LAWS,
        (
            "L-22",
            "that it is relied on",
            _APPLIES,
        ),
    ),
    *rows(_GIVES, _LAWS, ("L-11", "how it may be used", "copyright | re-use | reuse")),
    *rows(
        _BY_NUMBER,
        _LAWS,
        ("L-11", "how it may be used", "copyright | re-use | reuse"),
        when="given",
    ),
    *rows(
        _BY_NUMBER,
        _LAWS,
        (
            "L-32",
            "that the information is not held",
            "{authority[name]} does not hold | we do not hold",
        ),
        when=_NOT_HELD,
    ),
    *rows(
        _BY_NUMBER,
        _REGULATIONS,
        ("L-32", "the presumption in favour of disclosure", "presumption in favour of disclosure"),
        ("L-32", "the conclusion on the public interest", MAINTAINING),
        when=_NOT_HELD,
    ),
    *rows(_BY_NUMBER, _EIR, ("L-32", "the exception", "regulation 12(4)(a)"), when=_NOT_HELD),
    *rows(_BY_NUMBER, _EISR, ("L-32", "the exception", "regulation 10(4)(a)"), when=_NOT_HELD),
    *rows(
        _BY_NUMBER,
        _FOISA,
        ("L-39", "the notice it is", "notice under section 17(1)"),
        when=_NOT_HELD,
    ),
    *rows(
        frozenset({_T.REFUSAL, _T.SECOND_NOTICE}),
        ACTS,
        ("L-22", "that the information is held", "we hold | {authority[name]} holds"),
    ),
    *rows(
        frozenset({_T.PART}), _LAWS, ("L-21", "what is held", "we hold | {authority[name]} holds")
    ),
    *rows(
        frozenset({_T.SECOND_NOTICE}),
        _FOIA,
        ("L-25", "the notice that went before", "{asked}"),
        ("L-25", "that it is the second notice", "section 17(3)"),
    ),
    *rows(
        WITHHOLDING,
        _REGULATIONS,
        ("L-37", "the presumption in favour of disclosure", "presumption in favour of disclosure"),
    ),
    *rows(
        frozenset({_T.EXTENSION}),
        _FOIA,
        ("L-24", "the estimated date", "{until}"),
        ("L-24", "that nothing is decided yet", "no decision has yet been reached"),
        ("L-24", "the notice it is", "section 17(2)"),
    ),
    *rows(
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
    *rows(
        frozenset({_T.COST}),
        ACTS,
        ("L-26", "what is relied on", _relying("12(1)")),
        ("L-26", "the limit on cost", "{regime[cost_limit]}"),
        ("L-26", "the rate of an hour", "{regime[cost_rate]}"),
    ),
    *rows(
        frozenset({_T.COST}),
        _FOIA,
        ("L-26", "that the information is held", "we hold | {authority[name]} holds"),
        ("L-26", "the limit in hours", "{regime[cost_hours]} hours"),
        ("L-26", "the work that may be counted", "extracting it | extracting the information"),
    ),
    *rows(
        frozenset({_T.COST_TO_CONFIRM}),
        _FOIA,
        ("L-26", "the work that was counted", "counted nothing but | counted only"),
        ("L-26", "what is relied on", _relying("12(2)")),
        ("L-26", "the limit on cost", "{regime[cost_limit]}"),
        ("L-26", "the limit in hours", "{regime[cost_hours]} hours"),
        ("L-26", "the rate of an hour", "{regime[cost_rate]}"),
    ),
    *rows(frozenset({_T.VEXATIOUS}), ACTS, ("L-27", "what is relied on", _relying("14(1)"))),
    *rows(frozenset({_T.REPEATED}), ACTS, ("L-28", "what is relied on", _relying("14(2)"))),
    *rows(_NOT_GONE_ON_WITH, _FOIA, ("L-26", "the notice it is", "notice under section 17(5)")),
    *rows(
        _NOT_GONE_ON_WITH - {_T.COST},
        _FOISA,
        ("L-39", "the notice it is", "notice under section 16(5)"),
    ),
    *rows(frozenset({_T.COST}), _FOISA, ("L-39", "the notice it is", "notice under section 16(4)")),
    *rows(
        frozenset({_T.NOT_HELD, _T.TRANSFER}),
        _REGULATIONS,
        ("L-32", "the conclusion on the public interest", MAINTAINING),
    ),
    *rows(
        frozenset({_T.CLARIFICATION}),
        _REGULATIONS,
        (
            "L-30",
            "the conclusion on the public interest",
            "the public interest in making the information available is outweighed by the public interest in maintaining the exception",
        ),
    ),
    *rows(
        frozenset({_T.CLARIFICATION}),
        _LAWS,
        ("L-30", "what becomes of the time to answer", "20 working days"),
        ("L-30", "the day the request lapses", "{lapse}"),
    ),
    *rows(
        frozenset({_T.CLARIFICATION}),
        _LAWS,
        (
            "L-30",
            "the last day for the rest of the request",
            "{case[due]} remains the last day | {case[due]} is still the last day",
        ),
        when="slots[rest]",
    ),
    *rows(frozenset({_T.CLARIFICATION}), _EIR, ("L-30", "the exception", "regulation 12(4)(c)")),
    *rows(frozenset({_T.CLARIFICATION}), _EISR, ("L-30", "the exception", "regulation 10(4)(c)")),
    *rows(
        frozenset({_T.FEES}),
        _LAWS,
        ("L-31", "the amount", "{fee}"),
        ("L-31", "the last day to pay", "{pay_by}"),
        ("L-31", "what becomes of the time to answer", "not counted | does not count"),
    ),
    *rows(
        frozenset({_T.FEES}),
        _REGULATIONS,
        ("L-31", "that it has to be paid in advance", "payment in advance | paid in advance"),
    ),
    *rows(
        frozenset({_T.NOT_HELD}),
        _LAWS,
        (
            "L-32",
            "that the information is not held",
            "{authority[name]} does not hold | we do not hold",
        ),
    ),
    *rows(
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
    *rows(
        frozenset({_T.NOT_HELD, _T.TRANSFER}),
        _EIR,
        ("L-32", "the exception", "regulation 12(4)(a)"),
    ),
    *rows(
        frozenset({_T.NOT_HELD, _T.TRANSFER}),
        _EISR,
        ("L-32", "the exception", "regulation 10(4)(a)"),
    ),
    *rows(
        frozenset({_T.NOT_HELD, _T.TRANSFER}), _FOISA, ("L-39", "the notice it is", "section 17(1)")
    ),
    *rows(
        frozenset({_T.ACCESSIBLE, _T.FUTURE_PUBLICATION}),
        _LAWS,
        ("L-34", "that the information is held", "we hold | {authority[name]} holds"),
    ),
    *rows(frozenset({_T.ACCESSIBLE}), _FOIA, ("L-34", "the exemption", "section 21(1)")),
    *rows(frozenset({_T.ACCESSIBLE}), _FOISA, ("L-34", "the exemption", "section 25(1)")),
    *rows(
        frozenset({_T.ACCESSIBLE}), _REGULATIONS, ("L-34", "the regulation", "regulation 6(1)(b)")
    ),
    *rows(frozenset({_T.FUTURE_PUBLICATION}), _FOIA, ("L-35", "the exemption", "section 22(1)")),
    *rows(frozenset({_T.FUTURE_PUBLICATION}), _FOISA, ("L-35", "the exemption", "section 27(1)")),
    *rows(
        frozenset({_T.FUTURE_PUBLICATION}),
        ACTS,
        ("L-35", "the conclusion", MAINTAINING),
        ("L-35", "what speaks for disclosure", "for disclosure | favour of disclosure"),
        ("L-35", "what speaks against disclosure", "against disclosure"),
    ),
    *rows(
        frozenset({_T.ACCESSIBLE, _T.FUTURE_PUBLICATION}),
        ACTS,
        ("L-22", "that it is a refusal notice", "letter is a refusal notice under"),
    ),
    *rows(
        frozenset({_T.HOLDING}),
        _LAWS,
        ("T-01", "the last day that is missed", "{case[due]}"),
        ("T-01", "the day the answer is expected", "{until}"),
    ),
    *rows(
        frozenset({_T.LAPSE}),
        _LAWS,
        ("L-30", "when we asked", "{asked}"),
        ("L-30", "the day that has passed", "{lapse}"),
    ),
    *rows(
        frozenset({_T.REVIEW_OUTCOME}),
        _FOISA | _EISR,
        ("L-40", "the appeal after the regulator's decision", "section 56"),
    ),
)
