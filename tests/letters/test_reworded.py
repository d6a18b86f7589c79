"""Whatever is taken out of a shipped template is told, and what is only added is not."""

from hypothesis import given
from hypothesis import strategies as st

from foibot.letters.reworded import Reworded, reworded
from tests.letters.letters_tools import shipped

BODY = "letters/refusal/body.md"


def test_nothing_is_told_of_the_shipped_templates_and_of_what_is_added() -> None:
    source = shipped().source
    assert list(reworded(source, source)) == []
    longer = {**source, BODY: "Good morning.\n" + source[BODY], "letters/ours/body.md": "Ours."}
    assert list(reworded(source, longer)) == []


@given(st.data())
def test_whichever_line_is_lost_is_named(data: st.DataObject) -> None:
    source = shipped().source
    path = data.draw(st.sampled_from([one for one in source if one.endswith(".md")]))
    lines = source[path].splitlines()
    at = data.draw(st.sampled_from([at for at, line in enumerate(lines) if line.strip()]))
    used = {**source, path: "\n".join(lines[:at] + lines[at + 1 :])}
    (found,) = reworded(source, used)
    assert (found.file, found.lines) == (path, 1)
    assert lines[at].strip().startswith(found.first.removesuffix(" ..."))
    # Of lines that are alike the last is taken for the lost one.
    assert lines[found.line - 1].strip() == lines[at].strip()


def test_what_check_says_of_it() -> None:
    one = Reworded("shared/end.md", 1, 7, "We hold it.")
    assert str(one).startswith("shared/end.md: the shipped text has a line (7) that yours lacks:")
    two = reworded({"a.md": f"{'x' * 100}\ny"}, {"a.md": "z"})
    assert "has 2 lines (the first is 1) that yours lacks: “" + "x" * 80 + " ...”" in str(next(two))
