"""The lettered paragraphs of Part 2 of the Freedom of Information (Scotland) Act 2002, in words for a letter."""

from __future__ import annotations

from foibot.law.foia_limbs import limbs
from foibot.law.regime import Limb

PROHIBITIONS = limbs(
    a="disclosure is prohibited by or under an enactment",
    b="disclosure is incompatible with an assimilated (formerly EU) obligation",
    c="disclosure would constitute, or be punishable as, a contempt of court",
)
RESEARCH = limbs(
    a="the programme of research",
    b="the interests of an individual who takes part in it, or of an authority or person involved",
)
POLICY = limbs(
    a="the formulation or development of government policy",
    b="Ministerial communications",
    c="the provision of advice by any of the Law Officers or any request for such advice",
    d="the operation of any Ministerial private office",
)
PUBLIC_AFFAIRS = (
    Limb("a", "the convention of the collective responsibility of the Scottish Ministers"),
    Limb("b", "the free and frank provision of advice or exchange of views"),
    Limb("b(i)", "the free and frank provision of advice"),
    Limb("b(ii)", "the free and frank exchange of views for the purposes of deliberation"),
    Limb("c", "the effective conduct of public affairs, otherwise"),
)
DEFENCE = limbs(
    a="the defence of the British Islands or of any colony",
    b="the capability, effectiveness or security of any relevant forces",
)
INTERNATIONAL = limbs(
    i="relations between the United Kingdom and any other State",
    ii="relations between the United Kingdom and any international organisation or international court",
    iii="the interests of the United Kingdom abroad",
    iv="the promotion or protection by the United Kingdom of its interests abroad",
)
ECONOMY = limbs(
    a="the economic interests of the whole or part of the United Kingdom",
    b="the financial interests of an administration in the United Kingdom",
)
INVESTIGATIONS = (
    Limb("a", "an investigation which the authority has a duty to conduct into an offence"),
    Limb("a(i)", "an investigation into whether a person should be prosecuted for an offence"),
    Limb(
        "a(ii)", "an investigation into whether a person prosecuted for an offence is guilty of it"
    ),
    Limb("b", "an investigation which may lead to a report to the procurator fiscal"),
    Limb("c", "criminal proceedings instituted in consequence of such a report"),
)
DEATHS = limbs(
    a="an inquiry into a fatal accident or sudden death",
    b="any other investigation by the authority into the cause of a death",
)
LAW_ENFORCEMENT = limbs(
    a="the prevention or detection of crime",
    b="the apprehension or prosecution of offenders",
    c="the administration of justice",
    d="the assessment or collection of any tax or duty or of any imposition of a similar nature",
    e="the operation of the immigration controls",
    f="the maintenance of security and good order in prisons or in other institutions where persons are lawfully detained",
    g="the exercise by any public authority of its functions for any of the purposes mentioned in section 35(2)",
    h="any civil proceedings brought by or on behalf of a public authority that arise out of an investigation for a purpose mentioned in section 35(2)",
)
COURT_RECORDS = limbs(
    a="a document for the purposes of court proceedings, held solely because of them",
    b="a document for the purposes of an inquiry or arbitration, held solely because of it",
)
AUDIT = limbs(
    a="the audit of the accounts of other Scottish public authorities",
    b="the examination of how other Scottish public authorities use their resources",
)
HONOURS = limbs(
    a="communications with His Majesty, other members of the Royal Family or the Royal Household",
    b="the exercise by His Majesty of his prerogative of honour",
)
