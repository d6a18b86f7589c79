"""Judges one citation in an order to neither confirm nor deny: the provisions it names, or why it is refused."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from foibot.law.citation import Citation, Unread
from foibot.law.dates import in_words, listed
from foibot.law.provision import Provision
from foibot.law.regime import Exemption, Limb, OldCitation, Regime, bracketed

_LONGEST_QUOTE = 60


@dataclass(frozen=True, slots=True)
class Refused:
    """What was read, why it is refused, and what to cite `instead` if that is clear."""

    text_read: str
    why: str
    instead: tuple[Provision, ...] = ()


def judge(
    read: Citation | Unread, regime: Regime, authority_kind: str
) -> tuple[Provision, ...] | Refused:
    """The provisions that `read` names under `regime`, at least one, or the refusal."""
    if isinstance(read, Unread):
        quote = _shortened(read.text)
        return Refused(
            quote,
            f"foibot cannot read “{quote}” as part of a section number. Name only the sections relied on.",
        )
    rows = [row for row in regime.exemptions if row.number == read.section]
    if not rows:
        return _no_exemption(read, regime)
    if any(authority_kind in row.not_for for row in rows):
        why = f"Section {read.section} is not for this kind of authority. {rows[0].note}"
        return Refused(_shortened(read.text), why)
    for old in regime.old_citations:
        if read.text.startswith(old.section):
            return _replaced(read, old, rows, regime)
    for_ncnd = [row for row in rows if row.leads_to(read.provision)]
    if for_ncnd and read.subsection:
        return _named(read, for_ncnd, regime)
    return _not_for_ncnd(read, rows, regime)


def _no_exemption(read: Citation, regime: Regime) -> Refused:
    for known in regime.not_exemptions:
        if known.section == read.section:
            return Refused(_shortened(read.text), known.why)
    if not regime.exemptions:
        return Refused(
            _shortened(read.text), f"foibot does not know the exceptions of {regime.short} yet."
        )
    return Refused(
        _shortened(read.text), f"Section {read.section} is not an exemption in {regime.short}."
    )


def _replaced(read: Citation, old: OldCitation, rows: list[Exemption], regime: Regime) -> Refused:
    row = next(row for row in rows if row.section == old.now)
    instead = _instead(row, (), regime)
    why = f"Section {old.section} was replaced on {in_words(old.since)}: cite section {instead.cited} ({old.citation})."
    return Refused(_shortened(read.text), why, (instead,))


def _named(
    read: Citation, rows: list[Exemption], regime: Regime
) -> tuple[Provision, ...] | Refused:
    """`rows` are those that `read.provision` may stand for: one for 31(3), two for 30(3), four for 40(5B)."""
    first = rows[0]
    taken: list[_Named] = []
    unknown: list[str] = []
    if read.reference:
        to = read.reference.provision
        rows = [row for row in rows if row.subsection == to]
        if not rows:
            why = f"Section {read.provision} does not refer to section {to}."
            return Refused(_shortened(read.text), why, (_instead(first, read.letters, regime),))
        limbs = {limb.letter: _Named(row, limb) for row in rows for limb in row.limbs}
        taken, unknown = _take(read.reference.letters, limbs)
    choices = _choices(read.provision, rows)
    own, not_own = _take(read.letters, choices)
    provisions = _provisions([*own, *taken], regime)
    unknown = not_own + unknown
    if unknown:
        letters = _shortened(", ".join(f"({letter})" for letter in dict.fromkeys(unknown)))
        why = f"Section {read.provision} has no paragraph {letters}."
        return Refused(_shortened(read.text), why, provisions or (_instead(rows[0], (), regime),))
    if provisions:
        return provisions
    if any(_says_too_little(read.provision, row) for row in rows):
        words = "; ".join(f"{bracketed(letter)} {named.words}" for letter, named in choices.items())
        why = f"Section {read.provision} does not say enough: name the limb. {words}."
        return Refused(_shortened(read.text), why, (_instead(rows[0], (), regime),))
    return _provisions([_Named(rows[0], None)], regime)


def _says_too_little(provision: str, row: Exemption) -> bool:
    return row.ncnd_provision != provision or bool(row.ncnd and row.ncnd.limb_required)


def _provisions(named: list[_Named], regime: Regime) -> tuple[Provision, ...]:
    """One provision for each row, its limbs in the order of the law."""
    limbs: dict[str, set[Limb]] = {}
    rows = {each.row.section: each.row for each in named}
    for each in named:
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


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE]}…"


def _not_for_ncnd(read: Citation, rows: list[Exemption], regime: Regime) -> Refused:
    withholding = [row for row in rows if read.subsection and read.provision in row.section]
    row = _nearest(read, withholding or [row for row in rows if row.ncnd] or rows)
    if not row.ncnd:
        why = f"Section {row.subsection} cannot be used to neither confirm nor deny. {row.note}"
        return Refused(_shortened(read.text), why)
    instead = _instead(row, read.letters, regime)
    if withholding:
        why = (
            f"Section {_shortened(read.text)} withholds information, so relying on it says that the information is held. "
            f"To neither confirm nor deny, cite section {instead.cited}."
        )
    else:
        options = listed(list(dict.fromkeys(row.ncnd_provision for row in rows if row.ncnd)))
        why = f"Section {_shortened(read.text)} does not lift the duty to confirm or deny; in it, {options} can."
    return Refused(_shortened(read.text), why, (instead,))


def _nearest(read: Citation, rows: list[Exemption]) -> Exemption:
    """Of several rows the one whose citation, or whose limb, is what was typed: 37(1)(b), 40(4A)(b)."""
    for row in rows:
        if read.text in row.section or _take(read.letters, _limbs_of(row))[0]:
            return row
    return rows[0]


def _instead(row: Exemption, letters: tuple[str, ...], regime: Regime) -> Provision:
    """The row's NCND provision with those of `letters` that it knows; with its first limb if it needs one."""
    named = _take(letters, _limbs_of(row))[0]
    if not named and row.ncnd and row.ncnd.limb_required:
        named = [_Named(row, row.ncnd_limbs[0])]
    return _provisions(named or [_Named(row, None)], regime)[0]


