"""Every fault of the letter the rules grew out of is found, each in an otherwise sound letter."""

from pathlib import Path

import pytest

from foibot.letters.lint import lint
from foibot.letters.linting.document import Document
from foibot.letters.linting.letter_type import LetterType
from foibot.letters.linting.registry import RULES
from foibot.reports.lint_rules import DEFECTS

SOUND = (Path(__file__).parent / "corpus" / "ncnd-good-plain.txt").read_text("utf-8")
RIGHTS = SOUND[SOUND.index("If you are unhappy") : SOUND.index("Yours sincerely")]
CONCLUSION = (
    "We have concluded that the public interest in maintaining the exclusion of the duty to confirm or "
    "deny is the greater, and outweighs the public interest in disclosing whether we hold the information."
)
CASE_FOR = (
    "In favour of confirming or denying: the public is entitled to know how it is protected and what its "
    "money buys; a reply would add to an informed debate."
)
LIMB = SOUND[SOUND.index(", read with section 31") : SOUND.index(": either reply")]
UNDER_31 = (
    "Section 31(3): Law enforcement\n\nTo confirm or to deny would undermine national security."
)

# The fault, what is exchanged for what, and the rules that have to find it with (part of) these words.
FAULTS = [
    ("D-01", CONCLUSION, "The balance test for confirming, nor denying, that it is held is made out.", {"N-28": "balance test"}),
    ("D-02", "Jane Orange\n", "Jane Orange\n\nThe enclosed information is protected by copyright.\n", {"N-22": "enclosed", "L-11": "copyright"}),
    ("D-03", "Exampleshire Police can", "Searches were conducted. Exampleshire Police can", {"N-21": "Searches were conducted"}),
    ("D-04", CASE_FOR, f"{CASE_FOR} All this favours confirming that it is held.", {"N-26": "favours confirming"}),
    ("D-05", "the information does, or does not, exist", "any other information does, or does not, exist", {"N-25": "any other information"}),
    ("D-06", LIMB, LIMB.replace(", read with section 31(1)(a): Law enforcement, the prevention or detection of crime", ": Law enforcement").replace("prejudice the prevention or detection of crime", "prejudice our work"), {"N-04": "Section 31(3)"}),
    ("D-07", RIGHTS, f"{RIGHTS.partition('If you remain')[0]}Then you may write to the Information Commissioner.\n\n", {"L-07": "Commissioner"}),
    ("D-08", RIGHTS, "You may ask for a review at the above address.\n\nUnder section 50 you may then apply to the ICO at www.ico.org.uk.\n\n", {"L-06": "at the above address"}),
    ("D-09", "Section 23(5) is absolute, and", "Section 23 is absolute, which means that harm has been found, and", {"N-07": "Section 23 is absolute"}),
    ("D-10", "Any information of this sort, were it held, would be likely to come from or to concern one of the bodies in section 23(3).", "", {"N-05": "Section 23(5)"}),
    ("D-11", "Information supplied by, or relating to, bodies dealing with security matters", "Security bodies", {"N-03": "Section 23(5)"}),
    ("D-12", "Section 24(2) is engaged", "Section 24(2) is a prejudice-based exemption. Section 24(2) is engaged", {"D-12": "Section 24(2)"}),
    ("D-13", CASE_FOR, f"{CASE_FOR} Any release is a release to the world.", {"N-33": "Any release"}),
    ("D-14", CASE_FOR, f"{CASE_FOR} How far this information may help is not clear.", {"N-24": "this information may"}),
    ("D-15", CASE_FOR, f"{CASE_FOR} The Act asks us to confirm what information is held.", {"N-34": "confirm what information"}),
    ("D-16", CASE_FOR, f"{CASE_FOR} The UK threat level is severe.", {"N-35": "threat level"}),
    ("D-17", CASE_FOR, f"{CASE_FOR} See [our page](#).", {"L-12": "[our page](#)"}),
    ("D-18", CASE_FOR, f"{UNDER_31}\n\n{CASE_FOR}", {"D-18": "national security"}),
    ("D-19", CASE_FOR, f"{CASE_FOR} The police will never divulge such matters.", {"D-19": "will never divulge"}),
    ("D-20", CASE_FOR, f"{CASE_FOR} Although there is a public interest in knowing, this will only be overridden rarely.", {"D-20": "public interest in knowing"}),
    ("D-21", CASE_FOR, f"{CASE_FOR} An answer would definitely reveal something.", {"X-04": "would definitely reveal"}),
    ("D-22", CASE_FOR, f"{CASE_FOR} Counter terrorist attacks are rare.", {"D-22": "Counter terrorist attacks"}),
    ("D-23", CASE_FOR, f"{CASE_FOR} To confirm or not is the question.", {"N-01": "confirm or not"}),
    ("D-24", CASE_FOR, f"{CASE_FOR} Exampleshire Police Service agrees.", {"N-01": "Exampleshire Police Service"}),
    ("D-25", " This letter serves as a refusal notice under section 17(1).", "", {"L-23": ""}),
    ("D-26", "Jane Orange\n", "Jane Orange\n\nSections 1 and 11 do not affect copyright.\n", {"L-11": "copyright"}),
    ("D-27", "received on 21 February 2024", "received on 08/12/2023", {"L-01": "08/12/2023"}),
    ("D-28", "Our reference: FOI-2211", "Your ref:\n\nOur reference: FOI-2211", {"L-12": "Your ref:"}),
    ("D-29", "Jane Orange\n", "Jane Orange\n\nJane Orange\n", {"L-09": "Jane Orange"}),
    ("D-30", "Dear Sam Smith", "Dear Mr Smith", {"L-02": "Dear Mr Smith"}),
    ("D-31", "and what its money buys", "and what its\n\nmoney buys", {"D-31": "money buys"}),
    ("D-32", CASE_FOR, f"{CASE_FOR} Only in exception circumstances would we answer.", {"D-32": "exception circumstances"}),
    ("D-33", "If you remain dissatisfied", "After our full process, if you remain dissatisfied", {"L-06": "full process"}),
    ("D-34", "", "", {"L-10": ""}),
    ("D-35", CASE_FOR, "Factors for confirming or denying\n\nOpenness is good.\n\nFactors against", {"N-06": "Factors for confirming or denying"}),
]  # fmt: skip


@pytest.mark.parametrize(("fault", "old", "new", "rules"), FAULTS, ids=[one[0] for one in FAULTS])
def test_the_fault_is_found_with_its_words(
    fault: str, old: str, new: str, rules: dict[str, str]
) -> None:
    assert old in SOUND
    letter = SOUND.replace(old, new, 1) if old else SOUND
    found = lint(Document(letter), LetterType.NCND).findings
    before = {(one.rule, one.text) for one in lint(Document(SOUND), LetterType.NCND).findings}
    for rule, words in rules.items():
        hits = [one for one in found if one.rule == rule and words.lower() in one.text.lower()]
        assert hits, (fault, rule)
        assert old == "" or (rule, hits[0].text) not in before
        assert any(fault in each.defects for each in RULES if each.id == rule)


def test_every_fault_has_a_test_and_a_rule() -> None:
    assert [one[0] for one in FAULTS] == list(DEFECTS)
    assert {defect for rule in RULES for defect in rule.defects} == set(DEFECTS)
