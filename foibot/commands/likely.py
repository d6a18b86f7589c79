"""The few orders that most requests are answered with, for the notices about a case without a letter; no I/O."""

from __future__ import annotations

from foibot.law.regime import Regime


def likely_orders(regime: Regime) -> tuple[tuple[str, str], ...]:
    """Orders for letters, each as it would be written under this law and with what it does."""
    return (
        (
            "disclose",
            "gives what was asked for: write it on the lines under it, or attach the files",
        ),
        (f"refuse {regime.withheld_example}", "refuses it on these provisions"),
        (f"ncnd {regime.ncnd_example}", "neither confirms nor denies that you hold it"),
        ("not held", "says that you do not hold it; write under it how you looked"),
        ("clarify", "asks the requester; write the question under it"),
    )


def by_number(regime: Regime) -> tuple[str, str]:
    """The order that answers a request with numbered questions, with what it does."""
    lines = f"“1 disclose”, “2 refuse {regime.withheld_example}”, “3 ncnd {regime.ncnd_example}” or “4 not held”"
    return (
        "answer",
        f"answers by number: under it a line for each question, such as {lines}, and its words below that",
    )
