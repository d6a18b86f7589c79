"""What a letter has to hold by law is missed as soon as a careless edit of a template loses it."""

from functools import cache

import pytest

from foibot import law
from foibot.letters.check import problems_of
from foibot.letters.element_table import IN_ITSELF
from foibot.letters.elements import absent, elements, words_of
from foibot.letters.every_provision import every_provision
from foibot.letters.facts import LetterFacts
from foibot.letters.rights_table import APPLY, ASK_FOR_REVIEW
from foibot.letters.samples import sample, sample_on, samples
from tests.letters.letters_tools import changed, shipped


@cache
def fullest_sample(kind: str, regime: str) -> LetterFacts:
    """The sample with everything in it, no two facts alike."""
    *_, last = (each for each in samples(shipped().kinds[kind]) if each.regime.key == regime)
    return last


EVERY = [(kind.name, regime) for kind in shipped().kinds.values() for regime in kind.regimes]
SILENT_EXTENSION = sample(shipped().kinds["extension"], "foia", "24(2) 31(3)(a)")


def test_every_row_is_asked_of_some_letter_and_found_in_it() -> None:
    asked = set()
    tried = [(name, regime, fullest_sample(name, regime)) for name, regime in EVERY]
    for name, regime, facts in (*tried, ("extension", "foia", SILENT_EXTENSION)):
        kind = shipped().kinds[name]
        letter, words = shipped().letter_and_words(name, facts)
        here = list(elements(kind, regime, words))
        asked |= {(each.rule, each.what) for each in here}
        assert list(absent(kind, regime, words, letter.text)) == []
        assert list(absent(kind, regime, words, "")) == here
        # Without these very words, it is this that is missed.
        said = words_of(letter.text)
        for each in here:
            lost = said
            for one in each.words:
                lost = lost.replace(words_of(one).rstrip(), "")
            assert each in list(absent(kind, regime, words, lost))
    assert {(row.rule, row.what) for row in (*IN_ITSELF, *ASK_FOR_REVIEW, *APPLY)} <= asked


CARELESS = [
    ("shared/where-to-ask.md", "{{ review.address }}", "refusal", "foia", "L-06"),
    ("shared/where-to-ask.md", "Email: {{ review.email }}", "ncnd", "eir", "L-06"),
    ("shared/where-to-ask.md", "{{ review.title }}\\", "cost", "foisa", "L-06"),
    (
        "shared/rights-foia.md",
        "within {{ review.window_days }} working days",
        "vexatious",
        "foia",
        "L-06",
    ),
    ("shared/how-to-complain.md", "{{ regulator.address }}", "review-outcome", "eisr", "L-07"),
    ("shared/how-to-complain.md", "Email: {{ regulator.email }}", "repeated", "foia", "L-07"),
    ("shared/reference.md", "Date of this letter: {{ today }}\\", "not-held", "foia", "L-01"),
    ("shared/request.md", "{{ case.request }}", "transfer", "foisa", "L-03"),
    ("shared/greeting.md", "{{ requester.name }}", "lapse", "foia", "L-02"),
    ("shared/signature.md", "{{ officer.name }}", "holding", "foia", "L-09"),
    (
        "letters/disclosure/body.md",
        '{% include "shared/re-use.md" %}',
        "disclosure",
        "foia",
        "L-11",
    ),
    ("shared/why-withheld.md", "{{ provision.why }}", "refusal", "foisa", "L-39"),
    ("shared/public-interest.md", "{{ provision.factors_against }}", "part", "eir", "L-37"),
    ("shared/public-interest.md", "{{ slots.against }}", "second-notice", "foia", "L-05"),
    ("shared/ncnd-weighing.md", "{{ provision.balance }}", "ncnd", "foia", "N-03"),
    ("shared/ncnd-reasons.md", "{{ slots.harm }}", "ncnd-part", "foia", "L-05"),
    ("letters/part/body.md", "{{ slots.withheld }}", "part", "foia", "L-05"),
    ("letters/cost/body.md", "{{ regime.cost_hours }} hours", "cost", "foia", "L-26"),
    ("letters/extension/body.md", "**{{ until }}**", "extension", "foia", "L-24"),
    ("letters/fees-notice/body.md", "{{ slots.calculation }}", "fees-notice", "eir", "L-05"),
    ("letters/acknowledgement/body.md", "**{{ case.due }}**", "acknowledgement", "foia", "A-02"),
    ("letters/disclosure/body.md", '{% include "shared/files.md" %}', "disclosure", "foia", "L-20"),
    ("letters/not-held/body.md", "the public interest in maintaining", "not-held", "eir", "L-32"),
    ("letters/transfer/body.md", "the public interest in maintaining", "transfer", "eisr", "L-32"),
    ("letters/clarification/body.md", "is outweighed by", "clarification", "eir", "L-30"),
    ("letters/review-outcome/body.md", ", within six months", "review-outcome", "eisr", "L-39"),
    ("letters/ncnd/body.md", "The duty in section 1(1)(a) of the Act does", "ncnd", "foia", "N-02"),
    ("letters/ncnd/body.md", "This letter is a refusal notice", "ncnd", "foia", "L-22"),
    ("letters/refusal/body.md", "is exempt because of", "refusal", "foisa", "L-22"),
    ("letters/part/body.md", "we rely on", "part", "eir", "L-22"),
    ("letters/second-notice/body.md", "it is exempt under", "second-notice", "foia", "L-22"),
    ("letters/cost/body.md", "We rely on section 12(1)", "cost", "foisa", "L-26"),
    ("letters/cost/body.md", "retrieving it and extracting it", "cost", "foia", "L-26"),
    ("letters/cost-to-confirm/body.md", "We have counted", "cost-to-confirm", "foia", "L-26"),
    ("letters/vexatious/body.md", "We rely on section 14(1)", "vexatious", "foia", "L-27"),
    ("letters/repeated/body.md", "We rely on section 14(2)", "repeated", "foisa", "L-28"),
    ("letters/clarification/body.md", "remains the last day", "clarification", "foia", "L-30"),
    ("letters/fees-notice/body.md", "are not counted", "fees-notice", "foia", "L-31"),
    ("letters/fees-notice/body.md", "payment in advance", "fees-notice", "eisr", "L-31"),
    ("letters/future-publication/body.md", "### Factors for", "future-publication", "foia", "L-35"),
    (
        "letters/otherwise-accessible/body.md",
        "This letter is a refusal notice",
        "otherwise-accessible",
        "foisa",
        "L-22",
    ),
    ("letters/extension/body.md", "We hold information", "extension", "foia", "L-24"),
    ("letters/in-parts/body.md", '{% include "shared/re-use.md" %}', "in-parts", "eir", "L-11"),
    ("shared/parts-ncnd.md", "can neither confirm nor deny", "in-parts", "foia", "N-01"),
    ("shared/parts-law-ncnd.md", "exists or does not exist", "in-parts", "foisa", "N-08"),
    ("shared/parts-law-ncnd.md", "and about no other question", "in-parts", "eir", "N-10"),
    ("shared/parts-law-ncnd.md", "The duty in section 1(1)(a)", "in-parts", "foia", "N-02"),
    ("shared/parts-law-ncnd.md", "we have concluded", "in-parts", "foisa", "N-06"),
    ("shared/parts-law-not-held.md", "regulation 12(4)(a)", "in-parts", "eir", "L-32"),
    ("shared/parts-law-not-held.md", "notice under section 17(1)", "in-parts", "foisa", "L-39"),
    ("shared/parts-law-not-held.md", "refusal notice under", "in-parts", "eisr", "L-32"),
    ("shared/parts-law-kept-back.md", "refusal notice under", "in-parts", "foia", "L-22"),
    ("shared/rights-eir.md", "of the date on which", "refusal", "eir", "L-06"),
    ("shared/rights-eir.md", "of receiving it", "refusal", "eir", "L-37"),
    ("shared/rights-foisa.md", "no later than the 40th", "refusal", "foisa", "L-06"),
    (
        "letters/acknowledgement/body.md",
        "Read more in [our privacy notice]({{ authority.privacy_url }}).",
        "acknowledgement",
        "foia",
        "A-02",
    ),
]


