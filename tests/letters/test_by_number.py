"""A letter that answers by number: one outcome for each question, and nothing elsewhere about one that is not told."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foibot.case.parts import PartOutcome
from foibot.letters.as_text import WIDTH
from foibot.letters.facts import LetterFacts, PartFacts
from foibot.letters.lint import Severity, check_draft, check_slot, checks_passed, lint
from foibot.letters.linting.document import Document, File, Mail
from foibot.letters.linting.letter_type import LetterType
from foibot.letters.samples import PARTS_ORDERS, sample, sample_provisions, sample_withheld, samples
from tests.letters.letters_tools import shipped

KIND = "in-parts"
LAWS = sorted(PARTS_ORDERS)
CITED = {
    "foia": ("40(2)", "31(1)(a)", "31(3)(a)"),
    "eir": ("13(1)", "12(5)(b)", "12(6)"),
    "foisa": ("38(1)(b)", "35(1)(a)", "39(1)"),
    "eisr": ("11(2)", "10(5)(b)", "11(6)"),
}
FORMULAS = {
    PartOutcome.DISCLOSE: "We hold this information and give it to you",
    PartOutcome.SOME: "We hold this information and give you some of it",
    PartOutcome.REFUSE: "We hold this information, but we do not give it to you",
    PartOutcome.NCND: "can neither confirm nor deny that it holds any information you requested",
    PartOutcome.NOT_HELD: "does not hold the information you requested in question",
}


def rules(kind: str, text: str, facts: LetterFacts) -> set[str]:
    return {one.rule for one in check_draft(kind, Document(text), facts)}


def on(law: str, outcomes: list[PartOutcome], numbers: list[str] | None = None) -> LetterFacts:
    """The sample facts with these outcomes for its questions."""
    kind = shipped().kinds[KIND]
    usual = sample(kind, law)
    some, refused, silent = CITED[law]
    cited = {
        PartOutcome.SOME: sample_withheld(some, law),
        PartOutcome.REFUSE: sample_withheld(refused, law),
        PartOutcome.NCND: sample_provisions(silent, law),
    }
    numbers = numbers or [str(at) for at in range(1, len(outcomes) + 1)]
    parts = tuple(
        PartFacts(number, f"What about {number}?", one, cited.get(one, ()))
        for number, one in zip(numbers, outcomes, strict=True)
    )
    every = tuple(dict.fromkeys(each for one in parts for each in one.provisions))
    facts = replace(usual, parts=parts, provisions=every)
    slots = kind.slots_on(every, facts.outcomes)
    return replace(facts, slots={slot.name: slot.example for slot in slots if slot.required})


def under(text: str) -> dict[str, str]:
    """What stands under the heading of each question."""
    answers = text.split("\nOur answers\n")[1]
    found = re.split(r"\n(?:Question (\S+)|The law on .*|If you are not satisfied)\n", answers)
    return {
        number: " ".join(words.split())
        for number, words in zip(found[1::2], found[2::2], strict=True)
        if number
    }


# One question at least is answered: a request of which nothing is told gets another letter.
@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(LAWS),
    st.lists(st.sampled_from(list(PartOutcome)), min_size=2, max_size=5).filter(
        lambda each: set(each) != {PartOutcome.NCND}
    ),
)
def test_any_outcomes_give_each_question_one_and_pass_the_lint(
    law: str, outcomes: list[PartOutcome]
) -> None:
    facts = on(law, outcomes)
    text = shipped().letter(KIND, facts).text
    answers = under(text)
    assert list(answers) == [one.number for one in facts.parts]
    for part in facts.parts:
        said = [one for one, words in FORMULAS.items() if words in answers[part.number]]
        assert said == [part.outcome]
    assert check_draft(KIND, Document(text), facts) == ()
    report = lint(Document(text))
    assert report.letter_type is LetterType.IN_PARTS
    assert [one for one in report.findings if one.severity is not Severity.NOTE] == []


@pytest.mark.parametrize("law", LAWS)
def test_the_rights_and_the_summary_stand_once(law: str) -> None:
    text = shipped().letter(KIND, sample(shipped().kinds[KIND], law)).text
    assert text.count("If you are not satisfied") == 1
    assert text.count("What this letter says") == 1
    for number in "12345":
        assert text.count(f"- Question {number}: we ") == 1
    assert max(len(line) for line in text.splitlines()) <= WIDTH + 4
    assert "breaks none of the rules for a letter of this kind" in checks_passed(
        KIND, text, sample(shipped().kinds[KIND], law)
    )


def test_what_is_not_told_is_the_same_whatever_its_neighbours_are() -> None:
    silent = PartOutcome.NCND
    one = under(shipped().letter(KIND, on("foia", [PartOutcome.DISCLOSE, silent])).text)["2"]
    other = under(shipped().letter(KIND, on("foia", [PartOutcome.NOT_HELD, silent])).text)["2"]
    assert one == other


def test_another_answer_may_not_speak_of_it() -> None:
    facts = on("foia", [PartOutcome.DISCLOSE, PartOutcome.NCND])
    slots = {
        **facts.slots,
        "question 1": "There were 12, and to questions 2 and 3 there were none.",
    }
    told = replace(facts, slots=slots)
    assert "N-10" in rules(KIND, shipped().letter(KIND, told).text, told)
    # A number that is part of another is another; a request in which all is told may point about.
    ten = on("foia", [PartOutcome.DISCLOSE, PartOutcome.NCND], ["1", "2"])
    slots = {**ten.slots, "question 1": "As in question 12, and on 2 days."}
    ten = replace(ten, slots=slots)
    assert "N-10" not in rules(KIND, shipped().letter(KIND, ten).text, ten)
    open_ = on("foia", [PartOutcome.DISCLOSE, PartOutcome.NOT_HELD])
    open_ = replace(open_, slots={**open_.slots, "question 1": "See also question 2."})
    assert rules(KIND, shipped().letter(KIND, open_).text, open_) == set()


def test_a_question_has_one_outcome_and_one_answer() -> None:
    facts = on("foia", [PartOutcome.DISCLOSE, PartOutcome.NOT_HELD])
    text = shipped().letter(KIND, facts).text
    none = text.replace("We hold this information and give it to you here.", "Well.")
    (found,) = [one for one in check_draft(KIND, Document(none), facts) if one.rule == "L-05"]
    assert found.why == "question 1 has no outcome"
    two = text.replace("give it to you here.", "give it to you here. We hold this information, but we do not give it to you.")  # fmt: skip
    assert "question 1 has 2 outcomes" in {
        one.why for one in check_draft(KIND, Document(two), facts)
    }
    twice = text.replace("\nQuestion 2\n", "\nQuestion 1\n")
    assert "L-05" in rules(KIND, twice, facts)


def test_the_silent_part_is_held_to_the_rules_of_such_a_letter() -> None:
    facts = on("foia", [PartOutcome.DISCLOSE, PartOutcome.NCND])
    text = shipped().letter(KIND, facts).text
    leaking = text.replace("\nThe law on what we neither", "A search was made.\n\n\nThe law on what we neither")  # fmt: skip
    assert "N-21" in rules(KIND, leaking, facts)
    one_sided = replace(
        facts, slots={**facts.slots, "ncnd harm": "A confirmation would tell them."}
    )
    assert "N-05" in {one.rule for one in check_slot(KIND, "ncnd harm", "A confirmation would tell.", one_sided)}  # fmt: skip
    assert check_slot(KIND, "harm", "A confirmation would tell.", one_sided) == ()


def test_several_files_may_go_with_it() -> None:
    facts = on("foia", [PartOutcome.DISCLOSE, PartOutcome.NCND])
    letter = shipped().letter(KIND, replace(facts, files=("a.csv", "b.csv")))
    mail = Mail(letter.subject, "foi@exampleshire.example", (), (File("a.csv", "text/csv"), File("b.csv", "text/csv")))  # fmt: skip
    assert check_draft(KIND, Document(letter.text, mail=mail), facts) == ()


def test_every_sample_answers_a_question_in_each_way() -> None:
    kind = shipped().kinds[KIND]
    seen = {(each.regime.key, one.outcome) for each in samples(kind) for one in each.parts}
    assert seen == {(law, one) for law in LAWS for one in PartOutcome}
