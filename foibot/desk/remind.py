"""A tick of the clock: reminders and digests that are due, computed from the cases as they are now."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time

from foibot.case.case import Case, State
from foibot.case.deadlines import Due, reminder_due
from foibot.case.events import Reminded
from foibot.case.need_to_know import is_shut_out
from foibot.case.outcome import Audience, NoticeWanted
from foibot.commands.taking_on import ACCEPT
from foibot.desk.about import About
from foibot.desk.alarm import late_letters, tell_of_late_letters
from foibot.desk.away import reminded_as_well
from foibot.desk.catching_up import behind, catch_up
from foibot.desk.chase import chase
from foibot.desk.digests import write_digests
from foibot.desk.indexing import INDEXED, index
from foibot.desk.keepers import told_of_lateness
from foibot.desk.office import Office
from foibot.desk.precedent import MARKED, remember
from foibot.desk.record import Cause, notify, record
from foibot.desk.recount import close_lapsed, recount, tell_of_lapse
from foibot.errors import FoibotError, TryAgainLater, place_of
from foibot.law import REGIMES
from foibot.law.calendar import add_working_days, is_working_day, working_days_between
from foibot.law.dates import in_words, london_date, london_moment
from foibot.officers.roster import Officer, Role
from foibot.store.transaction import Store, Transaction

_log = logging.getLogger(__name__)
_MORNING = "morning"
_BITE = 50  # cases in one commit: whoever else wants to write waits no longer than for these
_FOR_EVERY_CASE = {MARKED: remember, INDEXED: index}
_TO_HOLD = 5  # working days in which a late answer may be promised
_AUDIENCES = {
    "officers": Audience.OFFICERS,
    "officer": Audience.OFFICERS,
    "approvers": Audience.APPROVERS,
    "approver": Audience.APPROVERS,
    "administrators": Audience.ADMINISTRATORS,
    "administrator": Audience.ADMINISTRATORS,
}


@dataclass(frozen=True, slots=True)
class Remind:
    """The desk that watches the calendar."""

    office: Office
    store: Store

    def tick(self) -> int:
        """Write today's reminders and digests, once, when the morning has come; how many reminders.

        A service that was down in the morning does it as soon as it is up, and what failed is tried again.
        Letters that are late to leave are told of at any time.
        """
        now = self.office.clock.now()
        today = london_date(now)
        # One look for all that there seldom is, as the clock ticks all day.
        with self.store.view() as tx:
            late = late_letters(tx, now)
            laws = tx.holidays.each_known_to(REGIMES)
            to_catch_up = behind(tx, _FOR_EVERY_CASE)
            is_over = _is_over(tx, today)
        tell_of_late_letters(self.store, self.office, late, now)
        recount(self.store, self.office, laws, now)
        catch_up(self.store, _FOR_EVERY_CASE, to_catch_up, now)
        rules = self.office.reminders
        morning = london_moment(today, time(rules.digest_hour, rules.digest_minute))
        if is_over or now < morning or not is_working_day(self.office.laws.usual, today):
            return 0
        with self.store.view() as tx:
            running = tx.cases.running_by_urgency()
        told = [self._tell(some, today, now) for some in _bites(running)]
        with self.store.transaction() as tx:
            switch = tx.switches.get(_MORNING)
            # The first morning tells of all there is: a request in Junk since Friday evening is among it.
            since = switch.at if switch else datetime(1970, 1, 1, tzinfo=UTC)
            # What has not been settled yet belongs into the next digest.
            waiting = tx.inbox.waiting_since()
            write_digests(tx, self.office, tx.cases.unfinished(), since, today, now)
            tx.absences.forget(today)
            if None not in told:  # else all is tried again; nobody is told twice
                tx.switches.set(_MORNING, today.isoformat(), min(now, waiting or now))
        return sum(filter(None, told))

    def _tell(self, references: Sequence[str], today: date, now: datetime) -> int | None:
        """Remind of these cases in one commit, or of each in its own; how many reminders. None if one failed.

        Each is read when nobody else can move it any more: on PostgreSQL others work on cases meanwhile.
        """
        try:
            with self.store.transaction() as tx:
                tx.cases.lock_each(references)
                return sum(self._one(tx, reference, today, now) for reference in references)
        except TryAgainLater:
            raise
        except Exception as problem:  # noqa: BLE001 - one case must never keep others from being reminded of
            if len(references) > 1:
                each = [self._tell([one], today, now) for one in references]
                return None if None in each else sum(filter(None, each))
            _log.error(
                "case %s: nobody could be reminded of it: %s in %s",
                references[0],
                problem if isinstance(problem, FoibotError) else type(problem).__name__,
                place_of(problem),
            )
            return None

    def _one(self, tx: Transaction, reference: str, today: date, now: datetime) -> int:
        case = tx.cases.lock(reference)
        if case.finished:
            return 0
        reminded = self._remind(tx, case, today, now)
        case = tx.cases.lock(reference)
        if not case.finished:
            chase(tx, self.office, case, today, now)
        return reminded

    def _remind(self, tx: Transaction, case: Case, today: date, now: datetime) -> int:
        if close_lapsed(tx, self.office, case, today, now):
            return 0
        if case.state is State.WAITING:
            tell_of_lapse(tx, self.office, case, today, now)
            return 0
        rules = self.office.reminders
        due = reminder_due(
            case, self.office.laws.of(case), rules.ladder, today, rules.overdue_every
        )
        if due is None:
            return 0
        notices = [_reminder(due, case, today, self.office)]
        if due.rung is None and rules.escalate_to:
            notices.append(_escalation(due, case, self.office))
        notices = reminded_as_well(tx, self.office, case, notices, today)
        notices += told_of_lateness(self.office, case, today, due.key)
        told = case
        for notice in notices:  # each by itself: whoever had one under this key is not told twice
            told = notify(tx, self.office, (notice,), About(told, now)) or told
        if told.revision == case.revision:
            return 0  # this rung was called on an earlier day
        step = due.rung.name if due.rung else "overdue"
        record(tx, self.office, told, [Reminded(step, due.day)], Cause("foibot", ""), now)
        return 1


def _is_over(tx: Transaction, today: date) -> bool:
    switch = tx.switches.get(_MORNING)
    return switch is not None and switch.value == today.isoformat()


def _bites(references: Sequence[str]) -> list[Sequence[str]]:
    return [references[start : start + _BITE] for start in range(0, len(references), _BITE)]


def _reminder(due: Due, case: Case, today: date, office: Office) -> NoticeWanted:
    say = due.rung.say if due.rung else ""
    lines = (
        *_could(due, case, today, office),
        ("show", "sends you the case and its letter"),
        ("when", "shows how the last day was counted"),
    )
    to, person = (
        _reader(due.rung.to, case, office) if due.rung else (Audience.OFFICERS_AND_APPROVERS, "")
    )
    kind = "reminder" if due.rung else "overdue"
    notice = NoticeWanted(kind, to, {"say": say}, lines=lines, once=due.key, person=person)
    owner = _owner(case, office)
    # On its last day, and late, a case is everybody's; a last day on a Sunday begins on Friday.
    days_left = working_days_between(office.laws.of(case), today, case.due)
    if to is Audience.OFFICERS and owner and days_left:
        return replace(notice, to=Audience.PERSON, person=owner.address)
    return notice


def _could(due: Due, case: Case, today: date, office: Office) -> Iterator[tuple[str, str]]:
    """What a reminder suggests besides a look: to take the case on, or to tell the requester that it is late."""
    several = len(office.roster.with_role(Role.OFFICER)) > 1
    if (
        several
        and due.rung
        and not (case.assignment and case.assignment.to)
        and due.rung.to == "officers"
    ):
        yield ACCEPT
    if not due.rung and case.current is None:
        until = add_working_days(office.laws.of(case), today, _TO_HOLD)
        yield (
            f"holding until {in_words(until)}",
            "drafts a letter that says the answer will be late",
        )


def _owner(case: Case, office: Office) -> Officer | None:
    """The officer who took the case on, if that person is still one."""
    has = case.assignment
    person = office.roster.find(has.to) if has and has.accepted and has.to else None
    return person if person and person.may(Role.OFFICER) else None


def _escalation(due: Due, case: Case, office: Office) -> NoticeWanted:
    """The same notice under the same key: whoever was told as an officer is not told twice."""
    to, person = _reader(office.reminders.escalate_to, case, office)
    return NoticeWanted("overdue", to, {"say": ""}, once=due.key, person=person)


def _reader(to: str, case: Case, office: Office) -> tuple[Audience, str]:
    """A role's people, or the one person with this address on the roster; somebody in the place of who may not read it."""
    if to in _AUDIENCES:
        return _AUDIENCES[to], ""
    person = office.roster.find(to)
    if person is not None and not is_shut_out(case, person):
        return Audience.PERSON, person.address
    return Audience.OFFICERS_AND_APPROVERS if person else Audience.ADMINISTRATORS, ""
