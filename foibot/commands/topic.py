"""`topic NAME`: lists a subject that is always neither confirmed nor denied, whether or not anything is held; no I/O."""

from __future__ import annotations

import re
from typing import Final

from foibot.case.events import TopicListed, TopicStruck
from foibot.case.outcome import NoticeWanted, Outcome
from foibot.case.precedents import NCND, Topic
from foibot.case.suggestions.likeness import phrase_in, words_in
from foibot.commands.command import Command, Group, Order, Situation, Text, answer, refuse
from foibot.commands.grammar import own_words, read_back
from foibot.officers.roster import Role

_EXAMPLE: Final = "topic counter-terrorism: terrorist attack, thwarted plot"
_LISTS: Final = (_EXAMPLE, "lists a topic with the phrases it is recognised by")
_LONGEST_NAME, _LONGEST_PHRASE, _MOST = 60, 80, 50
_OFF: Final = re.compile(r"off\b[\s:.,-]*", re.IGNORECASE)


def decide(order: Order, at: Situation) -> Outcome:
    """Listed, or taken off with a reason, or the register; or refused with what is missing."""
    name, _, said = (part.strip() for part in order.rest.partition(":"))
    words = "\n".join(part for part in (said, own_words(order.text, at.officer.name)) if part)
    if not name:
        return Outcome(notices=(_register(at),))
    known = {topic.name.casefold(): topic.name for topic in at.topics}
    off = _OFF.match(words)
    if off:
        return _struck(order, known.get(name.casefold(), ""), words[off.end() :].strip())
    phrases = tuple(dict.fromkeys(" ".join(one.split()) for one in re.split(r"[,;\n]", words) if one.strip()))  # fmt: skip
    problem = _problem(name, phrases)
    if problem:
        return refuse("topic", order, [problem], _LISTS)
    return _listed(known.get(name.casefold(), name), phrases, at)


def _problem(name: str, phrases: tuple[str, ...]) -> str:
    if len(name) > _LONGEST_NAME:
        return f"The name of a topic has at most {_LONGEST_NAME} characters."
    if not phrases:
        return "A topic needs the phrases it is recognised by, after a colon or on the lines under the order."
    if len(phrases) > _MOST or any(len(one) > _LONGEST_PHRASE for one in phrases):
        return f"A topic has at most {_MOST} phrases of {_LONGEST_PHRASE} characters."
    if any(len(list(words_in(one))) < 2 for one in phrases):
        return "A single word would be found in too many requests: each phrase needs two words at least."
    return ""


def _listed(name: str, phrases: tuple[str, ...], at: Situation) -> Outcome:
    letter = at.case.current
    provisions = " ".join(letter.provisions) if letter and letter.kind in NCND else ""
    text = tuple(words_in(f"{at.case.subject}\n{at.case.request_text}"))
    here = any(phrase_in(one, text) for one in phrases)
    told = answer(
        "Topic listed",
        [
            f"Every request on “{name}” is now proposed to be neither confirmed nor denied, whether or not anything is held.",
            "Officers are told when one comes in. An answer that departs from it needs a reason and a second person.",
            "The request of this case holds one of the phrases." if here else "The request of this case holds none of the phrases.",
        ],
        (f"topic {name}: off: your reason", "takes it off the register"),
        facts=phrases,
    )  # fmt: skip
    return Outcome(events=(TopicListed(name, phrases, provisions),), notices=(told,))


def _struck(order: Order, name: str, why: str) -> Outcome:
    if not name:
        return refuse("topic", order, ["There is no such topic."], ("topic", "shows the register"))
    if len(why) < 8 or why == "your reason":
        problem = "The reason is missing, or too short for anybody to follow later."
        return refuse(
            "topic", order, [problem], (f"topic {name}: off: your reason", "takes it off")
        )
    said = [
        f"“{name}” is no longer on the register of topics.",
        f"Your reason is in the record: {read_back(why)}",
    ]
    told = answer("Topic taken off", said)
    return Outcome(events=(TopicStruck(name, why),), notices=(told,))


def _register(at: Situation) -> NoticeWanted:
    return answer(
        "The register of topics",
        [
            "Requests on these topics are always neither confirmed nor denied, and so are requests like one that was."
            if at.topics
            else "No topic is listed. Requests like one that was neither confirmed nor denied are pointed out all the same."
        ],
        _LISTS,
        facts=[_line(topic) for topic in at.topics],
    )


def _line(topic: Topic) -> str:
    on = f", on {topic.provisions}" if topic.provisions else ""
    return f"{topic.name}{on}: {', '.join(topic.phrases)}"


COMMAND = Command(
    verb="topic",
    form="topic NAME",
    does="with phrases after a colon or on the lines under it: lists a subject that is always neither confirmed nor denied; alone, shows the register",
    example=_EXAMPLE,
    who=frozenset({Role.OFFICER, Role.APPROVER}),
    text=Text.OPTIONAL,
    decide=decide,
    group=Group.CASE,
)
