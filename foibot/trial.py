"""Tries the templates: every letter and notice on every provision, before anybody works with them.

It is a program of its own as well, which loads what letters are made of and nothing else.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

from foibot.case.case import State
from foibot.gateway.template_files import read_templates
from foibot.letters.problem import Problem
from foibot.letters.render import Letterbook
from foibot.letters.wording_check import by_every_wording


def letterbook_of(folder: str) -> Letterbook:
    """The shipped templates with those of a folder laid over them, compiled; "" for the shipped ones alone."""
    read = read_templates(Path(folder) if folder else None)
    return Letterbook(read, states=[state.value for state in State])


def digest_of(book: Letterbook) -> str:
    """What is the same for two letterbooks only if every byte of their templates is."""
    texts = "".join(f"{path}\0{text}\0" for path, text in sorted(book.source.items()))
    return sha256(texts.encode("utf-8", "surrogatepass")).hexdigest()


def tried_here(book: Letterbook, folder: str) -> list[Problem]:
    """Everything that is wrong with the templates, found in this process.

    The wording of every provision is only tried in letters that are themselves right.
    """
    return list(book.problems()) or by_every_wording(book)


def tried_in_a_child(book: Letterbook, folder: str) -> list[Problem]:
    """The same, found in a child process: trying every letter under every law leaves megabytes behind."""
    done = subprocess.run(  # noqa: S603 - our own interpreter and module
        [sys.executable, "-m", "foibot.trial", folder], capture_output=True, check=False
    )
    if done.returncode != 0:
        return tried_here(book, folder)
    return [Problem(**each) for each in json.loads(done.stdout)]


if __name__ == "__main__":
    found = tried_here(letterbook_of(sys.argv[1]), sys.argv[1])
    sys.stdout.write(json.dumps([asdict(each) for each in found]))
