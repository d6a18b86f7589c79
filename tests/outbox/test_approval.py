"""Every reason against a decision, four eyes by person, and what a hold means."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from foibot.case import events as e
from foibot.case import letter_events as le
from foibot.case.approval_events import InterestDeclared, OpinionRecorded
from foibot.case.case import Case, LetterState, State
from foibot.case.lifecycle import fold
from foibot.officers.authenticate import Secret
from foibot.officers.roster import Officer, Role, StandsIn
from foibot.outbox.approval import (
    ALWAYS_FOUR_EYES,
    Decision,
    Policy,
    Refusal,
    against_person,
    may_approve,
    may_decline,
    needs_four_eyes,
)
from foibot.outbox.approval_rules import ApprovalRule, Turn
from tests.case.case_files import (
    TO_REACH,
    UNFINISHED,
    WARNED,
    case_of,
    chain,
    drafted,
    example,
    received,
)
from tests.officers.officers_tools import EVERYBODY, JANE, RUTH, TOM, secret

V1 = secret(TOM, version=1)
DRAFTED_BY_JANE = case_of(drafted(), by=JANE.address)
DRAFTED_BY_RUTH = case_of(drafted(), by=RUTH.address)
ON_36 = case_of(drafted(kind="refusal", provisions=("36(2)(b)(i)",)), by=JANE.address)
NOT_WHOLE = case_of(drafted(kind="not-held", remarks=(UNFINISHED,)), by=JANE.address)
OTHER_KIND = case_of(drafted(kind="disclosure", provisions=()), by=RUTH.address)
PAT = replace(RUTH, address="pat.pink@exampleshire.example", name="Pat Pink")
HELD_BY_TOM = case_of(drafted(), le.PutOnHold(1), by=TOM.address)

# Jane drafted the answer, Tom approved it.
RESULT_BY_JANE = fold(
    chain([received(), drafted()], JANE.address)
    + chain([received(), *TO_REACH[State.REOPENED]], TOM.address)[2:]
    + chain(
        [received(), *TO_REACH[State.REOPENED], drafted(2, "review-outcome", ())], JANE.address
    )[-1:]
)
assert RESULT_BY_JANE is not None


def policy(*four_eyes: str, rules: tuple[ApprovalRule, ...] = ()) -> Policy:
    """These kinds on the four-eyes list, and this table."""
    return Policy(four_eyes, rules, EVERYBODY)


def by(officer: Officer, version: int = 1, proof: Secret | None = V1) -> Decision:
    return Decision(officer, version, proof)


APPROVALS: list[tuple[Case, Decision, Refusal | None]] = [
    (DRAFTED_BY_JANE, by(TOM), None),
    (case_of(), by(TOM), Refusal.NO_LETTER),
    (DRAFTED_BY_JANE, by(TOM, 2), Refusal.NOT_CURRENT),
    (DRAFTED_BY_JANE, by(TOM, 0), Refusal.NOT_CURRENT),
    (case_of(drafted(), drafted(2)), by(TOM, 1), Refusal.NOT_CURRENT),
    (case_of(drafted(), le.Rejected(1, "too long")), by(TOM), Refusal.NOT_CURRENT),
    (case_of(*TO_REACH[State.DELIVERY_FAILED]), by(TOM), Refusal.NOT_CURRENT),
    (case_of(*TO_REACH[State.APPROVED]), by(TOM), Refusal.ALREADY_DECIDED),
    (case_of(*TO_REACH[State.ANSWERED]), by(TOM), Refusal.ALREADY_DECIDED),
    (case_of(*TO_REACH[State.DELIVERY_UNCERTAIN]), by(TOM), Refusal.ALREADY_DECIDED),
    (DRAFTED_BY_JANE, by(JANE), Refusal.NOT_APPROVER),
    (DRAFTED_BY_RUTH, by(RUTH), Refusal.OWN_DRAFT),
    (RESULT_BY_JANE, by(TOM, 2, secret(TOM, version=2)), Refusal.TOOK_PART),
    (RESULT_BY_JANE, by(RUTH, 2, secret(RUTH, version=2)), None),
    (case_of(InterestDeclared(TOM.address), drafted()), by(TOM), Refusal.CONFLICT),
    (HELD_BY_TOM, by(RUTH), Refusal.HELD_BY_ANOTHER),
    (case_of(drafted(remarks=(WARNED,)), by=JANE.address), by(TOM), Refusal.REASON_MISSING),
    (
        case_of(
            drafted(remarks=(WARNED,)),
            le.WarningAccepted(1, ("N-24",), "It is conditional."),
            by=JANE.address,
        ),
        by(TOM),
        None,
    ),
    (NOT_WHOLE, by(TOM), Refusal.UNFINISHED),
    (NOT_WHOLE, by(JANE), Refusal.UNFINISHED),
    (ON_36, by(TOM), Refusal.OPINION_MISSING),
    (DRAFTED_BY_JANE, by(TOM, proof=None), Refusal.UNANSWERED),
    (DRAFTED_BY_JANE, by(TOM, proof=replace(V1, used=True)), Refusal.SPENT),
    (DRAFTED_BY_JANE, by(TOM, proof=replace(V1, revoked=True)), Refusal.SPENT),
]
IN_PLACE = Officer(
    "ida@exampleshire.example",
    "Ida",
    "",
    frozenset({Role.APPROVER}),
    stands_in=(StandsIn(JANE.address, "Jane", date(2021, 2, 1), frozenset({Role.APPROVER})),),
    lent=frozenset({Role.APPROVER}),
)
RUTH_LAST = policy("ncnd", rules=(ApprovalRule((RUTH.address,), frozenset({"ncnd"})),))
RUTH_THEN_TOM = policy("ncnd", rules=(ApprovalRule((RUTH.address, TOM.address), in_order=True),))
BY_TOM = case_of(drafted(), by=JANE.address, given=TOM.address)
SEVERAL: list[tuple[Case, Decision, Policy, Refusal | None]] = [
    (DRAFTED_BY_JANE, by(TOM), RUTH_LAST, None),
    (BY_TOM, by(TOM), RUTH_LAST, Refusal.GIVEN),
    (BY_TOM, by(RUTH), RUTH_LAST, None),
    (BY_TOM, by(PAT), RUTH_LAST, Refusal.NOT_ASKED),
    (DRAFTED_BY_JANE, by(TOM), RUTH_THEN_TOM, Refusal.TOO_EARLY),
    (DRAFTED_BY_JANE, by(RUTH), RUTH_THEN_TOM, None),
    (DRAFTED_BY_JANE, by(IN_PLACE), policy("ncnd"), Refusal.NOT_IN_PLACE),
    (DRAFTED_BY_RUTH, by(IN_PLACE), policy("ncnd"), None),
]


@pytest.mark.parametrize(("case", "decision", "refusal"), APPROVALS)
def test_may_approve(case: Case, decision: Decision, refusal: Refusal | None) -> None:
    assert may_approve(case, decision, policy("ncnd")) is refusal


@pytest.mark.parametrize(("case", "decision", "rules", "refusal"), SEVERAL)
def test_may_approve_as_one_of_several(
    case: Case, decision: Decision, rules: Policy, refusal: Refusal | None
) -> None:
    assert may_approve(case, decision, rules) is refusal


def test_every_refusal_is_in_the_tables() -> None:
    tables = [one[-1] for one in (*APPROVALS, *SEVERAL)]
    assert set(tables) == {*Refusal, None}


def test_without_a_letter_there_is_nothing_to_wait_for() -> None:
    assert policy().turn(case_of(), TOM) is Turn.NOT_ASKED
    assert policy().wanted(case_of()) == ""
    assert against_person(case_of(), TOM, policy()) is Refusal.NO_LETTER


@pytest.mark.parametrize("state", LetterState)
def test_only_a_draft_or_a_held_letter_can_be_approved(state: LetterState) -> None:
    letter = replace(DRAFTED_BY_JANE.letters[0], state=state, held_by=TOM.address)
    case = replace(DRAFTED_BY_JANE, letters=(letter,))
    allowed = may_approve(case, by(TOM), policy()) is None
    assert allowed is (state in {LetterState.DRAFT, LetterState.ON_HOLD})


@pytest.mark.parametrize("drafter", [RUTH.address, "R.Rose@Old.example", "RUTH.ROSE@exampleshire.example"])  # fmt: skip
def test_four_eyes_are_two_people_not_two_addresses(drafter: str) -> None:
    ruth = replace(RUTH, aliases=("r.rose@old.example",))
    case = case_of(drafted(), by=drafter)
    assert may_approve(case, by(ruth), policy("ncnd")) is Refusal.OWN_DRAFT
    assert may_approve(case, by(TOM), policy("ncnd")) is None


def test_a_kind_off_the_four_eyes_list_may_be_approved_by_its_drafter() -> None:
    assert may_approve(OTHER_KIND, by(RUTH), policy("refusal")) is None
    assert may_approve(OTHER_KIND, by(RUTH), policy("disclosure")) is Refusal.OWN_DRAFT


def test_no_configuration_takes_ncnd_off_the_list() -> None:
    assert may_approve(DRAFTED_BY_RUTH, by(RUTH), policy()) is Refusal.OWN_DRAFT
    assert {"ncnd", "ncnd-part"} <= ALWAYS_FOUR_EYES
    for kind in ("vexatious", "repeated"):
        assert needs_four_eyes(case_of(drafted(kind=kind, provisions=())).letters[0], [])
    assert needs_four_eyes(case_of(drafted()).letters[0], [])
    refusal = case_of(drafted(kind="refusal", provisions=())).letters[0]
    assert needs_four_eyes(refusal, ["refusal"])
    assert not needs_four_eyes(refusal, [])


def test_a_departure_from_ncnd_needs_a_second_person_whatever_its_kind() -> None:
    departs = replace(WARNED, rule="N-11")
    case = case_of(drafted(kind="disclosure", remarks=(departs,), provisions=()))
    assert needs_four_eyes(case.letters[0], [])


def test_only_the_holder_approves_a_held_letter_from_whatever_address() -> None:
    assert may_approve(case_of(drafted(), by=JANE.address), by(TOM), policy()) is None
    held = replace(HELD_BY_TOM.letters[0], drafter=JANE.address, held_by=TOM.aliases[0])
    case = replace(HELD_BY_TOM, letters=(held,))
    assert may_approve(case, by(TOM), policy()) is None
    assert may_approve(case, by(RUTH), policy()) is Refusal.HELD_BY_ANOTHER


def test_a_holder_who_drafted_the_letter_cannot_approve_it() -> None:
    assert may_approve(HELD_BY_TOM, by(TOM), policy()) is Refusal.OWN_DRAFT


def test_a_new_version_ends_a_hold() -> None:
    case = case_of(drafted(), le.PutOnHold(1), drafted(2), by=JANE.address)
    assert may_approve(case, by(TOM, 2), policy()) is None


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


@pytest.mark.parametrize("event", [le.PutOnHold(1), le.Rejected(1, "too long")])
@pytest.mark.parametrize("case", [DRAFTED_BY_JANE, HELD_BY_TOM])
def test_whatever_may_be_declined_the_lifecycle_allows(case: Case, event: e.Event) -> None:
    assert may_decline(case, by(TOM)) is None
    assert case.state in {State.AWAITING_APPROVAL, State.ON_HOLD}
    before = (drafted(), le.PutOnHold(1)) if case is HELD_BY_TOM else (drafted(),)
    assert case_of(*before, event).revision == case.revision + 1


def test_whatever_may_be_approved_the_lifecycle_allows() -> None:
    approved = case_of(drafted(), le.PutOnHold(1), example(le.Approved))
    assert approved.state is State.APPROVED


def test_an_auditor_decides_nothing() -> None:
    auditor = replace(TOM, roles=frozenset({Role.AUDITOR, Role.OFFICER}))
    assert may_approve(DRAFTED_BY_JANE, by(auditor), policy()) is Refusal.NOT_APPROVER
    assert may_decline(DRAFTED_BY_JANE, by(auditor)) is Refusal.NOT_APPROVER


@pytest.mark.parametrize("cited", ["14(1)", "23(1)", "24(1)", "24(2)", "36(2)(b)(i)", "36(3) x"])
def test_nobody_answers_alone_on_a_sensitive_section(cited: str) -> None:
    opinion = OpinionRecorded(("36(2)(b)(i)", "36(3)"), date(2021, 1, 4), "Ann Able")
    draft = drafted(kind="part", provisions=("31(1)(a)", cited))
    case = case_of(opinion, draft, by=RUTH.address)
    assert may_approve(case, by(RUTH), policy()) is Refusal.OWN_DRAFT
    assert may_approve(case, by(TOM), policy()) is None


@pytest.mark.parametrize("cited", ["31(1)(a)", "40(2) with 40(3A)", "140(1)", "2(4)"])
def test_another_section_is_not_mistaken_for_one(cited: str) -> None:
    case = case_of(drafted(kind="part", provisions=(cited,)), by=RUTH.address)
    assert may_approve(case, by(RUTH), policy()) is None
