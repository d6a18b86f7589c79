"""Domains that are written to be taken for another one (mail rule B11)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foibot.mail.look_alikes import taken_for
from foibot.mail.message import IncomingMail


def written(host: str) -> str:
    return host.encode("idna").decode("ascii")


@pytest.mark.parametrize(
    ("host", "looks_like"),
    [
        (written("\u0435xampleshire.example"), "exampleshire.example"),  # Cyrillic e
        (written("c\u043euncil.example"), "council.example"),  # Cyrillic o
        (written("\u03bf\u03bfze.example"), "ooze.example"),  # Greek o, twice
        (written("mail.\u0455\u0430m.example"), "mail.sam.example"),
        ("exampleshire.example", ""),
        (written("café.example"), ""),  # an accent is seen
        (written("правда.example"), ""),  # a word of its own alphabet
        ("xn--99999.example", ""),  # punycode of nothing
        ("xn--a.example", ""),
    ],
)
def test_b11_a_domain_that_looks_like_another_is_told(host: str, looks_like: str) -> None:
    assert taken_for(host) == looks_like


@given(st.text(alphabet="xn-a1.é", max_size=40))
def test_any_text_can_be_a_domain(host: str) -> None:
    taken_for(host)


def test_b11_the_officer_reads_what_it_looks_like(mail_with: Callable[..., IncomingMail]) -> None:
    mail = mail_with(sender="Jane Orange <jane.orange@\u0435xampleshire.example>")
    assert mail.sender is not None
    assert mail.sender.addr.startswith("jane.orange@xn--")
    assert mail.shown_sender.startswith("jane.orange@xn--")
    assert "its domain only looks like exampleshire.example" in mail.flags
