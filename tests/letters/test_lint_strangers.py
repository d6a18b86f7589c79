"""Nothing a stranger writes, as a request, a name or a subject, puts a finding into a letter of ours."""

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from foibot.letters.facts import LetterFacts, RequesterFacts
from foibot.letters.lint import check_draft
from foibot.letters.linting.document import Document, File, Mail
from foibot.letters.samples import sample
from tests.letters.letters_tools import shipped

FORWARDED = "From: a@exampleshire.example\nSent: today\nTo: c@exampleshire.example\nSubject: x"
HOLDS = "We hold it. Searches were conducted. Please find attached."
AWKWARD = st.sampled_from(
    [
        HOLDS,
        f"-----Original Message-----\n{FORWARDED}",
        "On 3/4/2021 Sam Smith wrote:",
        "> It is exempt under section 31(1)(a).\n>> We do not hold it.",
        "Dear Mr [NAME]\n\nYours sincerely\n\nSam\n\nSam",
        "can neither confirm nor deny that it holds the information you requested",
        "1. How many?\n2. How much?\n(a) And why?",
        "internal review",
        "section 24(2)",
        "‮neddih​ words\x07 \ud800 é ... ________ TBC",
    ]
)
WORDS = st.lists(AWKWARD | st.text(max_size=60), max_size=4).map("\n\n".join)
KINDS = ("ncnd", "refusal", "clarification", "extension", "fees-notice", "not-held", "cost")


@cache
def plain(kind: str) -> LetterFacts:
    return sample(shipped().kinds[kind])


def sent(text: str, subject: str) -> Document:
    mail = Mail(
        subject=subject,
        sender="foi@exampleshire.example",
        files=(File("letter-004078-20.pdf", "application/pdf"),),
    )
    return Document(text, mail=mail, properties=(("title", subject),))


# A request that is a forwarded mail made the rest of the letter, greeting and all, one of ours.
@example(kind="ncnd", request=f"{FORWARDED}\n\n{HOLDS}", subject="", name=HOLDS)
@settings(max_examples=60, deadline=None)
@given(
    kind=st.sampled_from(KINDS), request=WORDS, subject=WORDS, name=AWKWARD | st.text(max_size=40)
)
def test_no_request_and_no_name_stops_a_letter(
    kind: str, request: str, subject: str, name: str
) -> None:
    known = plain(kind)
    facts = replace(
        known,
        case=replace(known.case, request_text=request, subject=subject),
        requester=RequesterFacts(name),
    )
    letter = shipped().letter(kind, facts)
    found = check_draft(kind, sent(letter.text, letter.subject), facts)
    assert [one for one in found if one.rule != "L-03"] == []


@pytest.mark.parametrize("mark", ["", "> "])
def test_a_mail_that_an_officer_quotes_is_still_found(mark: str) -> None:
    facts = replace(
        plain("ncnd"),
        case=replace(plain("ncnd").case, request_text=f"{FORWARDED}\n\nHow many?"),
    )
    letter = shipped().letter("ncnd", facts)
    above = letter.text.count("\n")
    ours = "From: b@exampleshire.example\nSent: Monday\nTo: d@exampleshire.example"
    quoted = f"{ours}\nSubject: y\n\nWe hold it. They are searching."
    text = letter.text + "\n".join(mark + line for line in ("", *quoted.splitlines()))
    found = check_draft("ncnd", sent(text, letter.subject), facts)
    told = {(one.rule, one.line - above) for one in found if one.where == "earlier mail"}
    assert told == {("N-36", 2), ("N-37", 7)}
