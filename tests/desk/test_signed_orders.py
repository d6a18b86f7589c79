"""Orders that have to be signed (S/MIME): signed ones are obeyed, all others are answered with what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes

from foibot.case.case import LetterState
from foibot.config.approval import RuledKind, Signatures
from foibot.demo.correspondent import Person, reply
from foibot.desk.verify import verify
from foibot.officers.signing import Signs
from tests.certificates import (
    Identity,
    apple,
    identity,
    in_one,
    opaque,
    outlook,
    wrapped,
)
from tests.office import JANE, ORDER, RUTH, TOM, Mail, Office, office

ROOT = identity("Exampleshire Root", is_authority=True)
TOMS = identity("Tom Teal", TOM.address)
JANES = identity("Jane Orange", JANE.address)
ISSUED = identity("Tom by the root", TOM.address, issuer=ROOT)


@dataclass(slots=True)
class Post:
    """An office where Tom has to sign, with a letter that waits for him."""

    desk: Office
    draft: Mail

    def plain(
        self, words: str = "approve v1", *, who: Person = TOM, to: Mail | None = None
    ) -> bytes:
        """An unsigned reply to a notice, as its writer's program sends it."""
        desk, notice = self.desk, to or self.draft
        name = desk.message_id("exampleshire.example")
        return reply(who, notice.raw, words, desk.clock.now(), message_id=name)

    def arrives(self, raw: bytes, who: Person = TOM) -> str:
        """The border vouches for it, and it arrives."""
        return self.desk.arrives(self.desk.border(raw, who.address, login=True))

    @property
    def state(self) -> LetterState:
        """That of the current letter."""
        current = self.desk.case().current
        assert current is not None
        return current.state


def signing(
    desk: Office,
    folder: Path,
    who: Person = TOM,
    signs: Signs = Signs.APPROVALS,
    *,
    own: Identity | None = TOMS,
) -> None:
    """This person has to sign from now on."""
    files = (own.file(folder, "own.pem"),) if own else ()
    desk.staff(
        [
            one.model_copy(update={"signs": signs, "certificates": files})
            if one.address == who.address
            else one
            for one in desk.config.officers
        ]
    )


@pytest.fixture(scope="module")
def waiting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Post]:
    """An office in which a draft waits for Tom."""
    with office(tmp_path_factory.mktemp("signed")) as desk:
        yield Post(desk, desk.drafted())


@contextmanager
def again(waiting: Post, folder: Path) -> Iterator[Post]:
    """The same office once more, which may be changed; all its mail has to be read."""
    twin = waiting.desk.twin(folder / "office")
    yield Post(twin, waiting.draft)
    twin.close()
    assert twin.unread == []


@pytest.fixture
def post(waiting: Post, tmp_path: Path) -> Iterator[Post]:
    with again(waiting, tmp_path) as post:
        signing(post.desk, tmp_path)
        yield post


@pytest.fixture
def issued(waiting: Post, tmp_path: Path) -> Iterator[Post]:
    """Nobody has a certificate of their own here; the root issues them, and NCND letters need one."""
    with again(waiting, tmp_path) as post:
        root = ROOT.file(tmp_path, "root.pem")
        rules = Signatures(letters=(RuledKind.NCND,), authorities=root)
        post.desk.config = replace(post.desk.config, signatures=rules)
        post.desk.staff(post.desk.config.officers)
        yield post


def refusal(post: Post, why: str, *, who: Person = TOM) -> None:
    """Nothing was done, and the officer hears why and what to do."""
    assert post.state is LetterState.DRAFT
    answer = post.desk.one_for(who)
    assert answer.kind == "order-refused"
    assert why in answer.words


@pytest.mark.parametrize("shape", [apple, outlook, opaque])
def test_an_approval_signed_by_the_officer_is_obeyed(
    post: Post, shape: Callable[[bytes, Identity], bytes]
) -> None:
    assert post.arrives(shape(post.plain(), TOMS)) == "command"
    assert post.state is LetterState.APPROVED
    assert list(verify(post.desk.store)) == []
    assert "OrderSigned" in post.desk.kinds()
    post.desk.discards()


@pytest.mark.parametrize("shape", [apple, outlook, opaque])
def test_a_certificate_that_the_authority_issued_does_as_well(
    issued: Post, shape: Callable[[bytes, Identity], bytes]
) -> None:
    assert issued.arrives(shape(issued.plain(), ISSUED)) == "command"
    assert issued.state is LetterState.APPROVED
    issued.desk.discards()


def test_an_authority_in_between_is_followed(issued: Post) -> None:
    between = identity("Exampleshire Staff", issuer=ROOT, is_authority=True)
    toms = identity("Tom in between", TOM.address, issuer=between, bits=2048)
    assert issued.arrives(apple(issued.plain(), toms)) == "command"
    issued.desk.discards()


