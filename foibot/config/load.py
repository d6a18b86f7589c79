"""Reads config.toml and the passwords, section by section, so that every problem is found at once."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from foibot.config import cross_checks, standing_in
from foibot.config.approval import Approval, ApprovalRow, Signatures
from foibot.config.need_to_know import NeedToKnow
from foibot.config.partly import Read, SectionT, read_section
from foibot.config.problems import ConfigurationIsWrong, Problem, unknown_key
from foibot.config.section import Section
from foibot.config.sections import (
    SCOTTISH_REGULATOR,
    UK_REGULATOR,
    Authority,
    Database,
    Delegate,
    Health,
    Holders,
    Limits,
    Links,
    Mailbox,
    OAuth,
    OfficerConfig,
    Regulator,
    Reminders,
    Templates,
    ThreatLevel,
    Trust,
)
from foibot.config.values import user_of


@dataclass(frozen=True, slots=True)
class Passwords:
    """The passwords of the two servers, and the application's secret; "" where none is needed."""

    imap: str = field(repr=False)
    smtp: str = field(repr=False)
    oauth: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Config:
    """Everything an administrator decides; defaults filled in, paths absolute."""

    path: Path
    authority: Authority
    regulator: Regulator
    threat_level: ThreatLevel
    links: Links
    mailbox: Mailbox
    oauth: OAuth
    trust: Trust
    database: Database
    officers: tuple[OfficerConfig, ...]
    approval: Approval
    signatures: Signatures
    reminders: Reminders
    holders: Holders
    need_to_know: NeedToKnow
    limits: Limits
    health: Health
    templates: Templates
    passwords: Passwords


SECTIONS: dict[str, type[Section]] = {
    "authority": Authority,
    "regulator": Regulator,
    "threat_level": ThreatLevel,
    "links": Links,
    "mailbox": Mailbox,
    "oauth": OAuth,
    "trust": Trust,
    "database": Database,
    "officers": OfficerConfig,
    "approval": Approval,
    "signatures": Signatures,
    "reminders": Reminders,
    "holders": Holders,
    "need_to_know": NeedToKnow,
    "limits": Limits,
    "health": Health,
    "templates": Templates,
}
KEYS = {name: frozenset(section.model_fields) for name, section in SECTIONS.items()}
_KEYS_OF_STEPS = {
    "reminders.ladder": frozenset({"day", "to", "say"}),
    "approval.rules": frozenset(ApprovalRow.model_fields),
    "officers.delegates": frozenset(Delegate.model_fields),
}

_NAME_IT = "Name it with --config, or write one with `foibot init`"


@dataclass(frozen=True, slots=True)
class Reading:
    """A configuration as far as it could be read, and everything that is wrong with it.

    `unsure` are the keys of the problems, and "officers.roles" if it was wrong with anybody; a default or
    an example may stand in their place. Nobody works with one that has problems: it is to be looked at.
    """

    config: Config
    problems: tuple[Problem, ...]
    unsure: frozenset[str]


def load(path: Path, environ: Mapping[str, str], *, mail_servers: bool = True) -> Config:
    """The configuration in the file at `path`, passwords taken from `environ`.

    For work without the `mail_servers` their passwords are neither read nor missed.
    Raises ConfigurationIsWrong with every problem found, not the first alone.
    """
    reading = read_as_far_as_right(path, environ, mail_servers=mail_servers)
    if reading.problems:
        raise ConfigurationIsWrong(str(path), reading.problems)
    return reading.config


def read_as_far_as_right(
    path: Path, environ: Mapping[str, str], *, mail_servers: bool = True
) -> Reading:
    """The same, for whoever looks on after the first problem. Raises ConfigurationIsWrong if it is no TOML."""
    document = read_toml(path)
    home = path.absolute().parent
    problems = [
        unknown_key("", name, {"": frozenset(KEYS)} | KEYS) for name in document if name not in KEYS
    ]
    parts = _parts(document, problems)
    passwords = Passwords("", "")
    if mail_servers:
        passwords = _passwords(document, environ, problems)
    problems += _crossed(parts)
    problems += _files(parts, home)
    config = Config(path=path.absolute(), passwords=passwords, **_completed(parts.sections, home))
    return Reading(config, tuple(problems), parts.unsure | {one.key for one in problems})


def threat_level(path: Path) -> ThreatLevel:
    """The section about the threat level alone, however wrong the rest of the file may be.

    Raises ConfigurationIsWrong where the file cannot be read or that section is wrong.
    """
    problems: list[Problem] = []
    given = read_toml(path).get("threat_level", {})
    read = _section(ThreatLevel, given, "threat_level", problems)
    if "checked" not in read.wrong:
        problems += cross_checks.threat_level(read.section)
    if problems:
        raise ConfigurationIsWrong(str(path), problems)
    return read.section


def sample() -> str:
    """The shipped config.toml, every key with its comment."""
    package = Path(__file__).parents[1]
    installed = package / "_shipped" / "config.toml"
    return (installed if installed.is_file() else package.parent / "config.toml").read_text("utf-8")


