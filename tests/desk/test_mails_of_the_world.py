"""A whole mail for each row of the register that is about a message, by post: what it is, and who hears of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mails_of_the_world import EVERY, Shown
from tests.office import JANE, RUTH, TOM, office

STAFF = {one.address for one in (JANE, TOM, RUTH)}


@pytest.mark.parametrize("shown", EVERY.values(), ids=list(EVERY))
def test_a_mail_of_the_world(tmp_path: Path, shown: Shown) -> None:
    with office(tmp_path) as desk:
        found = desk.arrives(shown.raw)
        told = desk.post_for(JANE)
        left = [mail for mail in desk.unread if mail.partition(":")[0] not in STAFF]
        assert (found, bool(left)) == (shown.disposition, shown.acknowledged), [
            mail.words[:400] for mail in told
        ]
        said = " ".join(mail.words for mail in told)
        assert [words for words in shown.words if words not in said] == [], said
        assert bool(told) == (shown.disposition != "auto")
        desk.discards(*[mail.partition(": ")[0] for mail in desk.unread])
