"""Builds the office from the configuration: its database, letterbook, people, rules and laws."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from datetime import time
from typing import TYPE_CHECKING

from sqlalchemy import Engine

from foibot import __version__
from foibot.case.deadlines import Rung
from foibot.commands.command import Rules
from foibot.config import ApprovalRow, Config, Step
from foibot.config.approval import four_eyes
from foibot.config.standing_in import delegations
from foibot.desk.border import Border
from foibot.desk.office import (
    Clock,
    HolderRules,
    Laws,
    Numbering,
    Office,
    ReminderRules,
)
from foibot.errors import AdministratorMustFix
from foibot.gateway.certificates import read_signatures
from foibot.gateway.pdf import Typesetter
from foibot.gateway.system_clock import SystemClock
from foibot.gateway.template_files import fonts_folder
from foibot.law import REGIMES
from foibot.letters.facts import AuthorityFacts, RegulatorFacts, ReviewFacts
from foibot.letters.kind import Approval
from foibot.letters.problem import Problem
from foibot.letters.render import Letterbook
from foibot.letters.threat_level import NO_THREAT_LEVEL, ThreatLevel
from foibot.mail.addresses import same_address
from foibot.officers.roster import Officer, Role, roster
from foibot.officers.signing import Signs
from foibot.outbox.approval_rules import ApprovalRule
from foibot.outbox.limits import Caps
from foibot.outbox.undo import OfficeHours
from foibot.store import database
from foibot.store.belonging import Belonging, require_own
from foibot.store.create import create
from foibot.store.transaction import Store
from foibot.trial import digest_of, letterbook_of, tried_here
from foibot.tried import SHIPPED_TEMPLATES

if TYPE_CHECKING:
    from foibot.gateway.smime import Signatures

_TRIED = "templates-tried"


class TemplatesAreWrong(AdministratorMustFix):
    """The templates cannot be used; `foibot check` lists what is wrong with them."""


def open_store(config: Config) -> tuple[Engine, Store]:
    """The database, made if it is new.

    Raises `DatabaseAtAnotherRevision` or `DatabaseUnreachable`, or `AnotherOffices` if it holds another's record.
    """
    engine = database.open_engine(config.database.url)
    with ExitStack() as refused:
        refused.callback(engine.dispose)
        if database.revision(engine) == "":
            create(engine)
        store = Store(engine)
        require_own(engine, office_of(config))
        refused.pop_all()
    return engine, store


def office_of(config: Config) -> Belonging:
    """Whose record the configuration is for."""
    return Belonging(config.mailbox.address, config.authority.name)


def letterbook(config: Config) -> Letterbook:
    """The shipped templates with the authority's own laid over them, compiled."""
    return letterbook_of(config.templates.folder)


def usable_letterbook(
    config: Config,
    store: Store | None = None,
    tried: Callable[[Letterbook, str], list[Problem]] = tried_here,
) -> Letterbook:
    """The letterbook, with every letter and notice tried. Raises `TemplatesAreWrong`.

    Templates that were tried byte for byte are not tried again, the shipped ones by whoever released this
    version, others as `store` remembers: it takes seconds, and a service that was killed should be back
    at once.
    """
    book = letterbook(config)
    digest = digest_of(book)
    if digest == SHIPPED_TEMPLATES:
        return book
    mark = f"{__version__} {digest}"
    if store is not None:
        with store.view() as tx:
            earlier = tx.switches.get(_TRIED)
        if earlier is not None and earlier.value == mark:
            return book
    problems = tried(book, config.templates.folder)
    if problems:
        listed = "\n".join(f"  {one.file}:{one.line}: {one.what}. {one.fix}." for one in problems)
        raise TemplatesAreWrong(f"the templates cannot be used:\n{listed}")
    if store is not None:
        with store.transaction() as tx:
            tx.switches.set(_TRIED, mark, SystemClock().now())
    return book


