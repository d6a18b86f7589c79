"""`foibot lint` as a person meets it: words, exit codes, the promised JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from foibot import cli
from tests.letters.letters_tools import facts_on, shipped

BAD = """\
Our ref: 004078/20
5 January 2021

Dear Sam Smith

Freedom of Information Act 2000

Exampleshire Police can neither confirm nor deny that it holds the information you requested.
Searches were conducted and nothing was found.

Yours sincerely
Jane Orange
"""

Lint = Callable[..., tuple[str, str, int]]


@pytest.fixture
def lint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Lint:
    """Write a letter to a file and run the command on it: output, errors, exit code."""

    def run(letter: str | bytes, *words: str, name: str = "letter.txt") -> tuple[str, str, int]:
        path = tmp_path / name
        path.write_bytes(letter.encode() if isinstance(letter, str) else letter)
        monkeypatch.setattr(sys, "argv", ["foibot", "lint", str(path), *words])
        code = 0
        try:
            cli.main()
        except SystemExit as end:
            code = int(end.code or 0)
        said = capsys.readouterr()
        return said.out, said.err, code

    return run


def test_an_error_is_shown_with_its_words_its_reason_and_what_to_write_instead(lint: Lint) -> None:
    out, _, code = lint(BAD)
    assert code == 1
    assert out.startswith("Read as: refusal that neither confirms nor denies (told from its words")
    assert "ERROR   N-21  line 9  “Searches were conducted”" in out
    assert "        It tells of a search, and so of what was or was not found." in out
    assert "        Instead: Leave the search out" in out
    assert out.rstrip().splitlines()[-1].count("error") == 1


def test_the_json_holds_what_is_promised_and_nothing_else(lint: Lint) -> None:
    out, _, code = lint(BAD, "--kind", "ncnd", "--json")
    document = json.loads(out)
    assert code == 1
    assert set(document) == {"kind", "findings"}
    assert document["kind"] == "ncnd"
    assert all(
        set(one) == {"rule", "severity", "line", "text", "why"} for one in document["findings"]
    )
    (search,) = [one for one in document["findings"] if one["rule"] == "N-21"]
    assert search["severity"] == "error"
    assert search["line"] == 9
    assert search["text"] == "Searches were conducted"
    assert search["why"].endswith("the decision does not rest on one.")


def test_a_letter_of_our_own_passes(lint: Lint) -> None:
    letter = shipped().letter("ncnd", facts_on())
    assert lint(letter.text, "--json") == (
        '{\n  "kind": "ncnd",\n  "findings": []\n}\n',
        "",
        0,
    )
    out, _, code = lint(letter.text)
    assert (out.splitlines()[-1], code) == ("Nothing found.", 0)


def test_a_warning_alone_does_not_fail(lint: Lint) -> None:
    letter = shipped().letter("ncnd", facts_on()).text.replace("5 January 2021", "05/01/2021")
    out, _, code = lint(letter)
    assert "WARNING L-01" in out
    assert out.rstrip().endswith("1 warning.")
    assert code == 0


def test_the_text_of_a_decision_alone_is_said_to_be_one(lint: Lint) -> None:
    out, _, code = lint("Exampleshire Police does not hold the information you requested.")
    assert "Read as: answer that the information is not held" in out
    assert "This is the text of a decision alone" in out
    assert code == 0


@pytest.mark.parametrize(
    ("given", "kind"),
    [("NCND", "ncnd"), ("not held", "not-held"), ("s14(1)", "vexatious"), ("12", "cost")],
)
def test_a_kind_may_be_given_as_people_write_it(lint: Lint, given: str, kind: str) -> None:
    out, _, _ = lint(BAD, "--kind", given, "--json")
    assert json.loads(out)["kind"] == kind


def test_an_unknown_kind_lists_those_there_are(lint: Lint) -> None:
    _, err, code = lint(BAD, "--kind", "poem")
    assert code == 2
    assert "poem" in err
    for kind in ("ncnd", "refusal", "review-outcome", "fees-notice"):
        assert kind in err


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("letter.pdf", b"%PDF-1.7 broken"),
        ("letter.pdf", b"no such thing"),
        ("letter.docx", b"PK rubbish"),
        ("letter.docx", b"PK\x03\x04 rubbish"),
        ("letter.doc", b"\xd0\xcf\x11\xe0"),
        ("letter.eml", bytes(range(256)) * 9),
        ("letter.txt", bytes(range(256)) * 9),
        ("letter.txt", b""),
        ("letter.pdf", b""),
        ("letter.txt", b"long " * 100_000),
    ],
)
def test_a_file_that_is_no_letter_is_wrong_use(lint: Lint, name: str, content: bytes) -> None:
    out, err, code = lint(content, name=name)
    assert (out, code) == ("", 2)
    assert err.startswith("foibot: ")
    assert "Traceback" not in err


def test_a_missing_file_is_wrong_use(
    lint: Lint, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["foibot", "lint", "nothing.txt"])
    with pytest.raises(SystemExit) as end:
        cli.main()
    assert end.value.code == 2
    assert "nothing.txt" in capsys.readouterr().err


def test_a_finding_in_the_subject_of_a_mail_says_where(lint: Lint) -> None:
    text = shipped().letter("ncnd", facts_on()).text
    head = (
        "From: foi@exampleshire.example\nDate: Tue, 5 Jan 2021 10:00:00 +0000\nMIME-Version: 1.0\n"
    )
    head += "Content-Type: text/plain; charset=utf-8\n"
    mail = f"{head}Subject: Refused: no information held [004078/20]\n\n{text}"
    out, _, code = lint(mail, name="mail.eml")
    assert "ERROR   N-36  subject, line 1  “Refused: no information held [004078/20]”" in out
    assert code == 1
    (one,) = json.loads(lint(mail, "--json", name="mail.eml")[0])["findings"]
    assert one["why"].startswith("In subject: the subject says something about the decision.")


THREAT = "The national threat level for terrorism is SEVERE."


def _configured(folder: Path, lines: str) -> str:
    path = folder / "office.toml"
    path.write_text(f"[threat_level]\n{lines}\n", "utf-8")
    return str(path)


def test_the_threat_level_is_compared_with_the_configuration(lint: Lint, tmp_path: Path) -> None:
    stated = _configured(tmp_path, f'wording = "{THREAT}"\nchecked = 2020-11-03')
    out, _, _ = lint(f"{BAD}\n{THREAT}", "--config", stated)
    assert "The wording of the threat level was checked on 3 November 2020" in out


def test_a_named_configuration_has_to_be_right_about_it(lint: Lint, tmp_path: Path) -> None:
    wrong = _configured(tmp_path, f'wording = "{THREAT}"')
    _, err, code = lint(f"{BAD}\n{THREAT}", "--config", wrong)
    assert code == 2
    assert "threat_level.checked: is missing" in err


def test_a_configuration_that_only_lies_here_is_used_if_it_is_right(
    lint: Lint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    here = tmp_path / "config.toml"
    for lines, said in (
        ("wording = 5", "The threat level changes"),
        ("checked = 2020-11-03", "The threat level changes"),
        (f'wording = "{THREAT}"', "The threat level changes"),
        (f'wording = "{THREAT}"\nchecked = 2020-11-03', "was checked on 3 November 2020"),
    ):
        here.write_text(f"[threat_level]\n{lines}\n", "utf-8")
        out, _, code = lint(f"{BAD}\n{THREAT}")
        assert code == 1
        assert said in out
