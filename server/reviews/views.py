"""The console: the list of responses, and one response."""

from typing import Final

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from server import services
from server.config import RESPONSES_PER_PAGE
from server.errors import NotFound
from server.forms import queries as forms
from server.forms.publish_files import lists_of_logic
from server.i18n import autonyms, page_language
from server.people.rules import may_change
from server.people.sessions import signed_in_person
from server.pictures import queries as pictures
from server.pictures.showing import shown_files
from server.places import queries as places
from server.programme.checklist_queries import has_responses
from server.reviews import queries
from server.reviews.apart import problems_in_view, withhold
from server.reviews.figures import install_figures
from server.reviews.languages import best_language, best_title, in_order
from server.reviews.opening import listed_problems, open_reading, texts_shown
from server.reviews.paging import PageOf, page_number
from server.reviews.set_aside_queries import count_set_aside
from server.reviews.wording import install_wording

__all__ = ["blueprint"]

GONE: Final = frozenset({"withdrawn", "erased"})
"""States of a response of which no answer is left."""

blueprint = Blueprint("reviews", __name__, url_prefix="/console")
install_wording(blueprint)
install_figures(blueprint)


@blueprint.get("")
@blueprint.get("/")
def home() -> AnyResponse:
    """Begin at the list of responses; until there is one, at what is still to do."""
    person = signed_in_person()
    with services.current().database.read() as connection:
        begun = has_responses(connection, reader=person.person_id)
    return redirect(
        url_for("reviews.list_responses" if begun or not may_change(person) else "programme.show_checklist")
    )


@blueprint.get("/responses")
def list_responses() -> str:
    """Show one page of the responses, all or those of one neighbourhood."""
    reader = signed_in_person().person_id
    chosen = request.args.get("neighbourhood") or None
    with services.current().database.read() as connection:
        total = queries.count_responses(connection, reader=reader, neighbourhood_id=chosen)
        number = page_number(request.args.get("page", ""), size=RESPONSES_PER_PAGE, total=total)
        page = PageOf(number=number, size=RESPONSES_PER_PAGE, total=total)
        responses = queries.page_of_responses(
            connection, reader=reader, neighbourhood_id=chosen, skip=page.skip, limit=page.size
        )
        titles = queries.titles_of_forms(connection)
        assets = queries.names_of_assets(connection, [response.response_id for response in responses], reader=reader)
        neighbourhoods = places.reachable(connection, reader=reader)
        set_aside = count_set_aside(connection, reader=reader)
    shown = {
        response.response_id: best_title(
            titles.get((response.form_id, response.version), {}), wishes(), form_id=response.form_id
        )
        for response in responses
    }
    return render_template(
        "responses.html",
        responses=responses,
        titles=shown,
        assets=assets,
        place=place_in_list(),
        page=page,
        chosen=chosen,
        neighbourhoods=neighbourhoods,
        set_aside=set_aside,
    )


@blueprint.get("/responses/<response_id>")
def show_response(response_id: str) -> str:
    """Show one response: its questions in the reader's language, its answers as given."""
    person = signed_in_person()
    reader = person.person_id
    with services.current().database.read() as connection:
        response = queries.response_by_id(connection, response_id, reader=reader)
        record = queries.record_of_revision(connection, response.head_rev, reader=reader) if response else None
        if response is None or record is None:
            raise NotFound("response-unknown", f"No response is kept here under the id {response_id}.")
        problems = queries.problems_of_response(connection, response_id, reader=reader)
        languages = in_order(
            forms.current_texts(connection, form_id=response.form_id, version=response.version),
            first=list(autonyms()),
        )
        assets = queries.names_of_assets(connection, [response_id], reader=reader).get(response_id, [])
        questions = best_language([offered.lang for offered in languages], wishes(response.lang))
        names = {**{offered.lang: offered.sha256 for offered in languages}, **texts_shown(record)}
        wording = forms.text_pack_body(connection, sha256=names.get(questions or "", ""))
        logic = forms.logic(connection, sha256=response.logic_sha)
        lists = lists_of_logic(connection, logic_sha=response.logic_sha)
        named = pictures.files_of_revision(connection, response.head_rev, reader=reader)
    apart = None if person.role == "administrator" else withhold(record)
    if apart is not None:
        record, problems = apart.record, problems_in_view(problems)
        named = [file for file in named if file.name not in apart.texts]
    gone = response.state in GONE
    reading = None if gone else open_reading(record, logic=logic, lists=lists, pack=wording, problems=problems)
    return render_template(
        "response.html",
        response=response,
        record=record,
        reading=reading,
        gone=gone,
        kept_apart=apart.answers if apart else None,
        files={file.name: file for file in shown_files(named, services.current().pictures)},
        problems=listed_problems(problems, reading),
        languages=languages,
        asset=next(iter(assets), None),
        place=place_in_list(),
        questions=questions,
        draft=any(offered.draft for offered in languages if offered.lang == questions),
        title=best_title({offered.lang: offered.title for offered in languages}, wishes(), form_id=response.form_id),
    )


def place_in_list() -> dict[str, str]:
    """Give the neighbourhood and the page that the list stands at, so that a way leads back there."""
    asked = {name: request.args.get(name, "") for name in ("neighbourhood", "page")}
    return {name: value for name, value in asked.items() if value}


def wishes(*further: str) -> list[str]:
    """List languages by how well the reader is served: asked for, of these pages, English, then `further`."""
    return [request.args.get("questions", ""), page_language(), "en", *further]
