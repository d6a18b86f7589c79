"""Tries the templates: every letter and notice on every provision, before anybody works with them.

It is a program of its own as well, which loads what letters are made of and nothing else.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, replace
from hashlib import sha256
from pathlib import Path

from foibot.case.case import State
from foibot.gateway.pdf import LetterheadMustBeFixed, Typesetter
from foibot.gateway.template_files import fonts_folder, read_templates
from foibot.letters.problem import Problem
from foibot.letters.render import Letter, Letterbook
from foibot.letters.samples import sample
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

    The wording of every provision is only tried in letters that are themselves right, and only letters that
    can be written are set as PDF.
    """
    return list(book.problems()) or [*by_every_wording(book), *page_problems(book)]


def page_problems(book: Letterbook) -> Iterator[Problem]:
    """What keeps the page from being set, tried with one letter in each language."""
    typesetter = Typesetter(book.source["letterhead.typ"], fonts_folder())
    for language in ("en", *book.translations):
        letter = _any_letter(book, language)
        if letter is None:
            continue
        try:
            typesetter.pdf(letter.blocks_json, title=letter.title)
        except LetterheadMustBeFixed as problem:
            what = f"the page of the PDF cannot be set: {problem.why}"
            yield Problem("letterhead.typ", problem.line or 1, what, _LETTERHEAD)
            return


_LETTERHEAD = "Correct that line, or take the shipped file again (foibot init NEWFOLDER writes it)"


def _any_letter(book: Letterbook, language: str) -> Letter | None:
    """The first letter that is sent as a PDF, if the language has one, else what it has."""
    texts = book.translations.get(language)
    for kind in sorted(book.kinds.values(), key=lambda one: not one.pdf):
        facts = replace(sample(kind, kind.regimes[0]), language=language)
        if texts is None or texts.writes(kind.name, facts):
            return book.letter(kind.name, facts)
    return None


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
