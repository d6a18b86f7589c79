"""Every exemption and exception of the four laws as one Markdown page for `deploy/`, written from the data; no I/O."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from foibot.law import REGIMES
from foibot.law.authorities import KINDS, Use, use_of
from foibot.law.regime import Exemption, Ncnd, Regime

_HEAD = """\
# What can be relied on to withhold, and to neither confirm nor deny

This page is written from the tables in `foibot/law/`; a test holds it to them. An officer names a
provision in any usual notation: `s.31(1)(a)`, `31 1 a`, `section 40(2)`, `reg 12(5)(b)`.

*Weighed* is whether the public interest has to be weighed before it is relied on. *To show* is what has
to be evidenced before it withholds anything. *Not for* are kinds of authority that cannot use it,
*rarely for* those that are asked whether it applies.
"""
_COLUMNS = (
    "To withhold",
    "Title",
    "Test",
    "Weighed",
    "To show",
    "To neither confirm nor deny",
    "Notes",
)


def exemptions_page(regimes: Iterable[Regime] = REGIMES) -> str:
    """The page, ending in a newline."""
    return "\n".join([_HEAD, *(line for regime in regimes for line in _law(regime))]) + "\n"


def _law(regime: Regime) -> Iterator[str]:
    yield f"## {regime.act} ({regime.short})\n"
    yield _line(_COLUMNS)
    yield _line("---" for _ in _COLUMNS)
    for row in regime.exemptions:
        yield _line(_cells(row))
    yield ""
    if regime.old_citations:
        yield "Replaced provisions, which are refused with the one to cite instead:\n"
        for old in regime.old_citations:
            row = next(row for row in regime.exemptions if row.section == old.now)
            now = row.ncnd_provision if old.ncnd else old.now
            since = old.since.isoformat()
            yield f"- {old.section}: cite {now} since {since} ({old.citation})"
        yield ""
    yield f"Cited as if they were {regime.ground}s, and refused as such:\n"
    yield from (f"- {one.section}: {one.why}" for one in regime.not_exemptions)
    yield ""


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cells(row: Exemption) -> tuple[str, ...]:
    # Where the row is only some letters of its subsection they stand in its name already.
    all_of_it = row.withheld_as == row.section.partition(" ")[0]
    letters = " ".join(limb.bracketed for limb in row.limbs if all_of_it)
    return (
        f"{row.section}{f' {letters}' if letters else ''}",
        row.title,
        row.kind.value,
        "no" if row.absolute else "yes",
        row.kind.harm or "-",
        _ncnd(row.ncnd),
        " ".join(filter(None, (row.note, *_kinds(row)))) or "-",
    )


def _ncnd(ncnd: Ncnd | None) -> str:
    if ncnd is None:
        return "none"
    weighed = "weighed" if ncnd.needs_public_interest_test else "not weighed"
    beside = " with it" if ncnd.read_with else ""
    return f"{ncnd.provision}{beside}, {weighed}"


def _kinds(row: Exemption) -> Iterator[str]:
    for use, words in ((Use.BLOCKED, "Not for"), (Use.QUESTIONED, "Rarely for")):
        kinds = [kind.name for kind in KINDS if use_of(row, kind.name) is use]
        if kinds:
            yield f"{words}: {', '.join(kinds)}."
    for limb in row.limbs:
        if limb.rarely_for:
            yield f"{limb.bracketed} rarely for: {', '.join(limb.rarely_for)}."
