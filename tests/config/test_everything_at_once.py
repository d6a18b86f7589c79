"""One wrong key hides nothing else that is wrong, and what stands in its place is not blamed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from foibot.config import read_as_far_as_right
from tests.config.test_wrong_values import RIGHT, found, with_line

JANE = 'address = "jane.orange@exampleshire.example"'
TOM = 'address = "tom.teal@exampleshire.example"'
UNKNOWN = f'titel = "Head"\n{TOM}'


def keys(folder: Path, text: str) -> list[str]:
    return [key for key, _ in found(folder, text)]


def changed(*pairs: tuple[str, str], start: str = RIGHT) -> str:
    for old, new in pairs:
        assert old in start, old
        start = start.replace(old, new)
    return start


@pytest.mark.parametrize(
    ("pairs", "wanted"),
    [
        (
            [('kind = "police"', 'kind = "circus"\nregimes = ["foia", "eisr"]')],
            ["authority.kind", "authority.regimes"],
        ),
        (
            [('name = "Exampleshire Police"\n', 'regimes = ["foia", "eisr"]\n')],
            ["authority.name", "authority.regimes"],
        ),
        ([(TOM, f'titel = "Head"\n{JANE}')], ["officers[2].titel", "officers[1].address", "officers[2].address"]),
        ([(TOM, UNKNOWN), ('roles = ["approver"]', 'roles = ["officer"]'), (JANE, f'roles = ["officer"]\n{JANE}')], ["officers[2].titel", "officers"]),
        ([(TOM, UNKNOWN), ("[reminders]", '[reminders]\nladder = 3\nescalate_to = "x@y.example"')], ["reminders.ladder", "officers[2].titel", "reminders.escalate_to"]),
        (
            [('address = "foi@exampleshire.example"', 'address = "foi"'), ('imap = "embedded"', 'imap = "imaps://foi@h.example"')],
            ["mailbox.address", "mailbox.smtp"],
        ),
        ([("[threat_level]", "[threat_level]\nfoo = 1"), ('wording = ""', 'wording = "The threat level is SEVERE."')], ["threat_level.foo", "threat_level.checked"]),
        ([("[holders]", "[holders]\nchase = [4, 2]\ndays = 99")], ["holders.days", "holders.chase"]),
        ([("[trust]", "[trust]\nconfirm = 1"), (TOM, 'address = "foi@exampleshire.example"')], ["trust.confirm", "officers[2].address"]),
    ],
)  # fmt: skip
def test_two_sorts_of_problem_in_one_section_are_both_named(
    tmp_path: Path, pairs: list[tuple[str, str]], wanted: list[str]
) -> None:
    assert keys(tmp_path, changed(*pairs)) == wanted


@pytest.mark.parametrize(
    ("pairs", "wanted"),
    [
        # Without the wrong address nobody could tell whether a name is somebody's.
        ([(TOM, 'address = "tom"'), ("[reminders]", f"[reminders]\nescalate_to = {TOM[10:]}")], "officers[2].address"),
        ([(JANE, 'address = "jane"')], "officers[1].address"),
        # It may have been the name of the role that is missing.
        ([('roles = ["approver"]', 'roles = ["aprover"]'), (JANE, f'roles = ["officer"]\n{JANE}')], "officers[2].roles[1]"),
        ([('imap = "embedded"', 'imap = "x"')], "mailbox.imap"),
        ([("[mailbox]", '[mailbox]\nplus_addressing = "no"'), ('address = "foi@', 'address = "foi+x@')], "mailbox.plus_addressing"),
        ([('wording = ""', 'wording = "The threat level is SEVERE."\nchecked = 5')], "threat_level.checked"),
        ([(TOM, f"aliases = 5\n{TOM}"), ("[reminders]", '[reminders]\nescalate_to = "t@x.example"')], "officers[2].aliases"),
        ([(TOM, f'signs = "orders"\ncertificates = 5\n{TOM}')], "officers[2].certificates"),
    ],
)  # fmt: skip
def test_what_stands_in_for_a_wrong_key_is_not_blamed(
    tmp_path: Path, pairs: list[tuple[str, str]], wanted: str
) -> None:
    assert keys(tmp_path, changed(*pairs)) == [wanted]


def test_a_section_that_is_none_is_one_problem(tmp_path: Path) -> None:
    for name in ("authority", "mailbox", "regulator", "officers"):
        head = f"[[{name}]]" if name == "officers" else f"[{name}]"
        whole = RIGHT.partition(f"{head}\n")
        rest = whole[2] if name != "officers" else ""
        text = (
            f"{name} = 5\n{whole[0]}[" + rest.partition("\n[")[2]
            if rest
            else f"{name} = 5\n{whole[0]}"
        )
        assert keys(tmp_path, text) == [name], text


def test_the_rest_of_a_configuration_with_problems_can_be_looked_at(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(with_line("[links]", "checked = 2026-12-02\nnonsense = 1"), "utf-8")
    reading = read_as_far_as_right(path, {})
    assert [one.key for one in reading.problems] == ["links.nonsense"]
    assert reading.unsure == {"links.nonsense"}
    assert reading.config.links.checked == date(2026, 12, 2)
