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
    words = tuple(dict.fromkeys(terms_in(asked)))[:_MOST]
    if words and not tx.terms.has(words, case.year, case.number):
        tx.terms.add(words, case.year, case.number)
