"""What an officer would choose for a request is among the suggestions, and first in nearly all of them."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foibot.case.suggestions.route import ADVICE, Route
from foibot.case.suggestions.suggest import (
    plain_threats,
    review_words,
    safety_words,
    suggest,
)

FOLDER = Path(__file__).parent.parent / "requests"
LABELLED: list[dict[str, Any]] = [
    one
    for file in sorted(FOLDER.glob("*.toml"))
    for one in tomllib.loads(file.read_text("utf-8"))["request"]
]
FIRST_IN = 0.95


def first(one: dict[str, Any]) -> Route:
    return suggest(one["subject"], one["text"], one.get("files", ()))[0].route


def test_the_first_suggestion_is_nearly_always_what_an_officer_would_choose() -> None:
    assert len(LABELLED) >= 60
    assert {one["route"] for one in LABELLED} == set(Route)
    right = [one for one in LABELLED if first(one) == one["route"]]
    assert len(right) / len(LABELLED) >= FIRST_IN


@pytest.mark.parametrize(
    "one", [one for one in LABELLED if one["route"] == "foi"], ids=lambda one: one["subject"]
)
def test_a_request_for_information_is_never_taken_for_something_else_nor_raises_an_alarm(
    one: dict[str, Any],
) -> None:
    assert first(one) is Route.FOI
    assert safety_words(one["subject"], one["text"]) == ()


@pytest.mark.parametrize(
    "one", [one for one in LABELLED if one["route"] == "safety"], ids=lambda one: one["subject"]
)
def test_every_message_about_somebodys_safety_raises_the_alarm(one: dict[str, Any]) -> None:
    assert safety_words(one["subject"], one["text"])


@pytest.mark.parametrize(
    "one",
    [one for one in LABELLED if one["route"] != "safety"],
    ids=lambda one: one["subject"],
)
def test_no_other_message_raises_it(one: dict[str, Any]) -> None:
    assert safety_words(one["subject"], one["text"]) == ()


def test_a_suggestion_says_what_speaks_for_it() -> None:
    eir, foi = suggest("FOI", "How much waste was sent to landfill? And to landfill?")
    assert (eir.route, eir.score, eir.sure) == (Route.EIR, 4, True)
    assert [(one.words, one.strong) for one in eir.signals] == [
        ("landfill", True),
        ("waste", False),
    ]
    assert (foi.route, foi.score) == (Route.FOI, 4)


def test_without_a_sign_it_is_a_request_for_information() -> None:
    (only,) = suggest("", "Chairs")
    assert (only.route, only.score, only.signals, only.sure) == (Route.FOI, 0, (), False)


def test_two_weak_signs_come_after_the_usual_and_one_is_not_shown() -> None:
    assert [one.route for one in suggest("", "Which vehicles use diesel?")] == [
        Route.FOI,
        Route.EIR,
    ]
    assert [one.route for one in suggest("", "Which vehicles are red?")] == [Route.FOI]


def test_there_are_at_most_three_and_danger_stands_first() -> None:
    text = "I will kill myself. Sewage, landfill. Everything you hold about me. Internal review."
    routes = [one.route for one in suggest("", text)]
    assert routes[0] is Route.SAFETY
    assert len(routes) == 3


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("How many people made a complaint about an officer in 2019?", [Route.FOI, Route.COMPLAINT]),
        ("I want to make a complaint about an officer.", [Route.COMPLAINT, Route.FOI]),
    ],
)  # fmt: skip
def test_asking_about_complaints_is_not_complaining(text: str, expected: list[Route]) -> None:
    assert [one.route for one in suggest("", text)][:2] == expected


@pytest.mark.parametrize(
    ("files", "route"),
    [
        (("scan of passport.jpg",), Route.FOI),
        (("passport.jpg", "Driving_Licence.pdf"), Route.SUBJECT_ACCESS),
        (("my-cv.docx", "invoice 12.pdf"), Route.BUSINESS),
        (("curriculum.cvs",), Route.FOI),
    ],
)
def test_the_names_of_files_are_weak_signs(files: tuple[str, ...], route: Route) -> None:
    assert suggest("", "", files)[-1].route is route


@pytest.mark.parametrize(
    ("subject", "text", "found"),
    [
        ("", "I am suicidal", ("I am suicidal",)),
        ("Suicide", "", ("Suicide",)),
        ("", "There is a threat to life.", ("threat to life",)),
        ("FOI", "suicide figures", ()),
        ("FOI", "He will kill me. Suicide.", ("kill me",)),
        ("Emergency planning", "Please send the plan.", ()),
        ("", "That is a waste of police time. Kill the weeds.", ("Kill",)),
    ],
)
def test_a_plain_threat_always_counts_and_a_single_word_where_nothing_is_asked(
    subject: str, text: str, found: tuple[str, ...]
) -> None:
    assert safety_words(subject, text) == found


def test_in_a_further_message_plain_threats_alone_count() -> None:
    assert plain_threats("I meant suicide in custody only.") == ()
    assert plain_threats("I want to end my life") == ("end my life",)
    assert plain_threats("Thanks") == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I am not happy with your reply.", ("not happy with your reply",)),
        ("I appeal.", ("appeal",)),
        ("Thank you for your help.", ()),
        ("Here is the date you asked for: 3 March.", ()),
    ],
)
def test_any_word_of_discontent_may_ask_for_a_review(text: str, found: tuple[str, ...]) -> None:
    assert review_words(text) == found


def test_every_route_has_its_advice() -> None:
    assert set(ADVICE) == set(Route)
    for advice in ADVICE.values():
        assert advice.name
        assert advice.does
        assert advice.what.endswith(".")


@given(st.text(), st.text(), st.lists(st.text(), max_size=3))
def test_any_message_gives_one_to_three_suggestions(
    subject: str, text: str, files: list[str]
) -> None:
    found = suggest(subject, text, files)
    assert 1 <= len(found) <= 3
    assert len({one.route for one in found}) == len(found)


SAMPLE = """i am going to kill myself how many suicide sewage about me my records internal review
not satisfied with your foi planning application opening hours lost wallet complaint letter before claim
press office decision notice of the"""
WORDS = st.lists(st.sampled_from(SAMPLE.split()), max_size=40).map(" ".join)


@given(WORDS, WORDS)
def test_more_words_never_silence_a_plain_threat(before: str, after: str) -> None:
    assert safety_words(before, f". I want to end my life today. {after}")
