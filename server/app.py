"""The application, put together in reading order."""

import os
from pathlib import Path
from typing import Final

from flask import Flask, Response, jsonify
from flask_limiter import Limiter
from werkzeug.middleware.proxy_fix import ProxyFix

from server import console_help, services, shell
from server.address import PUBLIC_URL
from server.assets import barrier_views as barriers
from server.assets import change_views as asset_changes
from server.assets import import_views as asset_imports
from server.assets import placing_views as placing
from server.assets import views as assets
from server.audit import views as audit
from server.config import Config
from server.devices import console_views as phones
from server.devices import invitation_views as invitations
from server.devices import views as devices
from server.editing import duplicate_views as duplicates
from server.editing import erase_views as editing_erase
from server.editing import history_views as editing_history
from server.editing import merge_views as editing_merge
from server.editing import redact_views as editing_redact
from server.editing import release_views as releases
from server.editing import views as editing
from server.errors import install_error_replies
from server.exports import views as exports
from server.form_desk import draft_views as form_drafts
from server.form_desk import views as form_desk
from server.forms import views as forms
from server.i18n import install_i18n
from server.intake import attachment_views as attachments
from server.intake import views as intake
from server.maps import map_file_views as map_files
from server.maps import phone_views as phone_places
from server.maps import views as maps
from server.navigation import install_navigation
from server.people import account_views as account
from server.people import person_views as person
from server.people import team_views as team
from server.people import views as people
from server.people import welcome_views as welcome
from server.people.sessions import install_sessions
from server.pictures import views as pictures
from server.places import boundary_views as boundaries
from server.places import neighbourhood_views as neighbourhoods
from server.programme import form_views as programme_forms
from server.programme import views as programme
from server.progress import views as progress
from server.reading_api import console_views as keys
from server.reading_api import views as reading_api
from server.recordings import views as recordings
from server.residents import answers_views as answers
from server.residents import help_views as helping
from server.residents import views as residents
from server.residents import visit_views as visits
from server.residents import word_views as words_of_residents
from server.residents.built_shell import read_shell
from server.reviews import decision_views as decisions
from server.reviews import set_aside_views as set_aside
from server.reviews import views as reviews
from server.saved_views import views as saved_views
from server.security import install_security
from server.services import Services
from server.setup import views as set_up
from server.venues import poster_change_views as poster_changes
from server.venues import poster_views as posters
from server.venues import views as venues
from server.wrong_words import console_views as words
from server.wrong_words import views as wrong_words

__all__ = ["create_app"]

SESSION_KEY_FILE: Final = "session.key"
SESSION_KEY_BYTES: Final = 32


def create_app(config: Config, running: Services, *, shell_folder: Path = shell.BUILT_SHELL) -> Flask:
    """Make the application over services that are running; whoever started them closes them.

    `shell_folder` holds the built app for phones.
    """
    app = Flask(__name__, static_folder="static/console", static_url_path="/console/static")
    app.extensions[services.EXTENSION] = running
    app.config[PUBLIC_URL] = config.public_url
    limiter = install_security(app, config, session_key=session_key(config.data_folder, running))
    install_i18n(app)
    install_sessions(app)
    install_navigation(app)
    install_error_replies(app)

    register_phones(app)
    register_people(app, limiter)
    register_desk(app)
    register_residents(app, limiter, shell_folder)
    app.register_blueprint(reading_api.make_blueprint(limiter))
    app.add_url_rule("/healthz", view_func=healthz)
    app.register_blueprint(shell.make_blueprint(shell_folder, off=config.data_folder / shell.SHELL_OFF))

    if config.proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]  # Flask documents this as the way to wrap it
            app.wsgi_app, x_for=config.proxies, x_proto=config.proxies, x_host=config.proxies
        )
    return app


