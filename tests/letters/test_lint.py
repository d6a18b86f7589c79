"""What an NCND letter must say is missed when it is gone; what it must not say is found."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foibot.letters.facts import RequesterFacts
from foibot.letters.lint import (
    NO_LEAK_FOUND,
    Finding,
    Severity,
    check_draft,
    check_slot,
    checks_passed,
)
from foibot.letters.linting.document import Document
from foibot.letters.linting.read import read
from foibot.letters.linting.registry import RULES
from foibot.letters.samples import SAMPLE, samples
from tests.letters.letters_tools import facts_on, shipped

FIXTURE = """\
Freedom of Information Act 2000: refusal notice under section 17(1)
Example Police can neither confirm nor deny that it holds the information you requested. The duty in section 1(1)(a) of the Act does not apply, because of these provisions:
- section 23(5), information supplied by, or relating to, bodies dealing with security matters
- section 24(2), national security
- section 31(3), law enforcement, because confirming or denying would be likely to prejudice the matters in section 31(1)(a), the prevention or detection of crime
Section 23(5) is an absolute, class-based provision, so no public interest test applies. If the information existed, it would by its nature be likely to relate to one or more of the bodies listed in section 23(3).
Section 24(2) applies because exemption from the duty to confirm or deny is required for the purpose of safeguarding national security. A confirmation, or a denial, would show where counter-terrorism effort is or is not directed.
Confirming or denying would be likely to prejudice section 31(1)(a) matters: either answer, repeated across forces, would let a planner compare areas.
For confirming or denying: openness about how public money is used, and informed debate.
Against confirming or denying: either answer would help a person planning an attack, and would weaken prevention.
Having weighed these, the public interest in maintaining the exclusion of the duty to confirm or deny outweighs the public interest in disclosing whether the information is held.
This should not be taken as an indication that the information you requested exists or does not exist.
You can ask for an internal review within 40 working days: foi@example.example, 1 Example Way.
Under section 50 you may apply to the Information Commissioner: casework@regulator.example.
"""
EXAMPLE = replace(
    facts_on("23(5) 24(2) 31(3)(a)"), authority=replace(SAMPLE.authority, name="Example Police")
)


def findings_in(text: str, request: str = "") -> list[Finding]:
    facts = replace(EXAMPLE, case=replace(EXAMPLE.case, request_text=request))
    return list(check_draft("ncnd", Document(text), facts))


def rules_in(text: str, request: str = "") -> set[str]:
    return {finding.rule for finding in findings_in(text, request)}


def test_a_letter_that_has_it_all_has_no_finding() -> None:
    assert findings_in(FIXTURE) == []


@pytest.mark.parametrize(
    ("old", "new", "rule", "severity"),
    [
        ("can neither confirm nor deny that it", "will not confirm that it", "N-01", "error"),
        ("Example Police can", "The Force can", "N-01", "error"),
        ("section 1(1)(a) of the Act does not apply", "the Act does not apply", "N-02", "error"),
        ("refusal notice under section 17(1)", "answer", "L-23", "warning"),
        ("security matters\n", "security\n", "N-03", "error"),
        ("section 24(2), national", "section 24, national", "N-03", "error"),
        ("section 31(1)(a)", "section 31(1)", "N-04", "error"),
        ("the prevention or detection of crime", "crime", "N-04", "error"),
        ("would be likely to prejudice", "might affect", "N-04", "error"),
        ("A confirmation, or a denial,", "A confirmation", "N-05", "error"),
        ("For confirming or denying", "For disclosure", "N-06", "error"),
        ("Against confirming or denying", "Against", "N-06", "error"),
        ("outweighs the public interest", "equals the public interest", "N-06", "error"),
        ("an absolute,", "a", "N-07", "error"),
        ("no public interest test applies", "nothing more is needed", "N-07", "error"),
        (
            "For confirming or denying:",
            "For confirming or denying (section 23(5)):",
            "N-07",
            "error",
        ),
        ("exists or does not exist", "exists", "N-08", "error"),
        ("within 40 working days", "soon", "L-06", "error"),
        ("foi@example.example, ", "", "L-06", "error"),
        ("Under section 50", "Then", "L-07", "warning"),
        ("casework@regulator.example", "the usual address", "L-07", "error"),
    ],
)
def test_what_is_missing_is_named(old: str, new: str, rule: str, severity: str) -> None:
    assert old in FIXTURE
    found = findings_in(FIXTURE.replace(old, new))
    assert {(each.rule, each.severity.value) for each in found} == {(rule, severity)}


@pytest.mark.parametrize(
    ("words", "rule", "severity"),
    [
        ("We hold no such record.", "N-20", "error"),
        ("Example Police does not hold it.", "N-20", "error"),
        ("Searches were\nconducted.", "N-21", "error"),
        ("Please find attached.", "N-22", "error"),
        ("It is exempt from disclosure.", "N-23", "error"),
        ("Such information would help.", "N-24", "warning"),
        ("Nor any other information.", "N-25", "warning"),
        ("This favours confirming it.", "N-26", "error"),
        ("The public interest in disclosing the information is low.", "N-27", "warning"),
        ("The balance test for confirming, nor denying, is made out.", "N-28", "error"),
        ("Under section 24(1) we refuse.", "N-29", "error"),
        ("It would take 20 hours.", "N-31", "error"),
        ("It may be held by the council.", "N-32", "error"),
        ("Any release is to the world.", "N-33", "warning"),
        ("We must confirm what information is held.", "N-34", "warning"),
        ("The threat level is high.", "N-35", "warning"),
        ("Write to us at the above address.", "L-06", "error"),
        ("See [this](#).", "L-12", "error"),
        ("Dear [REQUESTER NAME]", "L-12", "error"),
    ],
)
def test_what_leaks_is_found_with_its_line(words: str, rule: str, severity: str) -> None:
    leaks = [each for each in findings_in(f"{FIXTURE}\n\n{words}\n") if each.rule == rule]
    assert {(each.line, each.severity.value) for each in leaks} == {(17, severity)}
    assert leaks[0].text
    assert leaks[0].why


def test_words_in_brackets_are_no_placeholder() -> None:
    assert rules_in(f"{FIXTURE}\n\n[link removed] and [grinning face]") == set()


def test_the_requesters_own_words_do_not_count() -> None:
    request = "Do you hold it? We hold that searches were conducted. Please find attached."
    quoted = "\n".join(f"> {line}" for line in request.split(". "))
    assert rules_in(f"{FIXTURE}\n\n{quoted}\n", request) == set()


def test_marks_hide_nothing_that_the_requester_did_not_write() -> None:
    assert rules_in(f"{FIXTURE}\n\n> We hold it.\n", "Do you hold it?") == {"N-20"}


def test_a_request_that_repeats_our_letter_hides_nothing_of_it() -> None:
    assert rules_in(FIXTURE, FIXTURE) == set()
    assert rules_in(f"{FIXTURE}\n\nWe hold it.\n", f"{FIXTURE}\n\nWe hold it.") == {"N-20"}
    assert rules_in(FIXTURE, "internal review") == set()


def test_the_name_a_requester_goes_by_is_not_ours() -> None:
    facts = facts_on(requester=RequesterFacts("We Hold It, Searches Were Conducted"))
    letter = shipped().letter("ncnd", facts)
    assert "Dear We Hold It, Searches Were Conducted" in letter.text
    assert check_draft("ncnd", Document(letter.text), facts) == ()


def test_our_own_letter_has_no_finding_at_all() -> None:
    for order in ("23(5) 24(2) 31(3)(a)(b)", "30(3) 31(3)(a)", "38(2)(a) 40(5B)(a)", "23(5)"):
        facts = facts_on(order)
        assert check_draft("ncnd", Document(shipped().letter("ncnd", facts).text), facts) == ()


@pytest.mark.parametrize("kind", sorted(shipped().kinds))
def test_our_own_letter_passes_as_a_draft_under_every_law(kind: str) -> None:
    for facts in samples(shipped().kinds[kind]):
        document = Document(shipped().letter(kind, facts).text)
        assert check_draft(kind, document, facts) == (), facts.regime.key
        assert checks_passed(kind, document.text, facts)


def test_express_reliance_on_section_17_4_stands_for_reasons() -> None:
    text = FIXTURE.replace("A confirmation, or a denial,", "We rely on section 17(4): an answer")
    assert rules_in(text) == set()


def test_checks_passed_are_told_in_plain_words() -> None:
    facts = facts_on()
    letter = shipped().letter("ncnd", facts)
    lines = checks_passed("ncnd", letter.text, facts)
    assert len(lines) == 13
    assert lines[0].startswith("neither confirms nor denies, in one sentence")
    assert lines[-2] == NO_LEAK_FOUND
    assert "read your own words" in lines[-2]
    assert lines[-1] == "breaks none of the rules for a letter of this kind"
    absolute = facts_on("23(5)")
    fewer = checks_passed("ncnd", shipped().letter("ncnd", absolute).text, absolute)
    assert not any("weighs" in line or "limbs" in line for line in fewer)


@pytest.mark.parametrize("turned", ["does not outweigh", "fails to outweigh"])
def test_a_conclusion_turned_round_in_our_own_letter_is_found(turned: str) -> None:
    text = shipped().letter("ncnd", facts_on()).text
    words, times = re.subn(r"deny\s+outweighs", f"deny {turned}", text)
    assert times == 1
    found = check_draft("ncnd", Document(words), facts_on())
    assert ("N-28", Severity.ERROR) in {(one.rule, one.severity) for one in found}


def test_checks_not_passed_are_not_told() -> None:
    facts = facts_on(slots={"harm": "Searches were conducted."})
    lines = checks_passed("ncnd", shipped().letter("ncnd", facts).text, facts)
    assert NO_LEAK_FOUND not in lines
    assert "breaks none of the rules for a letter of this kind" not in lines


@pytest.mark.parametrize(
    ("name", "text", "rules"),
    [
        ("harm", "A confirmation or a denial would help a planner under section 31(3)(a).", []),
        ("harm", "Either answer would help.", []),
        ("harm", "If we confirmed it, that would help.", ["N-05"]),
        ("harm", "A denial would help.", ["N-05"]),
        ("for", "- Openness.", []),
        ("for", "There were 14 attempts since 2019.", ["N-30", "N-30"]),
        ("for", "Sections 31(1)(a) and 31(1)(b) of the Act 2000 and s.24(2) apply.", []),
        ("balance", "We hold it.", ["N-20"]),
        ("balance", "", []),
    ],
)
def test_an_officers_text_is_checked_before_it_is_used(
    name: str, text: str, rules: list[str]
) -> None:
    assert [each.rule for each in check_slot("ncnd", name, text, EXAMPLE)] == rules
    assert check_slot("disclosure", name, text, EXAMPLE) == ()


def test_marks_in_an_officers_text_hide_nothing() -> None:
    facts = facts_on(slots={"for": "- Openness.\n\n> We hold it."})
    letter = shipped().letter("ncnd", facts)
    assert {one.rule for one in check_draft("ncnd", Document(letter.text), facts)} == {"N-20"}


def test_what_is_wrong_in_a_slot_alone_is_told_with_the_slot() -> None:
    facts = facts_on(slots={"against": "- If there were 14 attacks, or 14 tries, it would help."})
    found = check_draft("ncnd", Document(shipped().letter("ncnd", facts).text), facts)
    assert [(one.rule, one.text, one.where) for one in found] == [("N-30", "14", "")]
    facts = facts_on(slots={"against": "- There were 14 tries."})
    found = check_draft("ncnd", Document(shipped().letter("ncnd", facts).text), facts)
    assert [(one.rule, one.text, one.where) for one in found] == [("N-30", "14", "slot against")]


def test_a_number_of_the_request_may_be_repeated() -> None:
    facts = replace(EXAMPLE, case=replace(EXAMPLE.case, request_text="What happened in 2019?"))
    assert check_slot("ncnd", "for", "Something may have happened in 2019.", facts) == ()


def test_an_authoritys_own_kind_of_letter_is_held_to_the_rules_for_every_letter() -> None:
    document = Document("Thank you. The date is 3/4/2021. Please find attached. [NAME]")
    assert [one.rule for one in check_draft("thanks", document, EXAMPLE)] == ["L-01", "L-12"]
    assert checks_passed("thanks", document.text, EXAMPLE) == ()


@given(st.text(), st.text())
def test_no_text_can_break_the_lint(text: str, request: str) -> None:
    findings_in(text, request)
    check_slot("ncnd", "harm", text, EXAMPLE)


@given(st.text(alphabet="ab \n>"), st.text(alphabet="ab \n>"))
def test_lines_stay_true(before: str, after: str) -> None:
    text = f"{before}\n\nPlease find it.\n\n{after}"
    (finding,) = [each for each in findings_in(text) if each.rule == "N-22"]
    assert "Please find" in text.splitlines()[finding.line - 1]


def test_long_texts_are_read_in_linear_time() -> None:
    text = "section 24(2) " * 20_000 + "confirm " * 20_000 + "internal review " * 2_000
    findings_in(text)


def test_a_rule_finds_nothing_in_a_letter_it_does_not_apply_to() -> None:
    reading = read(Document(FIXTURE))
    assert reading.regime == "foia"
    elsewhere = next(rule for rule in RULES if rule.regimes and "foia" not in rule.regimes)
    assert not elsewhere.applies_to(reading)
    assert list(elsewhere.findings(reading)) == []
