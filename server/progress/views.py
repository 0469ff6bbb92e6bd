"""The console: how far the work is, in figures, drawings and tables."""

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final
from urllib.parse import urlencode

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from server import services
from server.clock import as_text
from server.i18n import page_language
from server.people.sessions import signed_in_person
from server.places import queries as places
from server.progress import figures, queries
from server.progress.periods import MOST_DAYS, Stretch, covering, days_of, months_of, stretch
from server.progress.plots import Line, draw_columns, draw_rows
from server.progress.wording import day_words, month_words, outcome_words
from server.reviews import option_queries
from server.reviews import queries as reviews
from server.reviews.filters import Filters, as_query, read_filters
from server.reviews.languages import best_title
from server.reviews.set_aside_queries import count_set_aside

__all__ = ["blueprint"]

LAST_DAYS: Final = 30

blueprint = Blueprint("progress", __name__, url_prefix="/console/progress")
blueprint.add_app_template_global(draw_columns)
blueprint.add_app_template_global(draw_rows)

Named = Callable[[str], tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class Table:
    """One question with its answer: a heading, what a line is about, the lines, and whether they stand in time."""

    name: str
    heading: str
    about: str
    lines: tuple[Line, ...]
    in_time: bool = False

    @property
    def total(self) -> int:
        """The sum of all lines."""
        return sum(line.count for line in self.lines)

    @property
    def most(self) -> Line | None:
        """The line with the greatest count, if any has one."""
        return max(self.lines, key=lambda line: line.count, default=None) if self.total else None


@blueprint.get("")
def show_progress() -> AnyResponse:
    """Show the figures of a neighbourhood, or of all in reach, of some days or all."""
    reader = signed_in_person().person_id
    if "" in request.args.values():
        return redirect(
            f"{url_for('progress.show_progress')}?{urlencode(as_query(read_filters(request.args)), doseq=True)}"
        )
    asked = read_filters(request.args)
    filters = Filters(neighbourhood=asked.neighbourhood, since=asked.since, until=asked.until)
    today = date.fromisoformat(as_text(services.current().clock.now())[: len("2026-11-20")])
    with services.current().database.read() as connection:
        shown = wanted_days(connection, filters, reader=reader, today=today)
        everything = wanted_days(connection, replace(filters, since=None, until=None), reader=reader, today=today)
        there = filters.neighbourhood
        waits = queries.sums(connection, reader=reader, neighbourhood=there, periods=covering(everything))
        counted = queries.sums(connection, reader=reader, neighbourhood=there, periods=covering(shown))
        tables = [
            *tables_in_time(connection, filters, shown, reader=reader, today=today),
            *tables_by_value(connection, counted, reader=reader),
        ]
        page = render_template(
            "progress.html",
            filters=filters,
            query=as_query(filters),
            neighbourhoods=places.reachable(connection, reader=reader),
            waiting=figures.waiting(waits),
            set_aside=count_set_aside(connection, reader=reader),
            unsent=queries.unsent_on_phones(connection, reader=reader, neighbourhood=there),
            interviews=sum(counted.get("state", {}).values()),
            rejected=counted.get("state", {}).get("rejected", 0),
            tables=tables,
        )
    return Response(page)


def wanted_days(connection: sqlite3.Connection, filters: Filters, *, reader: str, today: date) -> Stretch:
    """Give the days that the figures are about."""
    oldest = queries.oldest_period(connection, reader=reader)
    first = date.fromisoformat(f"{oldest[: len('2026-11')]}-01") if oldest else today
    return stretch(filters.since, filters.until, oldest=first, today=today)


def tables_in_time(
    connection: sqlite3.Connection, filters: Filters, shown: Stretch, *, reader: str, today: date
) -> list[Table]:
    """Count by day and by month; without dates, the days of the last weeks."""
    chosen = filters.since or filters.until
    days = shown if chosen else Stretch(first=today - timedelta(days=LAST_DAYS - 1), last=today)
    tables = []
    if 0 < days.days <= MOST_DAYS:
        periods = days_of(days)
        counts = queries.by_period(connection, reader=reader, neighbourhood=filters.neighbourhood, periods=periods)
        heading = _("By day") if chosen else _("The last 30 days")
        lines = figures.in_time(periods, counts, named=day_words)
        tables.append(Table(name="days", heading=heading, about=_("Day"), lines=lines, in_time=True))
    months = months_of(shown)
    if len(months) > 1:
        counts = by_month(connection, filters, shown, months, reader=reader)
        lines = figures.in_time(months, counts, named=month_words)
        tables.append(Table(name="months", heading=_("By month"), about=_("Month"), lines=lines, in_time=True))
    return tables


def by_month(
    connection: sqlite3.Connection, filters: Filters, shown: Stretch, months: list[str], *, reader: str
) -> dict[str, int]:
    """Count by month, of the first and the last only the days that were asked for."""
    counts: dict[str, int] = {}
    found = queries.by_period(connection, reader=reader, neighbourhood=filters.neighbourhood, periods=covering(shown))
    for period, count in found.items():
        month = period[: len("2026-11")]
        counts[month] = counts.get(month, 0) + count
    return counts


def tables_by_value(
    connection: sqlite3.Connection, counted: Mapping[str, Mapping[str, int]], *, reader: str
) -> list[Table]:
    """Count by venue, worker, language, form, and why nobody was interviewed."""
    own = page_language()
    venues = queries.venue_names(connection, list(counted.get("venue", {})), reader=reader)
    autonyms = option_queries.names_of_languages(connection)
    titles = {form_id: given for (form_id, _version), given in reviews.titles_of_forms(connection).items()}

    def form(value: str) -> tuple[str, str]:
        title = best_title(titles.get(value, {}), [own, "en"], form_id=value)
        return title.text, title.lang or ""

    def venue(value: str) -> tuple[str, str]:
        return (venues[value], "") if value in venues else (_("No venue") if not value else _("Another venue"), own)

    def worker(value: str) -> tuple[str, str]:
        return (value, "") if value else (_("Residents"), own)

    named: list[tuple[str, str, str, str, Named]] = [
        ("venue", "venues", _("By venue"), _("Venue"), venue),
        (
            "worker",
            "workers",
            _("By worker"),
            _("Worker"),
            worker,
        ),
        ("language", "languages", _("By language"), _("Language"), lambda value: (autonyms.get(value, value), value)),
        ("form", "forms", _("By form"), _("Form"), form),
        ("outcome", "outcomes", _("Nobody interviewed"), _("What happened"), outcome_words),
    ]
    return [
        Table(
            name=name,
            heading=heading,
            about=about,
            lines=figures.lines_of(counted.get(what, {}), named=words, others=_("All others")),
        )
        for what, name, heading, about, words in named
    ]
