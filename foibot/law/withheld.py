"""Judges one citation in an order to withhold information: the provisions it names, or why it is refused."""

from __future__ import annotations

from foibot.law.citation import Citation, Unread
from foibot.law.dates import in_words, listed
from foibot.law.naming import Named, limbs_of, take
from foibot.law.provision import Provision
from foibot.law.refused import Refused, named, rows_of, shortened, unread
from foibot.law.regime import Exemption, Limb, OldCitation, Regime, bracketed, division

_Rows = tuple[Exemption, ...]


def judge_withheld(
    read: Citation | Unread, regime: Regime, authority_kind: str
) -> tuple[Provision, ...] | Refused:
    """The provisions that `read` names under `regime`, at least one, or the refusal.

    A section with a single subsection needs none: "42" is section 42(1). Section 40(2) alone is read
    as its first condition, as nearly every reliance on it is; so is FOISA section 38(1)(b).
    """
    if isinstance(read, Unread):
        return unread(read, regime)
    rows = rows_of(read, regime, authority_kind)
    if isinstance(rows, Refused):
        return rows
    for old in regime.old_citations:
        if read.text.startswith(old.section):
            return _replaced(read, old, rows, regime)
    condition = [row for row in rows if row.condition and read.text.startswith(row.condition)]
    if condition:
        return _on_condition(read, read, condition[0], regime)
    subsection = _subsection(read, rows)
    here = tuple(row for row in rows if row.subsection == subsection)
    if not here:
        return _not_withheld(read, rows, regime)
    if read.reference:
        return _by_virtue_of(read, read.reference, here, regime)
    return _lettered(read, here, regime)


def _subsection(read: Citation, rows: _Rows) -> str:
    subsections = {row.subsection for row in rows}
    return read.provision if read.subsection or len(subsections) > 1 else subsections.pop()


def _lettered(read: Citation, rows: _Rows, regime: Regime) -> tuple[Provision, ...] | Refused:
    """`rows` are those of one subsection: one for 31(1), four for 40(2), seven for 12(5)."""
    choices = _choices(rows)
    taken, unknown = take(read.letters, choices)
    if unknown:
        return _no_paragraph(read, rows[0].subsection, unknown, taken or [_first(rows[0])], regime)
    if not taken:
        if rows[0].own_letter or _needs_limb(rows[0]):
            return _too_little(read, choices, [_first(rows[0])], regime)
        taken = [Named(rows[0], None)]
    limbed = {each.row.section for each in taken if each.limb}
    vague = [each.row for each in taken if _needs_limb(each.row) and each.row.section not in limbed]
    if vague:
        inner = {letter: each for letter, each in choices.items() if each.limb}
        return _too_little(read, inner, [_first(row) for row in vague], regime)
    return _provisions(taken, regime)


def _needs_limb(row: Exemption) -> bool:
    return bool(row.limbs) and not row.whole


def _first(row: Exemption) -> Named:
    return Named(row, row.limbs[0] if _needs_limb(row) else None)


def _choices(rows: _Rows) -> dict[str, Named]:
    """What each letter names: "a" after 31(1) a limb, "b" after 12(5) a row, "a(i)" after 32(1) a limb of a row."""
    choices: dict[str, Named] = {}
    for row in rows:
        own = row.own_letter
        if own:
            # Of several conditions the first is meant when none is named.
            choices.setdefault(own, Named(row, None))
        for limb in () if row.condition else row.limbs:
            choices[f"{own}({limb.letter})" if own else limb.letter] = Named(row, limb)
    return choices


def _by_virtue_of(
    read: Citation, reference: Citation, rows: _Rows, regime: Regime
) -> tuple[Provision, ...] | Refused:
    for row in rows:
        own = not row.own_letter or row.own_letter in read.letters
        if row.condition and own and reference.text.startswith(row.condition):
            return _on_condition(read, reference, row, regime)
    what, to = named(regime, read.provision), f"{division(regime.key)} {reference.provision}"
    instead = _provisions([_first(rows[0])], regime)
    return Refused(shortened(read.text), f"{what} does not refer to {to}.", instead)


