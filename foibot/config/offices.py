"""Reads offices.toml: the offices that one machine works, each with a configuration and passwords of its own."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, Field, ValidationError

from foibot.config.load import Config, load, read_toml
from foibot.config.problems import ConfigurationIsWrong, Problem, problems_of, unknown_key, wrong
from foibot.config.section import Section
from foibot.config.values import Line, OptionalLine

_WRITE_ONE = "Write one: deploy/many-offices.md shows how"
_KEYS: dict[str, frozenset[str]] = {}


def _short(name: str) -> str:
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,39}", name):
        raise wrong(
            "is not a short name", 'Write it in small letters, digits and hyphens: "exampleshire"'
        )
    return name


class OfficeEntry(Section):
    """One office: what it is called here, its config.toml, and the files with its passwords."""

    name: Annotated[str, AfterValidator(_short), Field(examples=['"exampleshire"'])]
    config: Annotated[Line, Field(examples=['"exampleshire/config.toml"'])]
    imap_password_file: OptionalLine = ""
    smtp_password_file: OptionalLine = ""


_KEYS["office"] = frozenset(OfficeEntry.model_fields)


@dataclass(frozen=True, slots=True)
class OfficeToWork:
    """An office, where its configuration lies, and the environment that its process gets.

    No other office's password is in that environment.
    """

    name: str
    config: Path
    environ: Mapping[str, str]


def load_offices(path: Path, environ: Mapping[str, str]) -> tuple[OfficeToWork, ...]:
    """The offices of the file at `path`, in its order.

    Raises ConfigurationIsWrong with every problem of the file and of every office's configuration, and
    where two offices would share a name, a mailbox or a record.
    """
    problems: list[Problem] = []
    entries = _entries(read_toml(path, missing=_WRITE_ONE), problems)
    offices = [_office(one, path.absolute().parent, environ) for one in entries]
    configs: list[tuple[str, Config]] = []
    for office in offices:
        try:
            configs.append((office.name, load(office.config, office.environ)))
        except ConfigurationIsWrong as wrong:
            problems += (
                Problem(f"{office.name}: {one.key}", one.what, one.fix) for one in wrong.problems
            )
    problems += _shared(offices, configs)
    if problems:
        raise ConfigurationIsWrong(str(path), problems)
    return tuple(offices)


def _entries(document: Mapping[str, Any], problems: list[Problem]) -> Iterator[OfficeEntry]:
    problems += (unknown_key("", name, {"": frozenset(_KEYS)}) for name in document if name not in _KEYS)  # fmt: skip
    given = document.get("office", [])
    if not isinstance(given, list) or not given:
        example = (
            'Write [[office]] with a name and a config below, such as config = "a/config.toml"'
        )
        problems.append(Problem("office", "there is no office in it", example))
        return
    for number, one in enumerate(given, start=1):
        try:
            yield OfficeEntry.model_validate(one)
        except ValidationError as error:
            problems += problems_of(error, f"office[{number}]", OfficeEntry, _KEYS)


def _office(entry: OfficeEntry, home: Path, environ: Mapping[str, str]) -> OfficeToWork:
    own = {name: value for name, value in environ.items() if not name.startswith("FOIBOT_")}
    for server, file in (("IMAP", entry.imap_password_file), ("SMTP", entry.smtp_password_file)):
        if file:
            own[f"FOIBOT_{server}_PASSWORD_FILE"] = str(home / file)
    return OfficeToWork(entry.name, home / entry.config, own)


def _shared(
    offices: Sequence[OfficeToWork], configs: Sequence[tuple[str, Config]]
) -> Iterator[Problem]:
    """What two offices must never have together: each would answer for the other, or write over it."""
    for name, times in Counter(one.name for one in offices).items():
        if times > 1:
            yield Problem(
                "name", f"{times} offices are called {name}", "Give each a name of its own"
            )
    mailboxes = [(name, config.mailbox.address.lower()) for name, config in configs]
    yield from _twice("mailbox.address", "work the same mailbox", mailboxes)
    records = [(name, config.database.url) for name, config in configs]
    yield from _twice("database.url", "keep their record in the same database", records)
    listeners = [(name, config.health.listen) for name, config in configs if config.health.listen]
    yield from _twice("health.listen", "listen on the same address", listeners)


def _twice(key: str, what: str, values: Sequence[tuple[str, str]]) -> Iterator[Problem]:
    who: dict[str, list[str]] = defaultdict(list)
    for name, value in values:
        who[value].append(name)
    for names in who.values():
        if len(names) > 1:
            yield Problem(key, f"{' and '.join(names)} {what}", "Give each office one of its own")
