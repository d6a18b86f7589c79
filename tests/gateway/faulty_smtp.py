"""An SMTP server that fails on purpose, in one of the ways real ones do (mail rules 5.4)."""

# ruff: noqa: N802 - aiosmtpd names its hooks so

from __future__ import annotations

import asyncio
import socket
import ssl
from contextlib import contextmanager

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

USER, PASSWORD = "foi@exampleshire.example", "loopback-only"


def _authenticate(server, session, envelope, mechanism, login):
    good = (login.login.decode(), login.password.decode()) == (USER, PASSWORD)
    return AuthResult(success=good, handled=False)


class FaultySMTP(SMTP):
    """Its handler's `fault` decides; everything else is aiosmtpd as it is."""

    async def smtp_QUIT(self, arg):
        if self.event_handler.fault == "hang_quit":
            await asyncio.sleep(60)
        await super().smtp_QUIT(arg)

    async def smtp_DATA(self, arg):
        if self.event_handler.fault == "drop_at_data":
            self.transport.abort()
        elif self.event_handler.fault == "250_to_data":
            await self.push("250 what?")
        else:
            await super().smtp_DATA(arg)

    async def smtp_RSET(self, arg):
        if self.event_handler.fault == "greylist_and_drop":
            self.transport.abort()
        await super().smtp_RSET(arg)

    async def smtp_NOOP(self, arg):
        if self.event_handler.fault == "drop_at_noop":
            self.transport.abort()
        await super().smtp_NOOP(arg)


class Handler:
    pipelining = False  # whether it says that it takes several commands at once

    def __init__(self, fault):
        self.fault = fault
        self.mails = []
        self.connections = 0

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        session.host_name = hostname
        self.connections += 1
        self.helo = hostname
        session.mails = 0
        dead = self.fault == "dies_after_5" and len(self.mails) >= 5
        if dead or (self.fault == "one_connection" and self.connections > 1):
            server.transport.abort()
        more = ["250-PIPELINING"] if self.pipelining else []
        return [*responses[:-1], *more, responses[-1]]

    async def handle_MAIL(self, server, session, envelope, address, options):
        if self.fault == "dies_after_5" and len(self.mails) >= 5:
            server.transport.abort()
        if self.fault == "530":
            return "530 5.7.0 authentication required"
        if self.fault == "421_on_third" and session.mails == 2:
            return "421 4.7.0 too many messages on this connection"
        if self.fault == "drop_on_third" and session.mails == 2:
            server.transport.abort()
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.fault.startswith("greylist"):
            return "451 4.7.1 greylisted, come back later"
        if "nobody" in address:
            return "550 5.1.1 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        answers = {
            "421": "421 4.3.2 shutting down",
            "451_after_data": "451 4.3.0 try again later",
            "399": "399 odd",
            "554": "554 5.7.1 we do not like it",
        }
        if self.fault in answers:
            return answers[self.fault]
        session.mails += 1
        self.mails.append((envelope.mail_from, list(envelope.rcpt_tos), envelope.content))
        if self.fault == "drop_after_dot":
            server.transport.abort()
        if self.fault == "slow_after_dot":
            await asyncio.sleep(5)
        if self.fault == "drop_after_250":
            asyncio.get_running_loop().call_later(0.05, server.transport.abort)
        return f"250 2.0.0 queued as {len(self.mails)}"


class _Controller(Controller):
    def factory(self):
        return FaultySMTP(self.handler, **self.SMTP_kwargs)


@contextmanager
def faulty_smtp(fault="ok", *, tls=None, starttls=False, auth=True, utf8=False):
    """Yields (port, handler). `tls` is an ssl.SSLContext for the server's side."""
    handler = Handler(fault)
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    options = {"tls_context": tls} if starttls else {}
    if auth:
        options |= {"authenticator": _authenticate, "auth_require_tls": False}
    controller = _Controller(
        handler,
        hostname="127.0.0.1",
        port=port,
        ssl_context=None if starttls else tls,
        enable_SMTPUTF8=utf8,
        **options,
    )
    controller.start()
    try:
        yield port, handler
    finally:
        controller.stop()


def server_context(certificates):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificates.cert, certificates.key)
    return context
