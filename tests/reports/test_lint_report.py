"""What the lint found, as people and as scripts read it."""

from foibot.letters.lint import Finding, Report, Severity
from foibot.letters.linting.letter_type import LetterType
from foibot.reports.lint import lint_json, lint_lines

ERROR = Finding("N-21", Severity.ERROR, 3, "a search", "it tells of a search", "Leave it out.")
NOTE = Finding("L-10", Severity.NOTE, 1, "", "no other format is offered")
WHERE = Finding("N-36", Severity.ERROR, 1, "Held", "it tells", "Use the reference.", "subject")
READ_AS = (
    "Read as: refusal that neither confirms nor denies (told from its words; --kind sets it), "
    "under the Freedom of Information Act 2000."
)


def report(*findings: Finding, guessed: bool = True, whole: bool = True) -> Report:
    return Report(LetterType.NCND, guessed, "foia", whole, findings)


def test_the_document_is_what_was_promised() -> None:
    document = lint_json(report(ERROR, WHERE, NOTE))
    assert set(document) == {"kind", "findings"}
    assert document["kind"] == "ncnd"
    assert document["findings"] == [
        {
            "rule": "N-21",
            "severity": "error",
            "line": 3,
            "text": "a search",
            "why": "It tells of a search. Leave it out.",
        },
        {
            "rule": "N-36",
            "severity": "error",
            "line": 1,
            "text": "Held",
            "why": "In subject: it tells. Use the reference.",
        },
        {
            "rule": "L-10",
            "severity": "note",
            "line": 1,
            "text": "",
            "why": "No other format is offered.",
        },
    ]


def test_the_lines_say_what_the_letter_was_taken_for_and_what_is_wrong() -> None:
    assert lint_lines(report(ERROR, WHERE, NOTE)) == [
        READ_AS,
        "",
        "ERROR   N-21  line 3  “a search”",
        "        It tells of a search.",
        "        Instead: Leave it out.",
        "",
        "ERROR   N-36  subject, line 1  “Held”",
        "        It tells.",
        "        Instead: Use the reference.",
        "",
        "NOTE    L-10  line 1",
        "        No other format is offered.",
        "",
        "2 errors, 1 note.",
    ]


def test_a_letter_of_no_known_type_is_said_to_be_checked_in_part() -> None:
    lines = lint_lines(Report(LetterType.UNKNOWN, True, "foia", True, ()))
    assert lines[1].startswith("Only the rules for every letter were applied: --kind sets")


def test_nothing_found_is_said() -> None:
    lines = lint_lines(report(guessed=False, whole=False))
    assert "(as --kind says)" in lines[0]
    assert lines[1].startswith("This is the text of a decision alone")
    assert lines[-1] == "Nothing found."
