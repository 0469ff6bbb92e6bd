"""Filters in words: what there is to choose from, and what was chosen."""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from flask import Blueprint
from flask_babel import format_date
from flask_babel import gettext as _

from server.coding.labels import Label, book, label
from server.i18n import page_language
from server.places import queries as places
from server.reviews import option_queries, queries
from server.reviews.figures import own_digits
from server.reviews.filters import MARKS, STATES, Filters
from server.reviews.languages import best_title
from server.reviews.listing import Listing, Query
from server.reviews.option_queries import Option
from server.reviews.order import COLUMNS, Column, Order
from server.reviews.wording import state_words

__all__ = ["Chip", "Choice", "Panel", "install_filter_wording", "open_panel"]

BOOKS: Final = {"kind": "assets", "barrier": "barriers"}


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Something to choose, in words of a language; ``lang`` is '' for a name, which belongs to none."""

    value: str
    words: str
    lang: str = ""


@dataclass(frozen=True, kw_only=True)
class Chip:
    """A filter that was chosen: which, what was chosen, and the address of the list without it."""

    name: str
    label: str
    chosen: tuple[Choice, ...]
    query: Query


@dataclass(frozen=True, kw_only=True)
class Panel:
    """All filters: the options of each by its name, and what was chosen."""

    labels: Mapping[str, str]
    options: Mapping[str, Sequence[Choice]]
    chips: tuple[Chip, ...]
    loosen: tuple[Chip, ...]


def install_filter_wording(blueprint: Blueprint) -> None:
    """Give the templates what puts orders into words."""
    blueprint.add_app_template_filter(column_words)
    blueprint.add_app_template_filter(order_words)
    blueprint.add_app_template_global(orders)


def open_panel(connection: sqlite3.Connection, listing: Listing, *, reader: str) -> Panel:
    """Gather the options within a reader's reach, and put what was chosen into words."""
    options = _options(connection, listing.filters, reader=reader)
    labels = filter_labels()
    words = {name: _chosen(listing.filters, name, options) for name in listing.filters.chosen}
    chips = {
        way.name: Chip(name=way.name, label=labels[way.name], chosen=words[way.name], query=way.query)
        for way in listing.removable
    }
    return Panel(
        labels=labels,
        options=options,
        chips=tuple(chips.values()),
        loosen=tuple(replace(chips[way.name], query=way.query) for way in listing.loosen),
    )


def filter_labels() -> dict[str, str]:
    """Say what each filter is about."""
    return {
        "text": _("Words"),
        "neighbourhood": _("Neighbourhood"),
        "venue": _("Venue"),
        "author": _("Worker"),
        "device": _("Phone"),
        "form": _("Form"),
        "lang": _("Language"),
        "states": _("State"),
        "kind": _("Kind of asset"),
        "barrier": _("Barrier"),
        "since": _("Received from"),
        "until": _("Received up to"),
        "marks": _("To look at"),
        "origin": _("Came by"),
    }


def column_words(column: Column) -> str:
    """Say what a list can be sorted by."""
    words: dict[Column, str] = {
        "received": _("Received on"),
        "made": _("Finished on"),
        "neighbourhood": _("Neighbourhood"),
        "language": _("Language"),
        "worker": _("Worker"),
        "problems": _("Problems"),
    }
    return words[column]


def order_words(order: Order) -> str:
    """Say how a list is sorted."""
    if order.by in {"received", "made"}:
        return str(_("oldest first") if order.rising else _("newest first"))
    if order.by == "problems":
        return str(_("fewest problems first") if order.rising else _("most problems first"))
    return str(_("from A to Z") if order.rising else _("from Z to A"))


def orders() -> list[tuple[Order, str, str]]:
    """List all orders with the column and the direction in words."""
    turns = [Order().turned(column) if column != "received" else Order() for column in COLUMNS]
    both = [order for first in turns for order in (first, first.turned(first.by))]
    return [(order, column_words(order.by), order_words(order)) for order in both]


def _options(connection: sqlite3.Connection, filters: Filters, *, reader: str) -> dict[str, list[Choice]]:
    there = filters.neighbourhood
    autonyms = option_queries.names_of_languages(connection)
    counted = option_queries.counted_values(connection, reader=reader, neighbourhood=there)
    return {
        "neighbourhood": [
            Choice(value=place.neighbourhood_id, words=place.name)
            for place in places.reachable(connection, reader=reader)
        ],
        "venue": _named(option_queries.venues_within(connection, reader=reader, neighbourhood=there)),
        "author": [Choice(value=name, words=name) for name in counted.get("worker", ())],
        "device": _named(option_queries.phones_within(connection, reader=reader, neighbourhood=there)),
        "form": _forms(connection, counted.get("form", ())),
        "lang": [Choice(value=tag, words=autonyms.get(tag, tag), lang=tag) for tag in counted.get("language", ())],
        "states": [Choice(value=state, words=state_words(state), lang=page_language()) for state in STATES],
        "kind": _codes("kind"),
        "barrier": _codes("barrier"),
        "marks": [Choice(value=mark, words=_mark_words(mark), lang=page_language()) for mark in MARKS],
        "origin": [
            Choice(value="poster", words=_("A poster, from a resident"), lang=page_language()),
            Choice(value="phone", words=_("A worker’s phone"), lang=page_language()),
        ],
    }


def _named(options: Sequence[Option]) -> list[Choice]:
    return [Choice(value=option.value, words=option.name) for option in options]


def _forms(connection: sqlite3.Connection, ids: Sequence[str]) -> list[Choice]:
    """List the forms that responses in reach were given to, by the title of their last version."""
    titles = {form_id: given for (form_id, _version), given in queries.titles_of_forms(connection).items()}
    shown = [
        (form_id, best_title(titles.get(form_id, {}), [page_language(), "en"], form_id=form_id)) for form_id in ids
    ]
    return [Choice(value=form_id, words=title.text, lang=title.lang or "") for form_id, title in shown]


def _codes(name: str) -> list[Choice]:
    codes = [code for code in book(BOOKS[name]).codes if code.role == "code" or name == "kind"]
    return [_code(name, code.id) for code in codes]


def _code(name: str, code: str) -> Choice:
    found: Label = label(BOOKS[name], code, page_language())
    return Choice(value=code, words=found.text, lang=found.lang)


def _chosen(filters: Filters, name: str, options: Mapping[str, Sequence[Choice]]) -> tuple[Choice, ...]:
    """Put into words what was chosen; what is no option, or none any more, as it stands in the address."""
    given = getattr(filters, name)
    if isinstance(given, date):
        return (Choice(value="", words=own_digits(format_date(given, "medium")), lang=page_language()),)
    known = {option.value: option for option in options.get(name, ())}
    return tuple(
        known.get(one) or Choice(value=one, words=one) for one in ((given,) if isinstance(given, str) else given)
    )


def _mark_words(mark: str) -> str:
    return str(_("With problems") if mark == "problems" else _("With two versions"))