@pytest.mark.parametrize(("path", "words", "kind", "regime", "rule"), CARELESS)
def test_a_careless_edit_is_noticed(
    path: str, words: str, kind: str, regime: str, rule: str
) -> None:
    text = shipped().source[path]
    assert words in text
    body = shipped().english.body_path(kind, regime)
    texts = {body: shipped().source[body], path: text.replace(words, "")}
    book = changed(texts)
    found = list(problems_of(book, book.kinds[kind], fullest_sample(kind, regime)))
    assert any(f"({rule}) under {law.regime(regime).short}" in each.what for each in found), found
    assert {each.file.split("/")[1] for each in found} == {kind}


@pytest.mark.parametrize(
    ("order", "lost", "rule"),
    [
        ("24(2) 31(3)(a)", "exists or does not exist", "N-16"),
        ("31(1)(a)(b) 42(1)", "We hold information", "L-24"),
    ],
)
def test_more_time_says_whether_it_is_held_or_that_nothing_follows(
    order: str, lost: str, rule: str
) -> None:
    path = "letters/extension/body.md"
    book = changed({path: shipped().source[path].replace(lost, "")})
    facts = sample(book.kinds["extension"], "foia", order)
    found = list(problems_of(book, book.kinds["extension"], facts))
    assert [f"({rule})" in each.what for each in found] == [True]


def test_a_must_say_phrase_is_not_told_twice() -> None:
    path = "shared/rights-foia.md"
    book = changed({path: shipped().source[path].replace("section 50 of the Act", "it")})
    found = problems_of(book, book.kinds["ncnd"], fullest_sample("ncnd", "foia"))
    assert [each.what for each in found if "section 50" in each.what] == [
        "the letter does not say 'section 50'"
    ]
    assert not any("the right to apply (L-07)" in each.what for each in found)


@pytest.mark.parametrize("regime", law.REGIMES, ids=lambda one: one.key)
def test_an_answer_by_number_holds_what_each_silent_provision_alone_needs(
    regime: law.Regime,
) -> None:
    book = shipped()
    silent = [one for one in every_provision(regime) if one.ncnd]
    assert silent
    for one in silent:
        facts = sample_on(book.kinds["in-parts"], regime.key, (one,))
        found = list(problems_of(book, book.kinds["in-parts"], facts, linted=False))
        assert found == [], one.cited
