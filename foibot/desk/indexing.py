"""Keeps each case under its words, so that a search finds it: those of its subject and request, and of who asked."""

from __future__ import annotations

from foibot.case.case import Case
from foibot.case.suggestions.likeness import terms_in
from foibot.store.transaction import Transaction

INDEXED = "indexed-for-search"
"""Which older cases were kept under their words so far."""

_MOST = 400


def index(tx: Transaction, case: Case) -> None:
    """Keep a case under its words: of its subject and its request, and of who asked."""
    asked = f"{case.reference} {case.requester.address} {case.requester.name} {case.subject}\n{case.request_text}"
    first = next(terms_in(asked), None)
    if first is not None and not tx.terms.has(first, case.year, case.number):
        words = tuple(dict.fromkeys(terms_in(asked)))[:_MOST]
        tx.terms.add(words, case.year, case.number)
