"""What was ordered for a letter, read again: its provisions, its questions with their outcomes, its open slots."""

from __future__ import annotations

from collections.abc import Iterable

from foibot.case.case import Case, LetterVersion
from foibot.case.outcome import LetterWanted
from foibot.case.parts import PartDecided, PartOutcome
from foibot.desk.office import Office
from foibot.errors import OfficerMustReword
from foibot.law.provisions import Problem, Provision, read_ncnd, read_withheld
from foibot.letters.facts import PartFacts
from foibot.letters.kind import Relies
from foibot.letters.slot import Slot


class ProvisionNoLongerStands(OfficerMustReword):
    """A provision of the draft cannot be relied on any more; order the letter again."""


def as_ordered(version: LetterVersion) -> LetterWanted:
    """What was ordered for this version."""
    return LetterWanted(
        kind=version.kind,
        provisions=" ".join(version.provisions),
        slots=version.slots,
        until=version.until,
        fee_pence=version.fee_pence,
        kept_files=tuple(one.name for one in version.files),
        parts=version.parts,
        result=version.result,
    )


def provisions_of(office: Office, case: Case, wanted: LetterWanted) -> tuple[Provision, ...]:
    """The provisions of a letter again, from how they were cited; those of its questions, where it answers by number."""
    if wanted.parts:
        every = (each for one in parts_of(office, case, wanted) for each in one.provisions)
        return tuple(dict.fromkeys(every))
    return _read(office, case, office.book.kinds[wanted.kind].relies, wanted.provisions)


def parts_of(office: Office, case: Case, wanted: LetterWanted) -> tuple[PartFacts, ...]:
    """The answer to each question, with the question as it was asked."""
    asked = {one.number: "\n\n".join(filter(None, (one.under, one.text))) for one in case.questions}
    return tuple(
        PartFacts(one.number, asked.get(one.number, ""), one.outcome, _relied_on(office, case, one))
        for one in wanted.parts
    )


def slots_of(office: Office, case: Case, version: LetterVersion) -> tuple[Slot, ...]:
    """The slots that are open in this version."""
    outcomes = {one.number: one.outcome for one in version.parts}
    provisions = provisions_of(office, case, as_ordered(version))
    return office.book.kinds[version.kind].under(case.regime).slots_on(provisions, outcomes)


def _relied_on(office: Office, case: Case, part: PartDecided) -> tuple[Provision, ...]:
    relies = Relies.NCND if part.outcome is PartOutcome.NCND else Relies.WITHHELD
    return _read(office, case, relies, " ".join(part.provisions))


def _read(office: Office, case: Case, relies: Relies, cited: str) -> tuple[Provision, ...]:
    if not cited:
        return ()
    law, authority = office.laws.of(case), office.rules.authority_kind
    reader = read_ncnd if relies is Relies.NCND else read_withheld
    read: Iterable[Provision | Problem] = reader(cited, law, authority_kind=authority)
    if relies is Relies.WEIGHED and any(isinstance(one, Problem) for one in read):
        # An extension may weigh either; what was ordered as one is not read as the other.
        read = read_ncnd(cited, law, authority_kind=authority)
    problems = [one.why for one in read if isinstance(one, Problem)]
    if problems:
        raise ProvisionNoLongerStands(f"{cited}: {' '.join(problems)}")
    return tuple(one for one in read if isinstance(one, Provision))
