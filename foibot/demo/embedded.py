"""Puts the embedded servers behind a configuration that says "embedded"."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from secrets import token_urlsafe

from foibot.config import Config, Passwords
from foibot.demo.servers import HOST, EmbeddedServers

_FOLDER = "foibot-mail"
_ACCOUNTS = "accounts.json"


@dataclass(frozen=True, slots=True)
class Embedded:
    """The configuration with the servers' real addresses, the servers, and the file with the accounts."""

    config: Config
    servers: EmbeddedServers
    accounts_file: Path


@contextmanager
def embedded(
    config: Config, clock: Callable[[], datetime], *, folder: Path | None = None
) -> Iterator[Embedded]:
    """Start the embedded servers, with an account for the mailbox and for each person on the roster.

    Mail and accounts are kept in `folder` (default: `foibot-mail` beside the configuration), so that
    they survive a restart; the accounts' file is readable by its owner alone.
    """
    kept_in = folder or config.path.parent / _FOLDER
    kept_in.mkdir(parents=True, exist_ok=True)
    accounts_file = kept_in / _ACCOUNTS
    accounts = _accounts(config, accounts_file)
    servers = EmbeddedServers(
        accounts, authserv_id=config.trust.authserv_id, clock=clock, folder=kept_in / "mail"
    )
    with servers:
        _write(accounts_file, accounts, servers)
        yield Embedded(_pointed_at(config, servers, accounts), servers, accounts_file)


def _accounts(config: Config, file: Path) -> dict[str, str]:
    known: dict[str, str] = {}
    if file.exists():
        known = json.loads(file.read_text("utf-8")).get("passwords", {})
    people = [config.mailbox.address, *(officer.address for officer in config.officers)]
    return {address: known.get(address) or token_urlsafe(12) for address in people}


def _write(file: Path, accounts: dict[str, str], servers: EmbeddedServers) -> None:
    file.touch(mode=0o600)
    content = {
        "host": HOST,
        "imap_port": servers.imap_port,
        "smtp_port": servers.smtp_port,
        "passwords": accounts,
    }
    file.write_text(json.dumps(content, indent=2) + "\n", "utf-8")


def _pointed_at(config: Config, servers: EmbeddedServers, accounts: dict[str, str]) -> Config:
    address = config.mailbox.address
    urls = {"imap": servers.imap_url(address), "smtp": servers.smtp_url(address)}
    return replace(
        config,
        mailbox=config.mailbox.model_copy(update=urls),
        passwords=Passwords(imap=accounts[address], smtp=accounts[address]),
    )
