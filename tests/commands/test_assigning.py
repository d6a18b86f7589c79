"""`assign`, `accept` alone and `not mine`: a case changes hands only by the words of those concerned."""

from __future__ import annotations

from dataclasses import replace

import pytest

from foibot.case import colleague_events as c
from foibot.case.case import State
from foibot.case.events import Event
from foibot.case.outcome import Audience, Outcome
from foibot.commands.command import Situation
from foibot.commands.people import Named, address_in, person_in
from foibot.officers.roster import Officer, Role, Roster
from tests.case.case_files import JANE as JANES
from tests.case.case_files import TO_REACH, WARNED, drafted
from tests.samples import CLERK, JANE, OFFICE, TOM, decided, situation, why, would_work

TO_CLERK = c.Assigned(CLERK.address)
TO_JANE = c.Assigned(JANES)
TAKEN = c.AssignmentAccepted()


def heard(outcome: Outcome) -> list[tuple[str, str]]:
    """Who hears what: the kind of each notice and its reader."""
    return [
        (one.kind, one.person or ("me" if one.to is Audience.ORDERING_OFFICER else one.to.name))
        for one in outcome.notices
    ]


@pytest.mark.parametrize(
    "line",
    [
        f"assign {CLERK.address}",
        "assign Cleo Clerk",
        "assign cleo",
        "assign to Clerk.",
        "assign: CLERK@exampleshire.example",
        f"assign Cleo Clerk <{CLERK.address}>",
        f"assign {CLERK.address}<mailto:{CLERK.address}>",
        f"assign <mailto:{CLERK.address}>",
    ],
)
def test_somebody_is_given_the_case_by_address_or_name(line: str) -> None:
    outcome = decided(line, situation(), "It is short.\n\nTom")
    assert outcome.events == (TO_CLERK,)
    assert heard(outcome) == [("assigned", CLERK.address), ("answer", "me")]
    assert outcome.notices[0].facts == {"by": "Tom Teal", "note": "It is short."}
    assert would_work(outcome) == ["accept", "not mine: your reason", "show", "help"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("assign", "does not say who"),
        ("assign harry", "Nobody on the list of officers is called harry"),
        ("assign harry@elsewhere.example", "is called harry@elsewhere.example"),
        ("assign ruth", "not with the role officer"),
    ],
)
def test_a_case_goes_only_to_an_officer_of_the_list(line: str, words: str) -> None:
    outcome = decided(line, situation())
    assert outcome.refusal == "person"
    assert words in why(outcome)
    assert would_work(outcome) == [f"assign {JANES}", f"assign {CLERK.address}"]
    assert would_work(decided(line, situation(TO_CLERK)))[-1] == "assign nobody"


@pytest.mark.parametrize("before", [(), (TO_JANE,), (TO_JANE, TAKEN), (TO_CLERK,)])
@pytest.mark.parametrize("who", [JANE, CLERK, TOM])
@pytest.mark.parametrize("line", ["assign me, thanks", "assign harry", "assign ruth"])
def test_every_line_that_is_suggested_would_work(
    line: str, who: Officer, before: tuple[Event, ...]
) -> None:
    lines = would_work(decided(line, situation(*before, officer=who)))
    to_me = {JANE: TO_JANE, CLERK: TO_CLERK}.get(who)
    assert ("assign me" in lines) is (to_me is not None and to_me not in before)
    assert [one for one in lines if decided(one, situation(*before, officer=who)).refusal] == []


def test_a_name_that_fits_two_people_is_asked_back() -> None:
    two = Roster((JANE, replace(CLERK, name="Jane Clerk"), TOM))
    outcome = decided("assign jane", replace(situation(), roster=two))
    assert f"{JANES} and {CLERK.address}: write the address" in why(outcome)


def test_nobody_is_nobody() -> None:
    assert decided("assign nobody", situation()).refusal == "assigned"
    back = decided("assign nobody", situation(TO_CLERK))
    assert back.events == (c.AssignmentEnded(),)
    assert heard(back) == [("answer", "me"), ("answer", CLERK.address)]
    mine = decided("assign no one", situation(TO_JANE, officer=JANE))
    assert heard(mine) == [("answer", "me")]
    assert decided("assign nobody", situation(c.Assigned(JANES), c.AssignmentEnded())).refusal


@pytest.mark.parametrize(
    ("line", "before", "went"),
    [
        ("assign nobody", (TO_CLERK,), True),
        ("assign nobody", (TO_JANE,), False),
        ("assign me", (TO_CLERK,), True),
        ("assign me", (), False),
        ("assign me", (TO_JANE,), False),
        ("assign me", (TO_JANE, TAKEN), False),
        ("assign cleo", (TO_CLERK,), False),
        ("assign cleo", (TO_JANE,), True),
    ],
)
def test_words_under_an_order_reach_somebody_or_are_said_to_have_reached_nobody(
    line: str, before: tuple[Event, ...], went: bool
) -> None:
    outcome = decided(line, replace(situation(*before, officer=JANE)), "She is on leave.\n\nJane")
    mine, others = [
        " ".join(str(one.facts) for one in outcome.notices if (one.to is Audience.PERSON) is person)
        for person in (False, True)
    ]
    assert ("Your note went with it: “She is on leave.”" in mine) is went
    assert ("went to nobody: “She is on leave.”" in mine) is not went
    assert ("She is on leave." in others) is went
    assert "on leave" not in str(decided(line, situation(*before, officer=JANE)).notices)


