"""Measure Fieldwell beside its peers in one run and print one table: `make bench`, or `QUICK=1 make bench`.

Everything listens on loopback, in processes that end with this one. A full run takes about half an hour.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence

from tests.bench import machine
from tests.bench.first_question import first_question_rows
from tests.bench.form_clients import form_client_rows
from tests.bench.push_rate import push_rate_rows
from tests.bench.report import Row, table

RUNS = 3
QUICK_RUNS = 1
PARTS: dict[str, Callable[[int], list[Row]]] = {
    "pages": first_question_rows,
    "pushes": push_rate_rows,
    "forms": form_client_rows,
}

NOTES = """\
- Bytes are counted on the wire towards the phone, as they were compressed, whoever asked for them: the service worker's
  downloads behind the page count too. 1 kB = 1,000 bytes.
- Cold: every visit has a new browser, profile and cache. Time runs from opening the address until the first question
  is in view, enabled, and the main thread takes an answer. Fieldwell starts at the enrolment link, so its time holds
  enrolling, storing the form and beginning a response; Enketo starts at the form itself. The answer is given at that
  moment and must be kept: by Fieldwell in its IndexedDB draft and after a reload, by Enketo in its model in memory.
- The slow link is one for all connections and the service worker: 400 kbit/s each way, 400 ms a round trip.
- Key to settled: no change of the document and no busy main thread for 400 ms after; the slower of the key and of Tab,
  because Enketo works things out on leaving a field. Fieldwell's holds the save of the draft on disk; the peers save
  nothing. A page of Fieldwell has the questions of one group; the peers show all on one page, as they come.
- Records: the same interviews for all, 1,025 bytes of JSON each as a document. Fieldwell acknowledges after an fsync
  (synchronous=FULL); PouchDB's LevelDB does not fsync its commits. Clients share the machine's cores with the servers.
"""


def main(arguments: Sequence[str]) -> None:
    """Run the parts that were asked for and print the table."""
    options = _options(arguments)
    rows: list[Row] = []
    for part in options.parts:
        print(f"Measuring {part}, n = {options.runs} …", file=sys.stderr, flush=True)
        rows += PARTS[part](options.runs)
    facts = "\n".join(f"- {fact}" for fact in machine.facts())
    print(f"\n{table(rows)}\n\nMedian (min–max, n = runs, interleaved).\n{facts}\n{NOTES}")


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    quick = os.environ.get("QUICK", "0") not in {"", "0"}
    parser.add_argument("--runs", type=int, default=QUICK_RUNS if quick else RUNS, help="how often each is measured")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=list(PARTS), help="what is measured")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
