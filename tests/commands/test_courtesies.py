"""Under a bare decision courtesies and signatures are passed over, and everything else stops it."""

from __future__ import annotations

import pytest

from foibot.commands.courtesies import says_more


@pytest.mark.parametrize(
    "text",
    [
        "but change paragraph 2",
        "Provided Jane agrees.",
        "Don\u2019t send it on Friday",
        "DON'T SEND",
        "Is it final?",
        "subject to legal advice",
        "until Monday",
        "the second paragraph has a typo",
        "Tom Teal\nP.S. leave out the name",
        "Tom\nps: leave out the name",
        "fine " * 41,
        "We drop section 24.",
        "The figure in line two is 221 and 212 is last year's.",
        "On the understanding that Ruth reads it too.",
        "Good work.\n\nMake sure Sam gets it in large print.",
        "It goes to Ruth",
        "Thanks Jane, send Friday",
        "Fine by me - the figure is 212",
        "Thanks\nBut do not send it before Ruth has agreed.",
        "Kind regards\n\nBut do not send it before Ruth has agreed.",
        "Kind regards\nTom\nBut do not send it before Ruth has agreed.",
        "-- \nPlease take out paragraph 2.",
        "Thanks,\nPS: please take out paragraph 2 first",
        ">\nThis paragraph is wrong.",
        "Thanks\nTom\n>\nWe gave him these in May.",
        "no",
        "nope",
        "Drop the Harm",
        "hang on",
        "sorry, ignore this",
        "why is s.31 in there",
        "Nein, noch nicht senden",
        "Peidiwch ag anfon eto",
        "Drop Section 24",
    ],
)
def test_second_thoughts_say_more(text: str) -> None:
    assert says_more(text, "Tom Teal")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Good work, Jane.",
        "I have read all of it.",
        "Tom Teal\nPlease note that I do not work on Fridays",
        "Psychology Unit",
        "Thanks\n\nTom\nHead of Information, until 2022",
        "Kind regards\nTom Teal\nHead of Information, please use my new number",
        "-- \nTom Teal\nplease note: part time",
        "Tom Teal | Head of Information\nPlease do not print this",
        "Thanks\n>\nThis email may be confidential. If not for you, please delete it.",
        "Head of Information, Exampleshire Police\nTel: 01632 960001\ntom.teal@exampleshire.example",
        "Looks good to me. Well done Jane, many thanks.",
        "Happy with this\n\nThank you Jane",
        "I\u2019m happy with it",
        "fine " * 40,
    ],
)
def test_courtesies_and_signatures_say_no_more(text: str) -> None:
    assert not says_more(text, "Tom Teal")
