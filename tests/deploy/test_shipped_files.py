"""What can be known of the other files of `deploy/` without Docker and without systemd."""

import json
import re
import shlex
import subprocess
from argparse import Namespace
from configparser import ConfigParser
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from server.cli import parser
from tests.deploy.certificates import named, new_key
from tests.project import ROOT, ignored_patterns, read

MAKE_ROOT: Final = ROOT / "deploy/private/make-root"
DOCKERFILE: Final = "deploy/docker/Dockerfile"
COMPOSE: Final = "deploy/docker/compose.yaml"
UNIT: Final = "deploy/fieldwell.service"


def test_unit_starts_a_command_that_exists_in_the_folder_that_it_may_write_to() -> None:
    unit = ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[method-assign,assignment]  # names of settings as they are written
    unit.read_string(read(UNIT))
    service = unit["Service"]
    chosen = options(shlex.split(service["ExecStart"])[1:])
    assert (chosen.proxies, chosen.host) == (1, "127.0.0.1")
    assert chosen.public_url.startswith("https://")
    assert chosen.data == Path("/var/lib") / service["StateDirectory"]
    assert (service["User"], service["NoNewPrivileges"], service["ProtectSystem"]) == ("fieldwell", "yes", "strict")


def test_containers_start_commands_that_exist() -> None:
    [alone] = re.findall(r"^CMD (\[.+\])$", read(DOCKERFILE), re.MULTILINE)
    [behind] = re.findall(r"command: (\[.+\])$", read(COMPOSE), re.MULTILINE)
    assert 'ENTRYPOINT ["fieldwell"]' in read(DOCKERFILE)
    assert options(json.loads(alone)).proxies == 0, "nobody is believed when nothing stands in front"
    assert options(json.loads(behind)).proxies == 1


def test_only_the_proxy_of_the_containers_can_be_reached_from_outside() -> None:
    server, proxy = re.split(r"^  caddy:$", read(COMPOSE), flags=re.MULTILINE)
    assert "ports:" not in server
    assert re.findall(r'- "(\d+:\d+)"', proxy) == ["80:80", "443:443"]


def test_files_that_the_containers_name_are_there() -> None:
    for path in re.findall(r"(?:dockerfile: (\S+)|- (\.\./\S+?):/)", read(COMPOSE)):
        assert (ROOT / path[0] if path[0] else ROOT / "deploy/docker" / path[1]).is_file(), path


def test_nothing_that_git_does_not_see_gets_into_an_image() -> None:
    left_out = {line.removeprefix("**/").strip("/") for line in read(f"{DOCKERFILE}.dockerignore").splitlines()}
    missing = {
        pattern
        for pattern in ignored_patterns()
        if pattern not in left_out
        and not pattern.startswith("tests/")
        and not (pattern.startswith(".") and pattern.endswith("_cache"))
    }
    assert "tests" in left_out
    assert missing - {".hypothesis"} == set()


def test_a_teams_root_is_for_one_name_only(tmp_path: Path) -> None:
    subprocess.run(["sh", MAKE_ROOT], cwd=tmp_path, check=True, capture_output=True)
    assert (tmp_path / "root.key").stat().st_mode & 0o077 == 0
    assert verified(tmp_path, "fieldwell.local")
    assert not verified(tmp_path, "bank.example"), "the name is not the team's"
    assert not verified(tmp_path, "local"), "nor is what is above it"


@pytest.mark.parametrize("name", ["Fieldwell.local", "a,permitted;DNS:com", "-subj", "two words", ""])
def test_a_name_that_could_mean_something_else_makes_no_root(tmp_path: Path, name: str) -> None:
    done = subprocess.run(["sh", MAKE_ROOT, name], cwd=tmp_path, capture_output=True, text=True, check=False)
    if name:
        assert done.returncode == 1
        assert "is not a name" in done.stderr
        assert list(tmp_path.iterdir()) == []
    else:
        assert verified(tmp_path, "fieldwell.local"), "no name means the usual one"


def test_a_root_that_phones_trust_is_not_replaced(tmp_path: Path) -> None:
    subprocess.run(["sh", MAKE_ROOT], cwd=tmp_path, check=True, capture_output=True)
    first = (tmp_path / "root.crt").read_bytes()
    again = subprocess.run(["sh", MAKE_ROOT], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert again.returncode == 1
    assert "Phones trust it" in again.stderr
    assert (tmp_path / "root.crt").read_bytes() == first


def options(words: list[str]) -> Namespace:
    """Read a command as the command line does; ends the test when it would be refused."""
    return parser().parse_args(words)


def verified(folder: Path, name: str) -> bool:
    """Tell whether OpenSSL takes a certificate for a name, signed with the root's own key."""
    root = x509.load_pem_x509_certificate((folder / "root.crt").read_bytes())
    key = serialization.load_pem_private_key((folder / "root.key").read_bytes(), None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    now = datetime.now(UTC)
    leaf = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([named(name)]))
        .issuer_name(root.subject)
        .public_key(new_key().public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "leaf.pem").write_bytes(leaf.public_bytes(serialization.Encoding.PEM))
    asked = ["openssl", "verify", "-CAfile", "root.crt", "-verify_hostname", name, "leaf.pem"]
    return subprocess.run(asked, cwd=folder, capture_output=True, check=False).returncode == 0
