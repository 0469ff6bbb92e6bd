"""The console: what people did, the newest first. For administrators."""

from flask import Blueprint, render_template, request

from server import services
from server.audit import reading_queries as queries
from server.audit.kinds import KINDS, actions_of
from server.audit.wording import install_wording
from server.config import AUDIT_LINES_PER_PAGE
from server.people.sessions import signed_in_administrator
from server.reviews.paging import PageOf, page_number

__all__ = ["blueprint"]

blueprint = Blueprint("audit", __name__, url_prefix="/console")
install_wording(blueprint)


@blueprint.get("/audit")
def list_audit() -> str:
    """Show one page of the log, all of it or what one person or one kind of action is about."""
    reader = signed_in_administrator().person_id
    person_id, kind = request.args.get("person") or None, request.args.get("kind", "")
    actions = actions_of(kind)
    with services.current().database.read() as connection:
        total = queries.count_lines(connection, reader=reader, person_id=person_id, actions=actions)
        number = page_number(request.args.get("page", ""), size=AUDIT_LINES_PER_PAGE, total=total)
        page = PageOf(number=number, size=AUDIT_LINES_PER_PAGE, total=total)
        lines = queries.page_of_lines(
            connection, reader=reader, person_id=person_id, actions=actions, skip=page.skip, limit=page.size
        )
        people = queries.authors(connection, reader=reader)
        places = queries.names_of_neighbourhoods(connection, reader=reader)
    return render_template(
        "audit.html",
        lines=lines,
        page=page,
        people=people,
        places=places,
        kinds=list(KINDS),
        person_id=person_id or "",
        kind=kind if actions else "",
    )
