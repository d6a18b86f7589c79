"""A letterbook tells everything that is wrong with it, with file and line, before it is used."""

import re

import pytest

from foibot.letters.kind import FACTS
from foibot.letters.problem import Problem
from foibot.letters.samples import sample_provisions
from foibot.letters.vocabulary import vocabulary
from tests.letters.letters_tools import facts_on, problems_with, shipped

BODY = "letters/ncnd/body.md"
TOML = "letters/ncnd/letter.toml"


def text_of(path: str) -> str:
    return shipped().source[path]


def one(problems: list[Problem]) -> tuple[str, int, str]:
    (problem,) = problems
    assert problem.fix
    assert str(problem).startswith(f"{problem.file}:{problem.line}: {problem.what}. ")
    return problem.file, problem.line, problem.what


def line_of(path: str, words: str) -> int:
    lines = text_of(path).splitlines()
    return next(number for number, line in enumerate(lines, 1) if words in line)


def test_the_shipped_templates_have_no_problem() -> None:
    assert shipped().problems() == ()


def test_the_names_a_letter_may_declare_are_the_vocabulary() -> None:
    wording: dict[str, dict[str, str]] = {one: {} for one in sample_provisions("24(2)")}
    assert set(vocabulary(facts_on("24(2)"), wording, shipped().english.language)) == set(FACTS)


def with_line(path: str, after: str, line: str) -> dict[str, str]:
    text = text_of(path)
    assert after in text
    return {path: text.replace(after, f"{after}\n{line}", 1)}


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("{{ requster.name }}", "unknown name 'requster'"),
        ("{{ requester.nmae }}", "unknown name 'nmae'"),
        ("{{ today.year }}", "'.year' asks for a part of what has no parts"),
        ("{% for each in provisions %}{{ each.held }}{% endfor %}", "unknown name 'held'"),
        ("{% for each in nobody %}{{ each.held }}{% endfor %}", "unknown name 'nobody'"),
        ("{% if several and not held %}x{% endif %}", "unknown name 'held'"),
        ("{{ requester.name | upper }}", "'filter' is not available in letters"),
        ("{{ requester.name.upper() }}", "'call' is not available in letters"),
        ("{% set x = 1 %}", "'assign' is not available in letters"),
        ("{% for a, b in provisions %}{% endfor %}", "'for' is not available in letters"),
        ("{% include 'shared/nothing.md' %}", "there is no file 'shared/nothing.md'"),
        ("{% include today %}", "'include' is not available in letters"),
        ("{% if several %}", "Unexpected end of template"),
        ("{{ }}", "Expected an expression"),
        ("{{ authority }}", "a dict cannot be written in a letter"),
        ("{% for x in today %}{{ x.y }}{% endfor %}", "has no attribute 'y'"),
        ("{{ ('a' == 'b').c }}", "has no attribute 'c'"),
    ],
)
def test_a_broken_line_is_named(line: str, what: str) -> None:
    problems = problems_with(with_line(BODY, "## Your request", line))
    found = {(each.file, each.line) for each in problems if what in each.what}
    at = line_of(BODY, "## Your request") + 1
    assert found == {(BODY, at)} or (what.startswith("Unexpected end") and len(found) == 1)


def test_loop_names_and_nested_names_are_known() -> None:
    line = (
        "{% for p in provisions %}{{ loop.index }} {{ p.title }}{% else %}{{ today }}{% endfor %}"
    )
    assert problems_with(with_line(BODY, "## Your request", line)) == []


def test_a_template_that_includes_itself_is_named() -> None:
    path = "shared/greeting.md"
    problems = problems_with({path: text_of(path) + '{% include "shared/greeting.md" %}'})
    assert "includes itself" in one(problems)[2]


def test_everything_is_told_at_once() -> None:
    problems = problems_with(
        {
            BODY: text_of(BODY) + "{{ one }}\n{{ two }}",
            "letters/ncnd/subject.txt": "{{ three }}",
            "shared/signature.md": "{{ four }}",
            TOML: text_of(TOML).replace('= "four-eyes"', '= "never"') + "\ncolour = 1",
            "letters/acknowledgement/letter.toml": "title = ",
            "exemptions/foia-24-2.md": "## Wrong\n",
            "notices/new-case/notice.toml": "facts = 1",
        }
    )
    what = " ".join(f"{each.file} {each.what}" for each in problems)
    for words in ("'one'", "'two'", "'three'", "'four'", "'never'", "'colour'", "this is not TOML"):
        assert words in what, words
    for words in (
        "unexpected heading 'Wrong'",
        "'Why it applies' is missing",
        "not a list of texts",
    ):
        assert words in what, words
    assert problems == sorted(problems)