def read_toml(path: Path, *, missing: str = _NAME_IT) -> dict[str, Any]:
    """The file as it stands; `missing` is what to do where there is none. Raises ConfigurationIsWrong."""
    try:
        # "utf-8-sig": Windows editors put a byte order mark in front, which TOML refuses.
        return tomllib.loads(path.read_text("utf-8-sig"))
    except FileNotFoundError:
        what, fix = "there is no such file", missing
    except OSError as error:
        what, fix = f"cannot be read ({error.strerror})", "Let the user foibot runs as read it"
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        what, fix = f"is not UTF-8 text (line {line})", "Save it again as UTF-8"
    except tomllib.TOMLDecodeError as error:
        what, fix = f"is not TOML: {error}", "Mend that line; text stands in double quotes"
    raise ConfigurationIsWrong(str(path), [Problem(path.name, what, fix)])


@dataclass(slots=True)
class _Parts:
    """The sections, the officers with their places, and which keys of them were wrong."""

    sections: dict[str, Any] = field(default_factory=dict)
    officers: list[Read[OfficerConfig]] = field(default_factory=list)
    unsure: frozenset[str] = frozenset()

    def knows(self, *keys: str) -> bool:
        """Whether none of these keys was wrong."""
        return self.unsure.isdisjoint(keys)

    def officers_who_have(self, key: str) -> list[tuple[str, OfficerConfig]]:
        """Those with whom this key was not wrong, each with its place in the file."""
        numbered = enumerate(self.officers, start=1)
        return [(f"officers[{at}]", one.section) for at, one in numbered if key not in one.wrong]


def _parts(document: Mapping[str, Any], problems: list[Problem]) -> _Parts:
    """The sections as far as they are right; what is wrong with them goes to `problems`."""
    parts = _Parts()
    unsure: set[str] = set()
    for name, section in SECTIONS.items():
        if name not in {"officers", "regulator"}:
            read = _section(section, document.get(name, {}), name, problems)
            parts.sections[name] = read.section
            unsure |= {f"{name}.{key}" for key in read.wrong}
    parts.sections["regulator"] = _regulator(
        document.get("regulator", {}), parts.sections["authority"], problems
    )
    roster = document.get("officers", [])
    if not isinstance(roster, list):
        what, fix = "must be a list of people", "Write [[officers]] with double brackets"
        problems.append(Problem("officers", what, fix))
        unsure |= {f"officers.{key}" for key in KEYS["officers"]}
        roster = []
    for number, one in enumerate(roster, start=1):
        person = _section(OfficerConfig, one, f"officers[{number}]", problems)
        parts.officers.append(person)
        unsure |= {f"officers.{key}" for key in person.wrong}
    parts.sections["officers"] = tuple(one.section for one in parts.officers)
    parts.unsure = frozenset(unsure)
    return parts


def _section(
    section: type[SectionT],
    given: object,
    prefix: str,
    problems: list[Problem],
    stand_in: Mapping[str, object] | None = None,
) -> Read[SectionT]:
    return read_section(section, given, prefix, problems, KEYS | _KEYS_OF_STEPS, stand_in)


def _regulator(given: object, authority: Authority, problems: list[Problem]) -> Regulator:
    default = SCOTTISH_REGULATOR if authority.regimes[0].is_scottish else UK_REGULATOR
    usual = default.model_dump()
    named = usual | given if isinstance(given, dict) else given
    return _section(Regulator, named, "regulator", problems, usual).section


def _passwords(
    document: Mapping[str, Any], environ: Mapping[str, str], problems: list[Problem]
) -> Passwords:
    mailbox, oauth = document.get("mailbox"), document.get("oauth")
    servers = mailbox if isinstance(mailbox, dict) else {}
    if isinstance(oauth, dict) and oauth.get("tenant"):
        return Passwords("", "", _secret("FOIBOT_OAUTH_SECRET", environ, problems))
    return Passwords(
        imap=_password("IMAP", servers.get("imap"), environ, problems),
        smtp=_password("SMTP", servers.get("smtp"), environ, problems),
    )


def _password(
    protocol: str, server: object, environ: Mapping[str, str], problems: list[Problem]
) -> str:
    """One password; a server that is embedded, or asks for no login, needs none."""
    if not isinstance(server, str) or not user_of(server):
        return ""
    return _secret(f"FOIBOT_{protocol}_PASSWORD", environ, problems)


def _secret(name: str, environ: Mapping[str, str], problems: list[Problem]) -> str:
    """What the environment, or a file that it names, holds under this name."""
    file_name = f"{name}_FILE"
    given, file = environ.get(name, ""), environ.get(file_name, "")
    if given and file:
        problems.append(Problem(name, f"is set, and {file_name} too", "Set one of the two"))
    elif file:
        return _password_in(Path(file), file_name, problems)
    elif not given:
        problems.append(
            Problem(
                name, "is not set in the environment", f"Set it, or {file_name} to a file's path"
            )
        )
    return given


