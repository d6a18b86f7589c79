"""Every kind of letter under every law: complete, in the words of that law, and refused when something is missing."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from foibot import law
from foibot.law.provision import Provision
from foibot.law.provisions import read_ncnd, read_withheld
from foibot.letters.facts import LetterFacts
from foibot.letters.kind import Approval, Relies
from foibot.letters.lint import Severity, lint
from foibot.letters.linting.document import Document
from foibot.letters.render import (
    LetterIncomplete,
    LetterNotUnderThisLaw,
    ProvisionsDoNotFit,
)
from foibot.letters.samples import sample, sample_on, sample_provisions, sample_withheld
from foibot.letters.slot import Slot
from tests.letters.letters_tools import shipped

EVERY = [(kind.name, regime) for kind in shipped().kinds.values() for regime in kind.regimes]
GIVING = {"disclosure", "part", "ncnd-part", "in-parts"}
SILENT = {
    "ncnd",
    "ncnd-part",
    "acknowledgement",
    "clarification",
    "fees-notice",
    "holding",
    "lapse",
}


def facts(kind: str, regime: str = "foia", order: str = "") -> LetterFacts:
    return sample(shipped().kinds[kind], regime, order)


def flat(text: str) -> str:
    return " ".join(text.split())


def words(kind: str, regime: str = "foia", **changes: object) -> str:
    given = replace(facts(kind, regime), **changes)  # type: ignore[arg-type]
    return flat(shipped().letter(kind, given).text)


def own_words(kind: str, regime: str) -> str:
    """The letter without the request it quotes and without the names of laws."""
    text = shipped().letter(kind, facts(kind, regime)).text
    text = flat("\n".join(line for line in text.splitlines() if not line.startswith(">")))
    for each in law.REGIMES:
        text = text.replace(each.act, "")
    return text


def rows(lifting: bool) -> Iterator[tuple[str, str]]:
    """An order that works for each exemption and exception there is."""
    for regime in law.REGIMES:
        for row in regime.exemptions:
            if lifting and row.ncnd is None:
                continue
            limb = row.limbs[0].bracketed if row.limbs and not row.whole else ""
            cited = row.section.partition(" to ")[0].partition(" and ")[0]
            if not lifting:
                yield regime.key, cited if cited.endswith(limb) else cited + limb
            elif row.ncnd and row.ncnd.read_with:
                yield regime.key, f"18(1) by reference to {cited}{limb}"
            elif row.ncnd:
                yield regime.key, row.ncnd.provision + ("(a)" if row.ncnd.limb_required else "")


def provisions(found: object) -> tuple[Provision, ...]:
    assert isinstance(found, tuple)
    assert all(isinstance(each, Provision) for each in found), found
    return found


_NOTHING_SAID_OF_HOLDING = {"12(4)(a)", "12(4)(b)", "12(4)(c)"}


@pytest.mark.parametrize(("regime", "order"), sorted(set(rows(lifting=False))))
def test_every_exemption_and_exception_can_be_relied_on(regime: str, order: str) -> None:
    here = law.regime(regime)
    found = provisions(read_withheld(order, here, authority_kind="government"))
    letter = shipped().letter("refusal", sample_on(shipped().kinds["refusal"], regime, found))
    text = flat(letter.text)
    for each in found:
        assert each.title in text
        why = text.partition(f"{each.section}: {each.title} ")[2]
        assert len(why) > 100
        assert ("Factors for disclosure" in text) == any(
            one.needs_public_interest_test for one in found
        )
    for phrase in shipped().kinds["refusal"].must_say_in(regime):
        if phrase != "We hold information" or order not in _NOTHING_SAID_OF_HOLDING:
            assert phrase.lower() in text.lower()


@pytest.mark.parametrize(("regime", "order"), sorted(set(rows(lifting=True))))
def test_every_way_of_neither_confirming_nor_denying(regime: str, order: str) -> None:
    here = law.regime(regime)
    found = provisions(read_ncnd(order, here, authority_kind="government"))
    text = flat(shipped().letter("ncnd", sample_on(shipped().kinds["ncnd"], regime, found)).text)
    for each in found:
        assert each.in_full[1:] in text
        assert each.title in text
    for phrase in shipped().kinds["ncnd"].must_say_in(regime):
        assert phrase.lower() in text.lower()
    assert not re.search(
        r"\b[Ww]e (?:do not )?hold\b|withheld|\bdisclosing the information\b", text
    )


@pytest.mark.parametrize(("kind", "regime"), EVERY)
def test_a_letter_speaks_the_language_of_its_law(kind: str, regime: str) -> None:
    here, text = law.regime(regime), own_words(kind, regime)
    other = {"exemption": "exception", "exception": "exemption"}[here.ground]
    assert not re.search(rf"\b{other}s?\b", text)
    if here.division == "regulation":
        # Two rights come from an Act that the Regulations apply.
        assert not re.search(r"\bthe Act\b", text)
        assert set(re.findall(r"\bsection \d+", text)) <= {"section 50", "section 47", "section 56"}
    else:
        assert not re.search(r"\bregulation \d", text)


@pytest.mark.parametrize(("kind", "regime"), EVERY)
def test_a_letter_names_its_own_regulator_alone(kind: str, regime: str) -> None:
    text = words(kind, regime)
    scottish = law.regime(regime).nations != law.regime("foia").nations
    assert not scottish or "ico.org.uk" not in text
    assert scottish or "Scottish" not in text
    if kind != "acknowledgement":
        assert ("Scottish Information Commissioner" in text) == scottish


@pytest.mark.parametrize(("kind", "regime"), EVERY)
def test_a_letter_has_what_every_letter_has(kind: str, regime: str) -> None:
    letter = shipped().letter(kind, facts(kind, regime))
    text = flat(letter.text)
    assert "[004078/20]" in letter.subject
    assert not re.search("Smith|parking|terror|held|refus", letter.subject, re.IGNORECASE)
    assert "Our reference: 004078/20" in text
    assert "another format" in text
    assert not re.search(r"[{}]|\]\(|  [a-z]|\.\.|\b(\w+) \1\b", text)
    assert ("Copyright" in text) == (kind in GIVING)
    if kind in SILENT:
        assert not re.search(r"\b[Ww]e (?:do not )?hold\b", text)
    if kind != "acknowledgement":
        assert "Dear Sam Smith" in text
        assert shipped().kinds[kind].approval != Approval.NONE


@pytest.mark.parametrize(("kind", "regime"), EVERY)
def test_plain_words_come_before_the_law(kind: str, regime: str) -> None:
    page = shipped().letter(kind, facts(kind, regime)).html
    heading, _, rest = page.partition("<h2>")
    assert heading.count("<h1>") == 1
    first = rest.partition("<h2>")[0]
    assert not re.search(r"(?:section|regulation) \d", first)


@pytest.mark.parametrize(("kind", "regime"), EVERY)
def test_the_lint_knows_our_letter_and_finds_nothing_in_it(kind: str, regime: str) -> None:
    report = lint(Document(shipped().letter(kind, facts(kind, regime)).text))
    assert (report.letter_type, report.regime) == (kind, regime)
    assert [each for each in report.findings if each.severity is not Severity.NOTE] == []


def test_everything_that_is_missing_is_said_at_once() -> None:
    bare = replace(facts("fees-notice"), fee="", pay_by=None, slots={"payment": " \n"})
    with pytest.raises(LetterIncomplete, match="fee, pay_by, calculation, payment") as caught:
        shipped().letter("fees-notice", bare)
    assert caught.value.facts == ("fee", "pay_by")
    assert [slot.name for slot in caught.value.slots] == ["calculation", "payment"]


def test_a_fact_may_be_needed_under_one_law_only() -> None:
    for kind, regime in (("extension", "foia"), ("future-publication", "foisa")):
        bare = replace(facts(kind, regime), provisions=(), until=None)
        with pytest.raises(LetterIncomplete):
            shipped().letter(kind, bare)
    assert "by Monday" not in words("future-publication", until=None)


def test_files_stand_in_for_the_words_of_an_answer() -> None:
    with pytest.raises(LetterIncomplete, match="answer"):
        shipped().letter("disclosure", replace(facts("disclosure"), slots={}))
    text = words("disclosure", slots={}, files=("counts 2020.csv", "map.pdf"))
    assert "These files come with this letter: - counts 2020.csv - map.pdf" in text


def test_a_letter_its_law_does_not_know_is_refused() -> None:
    with pytest.raises(LetterNotUnderThisLaw, match=r"It exists under FOIA and FOISA\."):
        shipped().letter("cost", facts("cost", "eir"))


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("ncnd", sample_withheld("24(1)")),
        ("ncnd", (*sample_provisions("24(2)"), *sample_withheld("24(1)"))),
        ("refusal", sample_provisions("24(2)")),
        ("extension", sample_withheld("40(2)")),
    ],
)
def test_provisions_of_another_sort_never_get_into_a_letter(
    kind: str, given: tuple[Provision, ...]
) -> None:
    with pytest.raises(ProvisionsDoNotFit):
        shipped().letter(kind, replace(facts(kind), provisions=given))


def test_slots_stand_where_the_law_asks_for_them() -> None:
    def names(order: str) -> list[str]:
        return [slot.name for slot in shipped().slots("refusal", sample_withheld(order))]

    assert names("31(1)(a)") == ["harm", "reasons", "for", "against", "balance", "advice"]
    assert names("42(1)") == ["reasons", "for", "against", "balance", "advice"]
    assert names("40(2)") == ["reasons", "advice"]


def slots_of_all() -> Iterator[tuple[str, Slot]]:
    for kind in shipped().kinds.values():
        for slot in kind.slots:
            yield kind.name, slot


@pytest.mark.parametrize(("kind", "slot"), list(slots_of_all()))
def test_a_slot_has_words_to_begin_with_or_has_to_be_filled(kind: str, slot: Slot) -> None:
    assert slot.default_text or slot.required or "Left out unless you write" in slot.help
    assert re.fullmatch("[a-z]+(?: [a-z]+)?", slot.name), f"{kind}: an officer types it"
    # Officers write for every law: the same help has to be right under all of them.
    assert not re.search(r"\bexemptions? applies\b|Freedom of Information", slot.help)


def test_the_limit_on_cost_is_that_of_the_authority() -> None:
    assert "is £450, which is 18 hours of work at £25 an hour" in words("cost")
    department = replace(facts("cost").authority, kind="government")
    assert "is £600, which is 24 hours" in words("cost", authority=department)
    assert "at no more than £15 an hour" in words("cost", "foisa")


def test_more_time_says_whether_it_is_held_unless_that_must_not_be_said() -> None:
    assert "We hold information" in words("extension")
    silent = words("extension", provisions=sample_provisions("24(2) 31(3)(a)"))
    assert "hold information" not in silent
    assert "disclosing whether the information is held" in silent
    assert "exists or does not exist" in silent
    assert "disclosing the information" not in silent


def test_a_request_lapses_for_want_of_an_answer_or_of_a_fee() -> None:
    assert "we asked you a question" in words("lapse", fee="")
    assert "we asked you for a payment of £12.50" in words("lapse")


def test_only_the_part_a_question_concerns_waits_for_it() -> None:
    slots = {"question": "Which year?", "rest": "Question 2 is clear."}
    text = words("clarification", slots=slots)
    assert "no longer applies to the part of your request that our question concerns" in text
    assert "Question 2 is clear." in text
    assert "we need to know more" in text.partition("look for one part of what you want, ")[2]


@pytest.mark.parametrize("regime", [one.key for one in law.REGIMES])
def test_silence_on_a_question_about_a_part_does_not_close_the_whole(regime: str) -> None:
    slots = {"question": "Which year?", "rest": "Question 2 is clear."}
    about_part, about_all = (
        words("clarification", regime, slots=slots),
        words("clarification", regime),
    )
    assert "close the request" not in about_part
    assert "and will not answer that part. You can ask for it again at any time" in about_part
    assert "close the request. You can make it again at any time" in about_all


@pytest.mark.parametrize("regime", ["eir", "eisr"])
def test_a_question_about_a_part_refuses_no_more_than_the_part(regime: str) -> None:
    slots = {"question": "Which year?", "rest": "Question 2 is clear."}
    about_part, about_all = (
        words("clarification", regime, slots=slots),
        words("clarification", regime),
    )
    assert (
        "For the part of your request that our question concerns, this letter is also a"
        in about_part
    )
    assert "that part is formulated in too general a manner" in about_part
    assert "For answering that part as it stands" in about_part
    assert "refuses nothing in the rest of your request" in about_part
    assert "the request is formulated in too general a manner" not in about_part
    assert "the request is formulated in too general a manner" in about_all


@pytest.mark.parametrize("regime", ["foisa", "eisr"])
def test_t37_a_letter_that_decides_nothing_starts_no_time_to_ask_for_a_review(regime: str) -> None:
    text = words("holding", regime)
    assert "40 working days of receiving this letter" not in text
    assert "If this letter reached you after" not in text
    assert re.search(
        r"40(?:th)? working days? after Monday 11 January 2021, the last day for", text
    )
    assert "40 working days are counted from the day on which you receive it" in text


def test_t37_the_time_for_our_answer_moves_and_with_it_the_time_to_ask_for_a_review() -> None:
    """FOISA 2002 s.20(5)(a) counts from the end of the time that section 10 allows."""
    paid = words("fees-notice", "foisa")
    assert "the last day for our answer moves, and the 40 working days are counted from the" in paid
    whole = words("clarification", "foisa")
    assert "40th working day after the last day for our answer. That last day is counted" in whole
    slots = {"question": "Which year?", "rest": "Question 2 is clear."}
    part = words("clarification", "foisa", slots=slots)
    assert "For the rest of your request, that last day is Monday 11 January 2021; for" in part


def test_t37_a_request_that_was_closed_can_be_reviewed_from_the_letter_that_says_so() -> None:
    """By then the day that the case is due is the day the question lapsed, and no day of our own."""
    given = facts("lapse", "foisa")
    text = words("lapse", "foisa")
    assert given.case.due == given.lapse
    assert "within 40 working days of receiving this letter" in text
    assert "40th working day" not in text


def test_days_are_named_with_their_weekday() -> None:
    text = words("extension", until=date(2021, 2, 8))
    assert "by Monday 8 February 2021" in text


def test_every_kind_says_what_it_relies_on() -> None:
    relying = {kind.name for kind in shipped().kinds.values() if kind.relies is not Relies.NOTHING}
    assert relying == {
        "ncnd",
        "ncnd-part",
        "refusal",
        "part",
        "in-parts",
        "second-notice",
        "extension",
    }


@pytest.mark.parametrize(
    "kind", ["holding", "clarification", "fees-notice", "extension", "transfer"]
)
def test_a_letter_that_decides_nothing_speaks_of_no_decision_to_review(kind: str) -> None:
    """The rights stand in these letters too, where a review is of how the request was dealt with."""
    for regime in shipped().kinds[kind].regimes:
        text = " ".join(shipped().letter(kind, sample(shipped().kinds[kind], regime)).text.split())
        assert "this decision" not in text
        assert "somebody who took no part in what you ask us to re" in text
