"""The child process that reads mails: raw bytes in, what they say and may mean out, one after the other."""

from __future__ import annotations

import pickle
import sys
from typing import BinaryIO

from foibot.case.suggestions.suggest import signals_of
from foibot.mail.message import IncomingMail
from foibot.mail.parse import parse

LENGTH = 8


def work(mails: BinaryIO, answers: BinaryIO) -> None:
    """Read each mail that comes, each under its length in eight bytes; answer each in the same way."""
    while head := mails.read(LENGTH):
        mail = parse(mails.read(int.from_bytes(head, "big")))
        signals = signals_of(mail.subject, mail.text) if isinstance(mail, IncomingMail) else {}
        answer = pickle.dumps((mail, signals), pickle.HIGHEST_PROTOCOL)
        answers.write(len(answer).to_bytes(LENGTH, "big") + answer)
        answers.flush()


if __name__ == "__main__":
    work(sys.stdin.buffer, sys.stdout.buffer)
