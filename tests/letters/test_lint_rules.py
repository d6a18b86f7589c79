"""Rules one by one, each on the few words that break it and on words that do not."""

import pytest

from foibot.letters.lint import lint
from foibot.letters.linting.document import Document, File, Mail
from foibot.letters.linting.finding import Severity
from foibot.letters.linting.letter_type import LetterType

T = LetterType
REFUSED = "Exampleshire Police holds it. It is exempt under {} of the Freedom of Information Act 2000, because it is sensitive."
EIR = (
    "Environmental Information Regulations 2004. The council refuses under regulation 12(4)(d). {}"
)
SCOT = "Freedom of Information (Scotland) Act 2002. The council holds it. It is exempt under section 33(1)(b). {}"
PASSED = "The council does not hold it under the FOI Act. You can write to the county council if you wish."
WEIGHING = "The council holds it. We need more time to weigh section 43(2) of the FOI Act until 3 May 2024. {}"
ADVISED = (
    "The council holds it, under section 12(1) of the FOI Act. {} You could narrow your request."
)
SCOTS_FEE = "Freedom of Information (Scotland) Act 2002, section 9(1)."
FEE = "{} The 20 working days pause until you pay by bank transfer. You have three months."
SCOTS_COST = "Freedom of Information (Scotland) Act 2002. We rely on section 12(1)."