def build_office(
    config: Config, clock: Clock, book: Letterbook, store: Store | None = None
) -> Office:
    """The office of a configuration, with a letterbook that was found usable.

    It counts with the bank holidays that were imported into `store`, if there is one.
    """
    mailbox, trust, approval = config.mailbox, config.trust, config.approval
    return Office(
        mailbox=mailbox.address,
        plus_addressing=mailbox.plus_addressing,
        since=mailbox.since,
        folder=mailbox.folder,
        authority=_authority(config),
        unit=config.authority.unit,
        languages=config.authority.languages,
        regulator=_regulator(config),
        threat_level=_threat_level(config),
        laws=known_laws(config, store),
        numbering=Numbering(config.authority.reference, config.authority.first_number),
        staff=roster(
            (
                Officer(
                    one.address,
                    one.name,
                    one.title,
                    frozenset(one.roles),
                    one.aliases,
                    _registered(config, one.deputy),
                    one.conflicts,
                    one.signs,
                )
                for one in config.officers
            ),
            trust.shared_mailboxes,
        ),
        rules=Rules(
            approval.undo_minutes,
            _four_eyes(config, book),
            config.authority.kind.value,
            tuple(one.value for one in config.authority.regimes),
            tuple(_rung(step) for step in config.reminders.ladder),
            mailbox.address,
            _own_domains(config),
            config.holders.days,
            tuple(_rule(config, row) for row in approval.rules),
            tuple(kind.value for kind in config.signatures.letters),
            _office_hours(approval.office_hours),
            tuple(_registered(config, one) for one in config.need_to_know.keepers),
            tuple(_registered(config, one) for one in config.need_to_know.answers),
        ),
        secret_days=approval.secret_days,
        caps=Caps(
            config.limits.acks_per_address_per_day,
            config.limits.mails_per_hour,
            config.limits.letter_mb * 1_000_000,
        ),
        border=Border(
            trust.authserv_id,
            trust.servers,
            _own_domains(config),
            trust.confirm,
            trust.exchange_internal,
            trust.arc_sealers,
        ),
        reminders=_reminders(config),
        holders=HolderRules(config.holders.chase),
        book=book,
        typesetter=Typesetter(book.source["letterhead.typ"], fonts_folder()),
        clock=clock,
        signatures=signatures_of(config),
        delegations=delegations(config.officers),
    )


def signatures_of(config: Config) -> Signatures | None:
    """What verifies signatures, where some mail has to be signed. Raises `SignaturesCannotBeVerified`."""
    if not who_signs(config):
        return None
    certificates = {one.address: one.certificates for one in config.officers}
    return read_signatures(certificates, config.signatures.authorities)


def who_signs(config: Config) -> dict[str, tuple[str, ...]]:
    """By registered address, all addresses of those whose mail has to be signed, always or for some letters."""
    return {
        one.address: (one.address, *one.aliases)
        for one in config.officers
        if one.signs is not Signs.NOTHING
        or (config.signatures.letters and Role.APPROVER in one.roles)
    }


def _own_domains(config: Config) -> tuple[str, ...]:
    return config.trust.own_domains or (config.mailbox.domain,)


def _registered(config: Config, deputy: str) -> str:
    """The address a deputy is written to, whichever of theirs was named."""
    for one in config.officers:
        if any(same_address(own, deputy) for own in (one.address, *one.aliases)):
            return one.address
    return deputy


def known_laws(config: Config, store: Store | None) -> Laws:
    """The laws the authority answers under, with the bank holidays that were imported."""
    own = [one.value for one in config.authority.regimes]
    if store is None:
        return Laws(own, REGIMES)
    with store.view() as tx:
        return Laws(own, tx.holidays.each_known_to(REGIMES))


def _authority(config: Config) -> AuthorityFacts:
    own = config.authority
    return AuthorityFacts(
        name=own.name,
        kind=own.kind.value,
        postal_address=own.address,
        email=own.email or config.mailbox.address,
        phone=own.phone,
        website=own.website,
        privacy_url=own.privacy_url,
        review_contact=ReviewFacts(
            title=own.review_title,
            address=own.review_address or own.address,
            email=own.review_email or config.mailbox.address,
            window_days=own.review_window_days,
            target_days=own.review_target_days,
        ),
    )


def _regulator(config: Config) -> RegulatorFacts:
    return RegulatorFacts(**config.regulator.model_dump())


def _threat_level(config: Config) -> ThreatLevel:
    stated = config.threat_level
    return ThreatLevel(stated.wording, stated.checked) if stated.checked else NO_THREAT_LEVEL


def _reminders(config: Config) -> ReminderRules:
    settings = config.reminders
    return ReminderRules(
        ladder=tuple(_rung(step) for step in settings.ladder),
        overdue_every=settings.overdue_every,
        escalate_to=settings.escalate_to,
        digest_hour=settings.digest_at.hour,
        digest_minute=settings.digest_at.minute,
        lapse_months=settings.lapse_months,
        lapse_warning=settings.lapse_warning,
    )


def _rung(step: Step) -> Rung:
    return Rung(step.day, step.say, step.to)


def _office_hours(written: str) -> OfficeHours | None:
    if not written:
        return None
    opens, _, closes = written.partition("-")
    return OfficeHours(time.fromisoformat(opens), time.fromisoformat(closes))


def _rule(config: Config, row: ApprovalRow) -> ApprovalRule:
    return ApprovalRule(
        by=tuple(_registered(config, one) for one in row.by),
        letters=frozenset(kind.value for kind in row.letters),
        sections=row.sections,
        sensitive=row.sensitive,
        in_order=row.in_order,
    )


def _four_eyes(config: Config, book: Letterbook) -> frozenset[str]:
    """The kinds that need a second person, by the list and by what letters say that it cannot name."""
    own = {name for name, kind in book.kinds.items() if kind.approval == Approval.FOUR_EYES}
    return four_eyes([kind.value for kind in config.approval.four_eyes], own)
