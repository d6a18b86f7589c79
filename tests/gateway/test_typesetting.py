"""The child that sets letters is kept for the next one, and replaced when it has ended."""

import gc
import json
import os
import signal
from io import BytesIO
from pathlib import Path

import pytest

from foibot.gateway import typeset, typesetting
from foibot.gateway.template_files import fonts_folder
from foibot.gateway.typesetting import NotSet, TooLong, Typesetting

_LETTERHEAD = (
    '#set document(title: [A letter], date: none)\n#set text(lang: "en")\n#sys.inputs.letter'
)


def job(words: str, letterhead: str = _LETTERHEAD) -> bytes:
    return json.dumps({"letterhead": letterhead, "inputs": {"letter": words}}).encode()


def child_of(setting: Typesetting) -> int:
    (child,) = setting._idle
    return child._process.pid


def test_the_next_letter_is_set_by_the_same_child_and_is_the_same_as_by_a_new_one() -> None:
    setting = Typesetting(fonts_folder())
    first = setting.set(job("one"), 60)
    child = child_of(setting)
    assert setting.set(job("two"), 60) != first
    assert setting.set(job("one"), 60) == first
    assert child_of(setting) == child
    assert Typesetting(fonts_folder()).set(job("one"), 60) == first


def test_a_letter_that_cannot_be_set_does_not_spoil_the_next() -> None:
    setting = Typesetting(fonts_folder())
    with pytest.raises(NotSet, match="expected"):
        setting.set(job("one", "#let x = "), 60)
    child = child_of(setting)
    assert setting.set(job("one"), 60).startswith(b"%PDF")
    assert child_of(setting) == child


def test_a_child_that_has_ended_is_replaced() -> None:
    setting = Typesetting(fonts_folder())
    first = setting.set(job("one"), 60)
    child = child_of(setting)
    os.kill(child, signal.SIGKILL)
    assert setting.set(job("one"), 60) == first
    assert child_of(setting) != child


def test_a_child_that_has_set_much_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting, "_MOST", 10)
    setting = Typesetting(fonts_folder())
    assert setting.set(job("one"), 60).startswith(b"%PDF")
    assert not setting._idle


def test_what_takes_too_long_is_ended_and_not_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    setting = Typesetting(fonts_folder())
    setting.set(job("one"), 60)
    monkeypatch.setattr(typesetting, "_Child", None)
    with pytest.raises(TooLong):
        setting.set(job("one", "#for n in range(99999999) { n }"), 0.1)
    assert not setting._idle


def test_a_child_that_cannot_start_says_why(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = tmp_path / "child.py"
    broken.write_text("raise SystemExit('no typst here')", "utf-8")
    monkeypatch.setattr(typesetting, "_CHILD", broken)
    with pytest.raises(NotSet, match="no typst here"):
        Typesetting(fonts_folder()).set(job("one"), 60)


def test_the_child_goes_with_whoever_had_it() -> None:
    setting = Typesetting(fonts_folder())
    setting.set(job("one"), 60)
    child = child_of(setting)
    del setting
    gc.collect()
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


def test_a_child_ends_when_nothing_is_wanted_of_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(typeset, "IDLE", 0.01)
    answers = BytesIO()
    read, write = os.pipe()
    with os.fdopen(read, "rb") as jobs, os.fdopen(write, "wb") as given:
        given.write(job("one") + b"\n")
        given.flush()
        typeset.work(fonts_folder(), jobs, answers)
    assert answers.getvalue()[:1] == typeset.SET
