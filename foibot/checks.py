"""Everything `foibot check` and `foibot replay` look at, gathered before anything is said."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from time import process_time
from typing import TypeVar

from foibot.case.case import Case
from foibot.commands.own_letter import not_ordered, own_kinds
from foibot.config import Config, Reading, advice
from foibot.connections import check_servers
from foibot.desk.office import Office
from foibot.desk.replay import Replay, replay
from foibot.errors import FoibotError
from foibot.gateway.certificates import usable
from foibot.gateway.imap import TRUNCATE_TO
from foibot.gateway.system_clock import SystemClock
from foibot.gateway.template_files import read_templates
from foibot.law.dates import london_date
from foibot.law.horizon import horizon_warning
from foibot.letters.kind import LetterKind
from foibot.letters.render import Letterbook
from foibot.letters.reworded import reworded
from foibot.mail.limits import Limits
from foibot.mail.triage import Disposition, Triage
from foibot.mailing_itself import mail_itself
from foibot.officers.roster import Role
from foibot.reports.own_mail import Weight
from foibot.reports.tables import Replayed
from foibot.store import database
from foibot.store.belonging import require_own
from foibot.store.transaction import Store, Transaction
from foibot.trial import tried_here
from foibot.wiring import (
    build_office,
    known_laws,
    letterbook,
    office_of,
    signatures_of,
    usable_letterbook,
    who_signs,
)

_MOST_RESTRICTED = 500
_WHOSE_RECORD = ("mailbox.address", "authority.name")
_T = TypeVar("_T")


@dataclass(slots=True)
class Found:
    """What was wrong (the administrator must act), what did not answer, what deserves a look, what is fine."""

    problems: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)
    passed: list[str] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        """2 for what must be fixed, 1 for a server that did not answer, else 0."""
        return 2 if self.problems else 1 if self.troubles else 0


def check_what_can_be_read(reading: Reading, *, connect: bool) -> Found:
    """The same of a configuration with problems: whatever rests on no key that is wrong.

    What only deserves a look is left for when it is mended, and the servers are left alone.
    """
    config, unsure = reading.config, reading.unsure
    record_is_known = unsure.isdisjoint({"database.url", *_WHOSE_RECORD})
    found = Found()
    if "templates.folder" not in unsure:
        _templates(config, found)
    if "database.url" not in unsure:
        _database(config, found, whose=record_is_known)
    if "authority.regimes" not in unsure:
        _calendar(config, london_date(SystemClock().now()), found, asks=record_is_known)
    if not any(key.startswith(("officers", "signatures")) for key in unsure):
        _signatures(config, found)
    if connect:
        found.hints.append("the mail servers were not tried. Mend the configuration first.")
    return found


def check_all(config: Config, *, connect: bool, mail: bool = False) -> Found:
    """Look at templates, holidays, officers and database of a configuration that loads; at the servers too if asked.

    With `mail` it sends two mails to the mailbox itself as well, if both servers answer.
    """
    found = Found()
    found.passed.append(f"{config.path}: the configuration can be read")
    pages = _templates(config, found)
    _database(config, found)
    today = london_date(SystemClock().now())
    found.hints += [str(one) for one in advice(config, today, pages)]
    _calendar(config, today, found)
    _restricted(config, found)
    _signatures(config, found)
    if connect:
        _servers(config, found)
        if mail and not found.troubles:
            _own_mail(config, found)
    return found


def _templates(config: Config, found: Found) -> tuple[str, ...]:
    """Try every template; give the web pages that letters point to."""
    try:
        book = letterbook(config)
        problems = tried_here(book, config.templates.folder)
    except FoibotError as problem:
        found.problems.append(str(problem))
        return ()
    found.problems += [f"{one.file}:{one.line}: {one.what}. {one.fix}." for one in problems]
    found.problems += unserved_languages(config, book)
    if config.templates.folder:
        found.hints += [str(each) for each in reworded(read_templates(), book.source)]
        found.hints += not_ordered_by_anybody(book.kinds)
    if not problems:
        found.passed.append(
            "every letter and notice can be written and says what it must, on every provision and limb"
        )
    return book.source.web_pages()


def not_ordered_by_anybody(kinds: Mapping[str, LetterKind]) -> Iterator[str]:
    """The letters of the authority's own that can be written and previewed, but that no order drafts."""
    for name in own_kinds(kinds):
        if why := not_ordered(kinds[name]):
            yield f"letters/{name}/letter.toml: no order drafts this letter. {why}"


def unserved_languages(config: Config, book: Letterbook) -> Iterator[str]:
    """What keeps a request in one of the authority's languages from being acknowledged in it."""
    for code in config.authority.languages:
        texts = book.translations.get(code)
        if texts is None:
            there = ", ".join(book.translations) or "none"
            yield f"authority.languages: the templates have no folder {code} with a words.toml. There are: {there}."
        elif not texts.language.told_by:
            yield (
                f"{code}/words.toml: no request can be told to be in this language. Add: told_by = [...] with "
                "small words that are common in it and unknown in English."
            )
        elif "letters/acknowledgement/body.md" not in texts.source:
            yield f"{code}/letters/acknowledgement/body.md: the file is missing. Write the acknowledgement there."


