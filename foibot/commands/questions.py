"""`questions`: shows the numbered questions of a request, or puts them right from the lines under it; no I/O."""

from __future__ import annotations

from foibot.case.events import QuestionsNumbered
from foibot.case.outcome import Outcome
from foibot.case.questions import MOST_QUESTIONS, Question, recognised
from foibot.commands.command import Command, Group, Order, Situation, Text, answer, refuse
from foibot.commands.decisions import SHOW
from foibot.commands.drafting import may_draft
from foibot.commands.grammar import own_words
from foibot.commands.numbered import key_of, questions_in, shown, twice
from foibot.law.dates import listed
from foibot.officers.roster import Role

EXAMPLE = (
    "questions",
    (
        "with each question on a line under it, behind its number, puts them right; "
        "with the word none under it, the request has no numbered questions"
    ),
)
_LONGEST = 2_000


def decide(order: Order, at: Situation) -> Outcome:
    """The questions as they are now; or told apart anew as the lines say; or what is wrong with the lines."""
    text = own_words(order.text, at.officer.name)
    if not text:
        return Outcome(
            notices=(answer("The questions", _as_they_are(at), EXAMPLE, facts=_facts(at)),)
        )
    stands_against = may_draft(at.case)
    if stands_against:
        return refuse("state", order, [stands_against], SHOW)
    if text.strip(" .").casefold() == "none":
        return _renumbered((), at)
    questions = questions_in(text)
    if isinstance(questions, str):
        why = [f"“{questions[:100]}” does not begin with the number of a question."]
        return refuse("questions", order, why, EXAMPLE)
    why = _problems(questions)
    return refuse("questions", order, why, EXAMPLE) if why else _renumbered(questions, at)


def _as_they_are(at: Situation) -> list[str]:
    if at.case.questions:
        return [
            "The request has these numbered questions. A letter answers each of them by its number."
        ]
    why = recognised(at.case.request_text).why
    return [f"The request counts as one question. {why}".strip()]


def _facts(at: Situation) -> list[str]:
    return [one.in_a_line for one in at.case.questions]


def _problems(questions: tuple[Question, ...]) -> list[str]:
    keys = [key_of(one.number) for one in questions]
    again = [shown(key) for key in twice(keys)]
    within = [
        one for one in keys if any(one != other and other[: len(one)] == one for other in keys)
    ]
    long = [one.number for one in questions if len(one.text) > _LONGEST]
    why = []
    if again:
        why.append(f"More than one line begins with {listed(again)}.")
    if within:
        why.append(
            f"{listed([shown(key) for key in within])} is a question of its own and is split into parts as well."
        )
    if long:
        why.append(f"Question {listed(long)} is longer than {_LONGEST} characters.")
    if len(questions) > MOST_QUESTIONS:
        why.append(
            f"There are {len(questions)} questions; at most {MOST_QUESTIONS} can be told apart."
        )
    return why


def _renumbered(questions: tuple[Question, ...], at: Situation) -> Outcome:
    event = QuestionsNumbered(len(questions), questions)
    if not questions:
        told = ["The request now counts as one question, and one outcome answers it."]
        return Outcome(events=(event,), notices=(answer("No numbered questions", told, EXAMPLE),))
    told = [
        "The request now has these numbered questions. A letter answers each of them by its number."
    ]
    strange = [
        one.number for one in questions if _flat(one.text) not in _flat(at.case.request_text)
    ]
    if strange:
        told.append(
            f"The words of {listed(strange)} do not stand in the request as it came. A letter quotes them "
            "as the requester's, so please check them."
        )
    facts = [one.in_a_line for one in questions]
    return Outcome(
        events=(event,),
        notices=(answer("The questions were put right", told, EXAMPLE, facts=facts),),
    )


def _flat(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in text.casefold()).split())


COMMAND = Command(
    verb="questions",
    form="questions",
    does="shows the numbered questions of the request; with each of them on a line under it, behind its "
    "number, puts them right",
    example="questions",
    who=frozenset({Role.OFFICER}),
    text=Text.OPTIONAL,
    decide=decide,
    group=Group.CASE,
    alone=True,
)
