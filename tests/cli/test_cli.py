"""The command line as an administrator meets it: words, exit codes, JSON."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from foibot import checks, cli
from foibot.case.keeping_events import Restricted
from foibot.cli import law, leaving, letters, record, watching, working
from foibot.config import sample
from foibot.demo.correspondent import reply
from foibot.desk.vitals import mailbox_was_read
from foibot.gateway.system_clock import SystemClock
from foibot.store.database import REVISION, free_bytes, open_engine
from foibot.store.ledger import Happened
from foibot.store.ownership import own_the_office
from tests.office import JANE, Office, configuration_text, office


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
    """Run a command in an empty folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FOIBOT_CONFIG", raising=False)

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
def answered(tmp_path: Path) -> Iterator[Office]:
    """An office with one case that was answered, beside which the commands run."""
    with office(tmp_path, approval={"undo_minutes": 0}) as opened:
        draft = opened.drafted()
        from tests.office import TOM

        opened.orders(TOM, draft, "approve v1")
        opened.discards()
        yield opened


def test_every_command_has_help_that_says_what_it_does(foibot: Run) -> None:
    said = foibot("--help")
    assert said.code == 0
    groups = (
        working.app,
        record.app,
        leaving.app,
        leaving.outbox_app,
        watching.app,
        law.app,
        letters.app,
    )
    for command in [one for group in groups for one in group.registered_commands]:
        callback = command.callback
        assert callback is not None
        name = command.name or callback.__name__
        words = ("outbox", name) if command in leaving.outbox_app.registered_commands else (name,)
        assert words[0] in said.out
        assert foibot(*words, "--help").code == 0
        assert len(str(callback.__doc__)) > 15


def test_init_writes_a_configuration_that_passes_and_never_overwrites(foibot: Run) -> None:
    assert foibot("init", "office").code == 0
    passed = foibot("check", "--config", "office/config.toml")
    assert passed.code == 0, passed.out
    assert "ok       every letter and notice can be written" in passed.out
    again = foibot("init", "office")
    assert again.code == 2
    assert "nothing was written" in again.err


def test_check_names_a_template_that_lacks_a_sentence_of_the_shipped_one(
    foibot: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, "tried_here", lambda *_: [])  # nothing is wrong with it
    foibot("init", "office")
    body = tmp_path / "office" / "templates" / "letters" / "refusal" / "body.md"
    lines = body.read_text("utf-8").splitlines()
    at = next(at for at, line in enumerate(lines) if line.startswith("Section 1(1)(a)"))
    body.write_text("\n".join(lines[:at] + lines[at + 1 :]) + "\n", "utf-8")
    said = foibot("check", "--config", "office/config.toml")
    (told,) = (line for line in said.out.splitlines() if "letters/refusal/body.md" in line)
    assert told.startswith("look at  ")
    assert f"a line ({at + 1})" in told
    assert "“Section 1(1)(a) of the Act gives" in told
    assert said.code == 0


def test_every_problem_of_a_configuration_is_named_at_once(foibot: Run, tmp_path: Path) -> None:
    text = sample().replace('kind = "police"', 'kind = "polis"').replace("[trust]", "[trast]")
    (tmp_path / "config.toml").write_text(text, "utf-8")
    said = foibot("check")
    assert said.code == 2
    assert "authority.kind" in said.err
    assert "trast" in said.err
    assert foibot("run", "--once").code == 2


def test_a_wrong_key_keeps_check_from_nothing_else(foibot: Run, tmp_path: Path) -> None:
    foibot("init", "office")
    file = tmp_path / "office" / "config.toml"
    right = file.read_text("utf-8")
    file.write_text(right.replace("[trust]", "[trust]\nnonsense = 1"), "utf-8")
    body = tmp_path / "office" / "templates" / "letters" / "ncnd" / "body.md"
    body.write_text(body.read_text("utf-8").replace("{{ authority.name }}", "{{ authority.nmae }}"))
    (tmp_path / "office" / "foibot.db").write_text("no database " * 99)
    said = foibot("check", "--connect", "--config", "office/config.toml")
    assert said.code == 2
    assert "trust.nonsense: foibot knows no such key" in said.err
    assert re.search(r"WRONG    letters/ncnd/body.md:\d+: .*nmae", said.out)
    assert "WRONG    database.url: " in said.out
    assert "ok       bank holidays are known" in said.out
    assert "the configuration can be read" not in said.out
    assert "look at  the mail servers were not tried" in said.out


