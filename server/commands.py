"""What the commands do. Each opens the data folder, which no other process may have open, and closes it again."""

import re
import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from server import services
from server.app import create_app
from server.audit.noting import COMMAND, NOBODY, note
from server.clock import SystemClock, as_text
from server.config import PERSON_NAME_CHARACTERS, Config
from server.demo.prepare import Demo, prepare
from server.devices import enrolment
from server.errors import NotADataFolder, OperatorError
from server.forms.compile import Compiled
from server.forms.publish import Outcome, VersionTaken, publish
from server.forms.xlsform import compile_file
from server.people import accounts
from server.people.rules import Role, normalise_sign_in_name
from server.places import queries as places
from server.places.queries import Neighbourhood
from server.programme.lines import one_line
from server.reviews import projector
from server.reviews import queries as reviews
from server.services import Services
from server.serving import serve as serve_app
from server.setup.first_run import fresh_code

__all__ = [
    "BUILT_IN_FORMS",
    "add_neighbourhood",
    "add_person",
    "built_in_forms",
    "demo",
    "enrol",
    "enrolment_link",
    "opened",
    "publish_into",
    "rebuild",
    "serve",
]

Say = Callable[[str], None]

BUILT_IN_FORMS: Final = Path(__file__).parent / "forms" / "instruments"
NEIGHBOURHOOD_ID: Final = re.compile("[a-z0-9]+(-[a-z0-9]+)*")


def serve(config: Config, say: Say) -> None:
    """Answer requests until told to stop."""
    with opened(config.data_folder) as running:
        serve_app(create_app(config, running), config, say=say, further_lines=lambda: set_up_lines(config, running))


def set_up_lines(config: Config, running: Services) -> list[str]:
    """Say how to set up a folder that nobody administers: a fresh link, which ends those of earlier starts."""
    code = fresh_code(running.database, clock=running.clock, random_bytes=running.random_bytes)
    if code is None:
        return []
    return [
        "",
        "Nobody administers this Fieldwell yet. Open this link once, within 24 hours, to set it up:",
        "",
        f"  {config.address}/console/set-up#{code}",
        "",
    ]


def demo(config: Config, say: Say, *, serve_after: bool, samples: int) -> None:
    """Fill the data folder with the demo, say how to get in, and serve it."""
    with opened(config.data_folder) as running:
        for form in built_in_forms():
            publish_into(running, compile_file(form), source_name=form.name, say=say)
        for line in demo_lines(config, prepare(running, samples=samples)):
            say(line)
        if serve_after:
            serve_app(create_app(config, running), config, say=say)


def demo_lines(config: Config, made: Demo) -> list[str]:
    """Say how to look around."""
    told = "added" if made.samples_added else "kept from before"
    lines = [
        f"Demo data are ready; made-up responses: {made.samples_added or 'all'} {told}.",
        "",
        f"  Coordinators  {config.address}/console/",
        f"    sign-in name  {made.sign_in.sign_in_name}",
        f"    password      {made.sign_in.password}",
        "",
        "  Outreach workers: open one of these links once, in the browser that will be used",
    ]
    lines += [f"    {there.name:<13} {enrolment_link(config, secret)}" for there, secret in made.invitations]
    lines += ["", "  Residents: this is where the QR code of a made-up poster leads"]
    lines += [f"    {one.neighbourhood_name:<13} {config.address}/v/{one.code}" for one in made.posters]
    if not config.secure:
        lines += [
            "",
            "  Phones need HTTPS: without it a browser keeps the app offline only on this computer (localhost).",
            "  deploy/README.md says what a server for phones needs.",
        ]
    return [*lines, ""]


def rebuild(folder: Path, say: Say) -> None:
    """Drop what is computed and make it again from the record."""
    with opened(folder) as running:
        projector.rebuild(running.database)
        with running.database.read() as connection:
            responses = reviews.count_all_responses(connection)
    say(f"Rebuilt from the record: {responses} responses.")


def built_in_forms() -> list[Path]:
    """List the instruments that come with the server."""
    return sorted(path for path in BUILT_IN_FORMS.glob("*.md") if path.name != "README.md")


