"""What officers are warned of in a draft by the dates of its own case, and by an extension before it; no I/O."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import Final

from foibot.case.case import Case
from foibot.case.interim import counted_from_receipt, extended_in_silence, extension_duty
from foibot.case.precedents import tells
from foibot.case.remarks import Remark
from foibot.law.dates import in_words, listed
from foibot.law.provisions import Provision
from foibot.law.regime import Regime


def about_time(
    case: Case, kind: str, until: date | None, regime: Regime, today: date
) -> Iterator[Remark]:
    """Why a letter that puts the answer off may come too late, or put it off for too long (T-34 to T-36)."""
    if kind in _TOO_LATE and today > case.due:
        rule, why, instead = _TOO_LATE[kind]
        yield Remark(rule, "", f"the last day to answer, {in_words(case.due)}, is over: {why}", instead)  # fmt: skip
    if kind == "extension" and regime.key == "foia" and until:
        latest = counted_from_receipt(case, regime, extension_duty(regime))
        if until > latest:
            why = f"{in_words(until)} is past {in_words(latest)}, and more than 20 further working days are for exceptional cases"
            yield Remark("T-34", "", why, _EXCEPTIONAL)


_TOO_LATE: Final = {
    "clarification": (
        "T-36",
        "asking now does not undo that the answer is late",
        "Answer what can be answered; or say why the question was not put in time.",
    ),
    "fees-notice": (
        "T-35",
        "a fees notice has to be given by then, and asking now does not undo that the answer is late",
        "Answer without a fee; or say why the notice was not given in time.",
    ),
    "extension": (
        "T-34",
        "the notice had to be given by then, and giving it now does not undo that it is late",
        "Answer what can be answered; or say why the notice was not given in time.",
    ),
}
_EXCEPTIONAL: Final = "Name an earlier day; or say what makes this case exceptional."


def around_extension(
    case: Case, kind: str, provisions: Collection[Provision], regime: Regime
) -> Iterator[Remark]:
    """What an extension leaves unsaid, and what is said after one that neither confirmed nor denied (N-16)."""
    if tells(kind, provisions) and extended_in_silence(case, regime):
        yield Remark("N-16", "", _AFTER_SILENCE, _SILENT)
    absolute = [one.cited for one in provisions if not one.needs_public_interest_test]
    if kind == "extension" and absolute:
        # No time is given for what is not weighed, so that it may not be named as the reason for it.
        why = f"{listed(absolute)} is not named in this letter, because there is no public interest to weigh for it"
        yield Remark("L-24", "", why, "Rely on it in the answer.", needs_reason=False)


_AFTER_SILENCE: Final = "the notice of the extension neither confirmed nor denied that anything is held, and this letter does"
_SILENT: Final = (
    "Order the letter that neither confirms nor denies; or say why it may be said after all."
)
