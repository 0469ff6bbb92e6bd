"""Who asks, in which languages and with which forms: changed by administrators, read by the others, noted."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from server.forms import manifest
from server.forms.publish import publish
from server.forms.queries import log_forms_change
from server.forms.xlsform import compile_file
from server.intake.forms_hash import FormsHash
from server.people import accounts
from server.people.accounts import SignIn
from server.people.rules import Role
from server.programme.forms_in_use import built_in
from server.programme.language_order import rearranged
from server.programme.lines import one_line
from server.programme.queries import programme
from tests.server.console_pages import forgery_token, sign_in, text_of
from tests.server.instrument_walks import compiled
from tests.server.posters import add_poster
from tests.server.setting_up import PROGRAMME, Fresh, empty_folder, fill_in, set_up_administrator

EDIT = "/console/programme/edit"
LANGUAGES = "/console/programme/languages"
FORMS = "/console/programme/forms"
OFFERED = ("en", "bn", "ar")
BOTH = ["assets_and_barriers", "tell_us_about_this_place"]


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Fresh]:
    with empty_folder(tmp_path / "data") as started:
        set_up_administrator(started)
        yield started


@pytest.fixture
def administrator(fresh: Fresh) -> FlaskClient:
    return fresh.browser


def signed_in(fresh: Fresh, role: Role) -> FlaskClient:
    """Give a browser in which somebody else is signed in."""
    account: SignIn | None = accounts.add(
        fresh.running.database,
        sign_in_name=role,
        name=role.title(),
        role=role,
        clock=fresh.clock,
        random_bytes=fresh.running.random_bytes,
    )
    assert account is not None
    browser = fresh.another_browser()
    assert sign_in(browser, account.sign_in_name, account.password).status_code == 302
    return browser


def languages(fresh: Fresh) -> tuple[str, ...]:
    with fresh.running.database.read() as connection:
        found = programme(connection)
    return found.languages if found else ()


def offered(fresh: Fresh) -> list[str]:
    with fresh.running.database.read() as connection:
        return [entry.form.form_id for entry in manifest.manifest(connection)]


def versions(fresh: Fresh) -> list[str]:
    """Give the versions that new responses are begun with."""
    with fresh.running.database.read() as connection:
        return [entry.form.version for entry in manifest.manifest(connection)]


def actions(fresh: Fresh) -> list[object]:
    return [row["action"] for row in fresh.rows("audit") if row["action"] not in {"set-up-begun", "signed-in"}]


def test_what_was_typed_is_shown_and_can_be_changed(fresh: Fresh, administrator: FlaskClient) -> None:
    assert fill_in(administrator, EDIT, PROGRAMME).location == "/console/programme"
    fill_in(administrator, EDIT, {**PROGRAMME, "name": "Well Communities"})
    shown = text_of(administrator.get("/console/programme"))
    assert "Name Well Communities How to reach the team 020 7946 0000, weekdays" in shown
    assert actions(fresh) == ["programme-set-up", "programme-changed"]


def test_saving_the_same_again_is_not_noted_twice(fresh: Fresh, administrator: FlaskClient) -> None:
    for _ in range(2):
        fill_in(administrator, EDIT, PROGRAMME)
    assert actions(fresh) == ["programme-set-up"]


@pytest.mark.parametrize("field", ["name", "contact", "privacy_contact"])
@pytest.mark.parametrize("typed", ["", "  \t ", "\u202e", "x" * 301])
def test_a_line_that_is_missing_or_too_long_is_told_at_its_field(
    administrator: FlaskClient, field: str, typed: str
) -> None:
    refused = fill_in(administrator, EDIT, {**PROGRAMME, field: typed})
    assert refused.status_code == 422
    assert f'<a href="#{field}">' in refused.text
    assert f'id="{field}-problem"' in refused.text
    assert "No" not in text_of(administrator.get("/console/programme")).split("Forms")[0].replace("Nobody", "")


def test_a_hostile_name_stays_a_name(administrator: FlaskClient) -> None:
    hostile = "<script>alert(1)</script>\u202e\x07\n' OR 1=1 --{{ 7*7 }}%(name)s"
    fill_in(administrator, EDIT, {**PROGRAMME, "name": hostile})
    page = administrator.get("/console/programme").text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &#39; OR 1=1 --{{ 7*7 }}%(name)s" in page
    assert "<script>alert" not in page


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("  Old\u00a0 Ford\r\n", "Old Ford"),
        ("e\u0301", "é"),
        ("a\u202eb\u2066c\x00d", "abc d"),
        ("ক্‍ষ", "ক্‍ষ"),
        ("\ud800x", "x"),
        ("Rahi\u200bma\u200f \u00adBegum", "Rahima Begum"),
        ("علی\u200cرضا", "علی\u200cرضا"),
    ],
)
def test_a_line_keeps_its_letters_and_loses_what_nobody_sees(typed: str, line: str) -> None:
    assert one_line(typed) == line


@pytest.mark.parametrize(
    ("before", "press", "after"),
    [
        (("en",), "add:bn", ("en", "bn")),
        (("en", "bn"), "add:bn", ("en", "bn")),
        (("en",), "add:xx", ("en",)),
        (("en", "bn"), "up:bn", ("bn", "en")),
        (("en", "bn"), "up:en", ("en", "bn")),
        (("en", "bn", "ar"), "down:en", ("bn", "en", "ar")),
        (("en", "bn"), "down:bn", ("en", "bn")),
        (("en", "bn"), "remove:en", ("bn",)),
        (("en",), "remove:en", ("en",)),
        (("en",), "done", ("en",)),
        (("en",), "up:", ("en",)),
    ],
)
def test_a_button_rearranges_the_languages_or_changes_nothing(
    before: tuple[str, ...], press: str, after: tuple[str, ...]
) -> None:
    assert rearranged(before, press, offered=OFFERED) == after


def test_languages_are_put_in_order_by_buttons_each_saved_at_once(fresh: Fresh, administrator: FlaskClient) -> None:
    fill_in(administrator, EDIT, PROGRAMME)
    for press in ("add:bn", "up:bn", "add:ar"):
        assert fill_in(administrator, LANGUAGES, {"press": press}).location == f"{LANGUAGES}?pressed={press}"
    assert languages(fresh) == ("bn", "en", "ar")
    assert fill_in(administrator, LANGUAGES, {"press": "done"}).location == "/console/programme"
    assert actions(fresh).count("languages-changed") == 3


def test_languages_wait_until_somebody_said_who_asks(administrator: FlaskClient) -> None:
    assert "First say who asks." in text_of(administrator.get(LANGUAGES))
    token = forgery_token(administrator, LANGUAGES)
    administrator.post(LANGUAGES, data={"csrf_token": token, "press": "add:bn"})
    assert "First say who asks." in text_of(administrator.get(LANGUAGES))


def test_a_ticked_form_is_published_and_an_unticked_one_is_offered_no_longer(
    fresh: Fresh, administrator: FlaskClient
) -> None:
    assert fill_in(administrator, FORMS, {"form": BOTH}).location == "/console/programme"
    assert offered(fresh) == BOTH
    fill_in(administrator, FORMS, {"form": BOTH[:1]})
    assert offered(fresh) == BOTH[:1]
    fill_in(administrator, FORMS, {"form": BOTH})
    assert offered(fresh) == BOTH
    assert actions(fresh) == ["form-published", "form-published", "form-not-offered", "form-offered"]


def test_a_form_is_taken_from_posters_that_hang_only_after_the_posters_were_named(
    fresh: Fresh, administrator: FlaskClient
) -> None:
    fill_in(administrator, FORMS, {"form": BOTH})
    fill_in(administrator, "/console/neighbourhoods/new", {"system": "North East London", "name": "Old Ford"})
    add_poster(fresh.running)
    asked = fill_in(administrator, FORMS, {"form": BOTH[:1]})
    assert asked.status_code == 200
    assert "1 poster hangs with it." in text_of(asked)
    assert "Café on the Corner K7P-X3M" in text_of(asked)
    assert offered(fresh) == BOTH
    hidden = re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', asked.text)
    assert ("form", BOTH[0]) in hidden
    assert administrator.post(FORMS, data=MultiDict(hidden)).location == "/console/programme"
    assert offered(fresh) == BOTH[:1]


def test_a_poster_that_takes_nobody_in_any_more_keeps_no_form_in_use(fresh: Fresh, administrator: FlaskClient) -> None:
    fill_in(administrator, FORMS, {"form": BOTH})
    fill_in(administrator, "/console/neighbourhoods/new", {"system": "North East London", "name": "Old Ford"})
    add_poster(fresh.running, expires_at="2026-11-19T08:00:00.000Z")
    assert fill_in(administrator, FORMS, {"form": BOTH[:1]}).status_code == 303


def test_to_untick_every_form_is_asked_once(fresh: Fresh, administrator: FlaskClient) -> None:
    fill_in(administrator, FORMS, {"form": BOTH[:1]})
    asked = fill_in(administrator, FORMS, {})
    assert (asked.status_code, "No form is left." in text_of(asked)) == (200, True)
    assert offered(fresh) == BOTH[:1]
    assert fill_in(administrator, FORMS, {"sure": "1"}).status_code == 303
    assert offered(fresh) == []


def test_a_form_that_comes_in_another_version_is_published_when_somebody_asks_for_it(
    fresh: Fresh, administrator: FlaskClient, tmp_path: Path
) -> None:
    form_id = BOTH[1]
    path = built_in()[form_id]
    here = compiled(form_id).version
    older = tmp_path / path.name
    older.write_text(path.read_text(encoding="utf-8").replace(here, "2025010101"), encoding="utf-8")
    publish(fresh.running.database, compile_file(older), source_name=older.name, clock=fresh.clock)
    assert f"Use version {here} of Tell us about this place from now on" in text_of(administrator.get(FORMS))
    fill_in(administrator, FORMS, {"form": form_id})
    assert versions(fresh) == ["2025010101"], "nobody asked for the other one"
    fresh.clock.step(timedelta(minutes=1))
    fill_in(administrator, FORMS, {"form": form_id, "renewed": form_id})
    assert versions(fresh) == [here]
    assert "from now on" not in text_of(administrator.get(FORMS))
    assert actions(fresh)[-1] == "form-published"


def test_phones_hear_of_it_when_a_form_is_unticked(fresh: Fresh, administrator: FlaskClient) -> None:
    hashes = FormsHash()
    seen = []
    for chosen in (BOTH, BOTH[:1]):
        fill_in(administrator, FORMS, {"form": chosen})
        with fresh.running.database.read() as connection:
            seen.append(hashes.of(connection))
    assert seen[0] != seen[1]


def test_forms_that_nobody_has_here_cannot_be_chosen(fresh: Fresh, administrator: FlaskClient) -> None:
    fill_in(administrator, FORMS, {"form": ["../../etc/passwd", "README", "walk"]})
    assert offered(fresh) == []


def test_the_set_up_does_not_go_on_without_a_form(administrator: FlaskClient) -> None:
    refused = fill_in(administrator, FORMS, {"set-up": "1"})
    assert (refused.status_code, "Choose one form or more" in text_of(refused)) == (422, True)


@pytest.mark.parametrize("role", ["coordinator", "viewer"])
def test_others_read_the_programme_and_change_nothing(fresh: Fresh, administrator: FlaskClient, role: Role) -> None:
    fill_in(administrator, EDIT, PROGRAMME)
    other = signed_in(fresh, role)
    page = other.get("/console/programme")
    assert "Well Communities Old Ford" in text_of(page)
    assert "/console/programme/edit" not in page.text
    token = forgery_token(other, "/console/programme")
    for address in (EDIT, LANGUAGES, FORMS):
        assert other.get(address).status_code == 403
        assert other.post(address, data={"csrf_token": token, **PROGRAMME, "press": "add:bn"}).status_code == 403
    assert languages(fresh) == ("en",)


def test_a_coordinator_begins_at_what_is_to_do_and_a_viewer_at_the_responses(fresh: Fresh) -> None:
    assert signed_in(fresh, "coordinator").get("/console/").location == "/console/start"
    assert signed_in(fresh, "viewer").get("/console/").location == "/console/responses"


def test_what_only_administrators_do_is_no_link_for_a_coordinator(fresh: Fresh) -> None:
    page = signed_in(fresh, "coordinator").get("/console/start").text
    listed = page.partition('<ol class="checklist ')[2].partition("</ol>")[0]
    assert "/console/programme/edit" not in listed
    assert "/console/phones" in listed


def test_the_manifest_hash_of_unchanged_forms_stays(fresh: Fresh, administrator: FlaskClient) -> None:
    fill_in(administrator, FORMS, {"form": ["assets_and_barriers"]})
    hashes = []
    for _ in range(2):
        fresh.running.database.write(lambda connection: log_forms_change(connection, subject="x", now="2026-11-20"))
        with fresh.running.database.read() as connection:
            hashes.append(FormsHash().of(connection))
    assert hashes[0] == hashes[1]
