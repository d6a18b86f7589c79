"""Templates that were tried once are not tried again by the next test, byte for byte the same."""

import pytest

from foibot import checks, service
from foibot.letters.problem import Problem
from foibot.letters.render import Letterbook
from foibot.trial import digest_of, tried_here

_TRIED: dict[str, list[Problem]] = {}


def _tried_once(book: Letterbook, folder: str) -> list[Problem]:
    digest = digest_of(book)
    if digest not in _TRIED:
        _TRIED[digest] = tried_here(book, folder)
    return _TRIED[digest]


@pytest.fixture(autouse=True)
def _tries_templates_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "tried_here", _tried_once)
    monkeypatch.setattr(service, "tried_in_a_child", _tried_once)
