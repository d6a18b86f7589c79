"""What every mail to an officer may say about a case, in words and escaped once; no I/O."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from urllib.parse import quote

from foibot.case.case import Case, State
from foibot.case.deadlines import working_days_late
from foibot.case.outcome import Listed
from foibot.case.working import (
    due_in_words,
    holidays_in_words,
    provisional,
    time_left,
    what_is_due,
    working_of,
)
from foibot.law.calendar import Working
from foibot.law.dates import in_words, london_date, moment_in_words, with_weekday
from foibot.law.regime import Regime
from foibot.letters.escape import Fragment, paragraphs, quotation
from foibot.mail.message import SHOWN

_OFFICERS_TEXT = frozenset({"why", "note"})
_STRANGERS_TEXT = frozenset({"text"})
_PERHAPS_TEXT = frozenset({"attached"})
_SENTENCES = frozenset({"why", "paragraphs"})
_TO_BE_WRITTEN = ": your "


def about_case(case: Case, regime: Regime, now: datetime) -> dict[str, object]:
    """The facts of a case that any notice may name, besides what was asked."""
    working, today = working_of(case, regime), london_date(now)
    return {
        "reference": case.reference,
        "subject": case.subject or "(no subject)",
        "requester": case.requester.name or "no name given",
        "requester_address": case.requester.address,
        "received": with_weekday(case.received),
        "receipt_basis": case.receipt_basis,
        "due": due_in_words(case, regime),
        "act": regime.act,
        "day": working.day_number(today),
        "days": working.working_days,
        "days_late": 0 if _is_not_ours(case) else working_days_late(case, regime, today),
        "due_is": what_is_due(case),
        "time_left": time_left(case, regime, today),
        "holidays": holidays_in_words(working),
        "warning": _warning(working),
        "provisional": provisional(case, regime),
        "state": case.state.value.replace("-", " "),
    }


def _is_not_ours(case: Case) -> bool:
    """Whether nobody here can be late with the case: it is closed, or the requester has the next word."""
    return case.finished or case.state is State.WAITING


def asked_in(case: Case) -> Fragment:
    """What was asked, as it is quoted in a notice."""
    return quotation(case.request_text or "(no text)")


def _warning(working: Working) -> str:
    theirs = working.england_and_wales_only
    if theirs == working.due:
        return ""
    return (
        f"A count with the bank holidays of England and Wales alone would give {in_words(theirs)}. "
        "The law leaves out bank holidays in every part of the United Kingdom."
    )


def in_notice(value: object) -> object:
    """A fact as a notice prints it: dates in words, a moment as the time in London, the rest as it is."""
    match value:
        case datetime():
            return moment_in_words(value)
        case date():
            return with_weekday(value)
        case _:
            return value


def own_facts(facts: Mapping[str, object]) -> dict[str, object]:
    """A notice's own facts: an officer's longer words as paragraphs, a stranger's as a quotation."""
    return {name: _own_fact(name, value) for name, value in facts.items()}


def _own_fact(name: str, value: object) -> object:
    match value:
        case str() if name in _OFFICERS_TEXT:
            return paragraphs(value)
        case str() if name in _STRANGERS_TEXT:
            return quotation(value[:SHOWN] if value.strip() else "(no text)")
        case str() if name in _PERHAPS_TEXT:
            return quotation(value[:SHOWN]) if value else ""
        case list() if name in _SENTENCES:
            return [_in_quotes(one) for one in value]
        case _:
            return in_notice(value)


def _in_quotes(sentence: str) -> str:
    # The marks around an order are for people who write code.
    return sentence if isinstance(sentence, Fragment) else sentence.replace("`", '"')


def order_lines(
    lines: Sequence[tuple[str, str]],
    reply_to: str,
    subject: str,
    alone: Callable[[str], str] = lambda order: "",
) -> list[dict[str, object]]:
    """Orders that would work, each with what it does and a link that opens a mail with that line in it.

    `alone` gives the verb of an order that takes a mail of its own ("" for any other); `names` is that verb where
    it comes first.
    """
    verbs = [alone(order) for order, _ in lines]
    mail = _mail_back(reply_to, subject)
    return [
        {
            "order": order,
            "does": does,
            "link": _link(order, mail),
            "alone": bool(verb),
            "names": "" if verb in verbs[:at] else verb,
        }
        for at, ((order, does), verb) in enumerate(zip(lines, verbs, strict=True))
    ]


def answer_for_several(messages: Sequence[Listed]) -> str:
    """A line that would answer two of the messages at once; "" if no two of them can be set aside so."""
    names = [f"m{one.number}" for one in messages if "not foi" in dict(one.answers)]
    return f"{' '.join(names[:2])} not foi" if len(names) > 1 else ""


def listed(messages: Sequence[Listed], reply_to: str, subject: str) -> list[dict[str, object]]:
    """The messages of a digest, each with its answers and links that open a mail with the whole line."""
    mail = _mail_back(reply_to, subject)
    return [
        {
            "name": f"m{one.number}",
            "words": one.words,
            "answers": [
                {
                    "word": word,
                    "does": does,
                    "link": _link(f"m{one.number} {word}", mail),
                }
                for word, does in one.answers
            ],
        }
        for one in messages
    ]


def _mail_back(reply_to: str, subject: str) -> str:
    """The link that opens a mail to this address on this subject, up to its words; the same for every order."""
    # Only a mailto: link: it needs a person to press Send, unlike a page that a scanner opens (E15).
    # Percent-encoded down to letters, digits and -._~ nothing in it can end the Markdown link.
    return f"mailto:{quote(reply_to, safe='@+')}?subject={quote(subject, safe='')}&body="


def _link(order: str, mail: str) -> Fragment:
    line, found, _ = order.partition(_TO_BE_WRITTEN)
    # Sent as it is, "reject v1: your reason" would be a rejection for that reason.
    body = f"{line}: " if found else order.removesuffix("REFERENCE")
    return Fragment(mail + quote(body, safe=""))
