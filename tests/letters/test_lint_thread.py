"""What the requester was sent before is read before an answer that neither confirms nor denies (N-36, N-37)."""

import pytest

from foibot.letters.linting.finding import Severity
from foibot.letters.linting.thread import EarlierMail, check_thread
from foibot.letters.samples import samples
from tests.letters.letters_tools import asked, facts_on, shipped

FACTS = facts_on()


def rules(mail: EarlierMail, kind: str = "ncnd") -> list[str]:
    found = check_thread(kind, [mail, mail], FACTS)
    assert all(one.severity is Severity.WARNING and one.where == mail.name for one in found)
    return [one.rule for one in found]


@pytest.mark.parametrize(
    ("mail", "expected"),
    [
        (EarlierMail("letter", "clarification", "Your request [1/20]", "Which year do you mean?"), []),
        (EarlierMail("letter", "clarification", "Your request [1/20]", "We hold several files."), ["N-37"]),
        (EarlierMail("letter", "holding", "Your request", "We are searching our records."), ["N-37"]),
        (EarlierMail("letter", "holding", "Your request", "We sent it to the Special Branch unit and are searching."), ["N-37"]),
        (EarlierMail("letter", "fees-notice", "Your request", "Please pay."), ["N-37"]),
        (EarlierMail("letter", "holding", "Your request: results", "We will write.", ("held-data.pdf",)), ["N-36", "N-36"]),
        (EarlierMail("letter", "holding", "Your request", "> Do you hold it? We hold that you do.\n\nWe will write."), ["N-37"]),
    ],
)  # fmt: skip
def test_what_was_told_is_found(mail: EarlierMail, expected: list[str]) -> None:
    assert rules(mail) == expected
    assert rules(mail, "ncnd-part") == expected
    assert rules(mail, "refusal") == []


def test_the_requesters_own_words_in_an_earlier_mail_tell_nothing() -> None:
    facts = asked("Do you hold it? We are searching for it.")
    mail = EarlierMail("ack", "acknowledgement", "We have it", "> Do you hold it? We are\n> searching for it.")  # fmt: skip
    assert check_thread("ncnd", [mail], facts) == ()


@pytest.mark.parametrize("kind", ["acknowledgement", "clarification", "holding"])
def test_our_own_letters_before_an_answer_tell_nothing(kind: str) -> None:
    for facts in samples(shipped().kinds[kind]):
        letter = shipped().letter(kind, facts)
        mail = EarlierMail(kind, kind, letter.subject, letter.text, ("letter-004078-20.pdf",))
        assert check_thread("ncnd", [mail], facts) == (), facts.regime.key
