"""Only a person answers the regulator, and a message about somebody's safety."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from foibot.case.suggestions.weigh import Alarm, alarm, weighed
from foibot.mail.message import IncomingMail
from foibot.mail.parse import parse
from foibot.mail.triage import Disposition, Triage

ICO = "the Information Commissioner's Office"
REQUEST = Triage(Disposition.REQUEST, "A1", "a new message from the public")
THREAT = "I am going to kill myself"


def mail(text: str, sender: str = "sam@citizens.example", subject: str = "") -> IncomingMail:
    raw = EmailMessage()
    raw["From"], raw["Subject"] = sender, subject
    raw.set_content(text)
    parsed = parse(raw.as_bytes())
    assert isinstance(parsed, IncomingMail)
    return parsed


def test_an_ordinary_request_stays_what_it_is() -> None:
    asked = mail("How many chairs?")
    assert weighed(asked, REQUEST) is REQUEST
    assert alarm(asked, REQUEST) is None


def test_the_regulators_mail_is_no_request() -> None:
    asked = mail(THREAT, "casework@ico.org.uk")
    decided = weighed(asked, REQUEST)
    assert decided == Triage(Disposition.UNMATCHED, "A-17", f"it comes from {ICO}")
    assert alarm(asked, decided) == Alarm(ICO, ("going to kill",))


@pytest.mark.parametrize("already", ["", "it has the headers of a machine"])
def test_a_threat_is_a_request_that_a_person_acknowledges(already: str) -> None:
    before = Triage(Disposition.REQUEST, "A1", "new", "", "A4" if already else "", already)
    decided = weighed(mail(THREAT), before)
    assert (decided.disposition, decided.withheld_rule) == (Disposition.REQUEST, "A-19")
    assert not decided.acknowledge
    assert decided.evidence == "new"
    assert alarm(mail(THREAT), decided) == Alarm("", ("going to kill",))


@pytest.mark.parametrize("disposition", [one for one in Disposition if one != "request"])
def test_what_is_no_new_request_is_not_weighed(disposition: Disposition) -> None:
    decided = Triage(disposition, "D4", "as it was", "000001/20")
    for sender in ("sam@citizens.example", "casework@ico.org.uk"):
        assert weighed(mail(THREAT, sender), decided) is decided


HEARD = {Disposition.REQUEST, Disposition.FOLLOWUP, Disposition.UNMATCHED}


@pytest.mark.parametrize("disposition", list(Disposition))
def test_what_machines_and_officers_sent_raises_no_alarm(disposition: Disposition) -> None:
    heard = alarm(mail(THREAT), Triage(disposition, "", ""))
    assert (heard is not None) == (disposition in HEARD)


def test_in_a_further_message_what_it_quotes_and_its_subject_do_not_count() -> None:
    further = Triage(Disposition.FOLLOWUP, "D4", "", "000001/20")
    assert alarm(mail("Thanks.\n\n> I want to end my life", subject="Suicide"), further) is None
    assert alarm(mail("I want to end my life.\n\n> Thanks"), further) == Alarm("", ("end my life",))
    assert alarm(mail("Thanks.", "casework@ico.org.uk"), further) == Alarm(ICO, ())


def test_an_unclear_sender_is_nobody() -> None:
    asked = mail("How many chairs?", "a@ico.org.uk, b@ico.org.uk")
    assert weighed(asked, REQUEST) is REQUEST


def test_what_nobody_can_read_is_a_request_that_a_person_acknowledges() -> None:
    asked = mail("-----BEGIN PGP MESSAGE-----\n\nhQEMA1\n-----END PGP MESSAGE-----\n")
    decided = weighed(asked, REQUEST)
    assert (decided.disposition, decided.withheld_rule) == (Disposition.REQUEST, "C20")
    assert not decided.acknowledge
