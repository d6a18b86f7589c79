"""`show`: sends the case and its current letter again; changes nothing; no I/O."""

from __future__ import annotations

from foibot.case.assignment import who_has
from foibot.case.enquiries import in_lines
from foibot.case.outcome import Outcome
from foibot.case.working import due_in_words
from foibot.commands.command import Command, Group, Order, Situation, Text, answer
from foibot.commands.decisions import fresh_draft
from foibot.commands.likely import likely_orders
from foibot.law.dates import in_words
from foibot.letters.escape import quotation
from foibot.officers.roster import Role

_TO_LOOK = (("when", "tells you how the last day was counted"), ("help", "lists every order"))


def decide(order: Order, at: Situation) -> Outcome:
    """The current letter with a fresh secret, or the case if there is no letter yet."""
    if at.case.current is not None:
        return Outcome(notices=fresh_draft(at.case))
    case = at.case
    facts = [
        f"Asked by: {case.requester.address} ({case.requester.name or 'no name given'})",
        f"Subject: {case.subject or '(none)'}",
        f"Received: {in_words(case.received)}",
        f"Last day to answer: {due_in_words(case, at.regime)}",
        f"Acknowledgement: {case.acknowledgement.value}",
        f"With: {who_has(case.assignment, at.roster.name_of) or 'nobody'}",
        *([f"Linked with: {', '.join(case.keeping.links)}"] if case.keeping.links else []),
        *in_lines(case.enquiries, at.roster.name_of),
    ]
    paragraphs = [
        "There is no letter on this case yet. The request says:",
        quotation(case.request_text or "(no text)"),
    ]
    # An approver, a reviewer or an auditor could order none of them.
    lines = likely_orders(at.regime) if at.officer.may(Role.OFFICER) else _TO_LOOK
    return Outcome(notices=(answer("The request as it stands", paragraphs, *lines, facts=facts),))


COMMAND = Command(
    verb="show",
    form="show",
    does="sends you the case, or its current letter with a fresh notice to reply to",
    example="show",
    who=frozenset(Role) - {Role.HOLDER},
    text=Text.NOT_READ,
    decide=decide,
    group=Group.LOOK,
)
