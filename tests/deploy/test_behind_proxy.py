"""The server behind real proxies with the files of `deploy/`: whose address it sees, and that nothing is changed."""

import gzip
import re
import ssl
from collections.abc import Iterator
from dataclasses import replace
from typing import Final
from urllib.parse import urlencode

import pytest

from tests.deploy.behind import Behind
from tests.deploy.caller import Caller, Reply
from tests.deploy.fronts import Front

SIGN_IN: Final = "/console/sign-in"
FAILURES: Final = 5
"""Failed sign-ins for one name from one address before the limit."""
OF_THE_CONNECTION: Final = {"connection", "keep-alive", "transfer-encoding", "date"}
"""Headers that belong to one connection, or to one moment."""
PATHS: Final = ("/", "/v", "/sw.js", "/manifest.webmanifest", SIGN_IN, "/healthz", "/nowhere", "/devices/v1/nothing")


def test_tls_is_what_a_phone_accepts_with_that_root_and_no_other(front: Front, fronts: dict[str, Front]) -> None:
    assert front.caller.call("/healthz").body == b'{"status":"ok"}\n'
    others = [other.root for other in fronts.values() if other is not front]
    for root in others:
        with pytest.raises(ssl.SSLCertVerificationError):
            replace(front.caller, root=root).connect()


def test_plain_http_leads_to_the_same_page_over_tls(front: Front) -> None:
    reply = Caller(front.http_port).call("/v/K7PX3M?a=b", headers={"Host": front.name})
    assert reply.status in {301, 308}
    assert re.fullmatch(rf"https://{re.escape(front.name)}(:\d+)?/v/K7PX3M\?a=b", reply.header("Location"))


def test_phones_get_a_teams_root_without_tls_and_nobody_gets_its_key(fronts: dict[str, Front]) -> None:
    front = fronts["Caddy, private"]
    plain = Caller(front.http_port)
    given = plain.call("/root.crt", headers={"Host": front.name})
    assert (given.status, given.body) == (200, front.root.read_bytes())
    assert given.header("Content-Type") == "application/x-x509-ca-cert"
    assert (front.folder / "root.key").is_file()
    for path in ("/root.key", "/root.crt/../root.key", "/root.crt%2f..%2froot.key", "//root.key"):
        for caller in (plain, front.caller):
            assert b"PRIVATE" not in caller.call(path, headers={"Host": front.name}).body


def test_failed_sign_ins_are_counted_by_the_address_of_the_person_not_of_the_proxy(front: Front) -> None:
    one, other = replace(front.caller, source="127.0.0.2"), replace(front.caller, source="127.0.0.3")
    name = f"nobody behind {front.name}"
    assert [fail_to_sign_in(one, name).status for _ in range(FAILURES + 1)] == [422] * FAILURES + [429]
    assert fail_to_sign_in(other, name).status == 422, "somebody else behind the same proxy is not locked out"


def test_an_address_that_a_caller_makes_up_is_not_believed(front: Front) -> None:
    caller = replace(front.caller, source="127.0.0.4")
    name = f"forger before {front.name}"
    made_up = [
        {"X-Forwarded-For": f"198.51.100.{number}", "Forwarded": f"for=198.51.100.{number}"}
        for number in range(FAILURES + 1)
    ]
    assert [fail_to_sign_in(caller, name, headers).status for headers in made_up][-1] == 429


def test_a_host_that_a_caller_makes_up_is_not_believed(front: Front) -> None:
    """The check against forged forms compares the host with the page that a form came from."""
    forged = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "http", "Referer": "https://evil.example/"}
    caller = replace(front.caller, source="127.0.0.5")
    assert fail_to_sign_in(caller, "forger of hosts", forged).status == 400
    assert fail_to_sign_in(caller, "forger of hosts", {"Referer": f"{front.url}{SIGN_IN}"}).status == 422