# What the letter is, its words, the rule, and whether it is broken.
CASES = [
    (T.REFUSAL, REFUSED.format("section 31"), "L-22", "without the subsection"),
    (T.REFUSAL, REFUSED.format("section 21"), "L-22", ""),
    (T.REFUSAL, REFUSED.format("section 31(1)"), "L-22", "no limb of section 31(1)"),
    (T.REFUSAL, REFUSED.format("section 31(1)(a)"), "L-22", "how likely the prejudice"),
    (T.REFUSAL, REFUSED.format("section 31(1)") + " It would be likely to prejudice the prevention or detection of crime. The public interest in openness does not outweigh that against it.", "L-22", ""),
    (T.REFUSAL, REFUSED.format("section 43(2)") + " It would be likely to prejudice trade.", "L-22", "public interest is not weighed"),
    (T.REFUSAL, "We hold it. It is exempt under section 42(1) of the FOI Act.", "L-22", "no reason"),
    (T.REFUSAL, "We hold it under the FOI Act, because we do.", "L-22", "does not say that an exemption"),
    (T.REFUSAL, REFUSED.format("sections 30(1)(a) and 31(1)(a)"), "X-05", "cannot both apply"),
    (T.REFUSAL, REFUSED.format("sections 30(1)(a) and 31(1)(a)") + " They are pleaded in the alternative.", "X-05", ""),
    (T.REFUSAL, REFUSED.format("sections 23(1) and 24(1)"), "X-06", "cannot both apply"),
    (T.REFUSAL, REFUSED.format("section 35(1)(a)"), "X-08", "not open to a police force"),
    (T.REFUSAL, REFUSED.format("section 35(1)(a)").replace("Exampleshire Police", "The Exampleton Office"), "X-08", ""),
    (T.REFUSAL, REFUSED.format("section 40(2)") + " Section 43(2) is an absolute exemption.", "X-01", "not of the kind"),
    (T.REFUSAL, REFUSED.format("section 40(2)") + " Section 43(2) is a qualified exemption.", "X-01", ""),
    (T.REFUSAL, REFUSED.format("section 40(2)") + " Section 43(2) is not absolute.", "X-01", ""),
    (T.NCND, "Under the FOI Act section 23(5) is absolute and sections 24(2) and 31(3) are qualified.", "X-01", ""),
    (T.NCND, "Under the FOI Act section 23(5) is a qualified exemption.", "X-01", "not of the kind"),
    (T.REFUSAL, REFUSED.format("section 40(3)(a)"), "X-07", "replaced"),
    (T.REFUSAL, "3 May 2017. " + REFUSED.format("section 40(3)(a)"), "X-07", ""),
    (T.REFUSAL, REFUSED.format("the exception in section 40(2)"), "L-04", "exceptions"),
    (T.REFUSAL, "With the exception of a page, the council holds it and gives it, under the FOI Act.", "L-04", ""),
    (T.REFUSAL, REFUSED.format("section 42(1)") + " The exception depends on the class.", "L-04", "exceptions"),
    (T.REFUSAL, REFUSED.format("section 43(2)") + " The public interest in maintaining the exception is greater.", "L-04", "exceptions"),
    (T.REFUSAL, REFUSED.format("section 43(2)") + " We gave all but the exceptions that you named.", "L-04", ""),
    (T.REFUSAL, EIR.format("Disclosure would be likely to adversely affect the course of justice."), "L-37", "likely to is not enough"),
    (T.NCND, EIR.format("Either answer would, or would be likely to, adversely affect public safety."), "L-37", "likely to is not enough"),
    (T.NCND, EIR.format("Either answer would adversely affect it. It is not enough that it would be likely to adversely affect it."), "L-37", ""),
    (T.REFUSAL, EIR.format("It is exempt."), "L-04", "exceptions"),
    (T.REFUSAL, EIR.format("Section 43(2) applies."), "L-04", "exceptions"),
    (T.REFUSAL, "We hold it. No.", "L-04", "names no law"),
    (T.REFUSAL, SCOT.format("The Freedom of Information Act 2000 applies."), "L-04", "laws of Scotland"),
    (T.REFUSAL, SCOT.format("See ico.org.uk."), "L-39", "Scottish Information Commissioner"),
    (T.REFUSAL, SCOT.format("").replace("The council holds it. ", ""), "L-39", "has to say that the information is held"),
    (T.REFUSAL, EIR.format(""), "L-37", "presumption"),
    (T.REFUSAL, EIR.format("The presumption was applied. A review is at our discretion."), "L-37", "is a right"),
    (T.REFUSAL, EIR.replace(" under regulation 12(4)(d)", ""), "L-37", "not cited"),
    (T.REFUSAL, "Dear Sam\n\nFOI Act. We have no internal review procedure. Apply to the ICO under section 50, ico.org.uk.", "L-06", ""),
    (T.REFUSAL, "Dear Sam\n\nFOI Act. Refused.", "L-06", "is missing"),
    (T.REFUSAL, "Dear Sam\n\nFOI Act. Refused.", "L-07", "is missing"),
    (T.REFUSAL, "Refused. Write to casework@ico.org.uk after an internal review.", "L-08", "out of date"),
    (T.SECOND_NOTICE, REFUSED.format("section 43(2)"), "L-25", "how the balance fell"),
    (T.SECOND_NOTICE, REFUSED.format("section 40(2)"), "L-25", ""),
    (T.PART, "You asked:\n\n1. How many?\n\n2. How much?\n\nQuestion 1: 4 dogs.", "L-05", "part 2 of the request"),
    (T.PART, "You asked:\n\n1. How many?\n\n2. How much?\n\nQuestions 1 and 2: 4 dogs.", "L-05", ""),
    (T.PART, "You asked:\n\n1. How many?\n\n2. How much?\n\nAll parts of your request are answered below.", "L-05", ""),
    (T.PART, "1. How many dogs?\n\nThere are 4.\n\n2. How many cats?\n\nThere are 5.", "L-05", ""),
    (T.PART, "1. How many dogs?\n\n2. How many cats?\n\nThere are 5.", "L-05", "part 1, 2"),
    (T.PART, "2. How many dogs?\n\n5. How many cats?\n\nThere are 5.", "L-05", ""),
    (T.PART, "You asked:\n\nQ1. How many?\n\nQ2. How much?\n\nOur answers\n\n1. Four.\n\n2. Five.", "L-05", ""),
    (T.PART, "It is exempt under sections 40(2) and 43(2) of the FOI Act.", "L-21", "whole request"),
    (T.PART, "We disclose the rest. The names are exempt under sections 40(2) and 43(2) of the FOI Act.", "L-21", ""),
    (T.PART, "It is exempt under section 40(2) of the FOI Act.", "L-21", "does not say what is given"),
    (T.DISCLOSURE, "Here it is, but some is withheld.", "L-20", "keeps nothing back"),
    (T.DISCLOSURE, "Nothing is withheld.", "L-20", ""),
    (T.ACCESSIBLE, "We hold it. Section 21(1) applies.", "L-34", "where"),
    (T.ACCESSIBLE, "Section 21(1) applies: www.exampleton.example.", "L-34", "only to information that is held"),
    (T.FUTURE_PUBLICATION, "We have now decided to publish it.", "L-35", "because of the request"),
    (T.REVIEW_OUTCOME, "I have thought about it. You may ask for another review.", "L-36", "a second is offered"),
    (T.REVIEW_OUTCOME, "The decision is upheld. There is no further review.", "L-36", "took no part"),
    (T.COST, "This takes exactly 18 hours, under section 12(1) of the FOI Act.", "L-26", "equal to it"),
    (T.COST, "70 files at 15 minutes is 18 hours, and 18 hours at £25 an hour is £450.", "L-26", "below it or equal"),
    (T.COST, "We estimate 10 hours at £25 an hour, which is £250.", "L-26", "below it or equal"),
    (T.COST, "We estimate 10 hours, which is more than the limit of £450.", "L-26", "below it or equal"),
    (T.COST, "Answering would cost £300.", "L-26", "below it or equal"),
    (T.COST, "The Ministry estimates 22 hours. Our limit of £600 is 24 hours.", "L-26", "below it or equal"),
    (T.COST, ADVISED.format("We estimate 10 hours to locate them. We estimate 12 hours to extract it."), "L-26", ""),
    (T.COST, ADVISED.format("Opening each file takes 2 hours, and there are 40."), "L-26", ""),
    (T.COST, ADVISED.format("A trial took 2 hours; in all it is 190 hours, beyond the 18 hours allowed."), "L-26", ""),
    (T.COST, ADVISED.format("We estimate 18.5 hours, above the limit of £450, which is 18 hours."), "L-26", ""),
    (T.COST, "Reading the files to decide on exemptions takes 30 hours.", "L-26", "do not count"),
    (T.COST, "Removing the names takes 30 hours.", "L-26", "do not count"),
    (T.COST, ADVISED.format("Reading the files to find those about trees takes 30 hours."), "L-26", ""),
    (T.COST, ADVISED.format("We did not count the time to decide on exemptions. It takes 30 hours."), "L-26", ""),
    (T.COST, "It takes 30 hours at £40 an hour.", "X-13", "counts £25"),
    (T.COST, "It takes 30 hours at £15 per hour.", "X-13", "counts £25"),
    (T.COST, "It takes 30 hours at £25 an hour. What staff are paid, £40 an hour, is not counted.", "X-13", ""),
    (T.COST, "The appropriate limit for us is £500. It takes 30 hours.", "X-13", "only for the bodies in Part I"),
    (T.COST_TO_CONFIRM, "Locating and extracting them would take 30 hours.", "L-26", "nothing else"),
    (T.COST_TO_CONFIRM, ADVISED.format("To find out whether we hold any takes 30 hours; extracting it is not counted."), "L-26", ""),
    (T.COST, "If you narrow it, we will give you the information.", "L-26", "nothing may be promised"),
    (T.COST, ADVISED.format("If you narrow it, we will give you the help you need. It takes 30 hours."), "L-26", ""),
    (T.COST, f"{SCOTS_COST} It takes 72 hours at £25 an hour.", "X-19", "never more than £15"),
    (T.COST, f"{SCOTS_COST} It takes 72 hours at £12.50 an hour.", "X-19", ""),
    (T.COST, f"{SCOTS_COST} The limit is £450. It takes 72 hours.", "X-19", "£600 for every authority"),
    (T.COST, f"{SCOTS_COST} We estimate 40 hours at £15 an hour, which is £600.", "X-19", "has to exceed"),
    (T.COST, f"{SCOTS_COST} Finding out whether we hold it takes 50 hours.", "X-19", "does not count"),
    (T.COST, f"{SCOTS_COST} It takes 50 hours. The cost of finding out whether we hold it is not counted.", "X-19", ""),
    (T.COST, "We estimate 20 hours, above the limit of 18 hours, under section 12(1).", "L-26", "no advice"),
    (T.COST, "Exampleshire Police does hold it, at a limit of £600.", "X-13", "£450"),
    (T.COST, "The Ministry does hold it, at a limit of £600.", "X-13", ""),
    (T.VEXATIOUS, "You are being vexatious.", "L-27", "the person never"),
    (T.VEXATIOUS, "Your request is vexatious under section 14(1).", "L-27", ""),
    (T.VEXATIOUS, "The exemption in section 14(1) applies.", "L-26", "no exemptions"),
    (T.EXTENSION, "We need more time. Section 40(1) is being considered. The public interest outweighs it.", "L-24", "concludes"),
    (T.EXTENSION, "We need more time for section 43(2); because staff are on leave.", "L-24", "only to weigh"),
    (T.EXTENSION, "We need more time, but we have decided against disclosure.", "L-24", "concludes"),
    (T.EXTENSION, "We need more time. The information will not be disclosed.", "L-24", "concludes"),
    (T.EXTENSION, WEIGHING.format("We have not decided whether to withhold it."), "L-24", ""),
    (T.EXTENSION, WEIGHING.format("We ask whether the information will not be disclosed."), "L-24", ""),
    (T.EXTENSION, WEIGHING.format("We have decided that more time is needed."), "L-24", ""),
    (T.EXTENSION, "We need more time, as two colleagues are away.", "L-24", "only to weigh"),
    (T.EXTENSION, "We need more time. The manager is currently on annual leave.", "L-24", "only to weigh"),
    (T.EXTENSION, "We need more time to weigh it, because we are consulting the Home Office.", "L-24", "only to weigh"),
    (T.EXTENSION, WEIGHING.format("The staff are named in it."), "L-24", ""),
    (T.EXTENSION, "We need time until 3 May 2024 for section 21(1).", "L-24", "absolute exemptions"),
    (T.EXTENSION, "We neither confirm nor deny; the public interest in disclosure of the information is weighed.", "N-16", "hint"),
    (T.EXTENSION, "Under the EIR, regulation 7, we need more time for the public interest.", "L-38", "no more time"),
    (T.EXTENSION, "Under the EIR, regulation 7, the request is complex and voluminous.", "L-38", ""),
    (T.CLARIFICATION, "We answer under the EIR. What do you mean?", "L-30", "12(4)(c)"),
    (T.CLARIFICATION, "We shall see.", "L-30", "does not ask"),
    (T.FEES, "This is a fees notice.", "L-31", "amount"),
    (T.FEES, FEE.format("The fee is £12.50."), "L-31", "how the fee was calculated"),
    (T.FEES, FEE.format("The fee is £12.50. You can pay the £12.50 24 hours a day."), "L-31", "how the fee was calculated"),
    (T.FEES, FEE.format("Pay the £12.50 at 10p.m. at the latest."), "L-31", "how the fee was calculated"),
    (T.FEES, FEE.format("At £12.50 the fee is small."), "L-31", "how the fee was calculated"),
    (T.FEES, FEE.format("You asked in 2024 at length. The fee is £12.50."), "L-31", "how the fee was calculated"),
    *(
        (T.FEES, f"{SCOTS_FEE} {FEE.format(sum_)}", "L-31", "")
        for sum_ in (
            "15 hours at £15 an hour, less £100, a tenth: £12.50.",
            "It takes 15 hours to retrieve, which comes to £225.00.",
            "Work of staff: £15 an hour. The fee is £12.50.",
            "One tenth of what goes beyond £100 is £12.50.",
            "You pay 10% of the £125 beyond £100.",
            "You pay 10 per cent of the £125 beyond £100.",
            "£225.00 less £100 comes to £125.00.",
            "£225.00 \u2013 £100 comes to £125.00.",
            "Paper £10.00 + £2.50.",
            "The fee is £10.00. Paper: 100 at 10p.",
            "Plans: 4 x £2.50, and 2 \u00d7 £1.25.",
            "Plans: 4 times £2.50.",
            "Plans, £2.50 \u00d7 4.",
        )
    ),
    (T.NOT_HELD, "We have nothing.", "L-32", "plainly"),
    (T.NOT_HELD, "We do not hold it under the EIR.", "L-32", "regulation 12(4)(a)"),
    (T.TRANSFER, "We sent your request to the county council.", "L-33", "permission"),
    (T.TRANSFER, f"{PASSED} We have passed your request to them today.", "L-33", "not that the requester agreed"),
    (T.NOT_HELD, f"{PASSED} Your request has been forwarded to the county council.", "L-33", "not that the requester agreed"),
    (T.TRANSFER, f"{PASSED} As you agreed on 3 May 2024, we have passed your request to them today.", "L-33", ""),
    (T.NOT_HELD, f"{PASSED} We passed your request to our archive, who looked for it.", "L-33", ""),
    (T.TRANSFER, f"{PASSED} If we have passed your request on, their time begins when they receive it.", "L-33", ""),
    (T.TRANSFER, "Under the EIR we transferred your request.", "L-33", "name and address"),
    (T.ACKNOWLEDGEMENT, "We hold this already.", "A-03", "is or may be held"),
    (T.NCND, "We can neither confirm nor deny it under section 40(5B).", "N-05", "section 40(5B)(a)"),
    (T.NCND, "We can neither confirm nor deny it under section 27(4).", "N-04", "section 27(4)(a)"),
    (T.NCND, "Section 23(5) is weighed. Factors for confirming or denying, section 23(5): openness.", "N-07", "is weighed"),
    (T.NCND, "Under section 23(5) no harm is needed.", "N-07", "not called absolute"),
    (T.NCND, "We rely on section 23(5). It is absolute, which means that the legislators found that harm would be caused by release.", "N-07", "whether harm would follow is not asked"),
    (T.NCND, "We rely on section 23(5). Parliament decided that disclosure is always harmful.", "N-07", "whether harm would follow is not asked"),
    (T.NCND, "We rely on section 23(5). It is absolute, and Parliament did not ask whether harm was found.", "N-07", ""),
    (T.NCND, "We rely on section 23(5), an absolute provision. Parliament decided in section 31(3) that prejudice must be likely.", "N-07", ""),
    (T.NCND, "Section 23(5) covers terrorism.", "N-03", "alone can show"),
    (T.NCND, "Section 23(5) covers dogs.", "N-03", "its title"),
    (T.NCND, "Under the EIR we neither confirm nor deny that we hold it.", "N-03", "no subsection"),
    (T.NCND, "Under the EIR we neither confirm nor deny that we hold it: regulation 12(6).", "N-03", ""),
    (T.NCND, "Under FOISA section 18 with section 35(1)(a) we neither confirm nor deny it.", "X-12", "contrary to the public interest"),
    (T.NCND_PART, "We neither confirm nor deny that we hold it.", "N-10", "which part"),
    (T.NCND_PART, "We neither confirm nor deny that we hold any other information.", "N-10", ""),
    (T.NOT_HELD, "Office: Police\n\nPolice Authority", "N-01", ""),
    (T.NOT_HELD, "Exampleshire Police does not hold it. Thank you for writing to the Force.", "N-01", "'the Force'"),
    (T.NOT_HELD, "Not held.\n\nYours sincerely Jane Orange\n\nJane Orange", "L-09", "repeats a name"),
    (T.NOT_HELD, "Not held.\n\nYours sincerely Jane Orange\n\nOfficer", "L-09", ""),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "text", "rule", "why"), CASES)
