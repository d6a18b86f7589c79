"""What surrounds an NCND letter gives the answer away as easily as its words: mail, files, earlier mail."""

from pathlib import Path

import pytest

from foibot.letters.lint import Finding, lint
from foibot.letters.linting.document import Document, File, Mail
from foibot.letters.linting.letter_type import LetterType

TEXT = (Path(__file__).parent / "corpus" / "ncnd-good-plain.txt").read_text("utf-8")
NEUTRAL = Mail(
    subject="Your request [FOI-2211]",
    sender="foi@exampleshire.example",
    copied_to=("helper@charity.example",),
    date="Thu, 14 Mar 2024 10:00:00 +0000",
    files=(File("letter-FOI-2211.pdf", "application/pdf", TEXT),),
)
REFUSAL = (Path(__file__).parent / "corpus" / "refusal-good-31.txt").read_text("utf-8")


def mail(**changes: object) -> Mail:
    fields = {name: getattr(NEUTRAL, name) for name in Mail.__dataclass_fields__}
    return Mail(**{**fields, **changes})


def found(document: Document, *rules: str) -> list[Finding]:
    report = lint(document)
    assert report.letter_type is LetterType.NCND
    return [one for one in report.findings if one.rule in rules]


def test_a_neutral_mail_has_nothing_wrong_with_it() -> None:
    findings = lint(Document(TEXT, mail=NEUTRAL)).findings
    assert [one for one in findings if one.severity.value != "note"] == []


@pytest.mark.parametrize(
    ("changed", "where", "text"),
    [
        (mail(subject="No information held"), "subject", "No information held"),
        (mail(subject="Section 23 refusal"), "subject", "Section 23 refusal"),
        (mail(files=(File("a.pdf", "x"), File("b.pdf", "x"))), "files", "a.pdf, b.pdf"),
        (mail(files=(File("not_held.pdf", "x"),)), "files", "not_held.pdf"),
        (mail(files=(File("search-results.pdf", "x"),)), "files", "search-results.pdf"),
        (mail(files=(File("x.ics", "text/calendar"),)), "files", "x.ics"),
        (mail(wants_receipt=True), "headers", ""),
        (mail(copied_to=("ct@exampleshire.example",)), "headers", "ct@exampleshire.example"),
    ],
)
def test_what_goes_with_the_letter_may_not_tell(changed: Mail, where: str, text: str) -> None:
    (one,) = found(Document(TEXT, mail=changed), "N-36")
    assert (one.where, one.text, one.severity.value) == (where, text, "error")


@pytest.mark.parametrize(
    ("residue", "properties", "text"),
    [
        (("a comment",), (), "a comment"),
        ((), (("author", "Jane Orange"),), "Jane Orange"),
        ((), (("title", "No information held"),), "No information held"),
        ((), (("title", "Your request [FOI-2211]"),), None),
    ],
)
def test_the_file_itself_may_not_tell(
    residue: tuple[str, ...], properties: tuple[tuple[str, str], ...], text: str | None
) -> None:
    told = found(Document(TEXT, residue=residue, properties=properties), "N-36", "L-12")
    assert [(one.rule, one.text) for one in told] == ([("N-36", text)] if text else [])


def test_in_any_other_letter_traces_are_l_12() -> None:
    document = Document(
        REFUSAL, residue=("hidden text",), properties=(("author", "Jane"), ("title", "Refused"))
    )
    told = [one for one in lint(document).findings if one.severity.value == "error"]
    assert [(one.rule, one.text) for one in told] == [("L-12", "hidden text"), ("L-12", "Jane")]


EARLIER = """

From: {first}
Sent: 3 March 2024 09:00
To: {second}
Subject: Re: FOI

{words}
"""


def test_mail_between_colleagues_below_the_letter_is_found() -> None:
    inside = EARLIER.format(
        first="FOI <foi@exampleshire.example>", second="ct@exampleshire.example", words="Hello."
    )
    (one,) = found(Document(TEXT + inside, mail=NEUTRAL), "N-36")
    assert one.where == "earlier mail"
    assert (TEXT + inside).splitlines()[one.line - 1].startswith("From: FOI")
    outside = EARLIER.format(
        first="sam@somewhere.example", second="foi@exampleshire.example", words="Hi."
    )
    assert found(Document(TEXT + outside, mail=NEUTRAL), "N-36") == []
    assert found(Document(TEXT + inside, mail=mail(sender="")), "N-36") == []


@pytest.mark.parametrize(
    "words",
    [
        "We are now searching for what you asked for.",
        "Your request has been passed to our Special Branch unit.",
        "This may exceed the appropriate limit.",
        "Which of the reports do you mean?",
    ],
)
def test_an_earlier_mail_that_told_something_is_found(words: str) -> None:
    below = EARLIER.format(
        first="foi@exampleshire.example", second="sam@somewhere.example", words=words
    )
    document = Document(TEXT + below, mail=NEUTRAL)
    (one,) = found(document, "N-37")
    assert (one.where, one.severity.value) == ("earlier mail", "warning")
    assert one.text in document.text.splitlines()[one.line - 1]
    harmless = EARLIER.format(first="a@b.example", second="c@d.example", words="Thank you.")
    assert found(Document(TEXT + harmless, mail=NEUTRAL), "N-37") == []


def test_the_other_texts_of_a_mail_are_read_as_well() -> None:
    covering = ("the covering mail", "We hold what you asked for.")
    told = found(Document(TEXT, mail=NEUTRAL, versions=(covering,)), "N-20")
    assert [(one.where, one.text) for one in told] == [("the covering mail", "We hold")]
    attached = mail(files=(File("letter.pdf", "x", "Searches were conducted."),))
    assert [one.where for one in found(Document(TEXT, mail=attached), "N-21")] == ["letter.pdf"]
    assert (
        lint(Document(REFUSAL, mail=attached)).findings
        == lint(Document(REFUSAL, mail=mail(files=(File("letter.pdf", "x"),)))).findings
    )


@pytest.mark.parametrize(
    ("greeting", "subject", "name", "broken"),
    [
        ("Dear Sam Smith", "Request of Sam Smith [FOI-2211]", "letter.pdf", ["subject"]),
        (
            "Dear Mr Smith",
            "Your request [FOI-2211]",
            "Smith_letter.pdf",
            ["file name Smith_letter.pdf"],
        ),
        ("Dear Sam Smith", "Blacksmiths [FOI-2211]", "letter.pdf", []),
        ("Dear requester", "Your request to the requester", "letter.pdf", []),
        ("Hello", "Sam Smith", "letter.pdf", []),
    ],
)
def test_the_requesters_name_belongs_into_no_subject_and_no_file_name(
    greeting: str, subject: str, name: str, broken: list[str]
) -> None:
    text = REFUSAL.replace("Dear Sam Smith", greeting)
    document = Document(text, mail=mail(subject=subject, files=(File(name, "x"),)))
    told = [one for one in lint(document).findings if one.rule == "L-13"]
    assert [one.where for one in told] == broken


def test_a_review_may_not_resolve_what_was_left_open() -> None:
    text = """Ref 1
14 May 2024

Dear Sam

Freedom of Information Act 2000: outcome of the internal review

The review has found that the force did hold the information. I uphold the decision to neither confirm nor deny.
"""
    report = lint(Document(text))
    assert report.letter_type is LetterType.REVIEW_OUTCOME
    rules = {one.rule for one in report.findings}
    assert {"N-38", "L-36", "L-07"} <= rules
    kept = lint(Document(text.replace("found that the force did hold the information", "ended")))
    assert "N-38" not in {one.rule for one in kept.findings}
