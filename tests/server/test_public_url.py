"""The address that people use is read once, at the border: what is none is told, never printed on a poster."""

from pathlib import Path

import pytest

from server.cli import main
from server.config import Config
from server.public_url import NotAPublicUrl, read_public_url


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("https://fieldwell.example.org", "https://fieldwell.example.org"),
        ("HTTPS://Fieldwell.Example.ORG/", "https://fieldwell.example.org"),
        ("http://localhost:8000", "http://localhost:8000"),
        ("https://192.0.2.7:8443/", "https://192.0.2.7:8443"),
        ("https://[2001:DB8::1]:8443", "https://[2001:db8::1]:8443"),
        ("https://xn--80ak6aa92e.example", "https://xn--80ak6aa92e.example"),
    ],
)
def test_an_address_is_read_in_any_case(typed: str, read: str) -> None:
    assert read_public_url(typed) == read


@pytest.mark.parametrize(
    "typed",
    [
        "", "fieldwell.example.org", "localhost:8000", "//fieldwell.example", "ftp://fieldwell.example", "https://",
        "https:///v", "https://fieldwell.example/v", "https://fieldwell.example/?x", "https://fieldwell.example?",
        "https://fieldwell.example#", "https://me@fieldwell.example", "https://me:x@fieldwell.example",
        "https://fieldwell.example:99999", "https://fieldwell.example:x", "https://field well.example",
        "https://ফিল্ড.example", "https://fieldwell.example\n", "https://[::1", "https://-x",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(NotAPublicUrl, match="such as https://fieldwell"):
        read_public_url(typed)


def test_https_in_capitals_is_secure(tmp_path: Path) -> None:
    assert Config(data_folder=tmp_path, public_url=read_public_url("HTTPS://fieldwell.example")).secure


def test_the_command_says_what_to_write(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "data"
    assert main(["serve", "--data", str(folder), "--public-url", "fieldwell.example.org"]) == 1
    assert "fieldwell: --public-url 'fieldwell.example.org' is no address" in capsys.readouterr().err
    assert not folder.exists()


@pytest.mark.parametrize(
    ("sign_in_name", "name", "told"), [("x", "", "--name"), ("x", "x" * 101, "--name"), ("\u200b", "X", "is empty")]
)
def test_a_person_whom_the_console_could_not_show_is_not_added(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], sign_in_name: str, name: str, told: str
) -> None:
    assert main(["person", "add", sign_in_name, "--name", name, "--data", str(tmp_path / "data")]) == 1
    assert told in capsys.readouterr().err
