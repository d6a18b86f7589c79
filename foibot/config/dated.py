"""Facts that letters state and that change without anybody telling us, each with the day it was last checked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from foibot.config.load import Config
from foibot.config.problems import Problem
from foibot.law.dates import in_words
from foibot.letters.threat_level import KEEPS

A_YEAR: Final = 366
"""Days. The particulars of a regulator and the address of a page change rarely, and are read by all."""

_PUBLISHED: Final = "the page on terrorism and national emergencies on GOV.UK"


def old_facts(config: Config, today: date, pages_of_templates: Sequence[str]) -> Iterator[Problem]:
    """Name each dated fact that somebody should look at again: its key, its day, what to do."""
    yield from _old(
        "regulator.checked",
        config.regulator.checked,
        today,
        A_YEAR,
        "Compare [regulator] with the regulator's website",
    )
    if config.threat_level.wording:
        yield from _old(
            "threat_level.checked",
            config.threat_level.checked,
            today,
            KEEPS.days,
            f"Compare threat_level.wording with {_PUBLISHED}",
        )
    pages = _own_pages(config, pages_of_templates)
    if pages:
        yield from _old(
            "links.checked",
            config.links.checked,
            today,
            A_YEAR,
            f"Open what letters point to ({', '.join(pages)})",
        )


def _own_pages(config: Config, of_templates: Sequence[str]) -> list[str]:
    """The pages besides the regulator's, each once."""
    own = (config.authority.website, config.authority.privacy_url, *of_templates)
    regulators = {config.regulator.website, config.regulator.complaint_url}
    return list(dict.fromkeys(page for page in own if page and page not in regulators))


def _old(key: str, checked: date | None, today: date, days: int, look: str) -> Iterator[Problem]:
    fix = f"{look}, then write the day you did: checked = {today.isoformat()}"
    if checked is None:
        yield Problem(key, "is missing, so that nobody knows when somebody last looked", fix)
    elif checked > today:
        yield Problem(key, f"is {in_words(checked)}, which is still to come", fix)
    elif (today - checked).days > days:
        ago = "a year" if days == A_YEAR else f"{days} days"
        yield Problem(key, f"is {in_words(checked)}, more than {ago} ago", fix)