def register_phones(app: Flask) -> None:
    """Answer the calls that phones make."""
    app.register_blueprint(intake.blueprint)
    app.register_blueprint(attachments.blueprint)
    app.register_blueprint(devices.blueprint)
    app.register_blueprint(forms.blueprint)
    app.register_blueprint(phone_places.blueprint)


def register_people(app: Flask, limiter: Limiter) -> None:
    """Answer the pages of the console about people, places, phones, posters and forms."""
    app.register_blueprint(people.make_blueprint(limiter))
    app.register_blueprint(welcome.make_blueprint(limiter))
    app.register_blueprint(account.make_blueprint(limiter))
    app.register_blueprint(team.blueprint)
    app.register_blueprint(person.blueprint)
    app.register_blueprint(audit.blueprint)
    app.register_blueprint(console_help.blueprint)
    app.register_blueprint(phones.blueprint)
    app.register_blueprint(invitations.blueprint)
    app.register_blueprint(venues.blueprint)
    app.register_blueprint(posters.blueprint)
    app.register_blueprint(poster_changes.blueprint)
    app.register_blueprint(set_up.make_blueprint(limiter))
    app.register_blueprint(programme.blueprint)
    app.register_blueprint(programme_forms.blueprint)
    app.register_blueprint(recordings.blueprint)
    app.register_blueprint(form_drafts.blueprint)
    app.register_blueprint(form_desk.blueprint)
    app.register_blueprint(neighbourhoods.blueprint)
    app.register_blueprint(boundaries.blueprint)
    app.register_blueprint(words.blueprint)


def register_desk(app: Flask) -> None:
    """Answer the pages of the console about responses and what is made of them."""
    app.register_blueprint(reviews.blueprint)
    app.register_blueprint(decisions.blueprint)
    app.register_blueprint(set_aside.blueprint)
    app.register_blueprint(saved_views.blueprint)
    app.register_blueprint(progress.blueprint)
    app.register_blueprint(editing.blueprint)
    app.register_blueprint(editing_history.blueprint)
    app.register_blueprint(editing_merge.blueprint)
    app.register_blueprint(editing_redact.blueprint)
    app.register_blueprint(editing_erase.blueprint)
    app.register_blueprint(releases.blueprint)
    app.register_blueprint(duplicates.blueprint)
    app.register_blueprint(pictures.blueprint)
    app.register_blueprint(assets.blueprint)
    app.register_blueprint(asset_changes.blueprint)
    app.register_blueprint(placing.blueprint)
    app.register_blueprint(asset_imports.blueprint)
    app.register_blueprint(barriers.blueprint)
    app.register_blueprint(maps.blueprint)
    app.register_blueprint(map_files.blueprint)
    app.register_blueprint(exports.blueprint)
    app.register_blueprint(keys.blueprint)


def register_residents(app: Flask, limiter: Limiter, shell_folder: Path) -> None:
    """Answer residents, and reports of wrong words from everybody."""
    app.register_blueprint(wrong_words.make_blueprint(limiter))
    app.register_blueprint(words_of_residents.make_blueprint(limiter))
    app.register_blueprint(residents.make_blueprint(limiter, read_shell(shell_folder)))
    app.register_blueprint(answers.make_blueprint(limiter))
    app.register_blueprint(visits.make_blueprint(limiter))
    app.register_blueprint(helping.make_blueprint(limiter))


def healthz() -> Response:
    """Tell a monitor that requests are answered and the database can be read."""
    with services.current().database.read() as connection:
        connection.execute("SELECT 1")
    return jsonify(status="ok")


def session_key(folder: Path, running: Services) -> bytes:
    """Give the key that signs sessions; made on first use and readable by this account alone."""
    path = folder / SESSION_KEY_FILE
    if path.is_file() and path.stat().st_size == SESSION_KEY_BYTES:
        return path.read_bytes()
    key = running.random_bytes(SESSION_KEY_BYTES)
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600, exist_ok=False)
    with draft.open("wb") as file:
        file.write(key)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)  # whole or not at all: half a key would shut the console
    return key
