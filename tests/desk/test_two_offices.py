"""Two offices of one machine: nothing of one is of any use in the other."""

from __future__ import annotations

from pathlib import Path

from foibot.desk.verify import verify
from tests.office import JANE, SAM, TOM, office


def test_what_one_office_gave_opens_nothing_in_the_other(tmp_path: Path) -> None:
    # The same people, the same addresses and the same reference: only the record is another.
    with office(tmp_path / "a") as here, office(tmp_path / "b") as there:
        here.asks("How many lanterns stand in Exampleton?")
        mine = here.one_for(JANE)
        draft = here.orders(JANE, mine, "not held\nThe register was searched by place.")
        assert draft == "command"
        to_approve = here.one_for(TOM)
        here.discards()

        there.asks("How many boats were stolen?")
        there.discards()
        before = there.history()
        state = there.case()
        for who, notice, words in (
            (JANE, mine, "disclose\nThe answer is 42."),
            (TOM, to_approve, "approve v1"),
            (SAM, mine, "withdrawn"),
        ):
            assert there.orders(who, notice, words) in {"unmatched", "command-refused", "followup"}
            assert not [mail for mail in there.post_for(who) if "lanterns" in mail.text]
        there.discards()
        assert (there.case().state, there.case().letters) == (state.state, state.letters)
        later = {type(one.event).__name__ for one in there.history()[len(before) :]}
        assert later <= {"OrderRefused", "MailFiled", "MailQueued"}

        assert list(verify(here.store)) == list(verify(there.store)) == []
        here.discards()
