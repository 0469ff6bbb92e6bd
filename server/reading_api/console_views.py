"""The console: keys for programs. For administrators."""

from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from server import services
from server.address import public_address
from server.config import PERSON_NAME_CHARACTERS
from server.errors import NotFound
from server.people.rules import Person
from server.people.sessions import actor_of, language_chosen, signed_in_administrator
from server.places import queries as places
from server.places.queries import Neighbourhood
from server.programme.lines import one_line
from server.reading_api import keys, queries
from server.reading_api.routes import ROOT
from server.shown_once import seal, shown_before

__all__ = ["blueprint"]

USUAL_DAYS = 90

blueprint = Blueprint("keys", __name__, url_prefix="/console/keys")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What was typed and chosen."""

    name: str = ""
    everywhere: bool = False
    neighbourhoods: tuple[str, ...] = ()
    sees_apart: bool = False
    days: int = USUAL_DAYS


@blueprint.get("")
def list_keys() -> str:
    """Show every key."""
    signed_in_administrator()
    running = services.current()
    with running.database.read() as connection:
        found = queries.all_keys(connection)
    now = running.clock.now()
    return render_template(
        "keys.html",
        keys=[(one, keys.standing(one.key, now=now)) for one in found],
        done=request.args.get("done", ""),
        address=f"{public_address()}{ROOT}/openapi.json",
    )


@blueprint.get("/new")
def show_form() -> str:
    """Ask what a new key is for."""
    signed_in_administrator()
    return form_page(Asked(), problems={})


@blueprint.post("/new")
def make_key() -> str | Response:
    """Make a key, and show it this one time."""
    administrator = signed_in_administrator()
    asked = typed()
    problems = problems_of(asked)
    if problems:
        return Response(form_page(asked, problems=problems), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    running = services.current()
    wish = keys.Wish(
        name=asked.name,
        everywhere=asked.everywhere,
        neighbourhoods=asked.neighbourhoods,
        sees_apart=asked.sees_apart,
        days=asked.days,
    )
    secret, key = keys.make(
        running.database,
        wish,
        actor=actor_of(administrator),
        now=running.clock.now(),
        random_bytes=running.random_bytes,
    )
    return shown_key(administrator, secret=secret, name=key.name, expires=key.expires_at)


@blueprint.post("/shown")
def show_key_again() -> str:
    """Show a key in another language to the administrator who was shown it."""
    administrator = signed_in_administrator()
    shown = shown_before(administrator, page="key")
    language_chosen()
    return shown_key(administrator, secret=str(shown["secret"]), name=str(shown["name"]), expires=str(shown["expires"]))


@blueprint.get("/<key_id>/revoke")
def ask_to_revoke(key_id: str) -> str:
    """Ask whether a key shall end."""
    signed_in_administrator()
    with services.current().database.read() as connection:
        found = queries.key_by_id(connection, key_id=key_id)
    if found is None or found.revoked_at is not None:
        raise NotFound("key-unknown", "No such key works.")
    return render_template("key_revoke.html", key=found)


@blueprint.post("/<key_id>/revoke")
def revoke(key_id: str) -> AnyResponse:
    """End a key at once."""
    administrator = signed_in_administrator()
    running = services.current()
    if not keys.revoke(running.database, key_id, actor=actor_of(administrator), now=running.clock.now()):
        raise NotFound("key-unknown", "No such key works.")
    return redirect(url_for("keys.list_keys", done="revoked"), HTTPStatus.SEE_OTHER)


def typed() -> Asked:
    """Read the form; what is not offered is left out."""
    everywhere = request.form.get("reach") == "everywhere"
    wanted = set(request.form.getlist("neighbourhood"))
    chosen = () if everywhere else tuple(one.neighbourhood_id for one in offered() if one.neighbourhood_id in wanted)
    days = request.form.get("days", "")
    return Asked(
        name=one_line(request.form.get("name", "")),
        everywhere=everywhere,
        neighbourhoods=chosen,
        sees_apart=bool(request.form.get("apart")),
        days=next((one for one in keys.DAYS if str(one) == days), USUAL_DAYS),
    )


def problems_of(asked: Asked) -> dict[str, str]:
    """Say what cannot stay as it is, by field."""
    problems: dict[str, str] = {}
    if not 0 < len(asked.name) <= PERSON_NAME_CHARACTERS:
        problems["name"] = _("Say what the key is for, in 100 letters or fewer.")
    if not (asked.everywhere or asked.neighbourhoods):
        problems["reach"] = _("Choose a neighbourhood, or everywhere.")
    return problems


def offered() -> list[Neighbourhood]:
    """List the neighbourhoods that a reach is chosen from."""
    with services.current().database.read() as connection:
        return places.all_neighbourhoods(connection)


def form_page(asked: Asked, *, problems: dict[str, str]) -> str:
    """Show the form to make a key with."""
    return render_template(
        "key_form.html",
        asked=asked,
        problems=problems,
        neighbourhoods=offered(),
        days=keys.DAYS,
        longest=PERSON_NAME_CHARACTERS,
    )


def shown_key(reader: Person, *, secret: str, name: str, expires: str) -> str:
    """Show a key to the administrator who made it."""
    return render_template(
        "key_shown.html",
        secret=secret,
        name=name,
        expires=expires,
        shown=seal(reader, {"secret": secret, "name": name, "expires": expires}, page="key"),
    )
