"""A letter that an authority adds to its templates folder is drafted, approved and sent, and is on record."""

from __future__ import annotations

from pathlib import Path

import pytest

from foibot.case.case import State
from foibot.checks import not_ordered_by_anybody
from foibot.desk.verify import verify
from foibot.letters.kind import Approval
from foibot.letters.render import Letterbook
from foibot.trial import letterbook_of, tried_here
from tests.desk.test_bad_input import works_from
from tests.office import JANE, SAM, TOM, Office

TOML = """\
title = "Where our records are"
approval = "{approval}"
states = ["open", "awaiting-approval", "on-hold", "delivery-failed"]
facts = ["authority", "review", "regulator", "case", "requester", "officer", "today", "regime", "slots"]
must_say = ["records office", "internal review", "section 50"]
regimes = ["foia"]
pdf = true

[[slots]]
name = "kindness"
title = "A word of thanks"
help = "Left out unless you write something."
default = ""

[[slots]]
name = "where"
title = "Where it is"
help = "Say where."
required = true
example = "In the county records office."
"""
BODY = """\
# {{ regime.act }}: where our records are

{% include "shared/reference.md" %}


{% include "shared/greeting.md" %}


You made a request under the {{ regime.act }}.
{{ authority.name }} does not hold the information you requested; the records office may.

{{ slots.where }}

{{ slots.kindness }}

{% include "shared/end.md" %}
"""


def folder_with_own(folder: Path, approval: str) -> str:
    """A templates folder that holds one letter of the office's own and nothing else."""
    own = folder / "templates" / "letters" / "records-office"
    own.mkdir(parents=True)
    (own / "letter.toml").write_text(TOML.replace("{approval}", approval), "utf-8")
    (own / "subject.txt").write_text("Your request [{{ case.reference }}]\n", "utf-8")
    (own / "body.md").write_text(BODY, "utf-8")
    return str(folder / "templates")


def book_of(folder: str) -> Letterbook:
    book = letterbook_of(folder)
    assert list(not_ordered_by_anybody(book.kinds)) == []
    return book


@pytest.mark.parametrize("approval", [Approval.OFFICER, Approval.FOUR_EYES])
def test_an_own_letter_is_drafted_approved_and_sent(
    desk: Office, tmp_path: Path, approval: str
) -> None:
    folder = folder_with_own(tmp_path, approval)
    book = book_of(folder)
    if approval == Approval.FOUR_EYES:  # once is enough, as it tries every letter
        assert [str(one) for one in tried_here(book, folder)] == []
    works_from(desk, book)
    desk.asks()
    notice = desk.one_for(JANE)
    desk.discards()
    order = "own letter records office\nAt 1 Old Road.\nkindness:\nThank you for asking."
    assert desk.orders(JANE, notice, order) == "command"
    drafted = desk.one_for(JANE, "draft")
    assert "Where our records are" in drafted.words
    to_tom = desk.one_for(TOM, "draft")
    desk.discards()
    assert desk.orders(JANE, drafted, "approve v1") == (
        "command" if approval == Approval.OFFICER else "command-refused"
    )
    desk.discards()
    if approval == Approval.FOUR_EYES:
        assert desk.orders(TOM, to_tom, "approve v1") == "command"
        desk.discards()
    desk.later(minutes=11)
    letter = desk.one_for(SAM)
    assert "At 1 Old Road." in letter.words
    assert "Thank you for asking." in letter.words
    desk.discards()
    case = desk.case()
    assert (case.state, case.outcome, case.letters[0].kind) == (
        State.ANSWERED,
        "records-office",
        "records-office",
    )
    assert list(verify(desk.store)) == []
