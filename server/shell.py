"""The phone's app as static files: one page for all its addresses, hashed assets, a service worker.

    /  /enrol  /interview/…  /responses…  /settings  /word  index.html           asked for again each time
    /assets/…                                           named by their hash  kept for ever
    /sw.js  /manifest.webmanifest  icons                                     asked for again each time

While the data folder holds a file `shell-off`, /sw.js is a service worker that ends itself: phones then fetch the app
from here each time, and keep all that was answered.

The build lays a `.gz` beside each text; it is sent to whoever accepts it.
"""

import mimetypes
from pathlib import Path
from typing import Final

from flask import Blueprint, Response, current_app, make_response, render_template, request
from werkzeug.exceptions import NotFound
from werkzeug.security import safe_join

__all__ = ["BUILT_SHELL", "SHELL_OFF", "make_blueprint"]

BUILT_SHELL: Final = Path(__file__).parent / "static" / "pwa"
SHELL_OFF: Final = "shell-off"
"""Name of the file in the data folder that switches the kept app off."""
FOR_EVER: Final = "public, max-age=31536000, immutable"
ASK_AGAIN: Final = "no-cache"
PAGES: Final = (
    "/",
    "/enrol",
    "/interview",
    "/interview/<path:_rest>",
    "/responses",
    "/responses/<path:_rest>",
    "/settings",
    "/settings/map",
    "/word",
)
TYPES: Final = {
    ".webmanifest": "application/manifest+json",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    "": "text/plain",
    ".": "text/plain",
}
"""Types that differ between machines' tables, or are missing there; a licence has no ending."""


def make_blueprint(folder: Path, *, off: Path) -> Blueprint:
    """Make the views that serve the app built in `folder`; phones keep none of it while there is a file `off`."""
    blueprint = Blueprint("shell", __name__)
    for number, address in enumerate(PAGES):
        blueprint.add_url_rule(address, f"page_{number}", lambda _rest="": serve_page(folder))
    blueprint.add_url_rule("/assets/<path:name>", "asset", lambda name: serve_file(folder, f"assets/{name}", FOR_EVER))
    blueprint.add_url_rule("/sw.js", "worker", lambda: serve_worker(folder, off))
    blueprint.add_url_rule("/<name>", "file", lambda name: serve_file(folder, name, ASK_AGAIN))
    blueprint.add_url_rule("/icons/<name>", "icon", lambda name: serve_file(folder, f"icons/{name}", ASK_AGAIN))
    return blueprint


def serve_page(folder: Path) -> Response:
    """Serve the one page of the app, or say how to build it."""
    if not (folder / "index.html").is_file():
        current_app.logger.warning("The phone app is not built: %s holds no index.html.", folder)
        return make_response(render_template("shell_missing.html"), 503)
    return serve_file(folder, "index.html", ASK_AGAIN)


def serve_worker(folder: Path, off: Path) -> Response:
    """Serve the service worker, or the one that ends itself: looked up each time, so that no restart is needed."""
    return serve_file(folder, "sw-off.js" if off.is_file() else "sw.js", ASK_AGAIN)


def serve_file(folder: Path, name: str, cache_control: str) -> Response:
    """Serve one built file, compressed when it is and the caller accepts that; 404 for anything else."""
    path = safe_join(str(folder), name)
    if path is None or name.endswith(".gz") or not is_built_file(path):
        raise NotFound
    compressed = Path(f"{path}.gz")
    squeezed = compressed.is_file() and accepts_gzip()
    # Read whole: the largest is some tens of kilobytes, and nothing is left open when a phone goes away half-way.
    response = Response((compressed if squeezed else Path(path)).read_bytes(), mimetype=media_type(name))
    response.add_etag()
    if squeezed:
        response.headers["Content-Encoding"] = "gzip"
    if compressed.is_file():
        response.vary.add("Accept-Encoding")
    response.headers["Cache-Control"] = cache_control
    response.make_conditional(request)
    return response


def is_built_file(path: str) -> bool:
    """Tell whether there is such a file; a name that no file system takes is none."""
    try:
        return Path(path).is_file()
    except (OSError, ValueError):
        return False


def accepts_gzip() -> bool:
    """Tell whether the caller can read gzip."""
    return request.accept_encodings["gzip"] > 0


def media_type(name: str) -> str:
    """Give the media type of a file by its name."""
    return TYPES.get(Path(name).suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
