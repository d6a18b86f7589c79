"""Reads the certificates of officers and of authorities from their files, for an office where mail is signed."""

# ruff: noqa: PLC0415 - what verifies signatures is an extra, which most offices do not need

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from foibot.errors import AdministratorMustFix
from foibot.mail.addresses import same_address

if TYPE_CHECKING:
    from foibot.gateway.smime import Certificate, Signatures


class SignaturesCannotBeVerified(AdministratorMustFix):
    """A certificate cannot be read, or the package that verifies signatures is not there."""


def read_signatures(certificates: Mapping[str, Sequence[str]], authorities: str) -> Signatures:
    """What verifies signatures, from paths of files: those of each person by registered address, that of the authorities.

    Raises SignaturesCannotBeVerified with everything that is wrong.
    """
    try:
        from foibot.gateway.smime import Signatures
    except ImportError as problem:
        raise SignaturesCannotBeVerified(
            "Orders have to be signed, and the package that verifies signatures is missing: "
            "install foibot with pip install 'foibot[signatures]'."
        ) from problem
    problems: list[str] = []
    read = Signatures(
        {who: tuple(_all_in(files, problems)) for who, files in certificates.items()},
        tuple(_all_in([authorities] if authorities else [], problems)),
    )
    if problems:
        raise SignaturesCannotBeVerified("\n".join(problems))
    return read


def _all_in(files: Sequence[str], problems: list[str]) -> Iterator[Certificate]:
    from foibot.gateway.smime import CertificateUnreadable, certificates_in

    for file in files:
        try:
            yield from certificates_in(Path(file).read_bytes())
        except (OSError, CertificateUnreadable):
            problems.append(f"{file} cannot be read as a certificate, PEM or DER.")


def usable(
    signatures: Signatures, people: Mapping[str, Sequence[str]], now: datetime
) -> Iterator[tuple[bool, str]]:
    """What keeps somebody from signing now (True), or will before long (False).

    `people` are the addresses of everybody who signs, by registered address.
    """
    from foibot.gateway.smime import addresses, ends, ends_soon

    for who, own in people.items():
        known = signatures.certificates.get(who, ())
        for one in known:
            if not any(same_address(name, mine) for name in addresses(one) for mine in own):
                yield True, f"A certificate of {who} is for no address of theirs."
        if not known:
            continue
        last = max(map(ends, known))
        if last < now:
            yield True, f"The certificate of {who} expired on {last:%d %B %Y}."
        elif all(ends_soon(one, now) for one in known):
            yield (
                False,
                f"The certificate of {who} expires on {last:%d %B %Y}: add the next one in time.",
            )
