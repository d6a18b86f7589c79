"""The lettered paragraphs of Part II of the Freedom of Information Act 2000, in words short enough for a letter."""

from __future__ import annotations

from foibot.law.regime import Limb


def limbs(**words: str) -> tuple[Limb, ...]:
    """One limb for each keyword: `limbs(a="the prevention or detection of crime")`."""
    return tuple(Limb(letter, text) for letter, text in words.items())


DEFENCE = limbs(
    a="the defence of the British Islands or of any colony",
    b="the capability, effectiveness or security of any relevant forces",
)
INTERNATIONAL = limbs(
    a="relations between the United Kingdom and any other State",
    b="relations between the United Kingdom and any international organisation or international court",
    c="the interests of the United Kingdom abroad",
    d="the promotion or protection by the United Kingdom of its interests abroad",
)
ECONOMY = limbs(
    a="the economic interests of the United Kingdom or of any part of the United Kingdom",
    b="the financial interests of any administration in the United Kingdom",
)
INVESTIGATIONS = (
    Limb("a", "an investigation which the authority has a duty to conduct into an offence"),
    Limb("a(i)", "an investigation into whether a person should be charged with an offence"),
    Limb("a(ii)", "an investigation into whether a person charged with an offence is guilty of it"),
    Limb("b", "an investigation which may lead to a decision to institute criminal proceedings"),
    Limb("c", "criminal proceedings which the authority has power to conduct"),
)
CONFIDENTIAL_SOURCES = (
    Limb("a", "obtained or recorded for the purposes of the authority's functions"),
    Limb("a(i)", "investigations falling within subsection (1)(a) or (b)"),
    Limb("a(ii)", "criminal proceedings which the authority has power to conduct"),
    Limb("a(iii)", "other investigations conducted for a purpose specified in section 31(2)"),
    Limb("a(iv)", "civil proceedings which arise out of such investigations"),
    Limb("b", "relating to the obtaining of information from confidential sources"),
)
LAW_ENFORCEMENT = limbs(
    a="the prevention or detection of crime",
    b="the apprehension or prosecution of offenders",
    c="the administration of justice",
    d="the assessment or collection of any tax or duty or of any imposition of a similar nature",
    e="the operation of the immigration controls",
    f="the maintenance of security and good order in prisons or in other institutions where persons are lawfully detained",
    g="the exercise by any public authority of its functions for any of the purposes specified in section 31(2)",
    h="any civil proceedings brought by or on behalf of a public authority that arise out of an investigation for a purpose specified in section 31(2)",
    i="any inquiry into a fatal accident or sudden death that arises out of an investigation for a purpose specified in section 31(2)",
)
COURT_DOCUMENTS = limbs(
    a="a document filed with a court for the purposes of proceedings",
    b="a document served for the purposes of proceedings",
    c="a document created by a court or its administrative staff for the purposes of proceedings",
)
INQUIRY_DOCUMENTS = limbs(
    a="a document placed in the custody of a person conducting an inquiry or arbitration",
    b="a document created by a person conducting an inquiry or arbitration",
)
AUDIT = limbs(
    a="the audit of the accounts of other public authorities",
    b="the examination of the economy, efficiency and effectiveness with which other public authorities use their resources",
)
POLICY = limbs(
    a="the formulation or development of government policy",
    b="Ministerial communications",
    c="the provision of advice by any of the Law Officers or any request for such advice",
    d="the operation of any Ministerial private office",
)
PUBLIC_AFFAIRS = (
    Limb(
        "a",
        "the convention of the collective responsibility of Ministers of the Crown",
        rarely_for=("police",),
    ),
    Limb("b", "the free and frank provision of advice or exchange of views"),
    Limb("b(i)", "the free and frank provision of advice"),
    Limb("b(ii)", "the free and frank exchange of views for the purposes of deliberation"),
    Limb("c", "the effective conduct of public affairs, otherwise"),
)
SAFETY = limbs(
    a="the physical or mental health of any individual",
    b="the safety of any individual",
)
PROHIBITIONS = limbs(
    a="disclosure is prohibited by or under any enactment",
    b="disclosure is incompatible with any assimilated (formerly EU) obligation",
    c="disclosure would constitute or be punishable as a contempt of court",
)
ROYAL_ABSOLUTE = limbs(
    a="communications with the Sovereign",
    aa="communications with the heir to, or the person second in line of succession to, the Throne",
    ab="communications with a person who has since acceded, or become heir or second in line",
)
ROYAL_QUALIFIED = limbs(
    ac="communications with other members of the Royal Family",
    ad="communications with the Royal Household",
)
HONOURS = limbs(b="the conferring by the Crown of any honour or dignity")
PERSONAL_DATA = limbs(
    a="disclosure would contravene any of the data protection principles",
    b="disclosure would do so if the exemption for manual unstructured data were disregarded",
)
PERSONAL_DATA_NCND = limbs(
    i="confirming or denying would contravene any of the data protection principles",
    ii="confirming or denying would do so if the exemption for manual unstructured data were disregarded",
)
