"""Every order has its file, its help and an example that reads back; the help itself orders nothing."""

from __future__ import annotations

import pkgutil

import pytest

import foibot.commands
from foibot.commands import ALONE, COMMANDS, ORDERS, VERBS
from foibot.commands.command import Command, Order, Text
from foibot.commands.grammar import read_order
from foibot.mail.reply_text import first_order_line
from foibot.officers.roster import Role
from tests.case.case_files import drafted
from tests.samples import decided, secret, situation

TOOLS = {
    "after_answer",
    "closing",
    "command",
    "courtesies",
    "dates",
    "decisions",
    "drafting",
    "grammar",
    "holder_answer",
    "likely",
    "meant",
    "ordered_by",
    "numbered",
    "outcomes",
    "people",
    "series",
    "suggested",
    "placing",
    "taking_on",
    "withholding",
}
EVERY = pytest.mark.parametrize("command", COMMANDS, ids=lambda one: one.verb)


def test_every_file_of_a_command_is_registered() -> None:
    files = {module.name for module in pkgutil.iter_modules(foibot.commands.__path__)} - TOOLS
    assert files == {
        command.verb.replace("set", "set_slot").replace(" ", "_") for command in COMMANDS
    }
    assert len(VERBS) == len(COMMANDS)


@EVERY
def test_a_command_has_help_and_an_example_that_reads_back(command: Command) -> None:
    assert command.does
    assert command.form.startswith(command.verb)
    assert command.who
    read = read_order(*first_order_line(f"{command.example}\n\nTom\n"), VERBS, ALONE)
    assert isinstance(read, Order)
    assert read.verb == command.verb
    assert read.line == command.example


@pytest.mark.parametrize("line", ORDERS)
def test_a_line_of_the_help_orders_nothing_when_it_comes_back(line: str) -> None:
    for shown in (line, f"- {line}", f"> {line}"):
        read = read_order(*first_order_line(shown), VERBS, ALONE)
        if isinstance(read, Order):
            outcome = VERBS[read.verb].decide(read, situation(drafted(), secrets=[secret(1)]))
            assert outcome.refusal


def test_the_help_names_no_version_that_could_be_approved() -> None:
    told = str(decided("help", situation()).notices[0].facts["groups"])
    assert "approve vN" in told
    assert not any(f"v{number}" in told for number in range(10))


def test_only_approvers_decide_and_a_holder_of_information_sees_no_case() -> None:
    for verb in ("approve", "reject", "hold"):
        assert VERBS[verb].who == {Role.APPROVER}
        assert VERBS[verb].text in {Text.FORBIDDEN, Text.OPTIONAL}
    assert {one.verb for one in COMMANDS if Role.HOLDER in one.who} == {"confirm", "help"}
