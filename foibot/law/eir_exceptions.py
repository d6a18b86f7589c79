"""Regulations 5, 12 and 13 of the Environmental Information Regulations 2004 as a table: every exception."""

from __future__ import annotations

from datetime import date

from foibot.law.regime import Exemption, Kind, Ncnd, NotAnExemption, OldCitation

_NEW_DATA_PROTECTION_LAW = date(2018, 5, 25)
_NO_NCND = (
    "Only regulation 12(5)(a) and personal data allow an authority to neither confirm nor deny."
)
_EMISSIONS = "Not for information on emissions (regulation 12(9))."


def _class(letter: str, title: str, note: str) -> Exemption:
    section = f"12(4)({letter})"
    return Exemption(
        section,
        title,
        Kind.CLASS,
        absolute=False,
        ncnd=None,
        limbs=(),
        citation=f"EIR 2004 reg.{section}",
        note=note,
    )


def _adverse(letter: str, title: str, note: str, ncnd: Ncnd | None = None) -> Exemption:
    section = f"12(5)({letter})"
    return Exemption(
        section,
        title,
        Kind.ADVERSE_EFFECT,
        absolute=False,
        ncnd=ncnd,
        limbs=(),
        citation=f"EIR 2004 reg.{section}",
        note=note,
    )


EXCEPTIONS: tuple[Exemption, ...] = (
    Exemption(
        "5(3)",
        "Personal data of the applicant",
        Kind.CLASS,
        absolute=True,
        ncnd=None,
        limbs=(),
        citation="EIR 2004 reg.5(3)",
        note="Treat it as a subject access request.",
    ),
    _class(
        "a",
        "Information not held when the request was received",
        "An answer that nothing is held is a refusal and needs a notice under regulation 14.",
    ),
    _class(
        "b",
        "Manifestly unreasonable request",
        "Both for cost and for vexatious requests: these Regulations have no cost limit.",
    ),
    _class(
        "c",
        "Request formulated in too general a manner",
        "Goes out together with the request to clarify under regulation 9.",
    ),
    _class(
        "d",
        "Material still in the course of completion, unfinished documents or incomplete data",
        "Name the authority that prepares it and the time it expects to finish (regulation 14(4)).",
    ),
    _class("e", "Internal communications", ""),
    _adverse(
        "a",
        "International relations, defence, national security or public safety",
        "The only exception in regulation 12 that allows an authority to neither confirm nor deny.",
        Ncnd("12(6)", needs_public_interest_test=True, kind=Kind.ADVERSE_EFFECT),
    ),
    _adverse(
        "b",
        "The course of justice, the right to a fair trial, or criminal or disciplinary inquiries",
        _NO_NCND,
    ),
    _adverse("c", "Intellectual property rights", _NO_NCND),
    _adverse("d", "Confidentiality of the proceedings of a public authority", _EMISSIONS),
    _adverse("e", "Confidentiality of commercial or industrial information", _EMISSIONS),
    _adverse("f", "Interests of the person who provided the information", _EMISSIONS),
    _adverse("g", "Protection of the environment to which the information relates", _EMISSIONS),
    Exemption(
        "13(1) with 13(2A)",
        "Personal data",
        Kind.OTHER,
        absolute=True,
        ncnd=Ncnd("13(5A)", needs_public_interest_test=False, kind=Kind.OTHER),
        limbs=(),
        citation="EIR 2004 reg.13(1) and (2A)",
        note="No public interest test. Check the current wording of regulation 13 before quoting it.",
    ),
)

# The Data Protection Act 2018 rewrote regulation 13 for answers from 25 May 2018.
OLD_CITATIONS: tuple[OldCitation, ...] = (
    OldCitation(
        "13(5)",
        "13(1) with 13(2A)",
        _NEW_DATA_PROTECTION_LAW,
        "Data Protection Act 2018 Sch.19",
        ncnd=True,
    ),
)

NOT_EXCEPTIONS: tuple[NotAnExemption, ...] = (
    NotAnExemption("6", "Regulation 6 is about the form of the information, not an exception."),
    NotAnExemption(
        "7", "Regulation 7 extends the time for an answer. That is a letter of its own."
    ),
    NotAnExemption("8", "Regulation 8 is about charges, not an exception."),
    NotAnExemption(
        "14", "Regulation 14 says what a refusal must contain; name the exception in regulation 12."
    ),
)
