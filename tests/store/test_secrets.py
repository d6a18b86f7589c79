"""Secrets are kept as digests, found by either form, and used once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError

from foibot.store.database import write
from foibot.store.secrets import digest
from foibot.store.tables import secrets
from foibot.store.transaction import Store
from tests.case.case_files import JANE, REFERENCE, TOM
from tests.store.store_tools import NOW, issued, later


def issue(store: Store, *those: object) -> None:
    with store.transaction() as tx:
        tx.secrets.issue(those, NOW)  # type: ignore[arg-type]


def test_a_secret_is_found_by_either_form_in_any_case(store: Store) -> None:
    issue(store, issued(1), issued(2, officer=JANE, version=0))
    with store.view() as tx:
        for word in (issued(1).secret, issued(1).in_subject, issued(1).secret.upper()):
            [found] = tx.secrets.known(["nothing", word])
            assert (found.officer, found.case, found.version) == (TOM, REFERENCE, 1)
            assert found.expires_at == later(days=30)
            assert not found.used
            assert not found.revoked
        assert tx.secrets.known([]) == []
        assert tx.secrets.known(["\x00\udc80", ""]) == []


def test_both_forms_in_one_mail_are_one_secret(store: Store) -> None:
    issue(store, issued(1))
    with store.view() as tx:
        assert len(tx.secrets.known([issued(1).secret, issued(1).in_subject])) == 1


def test_no_secret_stands_in_the_database(store: Store, engine: Engine) -> None:
    issue(store, issued(1))
    with write(engine) as connection:
        row = connection.execute(select(secrets)).one()
    text = " ".join(str(value) for value in row)
    assert issued(1).secret not in text
    assert issued(1).in_subject not in text
    assert row.digest == digest(issued(1).secret)


def test_the_newest_comes_first(store: Store) -> None:
    words = [issued(n).secret for n in (1, 2, 3)]
    with store.transaction() as tx:
        tx.secrets.issue([issued(1, version=5)], NOW)
        tx.secrets.issue([issued(2, version=1), issued(3, version=2)], later(seconds=1))
        assert [one.version for one in tx.secrets.known(words)] == [2, 1, 5]


def test_a_secret_is_used_once(store: Store) -> None:
    issue(store, issued(1))
    with store.transaction() as tx:
        assert tx.secrets.use(digest(issued(1).secret), NOW)
        assert not tx.secrets.use(digest(issued(1).secret), later(days=1))
        assert not tx.secrets.use("0" * 64, NOW)
        assert tx.secrets.known([issued(1).secret])[0].used


def test_what_was_not_used_can_be_ended(store: Store) -> None:
    issue(store, issued(1), issued(2), issued(3))
    with store.transaction() as tx:
        assert tx.secrets.use(digest(issued(2).secret), NOW)
        tx.secrets.end([digest(issued(n).secret) for n in (1, 2)], NOW)
        tx.secrets.end([], NOW)
        found = [tx.secrets.known([issued(n).secret])[0] for n in (1, 2, 3)]
        assert [(one.used, one.revoked) for one in found] == [
            (False, True),
            (True, False),
            (False, False),
        ]
        assert not tx.secrets.use(digest(issued(1).secret), NOW)


def test_of_many_who_use_it_at_once_one_does(store: Store) -> None:
    issue(store, issued(1))

    def use(_who: int) -> bool:
        with store.transaction() as tx:
            return tx.secrets.use(digest(issued(1).secret), NOW)

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(use, range(16))) == 1


def test_a_use_that_is_given_up_is_no_use(store: Store) -> None:
    issue(store, issued(1))

    def given_up() -> None:
        with store.transaction() as tx:
            tx.secrets.use(digest(issued(1).secret), NOW)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        given_up()
    with store.transaction() as tx:
        assert tx.secrets.use(digest(issued(1).secret), NOW)


def test_a_new_version_ends_the_old_ones_secrets_and_no_others(store: Store) -> None:
    those = [issued(1), issued(2), issued(3, version=2), issued(4, case="000043/20"), issued(5)]
    issue(store, *those)
    with store.transaction() as tx:
        tx.secrets.use(digest(issued(5).secret), NOW)
        tx.secrets.revoke(REFERENCE, 1, NOW)
        ended = {n: tx.secrets.known([issued(n).secret])[0].revoked for n in range(1, 6)}
        assert ended == {1: True, 2: True, 3: False, 4: False, 5: False}
        assert not tx.secrets.use(digest(issued(1).secret), NOW)
        assert tx.secrets.use(digest(issued(3).secret), NOW)


def test_the_same_secret_is_never_issued_twice(store: Store) -> None:
    issue(store, issued(1))
    with pytest.raises(IntegrityError):
        issue(store, issued(1, officer=JANE))


def test_nothing_to_issue_issues_nothing(store: Store) -> None:
    issue(store)
    with store.view() as tx:
        assert tx._connection.execute(select(secrets)).all() == []
