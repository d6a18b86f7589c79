"""Open cases are counted again when a bank holiday was added or taken away, and what lapsed is closed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from hashlib import sha256

from foibot.case.case import Acknowledgement, Case, State
from foibot.case.clock_events import Recounted
from foibot.case.clocks import OURS, Clock, ClockName, pauses_of
from foibot.case.events import Lapsed
from foibot.case.need_to_know import is_restricted
from foibot.case.outcome import Audience, NoticeWanted
from foibot.case.working import WORKING_DAYS, counted_by
from foibot.desk.about import About
from foibot.desk.office import Office
from foibot.desk.record import Cause, notify, record
from foibot.law.calendar import answer_by, end_of, working_days_between
from foibot.law.dates import in_words
from foibot.law.horizon import provisional_mark
from foibot.law.regime import Regime
from foibot.store.transaction import Store, Transaction


def recount(store: Store, office: Office, laws: Iterable[Regime], now: datetime) -> int:
    """Count every running clock that the law counts in working days again if the calendar has changed (T-16); how many moved.

    `laws` are those with the holidays known now. The first call of a process always counts: days may have been
    imported, or come with a newer foibot, while it was down. A date that a requester was told never moves earlier by itself: it stays, and the
    notice says so, once.
    """
    if not office.laws.learn(laws):
        return 0
    try:
        return _count_again(store, office, now)
    except BaseException:
        office.laws.again()
        raise


def _count_again(store: Store, office: Office, now: datetime) -> int:
    moved: list[str] = []
    kept: list[str] = []
    alone = 0
    with store.transaction() as tx:
        running = tx.cases.running_by_urgency()
        tx.cases.lock_each(running)  # on PostgreSQL others work on cases, and may have moved some
        for case in map(tx.cases.lock, running):
            # Of a restricted case those who may read it are told by themselves.
            told: tuple[list[str], list[str]] = ([], []) if is_restricted(case) else (moved, kept)
            for clock in filter(lambda one: one.runs, case.clocks):
                _recount(tx, office, case, clock, now, told)
            if told[0] is not moved:
                alone += len(told[0])
                _tell(tx, office, told, About(tx.cases.lock(case.reference), now))
        _tell(tx, office, (moved, kept), About(None, now))
    return len(moved) + alone


def _tell(tx: Transaction, office: Office, told: tuple[list[str], list[str]], about: About) -> None:
    moved, kept = told
    if moved or kept:
        facts = {"moved": moved, "kept": kept}
        once = "recounted:" + sha256(repr(facts).encode()).hexdigest()[:16]
        notice = NoticeWanted("recounted", Audience.OFFICERS_AND_APPROVERS, facts, once=once)
        notify(tx, office, (notice,), about)


def _recount(
    tx: Transaction,
    office: Office,
    case: Case,
    clock: Clock,
    now: datetime,
    told: tuple[list[str], list[str]],
) -> None:
    """Move one clock if it may move; `told` are the lines about those that did and those that stay."""
    due = _counted(clock, office.laws.of(case))
    if due is None or due == clock.due:
        return
    what = f"{case.reference}{'' if clock.name in OURS else f', {clock.name}'}"
    mark = provisional_mark(due, office.laws.of(case))
    if due > clock.due or not _told(case, clock):
        # The case has moved if another of its clocks was counted before this one.
        _move(tx, office, tx.cases.lock(case.reference), clock, due, now)
        told[0].append(f"{what}: from {in_words(clock.due)} to {in_words(due)}{mark}")
    else:
        told[1].append(f"{what}: stays {in_words(clock.due)}, though {in_words(due)} would do")


def _counted(clock: Clock, law: Regime) -> date | None:
    """The last day by the calendar of today; None where a letter or a person named it, as in an extension."""
    if clock.name is ClockName.ANSWER:
        return answer_by(law, clock.started, pauses_of(clock)).due
    limit = counted_by(clock, law)
    if limit is None or limit.unit not in WORKING_DAYS:
        return None
    # Whoever has to pay has all the days of the law; the case must not lapse before.
    counted = end_of(law, limit, clock.started)
    return max(clock.due, counted) if clock.name is ClockName.FEE else counted


def _told(case: Case, clock: Clock) -> bool:
    """Whether the requester has this very date: the acknowledgement named it, and nothing has moved it since.

    The date of a review may have been told by a letter that foibot did not write.
    """
    if clock.name is not ClockName.ANSWER:
        return True
    return (
        case.acknowledgement in {Acknowledgement.QUEUED, Acknowledgement.SENT}
        and clock == case.clocks[0]
        and not clock.pauses
    )


def _move(
    tx: Transaction, office: Office, case: Case, clock: Clock, due: date, now: datetime
) -> None:
    event = Recounted(clock.name.value, clock.due, due)
    record(tx, office, case, [event], Cause("foibot", "rule T-16"), now)


def tell_of_lapse(tx: Transaction, office: Office, case: Case, today: date, now: datetime) -> None:
    """Ask the officers once to remind the requester, some working days before the request lapses (T-47)."""
    left = working_days_between(office.laws.of(case), today, case.due)
    if case.state is not State.WAITING or left > office.reminders.lapse_warning:
        return
    waiting = _waiting(case)
    notice = NoticeWanted(
        "lapse-near",
        Audience.OFFICERS,
        {"asked": waiting.started, **_waited_for(waiting), "waited_until": case.due},
        lines=(("show", "sends you the case and its letter"),),
        once=f"lapse:{case.reference}:{waiting.started}",
    )
    notify(tx, office, (notice,), About(case, now))


def _waiting(case: Case) -> Clock:
    # A part of the request may have a clock of its own beside what we wait for.
    return next(one for one in reversed(case.clocks) if one.name is not ClockName.PART)


def _waited_for(waiting: Clock) -> dict[str, object]:
    fee = waiting.name is ClockName.FEE
    return {"fee": fee, "what": "the fee" if fee else "an answer to our question"}


def close_lapsed(tx: Transaction, office: Office, case: Case, today: date, now: datetime) -> bool:
    """Close a case whose question or fee was not answered in time (T-47); whether it was."""
    if case.state is not State.WAITING or today <= case.due:
        return False
    closed = record(tx, office, case, [Lapsed()], Cause("foibot", "rule T-47"), now)
    waiting = _waiting(case)
    paid = (
        f"fee paid {in_words(case.due)}",
        "with the day on which it was paid, if it was in time",
    )
    notice = NoticeWanted(
        "lapsed",
        Audience.OFFICERS,
        {**_waited_for(waiting), "waited_until": case.due},
        lines=(
            ("lapse", "drafts the letter that tells the requester so"),
            *((paid,) if waiting.name is ClockName.FEE else ()),
            ("show", "sends you the case and its letter"),
        ),
    )
    notify(tx, office, (notice,), About(closed, now))
    return True
