"""Certificates for tests, made here, and mails signed with them as mail programs sign."""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from functools import cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

START, END = datetime(2020, 1, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC)
Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


@dataclass(frozen=True, slots=True)
class Identity:
    """A key, its certificate, and those of whoever issued it."""

    key: Key
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...] = ()

    def file(self, folder: Path, name: str) -> str:
        """The certificate as a PEM file; its path."""
        path = folder / name
        path.write_bytes(self.certificate.public_bytes(serialization.Encoding.PEM))
        return str(path)

    def signature(
        self, content: bytes, *, opaque: bool = False, digest: hashes.HashAlgorithm | None = None
    ) -> bytes:
        """The signature over these bytes, in DER."""
        options = [pkcs7.PKCS7Options.Binary] + ([] if opaque else [pkcs7.PKCS7Options.DetachedSignature])  # fmt: skip
        builder = pkcs7.PKCS7SignatureBuilder().set_data(content)
        builder = builder.add_signer(self.certificate, self.key, digest or hashes.SHA256())  # type: ignore[arg-type]
        for one in self.chain:
            builder = builder.add_certificate(one)
        return builder.sign(serialization.Encoding.DER, options)


@cache
def key(name: str, *, bits: int = 0) -> Key:
    """The key of this name; an elliptic curve's, or RSA of so many bits."""
    return (
        rsa.generate_private_key(65537, bits) if bits else ec.generate_private_key(ec.SECP256R1())
    )


def identity(
    name: str,
    *addresses: str,
    issuer: Identity | None = None,
    is_authority: bool = False,
    start: datetime = START,
    end: datetime = END,
    bits: int = 0,
    for_mail: bool = True,
    may_sign: bool = True,
) -> Identity:
    """Somebody with a certificate for these addresses, self-signed unless somebody issues it."""
    own = key(name, bits=bits)
    called = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    purpose = ExtendedKeyUsageOID.EMAIL_PROTECTION if for_mail else ExtendedKeyUsageOID.SERVER_AUTH
    builder = (
        x509.CertificateBuilder()
        .subject_name(called)
        .issuer_name(issuer.certificate.subject if issuer else called)
        .public_key(own.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(end)
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(own.public_key()), critical=False)
        .add_extension(_use(is_authority=is_authority, may_sign=may_sign), critical=True)
    )
    if addresses:
        names = x509.SubjectAlternativeName([x509.RFC822Name(one) for one in addresses])
        builder = builder.add_extension(names, critical=False)
    if not is_authority:
        builder = builder.add_extension(x509.ExtendedKeyUsage([purpose]), critical=False)
    signer = issuer.key if issuer else own
    chain = (issuer.certificate, *issuer.chain) if issuer else ()
    return Identity(own, builder.sign(signer, hashes.SHA256()), chain)


def _use(*, is_authority: bool, may_sign: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=may_sign and not is_authority,
        content_commitment=False,
        key_encipherment=not may_sign,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_authority,
        crl_sign=is_authority,
        encipher_only=False,
        decipher_only=False,
    )


def apple(raw: bytes, who: Identity) -> bytes:
    """A mail as Apple Mail signs it: detached, quoted-printable, the signature in a part of its own."""
    head, entity = _taken_apart(raw, "quoted-printable")
    return head + wrapped(
        entity, who.signature(entity), "Apple-Mail=_4F1C", "application/pkcs7-signature"
    )


def outlook(raw: bytes, who: Identity) -> bytes:
    """A mail as Outlook for Windows signs it in clear: both alternatives, and a line for old programs."""
    head, entity = _taken_apart(raw, "base64")
    text = base64.b64encode(b"<html><body>" + _text(raw).encode().replace(b"\n", b"<br>\r\n") + b"</body></html>")  # fmt: skip
    html = b'Content-Type: text/html; charset="utf-8"\r\nContent-Transfer-Encoding: base64\r\n\r\n' + _lines(text)  # fmt: skip
    mark = b"----=_NextPart_001_00A2_01D6CD43.5F2F8B10"
    both = (
        b'Content-Type: multipart/alternative;\r\n\tboundary="' + mark + b'"\r\n\r\n\r\n--' + mark
        + b"\r\n" + entity + b"\r\n--" + mark + b"\r\n" + html + b"\r\n--" + mark + b"--\r\n"
    )  # fmt: skip
    notice = b"This is a multipart message in MIME format.\r\n\r\n"
    outer = "----=_NextPart_000_00A1_01D6CD43.5F2F8B10"
    return head + wrapped(
        both, who.signature(both), outer, "application/x-pkcs7-signature", before=notice
    )


def opaque(raw: bytes, who: Identity) -> bytes:
    """A mail as Outlook signs it when it does not send in clear: text and signature in one file."""
    head, entity = _taken_apart(raw, "quoted-printable")
    return head + in_one(who.signature(entity, opaque=True))


def in_one(signature: bytes) -> bytes:
    """The body of a mail that is nothing but a signature with the text inside it."""
    return (
        b"MIME-Version: 1.0\r\nContent-Type: application/x-pkcs7-mime; smime-type=signed-data;\r\n"
        b'\tname="smime.p7m"\r\nContent-Transfer-Encoding: base64\r\n'
        b'Content-Disposition: attachment; filename="smime.p7m"\r\n\r\n' + _lines(base64.b64encode(signature))
    )  # fmt: skip


def wrapped(
    entity: bytes,
    signature: bytes,
    boundary: str,
    kind: str,
    *,
    before: bytes = b"",
    after: bytes = b"",
) -> bytes:
    """The header and body of a multipart/signed; `before` and `after` stand around its two parts."""
    mark = boundary.encode()
    return (
        b"MIME-Version: 1.0\r\nContent-Type: multipart/signed;\r\n"
        + f'\tprotocol="{kind}";\r\n\tmicalg=sha-256;\r\n\tboundary="{boundary}"\r\n\r\n'.encode()
        + before + b"--" + mark + b"\r\n" + entity + b"\r\n--" + mark
        + f'\r\nContent-Type: {kind};\r\n\tname="smime.p7s"\r\n'.encode()
        + b"Content-Transfer-Encoding: base64\r\n"
        b'Content-Disposition: attachment;\r\n\tfilename="smime.p7s"\r\n\r\n'
        + _lines(base64.b64encode(signature)) + b"\r\n--" + mark + b"--\r\n" + after
    )  # fmt: skip


def _taken_apart(raw: bytes, encoding: str) -> tuple[bytes, bytes]:
    """The headers of a plain mail without what says its content, and the content as an entity."""
    head, _, _ = raw.partition(b"\r\n\r\n")
    kept = re.sub(rb"(?im)^(mime-version|content-[a-z-]+):.*\r?\n?", b"", head + b"\r\n")
    text = _text(raw).encode()
    body = _lines(base64.b64encode(text)) if encoding == "base64" else _quoted(text)
    kind = (
        f"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    )
    return kept, kind.encode() + body


def _text(raw: bytes) -> str:
    return str(message_from_bytes(raw, policy=policy.default).get_content())


def _quoted(text: bytes) -> bytes:
    import quopri

    return quopri.encodestring(text.replace(b"\r\n", b"\n")).replace(b"\n", b"\r\n")


def _lines(text: bytes) -> bytes:
    return b"".join(text[at : at + 76] + b"\r\n" for at in range(0, len(text), 76))


def pem_of(people: Sequence[Identity]) -> bytes:
    """Their certificates in one PEM file."""
    return b"".join(one.certificate.public_bytes(serialization.Encoding.PEM) for one in people)
