"""Who a mail is from: one plain form identifies somebody, everything else nobody (rules B2, B3, B6)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foibot.errors import OfficerMustReword
from foibot.mail.addresses import (
    AddressCannotBeUsed,
    domain,
    mailboxes,
    outgoing,
    plus_part,
    same_address,
    without_plus,
)
from foibot.mail.message import Address

OFFICER = "jane.orange@exampleshire.example"
EVIL = "evil@elsewhere.example"

CLEAN = {
    "plain": (OFFICER, Address(OFFICER)),
    "angle": (f"<{OFFICER}>", Address(OFFICER)),
    "name": (f"Jane Orange <{OFFICER}>", Address(OFFICER, "Jane Orange")),
    "quoted name": (f'"Orange, Jane" <{OFFICER}>', Address(OFFICER, "Orange, Jane")),
    "name with escapes": (rf'"Jane \"J\" Orange" <{OFFICER}>', Address(OFFICER, 'Jane "J" Orange')),
    "no space": (f"Jane<{OFFICER}>", Address(OFFICER, "Jane")),
    "initials": (f"J. M. Orange [FOI] <{OFFICER}>", Address(OFFICER, "J. M. Orange [FOI]")),
    "comment": (f"{OFFICER} (Jane (FOI) Orange)", Address(OFFICER, "Jane (FOI) Orange")),
    "encoded name": (f"=?utf-8?q?J=C3=A4ne?= <{OFFICER}>", Address(OFFICER, "Jäne")),
    "raw 8-bit name": (f"J\udcc3\udca4ne <{OFFICER}>", Address(OFFICER, "Jäne")),
    "odd space in the name": (f"Jane\u00a0Orange <{OFFICER}>", Address(OFFICER, "Jane Orange")),
    "folded": (f"Jane Orange\r\n <{OFFICER}>", Address(OFFICER, "Jane Orange")),
    "address as its own name": (f"{OFFICER} <{OFFICER}>", Address(OFFICER)),
    "numeric name": ("jane@1.example", Address("jane@1.example")),
    "capitals": ("Jane@EXAMPLESHIRE.Example", Address("Jane@exampleshire.example")),
    "international domain": ("sam@café.example", Address("sam@xn--caf-dma.example")),
}


@pytest.mark.parametrize(("raw", "address"), CLEAN.values(), ids=list(CLEAN))
def test_a_clean_header_names_one_mailbox(raw: str, address: Address) -> None:
    read = mailboxes(raw)
    assert read.defects == ()
    assert read.found == (address,)


# The table of hostile headers: none may give the officer alone and without a defect.
HOSTILE = {
    "name is an address, in quotes": f'"{OFFICER}" <{EVIL}>',
    "unquoted address, then angle": f"{OFFICER} <{EVIL}>",
    "angle, then unquoted address": f"<{EVIL}> {OFFICER}",
    "comma pair": f"{OFFICER}, <{EVIL}>",
    "address in a comment": f"{EVIL} ({OFFICER})",
    "officer with an address in a comment": f"{OFFICER} ({EVIL})",
    "NUL between": f"{OFFICER}\0 <{EVIL}>",
    "encoded-word address": "=?utf-8?q?jane.orange=40exampleshire.example?=",
    "encoded-word comma": f"=?utf-8?Q?jane.orange=40exampleshire.example=2C?= {EVIL}",
    "group": f"Staff: {OFFICER};",
    "undisclosed recipients": "undisclosed-recipients:;",
    "two mailboxes": f"{OFFICER}, {EVIL}",
    "two without a comma": f"{OFFICER} {EVIL}",
    "line end in a quoted name": f'"x\r\n <{OFFICER}>" <{EVIL}>',
    "Cyrillic local part": "j\u0430ne.orange@exampleshire.example",
    "punycode homograph": "jane.orange@ex\u0430mpleshire.example",
    "IP literal": "jane.orange@[192.0.2.1]",
    "empty quoted local part": '""@exampleshire.example',
    "quoted local part": '"jane.orange"@exampleshire.example',
    "double dot": "jane..orange@exampleshire.example",
    "bare words and address": f"Jane Orange {OFFICER}",
    "blank": " ",
    "empty angle": "<>",
    "mailto": f"mailto:{OFFICER}",
    "semicolon list": f"{OFFICER}; {EVIL}",
    "two angles": f"<{OFFICER}> <{EVIL}>",
    "route": f"<@elsewhere.example:{OFFICER}>",
    "quote not closed": f'"Jane <{OFFICER}>',
    "lonely quote": f'{OFFICER} "',
    "comment not closed": f"{OFFICER} (Jane",
    "stray brackets": f"{OFFICER} >",
    "empty entry": f"{OFFICER},",
    "no dot in the domain": "jane.orange@exampleshire",
    "numeric top level": "jane.orange@192.0.2.1",
    "numeric top level alone": "jane.orange@exampleshire.1",
    "hyphen first": "jane.orange@-exampleshire.example",
    "long local part": f"{'j' * 65}@exampleshire.example",
    "long domain": f"jane@{'a.' * 130}example",
    "long label": f"jane@{'a' * 64}.example",
    "domain IDNA cannot take": f"jane@{'é' * 70}.example",
    "domain with two meanings": "jane@stra\u00dfe.example",
    "too long": OFFICER + " " * 20_000,
}


@pytest.mark.parametrize("raw", HOSTILE.values(), ids=list(HOSTILE))
def test_a_hostile_header_never_names_the_officer_alone(raw: str) -> None:
    """Mail rules B2, B3."""
    read = mailboxes(raw)
    clean = not read.defects and len(read.found) == 1
    assert not (clean and same_address(read.found[0].addr, OFFICER))


def test_what_is_hostile_is_a_defect_except_where_it_names_somebody_else_cleanly() -> None:
    clean = {name for name, raw in HOSTILE.items() if not mailboxes(raw).defects}
    assert clean == {
        "name is an address, in quotes",
        "line end in a quoted name",
        "punycode homograph",
        "two mailboxes",
        "comma pair",
    }


def test_a_list_of_recipients_is_read_in_full() -> None:
    read = mailboxes('"A, B" <a@a.example>, b@b.example (B), C <c@c.example>')
    assert [one.addr for one in read.found] == ["a@a.example", "b@b.example", "c@c.example"]
    assert read.defects == ()


@given(st.text(alphabet='ab@.<>,;:"\\() \0=?é', max_size=60))
def test_any_text_can_be_read(raw: str) -> None:
    read = mailboxes(raw)
    assert all(outgoing(one.addr) == one.addr for one in read.found)


@pytest.mark.parametrize(
    "raw", ["(" * 20_000, '"' * 10_001, '"\\' * 9_000, "<" * 9_000, "," * 9_000]
)
def test_long_runs_of_marks_are_read_in_pieces_once(raw: str) -> None:
    assert mailboxes(raw).defects


def test_outgoing_addresses_are_ascii_and_plain() -> None:
    assert outgoing("Sam.Smith+foi@CAFÉ.example") == "Sam.Smith+foi@xn--caf-dma.example"


@pytest.mark.parametrize(
    "addr",
    [
        "",
        "sam",
        "sam@",
        "d@e.f ORCPT=rfc822;z",
        "<sam@elsewhere.example>",
        "sam@elsewhere.example\r\nBcc: x@y.example",
        "sam@elsewhere.example\n",
        "üser@elsewhere.example",
        "a@b@elsewhere.example",
    ],
)
def test_other_addresses_are_refused(addr: str) -> None:
    """Mail rule F9."""
    with pytest.raises(AddressCannotBeUsed) as refused:
        outgoing(addr)
    assert isinstance(refused.value, OfficerMustReword)
    assert "post" in str(refused.value)


def test_comparing_and_taking_apart() -> None:
    assert same_address("Jane@Exampleshire.Example", " jane@exampleshire.example")
    assert same_address("sam@café.example", "sam@xn--caf-dma.example")
    assert not same_address("jane@exampleshire.example", "jane@ex\u0430mpleshire.example")
    assert not same_address("not an address", "another")
    assert domain("Sam@Elsewhere.Example") == "elsewhere.example"
    assert without_plus("foi+c-k7@a.example") == "foi@a.example"
    assert without_plus("foi@a.example") == "foi@a.example"
    assert plus_part("foi+c-k7+x@a.example") == "c-k7+x"
    assert plus_part("foi@a.example") == ""