def publish_into(running: Services, compiled: Compiled, *, source_name: str, say: Say) -> None:
    """Publish what was compiled, and say what came of it; raises OperatorError when its version is taken."""
    now = as_text(running.clock.now())

    def note_it(connection: sqlite3.Connection, outcome: Outcome) -> None:
        if outcome is not Outcome.UNCHANGED:
            details = {"by": COMMAND, "version": compiled.version}
            note(connection, at=now, actor=NOBODY, action="form-published", subject=compiled.form_id, details=details)

    outcome = publish(running.database, compiled, source_name=source_name, clock=running.clock, beside=note_it)
    if isinstance(outcome, VersionTaken):
        raise OperatorError(str(outcome))
    named = f"“{compiled.title}”, version {compiled.version}, in {', '.join(compiled.packs)}"
    match outcome.outcome:
        case Outcome.NEW_VERSION:
            say(f"Published {named}.")
        case Outcome.TEXTS_CORRECTED:
            say(f"Corrected the texts of {named}.")
        case Outcome.LISTS_REPLACED:
            say(f"Replaced the lists of {named}.")
        case Outcome.UNCHANGED:
            say(f"Nothing to do: {named} is published already.")


def add_neighbourhood(folder: Path, neighbourhood_id: str, name: str, system: str, say: Say) -> None:
    """Add an area of work."""
    if NEIGHBOURHOOD_ID.fullmatch(neighbourhood_id) is None:
        raise OperatorError(
            f"“{neighbourhood_id}” is no id: use lower-case letters and digits with single hyphens, such as old-ford."
        )
    added = Neighbourhood(neighbourhood_id=neighbourhood_id, name=name, system=system)
    with opened(folder) as running:
        keep_neighbourhood(running, added)
    say(f"Neighbourhood {neighbourhood_id} is there.")


def keep_neighbourhood(running: Services, added: Neighbourhood) -> None:
    """Add an area of work, and note that, unless it is there."""
    now = as_text(running.clock.now())

    def keep(connection: sqlite3.Connection) -> None:
        if places.add_neighbourhood(connection, added):
            note(
                connection,
                at=now,
                actor=NOBODY,
                action="neighbourhood-added",
                subject=added.neighbourhood_id,
                neighbourhood_id=added.neighbourhood_id,
                details={"by": COMMAND, "name": added.name, "system": added.system},
            )

    running.database.write(keep)


def enrol(config: Config, neighbourhood_id: str, name: str, say: Say) -> None:
    """Make a one-time enrolment and print its link."""
    with opened(config.data_folder) as running:
        try:
            secret = enrolment.create(
                running.database,
                neighbourhood_id=neighbourhood_id,
                name=name,
                clock=running.clock,
                random_bytes=running.random_bytes,
            )
        except sqlite3.IntegrityError as error:
            raise OperatorError(
                f"There is no neighbourhood {neighbourhood_id}. Add it with: fieldwell neighbourhood add"
            ) from error
    say(f"For {name}, for one phone, until {enrolment.ENROLMENT_LIFETIME.days} days from now:")
    say(enrolment_link(config, secret))


def enrolment_link(config: Config, secret: str) -> str:
    """Write the link. The secret stands behind the #, which browsers do not send to any server."""
    return f"{config.address}/enrol#{secret}"


def add_person(folder: Path, sign_in_name: str, name: str, role: Role, say: Say) -> None:
    """Add a person who signs in, and print their generated password."""
    if not 0 < len(one_line(name)) <= PERSON_NAME_CHARACTERS:
        raise OperatorError(f"--name takes 1 to {PERSON_NAME_CHARACTERS} letters. Give the name as others see it.")
    if not normalise_sign_in_name(sign_in_name):
        raise OperatorError("The sign-in name is empty. Choose one, such as a first name.")
    with opened(folder) as running:
        sign_in = accounts.add(
            running.database,
            sign_in_name=sign_in_name,
            name=one_line(name),
            role=role,
            clock=running.clock,
            random_bytes=running.random_bytes,
        )
    if sign_in is None:
        raise OperatorError(f"Somebody has the sign-in name “{sign_in_name}” already. Choose another.")
    say(f"sign-in name  {sign_in.sign_in_name}")
    say(f"password      {sign_in.password}")


@contextmanager
def opened(folder: Path) -> Iterator[Services]:
    """Open the data folder and close it again, whatever happens in between."""
    try:
        running = services.start(folder, clock=SystemClock(), random_bytes=secrets.token_bytes)
    except OSError as error:
        raise NotADataFolder(
            f"{folder} cannot be used as a data folder: {error.strerror}. Choose another with --data."
        ) from error
    try:
        yield running
    finally:
        running.close()
