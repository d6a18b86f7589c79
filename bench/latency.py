"""How long a request waits for its acknowledgement: quiet, behind a backlog, beside hostile mail; and the floor.

    PYTHONPATH=. python bench/latency.py HARNESS [--count 100] [--gap 0.3] [--backlog 1000] [--hostile]

HARNESS is the folder of the peer benchmark; its servers have to be up. Each request is delivered by LMTP,
and its time runs from the server's answer to the moment at which an SMTP server of this script has accepted
a mail to that very requester: notices to officers are not counted. `--backlog` puts so many mails into the
mailbox first and delivers while they are worked; `--hostile` delivers a message made to cost much before
every fifth request. The floor, a bare loop over the same mailbox, is timed in the quiet case alone.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import smtplib
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from email import message_from_bytes
from email.utils import parseaddr
from importlib import import_module
from pathlib import Path
from statistics import median
from threading import Condition

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

_HERE = Path(__file__).resolve().parent
_HOST = "127.0.0.1"
_PATIENCE = 120.0
_READY = 2.0
_FIRST = 900_000


class Accepted:
    """When a mail to each recipient was first accepted, in seconds of the monotonic clock."""

    def __init__(self) -> None:
        """Nothing was accepted yet."""
        self.at: dict[str, float] = {}
        self._more = Condition()

    async def handle_EHLO(  # noqa: N802
        self, _: SMTP, session: Session, __: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        """Offer what the floor wants: commands without waiting for each answer."""
        session.host_name = hostname
        return [*responses[:-1], "250-PIPELINING", responses[-1]]

    async def handle_DATA(self, _: SMTP, __: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take a mail, whatever it says."""
        with self._more:
            for recipient in envelope.rcpt_tos:
                self.at.setdefault(recipient.casefold(), time.monotonic())
            self._more.notify_all()
        return "250 OK"

    def wait_for(self, recipient: str) -> float:
        """Wait until a mail to this recipient was accepted; raises `TimeoutError` after two minutes."""
        with self._more:
            if not self._more.wait_for(lambda: recipient in self.at, _PATIENCE):
                raise TimeoutError("no acknowledgement within two minutes")
            return self.at[recipient]


def main() -> None:
    """Time foibot, and the floor where nothing else goes on."""
    asked = _arguments()
    os.environ["BENCH_DIR"] = asked.folder
    os.environ["BENCH_SMTP_PORT_BASE"] = str(asked.port)
    sys.path.insert(0, str(asked.harness))
    office = (sys.executable, str(_HERE / "office.py"))
    _say("foibot", _timed(asked, (*office, "run"), (*office, "open")))
    if not (asked.backlog or asked.hostile):
        floor = (
            sys.executable,
            str(asked.harness / "latency.py"),
            "--child",
            "--parser",
            "compat32",
        )
        _say("floor", _timed(asked, floor, ()))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("harness", type=lambda text: Path(text).resolve())
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--gap", type=float, default=0.3, help="seconds between two requests")
    parser.add_argument("--backlog", type=int, default=0)
    parser.add_argument("--hostile", action="store_true")
    parser.add_argument("--port", type=int, default=21290, help="where mail is accepted")
    folder = os.environ.get("BENCH_DIR", str(Path(tempfile.gettempdir()) / "bench"))
    parser.add_argument("--folder", default=folder, help="where the harness keeps its servers")
    return parser.parse_args()


def _timed(asked: argparse.Namespace, command: Sequence[str], setup: Sequence[str]) -> list[float]:
    common, servers, make_mail = (
        import_module(name) for name in ("common", "servers", "make_mail")
    )
    made = sorted((Path(asked.folder) / "mail" / common.USER).glob("*.eml"))
    servers.load(made[: asked.backlog])
    accepted = Accepted()
    sink = Controller(accepted, hostname=_HOST, port=asked.port)
    sink.start()
    lmtp = smtplib.LMTP(_HOST, common.LMTP_PORT)
    try:
        with _at_work(command, setup):
            time.sleep(_READY)  # the floor leaves alone what was there when it began
            _deliver(lmtp, make_mail.make(_FIRST - 1), common.USER)
            if not asked.backlog:
                accepted.wait_for(_asker(make_mail.make(_FIRST - 1)))
            waits = []
            pauses = random.Random(1)  # noqa: S311 - spreads deliveries, no secret
            for number in range(asked.count):
                if asked.hostile and number % 5 == 0:
                    _deliver(lmtp, _hostile(number), common.USER)
                raw = make_mail.make(_FIRST + number)
                delivered = _deliver(lmtp, raw, common.USER)
                waits.append((delivered, _asker(raw)))
                time.sleep(asked.gap * pauses.uniform(0.7, 1.3))
            return [accepted.wait_for(who) - since for since, who in waits]
    finally:
        sink.stop()


@contextmanager
def _at_work(command: Sequence[str], setup: Sequence[str]) -> Iterator[None]:
    scripts = import_module("peers.scripts")
    peer = scripts.Naive()
    peer.state = Path(os.environ["BENCH_DIR"]) / "state" / "latency"
    shutil.rmtree(peer.state, ignore_errors=True)
    peer.state.mkdir(parents=True)
    env = {**peer.env(), "PYTHONPATH": str(_HERE.parent)}
    if setup:
        subprocess.run(setup, cwd=peer.state, env=env, check=True)  # noqa: S603 - our own script
    with (peer.state / "log").open("wb") as log:
        program = subprocess.Popen(  # noqa: S603 - our own script, or the harness that was named
            command, cwd=peer.state, env=env, stdout=log, stderr=log
        )
        try:
            yield
        finally:
            program.send_signal(signal.SIGTERM)
            try:
                program.wait(10)
            except subprocess.TimeoutExpired:
                program.kill()


def _deliver(lmtp: smtplib.LMTP, raw: bytes, user: str) -> float:
    lmtp.sendmail("sender@mail.example", [user], raw.replace(b"\n", b"\r\n"))
    return time.monotonic()


def _asker(raw: bytes) -> str:
    return parseaddr(str(message_from_bytes(raw)["From"]))[1].casefold()


def _hostile(number: int) -> bytes:
    """Quote marks without end, boundaries that nest, and a header of a hundred thousand addresses."""
    nested = "".join(
        f"--b{depth}\nContent-Type: multipart/mixed; boundary=b{depth + 1}\n\n"
        for depth in range(400)
    )
    return (
        f"From: h{number}@strangers.example\nTo: {', '.join(['a@b.example'] * 20_000)}\n"
        f"Subject: {'Re: ' * 20_000}\nMessage-ID: <h{number}@strangers.example>\nMIME-Version: 1.0\n"
        f"Content-Type: multipart/mixed; boundary=b0\n\n{nested}"
        f"--b400\nContent-Type: text/plain\n\n{'On On On ' * 20_000}\n{'> From: ' * 20_000}\n"
    ).encode()


def _say(name: str, waits: Sequence[float]) -> None:
    inorder = sorted(1000 * each for each in waits)
    at = inorder[min(len(inorder) - 1, int(len(inorder) * 0.99))]
    print(  # noqa: T201
        f"{name}: {len(inorder)} requests, median {median(inorder):.0f} ms, p99 {at:.0f} ms, "
        f"worst {inorder[-1]:.0f} ms"
    )


if __name__ == "__main__":
    main()
