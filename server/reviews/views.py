"""The console: the list of responses, and one response."""

from typing import Final
from urllib.parse import urlencode

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from server import services
from server.config import RESPONSES_PER_PAGE
from server.editing.marks import marks_beside
from server.errors import NotFound
from server.forms import queries as forms
from server.forms.publish_files import lists_of_logic
from server.i18n import autonyms, page_language
from server.people.rules import may_change
from server.people.sessions import signed_in_person
from server.pictures import queries as pictures
from server.pictures.showing import shown_files
from server.programme.checklist_queries import has_responses
from server.reviews import queries
from server.reviews.apart import problems_in_view, withhold
from server.reviews.decision_form import kept_place
from server.reviews.decision_page import decision_page, decisions_in_list
from server.reviews.figures import install_figures
from server.reviews.filter_wording import install_filter_wording, open_panel
from server.reviews.languages import best_language, best_title, in_order
from server.reviews.listing import open_listing
from server.reviews.opening import listed_problems, open_reading, texts_shown
from server.reviews.set_aside_queries import count_set_aside
from server.reviews.wording import install_wording
from server.saved_views import queries as saved_views

__all__ = ["blueprint"]

GONE: Final = frozenset({"withdrawn", "erased"})
"""States of a response of which no answer is left."""
ALL: Final = "all"
"""The argument of the address of all responses, for whoever has a view that their list begins with."""
OF_ONE_RESPONSE: Final = frozenset({"questions", "edited"})
"""Arguments of the address of one response that the list has no use for."""

blueprint = Blueprint("reviews", __name__, url_prefix="/console")
install_wording(blueprint)
install_figures(blueprint)
install_filter_wording(blueprint)


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
def list_responses() -> AnyResponse:
    """Show one page of the responses that an address asks for; without a question, of the view one begins with."""
    person = signed_in_person()
    reader = person.person_id
    if "" in request.args.values():
        return redirect(f"{url_for('reviews.list_responses')}?{urlencode(without_blanks(), doseq=True)}")
    with services.current().database.read() as connection:
        begin = saved_views.start_query(connection, reader=reader) if not request.args else None
        if begin:
            return redirect(f"{url_for('reviews.list_responses')}?{begin}")
        listing = open_listing(connection, request.args, reader=reader, size=RESPONSES_PER_PAGE)
        panel = open_panel(connection, listing, reader=reader)
        views = saved_views.views_of(connection, reader=reader)
        titles = queries.titles_of_forms(connection)
        set_aside = count_set_aside(connection, reader=reader)
        desk = decisions_in_list(connection, [one.response_id for one in listing.responses], person)
    shown = {
        response.response_id: best_title(
            titles.get((response.form_id, response.version), {}), wishes(), form_id=response.form_id
        )
        for response in listing.responses
    }
    page = render_template(
        "responses.html",
        listing=listing,
        panel=panel,
        views=views,
        here=urlencode(listing.query, doseq=True),
        responses=listing.responses,
        titles=shown,
        place=place_in_list(),
        set_aside=set_aside,
        **desk,
    )
    return Response(page)


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
        edits = marks_beside(connection, response_id, record, person, edited=request.args.get("edited", ""))
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
        desk = decision_page(connection, response_id, person)
    apart = None if person.role == "administrator" else withhold(record)
    if apart is not None:
        record, problems = apart.record, problems_in_view(problems)
        named = [file for file in named if file.name not in apart.texts]
    gone = response.state in GONE
    reading = None if gone else open_reading(record, logic=logic, lists=lists, pack=wording, problems=problems)
    return render_template(
        "response.html",
        response=response,
        edits=edits,
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
        **desk,
    )


def without_blanks() -> dict[str, list[str]]:
    """Give what a form of the list says, without the fields that were left blank; ALL where all were."""
    said = {name: [value for value in values if value] for name, values in request.args.lists()}
    kept = {name: values for name, values in said.items() if values and name != ALL and not name.startswith("_")}
    return kept or {ALL: ["yes"]}


def place_in_list() -> dict[str, list[str]]:
    """Give what the address says of the list, so that a way leads back to the same place of it."""
    place = kept_place(request.query_string.decode("ascii", "ignore"))
    return {name: values for name, values in place.items() if name not in OF_ONE_RESPONSE}


def wishes(*further: str) -> list[str]:
    """List languages by how well the reader is served: asked for, of these pages, English, then `further`."""
    return [request.args.get("questions", ""), page_language(), "en", *further]
