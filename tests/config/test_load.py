"""What a configuration file becomes, and what is said about a wrong one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest

from foibot.config import Config, ConfigurationIsWrong, advice, load, sample
from foibot.config.approval import RuledKind
from foibot.config.load import SECTIONS
from foibot.config.sections import RegimeKey, Step
from foibot.errors import AdministratorMustFix

PASSWORDS = {"FOIBOT_IMAP_PASSWORD": "wren-4711", "FOIBOT_SMTP_PASSWORD": "lark-0815"}
SMALLEST = """\
[authority]
name = "Exampleshire Police"
kind = "police"
[mailbox]
address = "foi@exampleshire.example"
imap = "embedded"
smtp = "embedded"
[[officers]]
address = "jane.orange@exampleshire.example"
name = "Jane Orange"
"""
REAL = SMALLEST.replace(
    'imap = "embedded"', 'imap = "imaps://foi@imap.exampleshire.example"'
).replace('smtp = "embedded"', 'smtp = "smtp+starttls://foi@smtp.exampleshire.example:587"')


def configured(folder: Path, text: str, environ: Mapping[str, str] = PASSWORDS) -> Config:
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return load(path, environ)


def problems(folder: Path, text: str, environ: Mapping[str, str] = PASSWORDS) -> dict[str, str]:
    with pytest.raises(ConfigurationIsWrong) as wrong:
        configured(folder, text, environ)
    assert len({one.key for one in wrong.value.problems}) == len(wrong.value.problems)
    return {one.key: f"{one.what} | {one.fix}" for one in wrong.value.problems}


def put(section: str, line: str, text: str = SMALLEST) -> str:
    """`text` with one more line in the section (made if it is not there)."""
    heading = f"[{section}]\n"
    return (
        text.replace(heading, f"{heading}{line}\n")
        if heading in text
        else f"{text}{heading}{line}\n"
    )


def test_the_shipped_file_works_as_it_stands(tmp_path: Path) -> None:
    config = configured(tmp_path, sample(), environ={})
    assert [(one.name, [*one.roles]) for one in config.officers] == [
        ("Jane Orange", ["officer", "approver"]),
        ("Tom Teal", ["approver"]),
        ("Ruth Rose", ["approver", "administrator"]),
    ]
    assert config.mailbox.embedded
    assert advice(config, date(2026, 11, 22)) == ()


def test_every_key_of_the_shipped_file_is_explained_and_at_its_default() -> None:
    seen: dict[str, set[str]] = {name: set() for name in SECTIONS}
    section, before = "", ""
    for line in sample().splitlines():
        if heading := re.fullmatch(r"\[+(\w+)\]+", line):
            section = heading[1]
        elif (key := re.match(r"(?:# )?([a-z_]+) = ", line)) and key[1] not in seen[section]:
            assert before.startswith("# "), f"{section}.{key[1]} has no comment above it"
            assert not re.match(r"# [a-z_]+ = ", before), f"{section}.{key[1]} has no comment"
            seen[section].add(key[1])
        before = line
    assert seen == {name: set(kind.model_fields) for name, kind in SECTIONS.items()}


def test_keys_left_out_of_the_shipped_file_stand_there_with_what_they_become(
    tmp_path: Path,
) -> None:
    every_key_active = re.sub(r"(?m)^# ([a-z_]+ = )", r"\1", sample())
    (tmp_path / "templates").mkdir()
    expected, config = configured(tmp_path, sample()), configured(tmp_path, every_key_active)
    mine = config.authority.review_address
    assert mine == ("Internal Review Officer", "1 Example Street", "Exampleton", "EX1 1EX")
    filled_in = expected.authority.model_copy(update={"review_address": mine})
    assert config == replace(expected, authority=filled_in)


def test_the_smallest_file_gets_every_default(tmp_path: Path) -> None:
    config = configured(tmp_path, SMALLEST, environ={})
    assert config.path == tmp_path / "config.toml"
    assert config.authority.email == config.authority.review_email == "foi@exampleshire.example"
    assert config.regulator.email == "icocasework@ico.org.uk"
    assert config.trust.authserv_id == "mx.exampleshire.example"
    assert config.trust.own_domains == ("exampleshire.example",)
    assert config.database.url == f"sqlite:///{tmp_path}/foibot.db"
    assert config.templates.folder == ""
    assert config.reminders.digest_at == time(8)
    assert [step.day for step in config.reminders.ladder] == [3, 8, 12, 15, 18, 20]


def test_nothing_can_be_changed_afterwards(tmp_path: Path) -> None:
    config = configured(tmp_path, SMALLEST)
    with pytest.raises(ValueError, match="frozen"):
        config.approval.undo_minutes = 0  # type: ignore[misc]


def test_what_follows_from_other_keys_can_be_given_instead(tmp_path: Path) -> None:
    text = put("authority", 'email = "info@exampleshire.example"\naddress = """1 Street\nTown\n"""')
    text += '[trust]\nauthserv_id = "MX9.example"\nown_domains = ["staff.example"]\n'
    text += '[database]\nurl = "postgresql+psycopg://foibot@localhost/foibot"\n'
    config = configured(tmp_path, text)
    assert config.authority.email == "info@exampleshire.example"
    assert config.authority.address == config.authority.review_address == ("1 Street", "Town")
    assert (config.trust.authserv_id, config.trust.own_domains) == (
        "mx9.example",
        ("staff.example",),
    )
    assert config.database.url == "postgresql+psycopg://foibot@localhost/foibot"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("sqlite:///data/foi.db", "sqlite:///{home}/data/foi.db"),
        ("sqlite:////srv/f.db", "sqlite:////srv/f.db"),
    ],
)
def test_a_database_file_counts_from_the_folder_of_the_configuration(
    tmp_path: Path, url: str, expected: str
) -> None:
    config = configured(tmp_path, put("database", f'url = "{url}"'))
    assert config.database.url == expected.format(home=tmp_path)


def test_a_scottish_authority_gets_the_scottish_regulator_and_may_correct_it(
    tmp_path: Path,
) -> None:
    text = put("authority", 'regimes = ["foisa", "eisr"]') + '[regulator]\nphone = "01"\n'
    config = configured(tmp_path, text)
    assert config.authority.regimes == (RegimeKey.FOISA, RegimeKey.EISR)
    assert config.regulator.name == "Scottish Information Commissioner"
    assert config.regulator.phone == "01"


def test_templates_and_the_ca_file_count_from_the_folder_of_the_configuration(
    tmp_path: Path,
) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "ca.pem").touch()
    text = put("mailbox", 'tls_ca_file = "ca.pem"') + '[templates]\nfolder = "own"\n'
    config = configured(tmp_path, text)
    assert config.templates.folder == str(tmp_path / "own")
    assert config.mailbox.tls_ca_file == str(tmp_path / "ca.pem")
    gone = problems(tmp_path, text.replace("ca.pem", "cb.pem").replace('"own"', '"owm"'))
    assert gone.keys() == {"mailbox.tls_ca_file", "templates.folder"}


def test_templates_beside_the_file_are_used_without_being_named(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    assert configured(tmp_path, SMALLEST).templates.folder == str(tmp_path / "templates")


def test_a_step_of_the_ladder_is_a_number_or_a_table(tmp_path: Path) -> None:
    text = put("reminders", 'ladder = [15, -2, {day = 4, to = "approvers", say = "Look."}]')
    assert configured(tmp_path, text).reminders.ladder == (
        Step(day=15, to="approvers", say="Look at the draft, or ask the officers for one."),
        Step(day=-2),
        Step(day=4, to="approvers", say="Look."),
    )


class TestPasswords:
    def test_come_from_the_environment_and_never_show(self, tmp_path: Path) -> None:
        config = configured(tmp_path, REAL)
        assert (config.passwords.imap, config.passwords.smtp) == ("wren-4711", "lark-0815")
        assert "wren" not in repr(config)
        assert "lark" not in f"{config}"

    def test_come_from_a_file_named_there(self, tmp_path: Path) -> None:
        (tmp_path / "secret").write_text("wren 4711\n", encoding="utf-8")
        environ = {
            "FOIBOT_IMAP_PASSWORD_FILE": str(tmp_path / "secret"),
            "FOIBOT_SMTP_PASSWORD": "lark-0815",
        }
        assert configured(tmp_path, REAL, environ).passwords.imap == "wren 4711"

    def test_missing_ones_are_problems_naming_both_variables(self, tmp_path: Path) -> None:
        found = problems(tmp_path, REAL, environ={})
        assert found.keys() == {"FOIBOT_IMAP_PASSWORD", "FOIBOT_SMTP_PASSWORD"}
        assert "FOIBOT_IMAP_PASSWORD_FILE" in found["FOIBOT_IMAP_PASSWORD"]

    @pytest.mark.parametrize("content", [None, b"", b"\n", b"\xff"])
    def test_a_file_that_gives_none_is_a_problem(
        self, tmp_path: Path, content: bytes | None
    ) -> None:
        if content is not None:
            (tmp_path / "secret").write_bytes(content)
        environ = {"FOIBOT_SMTP_PASSWORD_FILE": str(tmp_path / "secret")} | PASSWORDS
        del environ["FOIBOT_SMTP_PASSWORD"]
        assert problems(tmp_path, REAL, environ).keys() == {"FOIBOT_SMTP_PASSWORD_FILE"}

    def test_both_ways_at_once_are_a_problem(self, tmp_path: Path) -> None:
        environ = PASSWORDS | {"FOIBOT_IMAP_PASSWORD_FILE": "/nowhere"}
        assert "Set one" in problems(tmp_path, REAL, environ)["FOIBOT_IMAP_PASSWORD"]

    def test_a_server_that_asks_for_no_login_needs_none(self, tmp_path: Path) -> None:
        text = REAL.replace(
            "smtp+starttls://foi@smtp.exampleshire.example:587", "smtp://127.0.0.1:2525"
        )
        assert configured(tmp_path, text, PASSWORDS).passwords.smtp == ""


class TestBadFiles:
    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (None, "no such file"),
            (b"[authority]\nname = Exampleshire\n", "line 2"),
            (b"[authority]\n\nname = '\xe9'\n", "not UTF-8 text (line 3)"),
        ],
    )
    def test_are_one_problem_with_the_line(
        self, tmp_path: Path, content: bytes | None, said: str
    ) -> None:
        path = tmp_path / "config.toml"
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(AdministratorMustFix) as wrong:
            load(path, {})
        assert f"{path} has 1 problem:\n  config.toml: " in str(wrong.value)
        assert said in str(wrong.value)

    def test_a_folder_cannot_be_read(self, tmp_path: Path) -> None:
        with pytest.raises(ConfigurationIsWrong, match="cannot be read"):
            load(tmp_path, {})

    def test_a_byte_order_mark_does_no_harm(self, tmp_path: Path) -> None:
        (tmp_path / "config.toml").write_bytes(b"\xef\xbb\xbf" + SMALLEST.encode())
        assert load(tmp_path / "config.toml", {}).authority.name == "Exampleshire Police"

    def test_an_empty_file_lacks_everything_that_has_no_default(self, tmp_path: Path) -> None:
        with pytest.raises(ConfigurationIsWrong) as wrong:
            configured(tmp_path, "")
        assert [one.key for one in wrong.value.problems] == [
            "authority.name",
            "authority.kind",
            "mailbox.address",
            "mailbox.imap",
            "mailbox.smtp",
            "officers",
            "officers",
        ]
        assert 'Add under [mailbox]: imap = "imaps://' in str(wrong.value)


def test_the_regimes_that_can_be_configured_are_those_the_law_knows() -> None:
    from foibot.law import REGIMES

    assert [str(key) for key in RegimeKey] == [regime.key for regime in REGIMES]


def test_every_letter_that_somebody_orders_can_have_a_rule() -> None:
    letters = {kind.name for kind in (Path(__file__).parents[2] / "templates/letters").iterdir()}
    assert {kind.value for kind in RuledKind} == letters - {
        "acknowledgement",
        "review-acknowledgement",
    }


def test_work_without_the_mail_servers_asks_for_no_password(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(REAL, "utf-8")
    found = load(file, {}, mail_servers=False)
    assert (found.passwords.imap, found.passwords.smtp) == ("", "")


TOKENS = """
[oauth]
tenant = "exampleshire.example"
client_id = "11111111-2222-3333-4444-555555555555"
"""


def test_with_an_application_its_secret_stands_for_both_passwords(tmp_path: Path) -> None:
    found = configured(tmp_path, REAL + TOKENS, {"FOIBOT_OAUTH_SECRET": "thrush-1"})
    assert (found.passwords.imap, found.passwords.smtp, found.passwords.oauth) == (
        "",
        "",
        "thrush-1",
    )
    assert "thrush-1" not in repr(found)
    assert problems(tmp_path, REAL + TOKENS, PASSWORDS).keys() == {"FOIBOT_OAUTH_SECRET"}


@pytest.mark.parametrize(
    ("text", "key", "words"),
    [
        (REAL + '[oauth]\nclient_id = "1"\n', "oauth.tenant", "is missing beside client_id"),
        (REAL + '[oauth]\ntenant = "x.example"\n', "oauth.client_id", "is missing beside tenant"),
        (None, "oauth.tenant", "the mail servers are embedded"),
    ],
)
def test_an_application_is_named_whole_and_for_real_servers(
    tmp_path: Path, text: str | None, key: str, words: str
) -> None:
    shipped = (
        sample().replace('tenant = ""', 'tenant = "x"').replace('client_id = ""', 'client_id = "y"')
    )
    secret = {"FOIBOT_OAUTH_SECRET": "thrush-1", **PASSWORDS}
    assert words in problems(tmp_path, text or shipped, secret)[key]
