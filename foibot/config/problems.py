"""What is wrong with a configuration, each thing with the key it concerns and the way to mend it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from foibot.errors import AdministratorMustFix


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend: `key` as in "mailbox.imap" or "officers[2].roles" (counted from 1)."""

    key: str
    what: str
    fix: str

    def __str__(self) -> str:
        return f"{self.key}: {self.what}. {self.fix}."


class ConfigurationIsWrong(AdministratorMustFix):
    """The configuration cannot be used as it stands."""

    def __init__(self, where: str, problems: Sequence[Problem]) -> None:
        """`where` is the file as the administrator named it."""
        self.problems = tuple(problems)
        count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        super().__init__("\n".join([f"{where} has {count}:", *(f"  {one}" for one in problems)]))


def wrong(what: str, fix: str) -> PydanticCustomError:
    """An error for a validator to raise; `what` and `fix` are sentences without the full stop."""
    return PydanticCustomError("said", "{what}", {"what": what, "fix": fix})


def problems_of(
    error: ValidationError,
    prefix: str,
    section: type[BaseModel],
    keys: Mapping[str, frozenset[str]],
) -> list[Problem]:
    """The problems of one section in plain words.

    `prefix` is the section as written in keys; `keys` names the keys of every section, so that a
    key put into the wrong one can be sent home.
    """
    return [_problem(one, prefix, section, keys) for one in error.errors(include_url=False)]


def unknown_key(prefix: str, name: str, keys: Mapping[str, frozenset[str]]) -> Problem:
    """A key nobody reads; the nearest known key is suggested, the section's own keys first."""
    key = f"{prefix}.{name}" if prefix else name
    if "password" in name.lower():
        return Problem(
            key,
            "passwords do not belong in this file",
            "Take the line out and set FOIBOT_IMAP_PASSWORD and FOIBOT_SMTP_PASSWORD, or the same "
            "names with _FILE and the path of a file, in the environment",
        )
    return Problem(key, "foibot knows no such key", _nearest(prefix.partition("[")[0], name, keys))


def _nearest(section: str, name: str, keys: Mapping[str, frozenset[str]]) -> str:
    if near := difflib.get_close_matches(name, keys.get(section, ()), n=1):
        return f'Did you mean "{near[0]}"? If not, take it out'
    for home, names in keys.items():
        if name in names and "." not in home:
            return f"Move it to {heading(home)}"
    return "Take it out, or compare with the file that `foibot init` writes"


def _problem(
    error: ErrorDetails, prefix: str, section: type[BaseModel], keys: Mapping[str, frozenset[str]]
) -> Problem:
    place = error["loc"]
    if error["type"] == "extra_forbidden":
        return unknown_key(_key(prefix, place[:-1]), str(place[-1]), keys)
    what, fix = _words(error, prefix, section)
    return Problem(_key(prefix, place), what, fix)


def _key(prefix: str, place: Iterable[int | str]) -> str:
    parts = (f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in place)
    return (prefix + "".join(parts)).removeprefix(".")


_FIXED: dict[str, tuple[str, str]] = {
    "string_type": ("must be text", 'Put it in double quotes: "..."'),
    "int_type": ("must be a whole number", "Write it without quotes and without a decimal point"),
    "bool_type": ("must be true or false", "Write true or false, without quotes"),
    "tuple_type": ("must be a list", 'Put it in square brackets: ["...", "..."]'),
    "too_short": ("is empty", "Name at least one"),
}
_OTHER = ("has the wrong shape", "Compare with the file that `foibot init` writes")


def _words(error: ErrorDetails, prefix: str, section: type[BaseModel]) -> tuple[str, str]:
    bounds = error.get("ctx", {})
    match error["type"]:
        case "said":
            return bounds["what"], bounds["fix"]
        case "missing":
            return "is missing", _addition(prefix, section, str(error["loc"][-1]))
        case "enum":
            return "is not a word foibot knows here", f"Write one of: {bounds['expected']}"
        case "greater_than_equal":
            return "is too small", f"Write {bounds['ge']} or more"
        case "less_than_equal":
            return "is too large", f"Write {bounds['le']} or less"
        case kind:
            return _FIXED.get(kind, _OTHER)


def heading(prefix: str) -> str:
    """How the section stands in the file: "officers[2]" is [[officers]]."""
    section = prefix.partition("[")[0]
    return "[[officers]]" if section == "officers" else f"[{section}]"


def _addition(prefix: str, section: type[BaseModel], name: str) -> str:
    known = section.model_fields.get(name)
    if known is None or not known.examples:
        return f"Add {name} = ..., as in the file that `foibot init` writes"
    return f"Add under {heading(prefix)}: {name} = {known.examples[0]}"