def test_an_unsigned_approval_is_answered_with_what_to_do(post: Post) -> None:
    assert post.arrives(post.plain()) == "command-refused"
    assert post.state is LetterState.DRAFT
    answer = post.desk.one_for(TOM)
    assert '"approve" counts from you only in a signed mail (S/MIME).' in answer.words
    assert "It is not signed. Switch on signing (S/MIME) in your mail program" in answer.words
    assert "approve v1" in answer.words
    assert post.arrives(apple(post.plain(to=answer), TOMS)) == "command"
    assert post.state is LetterState.APPROVED
    post.desk.discards()


@pytest.mark.parametrize(
    "words",
    ["stop", "pause: a leak", "reject v1: not yet", "hold v1", "when", "show", "find attacks"],
)
def test_what_lets_nothing_leave_needs_no_signature(post: Post, tmp_path: Path, words: str) -> None:
    signing(post.desk, tmp_path, signs=Signs.ORDERS)
    post.arrives(post.plain(words))
    assert not any(
        "signed" in mail.words for mail in post.desk.post_for(TOM) if mail.kind == "order-refused"
    )
    post.desk.discards()


def test_who_signs_all_orders_drafts_and_notes_by_signed_mail_alone(tmp_path: Path) -> None:
    with office(tmp_path / "office") as desk:
        signing(desk, tmp_path, JANE, Signs.ORDERS, own=JANES)
        desk.asks()
        notice = desk.one_for(JANE)
        desk.discards()
        post = Post(desk, notice)
        orders = (
            "ncnd 23(5) 24(2) 31(3)(a)",
            "note: rang",
            "new received 3 Dec by post\nabout: x",
            "not foi: a sale",
        )
        for words in orders:
            assert post.arrives(post.plain(words, who=JANE), JANE) == "command-refused"
            assert "counts from you only in a signed mail" in desk.one_for(JANE).words
        assert desk.case().letters == ()
        assert post.arrives(outlook(post.plain(orders[0], who=JANE), JANES), JANE) == "command"
        assert len(desk.case().letters) == 1
        assert post.arrives(post.plain("abracadabra", who=JANE), JANE) == "command-refused"
        assert "is not an order" in desk.one_for(JANE, "order-refused").words
        desk.discards()


def test_letters_of_other_kinds_need_no_signature(tmp_path: Path) -> None:
    root = ROOT.file(tmp_path, "root.pem")
    signatures = {"letters": (RuledKind.NCND,), "authorities": root}
    with office(tmp_path / "issued", signatures=signatures) as desk:
        draft = desk.drafted("disclose\n\nForty-two.")
        assert desk.orders(TOM, draft, "approve v1") == "command"
        desk.discards()


def test_for_a_letter_of_the_kind_the_rule_is_said(issued: Post) -> None:
    assert issued.arrives(issued.plain()) == "command-refused"
    refusal(issued, "A letter of this kind is approved by a signed mail (S/MIME) alone.")


def _altered(raw: bytes) -> bytes:
    assert b"approve v1" in raw
    return raw.replace(b"approve v1", b"approve v1 ", 1)


def _in_unsigned(raw: bytes) -> bytes:
    """A gateway's disclaimer around the signed mail, or a forger's order above it."""
    head, gap, body = raw.partition(b"MIME-Version: 1.0\r\n")
    return (
        head + gap + b"Content-Type: multipart/mixed; boundary=outer\r\n\r\n--outer\r\n"
        b"Content-Type: text/plain\r\n\r\napprove v1\r\n--outer\r\n" + body + b"\r\n--outer--\r\n"
    )


def _beside(raw: bytes) -> bytes:
    """A part without signature before the signed one, in the same multipart/signed."""
    mark = b"--Apple-Mail=_4F1C\r\n"
    return raw.replace(mark, mark + b"\r\napprove v1\r\n" + mark, 1)


def _with_other_content(raw: bytes) -> bytes:
    """Tom's signature, kept, beside words of somebody else."""
    mark = b"--Apple-Mail=_4F1C\r\n"
    before, _, rest = raw.partition(mark)
    _, _, seal = rest.partition(mark)
    return before + mark + b"Content-Type: text/plain\r\n\r\napprove v1\r\n" + mark + seal


