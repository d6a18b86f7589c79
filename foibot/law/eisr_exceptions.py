"""Regulations 10 and 11 of the Environmental Information (Scotland) Regulations 2004 as a table: every exception."""

from __future__ import annotations

from foibot.law.regime import Exemption, Kind, Ncnd, NotAnExemption

_NO_NCND = (
    "Only regulation 10(5)(a) and personal data allow an authority to neither confirm nor deny."
)
_EMISSIONS = "Not for information on emissions (regulation 10(6))."
_PERSONAL = "Check the current wording of regulation 11 before quoting it."


def _class(letter: str, title: str, note: str) -> Exemption:
    section = f"10(4)({letter})"
    return Exemption(
        section,
        title,
        Kind.CLASS,
        absolute=False,
        ncnd=None,
        limbs=(),
        citation=f"EI(S)R 2004 reg.{section}",
        note=note,
    )


def _substantial(letter: str, title: str, note: str, ncnd: Ncnd | None = None) -> Exemption:
    section = f"10(5)({letter})"
    return Exemption(
        section,
        title,
        Kind.SUBSTANTIAL_PREJUDICE,
        absolute=False,
        ncnd=ncnd,
        limbs=(),
        citation=f"EI(S)R 2004 reg.{section}",
        note=note,
    )


EXCEPTIONS: tuple[Exemption, ...] = (
    _class(
        "a",
        "Information not held when the request was received",
        "An answer that nothing is held is a refusal and needs a notice under regulation 13.",
    ),
    _class("b", "Manifestly unreasonable request", "Both for cost and for vexatious requests."),
    _class(
        "c",
        "Request formulated in too general a manner",
        "Goes out together with the request to clarify under regulation 9.",
    ),
    _class(
        "d",
        "Material still in the course of completion, unfinished documents or incomplete data",
        "Name the authority that prepares it and the time it expects to finish.",
    ),
    _class("e", "Internal communications", ""),
    _substantial(
        "a",
        "International relations, defence, national security or public safety",
        "The only exception in regulation 10 that allows an authority to neither confirm nor deny.",
        Ncnd("10(8)", needs_public_interest_test=True, kind=Kind.SUBSTANTIAL_PREJUDICE),
    ),
    _substantial(
        "b",
        "The course of justice, the right to a fair trial, or criminal or disciplinary inquiries",
        _NO_NCND,
    ),
    _substantial("c", "Intellectual property rights", _NO_NCND),
    _substantial("d", "Confidentiality of the proceedings of a public authority", _EMISSIONS),
    _substantial("e", "Confidentiality of commercial or industrial information", _EMISSIONS),
    _substantial("f", "Interests of the person who provided the information", _EMISSIONS),
    _substantial("g", "Protection of the environment to which the information relates", _EMISSIONS),
    Exemption(
        "11(1)",
        "Personal data of the applicant",
        Kind.CLASS,
        absolute=True,
        ncnd=None,
        limbs=(),
        citation="EI(S)R 2004 reg.11(1)",
        note="Treat it as a subject access request.",
    ),
    Exemption(
        "11(2)",
        "Personal data",
        Kind.OTHER,
        absolute=True,
        ncnd=Ncnd("11(6)", needs_public_interest_test=False, kind=Kind.OTHER),
        limbs=(),
        citation="EI(S)R 2004 reg.11(2)",
        note=_PERSONAL,
    ),
)

NOT_EXCEPTIONS: tuple[NotAnExemption, ...] = (
    NotAnExemption(
        "7", "Regulation 7 extends the time for an answer. That is a letter of its own."
    ),
    NotAnExemption("8", "Regulation 8 is about charges, not an exception."),
    NotAnExemption(
        "13", "Regulation 13 says what a refusal must contain; name the exception in regulation 10."
    ),
)
