"""Every reason against a decision, four eyes by person, and what a hold means."""

from __future__ import annotations

from dataclasses import replace

import pytest

from foibot.case import events as e
from foibot.case.case import Case, LetterState, State
from foibot.officers.authenticate import Secret
from foibot.officers.roster import Officer, Role
from foibot.outbox.approval import (
    ALWAYS_FOUR_EYES,
    Decision,
    Refusal,
    may_approve,
    may_decline,
    needs_four_eyes,
)
from tests.case.case_files import TO_REACH, WARNED, case_of, drafted, example
from tests.officers.officers_tools import JANE, RUTH, TOM, secret

V1 = secret(TOM, version=1)
DRAFTED_BY_JANE = case_of(drafted(), by=JANE.address)
DRAFTED_BY_RUTH = case_of(drafted(), by=RUTH.address)
OTHER_KIND = case_of(drafted(kind="disclosure", provisions=()), by=RUTH.address)
HELD_BY_TOM = case_of(drafted(), e.PutOnHold(1), by=TOM.address)


def by(officer: Officer, version: int = 1, proof: Secret | None = V1) -> Decision:
    return Decision(officer, version, proof)


APPROVALS: list[tuple[Case, Decision, Refusal | None]] = [
    (DRAFTED_BY_JANE, by(TOM), None),
    (case_of(), by(TOM), Refusal.NO_LETTER),
    (DRAFTED_BY_JANE, by(TOM, 2), Refusal.NOT_CURRENT),
    (DRAFTED_BY_JANE, by(TOM, 0), Refusal.NOT_CURRENT),
    (case_of(drafted(), drafted(2)), by(TOM, 1), Refusal.NOT_CURRENT),
    (case_of(drafted(), e.Rejected(1, "too long")), by(TOM), Refusal.NOT_CURRENT),
    (case_of(*TO_REACH[State.DELIVERY_FAILED]), by(TOM), Refusal.NOT_CURRENT),
    (case_of(*TO_REACH[State.APPROVED]), by(TOM), Refusal.ALREADY_DECIDED),
    (case_of(*TO_REACH[State.ANSWERED]), by(TOM), Refusal.ALREADY_DECIDED),
    (case_of(*TO_REACH[State.DELIVERY_UNCERTAIN]), by(TOM), Refusal.ALREADY_DECIDED),
    (DRAFTED_BY_JANE, by(JANE), Refusal.NOT_APPROVER),
    (DRAFTED_BY_RUTH, by(RUTH), Refusal.OWN_DRAFT),
    (HELD_BY_TOM, by(RUTH), Refusal.HELD_BY_ANOTHER),
    (case_of(drafted(remarks=(WARNED,)), by=JANE.address), by(TOM), Refusal.REASON_MISSING),
    (
        case_of(
            drafted(remarks=(WARNED,)),
            e.WarningAccepted(1, ("N-24",), "It is conditional."),
            by=JANE.address,
        ),
        by(TOM),
        None,
    ),
    (DRAFTED_BY_JANE, by(TOM, proof=None), Refusal.UNANSWERED),
    (DRAFTED_BY_JANE, by(TOM, proof=replace(V1, used=True)), Refusal.SPENT),
    (DRAFTED_BY_JANE, by(TOM, proof=replace(V1, revoked=True)), Refusal.SPENT),
]


@pytest.mark.parametrize(("case", "decision", "refusal"), APPROVALS)
def test_may_approve(case: Case, decision: Decision, refusal: Refusal | None) -> None:
    assert may_approve(case, decision, ["ncnd"]) is refusal


def test_every_refusal_is_in_the_table() -> None:
    assert {refusal for _, _, refusal in APPROVALS} == {*Refusal, None}


@pytest.mark.parametrize("state", LetterState)
def test_only_a_draft_or_a_held_letter_can_be_approved(state: LetterState) -> None:
    letter = replace(DRAFTED_BY_JANE.letters[0], state=state, held_by=TOM.address)
    case = replace(DRAFTED_BY_JANE, letters=(letter,))
    allowed = may_approve(case, by(TOM), ()) is None
    assert allowed is (state in {LetterState.DRAFT, LetterState.ON_HOLD})


@pytest.mark.parametrize("drafter", [RUTH.address, "R.Rose@Old.example", "RUTH.ROSE@exampleshire.example"])  # fmt: skip
def test_four_eyes_are_two_people_not_two_addresses(drafter: str) -> None:
    ruth = replace(RUTH, aliases=("r.rose@old.example",))
    case = case_of(drafted(), by=drafter)
    assert may_approve(case, by(ruth), ["ncnd"]) is Refusal.OWN_DRAFT
    assert may_approve(case, by(TOM), ["ncnd"]) is None


def test_a_kind_off_the_four_eyes_list_may_be_approved_by_its_drafter() -> None:
    assert may_approve(OTHER_KIND, by(RUTH), ["refusal"]) is None
    assert may_approve(OTHER_KIND, by(RUTH), ["disclosure"]) is Refusal.OWN_DRAFT


