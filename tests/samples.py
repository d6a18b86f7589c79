"""Values that several tests need: an order, the situation it is given in, and the people of the office."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from foibot.case.case import Case
from foibot.case.events import Event, Recorded
from foibot.case.outcome import Outcome
from foibot.commands import ALONE, HELP, VERBS
from foibot.commands.command import Order, Rules, Situation
from foibot.commands.grammar import read_order
from foibot.gateway.template_files import read_templates
from foibot.law import regime
from foibot.law.foia import FOIA
from foibot.letters.edited import OpenWords
from foibot.letters.render import Letterbook
from foibot.officers.authenticate import Secret
from foibot.officers.roster import Officer, Role, Roster
from tests.case.case_files import JANE as JANES_ADDRESS
from tests.case.case_files import RUTH as RUTHS_ADDRESS
from tests.case.case_files import TOM as TOMS_ADDRESS
from tests.case.case_files import case_of, chain, received

KINDS = Letterbook(read_templates()).kinds
NOW = datetime(2021, 1, 5, 14, 2, tzinfo=UTC)
JANE = Officer(
    JANES_ADDRESS, "Jane Orange", "FOI Officer", frozenset({Role.OFFICER, Role.APPROVER})
)
TOM = Officer(TOMS_ADDRESS, "Tom Teal", "Head of Information", frozenset({Role.APPROVER}))
RUTH = Officer(RUTHS_ADDRESS, "Ruth Rose", "Data Protection Officer", frozenset({Role.APPROVER}))
CLERK = Officer("clerk@exampleshire.example", "Cleo Clerk", "Clerk", frozenset({Role.OFFICER}))
SLOTS = (OpenWords("harm", "Why either answer would do harm.", "It would help offenders."),)
OFFICE = Roster((JANE, TOM, RUTH, CLERK))


def order(line: str, text: str = "") -> Order:
    """A line that must be an order, as it is read."""
    read = read_order(line, text, VERBS, ALONE)
    assert isinstance(read, Order), line
    return read


def secret(
    version: int, officer: Officer = TOM, *, used: bool = False, revoked: bool = False
) -> Secret:
    """A secret that may decide on a version."""
    return Secret(
        f"digest-{version}", officer.address, "000042/20", version, NOW + timedelta(days=9), used, revoked
    )  # fmt: skip


def situation(
    *events: Event,
    officer: Officer = TOM,
    secrets: Sequence[Secret] = (),
    undo_minutes: int = 10,
    case: Case | None = None,
) -> Situation:
    """The seed case after these events, and an officer who orders something; Jane did all before."""
    case = case or case_of(*events)
    history: list[Recorded] = chain([received(), *events])
    return Situation(
        case=case,
        officer=officer,
        secrets=tuple(secrets),
        now=NOW,
        regime=FOIA,
        rules=Rules(undo_minutes, frozenset({"ncnd"}), "police"),
        slots=SLOTS if case.current else (),
        history=tuple(history),
        orders=HELP,
        kinds=KINDS,
        roster=OFFICE,
    )


def under(law: str, *events: Event, regimes: tuple[str, ...] = ("foia", "eir")) -> Situation:
    """Jane's seed case under another law."""
    at = situation(*events, officer=JANE)
    case, rules = replace(at.case, regime=law), replace(at.rules, regimes=regimes)
    return replace(at, regime=regime(law), case=case, rules=rules)


def decided(line: str, at: Situation, text: str = "") -> Outcome:
    """What an order comes to."""
    read = order(line, text)
    return VERBS[read.verb].decide(read, at)


def why(outcome: Outcome) -> str:
    """The words of a refusal; fails if it is none."""
    assert outcome.refusal
    assert outcome.events == ()
    assert outcome.letter is None
    assert outcome.release is None
    assert outcome.recall is None
    assert not outcome.use_secret
    assert outcome.revoke == ()
    return " ".join(str(one) for one in _list(outcome.notices[0].facts["why"]))


def would_work(outcome: Outcome) -> list[str]:
    """The orders that the first notice says would work."""
    return [line for line, _ in outcome.notices[0].lines]


def _list(value: object) -> list[object]:
    assert isinstance(value, list)
    return value
