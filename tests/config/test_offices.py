"""The file that lists the offices of one machine: what it gives each of them, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from foibot.config import sample
from foibot.config.offices import load_offices
from foibot.config.problems import ConfigurationIsWrong

TWO = """
[[office]]
name = "exampleshire"
config = "exampleshire/config.toml"
imap_password_file = "secrets/exampleshire"

[[office]]
name = "sampleton"
config = "sampleton/config.toml"
smtp_password_file = "secrets/sampleton"
"""


def office(folder: Path, domain: str, **changes: str) -> None:
    folder.mkdir()
    text = sample().replace("exampleshire.example", domain)
    for was, becomes in changes.items():
        text = text.replace(was, becomes)
    (folder / "config.toml").write_text(text)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    office(tmp_path / "exampleshire", "exampleshire.example")
    office(tmp_path / "sampleton", "sampleton.example")
    (tmp_path / "secrets").mkdir()
    for name in ("exampleshire", "sampleton"):
        (tmp_path / "secrets" / name).write_text(f"password of {name}\n")
    return tmp_path


def listed(home: Path, text: str) -> Path:
    path = home / "offices.toml"
    path.write_text(text)
    return path


def test_each_office_gets_its_own_configuration_and_no_other_password(home: Path) -> None:
    environ = {"PATH": "/bin", "FOIBOT_IMAP_PASSWORD": "of nobody", "FOIBOT_CONFIG": "elsewhere"}
    one, two = load_offices(listed(home, TWO), environ)
    assert (one.name, one.config) == ("exampleshire", home / "exampleshire/config.toml")
    assert one.environ == {
        "PATH": "/bin",
        "FOIBOT_IMAP_PASSWORD_FILE": str(home / "secrets/exampleshire"),
    }
    assert two.environ == {
        "PATH": "/bin",
        "FOIBOT_SMTP_PASSWORD_FILE": str(home / "secrets/sampleton"),
    }


def problems(path: Path) -> list[str]:
    with pytest.raises(ConfigurationIsWrong) as found:
        load_offices(path, {})
    return [str(one) for one in found.value.problems]


def test_every_problem_is_told_at_once(home: Path) -> None:
    config = home / "sampleton/config.toml"
    config.write_text(config.read_text().replace('kind = "police"', 'kind = "circus"'))
    found = problems(
        listed(
            home,
            'colour = "red"\n'
            '[[office]]\nname = "Example Shire"\nconfig = "exampleshire/config.toml"\n'
            '[[office]]\nname = "sampleton"\nconfig = "sampleton/config.toml"\nimap_pasword_file = "x"\n'
            '[[office]]\nname = "circus"\nconfig = "sampleton/config.toml"\n'
            '[[office]]\nname = "away"\nconfig = "away/config.toml"\n',
        )
    )
    assert found[0].startswith("colour: foibot knows no such key")
    assert found[1] == (
        "office[1].name: is not a short name. "
        'Write it in small letters, digits and hyphens: "exampleshire".'
    )
    assert found[2].startswith("office[2].imap_pasword_file: ")
    assert found[3].startswith("circus: authority.kind: ")
    assert found[4].startswith("away: config.toml: there is no such file")
    assert len(found) == 5


def test_two_offices_never_share_a_name_a_mailbox_or_a_record(home: Path) -> None:
    twice = '[[office]]\nname = "a"\nconfig = "exampleshire/config.toml"\n' * 2
    assert problems(listed(home, twice)) == [
        "name: 2 offices are called a. Give each a name of its own.",
        "mailbox.address: a and a work the same mailbox. Give each office one of its own.",
        "database.url: a and a keep their record in the same database. Give each office one of its own.",
    ]


def test_two_offices_never_listen_on_one_address(home: Path) -> None:
    for name in ("exampleshire", "sampleton"):
        file = home / name / "config.toml"
        file.write_text(file.read_text().replace('listen = ""', 'listen = "127.0.0.1:9464"'))
    assert problems(listed(home, TWO)) == [
        "health.listen: exampleshire and sampleton listen on the same address. Give each office one of its own."
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "office: there is no office in it"),
        ("office = 3", "office: there is no office in it"),
        ("[[office", "offices.toml: is not TOML: "),
        ("[[office]]\n", "office[1].name: "),
        ("office = [3]", "office[1]: "),
    ],
)
def test_a_file_that_lists_nothing(home: Path, text: str, problem: str) -> None:
    assert problems(listed(home, text))[0].startswith(problem)


def test_no_file_and_one_that_is_a_folder(tmp_path: Path) -> None:
    assert "there is no such file" in problems(tmp_path / "offices.toml")[0]
    assert "cannot be read" in problems(tmp_path)[0]
