"""A message that could not be placed: the cases it may belong to, the likeliest first, each with its reasons."""

from __future__ import annotations

from dataclasses import replace

from foibot.case.case import Case, Requester, State
from foibot.case.suggestions.guesses import Candidate, candidate, guesses
from tests.case.case_files import case_of


def case(number: int, address: str = "sam@x.example", name: str = "Sam Smith") -> Case:
    return replace(
        case_of(),
        number=number,
        reference=f"{number:06}/20",
        requester=Requester(address, name),
    )


def seen(one: Case, **found: object) -> Candidate:
    given: dict[str, object] = {
        "in_subject": (), "in_text": (), "sender": "", "name": "", "same_topic": (), **found
    }  # fmt: skip
    return candidate(one, **given)  # type: ignore[arg-type]


def test_each_reason_is_told() -> None:
    reference = case(1).reference
    every = seen(
        case(1),
        in_subject=(reference,),
        in_text=(reference,),
        sender="SAM@x.example",
        name="sam smith",
        same_topic=(reference,),
        in_thread=(reference,),
    )
    (guess,) = guesses([every])
    assert guess.reference == reference
    assert guess.why.split(", ") == [
        "its subject names the case",
        "it comes from the requester's address",
        "a mail of it has the Message-ID that this one answers",
        "its text names the case",
        "it has the same subject",
        "the sender has the requester's name",
    ]


def test_nothing_in_common_is_no_guess() -> None:
    assert guesses([seen(case(1)), seen(case(2, "", ""))]) == ()


def test_what_weighs_more_comes_first_and_three_are_enough() -> None:
    several = [seen(case(number), sender="sam@x.example") for number in (1, 2, 3)]
    named = seen(case(4, "b@x.example", "Bo"), in_subject=("000004/20",))
    assert [one.reference for one in guesses([*several, named])] == [
        "000004/20",
        "000003/20",
        "000002/20",
    ]


def test_an_open_case_comes_before_a_closed_one() -> None:
    closed = replace(case(2), state=State.ANSWERED)
    found = guesses([seen(closed, sender="sam@x.example"), seen(case(1), sender="sam@x.example")])
    assert [one.reference for one in found] == ["000001/20", "000002/20"]
