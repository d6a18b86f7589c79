"""The border of the authority's own mail: whose word about a sender counts."""

from __future__ import annotations

from dataclasses import dataclass

from foibot.mail.authentication_results import Authentication, border_verdict
from foibot.mail.message import IncomingMail


@dataclass(frozen=True, slots=True)
class Border:
    """Whose word about a sender is believed, whose Received line counts, and which domains are ours.

    With `confirm`, an order that the border says nothing about counts once its officer confirms it.
    """

    authserv_id: str
    servers: tuple[str, ...]
    own_domains: tuple[str, ...]
    confirm: bool = True
    exchange_internal: bool = False
    arc_sealers: tuple[str, ...] = ()

    def verdict_on(self, mail: IncomingMail, own_domain: str = "") -> Authentication:
        """Whether the border vouches for who the mail says it is from."""
        return border_verdict(
            mail,
            self.authserv_id,
            self.servers,
            own_domain,
            exchange_internal=self.exchange_internal,
            sealers=self.arc_sealers,
        )
