"""An IMAP server that keeps a mailbox and fails on purpose, in one of the ways real ones do (mail rules 5.4)."""

from __future__ import annotations

import base64
import json
import re
import socket
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress

DATE = b'"08-Dec-2020 09:10:00 +0000"'
THROTTLED = b"Request is throttled. Suggested Backoff Time: 299961 milliseconds"


class Cut(Exception):
    """The server hangs up without a word."""


class FaultyIMAP:
    """One INBOX and one Sent, over any number of connections; `fault` says what goes wrong, until it is "".

    `times` limits how often it goes wrong (None: until the test ends it). What was done is counted in
    `seen`, by verb. `tokens` are the access tokens it takes, `password` the password.
    """

    def __init__(self, *, idle: bool = True, oauth: bool = False) -> None:
        self.mails: dict[int, bytes] = {}
        self.sizes: dict[int, int] = {}
        self.sent: list[bytes] = []
        self.uidvalidity = 1
        self.next_uid = 1
        self.fault = ""
        self.times: int | None = None
        self.seen: Counter[str] = Counter()
        self.password = "loopback-only"
        self.tokens = {"token-1"}
        self.idling = threading.Event()
        self._capabilities = b"IMAP4rev1" + b" IDLE" * idle
        self._capabilities += b" AUTH=XOAUTH2 SASL-IR" if oauth else b" AUTH=PLAIN"
        self._sockets: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._start(self._accept)

    def deliver(self, raw: bytes, *, uid: int = 0, size: int = 0) -> int:
        """A mail lands in INBOX, and whoever idles hears of it; `size` is a lie about its length."""
        self.next_uid = max(self.next_uid, uid or self.next_uid)
        new, self.next_uid = self.next_uid, self.next_uid + 1
        self.mails[new] = raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
        self.sizes[new] = size
        if self.idling.is_set():
            self.push(b"* %d EXISTS\r\n" % len(self.mails))
        return new

    def renumber(self) -> None:
        """Everything gets a new UID under another UIDVALIDITY, as after a restored mailbox."""
        self.uidvalidity += 1
        self.mails = dict(enumerate(self.mails.values(), start=1))
        self.sizes = dict.fromkeys(self.mails, 0)
        self.next_uid = len(self.mails) + 1
        self.hang_up()

    def push(self, line: bytes) -> None:
        """Sends something nobody asked for, on every connection."""
        for one in self._sockets:
            with suppress(OSError):
                one.sendall(line)

    def hang_up(self) -> None:
        """Ends every connection."""
        for one in self._sockets:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.hang_up()
        for thread in self._threads:
            thread.join(5)

    def _start(self, work, *arguments) -> None:
        thread = threading.Thread(target=work, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._sockets.append(client)
            self.seen["connections"] += 1
            self._start(self._serve, client)

    def _serve(self, client: socket.socket) -> None:
        with client, client.makefile("rb") as lines, suppress(OSError, Cut):
            client.sendall(b"* OK ready\r\n")
            while line := lines.readline():
                tag, _, rest = line.strip().partition(b" ")
                name = rest.upper().split(b" ")[: 2 if rest.upper().startswith(b"UID ") else 1]
                verb = b" ".join(name).decode()
                self.seen[verb] += 1
                for part in self._answer(verb, rest, client, lines):
                    client.sendall(part.replace(b"{tag}", tag))
        if client in self._sockets:
            self._sockets.remove(client)

    def _is(self, fault: str) -> bool:
        """Whether this goes wrong now; counts it."""
        if self.fault != fault or self.times == 0:
            return False
        if self.times is not None:
            self.times -= 1
        self.seen[f"fault {fault}"] += 1
        return True

    def _answer(self, verb, rest, client, lines) -> Iterator[bytes]:
        if self._is(f"throttle {verb}"):
            yield b"{tag} NO " + THROTTLED + b"\r\n* BYE " + THROTTLED + b"\r\n"
            raise Cut
        if self._is(f"cut {verb}"):
            raise Cut
        if self._is(f"not connected {verb}"):
            yield b"{tag} BAD User is authenticated but not connected.\r\n"
            return
        yield from self._usual_answer(verb, rest, client, lines)

    def _usual_answer(self, verb, rest, client, lines) -> Iterator[bytes]:
        done = b"{tag} OK done\r\n"
        match verb:
            case "CAPABILITY":
                yield b"* CAPABILITY " + self._capabilities + b"\r\n" + done
            case "AUTHENTICATE":
                yield from self._authenticate(rest, lines, client)
            case "LIST":
                yield b'* LIST () "/" INBOX\r\n* LIST (\\Sent) "/" Sent\r\n' + done
            case "EXAMINE" | "SELECT":
                yield self._selected(rest)
            case "UID SEARCH":
                yield b"* SEARCH%s\r\n" % b"".join(b" %d" % uid for uid in self._found(rest)) + done
            case "UID FETCH":
                yield from self._fetched(rest, client)
                yield done
            case "IDLE":
                yield from self._idle(lines)
            case "APPEND":
                yield from self._append(rest, client, lines)
            case "LOGOUT":
                yield b"* BYE bye\r\n" + done
                raise Cut
            case _:
                yield done

    def _authenticate(self, rest, lines, client) -> Iterator[bytes]:
        words = rest.split(b" ")
        if len(words) == 2:
            client.sendall(b"+ \r\n")
            words.append(lines.readline().strip())
        said = base64.b64decode(words[2]).decode()
        if words[1].upper() == b"XOAUTH2":
            token = said.partition("auth=Bearer ")[2].strip("\1")
            if token in self.tokens:
                yield b"{tag} OK done\r\n"
                return
            said = json.dumps(
                {"status": "401", "schemes": "Bearer", "scope": "https://mail.example"}
            )
            client.sendall(b"+ " + base64.b64encode(said.encode()) + b"\r\n")
            lines.readline()
        elif said.endswith("\0" + self.password):
            yield b"{tag} OK done\r\n"
            return
        yield b"{tag} NO [AUTHENTICATIONFAILED] AUTHENTICATE failed.\r\n"

    def _selected(self, rest: bytes) -> bytes:
        sent = b"Sent" in rest
        return (
            b"* %d EXISTS\r\n* FLAGS ()\r\n* OK [UIDVALIDITY %d]\r\n* OK [UIDNEXT %d]\r\n{tag} OK done\r\n"
            % (len(self.sent if sent else self.mails), self.uidvalidity, self.next_uid)
        )

    def _found(self, rest: bytes) -> list[int]:
        words = rest.split(b" ")[2:]
        if b"HEADER" in words:
            wanted = words[-1].strip(b'"')
            return [n for n, raw in enumerate(self.sent, start=1) if wanted in raw]
        start, _, end = words[words.index(b"UID") + 1].partition(b":")
        if end == b"*":
            found = [uid for uid in self.mails if uid >= int(start)]
            return found or [*self.mails][-1:]  # `n:*` names the last mail whatever n is (RFC 3501)
        return [uid for uid in self.mails if int(start) <= uid <= int(end)]

    def _fetched(self, rest: bytes, client) -> Iterator[bytes]:
        words = rest.split(b" ", 3)
        uids = [int(one) for part in words[2].split(b",") for one in _span(part)]
        body = b"BODY" in words[3]
        if body and self._is("moved before FETCH"):
            self.mails.pop(uids[0])
        if body and self._is("nothing from FETCH"):
            return
        for uid in uids:
            raw = self.mails.get(uid)
            if raw is None:
                continue
            if body and self._is("flags only"):
                yield b"* 1 FETCH (UID %d FLAGS (\\Seen))\r\n" % uid
                continue
            if not body:
                yield b"* 1 FETCH (UID %d RFC822.SIZE %d)\r\n" % (uid, self.sizes[uid] or len(raw))
                continue
            name, part = b"BODY[]", raw
            if cut := re.search(rb"<0\.(\d+)>", words[3]):
                name, part = b"BODY[]<0>", raw[: int(cut[1])]
            head = b"* 1 FETCH (UID %d INTERNALDATE %s %s {%d}\r\n" % (uid, DATE, name, len(part))
            if self._is("cut in a literal"):
                client.sendall(head + part[: len(part) // 2])
                raise Cut
            yield head + part + b")\r\n"

    def _idle(self, lines) -> Iterator[bytes]:
        yield b"+ idling\r\n"
        if self._is("EOF in IDLE"):
            raise Cut
        if self._is("BYE in IDLE"):
            yield b"* BYE going down\r\n"
            raise Cut
        self.idling.set()
        ended = lines.readline()
        self.idling.clear()
        if not ended or self._is("silent DONE"):
            lines.readline()  # says nothing more, until the other side is tired of it
            raise Cut
        yield b"{tag} OK done\r\n"

    def _append(self, rest, client, lines) -> Iterator[bytes]:
        client.sendall(b"+ go on\r\n")
        size = int(re.search(rb"\{(\d+)\}$", rest)[1])
        raw = lines.read(size)
        lines.readline()
        if self._is("APPEND refused"):
            yield b"{tag} NO [OVERQUOTA] the mailbox is full\r\n"
            return
        self.sent.append(raw)
        yield b"{tag} OK done\r\n"


def _span(part: bytes) -> range:
    first, _, last = part.partition(b":")
    return range(int(first), int(last or first) + 1)


@contextmanager
def faulty_imap(**settings) -> Iterator[FaultyIMAP]:
    server = FaultyIMAP(**settings)
    try:
        yield server
    finally:
        server.close()
