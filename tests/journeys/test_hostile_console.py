"""Two hundred hostile texts on every page of the console, in a real browser: nothing runs, nothing asks, all fits."""

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page, Playwright

from server import services
from server.app import create_app
from server.config import RESPONSES_PER_PAGE, Config
from server.devices import enrolment
from server.forms.publish import publish
from server.people import accounts
from server.people.accounts import SignIn
from server.places.queries import Neighbourhood, add_neighbourhood
from server.reviews import projector
from server.services import Services
from sync.hashes import sha256_hex
from tests.hostile_texts import HOSTILE_TEXTS
from tests.journeys.central import Central
from tests.journeys.watched import watched_chromium
from tests.server.console_pages import sign_in as sign_in_plainly
from tests.server.hostile_responses import LONG, console_addresses, grouped_item
from tests.server.posters import set_up_programme
from tests.server.pushing import push, statuses
from tests.server.records import DEVICE, Phone, SteppedClock, chance, compiled_walk

NARROW: Final = {"viewport": {"width": 360, "height": 740}, "locale": "en-GB"}
IN_ONE_RESPONSE: Final = 12
BAD: Final = 400
OPEN_ALL: Final = "for (const one of document.querySelectorAll('details')) one.open = true"
TOO_WIDE: Final = """() => document.documentElement.scrollWidth > document.documentElement.clientWidth
  ? [...document.querySelectorAll('main *')].filter((one) => one.getBoundingClientRect().right > 361)
      .slice(0, 3).map((one) => `${one.tagName}.${one.className} in ${one.parentElement.className}`)
  : []"""


class Attacked(NamedTuple):
    """A server that has taken in all of them, who may sign in there, and its pages."""

    central: Central
    account: SignIn
    addresses: Sequence[str]


@pytest.fixture
def attacked(tmp_path: Path) -> Iterator[Attacked]:
    central = Central(tmp_path)
    running = services.start(central.data, clock=SteppedClock(), random_bytes=chance(1))
    try:
        account, addresses = filled(running, central.data)
    finally:
        running.close()
    central.start()
    yield Attacked(central, account, addresses)
    central.kill()


def test_no_text_runs_asks_or_widens_a_page_of_the_console(
    attacked: Attacked, playwright: Playwright, tmp_path: Path
) -> None:
    central = attacked.central
    with watched_chromium(playwright, tmp_path / "profile", settings=NARROW) as context:
        page = context.pages[0]
        sign_in(page, central, attacked.account)
        wide = {}
        for address in attacked.addresses:
            reply = page.goto(f"{central.url}{address}")
            assert reply is not None
            assert reply.ok, address
            page.evaluate(OPEN_ALL)
            if found := page.evaluate(TOO_WIDE):
                wide[address] = found
        assert wide == {}


def sign_in(page: Page, central: Central, account: SignIn) -> None:
    page.goto(f"{central.url}/console/sign-in")
    page.locator("input[name=sign_in_name]").fill(account.sign_in_name)
    page.locator("input[name=password]").fill(account.password)
    page.locator("main form button").click()
    page.wait_for_url(lambda address: "sign-in" not in address)


def filled(running: Services, folder: Path) -> tuple[SignIn, list[str]]:
    """Take all of them in; give who may look, and every address where they may be seen."""
    place = Neighbourhood(neighbourhood_id="old-ford", name="Old Ford", system="North East London")
    running.database.write(partial(add_neighbourhood, neighbourhood=place))
    set_up_programme(running)
    publish(running.database, compiled_walk(), source_name="walk.xml", clock=running.clock)
    app = create_app(Config(data_folder=folder), running)
    client, phone = app.test_client(), enrolled(running, folder)
    ids = []
    for texts in groups(HOSTILE_TEXTS):
        item = grouped_item(phone, texts)
        assert statuses(push(client, phone, item)) == ["stored"]
        ids.append(json.loads(str(item["header"]))["id"])
    projector.catch_up(running.database)
    account = accounts.add_or_reset(
        running.database,
        sign_in_name="ada",
        name="Ada",
        role="administrator",
        clock=running.clock,
        random_bytes=running.random_bytes,
    )
    assert sign_in_plainly(client, account.sign_in_name, account.password).status_code in {302, 303}
    lists = [f"/console/responses?page={number + 1}" for number in range(len(ids) // RESPONSES_PER_PAGE + 1)]
    ours = [f"/console/responses/{response_id}" for response_id in ids]
    return account, [*pages_there(client, console_addresses(app, ids[0])), *lists, *ours]


def pages_there(browser: FlaskClient, addresses: Iterable[str]) -> Iterator[str]:
    """Give those that show a page: a browser complains of one that is not there, and downloads what is none."""
    for address in addresses:
        reply = browser.get(address)
        if reply.status_code < BAD and reply.mimetype == "text/html":
            yield address


def enrolled(running: Services, folder: Path) -> Phone:
    secret = enrolment.create(
        running.database,
        neighbourhood_id="old-ford",
        name="Rahima",
        clock=running.clock,
        random_bytes=running.random_bytes,
    )
    client = create_app(Config(data_folder=folder), running).test_client()
    reply = client.post("/devices/v1/enrol", json={"secret": secret, "device": DEVICE})
    logic = compiled_walk()
    return Phone(
        token=reply.get_json()["token"],
        logic=sha256_hex(logic.logic_text),
        texts={lang: sha256_hex(pack) for lang, pack in logic.packs.items()},
    )


def groups(texts: Sequence[str]) -> list[list[str]]:
    """Put long ones alone, and others together."""
    short = [text for text in texts if len(text) <= LONG]
    together = [short[first : first + IN_ONE_RESPONSE] for first in range(0, len(short), IN_ONE_RESPONSE)]
    return [*together, *([text] for text in texts if len(text) > LONG)]
