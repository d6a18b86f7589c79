"""Certificates are read from their files, and `foibot check` says who could not sign."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization

from foibot.checks import check_all
from foibot.config import Config, ConfigurationIsWrong, load
from foibot.config.approval import RuledKind, Signatures
from foibot.gateway.certificates import SignaturesCannotBeVerified, read_signatures
from foibot.gateway.system_clock import SystemClock
from foibot.officers.signing import Signs
from foibot.wiring import signatures_of, who_signs
from tests.certificates import Identity, identity, pem_of
from tests.office import TOM, configuration

ROOT = identity("Root", is_authority=True)
NOW = SystemClock().now()


@pytest.fixture(autouse=True)
def templates_tried_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trying every letter takes seconds, and is no part of this."""
    monkeypatch.setattr("foibot.checks._templates", lambda _config, _found: ())


def signing(config: Config, *files: str, signs: Signs = Signs.APPROVALS) -> Config:
    """Tom has to sign, with these files."""
    officers = tuple(
        one.model_copy(update={"signs": signs, "certificates": files})
        if one.address == TOM.address
        else one
        for one in config.officers
    )
    return replace(config, officers=officers)


def test_a_file_may_hold_one_certificate_or_several_in_either_form(tmp_path: Path) -> None:
    first, second = identity("A", "a@x.example"), identity("B", "a@x.example")
    (tmp_path / "two.pem").write_bytes(pem_of([first, second]))
    der = first.certificate.public_bytes(serialization.Encoding.DER)
    (tmp_path / "one.cer").write_bytes(der)
    files = [str(tmp_path / "two.pem"), str(tmp_path / "one.cer")]
    read = read_signatures({"a@x.example": files}, "")
    assert [one.dump() for one in read.certificates["a@x.example"]][::2] == [der, der]
    assert len(read.certificates["a@x.example"]) == 3


def test_what_cannot_be_read_is_named_all_at_once(tmp_path: Path) -> None:
    contents = {
        "a.pem": b"nothing",
        "b.pem": b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
    }
    contents["c.pem"] = b"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    files = [str(tmp_path / name) for name in contents]
    with pytest.raises(SignaturesCannotBeVerified) as said:
        read_signatures({"a@x.example": files}, str(tmp_path / "none.pem"))
    assert str(said.value).count("cannot be read as a certificate") == 4


def test_without_the_package_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyhanko", None)
    monkeypatch.delitem(sys.modules, "foibot.gateway.smime", raising=False)
    for name in [one for one in sys.modules if one.startswith("pyhanko.")]:
        monkeypatch.delitem(sys.modules, name)
    config = signing(configuration(tmp_path), "any.pem")
    checked = check_all(config, connect=False)
    assert checked.exit_code == 2
    assert any("pip install 'foibot[signatures]'" in one for one in checked.problems)


@pytest.mark.parametrize(
    ("who", "says", "code"),
    [
        (identity("Tom", TOM.address, end=NOW + timedelta(days=300)), "", 0),
        (identity("Tom", TOM.address, end=NOW + timedelta(days=9)), f"The certificate of {TOM.address} expires on", 0),
        (identity("Tom", TOM.address, end=NOW - timedelta(days=9)), f"The certificate of {TOM.address} expired on", 2),
        (identity("Tom", "eve@x.example"), f"A certificate of {TOM.address} is for no address of theirs", 2),
    ],
)  # fmt: skip
def test_check_says_who_could_not_sign(tmp_path: Path, who: Identity, says: str, code: int) -> None:
    config = signing(configuration(tmp_path), who.file(tmp_path, "tom.pem"))
    checked = check_all(config, connect=False)
    assert checked.exit_code == code
    about = [one for one in (*checked.problems, *checked.hints) if one.startswith("signatures")]
    assert [says in one for one in about] == ([True] if says else [])
    everybody = "everybody whose mail has to be signed can be known by a certificate"
    assert (everybody in checked.passed) is (not says)


def test_nothing_is_read_where_nobody_has_to_sign(tmp_path: Path) -> None:
    config = configuration(tmp_path)
    assert signatures_of(signing(config, "none.pem", signs=Signs.NOTHING)) is None
    assert who_signs(config) == {}


def test_where_a_letter_needs_it_every_approver_signs(tmp_path: Path) -> None:
    rules = Signatures(letters=(RuledKind.NCND,), authorities=ROOT.file(tmp_path, "root.pem"))
    config = replace(configuration(tmp_path), signatures=rules)
    assert len(who_signs(config)) == 3
    assert signatures_of(config) is not None
    assert check_all(config, connect=False).exit_code == 0


def _wrong(folder: Path, *changes: tuple[str, str]) -> dict[str, str]:
    text = (Path(__file__).parents[2] / "config.toml").read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    (folder / "config.toml").write_text(text, "utf-8")
    try:
        load(folder / "config.toml", {})
    except ConfigurationIsWrong as wrong:
        return {one.key: one.what for one in wrong.problems}
    return {}


def test_whoever_has_to_sign_needs_a_certificate_or_an_authority(tmp_path: Path) -> None:
    needs = ('signs = "nothing"', 'signs = "orders"')
    assert _wrong(tmp_path, needs) == {
        "officers[1].certificates": "is empty, and this person has to sign"
    }
    missing = ("certificates = []", 'certificates = ["none.pem"]')
    assert _wrong(tmp_path, needs, missing) == {"officers[1].certificates[1]": "is not a file"}
    assert _wrong(tmp_path, needs, ('authorities = ""', 'authorities = "root.pem"')) == {
        "signatures.authorities": "is not a file"
    }
    ROOT.file(tmp_path, "root.pem")
    assert _wrong(tmp_path, needs, ('authorities = ""', 'authorities = "root.pem"')) == {}
    letters = ("\nletters = []", '\nletters = ["ncnd"]')
    assert list(_wrong(tmp_path, letters)) == ["signatures.letters"]
    own = ("certificates = []", 'certificates = ["root.pem"]')
    assert _wrong(tmp_path, letters, own) == {}
