"""The command `fieldwell`: what can be asked for, and how a failure is told to whoever typed it."""

import argparse
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from server import commands, export_commands, form_commands, translate_commands, upkeep_commands
from server.config import DEFAULT_DATA_FOLDER, DEFAULT_HOST, DEFAULT_PORT, Config
from server.demo.prepare import MOST_SAMPLES, SAMPLES_PER_NEIGHBOURHOOD
from server.errors import OperatorError
from server.forms.problems import FormRefused
from server.people.rules import ROLES
from server.public_url import read_public_url
from server.store.errors import StoreError

__all__ = ["main"]

FAILED = 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; give 0, what the command says, or 1 after saying what went wrong and what to do."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    chosen = parser().parse_args(arguments)
    try:
        status: int | None = chosen.run(chosen)
    except (OperatorError, StoreError, FormRefused) as error:
        print(f"fieldwell: {error}", file=sys.stderr)
        return FAILED
    except BrokenPipeError:  # whoever read the output has had enough, as `head` has
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    return status or 0


def parser() -> argparse.ArgumentParser:
    """Describe every command and its options."""
    whole = argparse.ArgumentParser(
        prog="fieldwell", description="Community asset and barrier interviews that work without a signal."
    )
    all_commands = whole.add_subparsers(required=True, metavar="COMMAND")
    describe_servers(all_commands)
    describe_upkeep(all_commands)
    describe_forms(all_commands)
    describe_people_and_places(all_commands)
    export_commands.describe_exports(all_commands, take_data_folder, say)
    translate_commands.describe_translations(all_commands, take_data_folder, say)
    return whole


def describe_servers(all_commands: "Subcommands") -> None:
    """Describe the commands that answer requests."""
    serve = all_commands.add_parser("serve", help="answer phones and people until told to stop")
    take_data_folder(serve)
    take_address(serve)
    serve.set_defaults(run=lambda chosen: commands.serve(config_of(chosen), say))

    demo = all_commands.add_parser("demo", help="serve two neighbourhoods with made-up responses, to look around")
    take_data_folder(demo)
    take_address(demo)
    demo.add_argument("--prepare-only", action="store_true", help="make the data and print the sign-in; do not serve")
    demo.add_argument(
        "--samples",
        type=number_of_samples,
        default=SAMPLES_PER_NEIGHBOURHOOD,
        metavar="N",
        help="how many made-up responses each neighbourhood has (%(default)s)",
    )
    demo.set_defaults(
        run=lambda chosen: commands.demo(
            config_of(chosen), say, serve_after=not chosen.prepare_only, samples=chosen.samples
        )
    )


def number_of_samples(typed: str) -> int:
    """Read how many samples a neighbourhood shall have."""
    number = int(typed)
    if not 0 <= number <= MOST_SAMPLES:
        raise argparse.ArgumentTypeError(f"{number} is not between 0 and {MOST_SAMPLES:,}")
    return number


def describe_upkeep(all_commands: "Subcommands") -> None:
    """Describe the commands that look after data; all but `backup` need a folder that no server uses."""
    rebuild = all_commands.add_parser("rebuild", help="make again what is computed from the record")
    take_data_folder(rebuild)
    rebuild.set_defaults(run=lambda chosen: commands.rebuild(chosen.data, say))

    upkeep_commands.describe_backups(all_commands, take_data_folder, say)
    upkeep_commands.describe_erasures(all_commands, take_data_folder, say)


def describe_forms(all_commands: "Subcommands") -> None:
    """Describe the commands that check, publish and try forms; publishing needs a folder that no server uses."""
    form = all_commands.add_parser("form", help="check, publish and try forms")
    what = form.add_subparsers(required=True, metavar="WHAT")

    check = what.add_parser("check", help="say what is wrong with a form, and how far it is translated")
    take_form(check)
    check.add_argument("--json", action="store_true", help="for programs: the same as JSON")
    check.set_defaults(run=lambda chosen: form_commands.check_form(chosen.file, say, sys.stderr, in_json=chosen.json))

    publish = what.add_parser("publish", help="check a form, and give it to phones")
    take_data_folder(publish)
    take_form(publish)
    publish.set_defaults(run=lambda chosen: form_commands.publish_form(chosen.data, chosen.file, say, sys.stderr))

    preview = what.add_parser("preview", help="try a form in a browser on this computer; nothing is kept")
    take_form(preview)
    preview.add_argument("--port", type=int, default=0, help="port to listen on (default: any that is free)")
    preview.set_defaults(run=lambda chosen: form_commands.preview_form(chosen.file, chosen.port, say, sys.stderr))


