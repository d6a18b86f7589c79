"""`ack`: sends the acknowledgement that a machine was not allowed to send; no I/O."""

from __future__ import annotations

from foibot.case.case import Acknowledgement
from foibot.case.outcome import Outcome
from foibot.commands.command import Command, Group, Order, Situation, Text, answer, refuse
from foibot.officers.roster import Role


def decide(order: Order, at: Situation) -> Outcome:
    """Sent, once for ever; refused where it was sent already or there is nobody to send it to."""
    case = at.case
    show = ("show", "sends you the case")
    if case.acknowledgement is not Acknowledgement.WITHHELD:
        why = [
            f"The acknowledgement of {case.reference} was not held back; it is written once only."
        ]
        return refuse("acknowledged", order, why, show)
    if not case.requester.address:
        why = [f"There is no address on {case.reference} that an acknowledgement could go to."]
        return refuse("no-address", order, why, show)
    notice = answer(
        "Acknowledgement on its way",
        [f"It goes to {case.requester.address}, with the reference and the last day."],
    )
    return Outcome(acknowledge=True, notices=(notice,))


COMMAND = Command(
    verb="ack",
    form="ack",
    does="sends the acknowledgement that was held back",
    example="ack",
    who=frozenset({Role.OFFICER}),
    text=Text.NOT_READ,
    decide=decide,
    group=Group.CASE,
    alone=True,
)
