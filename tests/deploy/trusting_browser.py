"""A Chromium that finds each proxy under its name, and trusts the key that a verified certificate of it holds."""

import base64
import hashlib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from playwright.sync_api import BrowserContext, Playwright

from tests.deploy.fronts import Front
from tests.journeys.watch import Watch
from tests.journeys.watched import open_chromium

__all__ = ["Trusting", "trusting_browser"]


class Trusting(NamedTuple):
    """The browser, and what is heard of it."""

    context: BrowserContext
    watch: Watch


@contextmanager
def trusting_browser(playwright: Playwright, profile: Path, fronts: list[Front]) -> Iterator[Trusting]:
    """Start it with a new profile; at its end nobody else was asked, and no page has complained unforgotten.

    Ignoring all errors of TLS will not do: service workers are refused then, as on a phone. Here each key is named, and
    only after its certificate was verified against the root that belongs to it.
    """
    keys = ",".join(verified_key(front) for front in fronts)
    names = ",".join(f"MAP {front.name} 127.0.0.1" for front in fronts)
    flags = [f"--ignore-certificate-errors-spki-list={keys}", f"--host-resolver-rules={names}"]
    watch = Watch([front.name for front in fronts])
    context = open_chromium(playwright, profile, watch, flags=flags)
    try:
        yield Trusting(context, watch)
    finally:
        context.close()
    watch.assert_quiet()


def verified_key(front: Front) -> str:
    """Give the SHA-256 of the public key that the front shows, as Chromium takes it."""
    connection = front.caller.connect()
    assert isinstance(connection, ssl.SSLSocket)
    with connection:
        shown = connection.getpeercert(binary_form=True)
    assert shown is not None
    key = x509.load_der_x509_certificate(shown).public_key()
    return base64.b64encode(
        hashlib.sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).digest()
    ).decode()
