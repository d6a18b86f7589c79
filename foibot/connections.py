"""The connections to the mail servers that the configuration names, and whether they answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from foibot.config import Config
from foibot.errors import FoibotError
from foibot.gateway.access_tokens import AccessTokens, Application
from foibot.gateway.imap import Mailbox
from foibot.gateway.server_url import MailServer, imap_server, smtp_server
from foibot.gateway.smtp import Post


@dataclass(frozen=True, slots=True)
class Connections:
    """The mailbox, a second connection to it for copies of letters, and the server that mail is sent through."""

    mailbox: Mailbox
    sent_folder: Mailbox
    outgoing: MailServer


def connections(config: Config, *, patience: float = 30) -> Connections:
    """What an office at work uses; nothing is connected yet. `patience` is how many seconds a server may take.

    Raises ServerNotTrusted when `ca_file` cannot be read.
    """
    incoming, outgoing = servers(config)
    limit = config.mailbox.max_message_mb * 1_000_000
    return Connections(
        Mailbox(incoming, max_bytes=limit, timeout_read=patience),
        # A connection of its own: an IMAP client belongs to one thread.
        Mailbox(incoming, timeout_read=patience),
        outgoing,
    )


def servers(config: Config) -> tuple[MailServer, MailServer]:
    """The server that mail is read from, and the one that it is sent through."""
    ca_file = config.mailbox.tls_ca_file or None
    tokens = _access_tokens(config)
    return (
        imap_server(config.mailbox.imap, config.passwords.imap, ca_file, tokens),
        smtp_server(config.mailbox.smtp, config.passwords.smtp, ca_file, tokens),
    )


def _access_tokens(config: Config) -> AccessTokens | None:
    """The application foibot logs in as; None where it logs in with passwords."""
    one = config.oauth
    if not one.tenant:
        return None
    return AccessTokens(
        Application(one.tenant, one.client_id, config.passwords.oauth, one.authority, one.scope)
    )


def check_servers(config: Config) -> Mapping[str, str]:
    """Connect to both servers; for each, "" if it answered as it should, else what is wrong."""
    incoming, outgoing = servers(config)
    mailbox = Mailbox(incoming)
    post = Post(outgoing, connections=1)
    found = {}
    for name, connect in (("mailbox.imap", mailbox.folders), ("mailbox.smtp", post.check)):
        try:
            connect()
            found[name] = ""
        except FoibotError as problem:
            found[name] = str(problem)
    mailbox.close()
    post.close()
    return found
