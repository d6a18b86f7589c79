"""Each kind of wrong value: the key it is reported under and the fix that is offered."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foibot.config import ConfigurationIsWrong, advice, load, threat_level

RIGHT = """\
[authority]
name = "Exampleshire Police"
kind = "police"
address = "1 Example Street"
privacy_url = "https://www.exampleshire.example/privacy"
[mailbox]
address = "foi@exampleshire.example"
imap = "embedded"
smtp = "embedded"
[approval]
[database]
[limits]
[health]
[regulator]
[threat_level]
wording = ""
[links]
checked = 2026-12-01
[reminders]
[holders]
[need_to_know]
[trust]
[[officers]]
address = "jane.orange@exampleshire.example"
name = "Jane Orange"
[[officers]]
address = "tom.teal@exampleshire.example"
name = "Tom Teal"
roles = ["approver"]
"""


def with_line(section: str, line: str) -> str:
    """RIGHT with the line in that section, in place of the same key if it is there."""
    head, heading, rest = RIGHT.partition(f"{section}\n")
    body, mark, tail = rest.partition("\n[")
    name = line.partition(" ")[0]
    kept = [old for old in f"{body}\n".splitlines() if not old.startswith(f"{name} =")]
    return f"{head}{heading}{line}\n" + "\n".join(kept) + mark + tail


def found(folder: Path, text: str) -> list[tuple[str, str]]:
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    try:
        load(path, {"FOIBOT_IMAP_PASSWORD": "x", "FOIBOT_SMTP_PASSWORD": "x"})
    except ConfigurationIsWrong as wrong:
        return [(one.key, f"{one.what}. {one.fix}") for one in wrong.problems]
    return []


def test_the_text_these_tests_start_from_is_right(tmp_path: Path) -> None:
    assert found(tmp_path, RIGHT) == []


@pytest.mark.parametrize(
    ("section", "line", "key", "said"),
    [
        ("[authority]", "name = 5", "authority.name", "double quotes"),
        ("[authority]", 'name = " "', "authority.name", "is empty"),
        ("[authority]", 'name = "A\\nBcc: x"', "authority.name", "line break"),
        ("[authority]", 'name = "A\\u0085B"', "authority.name", "control character"),
        ("[authority]", 'kind = "polis"', "authority.kind", "'police'"),
        ("[authority]", 'regimes = "foia"', "authority.regimes", "square brackets"),
        ("[authority]", "regimes = []", "authority.regimes", "at least one"),
        ("[authority]", 'regimes = ["fio"]', "authority.regimes[1]", "'foia'"),
        ("[authority]", 'regimes = ["foia", "foisa"]', "authority.regimes", "Scottish"),
        ("[authority]", 'regimes = ["foia", "foia"]', "authority.regimes", "twice"),
        (
            "[trust]",
            'shared_mailboxes = ["Tom.Teal@exampleshire.example"]',
            "officers[2].address",
            "shared_mailboxes",
        ),
        (
            "[trust]",
            'shared_mailboxes = ["team"]',
            "trust.shared_mailboxes[1]",
            "not an email address",
        ),
        ("[trust]", 'confirm = "yes"', "trust.confirm", "true or false"),
        ("[authority]", 'reference = "{number"', "authority.reference", "bracket"),
        ("[authority]", 'reference = "FOI-{year}"', "authority.reference", "{number} once"),
        ("[authority]", 'reference = "{number}{number}"', "authority.reference", "once"),
        ("[authority]", 'reference = "{number:06}/{month}"', "authority.reference", "{month}"),
        ("[authority]", 'reference = "{number:x}/{year}"', "authority.reference", "{number}"),
        ("[authority]", 'reference = "{number:6}/{year}"', "authority.reference", "{number}"),
        ("[authority]", 'reference = "{number!r}/{year}"', "authority.reference", "{number}"),
        ("[authority]", 'reference = "FOI {number:06}"', "authority.reference", "letters, figures"),
        (
            "[authority]",
            'reference = "{number}/{year:02}"',
            "authority.reference",
            "five characters",
        ),
        (
            "[authority]",
            'reference = "{number:09}-of-one-whole-county-x"',
            "authority.reference",
            "30",
        ),
        ("[authority]", 'first_number = "3"', "authority.first_number", "without quotes"),
        ("[authority]", "first_number = true", "authority.first_number", "whole number"),
        ("[authority]", "first_number = 0", "authority.first_number", "1 or more"),
        ("[authority]", 'address = ["1 Street", 5]', "authority.address[2]", "double quotes"),
        ("[authority]", "address = 5", "authority.address", "must be a list"),
        ("[authority]", 'email = "J <foi@x.example>"', "authority.email", "address alone"),
        ("[authority]", 'website = "exampleshire"', "authority.website", "https://"),
        ("[authority]", 'website = "http://[x"', "authority.website", "https://"),
        ("[authority]", 'website = "javascript:x"', "authority.website", "https://"),
        ("[authority]", 'referense = "x"', "authority.referense", '"reference"'),
        ("[authority]", "undo_minutes = 5", "authority.undo_minutes", "Move it to [approval]"),
        ("[authority]", 'roles = ["officer"]', "authority.roles", "Move it to [[officers]]"),
        ("[authority]", "zzz = 5", "authority.zzz", "Take it out"),
        ("[authority]", 'say = "x"', "authority.say", "Take it out"),
        ("[mailbox]", 'password = "x"', "mailbox.password", "FOIBOT_IMAP_PASSWORD"),
        ("[mailbox]", 'address = "foi"', "mailbox.address", "email address"),
        ("[mailbox]", 'address = "foi@localhost"', "mailbox.address", "email address"),
        ("[mailbox]", 'address = "foi+x@x.example"', "mailbox.address", "plus_addressing"),
        ("[mailbox]", 'imap = "imap.x.example"', "mailbox.imap", "imaps://"),
        ("[mailbox]", 'imap = "imaps://foi@x:99999"', "mailbox.imap", "imaps://"),
        ("[mailbox]", 'imap = "pop3://foi@x.example"', "mailbox.imap", "imaps://"),
        ("[mailbox]", 'imap = "imaps://x.example"', "mailbox.imap", "no user"),
        ("[mailbox]", 'imap = "imaps://foi@x.example/INBOX"', "mailbox.imap", "after the host"),
        ("[mailbox]", 'imap = "imap://foi@x.example"', "mailbox.imap", "clear text"),
        ("[mailbox]", 'imap = "imaps://foi:secret@x.example"', "mailbox.imap", "holds a password"),
        ("[mailbox]", 'smtp = "smtp://10.0.0.1"', "mailbox.smtp", "clear text"),
        ("[mailbox]", 'smtp = "smtps://foi@x.example"', "mailbox.imap", "embedded"),
        ("[mailbox]", 'imap = "imaps://foi@x.example"', "mailbox.smtp", "embedded"),
        ("[mailbox]", "plus_addressing = 1", "mailbox.plus_addressing", "true or false"),
        ("[mailbox]", 'sent = "yes"', "mailbox.sent", "'auto'"),
        ("[mailbox]", "poll_seconds = 1", "mailbox.poll_seconds", "5 or more"),
        ("[mailbox]", "max_message_mb = 151", "mailbox.max_message_mb", "150 or less"),
        ("[trust]", 'authserv_id = "mx x"', "trust.authserv_id", "name of a server"),
        ("[trust]", 'servers = "mx.x.example"', "trust.servers", "square brackets"),
        ("[database]", 'url = "mysql://x"', "database.url", "sqlite:///"),
        ("[database]", 'url = "sqlite:///"', "database.url", "sqlite:///"),
        ("[database]", 'url = "sqlite://"', "database.url", "sqlite:///"),
        ("[database]", 'url = "postgresql://x/y"', "database.url", "psycopg"),
        ("[database]", 'url = "postgresql+psycopg://f:secret@x/y"', "database.url", "PGPASSFILE"),
        ("[approval]", "undo_minutes = 1.5", "approval.undo_minutes", "whole number"),
        ("[approval]", 'office_hours = "9 to 5"', "approval.office_hours", "09:00-17:00"),
        ("[approval]", 'office_hours = "17:00-09:00"', "approval.office_hours", "09:00-17:00"),
        ("[approval]", 'office_hours = "09:00-09:30"', "approval.office_hours", "09:00-17:00"),
        ("[approval]", 'four_eyes = ["ndnc"]', "approval.four_eyes[1]", "'ncnd'"),
        ("[reminders]", 'digest_at = "25:00"', "reminders.digest_at", "24-hour"),
        ("[reminders]", 'digest_at = "8:00 am"', "reminders.digest_at", "24-hour"),
        ("[reminders]", "digest_at = 800", "reminders.digest_at", "24-hour"),
        (
            "[[officers]]",
            'conflicts = ["brother"]',
            "officers[1].conflicts[1]",
            "not an email address",
        ),
        ("[[officers]]", 'conflicts = ["@b c"]', "officers[1].conflicts[1]", "not the name"),
        ("[approval]", "rules = [3]", "approval.rules[1]", "by = ["),
        ("[approval]", "rules = [{by = []}]", "approval.rules[1].by", "at least one"),
        ("[approval]", 'rules = [{by = ["boss"]}]', "approval.rules[1].by[1]", "an approver"),
        (
            "[approval]",
            'rules = [{by = ["approver"], sections = ["s36"]}]',
            "approval.rules[1].sections[1]",
            "31(1)(a)",
        ),
        (
            "[approval]",
            'rules = [{by = ["approver"], letters = ["ndnc"]}]',
            "approval.rules[1].letters[1]",
            "'ncnd'",
        ),
        (
            "[approval]",
            'rules = [{by = ["approver"], order = true}]',
            "approval.rules[1].order",
            "in_order",
        ),
        (
            "[approval]",
            'rules = [{by = ["reviewer"]}]',
            "approval.rules[1].by",
            "more people than there are",
        ),
        (
            "[approval]",
            'rules = [{by = ["nobody@exampleshire.example"]}]',
            "approval.rules[1].by",
            "more people",
        ),
        ("[reminders]", "ladder = [true]", "reminders.ladder[1]", "such as 15"),
        ("[reminders]", 'ladder = ["15"]', "reminders.ladder[1]", "such as 15"),
        ("[reminders]", "ladder = 15", "reminders.ladder", "working days in square brackets"),
        ("[reminders]", 'ladder = [3, {to = "officers"}]', "reminders.ladder[2]", "such as 15"),
        ("[reminders]", 'ladder = [{day = 3, sya = "x"}]', "reminders.ladder[1].sya", '"say"'),
        ("[reminders]", "ladder = [3, 500]", "reminders.ladder[2].day", "120 or less"),
        ("[reminders]", 'ladder = [{day = 3, to = "boss"}]', "reminders.ladder[1].to", "neither"),
        ("[reminders]", 'escalate_to = "auditors"', "reminders.escalate_to", "reach nobody"),
        ("[holders]", "chase = [2, 0]", "holders.chase", "not in order"),
        ("[holders]", "chase = [0, 0]", "holders.chase", "names a day twice"),
        ("[holders]", "chase = [99]", "holders.chase[1]", "60"),
        ("[holders]", "days = -1", "holders.days", "0"),
        ("[need_to_know]", 'keepers = ["holder"]', "need_to_know.keepers[1]", "reviewer"),
        ("[need_to_know]", "keepers = []", "need_to_know.keepers", "at least one"),
        ("[need_to_know]", 'keepers = ["reviewer"]', "need_to_know.keepers", "reach nobody"),
        ("[need_to_know]", 'keepers = ["a@b.example"]', "need_to_know.keepers[1]", "on the roster"),
        ("[need_to_know]", 'answers = ["owner"]', "need_to_know.answers[1]", "who-has-it"),
        ("[need_to_know]", "answers = []", "need_to_know.answers", "at least one"),
        ("[need_to_know]", 'answers = ["a@b.example"]', "need_to_know.answers[1]", "on the roster"),
        (
            "[[officers]]",
            'deputy = "Jane.Orange@exampleshire.example"',
            "officers[1].deputy",
            "own address",
        ),
        ("[[officers]]", 'deputy = "a@x.example"', "officers[1].deputy", "not on the roster"),
        ("[reminders]", 'escalate_to = "a@x.example"', "reminders.escalate_to", "roster"),
        ("[health]", 'listen = "0.0.0.0:9464"', "health.listen", "only this machine"),
        ("[health]", 'listen = "monitor.example:9464"', "health.listen", "only this machine"),
        ("[health]", 'listen = "127.0.0.1"', "health.listen", "127.0.0.1:9464"),
        ("[health]", 'listen = "127.0.0.1:0"', "health.listen", "only this machine"),
        ("[health]", 'listen = "127.0.0.1:99999"', "health.listen", "only this machine"),
        ("[health]", 'listen = "x@127.0.0.1:9464"', "health.listen", "only this machine"),
        ("[health]", 'listen = "127.0.0.1:9464/x"', "health.listen", "only this machine"),
        ("[health]", 'listen = ":9464"', "health.listen", "only this machine"),
        ("[limits]", "mails_per_hour = 0", "limits.mails_per_hour", "1 or more"),
        ("[regulator]", 'checked = "soon"', "regulator.checked", "year-month-day"),
        ("[regulator]", "checked = 2026-04-07T00:00:00", "regulator.checked", "year-month-day"),
        ("[regulator]", "address = []", "regulator.address", "is empty"),
        ("[threat_level]", 'wording = "It is SEVERE."', "threat_level.wording", "by its name"),
        ("[threat_level]", 'wording = "The threat level is high."', "threat_level.wording", "name"),
        (
            "[threat_level]",
            'wording = "The threat level from international terrorism is SEVERE."',
            "threat_level.wording",
            "all terrorism",
        ),
        (
            "[threat_level]",
            'wording = "The threat level is SEVERE."',
            "threat_level.checked",
            "is missing. Add under [threat_level]",
        ),
        ("[threat_level]", 'level = "severe"', "threat_level.level", "Take it out"),
        ("[authority]", 'languages = ["Welsh!"]', "authority.languages[1]", '"cy" for Welsh'),
        ("[authority]", 'languages = "cy"', "authority.languages", "square brackets"),
        ("[links]", 'checked = "today"', "links.checked", "year-month-day"),
        ("[[officers]]", 'nmae = "x"', "officers[1].nmae", '"name"'),
        ("[[officers]]", 'roles = ["boss"]', "officers[1].roles[1]", "'officer'"),
        ("[[officers]]", 'roles = ["auditor"]', "officers", "role officer"),
        ("[[officers]]", 'address = "foi@exampleshire.example"', "officers[1].address", "own"),
    ],
)
def test_one_wrong_value(tmp_path: Path, section: str, line: str, key: str, said: str) -> None:
    [(at, words)] = found(tmp_path, with_line(section, line))
    assert at == key
    assert said in words
    assert "secret" not in words


@pytest.mark.parametrize(
    ("section", "line"),
    [
        ("[authority]", 'reference = "FOI-{year:04}-{number:04}"'),
        ("[authority]", 'reference = "F{year}.{number}"'),
        ("[authority]", 'reference = "FOI{number:06}."'),
        ("[authority]", 'reference = "{number:09}-of-a-whole-authority"'),
        ("[authority]", 'website = ""'),
        ("[authority]", 'email = ""'),
        ("[trust]", 'authserv_id = "m365"'),
        ("[reminders]", "digest_at = 07:30:00"),
        ("[reminders]", 'escalate_to = "Tom.Teal@exampleshire.example"'),
        ("[holders]", "chase = []"),
        ("[[officers]]", 'deputy = "Tom.Teal@exampleshire.example"'),
        ("[reminders]", "ladder = [0, -1, 7]"),
        ("[reminders]", "ladder = []"),
        ("[approval]", "four_eyes = []"),
        (
            "[approval]",
            'rules = [{by = ["approver"], sections = ["36", "31(1)(a)", "41B"], in_order = true}]',
        ),
        ("[regulator]", "checked = 2026-11-22"),
        (
            "[threat_level]",
            'wording = "The threat level is SEVERE."\nchecked = 2026-11-22',
        ),
        ("[threat_level]", 'wording = ""'),
        ("[[officers]]", 'aliases = ["jane@exampleshire.example"]'),
    ],
)
def test_one_unusual_value_that_is_right(tmp_path: Path, section: str, line: str) -> None:
    assert found(tmp_path, with_line(section, line)) == []


def test_a_plus_in_the_address_is_right_where_foibot_adds_none(tmp_path: Path) -> None:
    text = with_line("[mailbox]", "plus_addressing = false")
    assert found(tmp_path, text.replace('"foi@', '"foi+x@')) == []


@pytest.mark.parametrize(
    "servers",
    [
        ("imap+starttls://foi%40x.example@mail.x.example:1143/", "smtps://mail.x.example"),
        ("imap://foi@127.0.0.1:1143", "smtp://localhost:2525"),
        ("imap://foi@[::1]", "smtp+starttls://foi@x"),
    ],
)
def test_servers_in_every_form(tmp_path: Path, servers: tuple[str, str]) -> None:
    text = RIGHT.replace('imap = "embedded"', f'imap = "{servers[0]}"')
    assert found(tmp_path, text.replace('smtp = "embedded"', f'smtp = "{servers[1]}"')) == []


def test_every_problem_is_said_at_once(tmp_path: Path) -> None:
    text = 'titel = 1\ndigest_at = "9"\n' + RIGHT.replace("police", "polis").replace(
        "jane.", "tom."
    )
    text = text.replace("orange@", "teal@").replace("[database]", '[database]\nurl = "x"')
    text = text.replace("[limits]", "[limit]").replace('smtp = "embedded"\n', "")
    assert [key for key, _ in found(tmp_path, text)] == [
        "titel",
        "digest_at",
        "limit",
        "authority.kind",
        "mailbox.smtp",
        "database.url",
        "officers[1].address",
        "officers[2].address",
    ]


@pytest.mark.parametrize(
    ("text", "key", "said"),
    [
        ('authority = "x"\n', "authority", "Write [authority]"),
        ("regulator = 5\n", "regulator", "Write [regulator]"),
        ("officers = 5\n", "officers", "[[officers]]"),
        ("officers = [5]\n", "officers[1]", "Write [[officers]]"),
        ("mailbox = 5\n", "mailbox", "Write [mailbox]"),
    ],
)
def test_a_section_that_is_none(tmp_path: Path, text: str, key: str, said: str) -> None:
    name = key.partition("[")[0]
    rest = "".join(
        block for block in re.split(r"(?m)^(?=\[)", RIGHT) if not block.lstrip("[").startswith(name)
    )
    [(at, words)] = found(tmp_path, text + rest)
    assert at == key
    assert said in words


@given(st.text(alphabet="{}number:yea0246/!-", max_size=20))
def test_any_reference_pattern_is_refused_or_can_be_filled_in(pattern: str) -> None:
    from pydantic import TypeAdapter, ValidationError

    from foibot.config.values import Reference

    try:
        good = TypeAdapter(Reference).validate_python(pattern)
    except ValidationError:
        return
    filled = good.format(number=7, year=2026)
    assert filled != good.format(number=8, year=2026)
    assert len(filled) >= 5
    assert " " not in filled


class TestAdvice:
    def advised(self, folder: Path, text: str) -> list[str]:
        path = folder / "config.toml"
        path.write_text(text, encoding="utf-8")
        config = load(path, {"FOIBOT_IMAP_PASSWORD": "x"})
        return [one.key for one in advice(config, date(2027, 1, 4))]

    def test_is_silent_where_nothing_is_amiss(self, tmp_path: Path) -> None:
        assert self.advised(tmp_path, RIGHT) == []

    @pytest.mark.parametrize(
        ("old", "new", "key"),
        [
            ('roles = ["approver"]', 'roles = ["officer"]', "approval.four_eyes"),
            ('address = "1 Example Street"\n', "", "authority.address"),
            ("privacy_url =", "website =", "authority.privacy_url"),
            ("[regulator]", "[regulator]\nchecked = 2026-01-02", "regulator.checked"),
            (
                'imap = "embedded"\nsmtp = "embedded"',
                'imap = "imap://foi@localhost"\nsmtp = "smtp://localhost"',
                "trust.authserv_id",
            ),
        ],
    )
    def test_names_the_key(self, tmp_path: Path, old: str, new: str, key: str) -> None:
        assert old in RIGHT
        assert self.advised(tmp_path, RIGHT.replace(old, new)) == [key]

    def test_one_approver_is_enough_where_somebody_else_drafts(self, tmp_path: Path) -> None:
        text = RIGHT.replace('name = "Jane Orange"', 'name = "Jane Orange"\nroles = ["officer"]')
        assert self.advised(tmp_path, text) == []


class TestDatedFacts:
    """What grows old is named with its key, its day and what to do about it."""

    TODAY = date(2027, 1, 4)

    def said(
        self, folder: Path, section: str, lines: str, pages: tuple[str, ...] = ()
    ) -> list[str]:
        path = folder / "config.toml"
        path.write_text(with_line(section, lines), encoding="utf-8")
        return [str(one) for one in advice(load(path, {}), self.TODAY, pages)]

    def test_a_regulator_nobody_looked_up_for_a_year(self, tmp_path: Path) -> None:
        (one,) = self.said(tmp_path, "[regulator]", "checked = 2026-01-02")
        assert one == (
            "regulator.checked: is 2 January 2026, more than a year ago. Compare [regulator] with the "
            "regulator's website, then write the day you did: checked = 2027-01-04."
        )

    def test_a_day_to_come(self, tmp_path: Path) -> None:
        (one,) = self.said(tmp_path, "[regulator]", "checked = 2027-01-05")
        assert "is 5 January 2027, which is still to come" in one

    @pytest.mark.parametrize(
        ("day", "said"),
        [
            ("2026-12-04", ""),
            (
                "2026-12-03",
                "is 3 December 2026, more than 31 days ago. Compare threat_level.wording",
            ),
        ],
    )
    def test_a_threat_level_keeps_for_31_days(self, tmp_path: Path, day: str, said: str) -> None:
        lines = f'wording = "The threat level is SEVERE."\nchecked = {day}'
        found = "".join(self.said(tmp_path, "[threat_level]", lines))
        assert (said in found) if said else not found

    def test_a_threat_level_that_no_letter_may_name_cannot_grow_old(self, tmp_path: Path) -> None:
        assert self.said(tmp_path, "[threat_level]", "checked = 2020-01-01") == []

    def test_links_are_listed_each_once_and_those_of_the_regulator_not(
        self, tmp_path: Path
    ) -> None:
        pages = ("https://www.exampleshire.example/scheme", "https://ico.org.uk")
        (one,) = self.said(tmp_path, "[links]", "checked = 2025-12-01", (*pages, *pages))
        assert one == (
            "links.checked: is 1 December 2025, more than a year ago. Open what letters point to "
            "(https://www.exampleshire.example/privacy, https://www.exampleshire.example/scheme), then "
            "write the day you did: checked = 2027-01-04."
        )

    def test_links_that_nobody_ever_opened(self, tmp_path: Path) -> None:
        path = tmp_path / "config.toml"
        path.write_text(RIGHT.replace("checked = 2026-12-01\n", ""), encoding="utf-8")
        (one,) = [str(one) for one in advice(load(path, {}), self.TODAY)]
        assert one.startswith("links.checked: is missing, so that nobody knows")

    def test_without_any_link_nobody_has_to_look(self, tmp_path: Path) -> None:
        path = tmp_path / "config.toml"
        text = RIGHT.replace("checked = 2026-12-01\n", "")
        page = 'privacy_url = "https://www.exampleshire.example/privacy"\n'
        path.write_text(text.replace(page, ""), encoding="utf-8")
        (one,) = advice(load(path, {}), self.TODAY)
        assert one.key == "authority.privacy_url"


class TestThreatLevelAlone:
    def test_is_read_whatever_else_is_wrong(self, tmp_path: Path) -> None:
        path = tmp_path / "config.toml"
        path.write_text(
            '[mailbox]\nimap = 5\n[threat_level]\nwording = "The threat level is LOW."\nchecked = 2026-11-22\n',
            encoding="utf-8",
        )
        assert threat_level(path).checked == date(2026, 11, 22)

    @pytest.mark.parametrize("line", ["wording = 5", 'wording = "The threat level is LOW."'])
    def test_has_to_be_right_itself(self, tmp_path: Path, line: str) -> None:
        path = tmp_path / "config.toml"
        path.write_text(f"[threat_level]\n{line}\n", encoding="utf-8")
        with pytest.raises(ConfigurationIsWrong, match="threat_level"):
            threat_level(path)
