"""Part 2 of the Freedom of Information (Scotland) Act 2002 as a table: every exemption, and whether section 18 reaches it."""

from __future__ import annotations

from foibot.law import foisa_limbs
from foibot.law.regime import Exemption, Kind, Limb, Ncnd, NotAnExemption

# Kinds of authority that are plainly no part of the Scottish Administration.
_NOT_ADMINISTRATION = (
    "police",
    "council",
    "health",
    "education",
    "fire",
    "legislature",
    "armed-forces",
)
_NO_18 = "Section 18 does not reach it."


def _row(
    section: str,
    title: str,
    kind: Kind,
    *,
    limbs: tuple[Limb, ...] = (),
    absolute: bool = False,
    section_18: bool = True,
    whole: bool = False,
    note: str = "",
    not_for: tuple[str, ...] = (),
) -> Exemption:
    ncnd = Ncnd("18(1)", needs_public_interest_test=True, kind=kind, read_with=True)
    return Exemption(
        section,
        title,
        kind,
        absolute=absolute,
        ncnd=ncnd if section_18 else None,
        limbs=limbs,
        citation=f"FOISA 2002 s.{section.replace('with 38', 'and ')}",
        note=note,
        not_for=not_for,
        whole=whole,
    )


_PREJUDICE = Kind.SUBSTANTIAL_PREJUDICE

EXEMPTIONS: tuple[Exemption, ...] = (
    _row(
        "25(1)",
        "Information otherwise accessible",
        Kind.CLASS,
        absolute=True,
        section_18=False,
        note=f"Give the exact location, open to this applicant. {_NO_18}",
    ),
    _row(
        "26",
        "Prohibitions on disclosure",
        Kind.CLASS,
        limbs=foisa_limbs.PROHIBITIONS,
        absolute=True,
        section_18=False,
        note=f"Name the enactment. {_NO_18}",
    ),
    _row(
        "27(1)",
        "Information intended for future publication",
        Kind.CLASS,
        section_18=False,
        note=f"Publication within 12 weeks of the request, planned before it. {_NO_18}",
    ),
    _row(
        "27(2)",
        "Information from a programme of research",
        _PREJUDICE,
        limbs=foisa_limbs.RESEARCH,
        section_18=False,
        whole=True,
        note=_NO_18,
    ),
    _row("28(1)", "Relations within the United Kingdom", _PREJUDICE),
    _row(
        "29(1)",
        "Formulation of Scottish Administration policy etc",
        Kind.CLASS,
        limbs=foisa_limbs.POLICY,
        note="Only the Scottish Administration can use it.",
        not_for=_NOT_ADMINISTRATION,
    ),
    _row(
        "30",
        "Prejudice to effective conduct of public affairs",
        _PREJUDICE,
        limbs=foisa_limbs.PUBLIC_AFFAIRS,
        note="No qualified person is needed, unlike in the Act for the rest of the United Kingdom.",
    ),
    _row(
        "31(1)", "National security", Kind.REQUIRED, note="A Minister's certificate is conclusive."
    ),
    _row("31(4)", "Defence", _PREJUDICE, limbs=foisa_limbs.DEFENCE),
    _row("32(1)(a)", "International relations", _PREJUDICE, limbs=foisa_limbs.INTERNATIONAL),
    _row(
        "32(1)(b)",
        "International relations: confidential information obtained from another State",
        Kind.CLASS,
    ),
    _row("33(1)(a)", "Trade secrets", Kind.CLASS),
    _row(
        "33(1)(b)",
        "Commercial interests",
        _PREJUDICE,
        note="Have evidence of the third party's own view.",
    ),
    _row("33(2)", "The economy", _PREJUDICE, limbs=foisa_limbs.ECONOMY),
    _row(
        "34(1)",
        "Investigations by Scottish public authorities",
        Kind.CLASS,
        limbs=foisa_limbs.INVESTIGATIONS,
    ),
    _row(
        "34(2)",
        "Investigations by Scottish public authorities: deaths",
        Kind.CLASS,
        limbs=foisa_limbs.DEATHS,
    ),
    _row(
        "34(3)",
        "Investigations by Scottish public authorities: confidential sources",
        Kind.CLASS,
    ),
    _row("34(4)", "Civil proceedings arising out of such investigations", Kind.CLASS),
    _row(
        "35(1)",
        "Law enforcement",
        _PREJUDICE,
        limbs=foisa_limbs.LAW_ENFORCEMENT,
        note="For (g) and (h) also name the purpose in section 35(2) and whose function it is.",
    ),
    _row("36(1)", "Confidentiality of communications", Kind.CLASS, section_18=False, note=_NO_18),
    _row(
        "36(2)",
        "Actionable breach of confidence",
        Kind.OTHER,
        absolute=True,
        section_18=False,
        note=f"Obtained from another person, whose action for breach of confidence would succeed. {_NO_18}",
    ),
    _row(
        "37(1)",
        "Court records, etc",
        Kind.CLASS,
        limbs=foisa_limbs.COURT_RECORDS,
        absolute=True,
        section_18=False,
        note=_NO_18,
    ),
    _row(
        "38(1)(a)",
        "Personal information of the applicant",
        Kind.CLASS,
        absolute=True,
        note="Treat it as a subject access request.",
    ),
    _row(
        "38(1)(b) with 38(2A)",
        "Personal information",
        Kind.OTHER,
        absolute=True,
        note="No public interest test: explain the steps of the legitimate interests test instead.",
    ),
    _row("38(1)(b) with 38(2B)", "Personal information: right to object", Kind.OTHER),
    _row(
        "38(1)(b) with 38(3A)",
        "Personal information: exempt from the right of access",
        Kind.OTHER,
    ),
    _row("38(1)(c)", "Personal census information", Kind.CLASS, absolute=True),
    _row("38(1)(d)", "A deceased person's health record", Kind.CLASS, absolute=True),
    _row(
        "39(1)",
        "Health, safety and the environment",
        Kind.ENDANGERMENT,
        note="The test is endangerment; a letter does not call it prejudice.",
    ),
    _row(
        "39(2)",
        "Environmental information",
        Kind.CLASS,
        section_18=False,
        note=f"Answer under the Environmental Information (Scotland) Regulations. {_NO_18}",
    ),
    _row(
        "40",
        "Audit functions",
        _PREJUDICE,
        limbs=foisa_limbs.AUDIT,
        section_18=False,
        note=_NO_18,
    ),
    _row(
        "41",
        "Communications with His Majesty etc and honours",
        Kind.CLASS,
        limbs=foisa_limbs.HONOURS,
    ),
)

NOT_EXEMPTIONS: tuple[NotAnExemption, ...] = (
    NotAnExemption(
        "12",
        "Section 12 is the cost limit, not an exemption. A refusal for cost is a letter of its own.",
    ),
    NotAnExemption(
        "14",
        "Section 14 is for vexatious or repeated requests, not an exemption. It has a letter of its own.",
    ),
    NotAnExemption(
        "18",
        "Section 18 is for neither confirming nor denying, together with an exemption: order `ncnd`.",
    ),
    NotAnExemption("17", "Section 17 says that nothing is held. That is a letter of its own."),
)
