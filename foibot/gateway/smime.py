"""Verifies S/MIME signatures with pyHanko: whose certificate, valid when, over which bytes; asks no server."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import new, sha256
from typing import Any

from asn1crypto import cms, core, pem, x509
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import validate_sig_integrity
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import (
    ExpiredError,
    NotYetValidError,
    PathError,
    ValidationError,
)

from foibot.mail.sealed import Sealed
from foibot.officers.signing import Fault, Seal

_HASHES = frozenset({"sha256", "sha384", "sha512"})
_SHORTEST_RSA = 2048
_SOON = timedelta(days=30)
Certificate = Any


@dataclass(frozen=True, slots=True)
class Signatures:
    """The certificates of officers by registered address, and the authorities believed for all others."""

    certificates: Mapping[str, tuple[Certificate, ...]]
    authorities: tuple[Certificate, ...]

    def seal_on(self, sealed: Sealed, officer: str, now: datetime) -> Seal | Fault:
        """The signature, verified as this officer's at this moment; or why it does not count."""
        try:
            return self._seal_on(sealed, officer, now)
        except Exception:  # noqa: BLE001 - a stranger's bytes in a parser: whatever it says, they prove nothing
            return Fault.UNREADABLE

    def _seal_on(self, sealed: Sealed, officer: str, now: datetime) -> Seal | Fault:
        signed = _signed_data(sealed)
        if signed is None:
            return Fault.UNREADABLE
        signer, brought = signed
        hashed = signer["digest_algorithm"]["algorithm"].native
        if hashed not in _HASHES:
            return Fault.WEAK
        own = self.certificates.get(officer, ())
        certificate = _of_signer(signer, own or brought)
        if certificate is None:
            return Fault.NOT_THEIRS if own else Fault.UNREADABLE
        fault = (
            _about_key(certificate)
            or _about_bytes(signer, certificate, new(hashed, sealed.content).digest())
            or _about_dates(certificate, now)
            or _about_use(certificate)
        )
        if fault is None and not own:
            fault = asyncio.run(_about_issuer(certificate, brought, self.authorities, now))
        return fault or Seal(
            addresses(certificate), _mark(signer), sha256(certificate.dump()).hexdigest()
        )


def _signed_data(sealed: Sealed) -> tuple[Any, tuple[Certificate, ...]] | None:
    """The one signer, and the certificates beside the signature; None unless it signs what we think it does."""
    wrapped = cms.ContentInfo.load(sealed.signature)
    if wrapped["content_type"].native != "signed_data":
        return None
    data = wrapped["content"]
    inside = data["encap_content_info"]
    if inside["content_type"].native != "data" or len(data["signer_infos"]) != 1:
        return None
    if sealed.detached and inside["content"].native is not None:
        return None
    (signer,) = data["signer_infos"]
    # Without signed attributes nothing tells a signature over words from one over attributes.
    if isinstance(signer["signed_attrs"], core.Void):
        return None
    found = [one.chosen for one in data["certificates"] if one.name == "certificate"]
    return signer, tuple(found)


def _of_signer(signer: Any, among: Sequence[Certificate]) -> Certificate | None:
    named = signer["sid"]
    for one in among:
        if named.name == "subject_key_identifier":
            if one.key_identifier == named.native:
                return one
        elif (one.issuer, one.serial_number) == (
            named.chosen["issuer"],
            named.chosen["serial_number"].native,
        ):
            return one
    return None


def _about_key(certificate: Certificate) -> Fault | None:
    key = certificate.public_key
    short = key.algorithm in {"rsa", "rsassa_pss"} and key.bit_size < _SHORTEST_RSA
    return Fault.WEAK if short else None


def _about_bytes(signer: Any, certificate: Certificate, digest: bytes) -> Fault | None:
    try:
        fits, is_valid = validate_sig_integrity(signer, certificate, "data", digest)
    except SignatureValidationError:
        return Fault.UNREADABLE
    return None if fits and is_valid else Fault.ALTERED


def _about_dates(certificate: Certificate, now: datetime) -> Fault | None:
    if now < certificate.not_valid_before:
        return Fault.TOO_EARLY
    return Fault.EXPIRED if now > certificate.not_valid_after else None


def _about_use(certificate: Certificate) -> Fault | None:
    use, purposes = certificate.key_usage_value, certificate.extended_key_usage_value
    if use is not None and not {"digital_signature", "non_repudiation"} & use.native:
        return Fault.NOT_FOR_MAIL
    if purposes is not None and not {"email_protection", "any_extended_key_usage"} & set(
        purposes.native
    ):
        return Fault.NOT_FOR_MAIL
    return None


async def _about_issuer(
    certificate: Certificate,
    brought: Sequence[Certificate],
    authorities: Sequence[Certificate],
    now: datetime,
) -> Fault | None:
    """Whether one of the authorities issued it, by a path that is valid now (RFC 5280 s.6)."""
    known = ValidationContext(trust_roots=authorities, moment=now, allow_fetching=False)
    try:
        await CertificateValidator(
            certificate, intermediate_certs=brought, validation_context=known
        ).async_validate_path()
    except (ExpiredError, NotYetValidError):
        return Fault.EXPIRED
    except (ValidationError, PathError):
        return Fault.UNKNOWN_ISSUER
    return None


def _mark(signer: Any) -> str:
    """What was signed, time of signing included: the same for every copy of one signature."""
    return sha256(signer["signed_attrs"].untag().dump()).hexdigest()


def addresses(certificate: Certificate) -> tuple[str, ...]:
    """The email addresses that a certificate is for."""
    names = certificate.subject_alt_name_value or ()
    found = [one.native for one in names if one.name == "rfc822_name"]
    subject = certificate.subject.native.get("email_address", ())
    found += [subject] if isinstance(subject, str) else subject
    return tuple(dict.fromkeys(found))


class CertificateUnreadable(ValueError):
    """The file holds no certificate that can be read."""


def certificates_in(content: bytes) -> tuple[Certificate, ...]:
    """The certificates in a file, PEM or DER. Raises CertificateUnreadable."""
    try:
        found = [content]
        if pem.detect(content):
            found = [der for kind, _, der in pem.unarmor(content, multiple=True) if kind == "CERTIFICATE"]  # fmt: skip
        read = tuple(x509.Certificate.load(der, strict=True) for der in found)
        for one in read:
            _ = one.native
    except (ValueError, TypeError) as problem:
        raise CertificateUnreadable(str(problem)) from problem
    if not read:
        raise CertificateUnreadable("no certificate")
    return read


def ends(certificate: Certificate) -> datetime:
    """The last moment at which a certificate is valid."""
    moment: datetime = certificate.not_valid_after
    return moment


def ends_soon(certificate: Certificate, now: datetime) -> bool:
    """Whether somebody has to get a new one within weeks."""
    return ends(certificate) - now < _SOON
