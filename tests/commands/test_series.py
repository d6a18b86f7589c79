"""Several orders on one mail: where one ends and the next begins, and that text is never taken for an order."""

from __future__ import annotations

import pytest

from foibot.commands import ALONE, VERBS
from foibot.commands.grammar import verb_of
from foibot.commands.placing import read_placing
from foibot.commands.series import MOST, PLACING, Line, Series, read_series, stands_alone


def verb_and_rest(words: str) -> tuple[str, str]:
    if read_placing(words):
        return PLACING, ""
    verb = verb_of(words, VERBS, ALONE)
    return verb, words[len(verb) :].strip() if verb else ""


def read(mail: str) -> Series:
    line, _, text = mail.partition("\n")
    return read_series(line, text, "Jane Orange", verb_and_rest, VERBS)


def lines(mail: str) -> list[str]:
    return [one.line for one in read(mail).orders]


@pytest.mark.parametrize(
    ("mail", "expected"),
    [
        ("assign tom\nsnooze 2", ["assign tom", "snooze 2"]),
        ("link 000043/20\n\n  Assign me.\n\n“snooze 5 Jan 2021”\n", ["link 000043/20", "Assign me", "snooze 5 Jan 2021"]),
        ("accept\nnote: rang them", ["accept", "note: rang them"]),
        ("restrict tom, ruth\nsnooze off", ["restrict tom, ruth", "snooze off"]),
        ("answered harry\nwhen", ["answered harry", "when"]),
        ("received 3 Dec 2020: stamped\nassign me", ["received 3 Dec 2020: stamped", "assign me"]),
        ("sensitive: a journalist\nassign tom", ["sensitive: a journalist", "assign tom"]),
        ("m57 new\nm58 m59 not foi: spam", ["m57 new", "m58 m59 not foi: spam"]),
        ("show\nwhy\nhelp", ["show", "why", "help"]),
        ("show\n...\nwhy", ["show", "why"]),
        ("approve v2\nassign tom", ["approve v2", "assign tom"]),
        ("stop\nassign tom", ["stop", "assign tom"]),
        ("snooze 2\napprove v2", ["snooze 2", "approve v2"]),
        ("when\nask harry: who keeps these and since when do they do so, and may we have them all", ["when", "ask harry: who keeps these and since when do they do so, and may we have them all"]),
    ],
)  # fmt: skip
def test_orders_that_are_whole_on_their_line_follow_one_another(
    mail: str, expected: list[str]
) -> None:
    assert lines(mail) == expected


@pytest.mark.parametrize(
    ("mail", "text"),
    [
        ("note\nassign tom", "assign tom"),
        ("set harm\nrefuse 12\nwhen", "refuse 12\nwhen"),
        ("disclose\nShow the figures.\nstop", "Show the figures.\nstop"),
        ("ncnd 23(5)\nassign tom", "assign tom"),
        ("received 3 Dec 2020\nassign tom", "assign tom"),
        ("conflict\nask harry", "ask harry"),
        ("assign tom\nPlease look at it.\nsnooze 2", "Please look at it.\nsnooze 2"),
        ("assign tom\nNote that it is short.", "Note that it is short."),
        ("assign tom\nPart of it is yours", "Part of it is yours"),
        ("assign tom\nshow whoever comes first and wants to see it the figures from last year again", "show whoever comes first and wants to see it the figures from last year again"),
        ("reject v2: too long\nset harm", "set harm"),
        ("Dear foibot\nassign tom", "assign tom"),
    ],
)  # fmt: skip
def test_text_that_begins_like_an_order_stays_text(mail: str, text: str) -> None:
    found = read(mail)
    assert found.orders == (Line(mail.partition("\n")[0], text),)
    assert found.unread == ""


def test_the_last_order_has_the_text_under_it() -> None:
    found = read("assign tom\nset harm\nIt would help.\nshow\n")
    assert found.orders == (Line("assign tom"), Line("set harm", "It would help.\nshow"))


@pytest.mark.parametrize(
    ("mail", "count", "unread"),
    [
        ("show\nNote that I am away.", 1, "Note that I am away"),
        ("show\nThis first.\nsnooze 2", 1, "snooze 2"),
        ("m57 new\nThis first.\nsnooze 2", 1, "snooze 2"),
        ("assign tom\nwhen\nShow them the door", 2, "Show them the door"),
        ("show\nI shall be late today.", 1, ""),
        ("show\nJane\nAssign tom", 1, ""),
        ("assign tom\nJane Orange\nwhen", 1, ""),
    ],
)
def test_what_may_have_been_meant_as_an_order_is_told(mail: str, count: int, unread: str) -> None:
    found = read(mail)
    assert (len(found.orders), found.unread) == (count, unread)


def test_a_mail_holds_so_many() -> None:
    found = read("\n".join(["when"] * MOST + ["why", "help"]))
    assert (len(found.orders), found.unread) == (MOST, "why")
    assert len(read("\n".join(["when"] * MOST)).orders) == MOST


@pytest.mark.parametrize(
    ("order", "verb"),
    [
        ("approve v2", "approve"),
        ("reject v2: your reason", "reject"),
        ("Edit", "edit"),
        ("new received 3 Dec by post", "new received"),
        ("find: cameras", "find"),
        ("new", ""),
        ("note: stop", ""),
        ("", ""),
    ],
)
def test_which_order_takes_a_mail_of_its_own(order: str, verb: str) -> None:
    assert stands_alone(order) == verb
