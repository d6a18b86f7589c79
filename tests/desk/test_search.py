"""Officers search the cases by mail; a search shows nobody what is not open to them, and nothing by its silence."""

from __future__ import annotations

import pytest
from sqlalchemy import delete

from foibot.demo.correspondent import Person, request
from foibot.desk.catching_up import catch_up
from foibot.desk.indexing import INDEXED, index
from foibot.store.tables import terms
from tests.desk.test_restricted import CLEO, HARRY, STAFF, staffed
from tests.office import JANE, MAILBOX, SAM, TOM, Mail, Office

EVE = Person("Eve Else", "eve.else@citizens.example")


@pytest.fixture
def notice(desk: Office) -> Mail:
    """Two cases have come in; Jane's notice of the first, Attacks on emergency services."""
    staffed(desk)
    desk.asks()
    found = desk.one_for(JANE)
    desk.asks("How many traffic cameras are there in Example Street?", who=EVE, subject="Cameras")
    desk.discards(*STAFF, SAM, EVE)
    return found


def fresh(desk: Office, words: str, who: Person = JANE, *, login: bool = True) -> str:
    """A mail that answers nothing; its disposition."""
    raw = request(who, MAILBOX, "Search", words, desk.clock.now(), message_id=desk.message_id("exampleshire.example"))  # fmt: skip
    return desk.arrives(desk.border(raw, who.address, login=login))


def test_words_of_subject_request_and_requester_find_a_case(desk: Office, notice: Mail) -> None:
    for words in ("traffic camera", "eve.else@citizens.example", "000002/20", "Else cameras since:2020"):  # fmt: skip
        assert desk.orders(JANE, notice, f"find {words}\n\nJane") == "command"
        found = desk.one_for(JANE)
        assert found.subject.startswith("Search: 1 case found #")
        assert "000002/20, received on 8 December 2020, open: Cameras" in found.words
    assert desk.orders(JANE, found, "000002/20 show") == "command"
    assert "Example Street" in desk.one_for(JANE).words
    desk.orders(JANE, notice, "find attack camera")
    assert "Search: nothing found" in desk.one_for(JANE).words
    desk.orders(JANE, notice, "find cameras since:2021")
    assert "Search: nothing found" in desk.one_for(JANE).words
    assert desk.orders(JANE, notice, "find cameras since:soon") == "command-refused"
    assert "soon is no year" in desk.one_for(JANE).words


def test_it_needs_no_notice_but_the_border_s_word(desk: Office, notice: Mail) -> None:
    assert fresh(desk, "find cameras") == "command"
    assert "000002/20" in desk.one_for(JANE).words
    assert fresh(desk, "find cameras", login=False) == "command-refused"
    assert "not obeyed" in desk.one_for(JANE).subject
    # A sentence is laid before people, as it always was.
    assert fresh(desk, "Find attached the figures for March.") == "unmatched"
    assert desk.one_for(JANE).kind == "not-placed"
    desk.discards(*STAFF)
    # In reply to a notice it is no order, and said to be none.
    assert desk.orders(JANE, notice, "find cameras\nThey are in the cellar, I think.") == "command-refused"  # fmt: skip
    assert "stands alone on its mail" in desk.one_for(JANE).words
    # An old notice will do: nothing is changed, and the answer goes to the registered address.
    desk.at("2021-02-15 09:00")
    desk.discards(*STAFF)
    assert desk.orders(JANE, notice, "find cameras") == "command"
    assert "000002/20" in desk.one_for(JANE).words


def test_holders_search_nothing(desk: Office, notice: Mail) -> None:
    assert notice.kind == "new-case"
    assert fresh(desk, "find cameras", HARRY) == "command-refused"
    assert "cannot search its cases" in desk.one_for(HARRY).words


def test_what_is_not_open_is_not_looked_into(desk: Office, notice: Mail) -> None:
    assert desk.orders(JANE, notice, "restrict tom: it names a colleague") == "command"
    desk.discards(*STAFF)
    answers = []
    for words in ("emergency attack", "bees", "sam.smith@citizens.example", "000001/20"):
        assert fresh(desk, f"find {words}", CLEO) == "command"
        mail = desk.one_for(CLEO)
        assert "Not looked into, because they are restricted to others - 000001/20" in mail.words
        answers.append(mail.words.replace(words, "WORDS", 1).partition("What you can reply")[0])
    assert len(set(answers)) == 1, (
        answers
    )  # whatever is looked for, so that no word tells what is in it
    assert "nothing found" in answers[0]
    assert fresh(desk, "find emergency attack", TOM) == "command"
    mine = desk.one_for(TOM)
    assert "Attacks on emergency services" in mine.words
    assert "Not looked into" not in mine.words


def test_an_interest_shuts_out_of_the_search(desk: Office, notice: Mail) -> None:
    assert notice.kind == "new-case"
    assert fresh(desk, "find cameras", CLEO) == "command"
    found = desk.one_for(CLEO)
    assert desk.orders(CLEO, found, "000002/20 conflict: a friend of mine asked") == "command"
    desk.discards(*STAFF)
    assert fresh(desk, "find cameras", CLEO) == "command"
    assert "Cameras" not in desk.one_for(CLEO).words.replace("looked for: cameras", "")


def test_only_the_newest_are_shown(desk: Office) -> None:
    for number in range(17):
        who = Person("P", f"p{number}@citizens.example")
        desk.asks(f"How many traffic cameras are there on road A{number}?", who=who)
        desk.post_for(who)
    notice = desk.post_for(JANE)[0]
    desk.discards()
    desk.orders(JANE, notice, "find traffic camera")
    found = desk.one_for(JANE)
    assert "These are the newest 15; there are more." in found.words
    assert found.text.count(", received on ") == 15
    assert "000017/20," in found.words
    assert "000002/20," not in found.words


def test_cases_from_before_there_was_a_search_are_caught_up_with(
    desk: Office, notice: Mail
) -> None:
    with desk.engine.begin() as connection:
        connection.execute(delete(terms))
    desk.orders(JANE, notice, "find cameras")
    assert "nothing found" in desk.one_for(JANE).words
    assert catch_up(desk.store, {INDEXED: index}, [INDEXED], desk.clock.now()) == 2
    assert catch_up(desk.store, {INDEXED: index}, [INDEXED], desk.clock.now()) == 0
    desk.orders(JANE, notice, "find cameras")
    assert "000002/20" in desk.one_for(JANE).words
