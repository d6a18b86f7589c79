"""Which sections are refused in a letter of their own, and what another law calls the same (L-26 to L-28, L-34, L-35)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from foibot.law.regime import Regime


@dataclass(frozen=True, slots=True)
class Ground:
    """A section with a letter of its own: `letter` is its kind, `relies_on` the exemption in it ("" for none)."""

    letter: str
    relies_on: str = ""


@dataclass(frozen=True, slots=True)
class Instead:
    """A section that says too little here, or is another law's: why, and what to cite, each with what for.

    Where nothing is to be cited, the information is not held.
    """

    why: str
    cite: tuple[tuple[str, str], ...]


TWELVE_WEEKS: Final = timedelta(weeks=12)

_COST: Final = Ground("cost")
_VEXATIOUS: Final = Ground("vexatious")
_REPEATED: Final = Ground("repeated")
_FOUND: Final = "for what the requester can already find"
_TWO_THINGS: Final = Instead(
    "Section 14 is for two things: say which.",
    (("14(1)", "for a vexatious request"), ("14(2)", "for a repeated request")),
)
_NO_LIMIT: Final = (
    "These Regulations have no cost limit and no rule on vexatious or repeated requests."
)
_UNREASONABLE: Final = "for a manifestly unreasonable request; the public interest is weighed"
_ELSEWHERE: Final = "In these Regulations that is regulation 6(1)(b)."
_NOT_PUBLISHED_YET: Final = "These Regulations have no exception for what will be published later."
_UNFINISHED: Final = "for material that is still being finished"


def _environmental(regulation: str) -> dict[str, Ground | Instead]:
    unreasonable = Instead(_NO_LIMIT, ((f"{regulation}(4)(b)", _UNREASONABLE),))
    return {
        **dict.fromkeys(("6", "6(1)", "6(1)(b)"), Ground("otherwise-accessible")),
        f"{regulation}(4)(a)": Instead("What is not held has a letter of its own.", ()),
        **dict.fromkeys(("12", "12(1)", "12(2)", "14", "14(1)", "14(2)"), unreasonable),
        **dict.fromkeys(("21", "21(1)"), Instead(_ELSEWHERE, (("6(1)(b)", _FOUND),))),
        **dict.fromkeys(
            ("22", "22(1)"), Instead(_NOT_PUBLISHED_YET, ((f"{regulation}(4)(d)", _UNFINISHED),))
        ),
    }


GROUNDS: Final[Mapping[str, Mapping[str, Ground | Instead]]] = MappingProxyType(
    {
        "foia": {
            **dict.fromkeys(("12", "12(1)"), _COST),
            "12(2)": Ground("cost-to-confirm"),
            "14": _TWO_THINGS,
            "14(1)": _VEXATIOUS,
            "14(2)": _REPEATED,
            **dict.fromkeys(("21", "21(1)"), Ground("otherwise-accessible", "21(1)")),
            **dict.fromkeys(("22", "22(1)"), Ground("future-publication", "22(1)")),
        },
        "foisa": {
            **dict.fromkeys(("12", "12(1)"), _COST),
            "12(2)": Instead(
                "The Scottish Act has one letter for cost, whatever makes it.",
                (("12", "because of the cost"),),
            ),
            "14": _TWO_THINGS,
            "14(1)": _VEXATIOUS,
            "14(2)": _REPEATED,
            **dict.fromkeys(("25", "25(1)"), Ground("otherwise-accessible", "25(1)")),
            "27": Instead(
                "Section 27 is for two things: say which.",
                (
                    ("27(1)", "for what will be published within 12 weeks of the request"),
                    ("27(2)", "for a programme of research"),
                ),
            ),
            "27(1)": Ground("future-publication", "27(1)"),
            **dict.fromkeys(
                ("21", "21(1)"),
                Instead("In the Scottish Act that is section 25.", (("25", _FOUND),)),
            ),
            **dict.fromkeys(
                ("22", "22(1)"),
                Instead(
                    "In the Scottish Act that is section 27(1).",
                    (("27(1)", "for what will be published within 12 weeks of the request"),),
                ),
            ),
        },
        # Regulation 14 asks for a notice in one law and allows a transfer in the other; officers mean section 14.
        "eir": _environmental("12"),
        "eisr": _environmental("10"),
    }
)
"""What a section comes to that is cited alone to refuse a whole request, by the key of the law."""


def publish_by(regime: Regime, received: date) -> date | None:
    """The last day on which information may be published that is refused for that reason, if the law names one.

    FOISA 2002 s.27(1)(a): not later than twelve weeks after the request, so 2 March 2021 for 8 December 2020.
    """
    return received + TWELVE_WEEKS if regime.key == "foisa" else None