def test_a_rule_is_broken_or_kept(kind: LetterType, text: str, rule: str, why: str) -> None:
    found = [one.why for one in lint(Document(text), kind).findings if one.rule == rule]
    if why:
        assert any(why in each for each in found), found
    else:
        assert found == []


LETTER = File("letter-000001-20.pdf", "application/pdf")
LIST = File("list.csv", "text/csv")


@pytest.mark.parametrize(
    ("text", "files", "broken"),
    [
        ("Please find attached the figures.", (), True),
        ("Please find attached the figures.", (LETTER,), True),
        ("Please find attached the figures.", (LETTER, LIST), False),
        ("I attach the list.", (LETTER,), True),
        ("We have enclosed a copy.", (LETTER,), True),
        ("In answer to your request we’ve attached it.", (LETTER,), True),
        ("We are attaching the report.", (LETTER,), True),
        ("The figures are enclosed with this letter.", (LETTER,), True),
        ("The minutes are attached to this email.", (LETTER,), True),
        ("They are in the attached Excel spreadsheet.", (LETTER,), True),
        ("See the list attached.", (LETTER,), True),
        ("The names are in the attachment.", (LETTER,), True),
        ("Attached is all that we hold.", (LETTER,), True),
        ("The list (attached) has 10 rows.", (LETTER,), True),
        ("Please find below the figures: 4.", (), False),
        ("A copy was attached to your request.", (LETTER,), False),
        ("This is the list attached to your email.", (LETTER,), False),
        ("You attached a copy of the report.", (LETTER,), False),
        ("We have read the list that you enclosed.", (LETTER,), False),
        ("The officers attached to the unit are 12.", (LETTER,), False),
        ("We attach great weight to openness.", (LETTER,), False),
        ("Conditions are attached to the grant.", (LETTER,), False),
        (
            "The yard is enclosed by a fence, and the house has an attached garage.",
            (LETTER,),
            False,
        ),
    ],
)
@pytest.mark.parametrize("kind", [T.DISCLOSURE, T.IN_PARTS, T.REVIEW_OUTCOME])
def test_a_mail_that_speaks_of_an_attachment_has_one(
    kind: LetterType, text: str, files: tuple[File, ...], broken: bool
) -> None:
    document = Document(text, mail=Mail(files=files))
    found = [one for one in lint(document, kind).findings if "mail has none" in one.why]
    assert all(one.severity is Severity.WARNING for one in found)
    assert bool(found) is broken