def test_check_judges_nothing_by_what_stands_in_for_a_wrong_key(
    foibot: Run, answered: Office, tmp_path: Path
) -> None:
    file = tmp_path / "config.toml"
    right = file.read_text("utf-8")
    wrong = right.replace('address = "foi@exampleshire.example"', 'address = "foi"')
    file.write_text(wrong.replace("[templates]", '[templates]\nfolder = "gone"'), "utf-8")
    said = foibot("check")
    assert said.code == 2
    assert {line.split()[0] for line in said.out.splitlines()} == {"ok"}, said.err
    assert "the database is at revision" in said.out
    file.write_text(right.replace('url = "', 'url = "x'), "utf-8")
    assert "the database" not in foibot("check").out


def test_a_missing_configuration_says_how_to_make_one(foibot: Run) -> None:
    said = foibot("check")
    assert said.code == 2
    assert "foibot init" in said.err


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("letters/ncnd/body.md", "{{ authority.name }}", "{{ authority.nmae }}", "nmae"),
        ("shared/rights-foia.md", "internal review", "look again", "internal review"),
        ("letters/ncnd/letter.toml", 'approval = "four-eyes"', 'approval = "none"', "approval"),
        ("notices/draft/body.md", "{{ version }}", "{% if version %}", "draft/body.md"),
    ],
)
def test_a_template_that_would_not_do_stops_check_and_run_with_file_and_line(
    foibot: Run, tmp_path: Path, file: str, old: str, new: str, said: str
) -> None:
    foibot("init", "office")
    path = tmp_path / "office" / "templates" / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")

    checked = foibot("check", "--config", "office/config.toml")
    assert checked.code == 2
    assert re.search(rf"WRONG    \S+:\d+: .*{said}|WRONG    .*{said}.*:\d+", checked.out), (
        checked.out
    )
    started = foibot("run", "--once", "--config", "office/config.toml")
    assert started.code == 2
    assert "templates cannot be used" in started.err


def test_a_database_at_another_revision_refuses_to_start_and_says_migrate(
    foibot: Run, answered: Office, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(tmp_path / "foibot.db")) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '0000'")
    for words in (("check",), ("run", "--once"), ("cases",)):
        said = foibot(*words)
        assert said.code == 2
        assert "foibot migrate" in said.out + said.err


def test_the_case_is_told_as_a_story_and_as_json(foibot: Run, answered: Office) -> None:
    told = foibot("case", "000001/20")
    assert told.code == 0
    assert "Last day to answer: Monday 11 January 2021" in told.out
    assert "Version 1 sent" in told.out

    document = json.loads(foibot("case", "000001/20", "--json").out)
    assert document["state"] == "answered"
    assert document["outcome"] == "ncnd"
    assert document["requester"] == "sam.smith@citizens.example"
    assert {"at", "type", "by", "hash"} <= set(document["events"][0])
    (letter,) = document["letters"]
    assert {"kind", "version", "state", "fingerprint"} <= set(letter)


def test_cases_are_listed_the_most_urgent_first(foibot: Run, answered: Office) -> None:
    assert "No case is open" in foibot("cases").out
    answered.asks("A second question", subject="Second")
    answered.discards()
    assert json.loads(foibot("cases", "--json").out)[0]["reference"] == "000002/20"
    assert json.loads(foibot("cases", "--overdue", "--json").out)[0]["due"] == "2021-01-11"


