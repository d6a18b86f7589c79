"""A letter as a form: written once with blanks for a request's plain words, which are then filled in; no I/O.

In a campaign thousands of acknowledgements differ in a reference, a name and the words of a request. A
form is only made of templates that do nothing with those words but print them, so that it cannot differ
from the letter that would be written anew.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from jinja2 import nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from foibot.letters.body import Body
from foibot.letters.facts import LetterFacts, RequesterFacts

Values = Mapping[str, str]
"""What goes into each blank, by the sign that stands for it."""

# Signs that no keyboard has and no font shows; Markdown takes them for letters.
_SIGNS: Final[Mapping[tuple[str, str], str]] = {
    ("case", "reference"): "\ue000",
    ("case", "subject"): "\ue001",
    ("case", "request_start"): "\ue002",
    ("requester", "name"): "\ue003",
    ("requester", "greeting"): "\ue004",
}
_SIGN: Final = re.compile("[\ue000-\ue004]")
# Beside these a word changes what they mean by its first or last letter; a number before a point begins a list.
_BESIDE_A_MARK: Final = re.compile(
    r"[*_\\][\ue000-\ue004]|[\ue000-\ue004][*_]|^[-+*> \d.)\ue000-\ue004]*[\ue000-\ue004]\d*[.)]",
    re.MULTILINE,
)
# What is printed there comes from elsewhere, or goes where more can be done with it.
_ELSEWHERE: Final = (
    nodes.Include,
    nodes.Import,
    nodes.FromImport,
    nodes.Extends,
    nodes.Macro,
    nodes.AssignBlock,
    nodes.Block,
)


@dataclass(frozen=True, slots=True)
class Form:
    """A letter with blanks: its subject and its body."""

    subject: str
    body: Body

    def filled(self, values: Values) -> tuple[str, Body]:
        """Give the subject and the body with these words in the blanks."""

        def fill(text: str) -> str:
            # What was filled in is not looked at again.
            return _SIGN.sub(lambda sign: values[sign[0]], text)

        return fill(self.subject), self.body.reworded(_SIGN, fill)


def form_of(subject: str, body: Body) -> Form:
    """Give the form with blanks where these have signs; what stands between two is written once for all letters."""
    return Form(subject, body.in_few_passages(_SIGN))


def is_plain(markdown: str) -> bool:
    """Whether no blank stands where its words could change how the text around them is read."""
    return not _BESIDE_A_MARK.search(markdown)


def only_prints(environment: ImmutableSandboxedEnvironment, template: str) -> bool:
    """Whether a template does nothing with the words of a blank but print them, or leave them out when empty.

    `Dear {{ requester.name }}` does; `{% if case.subject == "Boats" %}` does not.
    """
    tree = environment.parse(template)
    if any(True for _ in tree.find_all(_ELSEWHERE)):
        return False
    whole = [one for one in tree.find_all(nodes.Name) if one.name in {"case", "requester"}]
    parts = [one for one in tree.find_all(nodes.Getattr) if _name_of(one.node) in {"case", "requester"}]  # fmt: skip
    words = [one for one in parts if (_name_of(one.node), one.attr) in _SIGNS]
    requests = any(one.attr == "request" for one in parts)
    return len(whole) == len(parts) and len(words) == len(list(_printed(tree))) and not requests


def _printed(tree: nodes.Template) -> Iterator[nodes.Getattr]:
    """The words of blanks where they are printed, and where it is asked whether there are any."""
    for output in tree.find_all(nodes.Output):
        yield from (one for one in output.nodes if _is_blank(one))  # type: ignore[misc]
    for asked in tree.find_all(nodes.If):
        if _is_blank(asked.test):
            yield asked.test  # type: ignore[misc]


def _is_blank(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Getattr) and (_name_of(node.node), node.attr) in _SIGNS


def _name_of(node: nodes.Node) -> str:
    return node.name if isinstance(node, nodes.Name) else ""


def values_of(words: Mapping[str, Mapping[str, str]]) -> Values:
    """Give the words of each blank out of a letter's plain words."""
    return {sign: words[group][name] for (group, name), sign in _SIGNS.items()}


def with_signs(words: Mapping[str, Any], values: Values) -> dict[str, object]:
    """Give a vocabulary with signs for the words of blanks, but for empty ones: a template may leave those out."""
    signs: dict[str, dict[str, str]] = {"case": {}, "requester": {}}
    for (group, name), sign in _SIGNS.items():
        signs[group][name] = sign if values[sign] else ""
    return {**words, **{group: {**words[group], **signs[group]} for group in signs}}


def without_words(facts: LetterFacts) -> LetterFacts:
    """Give the facts without the words that a form leaves out: what is the same then needs one form."""
    case = replace(facts.case, reference="", subject="", request_text="")
    return replace(facts, case=case, requester=RequesterFacts(""))


def empty_ones(values: Values) -> Collection[str]:
    """Give the signs of those blanks that stay empty."""
    return frozenset(sign for sign, value in values.items() if not value)