def _database(config: Config, found: Found, *, whose: bool = True) -> None:
    try:
        with database.opened(config.database.url) as engine:
            revision = database.revision(engine)
            if revision:
                database.require_revision(engine)
                if whose:
                    require_own(engine, office_of(config))
    except FoibotError as problem:
        found.problems.append(f"database.url: {problem}")
        return
    found.passed.append(
        f"the database is at revision {revision}"
        if revision
        else "the database is new and will be made by `foibot run`"
    )


def _restricted(config: Config, found: Found) -> None:
    """Restricted cases that nobody of the office reads any more, by their references alone."""
    able = {Role.OFFICER, Role.APPROVER}
    people = [one for one in config.officers if able & set(one.roles)]
    known = {address.lower() for one in people for address in (one.address, *one.aliases)}
    restricted: list[Case] = []
    cases = _asked(
        config, lambda tx: tx.cases.found(tx.terms.restricted(_MOST_RESTRICTED)), restricted
    )
    found.hints += [
        f"case {case.reference} is restricted to people who work on no case any more. "
        f"One of need_to_know.keepers can open it: they reply to their digest with {case.reference} restrict NAME."
        for case in cases
        if known.isdisjoint(one.lower() for one in case.keeping.readers)
    ]


def _asked(config: Config, question: Callable[[Transaction], _T], otherwise: _T) -> _T:
    """The record's answer; `otherwise` if there is no record yet, or it cannot be read, which was named before."""
    with suppress(FoibotError), database.opened(config.database.url) as engine:
        require_own(engine, office_of(config))
        if database.revision(engine) == database.REVISION:
            with Store(engine).view() as tx:
                return question(tx)
    return otherwise


def _calendar(config: Config, today: date, found: Found, *, asks: bool = True) -> None:
    """Whether the bank holidays known here reach as far as the cases; a database that fails was named before.

    Where it is not sure whose record there is, nothing `asks` it.
    """
    usual = known_laws(config, None).usual
    days: list[date] = []
    law, last_days = usual, days
    if asks:
        law, last_days = _asked(
            config,
            lambda tx: (tx.holidays.known_to(usual), [case.due for case in tx.cases.unfinished()]),
            (usual, days),
        )
    warning = horizon_warning(law, today, last_days)
    if warning:
        found.hints.append(warning)
    else:
        found.passed.append("bank holidays are known for the time ahead")


def _signatures(config: Config, found: Found) -> None:
    """Whether everybody who has to sign could do so today."""
    try:
        signatures = signatures_of(config)
    except FoibotError as problem:
        found.problems.append(f"signatures: {problem}")
        return
    if signatures is None:
        return
    said = list(usable(signatures, who_signs(config), SystemClock().now()))
    found.problems += [f"signatures: {words}" for fatal, words in said if fatal]
    found.hints += [f"signatures: {words}" for fatal, words in said if not fatal]
    if not said:
        found.passed.append("everybody whose mail has to be signed can be known by a certificate")


def _servers(config: Config, found: Found) -> None:
    answers = check_servers(config)
    for key, problem in answers.items():
        if problem:
            found.troubles.append(f"{key}: {problem}")
        else:
            found.passed.append(f"{key}: connected and logged in")


def _own_mail(config: Config, found: Found) -> None:
    """What the servers do to a mail from the mailbox to itself."""
    try:
        seen = mail_itself(config)
    except FoibotError as problem:
        found.troubles.append(f"mailbox.imap: {problem}")
        return
    lists = {
        Weight.WRONG: found.problems,
        Weight.LOOK_AT: found.hints,
        Weight.FINE: found.passed,
    }
    for point in seen:
        lists[point.weight].append(point.words)


def mails_in(places: Sequence[Path]) -> list[Path]:
    """The files among these, and every .eml file in or under the folders among them, in their order."""
    found: list[Path] = []
    for place in places:
        found += sorted(place.rglob("*.eml")) if place.is_dir() else [place]
    return found


def replay_files(config: Config, files: Sequence[Path]) -> Iterator[Replayed]:
    """What foibot would make of each file; the store is looked at if there is one, and never changed.

    A file beyond the size limit is read as the mailbox would give it: its beginning.
    """
    clock = SystemClock()
    book = usable_letterbook(config)
    with database.opened(config.database.url) as engine:
        require_own(engine, office_of(config))
        store = Store(engine) if database.revision(engine) else None
        office = build_office(config, clock, book, store)
        for file in files:
            large = file.stat().st_size > Limits().max_bytes
            with file.open("rb") as opened:
                raw = opened.read(TRUNCATE_TO if large else -1)
            began = process_time()
            made = _replayed(office, store, raw, clock.now())
            yield Replayed(str(file), made.triage, process_time() - began, made.orders)


def _replayed(office: Office, store: Store | None, raw: bytes, now: datetime) -> Replay:
    """As at the intake, a mail that cannot be handled is one for a person and stops no other."""
    try:
        return replay(office, store, raw, now)
    except Exception as problem:  # noqa: BLE001 - the next mail is looked at all the same (C1)
        failed = f"handling failed: {type(problem).__name__}"
        return Replay(Triage(Disposition.QUARANTINE, "C1", failed))