def test_config_may_stand_before_the_command_or_in_the_environment(
    foibot: Run, answered: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    config = str(tmp_path / "config.toml")
    assert foibot("--config", config, "case", "000001/20").code == 0
    assert foibot("case", "000001/20", "--config", config).code == 0
    monkeypatch.setenv("FOIBOT_CONFIG", config)
    assert foibot("case", "000001/20").code == 0


def test_verify_finds_one_changed_byte(foibot: Run, answered: Office, tmp_path: Path) -> None:
    assert foibot("verify").code == 0
    with closing(sqlite3.connect(tmp_path / "foibot.db")) as database, database:
        database.execute("UPDATE events SET public = replace(public, 'foia', 'foib') WHERE seq = 1")
    said = foibot("verify")
    assert said.code == 1
    assert "WRONG  event 1" in said.out


def test_a_restricted_case_is_a_bare_reference_until_it_is_asked_for(
    foibot: Run, answered: Office, tmp_path: Path
) -> None:
    answered.asks("And in the year before?", subject="A second question")
    answered.discards()
    case = answered.case("000002/20")
    with answered.store.transaction() as tx:
        happened = Happened(Restricted(("jane.orange@exampleshire.example",), "a colleague asked"), case.reference, "jane", "restrict")  # fmt: skip
        tx.cases.move(case, tx.ledger.append([happened], answered.clock.now(), "s"))
    asked = case.requester.address

    listed, told = foibot("cases"), foibot("case", "000002/20")
    assert "000002/20" in listed.out
    assert "11 January" not in listed.out
    assert told.out.startswith("Case 000002/20: restricted to named people.")
    for words in (("cases", "--json"), ("case", "000002/20", "--json")):
        said = foibot(*words).out
        assert '"restricted": true' in said
        assert asked not in said
    bare = json.loads(foibot("case", "000002/20", "--json").out)
    assert (bare["events"], bare["letters"], bare["state"]) == ([], [], None)
    assert "case 000002/20 is restricted" in foibot("export", "000002/20").err
    assert foibot("export", "000002/20").code == 2
    assert not list(tmp_path.glob("*.zip"))

    assert "11 January 2021" in foibot("cases", "--restricted").out
    assert asked in foibot("cases", "--restricted", "--json").out
    whole = foibot("case", "000002/20", "--restricted").out
    assert asked in whole
    assert "Restricted to: jane.orange@exampleshire.example" in whole
    assert foibot("export", "000002/20", "--restricted").code == 0


def test_check_names_a_restricted_case_that_nobody_reads_any_more(
    foibot: Run, answered: Office
) -> None:
    case = answered.case("000001/20")
    for reader, named in (("jane.orange", False), ("gone", True)):
        with answered.store.transaction() as tx:
            case = answered.case("000001/20")
            event = Restricted((f"{reader}@exampleshire.example",), "a colleague asked")
            happened = Happened(event, case.reference, "jane", "restrict")
            tx.cases.move(case, tx.ledger.append([happened], answered.clock.now(), "s"))
        said = foibot("check").out
        assert ("case 000001/20 is restricted to people who work on no case" in said) is named


def test_rebuild_mends_a_case_row_that_differs_from_its_events(
    foibot: Run, answered: Office, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(tmp_path / "foibot.db")) as database, database:
        database.execute("UPDATE cases SET state = 'open'")
    assert foibot("verify").code == 1
    assert "1 case rows differed" in foibot("rebuild").out
    assert foibot("verify").code == 0


def test_backup_is_whole_and_never_overwrites(
    foibot: Run, answered: Office, tmp_path: Path
) -> None:
    assert foibot("backup", "copy.db").code == 0
    assert foibot("backup", "copy.db").code == 2
    shutil.copyfile(tmp_path / "copy.db", tmp_path / "foibot.db")
    assert foibot("verify").code == 0


def test_a_backup_can_be_made_before_the_database_is_migrated(
    foibot: Run, answered: Office, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(tmp_path / "foibot.db")) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '0001'")
    assert foibot("cases").code == 2
    assert foibot("backup", "copy.db").code == 0


@pytest.mark.parametrize(
    "words",
    [
        ("init", "file/office"),
        ("demo", "--dir", "file"),
        ("backup", "file/copy.db"),
        ("export", "000001/20", "--to", "file/case.zip"),
    ],
    ids=lambda words: words[0],
)
def test_a_place_where_nothing_can_be_written_is_named(
    foibot: Run, answered: Office, tmp_path: Path, words: tuple[str, ...]
) -> None:
    (tmp_path / "file").touch()
    said = foibot(*words)
    assert said.code == 2
    assert "file" in said.err
    assert "Traceback" not in said.err


@pytest.mark.parametrize(
    "words",
    [
        ("outbox", "--config", "elsewhere.toml", "list"),
        ("outbox", "list", "--config", "elsewhere.toml"),
        ("--config", "elsewhere.toml", "outbox", "list"),
        ("holidays", "--config", "elsewhere.toml", "list"),
    ],
    ids=" ".join,
)
def test_the_configuration_may_stand_wherever_a_group_of_verbs_takes_it(
    foibot: Run, answered: Office, tmp_path: Path, words: tuple[str, ...]
) -> None:
    assert "elsewhere.toml: there is no such file" in foibot(*words).err
    (tmp_path / "config.toml").rename(tmp_path / "elsewhere.toml")
    assert foibot(*words).code == 0


def test_verbs_that_need_no_configuration_take_one(foibot: Run) -> None:
    assert foibot("init", "office", "--config", "none.toml").code == 0
    assert foibot("--config", "none.toml", "init", "other").code == 0


def test_pause_holds_everything_and_resume_lets_it_go(foibot: Run, answered: Office) -> None:
    assert foibot("pause").code == 0
    answered.asks("Another", subject="Another")
    assert answered.unread == []
    listed = json.loads(foibot("outbox", "list", "--json").out)
    assert {one["kind"] for one in listed} == {"acknowledgement", "notice"}
    assert foibot("resume").code == 0
    answered.send()
    answered.discards()


def test_the_outbox_is_held_and_released_by_number(foibot: Run, answered: Office) -> None:
    foibot("pause")
    answered.asks("Another", subject="Another")
    number = str(json.loads(foibot("outbox", "list", "--json").out)[0]["id"])
    assert foibot("outbox", "hold", number).code == 0
    assert foibot("outbox", "release", number).code == 0
    assert foibot("outbox", "hold", "99999").code == 2
    assert "x is no number" in foibot("outbox", "hold", "x").err
    assert foibot("outbox", "resolve", number, "--sent").code == 2
    assert foibot("outbox", "resolve", number).code == 2
    foibot("resume")
    answered.send()
    answered.discards()


def test_replay_shows_each_file_and_touches_nothing(foibot: Run, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(sample(), "utf-8")
    emails = Path(__file__).parents[1] / "emails"
    files = [str(file) for file in sorted(emails.glob("*.eml"))]
    document = json.loads(foibot("replay", *files, "--json").out)
    assert len(document) == len(files)
    assert {"file", "disposition", "rule", "reference", "acknowledge"} <= set(document[0])
    assert document[0]["disposition"] == "request"
    assert document[1]["disposition"] == "command-refused"
    assert not (tmp_path / "foibot.db").exists()


def test_replay_of_a_folder_without_mails_says_so(foibot: Run, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(sample(), "utf-8")
    said = foibot("replay", ".")
    assert (said.code, said.out) == (2, "")
    assert "there is no .eml file in ." in said.err


def test_replay_tells_a_bad_order_from_a_good_one(
    foibot: Run, answered: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered.asks("How many chairs?")
    notice = answered.one_for(JANE)
    answered.discards()
    for words in ("banana", "note: rang Sam"):
        key = f"<{words[:4]}@exampleshire.example>"
        raw = reply(JANE, notice.raw, words, answered.clock.now(), message_id=key)
        mail = answered.border(raw, JANE.address, login=True)
        (tmp_path / f"{words[:4]}.eml").write_bytes(mail)
    monkeypatch.setattr(checks, "SystemClock", lambda: answered.clock)
    bad, good = json.loads(foibot("replay", "bana.eml", "note.eml", "--json").out)
    assert (bad["disposition"], bad["rule"]) == ("command-refused", "not-understood")
    assert bad["orders"][0]["line"] == "banana"
    assert (good["disposition"], good["orders"][0]["verb"]) == ("command", "note")


def test_replay_sums_up_a_folder_of_mails(
    foibot: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "config.toml").write_text(sample(), "utf-8")
    folder = tmp_path / "mails" / "below"
    folder.mkdir(parents=True)
    for number, file in enumerate(sorted((Path(__file__).parents[1] / "emails").glob("*.eml"))):
        (folder / f"{number}.eml").write_bytes(file.read_bytes())
    (folder / "bomb.eml").write_bytes(b"From: a@b.example\n" + b"X: y\n" * 3_000 + b"\nhello\n")
    with (folder / "large.eml").open("wb") as large:
        large.write(b"From: sam@citizens.example\nSubject: Fines\n\nHow many fines in 2020?\n")
        large.truncate(31_000_000)
    (folder / "notes.txt").write_text("no mail")
    told = foibot("replay", str(tmp_path / "mails")).out
    assert re.search(r"request +.? *A1", told)
    assert "bomb.eml" in told
    assert "large.eml" not in told.partition("the slowest")[0]
    assert "MB of memory" in told
    found = json.loads(foibot("replay", str(folder / "large.eml"), "--json").out)
    assert found[0]["disposition"] == "request"

    def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("foibot.checks.replay", broken)
    (only,) = json.loads(foibot("replay", str(folder / "1.eml"), "--json").out)
    assert (only["disposition"], only["evidence"]) == (
        "quarantine",
        "handling failed: RuntimeError",
    )


def test_due_shows_every_date_not_counted(foibot: Run) -> None:
    document = json.loads(foibot("due", "2020-12-08", "--regime", "foia", "--json").out)
    assert document["due"] == "2021-01-11"
    assert document["working_days"] == 20
    assert document["provisional"] is False
    assert {"date": "2020-12-26", "why": "Saturday"} in document["not_counted"]
    told = foibot("due", "8 December 2020").out
    assert "Monday 11 January 2021" in told
    assert "too early" in told
    assert foibot("due", "2020-13-08").code == 2
    assert foibot("due", "2020-12-08", "--regime", "foi").code == 2


def test_migrate_says_where_the_database_is(foibot: Run, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(sample(), "utf-8")
    assert f"revision {REVISION}" in foibot("migrate").out
    assert "already" in foibot("migrate").out


def test_nothing_is_migrated_under_an_office_at_work(foibot: Run, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(sample(), "utf-8")
    assert foibot("migrate").code == 0
    engine = open_engine(f"sqlite:///{tmp_path / 'foibot.db'}")
    with own_the_office(engine):
        said = foibot("migrate")
    engine.dispose()
    assert said.code == 2
    assert "Another foibot already works this office. Stop it first" in said.err


def test_a_server_that_does_not_answer_is_trouble_not_a_mistake(
    foibot: Run, tmp_path: Path
) -> None:
    text = configuration_text(imap="imap://127.0.0.1:9", smtp="smtp://127.0.0.1:9")
    (tmp_path / "config.toml").write_text(text, "utf-8")
    said = foibot("check", "--connect")
    assert said.code in {1, 2}
    assert "mailbox.imap" in said.out + said.err


def test_a_case_is_exported_with_its_mails_letters_and_digests(
    foibot: Run, answered: Office, tmp_path: Path
) -> None:
    assert foibot("export", "000001/20").code == 0
    with zipfile.ZipFile(tmp_path / "case-000001-20.zip") as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    for line in files["SHA256SUMS"].decode().splitlines():
        digest, name = line.split("  ")
        assert sha256(files[name]).hexdigest() == digest
    assert len([name for name in files if name.startswith("sent/")]) == 2
    assert files["letters/v1.pdf"].startswith(b"%PDF")
    assert b"How many planned attacks" in files["received/001.eml"]
    assert b"foi+c-" not in b"".join(c for n, c in files.items() if n.startswith("sent/"))
    assert foibot("export", "000001/20").code == 2
    assert foibot("export", "9/99").code == 2


def test_health_says_who_has_to_act(answered: Office, foibot: Run) -> None:
    said = foibot("health")
    assert said.code == 1
    assert "ACT      the mailbox was never read; start `foibot run`" in said.out
    mailbox_was_read(answered.store, SystemClock().now())
    said = foibot("health")
    assert (said.code, said.err) == (0, "")
    assert re.fullmatch(r"(ok {7}[^\n]+\n){6}", said.out)
    document = json.loads(foibot("health", "--json").out)
    assert document["well"] is True
    assert document["signs"][0]["name"] == "mailbox"
    assert "foibot_cases_open 0\n" in foibot("health", "--metrics").out


def test_health_of_an_office_without_a_disk_of_its_own(answered: Office) -> None:
    assert free_bytes(answered.engine) > 0  # type: ignore[operator]
    assert free_bytes(create_engine("sqlite://")) is None


def test_the_record_moves_to_another_database(answered: Office, foibot: Run) -> None:
    answered.close()
    said = foibot("store", "copy", "sqlite:///foibot.db", "sqlite:///moved.db")
    assert (said.code, said.err) == (0, "")
    assert "The copy holds" in said.out
    assert re.search(r"^ +1  cases$", said.out, re.MULTILINE)
    said = foibot("store", "copy", "sqlite:///foibot.db", "sqlite:///moved.db")
    assert (said.code, said.out) == (2, "")
    assert "holds a record already" in said.err


@pytest.mark.parametrize("wrong", ["nonsense", "oracle://x", "postgresql+nothing://x/y"])
def test_an_address_that_is_no_database_is_said_plainly(foibot: Run, wrong: str) -> None:
    said = foibot("store", "copy", "sqlite:///foibot.db", wrong)
    assert said.code == 2
    assert said.err.startswith("foibot: TO is not the address of a database that foibot can use")
    assert not Path("foibot.db").exists()


def test_a_claim_that_changes_nothing_says_so(foibot: Run, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(sample(), "utf-8")
    assert foibot("migrate").code == 0
    first = foibot("store", "claim", "foi@sampleton.example")
    assert first.code == 0
    assert "(foi@exampleshire.example) now; nobody had written down whose it was." in first.out
    again = foibot("store", "claim", "foi@exampleshire.example")
    assert again.code == 0
    assert "(foi@exampleshire.example) already; nothing was changed." in again.out
    wrong = foibot("store", "claim", "foi@sampleton.example")
    assert (wrong.code, wrong.out) == (2, "")


def test_an_office_pointed_at_anothers_record_works_nothing_of_it_until_it_is_claimed(
    foibot: Run, tmp_path: Path
) -> None:
    ours = tmp_path / "config.toml"
    ours.write_text(sample(), "utf-8")
    theirs = tmp_path / "theirs.toml"
    theirs.write_text(
        sample().replace("foi@exampleshire.example", "foi@sampleton.example"), "utf-8"
    )
    assert foibot("run", "--once").code == 0
    checked = foibot("check", "--config", str(theirs))
    assert checked.code == 2
    assert (
        "WRONG    database.url: the record in this database is kept for Exampleshire" in checked.out
    )
    for verb in (
        ("run", "--once"),
        ("cases",),
        ("health",),
        ("migrate",),
        ("outbox", "list"),
        ("pause",),
    ):
        said = foibot(*verb, "--config", str(theirs))
        assert (said.code, said.out) == (2, ""), verb
        assert "run: foibot store claim foi@exampleshire.example" in said.err, verb
    assert foibot("store", "claim", "foi@sampleton.example", "--config", str(theirs)).code == 2
    assert foibot("cases").code == 0

    claimed = foibot("store", "claim", "foi@exampleshire.example", "--config", str(theirs))
    assert claimed.code == 0
    assert "is kept for Exampleshire Police (foi@sampleton.example) now; it was" in claimed.out
    assert foibot("cases", "--config", str(theirs)).code == 0
    assert foibot("cases").code == 2
