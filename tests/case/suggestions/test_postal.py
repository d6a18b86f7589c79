"""The postal address in a request, as people write it (mail rule A11)."""

from __future__ import annotations

import pytest

from foibot.case.suggestions.postal import postal_address

OURS = ("Exampleshire Police", "1 Example Way", "Exampleton", "EX1 1EX")
SIGNED = "How many?\n\nYours faithfully,\nSam Smith\n12 High Street\nExampleton\nex2 4ab\n"
HEADED = "Exampleshire Police\n1 Example Way\nEX1 1EX\n\nDear all,\nhow many?\nMy address is:\nFlat 3, 9 Mill Lane, Exampleton EX2 9ZZ\nThank you."


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (SIGNED, ("Sam Smith", "12 High Street", "Exampleton", "ex2 4ab")),
        (HEADED, ("Flat 3, 9 Mill Lane, Exampleton EX2 9ZZ",)),
        ("Exampleshire Police\n1 Example Way\nEX11EX\n\nHow many?", ()),
        ("How many cars have the number EX21 ABC?", ()),
        ("What does form SW1A 1AAX say?", ()),
        ("I wrote before.\n4 Lane End\nSW1A 1AA", ("4 Lane End", "SW1A 1AA")),
        ("x" * 81 + "\nSW1A 1AA", ("SW1A 1AA",)),
        ("\n".join(f"Line {number}" for number in range(9)) + "\nM1 1AE", ("Line 4", "Line 5", "Line 6", "Line 7", "Line 8", "M1 1AE")),
        ("", ()),
    ],
)  # fmt: skip
def test_the_last_address_that_is_not_ours(text: str, lines: tuple[str, ...]) -> None:
    assert postal_address(text, OURS) == lines


def test_a_long_text_costs_little() -> None:
    assert postal_address("SW1A 1A" * 200_000) == ()
    assert postal_address("\n".join(["a: " * 20] * 20_000)) == ()
