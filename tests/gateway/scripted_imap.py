"""An IMAP server that says what a test has written down, line by line."""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager

GREETING = b"* OK ready\r\n"
LITERAL_MAIL = b"From: sam@home.example\r\n\r\nHello\r\n"


class Scripted:
    """Answers by the first word (or `UID X`) of each command; {tag} stands for the tag.

    `answers` maps a word to bytes, to a list of bytes used one after the other (the last one for
    ever), or to None: close the connection.
    """

    def __init__(self, answers, capabilities="IMAP4rev1 IDLE AUTH=PLAIN", greeting=GREETING):
        self.answers = {
            "CAPABILITY": b"* CAPABILITY " + capabilities.encode() + b"\r\n{tag} OK done\r\n",
            "AUTHENTICATE": b"+ \r\n",
            "LOGIN": b"{tag} OK done\r\n",
            "EXAMINE": selected(),
            "NOOP": b"{tag} OK done\r\n",
            "UID SEARCH": b"* SEARCH\r\n{tag} OK done\r\n",
            "IDLE": b"+ idling\r\n",
            "DONE": b"{tag} OK done\r\n",
            "LIST": b'* LIST () "/" INBOX\r\n{tag} OK done\r\n',
            "LOGOUT": b"* BYE bye\r\n{tag} OK done\r\n",
            **answers,
        }
        self.greeting = greeting
        self.commands = []
        self.lines = []
        self.connections = 0
        self._sockets = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._accept)
        self._thread.start()

    def close(self):
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for one in self._sockets:
            one.close()
        self._thread.join()

    def push(self, line):
        """Sends something nobody asked for."""
        self._sockets[-1].sendall(line)

    def hang_up(self):
        self._sockets[-1].shutdown(socket.SHUT_RDWR)

    def _accept(self):
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            self._sockets.append(client)
            self.connections += 1
            with client, client.makefile("rb") as lines:
                try:
                    client.sendall(self.greeting)
                    self._serve(client, lines)
                except OSError:
                    pass

    def _serve(self, client, lines):
        tag = b""
        while line := lines.readline():
            words = line.decode("latin-1").split()
            self.lines.append(line.decode("latin-1"))
            if words[0] == "DONE":
                verb = "DONE"
            elif len(words) == 1:  # the password, after the answer to AUTHENTICATE
                client.sendall(tag + b" OK done\r\n")
                continue
            else:
                tag = words[0].encode()
                verb = " ".join(words[1:3]) if words[1] == "UID" else words[1]
            self.commands.append(verb)
            answer = self.answers.get(verb, b"{tag} BAD what?\r\n")
            if isinstance(answer, list):
                answer = answer.pop(0) if len(answer) > 1 else answer[0]
            if answer is None:
                return
            client.sendall(answer.replace(b"{tag}", tag))


def selected(uidvalidity=1, uidnext=20, exists=1):
    return (
        b"* %d EXISTS\r\n* 0 RECENT\r\n* FLAGS ()\r\n* OK [UIDVALIDITY %d]\r\n* OK [UIDNEXT %d]\r\n"
        b"{tag} OK [READ-ONLY] done\r\n" % (exists, uidvalidity, uidnext)
    )


def search(*uids):
    return b"* SEARCH %s\r\n{tag} OK done\r\n" % b" ".join(b"%d" % uid for uid in uids)


def sizes(*uids):
    size = len(LITERAL_MAIL)
    answers = b"".join(b"* 1 FETCH (UID %d RFC822.SIZE %d)\r\n" % (uid, size) for uid in uids)
    return answers + b"{tag} OK done\r\n"


def bodies(*uids, date=b'"08-Dec-2020 09:30:00 +0000"', raw=LITERAL_MAIL):
    answers = b"".join(
        b"* 1 FETCH (UID %d INTERNALDATE %s BODY[] {%d}\r\n%s)\r\n" % (uid, date, len(raw), raw)
        for uid in uids
    )
    return answers + b"{tag} OK done\r\n"


@contextmanager
def scripted(answers, **settings):
    server = Scripted(answers, **settings)
    try:
        yield server
    finally:
        server.close()
