"""Several orders on one mail, carried out one after the other until one is refused; one transcript goes back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from foibot.case.outcome import Audience, NoticeWanted
from foibot.commands import ALONE, VERBS
from foibot.commands.grammar import verb_of
from foibot.commands.placing import read_placing
from foibot.commands.series import PLACING, STANDS_ALONE, Line, Series, read_series
from foibot.desk.about import About
from foibot.desk.not_obeyed import Answer, named_case
from foibot.desk.office import Office
from foibot.desk.record import FOLDED, notify, once_an_hour
from foibot.letters.escape import Fragment
from foibot.mail.triage import Disposition
from foibot.officers.authenticate import Identified
from foibot.store.transaction import Transaction

_SHOW = (("show", "sends you the case and its letter"),)
_AGAIN = "was not tried"
_WITH_TEXT = "was not tried; the text that stood under it belongs under it again"
_APART = "What it asks for comes in a mail of its own."
_WHY_APART = "A mail of its own says why."
_ENDED = "An order that is refused ends the mail, so that nothing was done after it."
_STOPPED = "The letter was dealt with at once, and nothing else: `stop` stands alone on its mail."


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of one order: as it is filed, and what its officer is told, instead of by a mail of its own."""

    answer: Answer
    told: tuple[NoticeWanted, ...]


def series_in(tx: Transaction, who: Identified, line: str, text: str) -> Series:
    """The orders of a mail; each names its case, where the mail answers a notice that is about none."""

    def verb_and_rest(words: str) -> tuple[str, str]:
        if read_placing(words) is not None:
            return PLACING, ""
        _, order = named_case(tx, words, who.case)
        verb = verb_of(order, VERBS, ALONE)
        return verb, " ".join(order.split())[len(verb) :].strip() if verb else ""

    return read_series(line, text, who.officer.name, verb_and_rest, VERBS)


def are_several(series: Series) -> bool:
    """Whether there is more on a mail than its first order."""
    return len(series.orders) > 1 or bool(series.unread)


def in_order(
    tx: Transaction,
    office: Office,
    who: Identified,
    series: Series,
    carry_out: Callable[[Line], Carried],
    now: datetime,
) -> Answer:
    """Carry out the orders until one is refused; the disposition, rule, evidence and case of the mail."""
    done: list[tuple[Line, Carried]] = []
    left = list(series.orders)
    while left and not (done and _refused(done[-1][1])):
        one = left.pop(0)
        verb = verb_of(named_case(tx, one.line, who.case)[1], VERBS, ALONE)
        several = len(series.orders) > 1
        decided_first = verb == "stop" and not done  # nobody is kept from stopping a letter
        if several and verb in STANDS_ALONE and not decided_first:
            done.append((one, _alone(one, verb)))
        else:
            done.append((one, carry_out(one)))
            if several and decided_first:
                break
    _tell(tx, office, who, done, left, series.unread, now)
    dispositions = [one.answer for _, one in done]
    last = dispositions[-1]
    return (
        last if _refused(done[-1][1]) else (Disposition.COMMAND, "E", last[2], dispositions[0][3])
    )


def _refused(one: Carried) -> bool:
    return one.answer[0] is Disposition.COMMAND_REFUSED


def refused_order(check: str, line: str, why: list[str]) -> Carried:
    """An order of several that was not looked at, and why."""
    told = NoticeWanted("order-refused", Audience.ORDERING_OFFICER, {"read": line, "why": why})
    return Carried((Disposition.COMMAND_REFUSED, check, line, ""), (told,))


def _alone(one: Line, verb: str) -> Carried:
    why = f"`{verb}` stands alone on its mail, so that nobody decides in passing. Send it by itself, in reply to the notice it is about."  # fmt: skip
    return refused_order("stands-alone", one.line, [why])


def _tell(
    tx: Transaction,
    office: Office,
    who: Identified,
    done: list[tuple[Line, Carried]],
    left: list[Line],
    unread: str,
    now: datetime,
) -> None:
    refusal = done[-1][1] if _refused(done[-1][1]) else None
    count = len(done) - bool(refusal)
    parts = [f"{count} done"] if count else []
    parts += ["1 refused"] if refusal else []
    parts += [f"{len(left)} not tried"] if left else []
    parts += ["1 not read"] if unread else []
    suggested = [line for one in (refusal.told if refusal else ()) for line in one.lines]
    again = [(one.line, _WITH_TEXT if one.text else _AGAIN) for one in left]
    notice = NoticeWanted(
        "transcript",
        Audience.ORDERING_OFFICER,
        {
            "orders": [_in_words(one, carried) for one, carried in done],
            "not_tried": (_ENDED if refusal else _STOPPED.replace("`", '"')) if left else "",
            "unread": unread,
            "summary": ", ".join(parts),
        },
        lines=tuple(dict([*suggested, *again]).items()) or (_SHOW if who.case else ()),
    )
    case = tx.cases.lock(who.case) if who.case else None
    # Where nothing was done it is said once an hour, as of one order: a mailbox may answer by itself.
    told = [notice] if count else once_an_hour([notice], f"several:{who.case}", now)
    notify(tx, office, told, About(case, now, who.officer))


def _in_words(one: Line, carried: Carried) -> dict[str, object]:
    facts = [dict(told.facts) for told in carried.told if told.kind in FOLDED]
    said = [
        each
        for told in facts
        for each in (*_texts(told.get("paragraphs")), *_texts(told.get("why")))
    ]
    listed = [each for told in facts for each in (*_texts(told.get("facts")), *_lists(told))]
    return {
        "line": one.line,
        "verdict": "Refused" if _refused(carried) else "Done",
        "said": said or [_WHY_APART if _refused(carried) else _APART],
        "facts": listed,
    }


def _lists(told: dict[str, object]) -> Iterable[str]:
    given = told.get("lists")
    for under in given if isinstance(given, list) else []:
        yield f"{under['title']}: {'; '.join(under['lines'])}"


def _texts(value: object) -> Iterable[str]:
    given = value if isinstance(value, list) else []
    return [one if isinstance(one, Fragment) else str(one).replace("`", '"') for one in given]
