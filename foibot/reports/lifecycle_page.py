"""The page that shows how a case moves, made from the one table; no I/O."""

from __future__ import annotations

from foibot.case.case import FINISHED, State
from foibot.case.lifecycle import NEUTRAL, TABLE

_HEAD = """# How a case moves

This page is made from the table in `foibot/case/lifecycle.py`; a test holds the two together.
What a case *is* is its events. From them follow three things that are kept apart: the **state** below,
the **clocks** that run (answer, extension, clarification, fee), and the **outcome**, which is the kind
of letter that answered it, or `withdrawn`, `not-foi` or `lapsed`.
"""


def lifecycle_page() -> str:
    """The whole page as Markdown: a picture, the table in words, and what may happen at any time."""
    moves = sorted(
        (before.value, event.__name__, after.value) for (before, event), after in TABLE.items()
    )
    picture = [
        "```mermaid",
        "stateDiagram-v2",
        f"    [*] --> {_id(State.OPEN)}: Received",
        *(
            f"    {_id(before)} --> {_id(after)}: {event}"
            for before, event, after in moves
            if before != after
        ),
        *(f"    {_id(state)} --> [*]" for state in sorted(FINISHED)),
        "```",
    ]
    rows = [f"| {before} | {event} | {after} |" for before, event, after in moves]
    neutral = ", ".join(sorted(event.__name__ for event in NEUTRAL))
    return "\n".join(
        [
            _HEAD,
            *picture,
            "",
            "| state | event | becomes |",
            "|---|---|---|",
            *rows,
            "",
            f"At any time, changing no state: {neutral}.",
            "",
        ]
    )


def _id(state: str) -> str:
    return state.replace("-", "_")
