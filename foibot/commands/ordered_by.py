"""By which order each kind of letter is drafted, for the page of letters; no I/O."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

ORDERED_BY: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "clarification": ("clarify",),
        "cost": ("refuse 12",),
        "cost-to-confirm": ("refuse 12(2)",),
        "disclosure": ("disclose",),
        "extension": ("extend 24 until DATE", "extend until DATE"),
        "fees-notice": ("fee 12.50",),
        "future-publication": ("refuse 22", "refuse 27(1) until DATE"),
        "in-parts": ("answer",),
        "holding": ("holding until DATE",),
        "lapse": ("lapse",),
        "ncnd": ("ncnd PROVISIONS",),
        "ncnd-part": ("ncnd part PROVISIONS",),
        "not-held": ("not held",),
        "otherwise-accessible": ("refuse 21", "refuse 25", "refuse 6(1)(b)"),
        "part": ("part PROVISIONS",),
        "refusal": ("refuse PROVISIONS",),
        "repeated": ("refuse 14(2)",),
        "review-acknowledgement": ("review",),
        "review-outcome": ("review outcome RESULT",),
        "second-notice": ("second notice PROVISIONS",),
        "transfer": ("transfer to NAME",),
        "vexatious": ("refuse 14(1)",),
    }
)
"""The acknowledgement alone is missing: it leaves by itself."""
