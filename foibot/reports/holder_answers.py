"""What colleagues have answered, as a text file for an officer who may read it; no I/O.

The one place outside the messages themselves that tells what somebody said about holding (W-05). It is
enclosed with the answer to an order, and never goes through a template.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from foibot.case.case import Case
from foibot.case.colleague_events import EnquiryClosed, HolderAnswered
from foibot.case.events import Recorded
from foibot.law.dates import in_words, moment_in_words

NAME = "answers-of-colleagues.txt"


def answers_text(case: Case, history: Sequence[Recorded], name_of: Callable[[str], str]) -> str:
    """Each colleague with every reply in order, and the hours that were named in all."""
    hours = [one.event.hours for one in history if isinstance(one.event, HolderAnswered)]
    named = [float(one) for one in hours if one]
    return "\n".join(
        [
            f"Request {case.reference}: what colleagues have answered",
            "Only for those who may read it on this case. Do not pass it on.",
            *(line for enquiry in case.enquiries for line in _about(case, enquiry.number, history, name_of)),
            *(["", f"Hours named in all: {sum(named):g}"] if named else []),
            "",
        ]
    )  # fmt: skip


def _about(
    case: Case, number: int, history: Sequence[Recorded], name_of: Callable[[str], str]
) -> Iterator[str]:
    enquiry = case.enquiries[number - 1]
    yield ""
    yield f"{number}. {name_of(enquiry.holder)}, asked by {name_of(enquiry.by)} on {moment_in_words(enquiry.asked_at)}"
    for one in history:
        match one.event:
            case HolderAnswered() as event if event.number == number:
                yield f"   {moment_in_words(one.at)}: {_in_words(event)}"
            case EnquiryClosed(number=closed, why=why) if closed == number:
                yield f"   {moment_in_words(one.at)}: need not answer any more ({name_of(one.by)}). {why}".rstrip()
    if enquiry.open:
        yield f"   waited for until {in_words(enquiry.until)}"


def _in_words(event: HolderAnswered) -> str:
    more = f", by {in_words(event.more_by)}" if event.more_by else ""
    hours = f" ({event.hours})" if event.hours else ""
    doubt = "" if event.proven else "; our mail server does not vouch for the sender"
    return f"{event.sort}{hours}{more}{doubt}. The message begins {event.message_sha256[:8]}."
