"""What a resident's page takes from the built app: its script, and its style, to be put into the page itself."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

__all__ = ["BuiltShell", "read_shell"]

SCRIPT: Final = re.compile(r'<script type="module"[^>]* src="(/assets/[^"]+)"')
STYLE: Final = re.compile(r'<link rel="stylesheet"[^>]* href="/(assets/[^"]+)"')


@dataclass(frozen=True)
class BuiltShell:
    """Address of the app's script and of its style sheet, and the text of the sheet; '' where no app is built."""

    script: str
    style: str
    style_text: str


def read_shell(folder: Path) -> BuiltShell:
    """Read what the build wrote; without it pages work all the same, and look plain."""
    try:
        page = (folder / "index.html").read_text(encoding="utf-8")
        script, style = SCRIPT.search(page), STYLE.search(page)
        if script is None or style is None:
            return BuiltShell("", "", "")
        return BuiltShell(script[1], f"/{style[1]}", (folder / style[1]).read_text(encoding="utf-8"))
    except OSError:
        return BuiltShell("", "", "")
