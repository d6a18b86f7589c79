"""Which orders have to be signed, and what an officer can do about a signature that does not count."""

from __future__ import annotations

import pytest

from foibot.officers.signing import (
    UNSIGNED_ALWAYS,
    Fault,
    Seal,
    Signs,
    about_sender,
    has_to_be_signed,
    mend,
)


@pytest.mark.parametrize(
    ("signs", "verb", "kinds", "needed"),
    [
        (Signs.NOTHING, "approve", {"ncnd"}, False),
        (Signs.NOTHING, "approve", {"refusal", "part"}, True),
        (Signs.NOTHING, "refuse", {"refusal"}, False),
        (Signs.APPROVALS, "approve", {"ncnd"}, True),
        (Signs.APPROVALS, "ncnd", set(), False),
        (Signs.ORDERS, "approve", set(), True),
        (Signs.ORDERS, "ncnd", set(), True),
        *((Signs.ORDERS, verb, {"refusal"}, False) for verb in sorted(UNSIGNED_ALWAYS)),
    ],
)
def test_what_has_to_be_signed(signs: Signs, verb: str, kinds: set[str], needed: bool) -> None:
    assert has_to_be_signed(signs, verb, kinds, ("refusal",)) is needed


@pytest.mark.parametrize("fault", Fault)
def test_every_fault_says_what_happened_and_what_to_do(fault: Fault) -> None:
    assert fault.value.endswith(".")
    assert mend(fault).endswith(".")


def test_the_certificate_has_to_be_for_the_sender() -> None:
    seal = Seal(("Tom.Teal@Exampleshire.example", "tom@old.example"), "mark", "certificate")
    assert about_sender(seal, "tom.teal@exampleshire.example") is None
    assert about_sender(seal, "tt@exampleshire.example") is Fault.ADDRESS
