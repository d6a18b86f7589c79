"""Sentence by sentence: what gives the answer away in an NCND letter is found, what does not is left alone."""

from pathlib import Path

import pytest

from foibot.letters.lint import Severity, lint
from foibot.letters.linting.document import Document
from foibot.letters.linting.letter_type import LetterType

GOOD = (Path(__file__).parent / "corpus" / "ncnd-good-plain.txt").read_text("utf-8")
PLACE = "Nothing in this letter should"

TELLING = {
    "N-20": [
        "The force holds a small amount of information on this.",
        "We do not have any record of such an operation.",
        "There is no record of any such device.",
        "The information is held by our Intelligence Directorate.",
        "I can advise that the information is not held by us.",
        "Exampleshire Police holds no information on this.",
        "Although we hold some information, we cannot say more.",
        "No such operation is known to us.",
        "We do hold them.",
        "The requested data is not recorded by this force.",
        "I can confirm that nothing was found.",
        "There were no such attacks.",
        "There have been none.",
        "There have been four attacks.",
        "Four attacks were stopped.",
        "As you know, an attack was stopped in May.",
        "Four fire stations were found.",
        "Nothing is held.",
        "Nothing is on our files about this.",
        "There is nothing on our files about this.",
        "We have nothing to give you.",
        "No records exist.",
        "Such records do not exist.",
        "The figure is nil.",
        "The number for the last year is zero.",
        "Our answer is no.",
        "None.",
        "The files are kept by Special Branch.",
        "Our officers stopped them in time.",
    ],
    "N-21": [
        "I have searched our records.",
        "Enquiries with the Counter Terrorism Unit have revealed nothing.",
        "Following a search of our paper and electronic records, I have established the position.",
        "A search was undertaken.",
        "Our searches of the database did not take long.",
        "Your request was passed to our Special Branch, who checked their files.",
        "Searches have been carried out by the records team.",
        "We were unable to find anything.",
        "I could not trace one.",
        "We asked our Special Branch.",
        "I have spoken to colleagues in the intelligence unit.",
    ],
    "N-22": [
        "Please find enclosed the figures.",
        "The attached spreadsheet shows the numbers.",
        "We are pleased to release the material.",
        "I attach a leaflet.",
        "We enclose the figures.",
    ],
    "N-23": [
        "We are withholding this.",
        "Parts have been redacted.",
        "I am unable to provide the information.",
        "The force will not disclose the information.",
        "The material is exempt from disclosure.",
        "We cannot give you the information.",
        "We will not give it to you.",
        "It is exempt under section 23.",
    ],
    "N-24": [
        "This information would be useful to terrorists.",
        "Such data will always be sensitive.",
        "The requested information is highly sensitive.",
    ],
    "N-26": [
        "Factors favouring disclosure: openness.",
        "This favours confirming that information exists.",
        "Considerations against disclosure: harm.",
    ],
    "N-27": [
        "The public interest in disclosure is limited.",
        "The public interest in releasing the information is low.",
        "The public interest favours maintaining the exemption.",
    ],
    "N-28": [
        "The public interest therefore favours confirming or denying.",
        "The factors in favour of confirming outweigh those against.",
        "On balance the public interest in disclosing whether we hold it outweighs the rest.",
        "The public interest in maintaining the exclusion of the duty to confirm or deny does not outweigh the public interest in disclosing whether the information is held.",
        "The public interest in maintaining the exclusion of the duty fails to outweigh that in an answer.",
        "The factors against confirming or denying do not outweigh those in favour.",
        "The public interest in maintaining the exclusion for section 24(2) is weaker than that in disclosing whether it is held.",
    ],
    "N-29": [
        "Section 24(1) also applies.",
        "It is exempt by virtue of section 31(1)(a).",
        "We rely on s.30(1)(a)(i) too.",
        "Section 40(2) covers the names.",
        "Section 31(1)(a) of the Act exempts the information.",
        "Section 31(1)(a) applies to the information.",
    ],
    "N-31": [
        "This would take 25 hours.",
        "It would cost £600 to find out.",
        "Complying would exceed the appropriate limit.",
        "The time to locate the files would be excessive.",
    ],
    "N-32": [
        "You may wish to contact the Home Office.",
        "This information may be held by the Metropolitan Police.",
        "I have transferred your request to the Home Office.",
        "Your request would be better directed to the Ministry of Defence.",
        "We suggest you ask the National Crime Agency.",
        "The Home Office may hold this.",
        "The Ministry of Defence might be able to help.",
        "Another force could hold the information.",
    ],
    "N-33": [
        "Disclosure of the information would harm operations.",
        "Releasing the information would put officers at risk.",
        "If the information were disclosed, criminals would benefit.",
    ],
    "N-34": [
        "Under section 1(1)(a) we must confirm what information we hold.",
        "The operation was a success.",
    ],
    "N-35": [
        "The UK threat level is currently substantial.",
        "The threat level from international terrorism is severe.",
    ],
    "N-30": [
        "There were 14 incidents last year.",
        "Operation Sampler would be put at risk.",
    ],
    "X-04": [
        "Confirming or denying would definitely prejudice policing.",
    ],
    "L-11": [
        "You may re-use this information under the Open Government Licence.",
    ],
    "N-25": [
        "This does not mean that any other information is or is not held.",
    ],
}
HARMLESS = [
    "We have considered whether the information, if held, would fall within section 23(3).",
    "This response does not confirm that we hold, or do not hold, the information.",
    "It should not be surmised that we hold information.",
    "The Commissioner has published guidance on this; you may wish to read it on her website.",
    "You may wish to contact us if you need this letter in another format.",
    "Information about policing budgets is published on our website.",
    "The police service holds a great responsibility to the public.",
    "We hold public safety in the highest regard.",
    "Were such information to be held, confirming it would help offenders.",
    "A search for the information is not necessary to reach this decision.",
    "There is a public interest in the transparency of policing.",
    "The cost to the public of terrorism is high.",
    "Officers must be free to make enquiries without criminals knowing.",
    "The disclosure of whether information is held could help offenders.",
    "We attach great importance to openness.",
    "Great weight is attached to openness.",
    "Confirming that information was held, or that it was not, would reveal police interest.",
    "If we said that we hold the information, offenders would change their plans.",
    "Even a statement that no information is held would be informative.",
    "To state that information is not held would be as harmful as to state that it is.",
    "Section 17(4) means that we need not explain further.",
    "Section 1(1)(b), the duty to communicate information, is not reached.",
    "The Freedom of Information Act gives a right to be told whether information is held.",
    "We would give the same answer whether or not we held anything.",
    "In other cases we have been able to answer such questions.",
    "The police are held to account by the Police and Crime Commissioner.",
    "This decision was taken without establishing whether any information is held.",
    "You can find published statistics about terrorism on GOV.UK.",
    "An answer for one year could be compared with an answer for the next.",
    "The conclusion would be the same if nothing were held.",
    "Parliament decided in 2000 that some answers need protection.",
    "The exemptions at sections 24(2) and 31(3) are qualified.",
    "The public interest in disclosing whether the information is held does not outweigh that in maintaining the exclusion of the duty.",
    "Beside the public interest in maintaining the exclusion, the factors for confirming or denying do not outweigh the rest.",
    "We asked whether the public interest in maintaining the exclusion of the duty does not outweigh that in an answer.",
    "The factors for an answer are weaker than the factors against confirming or denying.",
    "There is nothing in the Act that requires us to explain further.",
    "There is nothing to prevent you from making a different request.",
    "There is no such requirement for section 23(5).",
    "Two duties were created by Parliament.",
    "Several attacks on firefighters were reported in the press.",
    "If four attacks were stopped, a confirmation would show it.",
    "People could conclude that two plots were stopped.",
    "A denial would say that no records exist.",
    "Nothing in this letter says that the files are kept by anyone.",
    "We considered whether the Home Office might hold this and whether that would matter.",
    "Any body listed in section 23(3) could hold the information.",
    "The Information Commissioner may be able to help.",
    "We cannot give you a confirmation or a denial.",
    "We cannot give you the information that a confirmation or a denial would be.",
    "It is exempt from the duty to confirm or deny by virtue of section 24(2).",
    "I attach a leaflet about your rights to a review.",
    "I attach great weight to openness.",
    "Our officers must be able to stop attacks in time.",
    "Officers prevented from working in secret could not stop crime.",
    "There have been many reports of such attacks in the press.",
    "There was a strong case for an answer.",
    "We could not identify any factor of greater weight.",
    "We asked ourselves what an answer would reveal.",
    "We have asked the question that the Act asks.",
    "Our reference number is 004078.",
    "The number of our office is 01632 960001.",
    "The answer in either case is the same.",
    "If we answered that the figure is nil, it would show a gap.",
    "Records are kept for seven years.",
    "No information exists in isolation.",
    "Section 31(1)(a), the prevention or detection of crime, is the limb relied on.",
    "By reference to section 31(1)(a) the Act exempts the force from the duty.",
    "Three factors were identified for an answer.",
    "This request was considered by two officers.",
    "Parliament may have the last word.",
    "A telephone number is given at the end of this letter.",
    "There were strong arguments on both sides.",
    "An argument for an answer was made by you.",
    "A decision has been made by the Chief Constable.",
    "Exampleshire Police may have the support of the public.",
    "Exampleshire Police could hold the information or not; this letter does not say.",
]


def rules_with(sentence: str) -> set[str]:
    """The rules that the good letter breaks with this sentence in it."""
    assert GOOD.count(PLACE) == 1
    letter = GOOD.replace(PLACE, f"{sentence}\n\n{PLACE}")
    report = lint(Document(letter), LetterType.NCND)
    return {one.rule for one in report.findings if one.severity is not Severity.NOTE}


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [(rule, sentence) for rule, sentences in TELLING.items() for sentence in sentences],
)
def test_what_tells_is_found(rule: str, sentence: str) -> None:
    assert rule in rules_with(sentence)


@pytest.mark.parametrize("sentence", HARMLESS)
def test_what_does_not_tell_is_left_alone(sentence: str) -> None:
    assert rules_with(sentence) == set()


@pytest.mark.parametrize("sentence", [one for many in TELLING.values() for one in many])
def test_the_requesters_own_words_may_say_anything(sentence: str) -> None:
    question = "How many planned attacks on fire stations"
    letter = GOOD.replace(question, f"{sentence} {question}")
    report = lint(Document(letter), LetterType.NCND)
    assert {one.rule for one in report.findings if one.severity is not Severity.NOTE} == set()
