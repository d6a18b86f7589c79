"""Reads a template without running it: every name it uses exists, every name it was given is used; no I/O."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from jinja2 import TemplateSyntaxError, nodes

from foibot.letters.environment import markdown_environment
from foibot.letters.problem import Problem
from foibot.letters.source import TemplateSource

# A closed list: a name check by reading is only honest if nothing else can bring in a name.
_ALLOWED: Final = (
    nodes.Output,
    nodes.TemplateData,
    nodes.Const,
    nodes.If,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Compare,
    nodes.Operand,
)
_UNKNOWN: Final = object()
_READER: Final = markdown_environment(lambda _: None)
_LOOP: Final[Mapping[str, object]] = {
    "index": 1,
    "first": True,
    "last": True,
    "length": 1,
}


@dataclass(slots=True)
class TemplateCheck:
    """Checks one letter's templates, includes and all, against the names it may use.

    `used` gathers the outermost names met, so that a declared fact nobody uses can be named; `whole` says
    whether every word was read, so that a name may be called unused.
    """

    source: TemplateSource
    problems: list[Problem] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    whole: bool = True
    _open: list[str] = field(default_factory=list)

    def check(self, path: str, scope: Mapping[str, object], text: str | None = None) -> None:
        """Check the template at `path` (or `text`, which stands there), and what it includes."""
        if path not in self.source:
            self.whole = False
            fix = "Copy it from the shipped templates"
            self.problems.append(Problem(path, 1, "the file is missing", fix))
            return
        try:
            tree = _tree(self.source[path] if text is None else text)
        except TemplateSyntaxError as error:
            self.whole = False
            fix = "Correct the line; {{ name }} inserts a fact"
            self.problems.append(Problem(path, error.lineno, f"{error.message}".rstrip("."), fix))
            return
        self._open.append(path)
        self._walk_all(tree.body, scope)
        self._open.pop()

    def _note(self, node: nodes.Node, what: str, fix: str) -> None:
        problem = Problem(self._open[-1], node.lineno, what, fix)
        if problem not in self.problems:
            self.problems.append(problem)

    def _walk_all(self, found: Sequence[nodes.Node], scope: Mapping[str, object]) -> None:
        for node in found:
            self._walk(node, scope)

    def _walk(self, node: nodes.Node, scope: Mapping[str, object]) -> None:
        match node:
            case nodes.Name():
                self._resolve(node, scope)
            case nodes.Getattr():
                self._resolve(node, scope)
            case nodes.For(target=nodes.Name(name=name)):
                inner = {**scope, name: _element(self._resolve(node.iter, scope)), "loop": _LOOP}
                self._walk_all(node.body, inner)
                self._walk_all(node.else_, scope)
            case nodes.Include(template=nodes.Const(value=str(path))):
                self._include(node, path, scope)
            case _ if type(node) in _ALLOWED:
                self._walk_all(list(node.iter_child_nodes()), scope)
            case _:
                self.whole = False
                what = f"'{type(node).__name__.lower()}' is not available in letters"
                self._note(node, what, "Use {{ name }}, {% if %}, {% for %} and {% include %} only")

    def _include(self, node: nodes.Node, path: str, scope: Mapping[str, object]) -> None:
        if path in self._open:
            self._note(node, f"'{path}' includes itself", "Take one of the includes out")
        elif path not in self.source:
            self.whole = False
            self._note(
                node, f"there is no file '{path}'", f"Known: {', '.join(_shared(self.source))}"
            )
        else:
            self.check(path, scope)

    def _resolve(self, node: nodes.Node, scope: Mapping[str, object]) -> object:
        match node:
            case nodes.Name(name=name):
                if name in scope:
                    self.used.add(name)
                    return scope[name]
                self._unknown(node, name, scope)
            case nodes.Getattr(node=inner, attr=attr):
                return self._attribute(node, self._resolve(inner, scope), attr)
            case _:
                self._walk(node, scope)
        return _UNKNOWN

    def _attribute(self, node: nodes.Node, value: object, name: str) -> object:
        if value is _UNKNOWN:
            return _UNKNOWN
        if isinstance(value, Mapping):
            if name in value:
                return value[name]
            self._unknown(node, name, value)
        else:
            self._note(
                node, f"'.{name}' asks for a part of what has no parts", f"Take '.{name}' out"
            )
        return _UNKNOWN

    def _unknown(self, node: nodes.Node, name: str, known: Mapping[str, object]) -> None:
        names = ", ".join(sorted(filter(None, known)))
        fix = f"Use one of: {names}" if names else "Declare it first: there are none"
        self._note(node, f"unknown name '{name}'", fix)


# Every letter includes the same few texts, and reading them is most of the work.
@lru_cache(maxsize=1024)
def _tree(text: str) -> nodes.Template:
    return _READER.parse(text)


def _element(value: object) -> object:
    match value:
        case [first, *_]:
            return first
        case _:
            return _UNKNOWN


def _shared(source: TemplateSource) -> Iterator[str]:
    return (path for path in source if path.startswith("shared/"))
