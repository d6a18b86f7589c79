"""Judges one citation in an order to neither confirm nor deny: the provisions it names, or why it is refused."""

from __future__ import annotations

from foibot.law.citation import Citation, Unread
from foibot.law.dates import in_words, listed
from foibot.law.naming import Named, limbs_of, take
from foibot.law.provision import Provision
from foibot.law.refused import Refused, named, rows_of, shortened, unread
from foibot.law.regime import Exemption, Limb, OldCitation, Regime, bracketed, division


def judge(
    read: Citation | Unread, regime: Regime, authority_kind: str
) -> tuple[Provision, ...] | Refused:
    """The provisions that `read` names under `regime`, at least one, or the refusal."""
    if isinstance(read, Unread):
        return unread(read, regime)
    read = _in_its_place(read, regime)
    rows = rows_of(read, regime, authority_kind)
    if isinstance(rows, Refused):
        return rows
    for old in regime.old_citations:
        if read.text.startswith(old.section):
            return _replaced(read, old, rows, regime)
    for_ncnd = tuple(row for row in rows if row.leads_to(read.provision))
    if for_ncnd and read.subsection:
        return _named(read, for_ncnd, regime)
    return _not_for_ncnd(read, rows, regime)


def _in_its_place(read: Citation, regime: Regime) -> Citation:
    """The provision that `read` may stand in for: 13(5B)(a), and 13(5A) with 13(5B), are cited for 13(5A)."""
    for also, provision in regime.same_as:
        beside = read.provision == provision and read.reference
        if read.provision == also or (beside and beside.provision == also):
            section, _, subsection = provision.rstrip(")").partition("(")
            return Citation(section, subsection)
    return read


def _replaced(
    read: Citation, old: OldCitation, rows: tuple[Exemption, ...], regime: Regime
) -> Refused:
    row = next(row for row in rows if row.section == old.now)
    instead = _instead(row, (), regime)
    why = f"{named(regime, old.section)} was replaced on {in_words(old.since)}: cite {division(regime.key)} {instead.cited} ({old.citation})."
    return Refused(shortened(read.text), why, (instead,))


def _named(
    read: Citation, rows: tuple[Exemption, ...], regime: Regime
) -> tuple[Provision, ...] | Refused:
    """`rows` are those that `read.provision` may stand for: one for 31(3), two for 30(3), four for 40(5B)."""
    first = rows[0]
    referred: tuple[list[Named], list[str]] = ([], [])
    if read.reference:
        rows = _referred_to(read.reference, rows)
        if not rows:
            to = f"{division(regime.key)} {read.reference.provision}"
            why = f"{named(regime, read.provision)} does not refer to {to}."
            return Refused(shortened(read.text), why, (_instead(first, read.letters, regime),))
        referred = _take_referred(read.reference, rows)
    choices = _choices(read.provision, rows)
    own, not_own = take(read.letters, choices)
    provisions = _provisions([*own, *referred[0]], regime)
    unknown = not_own + referred[1]
    if unknown:
        letters = shortened(", ".join(f"({letter})" for letter in dict.fromkeys(unknown)))
        why = f"{named(regime, read.provision)} has no paragraph {letters}."
        return Refused(shortened(read.text), why, provisions or (_instead(rows[0], (), regime),))
    if provisions:
        return provisions
    if any(_says_too_little(read.provision, row) for row in rows):
        words = "; ".join(f"{bracketed(letter)} {each.words}" for letter, each in choices.items())
        why = f"{named(regime, read.provision)} does not say enough: name the limb. {words}."
        return Refused(shortened(read.text), why, (_instead(rows[0], (), regime),))
    return _provisions([Named(rows[0], None)], regime)


def _referred_to(reference: Citation, rows: tuple[Exemption, ...]) -> tuple[Exemption, ...]:
    return tuple(
        row
        for row in rows
        if row.subsection == reference.provision
        and (not row.own_letter or row.own_letter in reference.letters)
    )


def _take_referred(
    reference: Citation, rows: tuple[Exemption, ...]
) -> tuple[list[Named], list[str]]:
    """The limbs that were named, as in "31(1)(a)"; the letter of 12(5)(a) is the row's own."""
    limbs = {limb.letter: Named(row, limb) for row in rows for limb in row.limbs}
    owned = {row.own_letter for row in rows}
    return take(tuple(letter for letter in reference.letters if letter not in owned), limbs)


def _says_too_little(provision: str, row: Exemption) -> bool:
    return row.ncnd_provision != provision or bool(row.ncnd and row.ncnd.limb_required)


def _provisions(taken: list[Named], regime: Regime) -> tuple[Provision, ...]:
    """One provision for each row, its limbs in the order of the law."""
    limbs: dict[str, set[Limb]] = {}
    rows = {each.row.section: each.row for each in taken}
    for each in taken:
        limbs.setdefault(each.row.section, set()).update([each.limb] if each.limb else [])
    return tuple(
        Provision(
            regime=regime.key,
            section=row.ncnd_provision,
            title=row.title,
            exemption=row,
            limbs=tuple(limb for limb in row.ncnd_limbs if limb in limbs[section]),
            ncnd=True,
        )
        for section, row in rows.items()
    )


def _not_for_ncnd(read: Citation, rows: tuple[Exemption, ...], regime: Regime) -> Refused:
    withholding = tuple(row for row in rows if read.subsection and read.provision in row.section)
    row = _nearest(read, withholding or tuple(row for row in rows if row.ncnd) or rows)
    if not row.ncnd:
        cited = named(regime, row.withheld_as)
        why = f"{cited} cannot be used to neither confirm nor deny. {row.note}"
        return Refused(shortened(read.text), why)
    instead = _instead(row, read.letters, regime)
    if withholding:
        why = (
            f"{named(regime, shortened(read.text))} withholds information, so relying on it says that the information is held. "
            f"To neither confirm nor deny, cite {division(regime.key)} {instead.cited}."
        )
    else:
        options = listed(list(dict.fromkeys(row.ncnd_provision for row in rows if row.ncnd)))
        why = f"{named(regime, shortened(read.text))} does not lift the duty to confirm or deny; in it, {options} can."
    return Refused(shortened(read.text), why, (instead,))


def _nearest(read: Citation, rows: tuple[Exemption, ...]) -> Exemption:
    """Of several rows the one whose citation, or whose limb, is what was typed: 37(1)(b), 40(4A)(b)."""
    for row in rows:
        if read.text in row.section or take(read.letters, limbs_of(row))[0]:
            return row
    return rows[0]


def _instead(row: Exemption, letters: tuple[str, ...], regime: Regime) -> Provision:
    """The row's NCND provision with those of `letters` that it knows; with its first limb if it needs one."""
    taken = take(letters, limbs_of(row))[0]
    if not taken and row.ncnd and row.ncnd.limb_required:
        taken = [Named(row, row.ncnd_limbs[0])]
    return _provisions(taken or [Named(row, None)], regime)[0]


def _choices(provision: str, rows: tuple[Exemption, ...]) -> dict[str, Named]:
    """What each letter after `provision` names: "a" after 31(3), "a" and "a(i)" after 40(5B)."""
    choices: dict[str, Named] = {}
    for row in rows:
        own = row.ncnd_provision.removeprefix(provision).strip("()")
        if own:
            choices[own] = Named(row, None)
            choices |= {f"{own}({limb.letter})": Named(row, limb) for limb in row.own_ncnd_limbs}
        else:
            choices = {limb.letter: Named(row, limb) for limb in row.ncnd_limbs} | choices
    return choices
