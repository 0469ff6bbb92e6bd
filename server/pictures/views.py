"""The console: the pictures and files of responses. Nothing that a phone sent is ever shown as it came."""

from typing import Final

from flask import Blueprint, Response, request, send_file

from server import services
from server.errors import NotFound
from server.people.sessions import signed_in_person
from server.pictures import queries
from server.pictures.drawing import Shown, Size
from server.pictures.kinds import Sort
from server.pictures.wording import install_wording
from sync.hashes import is_sha256

__all__ = ["blueprint"]

blueprint = Blueprint("pictures", __name__, url_prefix="/console")
install_wording(blueprint)

POLICY: Final = "default-src 'none'; frame-ancestors 'none'; sandbox"
KEPT_BY_BROWSER: Final = "private, max-age=600"
"""Short: what is erased here is gone from a browser's own store ten minutes later."""


@blueprint.get("/pictures/<sha256>")
def show_picture(sha256: str) -> Response:
    """Give a picture as the server drew it, ``?size=small`` or large."""
    must_be_seen(sha256, reader=signed_in_person().person_id)
    size = Size.SMALL if request.args.get("size") == Size.SMALL else Size.LARGE
    drawn = services.current().pictures.picture(sha256, size)
    if drawn is None:
        raise NotFound("no-picture", "This file cannot be shown as a picture.")
    return guarded(Response(drawn, content_type="image/webp"))


@blueprint.get("/files/<sha256>")
def download_file(sha256: str) -> Response:
    """Give a file that is no picture to be kept, never to be opened in the browser.

    A picture that can be shown is not given as it came: it may say where and when it was taken.
    """
    must_be_seen(sha256, reader=signed_in_person().person_id)
    running = services.current()
    try:
        kind = running.pictures.kind(sha256)
        if kind.drawn_by is not None and running.pictures.draw(sha256) is not Shown.NEVER:
            raise NotFound("is-a-picture", "This file is shown as a picture only.")
        file = running.attachments.files.open_whole(sha256)
    except OSError as error:
        raise NotFound("file-lost", f"The file {sha256} came, but cannot be read.") from error
    played = kind.sort in {Sort.SOUND, Sort.VIDEO}
    mimetype = kind.type if played else "application/octet-stream"
    reply = send_file(file, mimetype=mimetype, as_attachment=True, download_name=f"{kind.sort}-{sha256[:16]}")
    return guarded(reply)


def must_be_seen(sha256: str, *, reader: str) -> None:
    """Raise NotFound unless the file is here and belongs to a response that people see."""
    with services.current().database.read() as connection:
        if is_sha256(sha256) and queries.may_be_seen(connection, sha256, reader=reader):
            return
    raise NotFound("file-unknown", f"No file of a response is kept here under the name {sha256}.")


def guarded(reply: Response) -> Response:
    """Let a browser do nothing with it but show it, or keep it."""
    reply.headers["Content-Security-Policy"] = POLICY
    reply.headers["Cache-Control"] = KEPT_BY_BROWSER
    return reply
