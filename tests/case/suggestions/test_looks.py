"""The lines that an officer reads about a new message, and the orders beside them."""

from __future__ import annotations

from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foibot.case.suggestions.looks import Looks, looks
from foibot.commands import ALONE, VERBS
from foibot.commands.command import Order
from foibot.commands.grammar import read_order
from foibot.mail.message import IncomingMail
from foibot.mail.parse import parse

BOTH = ("foia", "eir")
PLATFORM = "request-123456-abcdef01@whatdotheyknow.com"


def mail(
    text: str, *, sender: str = "Sam Smith <sam@citizens.example>", cc: str = ""
) -> IncomingMail:
    raw = EmailMessage()
    raw["From"], raw["To"], raw["Subject"] = sender, "foi@exampleshire.example", "A question"
    if cc:
        raw["Cc"] = cc
    raw.set_content(text)
    parsed = parse(raw.as_bytes())
    assert isinstance(parsed, IncomingMail)
    return parsed


def seen(text: str, law: str = "foia", laws: tuple[str, ...] = BOTH, **given: str) -> Looks:
    return looks(mail(text, **given), law, laws, ("exampleshire.example",))


def test_an_ordinary_request_has_nothing_to_show() -> None:
    assert seen("How many chairs do you own?") == Looks()


@pytest.mark.parametrize(
    ("law", "laws", "order"),
    [
        ("foia", BOTH, "regime eir"),
        ("foisa", ("foisa", "eisr"), "regime eisr"),
        ("foia", ("foia",), ""),
    ],
)
def test_the_order_for_environmental_information_is_that_of_the_country(
    law: str, laws: tuple[str, ...], order: str
) -> None:
    found = seen("How many bats live in the barn?", law, laws)
    (line,) = found.suggestions
    assert line.startswith("Probably a request for environmental information: “bats”. ")
    assert line.endswith(f'If so, the order is "{order}".') is bool(order)
    assert [one for one, _ in found.orders] == ([order] if order else [])


def test_under_the_environmental_regulations_that_is_no_news() -> None:
    assert seen("How many bats live in the barn?", "eir") == Looks()


def test_what_is_not_sure_is_perhaps() -> None:
    (line,) = seen("Which vehicles use diesel?").suggestions
    assert line.startswith("Perhaps a request for environmental information")
    assert '"regime eir"' in line


def test_an_order_is_offered_for_what_is_probable_alone() -> None:
    assert seen("Which vehicles use diesel?").orders == ()


def test_more_than_one_kind_is_two_clocks() -> None:
    found = seen("Everything you hold about me, and the emissions of the mill.").suggestions
    assert len(found) == 3
    assert found[-1].startswith("It may be of more than one kind")


def test_a_threat_fills_the_places_without_a_usual_one() -> None:
    text = "I will kill myself. Emissions, sewage. Everything you hold about me."
    assert all(line.startswith("Probably") for line in seen(text).suggestions[:3])


def test_v20_v22_v23_v24_where_it_comes_from_is_told() -> None:
    found = seen("How many chairs?", sender=f"Sam Smith <{PLATFORM}>", cc="foi@other.gov.uk")
    assert "published at once" in found.origin[0]
    assert "cannot be taken back" in found.origin[0]
    assert "hidden data in every file" in found.origin[0]
    assert "not for a person" in found.origin[1]
    assert "other.gov.uk" in found.origin[2]
    assert "no ground to refuse" in found.origin[2]


def test_an_earlier_case_is_named() -> None:
    found = looks(mail("How many chairs?"), "foia", BOTH, ("exampleshire.example",), "000001/20")
    assert found.origin == (
        "Case 000001/20 was asked in the same words. See what was answered there.",
    )


def test_a_message_without_a_clean_sender_can_be_shown() -> None:
    found = seen("How many chairs do you own?", sender="a@b.example, c@d.example")
    assert "the name: none was found" in found.checklist[0]


def test_a_missing_description_offers_a_question() -> None:
    assert [order for order, _ in seen("hello").orders] == ["clarify"]


TELLING = st.sampled_from(
    [
        "I will kill myself.",
        "The decision notice of the tribunal.",
        "This is a letter before claim.",
        "A press enquiry.",
        "A formal complaint about PC 1.",
        "I ask for an internal review.",
        "My medical records.",
        "The sewage.",
        "Your opening hours.",
    ]
)


@given(st.lists(TELLING, max_size=4).map(" ".join))
def test_every_order_that_is_offered_can_be_read_and_stands_in_its_line(text: str) -> None:
    found = seen(text)
    for order, does in found.orders:
        assert isinstance(read_order(order, "", VERBS, ALONE), Order)
        assert does
        named = f'the order is "{order}"' if order != "clarify" else f'order "{order}"'
        assert any(named in line for line in (*found.suggestions, *found.checklist))