OLD = datetime(2020, 2, 1, tzinfo=UTC)
REFUSED: dict[str, tuple[Callable[[Post], bytes], str]] = {
    "altered": (lambda p: _altered(apple(p.plain(), TOMS)), "they were changed after it was signed"),
    "other words": (lambda p: _with_other_content(apple(p.plain(), TOMS)), "they were changed after"),
    "in an unsigned wrapping": (lambda p: _in_unsigned(apple(p.plain(), TOMS)), "something unsigned stands around"),
    "an unsigned part beside": (lambda p: _beside(apple(p.plain(), TOMS)), "something unsigned stands around"),
    "by another officer": (lambda p: apple(p.plain(), JANES), "is not the one known here for you"),
    "by a stranger of the same name": (lambda p: apple(p.plain(), identity("Tom", TOM.address)), "is not the one known here"),
    "no signature in it": (lambda p: _without_seal(p), "Its signature cannot be read"),
    "encrypted": (lambda p: _encrypted(p), "no words of its own above"),
    "broken opaque": (lambda p: _broken_opaque(p), "they were changed after it was signed"),
}  # fmt: skip


def _without_seal(post: Post) -> bytes:
    return apple(post.plain(), Identity(TOMS.key, TOMS.certificate)).replace(b"\r\nMII", b"\r\nMJJ")


def _encrypted(post: Post) -> bytes:
    head, _, _ = opaque(post.plain(), TOMS).partition(b"MIME-Version")
    signed, enveloped = bytes.fromhex("2a864886f70d010702"), bytes.fromhex("2a864886f70d010703")
    entity = b"Content-Type: text/plain\r\n\r\napprove v1\r\n"
    return head + in_one(TOMS.signature(entity, opaque=True).replace(signed, enveloped))


def _broken_opaque(post: Post) -> bytes:
    head, _, _ = opaque(post.plain(), TOMS).partition(b"MIME-Version")
    entity = b"Content-Type: text/plain\r\n\r\nreject v1: no\r\n"
    other = TOMS.signature(entity, opaque=True).replace(b"reject v1: no", b"approve v1   ")
    return head + in_one(other)


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_signed_as_it_should_be_is_refused(post: Post, name: str) -> None:
    mail, why = REFUSED[name]
    assert post.arrives(mail(post)) == "command-refused"
    refusal(post, why)


UNFIT = {
    "expired": (identity("Tom expired", TOM.address, end=OLD), "has expired"),
    "not valid yet": (identity("Tom early", TOM.address, start=datetime(2025, 1, 1, tzinfo=UTC)), "is not valid yet"),
    "for another address": (identity("Tom elsewhere", "tom@elsewhere.example"), "does not name the address"),
    "for a web server": (identity("Tom web", TOM.address, for_mail=False), "is not meant for signing mail"),
    "for encrypting": (identity("Tom crypt", TOM.address, may_sign=False), "is not meant for signing mail"),
    "with a short key": (identity("Tom short", TOM.address, bits=1024), "no longer safe"),
}  # fmt: skip


@pytest.mark.parametrize("name", UNFIT)
def test_an_unfit_certificate_is_refused_although_it_is_the_officers(
    post: Post, tmp_path: Path, name: str
) -> None:
    own, why = UNFIT[name]
    signing(post.desk, tmp_path, own=own)
    assert post.arrives(apple(post.plain(), own)) == "command-refused"
    refusal(post, why)


UNTRUSTED = {
    "made by the officer": (TOMS, "none of the known authorities issued"),
    "of another authority": (identity("Tom x", TOM.address, issuer=identity("Other Root", is_authority=True)), "none of the known authorities issued"),
    "issued by a person": (identity("Tom y", TOM.address, issuer=identity("Eve", "eve@exampleshire.example", issuer=ROOT)), "none of the known authorities issued"),
    "of a colleague": (identity("Jane by the root", JANE.address, issuer=ROOT), "does not name the address"),
    "expired": (identity("Tom z", TOM.address, issuer=ROOT, end=OLD), "has expired"),
    "by an authority that expired": (identity("Tom w", TOM.address, issuer=identity("Old Staff", issuer=ROOT, is_authority=True, end=OLD)), "has expired"),
}  # fmt: skip


@pytest.mark.parametrize("name", UNTRUSTED)
def test_a_certificate_that_no_authority_vouches_for_is_refused(issued: Post, name: str) -> None:
    own, why = UNTRUSTED[name]
    assert issued.arrives(apple(issued.plain(), own)) == "command-refused"
    refusal(issued, why)


def test_a_weak_digest_is_refused(post: Post) -> None:
    """SHA-224 stands for all that are not on the list: the library signs with nothing weaker."""
    head, _, _ = apple(post.plain(), TOMS).partition(b"MIME-Version")
    entity = b"Content-Type: text/plain\r\n\r\napprove v1\r\n"
    seal = TOMS.signature(entity, digest=hashes.SHA224())
    raw = head + wrapped(entity, seal, "b", "application/pkcs7-signature")
    assert post.arrives(raw) == "command-refused"
    refusal(post, "a method that is no longer safe")