def test_a_finished_case_is_assigned_to_nobody() -> None:
    for line in ("assign cleo", "accept", "not mine: no"):
        outcome = decided(line, situation(*TO_REACH[State.ANSWERED]))
        assert "nothing left to assign" in why(outcome)


def test_who_had_it_hears_that_it_went_on() -> None:
    outcome = decided("assign cleo", situation(TO_JANE, TAKEN))
    assert heard(outcome) == [("assigned", CLERK.address), ("answer", "me"), ("answer", JANES)]
    assert "given to Cleo Clerk" in str(outcome.notices[2].facts)
    again = decided("assign cleo", situation(TO_CLERK))
    assert again.events == ()
    assert "who has not accepted it yet; nothing has changed" in str(again.notices[0].facts)


def test_an_officer_takes_a_case_in_one_step() -> None:
    for line in ("accept", "assign me", "assign Cleo"):
        outcome = decided(line, situation(officer=CLERK))
        assert outcome.events == (TO_CLERK, TAKEN)
        assert heard(outcome) == [("answer", "me")]
    over = decided("assign me", situation(TO_JANE, officer=CLERK))
    assert over.events == (TO_CLERK, TAKEN)
    assert heard(over) == [("answer", "me"), ("answer", JANES)]


def test_accept_alone_takes_on_what_was_offered_and_tells_who_offered_it() -> None:
    outcome = decided("accept", situation(TO_CLERK, officer=CLERK), "Thanks\n\nCleo")
    assert outcome.events == (TAKEN,)
    assert heard(outcome) == [("answer", "me"), ("answer", JANES)]
    assert "Cleo Clerk has taken the case on." in str(outcome.notices[1].facts)
    assert decided("assign me", situation(TO_CLERK, officer=CLERK)).events == (TAKEN,)
    again = decided("accept", situation(TO_CLERK, TAKEN, officer=CLERK))
    assert (again.events, heard(again)) == ((), [("answer", "me")])
    assert decided("accept", situation(c.AssignmentEnded(), officer=CLERK)).events == (
        TO_CLERK,
        TAKEN,
    )


def test_accept_alone_that_meant_a_warning_is_shown_both_lines() -> None:
    warned = situation(drafted(remarks=(WARNED,)), officer=CLERK)
    outcome = decided("accept", warned)
    assert would_work(outcome) == ["accept N-24 v1: your reason", f"assign {CLERK.address}"]
    assert "write its rule, the version and your reason" in why(outcome)
    offered = situation(TO_CLERK, drafted(remarks=(WARNED,)), officer=CLERK)
    assert decided("accept", offered).events == (TAKEN,)
    assert would_work(decided("accept it gladly", offered)) == [
        "accept",
        "accept N-24 v1: your reason",
        "show",
    ]


@pytest.mark.parametrize(
    ("at", "check", "words"),
    [
        (situation(), "role", "needs the rule, the version and your reason"),
        (situation(TO_JANE, TAKEN, officer=CLERK), "assigned", "The case is with Jane Orange."),
    ],
)
def test_nobody_takes_on_what_is_not_theirs(at: Situation, check: str, words: str) -> None:
    outcome = decided("accept", at)
    assert outcome.refusal == check
    assert words in why(outcome)


def test_it_is_given_back_with_a_reason_to_whoever_assigned_it() -> None:
    outcome = decided("not mine: try Licensing", situation(TO_CLERK, officer=CLERK), "They know.")
    assert outcome.events == (c.AssignmentDeclined("try Licensing\nThey know."),)
    assert heard(outcome) == [("given-back", JANES), ("answer", "me")]
    assert would_work(outcome) == ["accept", "show"]
    own = decided("not mine: a conflict", situation(TO_JANE, TAKEN, officer=JANE))
    assert heard(own) == [("given-back", "OFFICERS")]
    left = replace(situation(TO_CLERK, officer=CLERK), roster=Roster((CLERK, TOM)))
    assert heard(decided("not mine: busy", left)) == [("given-back", "OFFICERS")]


@pytest.mark.parametrize(
    ("line", "at", "words"),
    [
        ("not mine", situation(TO_CLERK, officer=CLERK), "only given back with a reason"),
        ("not mine: your reason", situation(TO_CLERK, officer=CLERK), "with a reason"),
        ("not mine: no", situation(officer=CLERK), "Nobody has the case."),
        ("not mine: no", situation(TO_JANE, officer=CLERK), "with Jane Orange, who has not"),
    ],
)
def test_what_cannot_be_given_back_says_why(line: str, at: Situation, words: str) -> None:
    assert words in why(decided(line, at))


def test_an_address_is_read_as_mail_programs_leave_it() -> None:
    assert address_in("Harry <h@a.example>, 1 and 3") == Named("h@a.example", "1 and 3")
    assert address_in("h@a.example<mailto:h@a.example> 2(a)") == Named("h@a.example", "2(a)")
    assert address_in("h@a.example. by Friday") == Named("h@a.example", "by Friday")
    assert address_in("Harry") is None
    assert person_in("  : ", OFFICE) == person_in("", OFFICE)


def test_a_person_is_known_by_any_of_their_names() -> None:
    alias = Officer("j@a.example", "Jo Smith-Lee", "", frozenset(Role), ("jo.smith@b.example",))
    people = Roster((alias, TOM))
    for words in ("jo", "JO.SMITH", "smith-lee", "Jo  Smith-Lee", "j", "jo.smith@b.example"):
        assert people.named(words) == (alias,)
    assert people.named("") == ()
