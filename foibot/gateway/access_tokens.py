"""Access tokens in place of a password: fetched with the application's own credentials, kept until they grow old."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from foibot.errors import AdministratorMustFix, TryAgainLater

_FRESH = (
    0.8  # of a token's lifetime: a mail that is on its way must not meet its end (mail rule 3.2)
)
_LEAST_SECONDS = 60

# By the number Microsoft Entra puts first in its answer; its words would be no help to most.
_REASONS = {
    "AADSTS700016": "no application of this client_id is known to the tenant: compare oauth.client_id with "
    "the application's page, or let an administrator of the tenant consent to it",
    "AADSTS90002": "there is no tenant of this name: compare oauth.tenant with the directory's page",
    "AADSTS900023": "oauth.tenant is neither a directory's number nor one of its domains",
    "AADSTS7000215": "the client secret is wrong: put its value, not its number, into FOIBOT_OAUTH_SECRET",
    "AADSTS7000222": "the client secret has run out: make a new one and put it into FOIBOT_OAUTH_SECRET",
    "AADSTS7000229": "the tenant has not consented to the application yet: an administrator of it has to",
    "AADSTS70011": "oauth.scope is not known: it ends with /.default",
    "AADSTS500011": "the tenant does not know what oauth.scope names: it is usually "
    "https://outlook.office365.com/.default",
}


class TokenRefused(AdministratorMustFix):
    """The service that gives out access tokens refused to give one."""


class TokenUnavailable(TryAgainLater):
    """The service that gives out access tokens does not answer at the moment."""


@dataclass(frozen=True, slots=True)
class Application:
    """The registered application that foibot is: its tenant, its number, its secret and what it asks for."""

    tenant: str
    client_id: str
    secret: str = field(repr=False)
    authority: str = "https://login.microsoftonline.com"
    scope: str = "https://outlook.office365.com/.default"


class AccessTokens:
    """The access token of one application, for several threads; fetched when it is first needed."""

    def __init__(
        self,
        application: Application,
        *,
        http: object = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Fetches nothing yet. `http` stands in for the library's own HTTP client; `clock` counts seconds."""
        self._application = application
        self._http = http
        self._clock = clock
        self._lock = threading.Lock()
        self._client: Any = None
        self._token = ""
        self._fresh_until = 0.0

    def __repr__(self) -> str:
        """Without token and secret."""
        return f"AccessTokens({self._application.client_id})"

    def token(self) -> str:
        """A token with at least a fifth of its life left. Raises TokenRefused or TokenUnavailable."""
        with self._lock:
            if not self._token or self._clock() >= self._fresh_until:
                self._token, lifetime = self._fetch()
                self._fresh_until = self._clock() + max(_LEAST_SECONDS, _FRESH * lifetime)
            return self._token

    def forget(self, token: str) -> None:
        """A server refused this token, so that the next one is fetched anew."""
        with self._lock:
            if token == self._token:
                self._token = ""

    def _fetch(self) -> tuple[str, float]:
        """A new token and its life in seconds."""
        try:
            client = self._msal()
            client.remove_tokens_for_client()  # else the library gives out the old one to its last minute
            answer = client.acquire_token_for_client(scopes=[self._application.scope])
        except (OSError, ValueError, json.JSONDecodeError) as problem:
            raise TokenUnavailable(
                f"{self._application.authority} gave no access token ({type(problem).__name__}): "
                "check oauth.tenant and oauth.authority, the network and the firewall."
            ) from problem
        token = answer.get("access_token", "")
        if not token:
            raise _why_refused(answer, self._application)
        return str(token), float(answer.get("expires_in", 0))

    def _msal(self) -> Any:
        if self._client is None:
            try:
                import msal  # noqa: PLC0415 - an extra, which most offices do not need
            except ImportError as problem:
                raise TokenRefused(
                    "Access tokens need one more package: install foibot with pip install 'foibot[microsoft365]'."
                ) from problem
            one = self._application
            self._client = msal.ConfidentialClientApplication(
                one.client_id,
                client_credential=one.secret,
                authority=f"{one.authority}/{one.tenant}",
                instance_discovery=False,
                http_client=self._http,
            )
        return self._client


def _why_refused(answer: dict[str, Any], application: Application) -> Exception:
    """What the answer means; it holds no secret, but numbers of the request that help nobody."""
    said = " ".join(str(answer.get("error_description") or answer.get("error") or "").split())
    number = said.partition(":")[0]
    if answer.get("error") in {"temporarily_unavailable", "server_error"}:
        return TokenUnavailable(f"{application.authority} gives no access token just now: {number}")
    why = _REASONS.get(number, f"it said: {said[:200]}")
    return TokenRefused(f"{application.authority} refused to give an access token: {why}.")
