"""An SMTP server that says what a test has written down, verb by verb, and keeps what it accepted."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

Answer = str | None | float | threading.Event
TAKEN = "take, then hang up"
PIPELINING = {
    "EHLO": "250-mx.example\r\n250-SIZE 50000000\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 AUTH PLAIN LOGIN"
}
_USUAL = {
    "": "220 mx.example ESMTP",
    "EHLO": "250-mx.example\r\n250-SIZE 50000000\r\n250-8BITMIME\r\n250 AUTH PLAIN LOGIN",
    "AUTH": "235 2.7.0 welcome",
    "MAIL": "250 2.1.0 ok",
    "RCPT": "250 2.1.5 ok",
    "DATA": "354 go on",
    ".": "250 2.0.0 queued",
    "RSET": "250 ok",
    "NOOP": "250 ok",
    "QUIT": "221 bye",
}


class ScriptedSMTP:
    """`answers` maps a verb ("" is the greeting, "." the final dot) to a reply, None (hang up), seconds of silence, or an event
    to be silent for.

    A tuple is used up one by one; after its last the usual answer counts again. TAKEN at the dot accepts
    the mail and hangs up without a word; so does silence, after a while with the usual answer. `auth` is what followed the word AUTH, `mails` what was
    accepted: recipients and bytes.
    """

    def __init__(self, answers: dict[str, Answer | tuple[Answer, ...]]) -> None:
        self.answers = dict(answers)
        self.mails: list[tuple[list[str], bytes]] = []
        self.auth: list[str] = []
        self.seen: list[str] = []
        self._sockets: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self._closed = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._start(self._accept)

    def heal(self) -> None:
        """From now on all goes well."""
        self.answers.clear()

    def close(self) -> None:
        self._closed.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for one in self._sockets:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
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
            self._sockets.append(client)
            self._start(self._serve, client)

    def _serve(self, client: socket.socket) -> None:
        with client, client.makefile("rb") as lines, suppress(OSError):
            if not self._says(client, ""):
                return
            recipients: list[str] = []
            while line := lines.readline():
                words = line.decode().strip()
                verb = words.partition(" ")[0].upper()
                self.seen.append(verb)
                if verb == "MAIL":
                    recipients = []
                if verb == "RCPT":
                    recipients.append(words.partition("<")[2].partition(">")[0])
                if verb == "AUTH":
                    self.auth.append(words.partition(" ")[2])
                said = self._says(client, verb)
                if not said:
                    return
                if (
                    verb == "DATA"
                    and said.startswith("354")
                    and not self._takes(client, lines, recipients)
                ):
                    return

    def _takes(self, client: socket.socket, lines, recipients: list[str]) -> bool:
        content, line = b"", lines.readline()
        while line != b".\r\n":
            if not line:
                return False  # the client has hung up: this is no mail
            content, line = content + line, lines.readline()
        answer = self._next(".")
        if (
            answer == TAKEN
            or isinstance(answer, float | threading.Event)
            or (answer or "").startswith("250")
        ):
            self.mails.append((list(recipients), content.replace(b"\r\n..", b"\r\n.")))
        return bool(self._say(client, ".", None if answer == TAKEN else answer))

    def _next(self, verb: str) -> Answer:
        """What is to be said now, used up if it is one of several."""
        answer = self.answers.get(verb, _USUAL.get(verb, "502 what?"))
        if not isinstance(answer, tuple):
            return answer
        first, *rest = answer
        self.answers[verb] = tuple(rest)
        if not rest:
            del self.answers[verb]
        return first

    def _says(self, client: socket.socket, verb: str) -> str:
        return self._say(client, verb, self._next(verb))

    def _say(self, client: socket.socket, verb: str, answer: Answer) -> str:
        """What was said; "" for hanging up."""
        if isinstance(answer, float):
            self._closed.wait(answer)
            answer = _USUAL[verb]
        if isinstance(answer, threading.Event):
            answer.wait(20)
            answer = _USUAL[verb]
        if answer is None:
            return ""
        client.sendall(answer.encode() + b"\r\n")
        return answer


@contextmanager
def scripted_smtp(
    answers: dict[str, Answer | tuple[Answer, ...]] | None = None,
) -> Iterator[ScriptedSMTP]:
    server = ScriptedSMTP(answers or {})
    try:
        yield server
    finally:
        server.close()
