"""Reads a section as far as it is right, so that one wrong key hides nothing else that is wrong."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import ValidationError

from foibot.config.problems import Problem, heading, problems_of
from foibot.config.section import Section

SectionT = TypeVar("SectionT", bound=Section)


@dataclass(frozen=True, slots=True)
class Read(Generic[SectionT]):
    """A section, and the names of its keys that were wrong: each has its default, or an example, in its place."""

    section: SectionT
    wrong: frozenset[str] = frozenset()


def read_section(
    section: type[SectionT],
    given: object,
    prefix: str,
    problems: list[Problem],
    keys: Mapping[str, frozenset[str]],
    stand_in: Mapping[str, object] | None = None,
) -> Read[SectionT]:
    """The section as given; what is wrong with it goes to `problems`, and `stand_in` to keys without a default."""
    example = _examples(section) if stand_in is None else stand_in
    everything = frozenset(section.model_fields)
    if not isinstance(given, dict):
        what, fix = "must be a section", f"Write {heading(prefix)} and its keys below"
        problems.append(Problem(prefix, what, fix))
        return Read(section.model_validate(example), everything)
    try:
        return Read(section.model_validate(given))
    except ValidationError as error:
        problems += problems_of(error, prefix, section, keys)
        wrong = frozenset(str(one["loc"][0]) for one in error.errors(include_url=False))
    right = {name: value for name, value in given.items() if name not in wrong}
    return Read(section.model_validate({**example, **right}), wrong & everything)


def _examples(section: type[Section]) -> dict[str, object]:
    """A value for each key that has to be there, as `foibot check` would suggest it."""
    return {
        name: tomllib.loads(f"it = {field.examples[0]}")["it"]
        for name, field in section.model_fields.items()
        if field.is_required() and field.examples
    }
