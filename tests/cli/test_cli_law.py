"""`foibot due` for every law and clock, and `foibot holidays`, as an administrator meets them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config

from foibot import cli
from foibot.config import sample
from foibot.store import migrations
from foibot.store.database import open_engine, write
from tests.law.test_holiday_file import document


@dataclass(frozen=True)
class Said:
    """What a command said and how it ended."""

    out: str
    err: str
    code: int


Run = Callable[..., Said]


@pytest.fixture
def foibot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Run a command in an empty folder of its own, on a wide terminal."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FOIBOT_CONFIG", raising=False)
    monkeypatch.setenv("COLUMNS", "200")

    def run(*words: str) -> Said:
        monkeypatch.setattr(sys, "argv", ["foibot", *words])
        code = 0
        try:
            cli.main()
        except SystemExit as end:
            code = int(end.code or 0)
        said = capsys.readouterr()
        return Said(said.out, said.err, code)

    return run


@pytest.fixture
def office(foibot: Run, tmp_path: Path) -> Run:
    """The same beside a configuration."""
    (tmp_path / "config.toml").write_text(sample(), "utf-8")
    return foibot


PROMISED = ["regime", "received", "due", "working_days", "not_counted", "provisional"]


def due_json(run: Run, *words: str) -> dict[str, object]:
    said = run("due", *words, "--json")
    assert said.code == 0, said.err
    found: dict[str, object] = json.loads(said.out)
    return found


def test_due_prints_the_promised_document_and_nothing_else(foibot: Run) -> None:
    found = due_json(foibot, "2020-12-08", "--regime", "foia")
    assert list(found) == PROMISED
    assert (found["due"], found["working_days"]) == ("2021-01-11", 20)


@pytest.mark.parametrize(
    ("law", "words", "due"),
    [
        ("foia", (), "2026-03-31"),
        ("foisa", (), "2026-03-30"),
        ("foia", ("--days", "40"), "2026-04-30"),
        ("foia", ("--clock", "extension"), "2026-04-30"),
        ("eir", ("--clock", "extension"), "2026-04-30"),
        ("eir", ("--clock", "review"), "2026-04-30"),
        ("foisa", ("--clock", "review"), "2026-03-30"),
        ("foia", ("--clock", "fee"), "2026-06-01"),
        ("eisr", ("--clock", "fee"), "2026-05-27"),
        ("foia", ("--clock", "appeal"), "2026-03-30"),
    ],
)
def test_due_for_every_law_and_clock(
    foibot: Run, law: str, words: tuple[str, ...], due: str
) -> None:
    found = due_json(foibot, "2 March 2026", "--regime", law, *words)
    assert found["due"] == due
    assert found["received"] == "2026-03-02"
    assert set(PROMISED) <= set(found)


def test_due_tells_the_law_of_a_clock(foibot: Run) -> None:
    found = due_json(foibot, "2026-10-01", "--clock", "appeal")
    assert (found["clock"], found["working_days"], found["not_counted"]) == (
        "appeal against a decision notice",
        None,
        [],
    )
    said = foibot("due", "2026-02-12", "--regime", "eisr", "--clock", "fee").out
    assert said.startswith("Last day to pay the fee: Friday 8 May 2026\n")
    assert (
        "That is 60 working days beginning with Thursday 12 February 2026 (EI(S)R 2004 reg" in said
    )
    days = foibot("due", "2020-12-08", "--days", "16").out
    assert days.startswith("Working day 16: Tuesday 5 January 2021\n")


def test_due_explains_every_day(foibot: Run) -> None:
    lines = foibot("due", "2020-12-08", "--explain").out.splitlines()
    begin = lines.index("Day by day:")
    assert lines[0] == "Last day to answer: Monday 11 January 2021"
    assert lines[begin + 1] == "     - Tuesday 8 December 2020: the period starts: day 0"
    assert lines[begin + 2] == "     1 Wednesday 9 December 2020"
    assert lines[begin + 5] == "     - Saturday 12 December 2020: Saturday"
    assert lines[-1] == "    20 Monday 11 January 2021"
    found = due_json(foibot, "2020-12-08", "--explain")
    assert list(found) == [*PROMISED, "days"]
    months = foibot("due", "2026-02-12", "--clock", "fee", "--explain").out
    assert months.endswith("Counted in whole months: no day is left out.\n")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("yesterday",), "is not a date; write it as 2020-12-08"),
        (("2026-01-05", "--clock", "wall"), "review: to answer the internal review"),
        (("2026-01-05", "--regime", "gdpr"), "Use one of: foia, eir, foisa, eisr"),
        (("2026-01-05", "--days", "5", "--clock", "fee"), "either --days or --clock"),
        (("2026-01-05", "--days", "0"), "--days"),
        (("2004-01-05",), "FOIA had no limit to answer the request on 2004-01-05"),
        (("2099-12-20",), "from 2004 to 2099 only"),
        (("9999-12-31", "--clock", "appeal"), "from 2004 to 2099 only"),
    ],
)
def test_what_due_cannot_read_is_said_with_what_works(
    foibot: Run, words: tuple[str, ...], says: str
) -> None:
    said = foibot("due", *words)
    assert said.code == 2
    assert says in " ".join(said.err.replace("│", " ").split())


def test_holidays_are_listed_without_an_office(foibot: Run) -> None:
    found = json.loads(foibot("holidays", "list", "--year", "2026", "--json").out)
    cup = next(one for one in found if one["date"] == "2026-06-15")
    assert cup["name"] == "World Cup Bank Holiday"
    assert cup["nations"] == ["Scotland"]
    assert cup["source"].startswith("foibot (holidays ")
    christmas = next(one for one in found if one["date"] == "2026-12-25")
    assert christmas["nations"] == ["England and Wales", "Scotland", "Northern Ireland"]
    every = json.loads(foibot("holidays", "list", "--json").out)
    assert (every[0]["date"][:4], every[-1]["date"][:4]) == ("2005", "2028")
    said = foibot("holidays", "list", "--year", "2026").out
    assert "Monday 15 June 2026" in said
    assert "all of the UK" in said


def published(tmp_path: Path, *years: int, without: str = "") -> str:
    content = document(*years)
    scotland = content["scotland"]["events"]
    content["scotland"]["events"] = [one for one in scotland if one["date"] != without]
    (tmp_path / "bank-holidays.json").write_text(json.dumps(content), "utf-8-sig")
    return "bank-holidays.json"


def test_an_import_counts_from_then_on(office: Run, tmp_path: Path) -> None:
    assert due_json(office, "2026-05-20")["due"] == "2026-06-19"
    said = office("holidays", "import", published(tmp_path, 2026, 2029, without="2026-06-15"))
    assert said.code == 0, said.err
    assert "of 2026 to 2029 from bank-holidays.json" in said.out
    gone = "Monday 15 June 2026 is no longer a holiday in Scotland: World Cup Bank Holiday"
    assert gone in said.out
    assert due_json(office, "2026-05-20")["due"] == "2026-06-18"
    assert due_json(office, "2028-12-20")["provisional"] is False
    listed = json.loads(office("holidays", "list", "--year", "2026", "--json").out)
    assert all("bank-holidays.json (sha256 " in one["source"] for one in listed)
    assert "2026-06-15" not in {one["date"] for one in listed}
    again = office("holidays", "import", published(tmp_path, 2026))
    assert "is now a holiday in Scotland: World Cup Bank Holiday" in again.out
    assert due_json(office, "2026-05-20")["due"] == "2026-06-19"
    same = office("holidays", "import", published(tmp_path, 2026))
    assert "No weekday changed." in same.out


def test_a_file_with_problems_changes_nothing_and_names_them_all(
    office: Run, tmp_path: Path
) -> None:
    (tmp_path / "bad.json").write_text('{"scotland": {"events": []}, "wales": 1}', "utf-8")
    said = office("holidays", "import", "bad.json")
    assert said.code == 2
    assert said.err.count("WRONG") == 4
    assert "nothing of bad.json was imported" in said.err
    assert not (tmp_path / "foibot.db").exists()
    (tmp_path / "large.json").write_bytes(b" " * 5_000_001)
    assert "too large" in office("holidays", "import", "large.json").err


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("a-folder", "is a directory"),
        ("a-pipe", "is not a file"),
        ("nothing-here", "does not exist"),
        ("/proc/self/mem", "cannot be read: input/output error"),
        ("binary.json", "is not JSON"),
    ],
)
def test_what_is_no_readable_file_is_answered_plainly(
    office: Run, tmp_path: Path, name: str, said: str
) -> None:
    (tmp_path / "a-folder").mkdir()
    os.mkfifo(tmp_path / "a-pipe")
    (tmp_path / "binary.json").write_bytes(bytes(range(256)) * 4)
    refused = office("holidays", "import", name)
    assert refused.code == 2
    assert said in " ".join(refused.err.replace("│", " ").split())
    assert "Traceback" not in refused.err
    assert not (tmp_path / "foibot.db").exists()


def test_a_file_that_is_wrong_all_over_is_answered_in_a_few_lines(
    office: Run, tmp_path: Path
) -> None:
    events = [{"title": "A day", "date": "soon"} for _ in range(2000)]
    (tmp_path / "wrong.json").write_text(json.dumps({"scotland": {"events": events}}), "utf-8")
    said = office("holidays", "import", "wrong.json")
    assert said.code == 2
    assert len(said.err.splitlines()) == 52
    assert "WRONG  1952 more of this kind." in said.err


def test_t15_an_import_past_a_gap_says_which_years_are_missing(office: Run, tmp_path: Path) -> None:
    said = office("holidays", "import", published(tmp_path, 2030)).out
    assert "known until 31 December 2028; a date after that is provisional." in said
    assert "Nothing was imported for 2029" in said


def test_an_import_needs_an_office_and_says_so(foibot: Run, tmp_path: Path) -> None:
    said = foibot("holidays", "import", published(tmp_path, 2026))
    assert said.code == 2
    assert "foibot init" in said.err


@pytest.mark.parametrize(("months", "last"), [(1, "2021-01-07"), (6, "2021-06-07")])
def test_t47_a_question_lapses_as_the_office_here_has_chosen(
    foibot: Run, tmp_path: Path, months: int, last: str
) -> None:
    assert due_json(foibot, "2020-12-08", "--clock", "lapse")["due"] == "2021-03-07"
    text, said = sample(), "lapse_months = 3"
    assert text.count(said) == 1
    (tmp_path / "config.toml").write_text(text.replace(said, f"lapse_months = {months}"), "utf-8")
    assert due_json(foibot, "2020-12-08", "--clock", "lapse")["due"] == last
    assert due_json(foibot, "2020-12-08", "--clock", "fee")["due"] == "2021-03-07"


def test_due_goes_on_beside_a_configuration_that_is_wrong(foibot: Run, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("[nothing]\n", "utf-8")
    said = foibot("due", "2020-12-08")
    assert said.code == 0
    assert "imported bank holidays are not counted" in said.err
    named = foibot("due", "2020-12-08", "--config", "config.toml")
    assert named.code == 2
    assert "nothing" in named.err


def test_check_looks_at_the_horizon_with_the_imported_days(office: Run) -> None:
    said = office("check")
    assert "ok       bank holidays are known for the time ahead" in said.out


def test_an_older_database_is_brought_up_and_then_takes_an_import(
    office: Run, tmp_path: Path
) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'foibot.db'}")
    steps = Config()
    steps.set_main_option("script_location", str(Path(migrations.__file__).parent))
    with write(engine) as connection:
        steps.attributes["connection"] = connection
        command.upgrade(steps, "0001")
    engine.dispose()
    refused = office("holidays", "import", published(tmp_path, 2026))
    assert refused.code == 2
    assert "foibot migrate" in refused.err
    assert due_json(office, "2026-05-20")["due"] == "2026-06-19"
    assert office("migrate").code == 0
    assert office("holidays", "import", published(tmp_path, 2026)).code == 0


_HERE = """
import sys
from foibot.cli import main
sys.argv = ["foibot", "due", "2020-12-08"]
try:
    main()
finally:
    print("sqlalchemy" in sys.modules)
"""


def test_due_beside_an_office_loads_no_sqlalchemy(office: Run, tmp_path: Path) -> None:
    assert office("holidays", "import", published(tmp_path, 2026)).code == 0
    where = {"PYTHONPATH": str(Path(cli.__file__).parents[2])}
    done = subprocess.run(
        [sys.executable, "-c", _HERE],
        cwd=tmp_path,
        env=where,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[0] == "Last day to answer: Monday 11 January 2021"
    # It alone takes longer to load than this command may take in all.
    assert done.stdout.splitlines()[-1] == "False"
