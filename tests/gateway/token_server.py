"""A service that gives out access tokens on loopback, as Microsoft Entra does, with the answers a test sets."""

from __future__ import annotations

import json
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from types import SimpleNamespace
from urllib.parse import parse_qs, urlencode

AUTHORITY = "https://login.microsoftonline.com"


class TokenServer(HTTPServer):
    """`refusal` is the answer in place of a token; `lifetime` is in seconds; `asked` are the forms it was sent."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.asked: list[dict[str, str]] = []
        self.refusal: dict[str, object] = {}
        self.lifetime = 3600
        self.port = self.server_address[1]


class _Answers(BaseHTTPRequestHandler):
    server: TokenServer

    def do_GET(self) -> None:
        tenant = self.path.split("/")[1]
        here = f"{AUTHORITY}/{tenant}"
        self._say(200, {
            "issuer": f"{here}/v2.0",
            "authorization_endpoint": f"{here}/oauth2/v2.0/authorize",
            "token_endpoint": f"{here}/oauth2/v2.0/token",
        })  # fmt: skip

    def do_POST(self) -> None:
        form = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.asked.append({name: value[0] for name, value in parse_qs(form).items()})
        if self.server.refusal:
            self._say(401, self.server.refusal)
            return
        token = f"token-{len(self.server.asked)}"
        self._say(
            200, {"token_type": "Bearer", "expires_in": self.server.lifetime, "access_token": token}
        )

    def _say(self, status: int, document: dict[str, object]) -> None:
        body = json.dumps(document).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


class Loopback:
    """The HTTP client that msal is given: what would go to Microsoft goes to this machine."""

    def __init__(self, port: int) -> None:
        self._here = f"http://127.0.0.1:{port}"

    def get(self, url: str, **_: object) -> SimpleNamespace:
        return self._open(urllib.request.Request(url.replace(AUTHORITY, self._here)))  # noqa: S310

    def post(self, url: str, data: dict[str, str], **_: object) -> SimpleNamespace:
        form = urlencode(data).encode()
        return self._open(urllib.request.Request(url.replace(AUTHORITY, self._here), form))  # noqa: S310

    def close(self) -> None:
        pass

    def _open(self, request: urllib.request.Request) -> SimpleNamespace:
        try:
            with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310
                return SimpleNamespace(
                    status_code=answer.status, text=answer.read().decode(), headers={}
                )
        except urllib.error.HTTPError as refused:
            with refused:
                return SimpleNamespace(
                    status_code=refused.code, text=refused.read().decode(), headers={}
                )


@contextmanager
def token_server() -> Iterator[TokenServer]:
    server = TokenServer()
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