@pytest.mark.parametrize(
    ("path", "old", "new", "what", "at"),
    [
        (
            TOML,
            'approval = "four-eyes"',
            'approval = "none"',
            "approval is switched off",
            "approval",
        ),
        (TOML, 'approval = "four-eyes"', 'approval = "any"', "unknown approval 'any'", "approval"),
        (TOML, 'title = "Neither confirm nor deny"', "title = 1", "'title' is missing", "title"),
        (TOML, "pdf = true", "pdf = 1", "'pdf' is neither true nor false", "pdf"),
        (TOML, "pdf = true", "pfd = true", "unknown key 'pfd'", "pfd"),
        (TOML, '"open", ', '"opened", ', "unknown state 'opened'", "states"),
        (TOML, '"today", ', '"today", "held", ', "unknown fact 'held'", "facts"),
        (TOML, 'help = "At least', 'hlp = "At least', "unknown key 'hlp'", "hlp"),
        (TOML, 'when = "weighing"', 'when = "now"', "unknown 'when' value 'now'", "when"),
        (TOML, 'when = "weighing"', 'about = "some"', "unknown 'about' value 'some'", "about"),
        (TOML, 'default = ""', "default = 1", "'default' is not text", "default"),
        (TOML, "must_say = [", "must_say = [ 1,", "'must_say' is not a list", "must_say"),
    ],
)
def test_a_wrong_letter_toml_is_named(path: str, old: str, new: str, what: str, at: str) -> None:
    text = text_of(path)
    assert old in text
    broken = text.replace(old, new, 1)
    problems = problems_with(
        {path: broken}, states=("open", "awaiting-approval", "on-hold", "delivery-failed")
    )
    found = [each for each in problems if what in each.what]
    line = next(n for n, each in enumerate(broken.splitlines(), 1) if each.startswith(at))
    assert [(each.file, each.line) for each in found] == [(path, line)]


def test_a_slot_name_used_twice_is_named_at_the_second() -> None:
    broken = text_of(TOML).replace('name = "for"', 'name = "harm"')
    (found,) = [each for each in problems_with({TOML: broken}) if "two slots" in each.what]
    assert found.line == line_of(TOML, 'name = "for"')


def test_slots_have_to_be_tables() -> None:
    text = 'slots = ["harm"]\n' + text_of(TOML).partition("[[slots]]")[0]
    assert any("not a list of tables" in each.what for each in problems_with({TOML: text}))


@pytest.mark.parametrize(
    ("path", "what"),
    [
        (TOML, "the file is missing"),
        (BODY, "the file is missing"),
        ("letters/ncnd/subject.txt", "the file is missing"),
        ("notices/new-case/notice.toml", "the file is missing"),
        ("notices/new-case/body.md", "the file is missing"),
    ],
)
def test_a_missing_file_is_named(path: str, what: str) -> None:
    found = [each for each in problems_with({path: None}) if each.file == path]
    assert one(found)[1:] == (1, what)


def test_a_fact_nobody_uses_is_named_and_so_is_one_not_declared() -> None:
    path = "letters/acknowledgement/letter.toml"
    more = text_of(path).replace('"regime"]', '"regime", "review"]')
    assert one(problems_with({path: more}))[2] == "the fact 'review' is never used"
    less = text_of(path).replace(', "regime"]', "]")
    problems = problems_with({path: less})
    body = "letters/acknowledgement/body.md"
    assert {each.file for each in problems} == {body, f"cy/{body}"}
    assert {each.what for each in problems} == {"unknown name 'regime'"}


