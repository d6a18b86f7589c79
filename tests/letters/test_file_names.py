"""Names of files that tell of colleagues, or say that the file was not meant to leave."""

from __future__ import annotations

import pytest

from foibot.letters.file_names import told_by_names

STAFF = ("Jane Orange", "Tom Teal", "Li Al")


@pytest.mark.parametrize(
    ("name", "rules"),
    [
        ("complaints-2020.csv", []),
        ("oranges.csv", []),
        ("al.csv", []),
        ("draftsman.pdf", []),
        ("Jane_Orange.csv", ["L-13"]),
        ("figures teal.csv", ["L-13"]),
        ("plan_unredacted.pdf", ["W-13"]),
        ("plan (un-redacted).pdf", ["W-13"]),
        ("DRAFT plan.pdf", ["W-13"]),
        ("not-for-release.pdf", ["W-13"]),
        ("jane internal.pdf", ["L-13", "W-13"]),
    ],
)
def test_a_name_is_read_word_by_word(name: str, rules: list[str]) -> None:
    found = list(told_by_names([name], STAFF))
    assert [one.rule for one in found] == rules
    assert all(one.text == name and one.where == "files" for one in found)
