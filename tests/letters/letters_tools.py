"""Ready facts and a letterbook for the tests of letters."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from foibot.gateway.template_files import read_templates, source_of
from foibot.letters.facts import LetterFacts
from foibot.letters.problem import Problem
from foibot.letters.render import Letterbook
from foibot.letters.samples import SAMPLE, sample_provisions

ORDER = "23(5) 24(2) 31(3)(a)"


@cache
def shipped() -> Letterbook:
    return Letterbook(read_templates())


def facts_on(order: str = ORDER, **changes: object) -> LetterFacts:
    return replace(SAMPLE, provisions=sample_provisions(order), **changes)  # type: ignore[arg-type]


def asked(request_text: str, order: str = ORDER) -> LetterFacts:
    return facts_on(order, case=replace(SAMPLE.case, request_text=request_text))


def changed(files: Mapping[str, str | None], states: tuple[str, ...] = ()) -> Letterbook:
    """The shipped letterbook with some files changed, or (None) taken away."""
    texts = {**shipped().source, **{path: text for path, text in files.items() if text is not None}}
    return Letterbook(
        source_of({path: text for path, text in texts.items() if files.get(path, "") is not None}),
        states=states,
    )


def problems_with(files: Mapping[str, str | None], states: tuple[str, ...] = ()) -> list[Problem]:
    return list(changed(files, states).problems())
