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


def changed(
    files: Mapping[str, str | None], states: tuple[str, ...] = (), *, whole: bool = False
) -> Letterbook:
    """The shipped letterbook with some files changed, or (None) taken away.

    To be quick it holds, besides the letters that are changed, the two that take every path; all
    of them if `whole`.
    """
    texts = {**shipped().source, **{path: text for path, text in files.items() if text is not None}}
    kept = {"ncnd", "acknowledgement", *(_letter(path) for path in files)}
    return Letterbook(
        source_of(
            {
                path: text
                for path, text in texts.items()
                if files.get(path, "") is not None
                and (whole or not _letter(path) or _letter(path) in kept)
            }
        ),
        states=states,
    )


def _letter(path: str) -> str:
    _, found, rest = f"/{path}".partition("/letters/")
    return rest.partition("/")[0] if found else ""


def problems_with(
    files: Mapping[str, str | None], states: tuple[str, ...] = (), *, whole: bool = False
) -> list[Problem]:
    return list(changed(files, states, whole=whole).problems())
