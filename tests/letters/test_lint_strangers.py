"""Nothing a stranger writes, as a request, a name or a subject, puts a finding into a letter of ours."""

from dataclasses import replace
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from foibot.letters.facts import LetterFacts, RequesterFacts
from foibot.letters.lint import check_draft
from foibot.letters.linting.document import Document, File, Mail
from foibot.letters.samples import sample
from tests.letters.letters_tools import shipped

AWKWARD = st.sampled_from(
    [
        "We hold it. Searches were conducted. Please find attached.",
        "-----Original Message-----\nFrom: a@b.example\nSent: today\nTo: c@d.example",
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
    mail = Mail(subject=letter.subject, files=(File("letter-004078-20.pdf", "application/pdf"),))
    document = Document(letter.text, mail=mail, properties=(("title", letter.title),))
    found = [one for one in check_draft(kind, document, facts) if one.rule != "L-03"]
    assert found == []
