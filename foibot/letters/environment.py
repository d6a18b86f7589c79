"""Jinja, shut in: a sandbox without functions or filters, where a plain word is always escaped; no I/O."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from jinja2 import FunctionLoader, StrictUndefined, TemplateError, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from foibot.errors import AdministratorMustFix
from foibot.law.dates import in_words
from foibot.letters.escape import Fragment, escaped, one_line


class TemplateMustBeFixed(AdministratorMustFix):
    """A template failed while a letter was written; `foibot check` names the file and the line."""

    def __init__(self, path: str, line: int, reason: str) -> None:
        """Say where it failed and why; `path` is inside the template folder, `line` from 1."""
        super().__init__(f"templates/{path}:{line} failed: {reason}. Run: foibot check")
        self.path = path
        self.line = line
        self.reason = reason


class NotForReading(TypeError):
    """A template tried to write something that is not words, a number or a date."""


def markdown_environment(load: Callable[[str], str | None]) -> ImmutableSandboxedEnvironment:
    """Give the environment of letters' bodies: what is not a `Fragment` is escaped for Markdown."""
    return _environment(load, lambda value: _said(value, escaped))


def plain_environment(load: Callable[[str], str | None]) -> ImmutableSandboxedEnvironment:
    """Give the environment of subject lines: plain text, and never more than one line."""
    return _environment(load, lambda value: _said(value, one_line))


def render(
    environment: ImmutableSandboxedEnvironment, path: str, words: Mapping[str, object]
) -> str:
    """Render the template at `path`; every way of failing is `TemplateMustBeFixed` with the place."""
    try:
        return environment.get_template(path).render(words)
    except (TemplateError, NotForReading) as error:
        file = path.partition("#")[0]
        reason = one_line(str(error)).rstrip(".")
        raise TemplateMustBeFixed(file, _line_of(error, path), reason) from error


def _line_of(error: BaseException, path: str) -> int:
    """Give the line of the template at `path` in which `error` arose, counted from 1."""
    line = 1
    trace = error.__traceback__
    while trace is not None:
        # Jinja rewrites its frames to the template's own file name and line.
        if trace.tb_frame.f_code.co_filename == path:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _environment(
    load: Callable[[str], str | None], finalize: Callable[[object], object]
) -> ImmutableSandboxedEnvironment:
    def source(path: str) -> tuple[str, str, Callable[[], bool]] | None:
        text = load(path)
        return None if text is None else (text, path, lambda: True)

    environment = ImmutableSandboxedEnvironment(
        loader=FunctionLoader(source),
        undefined=StrictUndefined,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        cache_size=-1,
    )
    # A letter is facts in sentences: what it cannot call, it cannot misuse.
    environment.globals.clear()
    environment.filters.clear()
    environment.tests.clear()
    return environment


def _said(value: object, as_words: Callable[[str], str]) -> object:
    match value:
        case Fragment() | Undefined():
            return value
        case str():
            return as_words(value)
        case bool():
            raise NotForReading("true and false cannot be written in a letter")
        case int():
            return str(value)
        case date():
            return as_words(in_words(value))
        case _:
            raise NotForReading(f"a {type(value).__name__} cannot be written in a letter")