def test_no_header_and_no_body_of_a_reply_is_changed(front: Front, behind: Behind) -> None:
    assets = re.findall(r'"(/assets/[^"]+)"', front.caller.call("/").body.decode())
    assert assets, "the app is built"
    for path in (*PATHS, *assets):
        for accepted in ({}, {"Accept-Encoding": "gzip"}):
            through = front.caller.call(path, headers=accepted)
            direct = behind.caller.call(path, headers={**accepted, **as_forwarded(front)})
            assert changes(through, direct) == [], path


def test_what_a_browser_has_already_is_not_sent_again(front: Front) -> None:
    first = front.caller.call("/sw.js", headers={"Accept-Encoding": "gzip"})
    asked = {"Accept-Encoding": "gzip", "If-None-Match": first.header("ETag")}
    assert first.header("Content-Encoding") == "gzip"
    assert front.caller.call("/sw.js", headers=asked).status == 304


def test_cookies_and_pages_are_kept_to_https(front: Front) -> None:
    reply = front.caller.call(SIGN_IN)
    cookie = reply.header("Set-Cookie")
    assert cookie.startswith("__Host-fieldwell=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
    assert reply.header("Strict-Transport-Security") == "max-age=31536000"


def fail_to_sign_in(caller: Caller, name: str, headers: dict[str, str] | None = None) -> Reply:
    """Try to sign in as nobody, from a page that was really shown."""
    page = caller.call(SIGN_IN)
    token = re.search(rb'name="csrf_token" value="([^"]+)"', page.body)
    assert token is not None
    sent = {
        "Cookie": page.header("Set-Cookie").split(";")[0],
        "Content-Type": "application/x-www-form-urlencoded",
        "Referer": f"https://{caller.name}:{caller.port}{SIGN_IN}",
        "Host": f"{caller.name}:{caller.port}",
        **(headers or {}),
    }
    form = {"csrf_token": token[1].decode(), "sign_in_name": name, "password": "not the password"}
    return caller.call(SIGN_IN, method="POST", headers=sent, body=urlencode(form).encode())


def as_forwarded(front: Front) -> dict[str, str]:
    """Give what a proxy tells the server of a call."""
    host = f"{front.name}:{front.port}"
    return {"X-Forwarded-For": "127.0.0.1", "X-Forwarded-Proto": "https", "X-Forwarded-Host": host}


def changes(through: Reply, direct: Reply) -> list[object]:
    """Give what differs, without what is new in every reply: nonces, cookies and forgery tokens."""
    pairs = sorted(set(comparable_headers(through)) ^ set(comparable_headers(direct)))
    said = [(reply.status, without_secrets(reply)) for reply in (through, direct)]
    repeated = len(through.headers) - len({name.lower() for name, _value in through.headers})
    return [*pairs, *(said if said[0] != said[1] else []), *([f"{repeated} twice"] if repeated else [])]


def comparable_headers(reply: Reply) -> Iterator[tuple[str, str]]:
    new_each_time = {"set-cookie", *(["content-length"] if secrets_of(reply) else [])}  # a nonce compresses as it may
    for name, value in reply.headers:
        if name.lower() not in OF_THE_CONNECTION:
            kept = "*" if name.lower() in new_each_time else re.sub(r"'nonce-[^']+'", "'nonce-*'", value)
            yield name.lower(), kept


def without_secrets(reply: Reply) -> bytes:
    page = unpacked(reply)
    for secret in secrets_of(reply):
        page = page.replace(secret.encode(), b"*" * len(secret))
    return page


def unpacked(reply: Reply) -> bytes:
    return gzip.decompress(reply.body) if reply.header("Content-Encoding") == "gzip" else reply.body


def secrets_of(reply: Reply) -> list[str]:
    nonces = re.findall(r"'nonce-([^']+)'", reply.header("Content-Security-Policy"))
    tokens = re.findall(rb'name="csrf_token" value="([^"]+)"', unpacked(reply))
    return [*nonces, *(token.decode() for token in tokens)]
