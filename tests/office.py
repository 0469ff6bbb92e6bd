"""Find LibreOffice, with which exports are opened as partners open them, and fetch it where that needs no password.

    python -m tests.office      make it ready; say what to install where that is not possible

One on the machine is taken as it is; as root on Debian and its kin, the package without a screen is installed.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

from tests.browsers import install_packages

__all__ = ["OfficeMissing", "find_office", "office", "sheets_as_csv"]

PROGRAMS: Final = ("soffice", "libreoffice")
PLACES: Final = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
)
PACKAGES: Final = ("libreoffice-calc-nogui",)
SECONDS: Final = 180
CSV_OF_EVERY_SHEET: Final = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
"""Comma, double quote, UTF-8, from line 1, cells as they are shown, every sheet in a file of its own."""


class OfficeMissing(Exception):
    """LibreOffice is not here and cannot be fetched; the text says what to install."""


def office() -> Path:
    """Return LibreOffice, installing the package as root on Debian. Raise OfficeMissing."""
    found = find_office()
    if found is None and install_packages(PACKAGES):
        found = find_office()
    if found is None:
        raise OfficeMissing(
            f"LibreOffice was not found. Install it (on Debian or Ubuntu: apt-get install {PACKAGES[0]}; on macOS: "
            "brew install --cask libreoffice)."
        )
    return found


def find_office() -> Path | None:
    """Return the first LibreOffice that starts, or None."""
    installed = [found for name in PROGRAMS if (found := shutil.which(name))]
    candidates = (Path(one) for one in (*installed, *PLACES))
    return next((path for path in candidates if path.is_file()), None)


def sheets_as_csv(program: Path, workbook: Path, *, folder: Path) -> dict[str, Path]:
    """Have LibreOffice open a workbook and write each sheet as CSV; give the files by the name of the sheet."""
    profile = folder / "profile"
    command = [str(program), "--headless", "--norestore", f"-env:UserInstallation={profile.as_uri()}"]
    command += ["--convert-to", CSV_OF_EVERY_SHEET, "--outdir", str(folder), str(workbook)]
    subprocess.run(command, check=True, capture_output=True, timeout=SECONDS, env={**os.environ, "HOME": str(folder)})
    begin = f"{workbook.stem}-"
    return {path.stem.removeprefix(begin): path for path in sorted(folder.glob(f"{begin}*.csv"))}


def main() -> int:
    """Make LibreOffice ready; without it only a developer's machine may go on, never continuous integration."""
    try:
        sys.stdout.write(f"LibreOffice: {office()}\n")
    except OfficeMissing as problem:
        sys.stderr.write(f"{problem} The tests with it are left out.\n")
        return 1 if os.environ.get("CI") else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
