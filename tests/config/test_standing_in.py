"""What `delegates` may say, and what `foibot check` says of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from foibot.config import ConfigurationIsWrong, advice, load, sample

TODAY = date(2026, 12, 1)
JANE, TOM, RUTH = 1, 2, 3


def entry(
    to: str = "ruth.rose",
    first: str = "2026-12-03",
    last: str = "2027-01-10",
    powers: str = "",
) -> str:
    more = f', powers = "{powers}"' if powers else ""
    return f'{{to = "{to}@exampleshire.example", first = {first}, last = {last}{more}}}'


def said(folder: Path, **of: list[str]) -> list[tuple[str, str, str]]:
    """What is wrong, or worth saying, where Jane, Tom and Ruth have these delegates."""
    head, *rest = sample().split("[[officers]]\n")
    for number, name in enumerate(("jane", "tom", "ruth")):
        rest[number] = rest[number].replace("\ndelegates = []\n", "\n", 1)
        rest[number] = f"delegates = [{', '.join(of.get(name, []))}]\n{rest[number]}"
    path = folder / "config.toml"
    path.write_text("[[officers]]\n".join((head, *rest)), "utf-8")
    try:
        found = advice(load(path, {}), TODAY)
    except ConfigurationIsWrong as wrong:
        found = wrong.problems
    return [(one.key, one.what, one.fix) for one in found if "delegates" in one.key]


def test_what_makes_sense(tmp_path: Path) -> None:
    assert said(tmp_path, tom=[entry()]) == []
    later = entry("jane.orange", first="2027-01-11", last="2027-01-12")
    assert said(tmp_path, tom=[entry(powers="approvals"), later]) == []
    for_each = [entry(powers="orders"), entry("tom.teal", powers="approvals")]
    assert said(tmp_path, jane=for_each) == []


WRONG = {
    "unknown": ({"tom": [entry("eve")]}, "officers[2].delegates[1].to", "is not on the roster"),
    "oneself": ({"tom": [entry("tom.teal")]}, "officers[2].delegates[1].to", "is the same person"),
    "backwards": ({"tom": [entry(last="2026-12-02")]}, "officers[2].delegates[1].last", "is before the first day"),
    "not theirs": ({"tom": [entry(powers="orders")]}, "officers[2].delegates[1].powers", "hands on what Tom Teal does not have"),
    "twice": ({"tom": [entry(), entry("jane.orange", first="2027-01-10", last="2027-02-01")]}, "officers[2].delegates[2].first", "falls into the days of officers[2].delegates[1], for the same powers"),
    "circle": ({"tom": [entry()], "ruth": [entry("tom.teal")]}, "officers[3].delegates[1].to", "closes a circle: in these days everybody in it stands in for somebody in it"),
    "ended": ({"tom": [entry(first="2026-11-01", last="2026-11-30")]}, "officers[2].delegates[1].last", "was 30 November 2026, so that it has ended"),
    "lent on": ({"tom": [entry()], "ruth": [entry("jane.orange")]}, "officers[2].delegates[1].to", "hands on work too in some of these days, and what was lent is not lent on"),
    "no such power": ({"tom": [entry(powers="all")]}, "officers[2].delegates[1].powers", "is not a word foibot knows here"),
    "no entry": ({"tom": ['"ruth"']}, "officers[2].delegates[1]", "does not say who stands in, and on which days"),
    "no days": ({"tom": ['{to = "x@y.example"}']}, "officers[2].delegates[1]", "does not say who stands in, and on which days"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_makes_none_is_said(tmp_path: Path, name: str) -> None:
    of, key, what = WRONG[name]
    found = said(tmp_path, **of)
    assert [(place, words) for place, words, _ in found] == [(key, what)]
    assert found[0][2]


def test_the_powers_a_person_has_are_offered(tmp_path: Path) -> None:
    ((_, _, fix),) = said(tmp_path, tom=[entry(powers="orders")])
    assert fix == "Write approvals"
