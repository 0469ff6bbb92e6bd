"""Every fault on every request: nothing wrong is believed while it lasts, and everything is held once when it is over.

`make netfault` runs all of it at the speeds of bad lines; a commit runs a part at faster ones: each fault and each
request at least once, and every dropped answer, which is where work is done twice or lost.
"""

import os
from collections.abc import Callable
from typing import Final, NamedTuple

import pytest

from sync.client.transport import Patience
from tests.netfault import faults
from tests.netfault.client import PATIENT, Client
from tests.netfault.endpoints import ENDPOINTS, Endpoint
from tests.netfault.faults import Fault
from tests.netfault.proxy import Proxy

ALL: Final = os.environ.get("NETFAULT") == "all"
LATENCY_SECONDS: Final = 0.4 if ALL else 0.05
BYTES_PER_SECOND: Final = 4_000 if ALL else 40_000
IMPATIENT: Final = Patience(connect=5.0, silence=3.0 if ALL else 0.6)
IN_THE_HEAD: Final = 60
IN_THE_BODY: Final = 700
IN_THE_ANSWER: Final = 90


class Case(NamedTuple):
    """A fault, made anew for each test; how long a client waits under it, and what it then says is wrong.

    ``trouble``: "" for nothing, "lost" for whatever a lost request is called, None where it depends on the request.
    """

    name: str
    fault: Callable[[], Fault]
    patience: Patience = PATIENT
    trouble: str | None = None


FAULTS: Final = (
    Case("latency", lambda: faults.Latency(LATENCY_SECONDS), trouble=""),
    Case("bandwidth", lambda: faults.Bandwidth(BYTES_PER_SECOND), trouble=""),
    Case("slow-close", lambda: faults.SlowClose(LATENCY_SECONDS * 2), trouble=""),
    Case("timeout", faults.Timeout, IMPATIENT, "lost"),
    Case("reset", faults.Reset, trouble="lost"),
    Case("reset-up-in-head", lambda: faults.ResetUp(IN_THE_HEAD), trouble="lost"),
    Case("reset-up-in-body", lambda: faults.ResetUp(IN_THE_BODY)),
    Case("reset-down", lambda: faults.ResetDown(IN_THE_ANSWER), trouble="lost"),
    Case("slices", lambda: faults.Slices(seed=7), trouble=""),
    Case("cut-up-in-head", lambda: faults.CutUp(IN_THE_HEAD), trouble="lost"),
    Case("cut-up-in-body", lambda: faults.CutUp(IN_THE_BODY)),
    Case("cut-down", lambda: faults.CutDown(IN_THE_ANSWER), trouble="lost"),
    Case("answer-dropped", faults.AnswerDropped, trouble="lost"),
    Case("portal", faults.Portal, trouble="not-our-server"),
    Case("portal-redirect", faults.PortalRedirect, trouble="not-our-server"),
    Case("half-open-phone", lambda: faults.HalfOpenPhone(IN_THE_HEAD), trouble="lost"),
    Case("half-open-phone-in-body", lambda: faults.HalfOpenPhone(IN_THE_BODY), IMPATIENT),
    Case("half-open-server", lambda: faults.HalfOpenServer(IN_THE_HEAD), IMPATIENT, "lost"),
    Case("duplicate", faults.Duplicate),
)
LOST: Final = frozenset({"no-connection", "unreachable", "timeout"})
MATRIX: Final = [(case, endpoint) for case in FAULTS for endpoint in ENDPOINTS]
EACH_ONCE: Final = {(place, place % len(ENDPOINTS)) for place in range(len(FAULTS))}
PER_COMMIT: Final = [
    (case, endpoint)
    for row, case in enumerate(FAULTS)
    for column, endpoint in enumerate(ENDPOINTS)
    if (row, column) in EACH_ONCE or case.name == "answer-dropped"
]


@pytest.mark.parametrize(
    ("case", "endpoint"),
    [pytest.param(*pair, id=f"{pair[0].name}-{pair[1].name}") for pair in (MATRIX if ALL else PER_COMMIT)],
)
def test_a_fault_makes_nobody_believe_what_is_not_so(
    case: Case, endpoint: Endpoint, client: Client, line: Proxy
) -> None:
    endpoint.prepare(client)
    line.break_with(case.fault(), on=endpoint.request)
    trouble = endpoint.act(client, line.url, case.patience)
    assert line.broken, "the fault has been played"
    assert case.trouble != "lost" or trouble in LOST
    assert case.trouble in {None, "lost", trouble}
    assert case.name != "duplicate" or line.repeated.wait(PATIENT.silence), "it has come twice"

    line.heal()
    endpoint.heal(client, line.url)


def test_a_commit_runs_every_fault_and_every_request() -> None:
    assert {case.name for case, _ in PER_COMMIT} == {case.name for case in FAULTS}
    assert {endpoint.name for _, endpoint in PER_COMMIT} == {endpoint.name for endpoint in ENDPOINTS}
    dropped = [endpoint.name for case, endpoint in PER_COMMIT if case.name == "answer-dropped"]
    assert dropped == [endpoint.name for endpoint in ENDPOINTS]
