"""The pages on which codes for phones are shown: one on the screen, or slips to print. They are shown once."""

from dataclasses import dataclass

from flask import render_template

from server import services
from server.address import public_address, reach_of_address
from server.devices.inviting import LINK_HOURS, Invited
from server.devices.wording import slip_words
from server.people.rules import Person
from server.places.drawing import QrDrawing, draw_qr
from server.places.queries import Neighbourhood, languages_of
from server.programme.queries import programme
from server.shown_once import seal

__all__ = ["Code", "code_of", "page_of_codes"]


@dataclass(frozen=True, kw_only=True)
class Code:
    """One code as it is shown: whose phone, the code, the link that ends in it, and the link as a picture."""

    name: str
    secret: str
    link: str
    drawing: QrDrawing


def page_of_codes(person: Person, codes: list[Code], place: Neighbourhood, *, expires: str, on_paper: bool) -> str:
    """Show codes: one on the screen, or slips to print."""
    with services.current().database.read() as connection:
        asking, languages = programme(connection), languages_of(connection, place.neighbourhood_id)
    facts: dict[str, str | list[str]] = {
        "secrets": [code.secret for code in codes],
        "names": [code.name for code in codes],
        "neighbourhood": place.neighbourhood_id,
        "expires": expires,
        "on_paper": "yes" if on_paper else "no",
    }
    return render_template(
        "phone_sheet.html" if on_paper else "phone_link.html",
        codes=codes,
        place=place,
        hours=LINK_HOURS,
        spoken=slip_words(languages, expires=expires),
        programme=asking,
        address=f"{public_address().removeprefix('https://')}/enrol",
        reach=reach_of_address(),
        shown=seal(person, facts, page="codes"),
    )


def code_of(invited: Invited) -> Code:
    """Give a code as it is shown."""
    link = f"{public_address()}/enrol#{invited.secret}"
    return Code(name=invited.name, secret=invited.secret, link=link, drawing=draw_qr(link))