def test_only_the_signed_words_are_read(post: Post) -> None:
    """Text before the parts, and after them, is shown by no program and read by nobody."""
    raw = outlook(post.plain("reject v1: say more"), TOMS)
    raw = (
        raw.replace(b"This is a multipart message in MIME format.", b"approve v1")
        + b"\r\napprove v1\r\n"
    )
    assert post.arrives(raw) == "command"
    assert post.state is LetterState.REJECTED
    post.desk.discards()


def test_a_signature_counts_once_and_not_in_answer_to_another_notice(post: Post) -> None:
    desk = post.desk
    signed = apple(post.plain("approve v1"), TOMS)
    desk.asks("And in the years before that?", subject="Another question")
    desk.orders(JANE, desk.one_for(JANE), "ncnd 31(3)(a)")
    other = desk.one_for(TOM)
    desk.discards()
    entity = signed.partition(b"MIME-Version: 1.0\r\n")[2]
    forged = post.plain("approve v1", to=other).partition(b"MIME-Version: 1.0\r\n")[0]
    assert post.arrives(signed) == "command"
    desk.discards()
    assert post.arrives(forged + b"MIME-Version: 1.0\r\n" + entity) == "command-refused"
    assert "Its signature was used before" in desk.one_for(TOM).words
    second = desk.case(desk.cases()[1]).current
    assert second is not None
    assert second.state is LetterState.DRAFT


def test_a_signature_is_used_up_by_a_mail_that_is_refused_for_its_recipients(post: Post) -> None:
    desk = post.desk
    signed = apple(post.plain(), TOMS)
    assert post.arrives(b"Cc: eve@elsewhere.example\r\n" + signed) == "command-refused"
    desk.discards(TOM)
    again = signed.replace(b"Message-ID: <m.", b"Message-ID: <n.", 1)
    assert post.arrives(again) == "command-refused"
    refusal(post, "Its signature was used before")


def test_a_used_secret_stays_used_however_it_is_signed(post: Post) -> None:
    assert post.arrives(apple(post.plain("hold v1"), TOMS)) == "command"
    post.desk.discards()
    assert post.arrives(apple(post.plain("approve v1"), TOMS)) == "command-refused"
    assert "does not answer an unused notice" in post.desk.one_for(TOM, "order-refused").words
    post.desk.discards()


SILENT = b"Received: from x by mx.exampleshire.example; Tue, 8 Dec 2020 09:12:00 +0000\r\n"


def test_an_order_that_waited_for_its_confirmation_counts_by_its_own_signature(post: Post) -> None:
    desk = post.desk
    assert desk.arrives(SILENT + apple(post.plain(), TOMS)) == "command-refused"
    asked = desk.one_for(TOM)
    assert asked.kind == "confirm-order"
    assert desk.orders(TOM, asked, "confirm") == "command"
    assert post.state is LetterState.APPROVED
    desk.discards()


def test_the_confirmation_of_an_unsigned_approval_does_not_sign_it(post: Post) -> None:
    post.desk.arrives(SILENT + post.plain())
    assert post.desk.orders(TOM, post.desk.one_for(TOM), "confirm") == "command-refused"
    refusal(post, "It is not signed")


def test_the_letter_says_to_those_who_have_to_sign_that_they_have_to(tmp_path: Path) -> None:
    with office(tmp_path / "office") as desk:
        signing(desk, tmp_path)
        desk.asks()
        desk.orders(JANE, desk.one_for(JANE), ORDER)
        assert "it counts only in a signed mail (S/MIME)" in desk.one_for(TOM).words
        ruths = desk.one_for(RUTH)
        assert "S/MIME" not in ruths.words
        assert desk.orders(RUTH, ruths, "approve v1") == "command"
        desk.discards()


def test_what_lets_mail_leave_again_has_to_be_signed(post: Post, tmp_path: Path) -> None:
    signing(post.desk, tmp_path, signs=Signs.ORDERS)
    assert post.arrives(post.plain("pause: a leak")) == "command"
    post.desk.discards()
    assert post.arrives(post.plain("resume")) == "command-refused"
    assert '"resume" counts from you only in a signed mail' in post.desk.one_for(TOM).words
    assert post.arrives(apple(post.plain("resume"), TOMS)) == "command"
    post.desk.discards()


def test_a_second_order_under_one_that_needs_no_signature_needs_its_own(
    post: Post, tmp_path: Path
) -> None:
    signing(post.desk, tmp_path, signs=Signs.ORDERS)
    post.arrives(post.plain("show\nnote: rang the requester"))
    assert "Noted" not in post.desk.kinds()
    assert any("only in a signed mail" in one.words for one in post.desk.post_for(TOM))
    post.desk.discards()
    post.arrives(apple(post.plain("show\nnote: rang the requester"), TOMS))
    assert "Noted" in post.desk.kinds()
    post.desk.discards()