def take_form(command: argparse.ArgumentParser) -> None:
    """Let a command take a form file."""
    command.add_argument(
        "file", type=Path, help="an XLSForm (.xlsx, .xls, .md, .csv), an XForm (.xml), or a built-in form by its name"
    )


def describe_people_and_places(all_commands: "Subcommands") -> None:
    """Describe the commands that say who works where; the server must not be running on the same folder."""
    place = all_commands.add_parser("neighbourhood", help="add areas of work")
    add_place = place.add_subparsers(required=True, metavar="WHAT").add_parser("add", help="add a neighbourhood")
    take_data_folder(add_place)
    add_place.add_argument("id", help="short id in lower case, such as old-ford")
    add_place.add_argument("name", help="name as people know it")
    add_place.add_argument("--system", required=True, help="health and care system it belongs to")
    add_place.set_defaults(
        run=lambda chosen: commands.add_neighbourhood(chosen.data, chosen.id, chosen.name, chosen.system, say)
    )

    enrol = all_commands.add_parser("enrol", help="print a one-time link that enrols one phone")
    take_data_folder(enrol)
    take_address(enrol)
    enrol.add_argument("--neighbourhood", required=True, help="id of the neighbourhood the worker is in")
    enrol.add_argument("--name", required=True, help="name of the worker")
    enrol.set_defaults(run=lambda chosen: commands.enrol(config_of(chosen), chosen.neighbourhood, chosen.name, say))

    person = all_commands.add_parser("person", help="add people who sign in")
    add_person = person.add_subparsers(required=True, metavar="WHAT").add_parser(
        "add", help="add a person and print a generated password"
    )
    take_data_folder(add_person)
    add_person.add_argument("sign_in_name", metavar="SIGN-IN-NAME")
    add_person.add_argument("--name", required=True, help="name as others see it")
    add_person.add_argument("--role", choices=ROLES, default="coordinator")
    add_person.set_defaults(
        run=lambda chosen: commands.add_person(chosen.data, chosen.sign_in_name, chosen.name, chosen.role, say)
    )


if TYPE_CHECKING:
    Subcommands = argparse._SubParsersAction[argparse.ArgumentParser]


def take_data_folder(command: argparse.ArgumentParser) -> None:
    """Let a command take the data folder."""
    command.add_argument(
        "--data",
        type=Path,
        default=Path(os.environ.get("FIELDWELL_DATA", DEFAULT_DATA_FOLDER)),
        metavar="FOLDER",
        help=f"where everything is kept (default: FIELDWELL_DATA, else {DEFAULT_DATA_FOLDER})",
    )


def take_address(command: argparse.ArgumentParser) -> None:
    """Let a command take the address that the server listens on and the one that people use."""
    command.add_argument("--host", default=DEFAULT_HOST, help="address to listen on (default: %(default)s)")
    command.add_argument("--port", type=int, default=DEFAULT_PORT, help="port to listen on (default: %(default)s)")
    command.add_argument("--public-url", metavar="URL", help="address that people use, such as https://example.org")
    command.add_argument(
        "--proxies", type=int, default=0, metavar="N", help="number of proxies in front whose headers are believed"
    )


def config_of(chosen: argparse.Namespace) -> Config:
    """Read the settings of a server from the options."""
    return Config(
        data_folder=chosen.data,
        host=chosen.host,
        port=chosen.port,
        public_url=None if chosen.public_url is None else read_public_url(chosen.public_url),
        proxies=chosen.proxies,
    )


def say(line: str) -> None:
    """Tell whoever typed the command, at once."""
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
