"""What a browser is told about trusting each kind of page."""

import re
from io import BytesIO

import pytest
from flask import Flask, request
from flask.testing import FlaskClient

from server.app import SESSION_KEY_FILE, create_app
from server.config import REQUEST_BODY_BYTES, Config
from server.places import area_queries
from server.services import Services

ADDRESSES = [
    "/", "/enrol", "/console/sign-in", "/console/responses", "/console/nothing", "/healthz", "/sync/v1/hello", "/x"
]  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_reply_has_a_policy_without_unsafe_parts(client: FlaskClient, address: str) -> None:
    policy = client.get(address).headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert "*" not in policy
    assert "http" not in policy, "nothing is loaded from elsewhere"


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_reply_keeps_its_type_and_its_address_to_itself(client: FlaskClient, address: str) -> None:
    headers = client.get(address).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_console_pages_name_a_fresh_nonce(client: FlaskClient) -> None:
    policies = [client.get("/console/sign-in").headers["Content-Security-Policy"] for _ in range(2)]
    nonces = [re.findall(r"'nonce-([\w-]{20,})'", policy) for policy in policies]
    assert all(len(set(found)) == 1 for found in nonces)
    assert nonces[0] != nonces[1]


def test_the_cached_shell_has_no_nonce(client: FlaskClient) -> None:
    policy = client.get("/").headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'self';")
    assert "nonce" not in policy


def test_console_pages_hold_no_style_or_script_of_their_own(coordinator: FlaskClient) -> None:
    page = coordinator.get("/console/responses").text
    assert re.search(r"<style|<script| style=| on\w+=", page) is None


def test_console_pages_are_not_kept_by_caches(coordinator: FlaskClient) -> None:
    assert coordinator.get("/console/responses").headers["Cache-Control"] == "no-store"


def test_files_of_the_console_are_not_kept_by_caches_and_styles_are(
    coordinator: FlaskClient, running: Services
) -> None:
    boundary = '{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}'
    running.database.write(lambda connection: area_queries.put_boundary(connection, "old-ford", boundary))
    for address in ("/console/neighbourhoods/old-ford/boundary.geojson", "/console/pictures/none"):
        assert coordinator.get(address).headers["Cache-Control"] == "no-store"
    with coordinator.get("/console/static/page.css") as style:
        assert "no-store" not in style.headers["Cache-Control"]


def test_https_is_kept_to_where_there_is_https(running: Services, client: FlaskClient) -> None:
    config = Config(data_folder=running.database.folder, public_url="https://fieldwell.example")
    secure = create_app(config, running).test_client()
    assert "max-age=31536000" in secure.get("/healthz").headers["Strict-Transport-Security"]
    assert "Strict-Transport-Security" not in client.get("/healthz").headers


def test_headers_of_a_proxy_are_believed_only_when_one_is_named(running: Services, app: Flask) -> None:
    app.add_url_rule("/console/seen-from", view_func=seen_from)
    proxied = create_app(Config(data_folder=running.database.folder, proxies=1), running)
    proxied.add_url_rule("/console/seen-from", view_func=seen_from)
    headers = {"X-Forwarded-For": "192.0.2.9"}
    assert app.test_client().get("/console/seen-from", headers=headers).text == "127.0.0.1"
    assert proxied.test_client().get("/console/seen-from", headers=headers).text == "192.0.2.9"


def seen_from() -> str:
    return request.remote_addr or ""


def test_session_key_is_made_once_and_readable_by_its_owner_alone(running: Services) -> None:
    config = Config(data_folder=running.database.folder)
    first, second = create_app(config, running), create_app(config, running)
    assert first.secret_key == second.secret_key
    path = running.database.folder / SESSION_KEY_FILE
    assert path.stat().st_mode & 0o777 == 0o600
    assert len(path.read_bytes()) == 32


def test_programs_are_answered_with_problem_details(client: FlaskClient) -> None:
    reply = client.get("/sync/v1/nothing")
    assert (reply.status_code, reply.content_type) == (404, "application/problem+json")
    assert reply.get_json()["code"] == "not-found"
    wrong_method = client.put("/healthz")
    assert (wrong_method.status_code, wrong_method.get_json()["code"]) == (405, "method-not-allowed")
    assert "GET" in wrong_method.headers["Allow"]


def test_people_are_answered_with_a_page(client: FlaskClient) -> None:
    reply = client.get("/console/nothing")
    assert (reply.status_code, reply.mimetype) == (404, "text/html")
    assert "We cannot find that page" in reply.text


def test_a_program_that_asks_the_console_is_answered_with_problem_details(client: FlaskClient) -> None:
    reply = client.get("/console/nothing", headers={"Accept": "application/json"})
    assert reply.content_type == "application/problem+json"


def test_a_fault_of_our_own_tells_nothing_of_the_inside(app: Flask) -> None:
    app.add_url_rule("/console/broken", view_func=broken)
    app.add_url_rule("/sync/broken", "also_broken", view_func=broken)
    page, problem = app.test_client().get("/console/broken"), app.test_client().get("/sync/broken")
    assert (page.status_code, problem.status_code) == (500, 500)
    assert "It is our fault" in page.text
    assert problem.get_json()["code"] == "internal-server-error"
    assert "secret detail" not in page.text + problem.text


def broken() -> str:
    raise ZeroDivisionError("secret detail")


def test_a_form_beyond_the_limit_is_refused(coordinator: FlaskClient) -> None:
    form = {"language": "bn", "padding": "x" * REQUEST_BODY_BYTES}
    assert coordinator.post("/console/language", data=form).status_code == 413


@pytest.mark.parametrize("half", [b"%ED%A0%80", b"\xed\xa0\x80", b"%FF", b"%ED%BF%BF"])
def test_nothing_that_has_no_letters_gets_in_by_a_form_or_an_address(app: Flask, half: bytes) -> None:
    """Half a surrogate pair has no bytes: it could be neither kept nor shown."""
    sent = b"name=a" + half
    with app.test_request_context(
        "/console/venues/new",
        method="POST",
        query_string=sent.decode("latin-1"),
        input_stream=BytesIO(sent),
        content_length=len(sent),
        content_type="application/x-www-form-urlencoded",
    ):
        typed = [*request.form.values(), *request.args.values()]
    assert typed
    assert all(text == text.encode().decode() for text in typed)


def test_healthz_reads_the_database(client: FlaskClient) -> None:
    assert client.get("/healthz").get_json() == {"status": "ok"}