@dataclass(frozen=True, slots=True)
class _Named:
    """What a letter after a section stands for: a row, and a limb of it unless the letter is the row's own."""

    row: Exemption
    limb: Limb | None

    @property
    def words(self) -> str:
        return self.limb.words if self.limb else self.row.title


def _limbs_of(row: Exemption) -> dict[str, _Named]:
    return {limb.letter: _Named(row, limb) for limb in row.limbs}


def _choices(provision: str, rows: list[Exemption]) -> dict[str, _Named]:
    """What each letter after `provision` names: "a" after 31(3), "a" and "a(i)" after 40(5B)."""
    choices: dict[str, _Named] = {}
    for row in rows:
        own = row.ncnd_provision.removeprefix(provision).strip("()")
        if own:
            choices[own] = _Named(row, None)
            choices |= {f"{own}({limb.letter})": _Named(row, limb) for limb in row.own_ncnd_limbs}
        else:
            choices = {limb.letter: _Named(row, limb) for limb in row.ncnd_limbs} | choices
    return choices


def _take(letters: tuple[str, ...], choices: dict[str, _Named]) -> tuple[list[_Named], list[str]]:
    """What `letters` name among `choices`, and those that name nothing. "b", "i", "ii" is (b)(i) and (b)(ii)."""
    taken: list[_Named] = []
    unknown: list[str] = []
    outer = ""
    rest = deque(letters)
    while rest:
        letter = rest.popleft()
        if rest and f"{letter}({rest[0]})" in choices:
            outer = letter
            taken.append(choices[f"{outer}({rest.popleft()})"])
        elif f"{outer}({letter})" in choices:
            taken.append(choices[f"{outer}({letter})"])
        elif letter in choices:
            outer = letter
            taken.append(choices[letter])
        else:
            unknown.append(letter)
    return taken, unknown
