"""Form clients beside one another: Fieldwell, Enketo and ODK Web Forms with the same two forms."""

import json
import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from playwright.sync_api import Page

from server.forms.xlsform import compile_file
from tests.bench.engines import fieldwell_engine, odk_engine
from tests.bench.enketo_page import enketo
from tests.bench.fieldwell import Server, server_with_form
from tests.bench.fieldwell_page import fieldwell_typed
from tests.bench.keystrokes import Keystrokes, measure_keystrokes
from tests.bench.link import SLOW_4G, SLOW_PHONE, UNTHROTTLED, Conditions
from tests.bench.questionnaires import LEAF, big_form, small_form
from tests.bench.report import Row
from tests.bench.visit import Client, Visit, visit
from tests.bench.webforms_page import webforms

__all__ = ["form_client_rows"]

OURS = "Fieldwell"
CYCLES = 6
# A slow visit takes long and varies little: it is made less often.
MOST_VISITS: Mapping[Conditions, int] = {UNTHROTTLED: 5, SLOW_4G: 3, SLOW_PHONE: 2}
SLOW_CPU = 4
KILOBYTE, MEGABYTE = 1_000, 1_000_000


@dataclass
class Measured:
    """What was measured with one form, by client."""

    visits: dict[Conditions, dict[str, list[Visit]]] = field(default_factory=dict)
    keys: dict[int, dict[str, Keystrokes]] = field(default_factory=dict)


def form_client_rows(runs: int) -> list[Row]:
    """Measure all three clients in turn, at most `runs` times under each of the conditions."""
    with tempfile.TemporaryDirectory() as place:
        small, big = small_form(Path(place)), big_form(Path(place))
        rows = _first_field_rows("small form", _measure(small, runs, keys=False))
        measured = _measure(big, runs, keys=True)
    ours, theirs = fieldwell_engine(), odk_engine()
    return [
        *rows,
        *_first_field_rows("2,000 questions", measured),
        *_key_rows(measured),
        Row("engine alone, minified, gzip", "kB", "lower", [ours / KILOBYTE], "xforms-engine", [theirs / KILOBYTE]),
    ]


def _measure(form: Path, runs: int, *, keys: bool) -> Measured:
    measured = Measured()
    with _clients(form, runs) as (server, peers):
        for conditions, most in MOST_VISITS.items():
            found = measured.visits.setdefault(conditions, {})
            for _ in range(min(runs, most)):
                for client in (fieldwell_typed(server), *peers):
                    seen = visit(client, conditions)
                    _tell(f"{form.stem}, {client.name}, {conditions.name}: {seen.field_ms:,.0f} ms")
                    found.setdefault(client.name, []).append(seen)
        for slowdown in (1, SLOW_CPU) if keys else ():
            found_keys = measured.keys.setdefault(slowdown, {})
            for client in (fieldwell_typed(server), *peers):
                way = _way_to_leaf(client, form)
                keys_of = measure_keystrokes(client, way, cpu_slowdown=slowdown, cycles=CYCLES)
                _tell(f"{form.stem}, {client.name}, CPU ×{slowdown}: {keys_of}")
                found_keys[client.name] = keys_of
    return measured


@contextmanager
def _clients(form: Path, runs: int) -> Iterator[tuple[Server, Sequence[Client]]]:
    phones = sum(min(runs, most) for most in MOST_VISITS.values()) + len((1, SLOW_CPU))
    with ExitStack() as stack:
        server = stack.enter_context(server_with_form(phones=phones, form=form))
        peers = [stack.enter_context(enketo(form)), stack.enter_context(webforms(form))]
        yield server, [replace(peer, text="7") for peer in peers]


def _tell(progress: str) -> None:
    print(f"  {progress}", file=sys.stderr, flush=True)


def _way_to_leaf(client: Client, form: Path) -> Callable[[Page], None]:
    """Peers show all questions on one page; our pages have addresses."""
    if client.name != OURS:
        return lambda page: None
    names = [node["name"] for node in json.loads(compile_file(form).logic_text)["nodes"]]
    return lambda page: _open(page, names.index(LEAF))


def _open(page: Page, number: int) -> None:
    page.goto(re.sub(r"(/interview/[^/]+).*", rf"\1/{number}", page.url))


def _first_field_rows(form: str, measured: Measured) -> list[Row]:
    rows = [
        row
        for conditions, visits in measured.visits.items()
        for row in _rows(f"{form}: first answerable field, {conditions.name}", "ms", visits, lambda seen: seen.field_ms)
    ]
    slowest = measured.visits[SLOW_PHONE]
    fast = measured.visits[UNTHROTTLED]
    return [
        *rows,
        *_rows(f"{form}: bytes to it", "kB", slowest, lambda seen: seen.to_field.body_bytes / KILOBYTE),
        *_rows(f"{form}: JS heap then", "MB", fast, lambda seen: seen.heap_bytes / MEGABYTE),
    ]


def _rows(
    measure: str, unit: str, visits: Mapping[str, Sequence[Visit]], figure: Callable[[Visit], float]
) -> Iterator[Row]:
    ours = [figure(seen) for seen in visits[OURS]]
    for name, theirs in visits.items():
        if name != OURS:
            yield Row(measure, unit, "lower", ours, name, [figure(seen) for seen in theirs])


def _key_rows(measured: Measured) -> Iterator[Row]:
    for slowdown, found in measured.keys.items():
        ours = found[OURS]
        for name, theirs in found.items():
            if name == OURS:
                continue
            where = f"2,000 questions, CPU ×{slowdown}: key to settled"
            yield Row(f"{where}, head of the chain", "ms", "lower", ours.head.slower, name, theirs.head.slower)
            yield Row(f"{where}, leaf", "ms", "lower", ours.leaf.slower, name, theirs.leaf.slower)
            yield Row(f"totals right, of {CYCLES}", "times", "higher", [ours.head.right], name, [theirs.head.right])
