"""`refuse WHY`: drafts the refusal that the section calls for, an exemption's or one of its own; no I/O."""

from __future__ import annotations

from datetime import date, timedelta

from foibot.case.outcome import Outcome
from foibot.commands.command import Command, Group, Order, Situation, Text, refuse
from foibot.commands.dates import far_off, read_date
from foibot.commands.drafting import Asked, draft, not_now
from foibot.commands.not_held import LINE as NOT_HELD
from foibot.commands.withholding import of_another_law, read_provisions
from foibot.law.citation import Citation, read_citations
from foibot.law.dates import in_words, london_date
from foibot.law.grounds import GROUNDS, Ground, Instead, publish_by
from foibot.law.provisions import Provision, read_withheld
from foibot.officers.roster import Role

_FIRST = {
    "cost": "estimate",
    "cost-to-confirm": "estimate",
    "vexatious": "reasons",
    "repeated": "earlier",
    "otherwise-accessible": "where",
    "future-publication": "publication",
}
"""The slot that the text under the order begins with, in each letter for a ground of its own."""

_PUBLISHED = "future-publication"


def decide(order: Order, at: Situation) -> Outcome:
    """A new version of the letter for this section; or every problem with it, and a line that works."""
    elsewhere = of_another_law(order, at, order.rest)
    if elsewhere is not None:
        return elsewhere
    cited, _, until = order.rest.casefold().partition(" until ")
    read = read_citations(cited)
    texts = [one.text for one in read if isinstance(one, Citation)]
    known = GROUNDS[at.regime.key]
    ground = known.get(texts[0]) if len(read) == len(texts) == 1 else None
    if isinstance(ground, Ground):
        return _on_ground(order, at, ground, texts[0], until)
    if isinstance(ground, Instead):
        lines = [(f"refuse {one}", what) for one, what in ground.cite]
        return refuse("provisions", order, [ground.why], *(lines or (NOT_HELD,)))
    if until:
        why = ["Only a refusal of what will be published names a day."]
        return refuse("date", order, why, (f"refuse {cited}", "without the day"))
    alone = [one for one in texts if _needs_its_own_letter(known.get(one))]
    if alone:
        why = [f"Section {alone[0]} refuses the whole request, in a letter of its own."]
        return refuse("provisions", order, why, (f"refuse {alone[0]}", "on its own"))
    return _withheld(order, at)


def _needs_its_own_letter(ground: Ground | Instead | None) -> bool:
    """Whether it cannot stand beside an exemption: section 21 can, a limit on cost cannot."""
    return isinstance(ground, Ground) and not ground.relies_on


def _withheld(order: Order, at: Situation) -> Outcome:
    refused = not_now(order, at, "refusal")
    if refused is not None:
        return refused
    provisions = read_provisions(order, at, order.rest, "refuse")
    if isinstance(provisions, Outcome):
        return provisions
    line = f"refuse {' '.join(one.cited for one in provisions)}"
    return draft(order, at, Asked("refusal", line, "reasons", provisions=provisions))


def _on_ground(order: Order, at: Situation, ground: Ground, cited: str, until: str) -> Outcome:
    refused = not_now(order, at, ground.letter)
    if refused is not None:
        return refused
    line = f"refuse {cited}"
    if until and ground.letter != _PUBLISHED:
        why = ["Only a refusal of what will be published names a day."]
        return refuse("date", order, why, (line, "without the day"))
    day = _day(order, at, line, until) if ground.letter == _PUBLISHED else None
    if isinstance(day, Outcome):
        return day
    line += f" until {in_words(day)}" if day else ""
    asked = Asked(ground.letter, line, _FIRST[ground.letter], "", _relied_on(ground, at), day)
    return draft(order, at, asked)


def _relied_on(ground: Ground, at: Situation) -> tuple[Provision, ...]:
    kind = at.rules.authority_kind
    read = (
        read_withheld(ground.relies_on, at.regime, authority_kind=kind) if ground.relies_on else ()
    )
    return tuple(one for one in read if isinstance(one, Provision))


def _day(order: Order, at: Situation, line: str, until: str) -> date | Outcome | None:
    """The day of publication, which the Scottish Act asks for and bounds; None where none is named or needed."""
    latest, today = publish_by(at.regime, at.case.received), london_date(at.now)
    if not until and latest is None:
        return None
    if latest and latest <= today:
        why = [f"The 12 weeks in which it had to be published ended on {in_words(latest)}."]
        other = (f"refuse {at.regime.withheld_example}", "with the exemption that applies instead")
        return refuse("date", order, why, other)
    read = read_date(until)
    example = latest or max(at.case.due, today) + timedelta(days=28)
    shown = (f"{line} until {in_words(example)}", "with the day of publication")
    if read is None:
        why = ["The day of publication is missing, or cannot be read."]
        return refuse("no-date", order, why, shown)
    if read[0] <= today:
        return refuse("date", order, [f"{in_words(read[0])} is not after today."], shown)
    slip = far_off(read[0], today)
    if slip:
        return refuse("date", order, [slip], shown)
    if latest and read[0] > latest:
        why = [
            f"Under this law it has to be published by {in_words(latest)}, 12 weeks after the request."
        ]
        return refuse("date", order, why, shown)
    return read[0]


COMMAND = Command(
    verb="refuse",
    form="refuse PROVISIONS",
    does="refuses it all on these provisions: exemptions, or 12 (cost), 12(2), 14(1), 14(2), 21, 22",
    example="refuse 31(1)(a)",
    who=frozenset({Role.OFFICER}),
    text=Text.OPTIONAL,
    decide=decide,
    group=Group.ANSWER,
)
