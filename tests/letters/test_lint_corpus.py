"""Whole letters, good and bad, in many wordings: what is wrong is found, what is right is left alone."""

import runpy
import tomllib
from pathlib import Path

import pytest

from foibot.letters.lint import Severity, lint
from foibot.letters.linting.document import Document
from foibot.letters.linting.letter_type import LetterType
from foibot.letters.linting.registry import RULES

CORPUS = Path(__file__).parent / "corpus"
EXPECTED = tomllib.loads((CORPUS / "expected.toml").read_text("utf-8"))
SCRIPT = Path(__file__).parents[2] / "bench" / "lint_accuracy.py"


def test_every_letter_has_an_expectation_and_every_expectation_a_letter() -> None:
    assert set(EXPECTED) == {path.stem for path in CORPUS.glob("*.txt")}
    assert len(EXPECTED) >= 30
    known = {rule.id for rule in RULES}
    for one in EXPECTED.values():
        assert set(one["rules"]) <= known
        assert one["type"] in set(LetterType)
    good = sum(not one["rules"] for one in EXPECTED.values())
    assert 20 < good < len(EXPECTED) - 20


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_letter_of_the_corpus(name: str) -> None:
    report = lint(Document((CORPUS / f"{name}.txt").read_text("utf-8")))
    found = {one.rule for one in report.findings if one.severity is not Severity.NOTE}
    assert found == set(EXPECTED[name]["rules"]), report.findings
    assert report.letter_type == EXPECTED[name]["type"]
    assert report.guessed


def test_the_script_prints_precision_and_recall(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "expected.toml").write_text(
        '[one]\ntype = "not-held"\nrules = ["N-20"]\n\n[two]\ntype = "ncnd"\nrules = ["L-12"]\n',
        "utf-8",
    )
    (tmp_path / "one.txt").write_text(
        "The police do not hold it under the FOI Act because nobody counts it. TBC\n", "utf-8"
    )
    (tmp_path / "two.txt").write_text("{{ name }}\n", "utf-8")
    monkeypatch.setattr("sys.argv", ["lint_accuracy.py", str(tmp_path)])
    runpy.run_path(str(SCRIPT), run_name="__main__")
    out = capsys.readouterr().out
    lines = {line.split()[0]: line.split()[1:] for line in out.splitlines() if line}
    assert lines["N-20"] == ["0", "1", "0", "-", "0%"]
    assert lines["L-12"][:3] == ["1", "0", "1"]
    assert lines["L-12"][3:] == ["50%", "100%"]
    assert "2 letters, 1 of them taken for what they are." in out
    assert "one: not-held; missed ['N-20'], false ['L-12']" in out
