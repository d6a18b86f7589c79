"""What the checks say about a draft: the letter, the mail it would travel in, and the mails before it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from foibot.case.case import Case
from foibot.case.cautions import about_time, around_extension
from foibot.case.later_letters import LATER, ReviewResult
from foibot.case.parts import counts_as
from foibot.case.precedents import about_answer, against_repeated
from foibot.case.remarks import Remark
from foibot.desk.office import Office
from foibot.desk.precedent import known_about
from foibot.letters.facts import LetterFacts
from foibot.letters.file_names import told_by_names
from foibot.letters.lint import Finding, Severity, check_after_silence, check_draft
from foibot.letters.linting.document import Document, File, Mail
from foibot.letters.linting.letter_type import LetterType
from foibot.letters.linting.thread import EarlierMail, check_thread
from foibot.letters.linting.while_open import while_open
from foibot.letters.open_places import as_remark, mark_of
from foibot.letters.render import Letter
from foibot.letters.slot import Slot
from foibot.mail.compose import File as Attached
from foibot.mail.message import IncomingMail
from foibot.mail.parse import parse
from foibot.outbox.item import ItemState, Kind
from foibot.store.transaction import Transaction

_REACHED = frozenset(
    {ItemState.QUEUED, ItemState.HELD, ItemState.SENDING, ItemState.SENT, ItemState.UNCERTAIN}
)
"""What the requester has, may have, or is about to have."""


class LetterLeaks(Exception):
    """The words of a letter would break the law or give something away; `errors` say where."""

    def __init__(self, errors: tuple[Remark, ...]) -> None:
        """The message names rules alone: the words may be a person's."""
        super().__init__(", ".join(one.rule for one in errors))
        self.errors = errors


def remarks_on(
    tx: Transaction,
    office: Office,
    case: Case,
    letter: Letter,
    files: Sequence[Attached],
    facts: LetterFacts,
    result: str,
    places: Sequence[Slot],
) -> tuple[Remark, ...]:
    """What is to be said about a draft that may be made. Raises `LetterLeaks` if it may not be.

    `result` is what a review came to, "" for other letters; `places` are those where words are still to
    be written.
    """
    # An answer in parts is judged beside other answers by what its outcomes make of it.
    answer = counts_as(letter.kind, facts.parts)
    around = Mail(
        subject=letter.subject,
        sender=office.mailbox,
        files=tuple(File(one.name, one.content_type) for one in files),
    )
    document = Document(letter.text, mail=around, properties=(("title", letter.title),))
    drafted: Iterable[Finding] = check_draft(letter.kind, document, facts)
    if places:
        drafted = while_open(drafted, facts.slots.values(), [mark_of(one) for one in places])
    found = (
        *drafted,
        *check_thread(answer, _earlier(tx, case), facts),
        *_after_silence(case, letter, facts, result),
        *told_by_names(facts.files, (one.name for one in office.roster)),
    )
    known = known_about(tx, case)
    repeated = against_repeated(case, letter.kind, letter.text, known)
    errors = tuple(_remark(one) for one in found if one.severity is Severity.ERROR)
    if errors or repeated:
        raise LetterLeaks((*errors, *repeated))
    return (
        *map(as_remark, places),
        *map(_remark, found),
        *about_answer(answer, known, facts.provisions),
        *about_time(case, answer, facts.until, facts.regime, facts.today),
        *around_extension(case, answer, facts.provisions, facts.regime),
    )


def _after_silence(
    case: Case, letter: Letter, facts: LetterFacts, result: str
) -> tuple[Finding, ...]:
    """What a letter about a review gives away of a request that was neither confirmed nor denied."""
    if case.outcome != LetterType.NCND or letter.kind not in LATER:
        return ()
    return check_after_silence(facts, stays=result in {"", ReviewResult.UPHELD})


def _remark(finding: Finding) -> Remark:
    return Remark(
        finding.rule,
        finding.text,
        finding.why,
        finding.instead,
        finding.where,
        needs_reason=finding.severity is not Severity.NOTE,
    )


def _earlier(tx: Transaction, case: Case) -> Iterator[EarlierMail]:
    """What the requester was sent before, each mail read when it is asked for."""
    kinds = {one.version: one.kind for one in case.letters}
    for mail in tx.outbox.of_case(case.reference):
        if mail.kind not in {Kind.LETTER, Kind.ACKNOWLEDGEMENT} or mail.state not in _REACHED:
            continue
        read = parse(tx.outbox.raw_of(mail.id))
        kind = kinds.get(mail.version, "acknowledgement")
        name = f"letter of version {mail.version}" if mail.version else "acknowledgement"
        files = (
            tuple(one.name for one in read.attachments) if isinstance(read, IncomingMail) else ()
        )
        yield EarlierMail(
            name, kind, read.subject, read.text if isinstance(read, IncomingMail) else "", files
        )