def _on_condition(
    read: Citation, cited: Citation, row: Exemption, regime: Regime
) -> tuple[Provision, ...] | Refused:
    """`cited` is the condition, 40(3A)(a) or 40(4A)(b): letters beyond it are limbs of it."""
    letters = cited.letters[row.condition.count("(") - 1 :]
    taken, unknown = take(letters, limbs_of(row))
    if unknown:
        return _no_paragraph(read, row.condition, unknown, taken or [Named(row, None)], regime)
    return _provisions(taken or [Named(row, None)], regime)


def _no_paragraph(
    read: Citation, where: str, unknown: list[str], instead: list[Named], regime: Regime
) -> Refused:
    letters = shortened(", ".join(f"({letter})" for letter in dict.fromkeys(unknown)))
    why = f"{named(regime, where)} has no paragraph {letters}."
    # What was named without a limb it needs would be refused again.
    works = [each if each.limb else _first(each.row) for each in instead]
    return Refused(shortened(read.text), why, _provisions(works, regime))


def _too_little(
    read: Citation, choices: dict[str, Named], instead: list[Named], regime: Regime
) -> Refused:
    words = "; ".join(f"{bracketed(letter)} {each.words}" for letter, each in choices.items())
    what = named(regime, shortened(read.text))
    why = f"{what} does not say enough: name the limb. {words}."
    return Refused(shortened(read.text), why, _provisions(instead, regime))


def _replaced(read: Citation, old: OldCitation, rows: _Rows, regime: Regime) -> Refused:
    row = next(row for row in rows if row.section == old.now)
    instead = _provisions([_first(row)], regime)
    cite = f"cite {division(regime.key)} {instead[0].cited} ({old.citation})"
    what, since = named(regime, old.section), in_words(old.since)
    if old.ncnd:
        why = f"{what} was about confirming or denying and was replaced on {since}. To withhold, {cite}."
    else:
        why = f"{what} was replaced on {since}: {cite}."
    return Refused(shortened(read.text), why, instead)


def _not_withheld(read: Citation, rows: _Rows, regime: Regime) -> Refused:
    text = shortened(read.text)
    lifting = [row for row in rows if read.subsection and row.leads_to(read.provision)]
    if not lifting:
        options = listed(list(dict.fromkeys(row.withheld_as for row in rows)))
        why = f"{named(regime, text)} withholds nothing by itself; in it, {options} can."
        near = [row for row in rows if read.subsection and read.provision in row.section]
        return Refused(text, why, _provisions([_first((near or rows)[0])], regime))
    exact = [row for row in lifting if read.text.startswith(row.ncnd_provision)]
    row = (exact or lifting)[0]
    taken = [] if row.own_ncnd_limbs else take(read.letters, limbs_of(row))[0]
    instead = _provisions(taken or [_first(row)], regime)
    why = (
        f"{named(regime, text)} is for neither confirming nor denying that information is held. "
        f"To withhold information that is held, cite {division(regime.key)} {instead[0].cited}."
    )
    return Refused(text, why, instead)


def _provisions(taken: list[Named], regime: Regime) -> tuple[Provision, ...]:
    """One provision for each row, its limbs in the order of the law."""
    limbs: dict[str, set[Limb]] = {}
    for each in taken:
        limbs.setdefault(each.row.section, set()).update([each.limb] if each.limb else [])
    rows = {each.row.section: each.row for each in taken}
    return tuple(
        Provision(
            regime=regime.key,
            section=row.withheld_as,
            title=row.title,
            exemption=row,
            limbs=tuple(limb for limb in row.limbs if limb in limbs[section]),
            ncnd=False,
        )
        for section, row in rows.items()
    )