def test_no_configuration_takes_ncnd_off_the_list() -> None:
    assert may_approve(DRAFTED_BY_RUTH, by(RUTH), []) is Refusal.OWN_DRAFT
    assert {"ncnd", "ncnd-part"} <= ALWAYS_FOUR_EYES
    assert needs_four_eyes(case_of(drafted()).letters[0], [])
    refusal = case_of(drafted(kind="refusal", provisions=())).letters[0]
    assert needs_four_eyes(refusal, ["refusal"])
    assert not needs_four_eyes(refusal, [])


def test_a_departure_from_ncnd_needs_a_second_person_whatever_its_kind() -> None:
    departs = replace(WARNED, rule="N-11")
    case = case_of(drafted(kind="disclosure", remarks=(departs,), provisions=()))
    assert needs_four_eyes(case.letters[0], [])


def test_only_the_holder_approves_a_held_letter_from_whatever_address() -> None:
    assert may_approve(case_of(drafted(), by=JANE.address), by(TOM), []) is None
    held = replace(HELD_BY_TOM.letters[0], drafter=JANE.address, held_by=TOM.aliases[0])
    case = replace(HELD_BY_TOM, letters=(held,))
    assert may_approve(case, by(TOM), []) is None
    assert may_approve(case, by(RUTH), []) is Refusal.HELD_BY_ANOTHER


def test_a_holder_who_drafted_the_letter_cannot_approve_it() -> None:
    assert may_approve(HELD_BY_TOM, by(TOM), []) is Refusal.OWN_DRAFT


def test_a_new_version_ends_a_hold() -> None:
    case = case_of(drafted(), e.PutOnHold(1), drafted(2), by=JANE.address)
    assert may_approve(case, by(TOM, 2), []) is None


DECLINED: list[tuple[Case, Decision, Refusal | None]] = [
    (DRAFTED_BY_JANE, by(TOM), None),
    (DRAFTED_BY_RUTH, by(RUTH), None),
    (HELD_BY_TOM, by(RUTH), None),
    (HELD_BY_TOM, by(TOM), None),
    (case_of(), by(TOM), Refusal.NO_LETTER),
    (DRAFTED_BY_JANE, by(TOM, 2), Refusal.NOT_CURRENT),
    (case_of(*TO_REACH[State.APPROVED]), by(TOM), Refusal.ALREADY_DECIDED),
    (DRAFTED_BY_JANE, by(JANE), Refusal.NOT_APPROVER),
    (DRAFTED_BY_JANE, by(TOM, proof=None), Refusal.UNANSWERED),
    (DRAFTED_BY_JANE, by(TOM, proof=replace(V1, used=True)), Refusal.SPENT),
]


@pytest.mark.parametrize(("case", "decision", "refusal"), DECLINED)
def test_may_decline(case: Case, decision: Decision, refusal: Refusal | None) -> None:
    assert may_decline(case, decision) is refusal


@pytest.mark.parametrize("event", [e.PutOnHold(1), e.Rejected(1, "too long")])
@pytest.mark.parametrize("case", [DRAFTED_BY_JANE, HELD_BY_TOM])
def test_whatever_may_be_declined_the_lifecycle_allows(case: Case, event: e.Event) -> None:
    assert may_decline(case, by(TOM)) is None
    assert case.state in {State.AWAITING_APPROVAL, State.ON_HOLD}
    before = (drafted(), e.PutOnHold(1)) if case is HELD_BY_TOM else (drafted(),)
    assert case_of(*before, event).revision == case.revision + 1


def test_whatever_may_be_approved_the_lifecycle_allows() -> None:
    approved = case_of(drafted(), e.PutOnHold(1), example(e.Approved))
    assert approved.state is State.APPROVED


def test_an_auditor_decides_nothing() -> None:
    auditor = replace(TOM, roles=frozenset({Role.AUDITOR, Role.OFFICER}))
    assert may_approve(DRAFTED_BY_JANE, by(auditor), []) is Refusal.NOT_APPROVER
    assert may_decline(DRAFTED_BY_JANE, by(auditor)) is Refusal.NOT_APPROVER


@pytest.mark.parametrize("cited", ["14(1)", "23(1)", "24(1)", "24(2)", "36(2)(b)(i)", "36(3) x"])
def test_nobody_answers_alone_on_a_sensitive_section(cited: str) -> None:
    case = case_of(drafted(kind="part", provisions=("31(1)(a)", cited)), by=RUTH.address)
    assert may_approve(case, by(RUTH), []) is Refusal.OWN_DRAFT
    assert may_approve(case, by(TOM), []) is None


@pytest.mark.parametrize("cited", ["31(1)(a)", "40(2) with 40(3A)", "140(1)", "2(4)"])
def test_another_section_is_not_mistaken_for_one(cited: str) -> None:
    case = case_of(drafted(kind="part", provisions=(cited,)), by=RUTH.address)
    assert may_approve(case, by(RUTH), []) is None