@pytest.mark.parametrize(
    "line",
    ["{% if several %}", "{% set x = 1 %}", "{% include 'shared/nothing.md' %}"],
)
def test_a_template_that_cannot_be_read_whole_is_not_said_to_leave_facts_unused(line: str) -> None:
    problems = problems_with({BODY: f"{line}\n"})
    assert {each.file for each in problems} == {BODY}
    assert not any("never used" in each.what for each in problems_with({BODY: None}))


def test_where_no_name_is_known_none_is_offered() -> None:
    path = "letters/acknowledgement/letter.toml"
    body = "letters/acknowledgement/body.md"
    problems = problems_with({body: text_of(body) + "{{ slots.words }}", path: text_of(path).replace("facts = [", 'facts = [\n  "slots",')})  # fmt: skip
    (fix,) = {each.fix for each in problems if each.file == body and "'words'" in each.what}
    assert fix == "Declare it first: there are none"


def test_a_lost_phrase_is_named() -> None:
    path = "shared/rights-foia.md"
    lost = text_of(path).replace("section 50 of the Act", "the Act")
    _, line, what = one([each for each in problems_with({path: lost}) if each.file == TOML])
    assert (line, what) == (
        line_of(TOML, "[must_say_under]"),
        "the letter does not say 'section 50'",
    )


def test_a_leak_written_into_a_template_stops_foibot() -> None:
    leak = "Searches were conducted to locate it."
    problems = problems_with(with_line(BODY, "## Your request", leak))
    assert all(each.file == BODY for each in problems)
    assert any("breaks N-21" in each.what for each in problems)


def test_a_warning_is_the_authoritys_to_judge() -> None:
    assert problems_with(with_line(BODY, "## Your request", "Any release counts.")) == []


@pytest.mark.parametrize(
    ("subject", "what"),
    [("", "the subject is empty"), ("Your request", "the subject lacks the reference")],
)
def test_a_subject_needs_the_reference(subject: str, what: str) -> None:
    path = "letters/acknowledgement/subject.txt"
    problems = problems_with({path: subject})
    assert what in {each.what for each in problems}


@pytest.mark.parametrize(
    ("path", "change", "what", "line"),
    [
        (
            "exemptions/foia-24-2.md",
            r"(?s)\n## Against.*",
            "the part 'Against confirming or denying' is missing",
            1,
        ),
        (
            "exemptions/foia-24-2.md",
            r"(?s)\n## For .*?(?=\n## )",
            "the part 'For confirming or denying' is missing",
            1,
        ),
        (
            "exemptions/foia-24-2.md",
            r"(?s)\n## For.*",
            "the public interest has to be weighed here",
            1,
        ),
        (
            "exemptions/foia-ncnd-default.md",
            r"(?s)\n## For.*",
            "the public interest has to be weighed here",
            1,
        ),
    ],
)
def test_factors_have_to_be_there(path: str, change: str, what: str, line: int) -> None:
    problems = problems_with({path: re.sub(change, "\n", text_of(path))})
    assert (path, line, what) in {(each.file, each.line, each.what) for each in problems}


def test_an_absolute_provision_must_not_be_weighed() -> None:
    path = "exemptions/foia-23-5.md"
    more = "## For confirming or denying\n- a\n## Against confirming or denying\n- b\n"
    file, line, what = one(problems_with({path: text_of(path) + more}))
    assert (file, line) == (path, len(text_of(path).splitlines()) + 1)
    assert "absolute" in what


def test_a_heading_used_twice_and_a_wrong_name_in_a_wording_file() -> None:
    path = "exemptions/foia-24-2.md"
    twice = text_of(path) + "\n## Why it applies\nx\n"
    assert "unexpected heading 'Why it applies'" in one(problems_with({path: twice}))[2]
    wrong = text_of(path) + "\n{{ provision.held }}\n"
    at = len(wrong.splitlines())
    assert one(problems_with({path: wrong})) == (path, at, "unknown name 'held'")


def test_an_authority_may_add_a_letter_of_its_own() -> None:
    problems = problems_with(
        {
            "letters/thanks/letter.toml": 'title = "Thanks"\napproval = "officer"\nfacts = ["case"]',
            "letters/thanks/subject.txt": "Thanks [{{ case.reference }}]",
            "letters/thanks/body.md": "Thank you.",
            "exemptions/foia-99-9.md": "## Why it applies\nWhy.\n",
        }
    )
    assert problems == []
