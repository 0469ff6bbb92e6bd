"""What an engine alone weighs: minified, one bundle, gzip -9, without screens and without a form."""

import gzip
import json
import tempfile
from pathlib import Path

from tests.bench.peers import install, npm
from tests.project import ROOT

__all__ = ["fieldwell_engine", "odk_engine"]

DOORS = ("form.ts", "definition.ts", "search.ts", "functions-later.ts")
TARGET = "es2022"


def fieldwell_engine() -> int:
    """Give the gzipped bytes of what the app imports from its form engine, as esbuild minifies it."""
    engine = ROOT / "pwa" / "src" / "formlogic"
    with tempfile.TemporaryDirectory() as place:
        source, bundle = Path(place) / "engine.js", Path(place) / "bundle.js"
        source.write_text(
            "".join(f"export * from {json.dumps(str(engine / door))};" for door in DOORS), encoding="utf-8"
        )
        options = ["--bundle", "--minify", "--format=esm", f"--target={TARGET}", f"--outfile={bundle}"]
        npm(["exec", "--", "esbuild", str(source), *options], ROOT / "pwa")
        return _gzipped([bundle])


def odk_engine() -> int:
    """Give the gzipped bytes of @getodk/xforms-engine, as vite builds it into a page that only imports it."""
    folder = install("webforms")
    npm(["exec", "--", "vite", "build"], folder, {"PAGE": "engine.html", "BUILT": "built-engine"})
    return _gzipped(sorted((folder / "built-engine").rglob("*.js")))


def _gzipped(files: list[Path]) -> int:
    return sum(len(gzip.compress(file.read_bytes(), 9, mtime=0)) for file in files)
