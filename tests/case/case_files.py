"""Ready case files for tests: the seed request, and walks through the lifecycle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from foibot.case import clock_events as cl
from foibot.case import events as e
from foibot.case import letter_events as le
from foibot.case.approval_events import ApprovalGiven
from foibot.case.case import Case, State
from foibot.case.enclosure import Enclosure
from foibot.case.lifecycle import NEUTRAL, TABLE, apply, can_happen, fold
from foibot.case.parts import PartDecided, PartOutcome
from foibot.case.questions import Question
from foibot.case.remarks import Remark, open_place

REFERENCE = "000042/20"
RECEIVED_AT = datetime(2020, 12, 8, 9, 30, tzinfo=UTC)
DUE = date(2021, 1, 11)
JANE = "jane.orange@exampleshire.example"
TOM = "tom.teal@exampleshire.example"
RUTH = "ruth.rose@exampleshire.example"


def received(**changes: object) -> e.Received:
    """The request of Tuesday 8 December 2020, due on Monday 11 January 2021."""
    facts: dict[str, object] = {
        "reference": REFERENCE,
        "number": 42,
        "year": 2020,
        "regime": "foia",
        "received": date(2020, 12, 8),
        "received_at": RECEIVED_AT,
        "receipt_basis": "our server's Received line",
        "due": DUE,
        "message_sha256": "a" * 64,
        "message_id": "<m1@elsewhere.example>",
        "references": ("<m0@elsewhere.example>",),
        "requester_address": "sam@elsewhere.example",
        "requester_name": "Sam Smith",
        "subject": "Surveillance equipment",
        "request_text": "Do you own any?",
    }
    return e.Received(**{**facts, **changes})  # type: ignore[arg-type]


ADVICE = Remark("L-10", "", "the letter offers no other format", "Offer one.", needs_reason=False)
WARNED = Remark("N-24", "this information may", "it takes the information for granted", "Write 'any'.")  # fmt: skip

UNFINISHED = open_place("searched", "how you looked", "Say where.")


def drafted(
    version: int = 1,
    kind: str = "ncnd",
    remarks: tuple[Remark, ...] = (ADVICE,),
    provisions: tuple[str, ...] = ("23(5)", "31(3)"),
) -> le.Drafted:
    return le.Drafted(
        version,
        kind,
        fingerprint=f"{version:064x}",
        mail_sha256="b" * 64,
        provisions=provisions,
        recipient="sam@elsewhere.example",
        slots=(("harm", "It would help offenders."),),
        remarks=remarks,
    )


def example(kind: type[e.Event], version: int = 1) -> e.Event:
    """An event of this kind with every field filled in."""
    if kind is e.Received:
        return received()
    if kind is le.Drafted:
        return drafted(version)
    values = {
        "int": version,
        "str": "some words",
        "bool": True,
        "datetime": RECEIVED_AT + timedelta(days=3),
        "date": date(2020, 12, 11),
        "datetime | None": RECEIVED_AT + timedelta(days=4),
        "date | None": None,
        "tuple[str, ...]": ("one", "two"),
        "tuple[Enclosure, ...]": (Enclosure("opinion.pdf", 24, "ab" * 32),),
        "tuple[Question, ...]": (
            Question("1", "How many?"),
            Question("2(a)", "Since when?", "Of them:"),
        ),
        "tuple[PartDecided, ...]": (
            PartDecided("1", PartOutcome.DISCLOSE, (), "There were 12."),
            PartDecided("2(a)", PartOutcome.REFUSE, ("40(2)",)),
        ),
    }
    if "clock" in kind.__dataclass_fields__:
        values["str"] = "review"
    return kind(**{field.name: values[str(field.type)] for field in fields(kind)})


def chain(events: Sequence[e.Event], by: str = JANE) -> list[e.Recorded]:
    """These events as they would stand in the record, an hour apart."""
    return [
        e.Recorded(seq, RECEIVED_AT + timedelta(hours=seq), REFERENCE, by, "", event, f"{seq:064x}")
        for seq, event in enumerate(events, start=1)
    ]


def case_of(*events: e.Event, by: str = JANE, given: str = "") -> Case:
    """The case that a request and these events leave; `given` is who has approved version 1 besides."""
    done = chain([received(), *events], by)
    if given:
        approval = ApprovalGiven(1, f"{1:064x}")
        done.append(
            e.Recorded(99, RECEIVED_AT + timedelta(days=9), REFERENCE, given, "", approval, "f")
        )
    case = fold(done)
    assert case is not None
    return case


TO_REACH: dict[State, tuple[e.Event, ...]] = {
    State.OPEN: (),
    State.AWAITING_APPROVAL: (drafted(),),
    State.ON_HOLD: (drafted(), le.PutOnHold(1)),
    State.APPROVED: (drafted(), example(le.Approved)),
    State.ANSWERED: (drafted(), example(le.Approved), le.LetterSent(1, "<l1@x.example>", "250 ok")),
    State.DELIVERY_FAILED: (drafted(), example(le.Approved), le.LetterRefused(1, "550 no")),
    State.DELIVERY_UNCERTAIN: (drafted(), example(le.Approved), le.LetterUncertain(1, "lost")),
    State.WAITING: (
        drafted(kind="clarification"),
        example(le.Approved),
        le.InterimSent(1, "<l1@x.example>", "250 ok"),
        example(cl.ClarificationAsked),
    ),
    State.WITHDRAWN: (e.Withdrawn(),),
    State.NOT_FOI: (e.FoundNotFoi("a job application"),),
}
TO_REACH[State.REOPENED] = (*TO_REACH[State.ANSWERED], example(cl.ClockStarted))
ASKED_FOR_A_FEE = (*TO_REACH[State.WAITING][:-1], example(cl.FeeAsked))
TO_REACH[State.LAPSED] = (*TO_REACH[State.WAITING], e.Lapsed())


_LATER_LETTERS = {State.REOPENED: "review-outcome", State.LAPSED: "lapse"}


def _next(kind: type[e.Event], case: Case, version: int) -> e.Event:
    """The next event of this kind on a case that has so many versions."""
    if kind is le.Drafted:
        return drafted(version + 1, _LATER_LETTERS.get(case.state, "ncnd"))
    return example(kind, version)


@st.composite
def walks(draw: st.DrawFn) -> list[e.Event]:
    """A request and then any events that its lifecycle allows, one after the other."""
    events: list[e.Event] = [received()]
    case, version = case_of(), 0
    for _ in range(draw(st.integers(0, 15))):
        steps = {kind for at, kind in TABLE if at is case.state} | NEUTRAL
        possible = [kind for kind in steps if can_happen(case, _next(kind, case, version))]
        kind = draw(st.sampled_from(sorted(possible, key=lambda one: one.__name__)))
        events.append(_next(kind, case, version))
        version += kind is le.Drafted
        case = apply(case, chain(events)[-1])
    return events
