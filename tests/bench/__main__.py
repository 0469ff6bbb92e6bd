"""Measure Fieldwell beside its peers in one run and print one table: `make bench`, or `QUICK=1 make bench`.

Everything listens on loopback, in processes that end with this one. A full run takes about an hour.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.bench import machine
from tests.bench.desk_rows import desk_rows
from tests.bench.first_question import first_question_rows
from tests.bench.form_clients import form_client_rows
from tests.bench.phone_rows import phone_rows
from tests.bench.report import Row, aims, table
from tests.bench.resident_rows import resident_rows
from tests.bench.sync_rows import sync_rows

RUNS = 3
QUICK_RUNS = 1
PAGES = """\
- Bytes are counted on the wire towards the phone, as they were compressed, whoever asked for them: the service worker's
  downloads behind the page count too. 1 kB = 1,000 bytes.
- Cold: every visit has a new browser, profile and cache. Time runs from opening the address until the first question
  is in view, enabled, and the main thread takes an answer. Fieldwell starts at the enrolment link, so its time holds
  enrolling, storing the form and beginning a response; Enketo starts at the form itself. The answer is given at that
  moment and must be kept: by Fieldwell in its IndexedDB draft and after a reload, by Enketo in its model in memory.
- The slow link is one for all connections and the service worker: 400 kbit/s each way, 400 ms a round trip.
"""
KEYS = """\
- Key to settled: no change of the document and no busy main thread for 400 ms after; the slower of the key and of Tab,
  because Enketo works things out on leaving a field. Fieldwell's holds the save of the draft on disk; the peers save
  nothing. A page of Fieldwell has the questions of one group; the peers show all on one page, as they come.
"""
RESIDENT = """\
- Bytes are counted on the wire towards the phone, compressed as they were sent. Every visit has a new browser, profile
  and cache. The slow link is one for all connections: 400 kbit/s each way, 400 ms a round trip. 1 kB = 1,000 bytes.
- A poster's address is opened cold, in English, by a phone that was never here; Enketo's page has the same form, all
  questions at once. The moment counted is when the first question of choosing is in view and takes an answer, which
  must hold on the next page. "Does without the server": the app behind the page has stored the form, has a token, and
  catches what is pressed next. Without script: Chromium with scripts off, driven from outside, a click included.
- The hall: 500 people scan within the same moment from one address, on a server with an empty folder, and share its
  cores; each looks at a page for 6 to 14 s. Every request is on a connection of its own, as a proxy makes them. Without
  script: to the end of the form, the equality questions left out. By the app: page, visit call, push of the response.
"""
PHONE = """\
- The phone: a worker's app in Chromium at a sixth of this machine's speed, no network, a new profile on disk each run.
  Cold: a new page, nothing in memory; all files come from the service worker. Floors are the browser's own work, in the
  same page at the same speed. Finishing holds the engine's end, hashing, and one durable transaction.
"""
DESK = """\
- The desk: generated responses, written straight into the tables; nobody said any of them. Each page is asked for 20
  times a run through the application itself, without the HTTP server, templates included, in the process that filled
  the tables. Beside it: opening the database and reading as many rows as a page has by their primary key.
- Growth per decade: the same line at 1,000, 100,000 and 1,000,000. BENCH_DESK=1000,100000 measures at other sizes,
  BENCH_DESK_FOLDER says where the data may lie: a million responses take about 4 GB and half an hour to make.
"""
SYNC = """\
- Records: the same interviews for all, 1,025 bytes of JSON each as a document. Fieldwell acknowledges after an fsync
  (synchronous=FULL) on the server and keeps what it hears in an outbox with an fsync too; PouchDB's LevelDB does not
  fsync its commits, and its client's database is in memory. Clients share the machine's cores with the servers. Each
  phase has a phone, or a database, of its own and a client in a process of its own. 1,000 records go before, untimed:
  for PouchDB in each phase, for Fieldwell before the first and until they are validated.
- Fieldwell's client is the one that a hub uses: outbox, session, gzip, feed. A push is done when the feed has told that
  every record is held. "Pushes alone": receipts only, without outbox and feed. One record: kept by the client and sent.
- Validation runs behind intake, in the server's process; lag: from the last push's end until the last of 10,000
  records can be seen in the console, the pause of 0.2 s included that it waits for; its rate: while it ran alone.
- Memory: resident, after the four phases that both go through and before pushes alone.
"""


@dataclass(frozen=True)
class Part:
    """Something that is measured: its rows, the folders of the peers beside it, and what has to be known to read it."""

    rows: Callable[[int], list[Row]]
    peers: frozenset[str]
    notes: tuple[str, ...]


PARTS = {
    "pages": Part(first_question_rows, frozenset({"enketo"}), (PAGES, KEYS)),
    "sync": Part(sync_rows, frozenset({"pouchdb"}), (SYNC,)),
    "resident": Part(resident_rows, frozenset({"enketo"}), (RESIDENT,)),
    "phone": Part(phone_rows, frozenset(), (PHONE,)),
    "desk": Part(desk_rows, frozenset(), (DESK,)),
    "forms": Part(form_client_rows, frozenset({"enketo", "webforms"}), (PAGES, KEYS)),
}


def main(arguments: Sequence[str]) -> None:
    """Run the parts that were asked for and print the table."""
    options = _options(arguments)
    rows: list[Row] = []
    for name in options.parts:
        print(f"Measuring {name}, n = {options.runs} …", file=sys.stderr, flush=True)
        rows += PARTS[name].rows(options.runs)
    parts = [PARTS[name] for name in options.parts]
    facts = machine.facts(frozenset[str]().union(*(part.peers for part in parts)))
    notes = "".join(dict.fromkeys(note for part in parts for note in part.notes))
    print(f"\n{table(rows)}\n\nMedian (min–max, n = runs, interleaved).\n{_listed(facts)}{notes}{_listed(aims(rows))}")


def _listed(sentences: Sequence[str]) -> str:
    return "".join(f"- {sentence}\n" for sentence in sentences)


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    quick = os.environ.get("QUICK", "0") not in {"", "0"}
    parser.add_argument("--runs", type=int, default=QUICK_RUNS if quick else RUNS, help="how often each is measured")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=list(PARTS), help="what is measured")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
