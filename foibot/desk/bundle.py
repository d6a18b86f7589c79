"""One case as a bundle for the regulator or a tribunal: story, chain, mails, letters, and an index of digests."""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256

from foibot.case.case import Case
from foibot.case.events import Recorded
from foibot.law import regime
from foibot.mail.compose import stamp
from foibot.outbox.item import Kind
from foibot.reports.case_file import case_json, case_lines
from foibot.store.transaction import Store, Transaction


def bundle(store: Store, reference: str) -> dict[str, bytes]:
    """The files of a case by name; empty if there is no such case.

    Notices to officers are named in the chain but left out; the case is whole without them. Orders are
    in it as they came, with the addresses they were sent to: give a bundle only to those who may see that.
    """
    with store.view() as tx:
        case = tx.cases.find(reference)
        if case is None:
            return {}
        history = tx.ledger.of_case(reference)
        files = dict(_files(tx, case, history))
    index = "".join(f"{sha256(content).hexdigest()}  {name}\n" for name, content in files.items())
    return {**files, "SHA256SUMS": index.encode()}


def _files(tx: Transaction, case: Case, history: list[Recorded]) -> Iterator[tuple[str, bytes]]:
    law = regime(case.regime)
    document = case_json(case, history, law)
    yield "case.json", json.dumps(document, indent=2, ensure_ascii=False).encode()
    yield "story.txt", ("\n".join(case_lines(case, history, law)) + "\n").encode()
    whole = case.keeping.split_from
    asked = [tx.inbox.raw_of(whole, case.message_sha256)] if whole else []
    for number, raw in enumerate((*asked, *tx.inbox.raws_of(case.reference)), start=1):
        yield f"received/{number:03}.eml", raw
    for mail in tx.outbox.of_case(case.reference):
        if mail.kind in {Kind.ACKNOWLEDGEMENT, Kind.LETTER} and mail.dated_at is not None:
            raw = stamp(tx.outbox.raw_of(mail.id), mail.dated_at, mail.message_id)
            yield f"sent/{mail.id}-{mail.kind}.eml", raw
    for letter in case.letters:
        stored = tx.letters.find(case.reference, letter.version)
        if stored is not None:
            yield f"letters/v{letter.version}.txt", stored.text.encode()
            yield f"letters/v{letter.version}.pdf", stored.pdf
            for file in stored.files:
                yield f"letters/v{letter.version}-files/{file.name}", file.content
