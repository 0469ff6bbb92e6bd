"""An authority of a test, and a certificate from it for one name."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

__all__ = ["certified"]

Key = ec.EllipticCurvePrivateKey


def certified(folder: Path, name: str) -> Path:
    """Write `fullchain.pem` and `privkey.pem` for a name, as certbot calls them; give the root that signed."""
    root_key, key = new_key(), new_key()
    root = signed(x509.Name([named("Root of a test")]), root_key, issuer=None, signer=root_key, alternative=None)
    leaf = signed(x509.Name([named(name)]), key, issuer=root, signer=root_key, alternative=name)
    (folder / "fullchain.pem").write_bytes(leaf.public_bytes(serialization.Encoding.PEM))
    (folder / "privkey.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    (folder / "root.pem").write_bytes(root.public_bytes(serialization.Encoding.PEM))
    return folder / "root.pem"


def new_key() -> Key:
    return ec.generate_private_key(ec.SECP256R1())


def named(name: str) -> x509.NameAttribute[str]:
    return x509.NameAttribute(NameOID.COMMON_NAME, name)


def signed(
    subject: x509.Name, key: Key, *, issuer: x509.Certificate | None, signer: Key, alternative: str | None
) -> x509.Certificate:
    """Sign a key: as a root of its own, or as the certificate of a server."""
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False)
    )
    if alternative:
        builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(alternative)]), critical=False)
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
    else:
        builder = builder.add_extension(key_usage_of_root(), critical=True)
    return builder.sign(signer, hashes.SHA256())


def key_usage_of_root() -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=False,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=True,
        crl_sign=True,
        encipher_only=False,
        decipher_only=False,
    )
