"""The child process that reads mails: raw bytes in, what they say out, one after the other until there are no more."""

from __future__ import annotations

import pickle
import sys
from typing import BinaryIO

from foibot.mail.parse import parse

LENGTH = 8


def work(mails: BinaryIO, answers: BinaryIO) -> None:
    """Read each mail that comes, each under its length in eight bytes; answer each in the same way."""
    while head := mails.read(LENGTH):
        answer = pickle.dumps(
            parse(mails.read(int.from_bytes(head, "big"))), pickle.HIGHEST_PROTOCOL
        )
        answers.write(len(answer).to_bytes(LENGTH, "big") + answer)
        answers.flush()


if __name__ == "__main__":
    work(sys.stdin.buffer, sys.stdout.buffer)