def _password_in(file: Path, name: str, problems: list[Problem]) -> str:
    try:
        password = file.read_text("utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError):
        problems.append(Problem(name, "names a file that cannot be read", "Check path and rights"))
        return ""
    if not password:
        problems.append(Problem(name, "names an empty file", "Write the password into the file"))
    return password


def _crossed(parts: _Parts) -> Iterator[Problem]:
    """What is wrong between keys. What was wrong by itself is not blamed once more for what stands in its place."""
    sections = parts.sections
    yield from cross_checks.regimes(sections["authority"])
    if parts.knows("mailbox.imap", "mailbox.smtp"):
        yield from cross_checks.servers(sections["mailbox"])
    if parts.knows("mailbox.plus_addressing"):
        yield from cross_checks.plus_address(sections["mailbox"])
    if parts.knows("oauth.tenant", "oauth.client_id", "mailbox.imap"):
        yield from cross_checks.tokens(sections["oauth"], sections["mailbox"])
    if parts.knows("threat_level.checked"):
        yield from cross_checks.threat_level(sections["threat_level"])
    yield from _about_officers(parts)
    yield from cross_checks.ladder(sections["holders"])


def _about_officers(parts: _Parts) -> Iterator[Problem]:
    sections, officers = parts.sections, parts.sections["officers"]
    mailbox = sections["mailbox"].address if parts.knows("mailbox.address") else ""
    yield from cross_checks.one_block_each(parts.officers_who_have("name"))
    yield from cross_checks.addresses(
        parts.officers_who_have("address"), mailbox, sections["trust"].shared_mailboxes
    )
    if parts.knows("officers.roles"):
        yield from cross_checks.needed_roles(officers)
    if parts.knows("officers.address", "officers.aliases"):
        yield from cross_checks.deputies(officers)
    if parts.knows("officers.roles", "officers.certificates", "signatures.authorities"):
        yield from cross_checks.signatures(sections["signatures"], officers)
    if parts.knows("officers.address", "officers.aliases", "officers.roles"):
        yield from cross_checks.recipients(sections["reminders"], officers)
        yield from cross_checks.approvals(sections["approval"], officers)
        yield from cross_checks.need_to_know(sections["need_to_know"], officers)
        yield from standing_in.delegates(officers)


def _files(parts: _Parts, home: Path) -> Iterator[Problem]:
    mailbox: Mailbox = parts.sections["mailbox"]
    templates: Templates = parts.sections["templates"]
    yield from _certificates(parts.sections["signatures"], parts.sections["officers"], home)
    if mailbox.tls_ca_file and not (home / mailbox.tls_ca_file).is_file():
        yield Problem("mailbox.tls_ca_file", "is not a file", "Give the path of a PEM file")
    if templates.folder and not (home / templates.folder).is_dir():
        yield Problem("templates.folder", "is not a folder", "Make one with `foibot init`")


def _certificates(
    signatures: Signatures, officers: Sequence[OfficerConfig], home: Path
) -> Iterator[Problem]:
    fix = "Give the path of a file with a certificate, PEM or DER"
    if signatures.authorities and not (home / signatures.authorities).is_file():
        yield Problem("signatures.authorities", "is not a file", fix)
    for number, one in enumerate(officers, start=1):
        for place, file in enumerate(one.certificates, start=1):
            if not (home / file).is_file():
                yield Problem(f"officers[{number}].certificates[{place}]", "is not a file", fix)


def _completed(parts: Mapping[str, Any], home: Path) -> dict[str, Any]:
    """The sections with what follows from other keys filled in; `home` is the file's folder."""
    authority, mailbox, trust = parts["authority"], parts["mailbox"], parts["trust"]
    database, templates = parts["database"], parts["templates"]
    signatures = parts["signatures"]
    return dict(parts) | {
        "authority": authority.model_copy(
            update={
                "email": authority.email or mailbox.address,
                "review_email": authority.review_email or mailbox.address,
                "review_address": authority.review_address or authority.address,
            }
        ),
        "mailbox": mailbox.model_copy(
            update={"tls_ca_file": mailbox.tls_ca_file and str(home / mailbox.tls_ca_file)}
        ),
        "trust": trust.model_copy(
            update={
                "authserv_id": trust.authserv_id
                or (f"mx.{mailbox.domain}" if mailbox.embedded else ""),
                "own_domains": trust.own_domains or (mailbox.domain,),
            }
        ),
        "signatures": signatures.model_copy(
            update={"authorities": signatures.authorities and str(home / signatures.authorities)}
        ),
        "officers": tuple(
            one.model_copy(update={"certificates": tuple(str(home / f) for f in one.certificates)})
            for one in parts["officers"]
        ),
        "database": database.model_copy(update={"url": _absolute(database.url, home)}),
        "templates": Templates(folder=_templates(templates.folder, home)),
    }


def _templates(folder: str, home: Path) -> str:
    if folder:
        return str(home / folder)
    beside = home / "templates"
    return str(beside) if beside.is_dir() else ""


def _absolute(url: str, home: Path) -> str:
    scheme = "sqlite:///"
    return scheme + str(home / url.removeprefix(scheme)) if url.startswith(scheme) else url
