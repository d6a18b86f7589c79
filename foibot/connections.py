"""The connections to the mail servers that the configuration names, and whether they answer."""

from __future__ import annotations

from collections.abc import Mapping

from foibot.config import Config
from foibot.errors import FoibotError
from foibot.gateway.access_tokens import AccessTokens, Application
from foibot.gateway.imap import Mailbox
from foibot.gateway.server_url import MailServer, imap_server, smtp_server
from foibot.gateway.smtp import Post


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
