"""The areas of the console, as the head of every page leads to them: only those that the reader may open."""

from dataclasses import dataclass
from typing import Final

from flask import Flask, current_app, request
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.exceptions import HTTPException

from server.people.rules import Person, Role

__all__ = ["areas", "install_navigation"]

OF_RESPONSES: Final = (
    "reviews",
    "decisions",
    "set_aside",
    "saved_views",
    "releases",
    "pictures",
    "editing",
    "editing_history",
    "editing_merge",
    "editing_redact",
    "editing_erase",
    "duplicates",
)
EVERYBODY: Final[frozenset[Role]] = frozenset({"administrator", "coordinator", "viewer"})
CHANGING: Final[frozenset[Role]] = frozenset({"administrator", "coordinator"})
RUNNING: Final[frozenset[Role]] = frozenset({"administrator"})


@dataclass(frozen=True, kw_only=True)
class Area:
    """A part of the console: where it begins, what it is called, and whether the page that is shown belongs to it."""

    endpoint: str
    words: str
    current: bool


def install_navigation(app: Flask) -> None:
    """Give templates the areas that the reader may open, and the address of the page that they stand on."""
    app.add_template_global(areas)
    app.add_template_global(way_back)


def areas() -> list[Area]:
    """List the areas that whoever is signed in may open, in the order of a day's work."""
    person: object = current_user._get_current_object()
    if not isinstance(person, Person):
        return []
    return [
        Area(endpoint=endpoint, words=words, current=is_current(endpoint, blueprints))
        for endpoint, words, blueprints, roles in all_areas()
        if person.role in roles
    ]


def way_back() -> str:
    """Give the address under which this page can be asked for again; '' where only sending something made it."""
    if request.method == "GET":
        return request.full_path
    adapter = current_app.create_url_adapter(request)
    try:
        return request.path if adapter and adapter.match(request.path, "GET") else ""
    except HTTPException:
        return ""


def all_areas() -> list[tuple[str, str, tuple[str, ...], frozenset[Role]]]:
    """List every area: its first page, its name, the blueprints that belong to it, and who may open it."""
    return [
        ("programme.show_checklist", _("To do"), (), CHANGING),
        ("reviews.list_responses", _("Responses"), OF_RESPONSES, EVERYBODY),
        ("progress.show_progress", _("Progress"), ("progress",), EVERYBODY),
        ("assets.list_assets", _("Assets"), ("assets", "asset_changes", "placing", "asset_imports"), EVERYBODY),
        ("barriers.show_barriers", _("Barriers"), ("barriers",), EVERYBODY),
        ("maps.show_map", _("Map"), ("maps",), EVERYBODY),
        ("exports.show_download", _("Download"), ("exports", "keys"), EVERYBODY),
        ("venues.list_venues", _("Venues"), ("venues", "posters"), EVERYBODY),
        ("phones.list_phones", _("Phones"), ("phones", "invitations"), EVERYBODY),
        (
            "neighbourhoods.list_neighbourhoods",
            _("Neighbourhoods"),
            ("neighbourhoods", "boundaries", "map_files"),
            EVERYBODY,
        ),
        (
            "programme.show_programme",
            _("Programme"),
            ("programme", "programme_forms", "form_desk", "form_drafts", "recordings", "words"),
            EVERYBODY,
        ),
        ("team.list_people", _("People"), ("team", "person"), RUNNING),
        ("audit.list_audit", _("Audit log"), ("audit",), RUNNING),
    ]


def is_current(endpoint: str, blueprints: tuple[str, ...]) -> bool:
    """Tell whether the page that is shown belongs to an area; the checklist is a page of the programme by itself."""
    if request.endpoint == "programme.show_checklist":
        return endpoint == request.endpoint
    return request.endpoint == endpoint or request.blueprint in blueprints
