"""Content-Type and Content-Disposition with the parameters of RFC 2045 and RFC 2231."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foibot.mail.parameters import parameters


@pytest.mark.parametrize(
    ("raw", "value", "given_"),
    [
        ("text/plain", "text/plain", {}),
        ("Text/HTML; Charset=UTF-8", "text/html", {"charset": "UTF-8"}),
        ('a/b; name="x; y=\\"z\\""', "a/b", {"name": 'x; y="z"'}),
        ('a/b; name="never closed', "a/b", {"name": "never closed"}),
        ("a/b;\n\tboundary = b1 ;x=y", "a/b", {"boundary": "b1", "x": "y"}),
        ("a/b; name=first; name=second", "a/b", {"name": "first"}),
        ("a/b; name*=utf-8''r%C3%A9.pdf", "a/b", {"name": "ré.pdf"}),
        ("a/b; name*1=c.pdf; name*0*=utf-8''%C3%A9", "a/b", {"name": "éc.pdf"}),
        ("a/b; name*0=a; name*1=b; name=short", "a/b", {"name": "ab"}),
        ("a/b; name*=no-charset", "a/b", {"name": "no-charset"}),
        ("a/b; name*x*=bad; name*9999=bad", "a/b", {}),
        ("a/b; name=\udce9", "a/b", {"name": "\udce9"}),
        (";", "", {}),
    ],
)
def test_parameters(raw: str, value: str, given_: dict[str, str]) -> None:
    assert parameters(raw) == (value, given_)


def test_thousands_of_parameters_are_not_kept() -> None:
    raw = "text/plain" + "".join(f"; a{n}=b; b{n}*0=c" for n in range(5_000))
    assert len(parameters(raw)[1]) <= 128


@given(st.text(alphabet="a/;=*'\"\\%0 \n\udce9", max_size=80))
def test_any_text_gives_parameters(raw: str) -> None:
    parameters(raw)
