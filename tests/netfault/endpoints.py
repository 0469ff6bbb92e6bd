"""What a client asks of a server, each brought about so that exactly that request goes over the bad line."""

import json
from abc import ABC, abstractmethod
from random import Random
from time import monotonic
from typing import Final

from sync.client import programme
from sync.client.programme import Enrolled, NotGot
from sync.client.requesting import ChangesRequest, PushRequest
from sync.client.transport import Patience, Transport
from sync.replies import ChangesPage, Hello, read_hello, read_page, read_receipts
from sync.session_types import Answer
from sync.shape import Fields, read_fields
from tests.netfault.client import PATIENT, Client, assert_held_once, assert_truthful
from tests.netfault.hall import Hall
from tests.netfault.records import new_device

__all__ = ["ENDPOINTS", "Endpoint"]

PHOTO_BYTES: Final = 6_000
NOT_OURS: Final = "not-our-server"


class Endpoint(ABC):
    """One request. ``prepare`` talks to the server directly; ``act`` goes over the line that is given."""

    name: str
    request: str
    """How it begins, as `POST /sync/v1/push`."""

    @abstractmethod
    def prepare(self, client: Client) -> None:
        """Bring the client to where it makes the request."""

    @abstractmethod
    def act(self, client: Client, address: str, patience: Patience) -> str:
        """Make it, and assert that no wrong state comes of it; give the trouble, '' when there is none."""

    @abstractmethod
    def heal(self, client: Client, address: str) -> None:
        """On a good line, bring to its end what was begun, and assert that it was done once."""


class SyncEndpoint(Endpoint):
    """A request that a session makes by itself."""

    def act(self, client: Client, address: str, patience: Patience) -> str:
        client.try_once(address, patience)
        assert_truthful(client)
        if client.trouble() == "":
            assert client.is_done(), f"a pass that went well leaves nothing: {client.describe()}"
        return client.trouble()

    def heal(self, client: Client, address: str) -> None:
        client.heal(address)
        assert_truthful(client)
        assert_held_once(client)


class PushEndpoint(SyncEndpoint):
    name = "push"
    request = "POST /sync/v1/push"

    def prepare(self, client: Client) -> None:
        for _ in range(3):
            client.finish()
        client.finish([client.photo(PHOTO_BYTES)])


class ChangesEndpoint(SyncEndpoint):
    """Everything was sent, and the feed has not told of it."""

    name = "changes"
    request = "GET /sync/v1/changes"

    def prepare(self, client: Client) -> None:
        for _ in range(3):
            client.finish()
        keep(client, push_directly(client), page=None)
        assert set(client.outbox.states().values()) == {"sent"}


class HaveEndpoint(SyncEndpoint):
    """Everything was sent, and the feed has told of it before we knew what it meant."""

    name = "have"
    request = "POST /sync/v1/have"

    def prepare(self, client: Client) -> None:
        for _ in range(3):
            client.finish()
        fields = push_directly(client)
        page = page_at_the_end(client)
        keep(client, fields, page=ChangesPage(reset=False, changes=(), cursor=page.cursor, more=False))
        assert set(client.outbox.states().values()) == {"sent"}


class MeasureEndpoint(SyncEndpoint):
    name = "measure"
    request = "HEAD /sync/v1/attachments/"

    def prepare(self, client: Client) -> None:
        client.finish([client.photo(PHOTO_BYTES), client.photo(PHOTO_BYTES)])
        keep(client, push_directly(client), page=None)
        assert set(client.outbox.attachment_states().values()) == {"here"}


class UploadEndpoint(MeasureEndpoint):
    name = "upload"
    request = "PATCH /sync/v1/attachments/"


class AskingEndpoint(Endpoint):
    """A request that is made on its own; what it gives is right, or it gives nothing."""

    def prepare(self, client: Client) -> None:
        pass

    def act(self, client: Client, address: str, patience: Patience) -> str:
        transport = Transport(address, monotonic=monotonic, patience=patience)
        try:
            got = self.ask(client, transport)
        finally:
            transport.close()
        if isinstance(got, NotGot):
            return got.why
        self.check(client, got)
        return ""

    def heal(self, client: Client, address: str) -> None:
        assert self.act(client, address, PATIENT) == ""

    @abstractmethod
    def ask(self, client: Client, transport: Transport) -> object:
        """Make the request."""

    @abstractmethod
    def check(self, client: Client, got: object) -> None:
        """Assert that it is what the server says."""


class HelloEndpoint(AskingEndpoint):
    name = "hello"
    request = "GET /sync/v1/hello"

    def ask(self, client: Client, transport: Transport) -> object:
        return programme.fetch_hello(transport)

    def check(self, client: Client, got: object) -> None:
        assert isinstance(got, Hello)
        assert got.server_id == client.hall.server_id


class ManifestEndpoint(AskingEndpoint):
    name = "manifest"
    request = "GET /forms/v1/manifest"

    def ask(self, client: Client, transport: Transport) -> object:
        return programme.fetch_manifest(transport, token=client.hall.token)

    def check(self, client: Client, got: object) -> None:
        assert got == client.hall.manifest


class FormsEndpoint(AskingEndpoint):
    name = "forms"
    request = "GET /forms/v1/logic/"

    def ask(self, client: Client, transport: Transport) -> object:
        return programme.fetch_blob(transport, kind="logic", sha256=client.hall.form.logic)

    def check(self, client: Client, got: object) -> None:
        assert isinstance(got, str)
        assert json.loads(got)["form"]["id"] == client.hall.form.id


class EnrolEndpoint(AskingEndpoint):
    """The link works for one device, however often that one has to ask."""

    name = "enrol"
    request = "POST /devices/v1/enrol"

    def __init__(self) -> None:
        self._secrets: dict[int, tuple[str, str]] = {}

    def prepare(self, client: Client) -> None:
        self._secrets[id(client)] = client.hall.secrets.pop(), new_device(Random(len(client.hall.secrets)))

    def ask(self, client: Client, transport: Transport) -> object:
        secret, device = self._secrets[id(client)]
        return programme.enrol(transport, secret=secret, device=device)

    def check(self, client: Client, got: object) -> None:
        assert isinstance(got, Enrolled)
        assert got.server_id == client.hall.server_id
        assert client.hall.devices(got.device) == 1


def push_directly(client: Client) -> Fields:
    """Send the outbox to the server without its session, and without asking for the feed; give the answer."""
    batch = client.outbox.gather(items=500, set_aside=()).batch
    assert batch is not None
    body = json.dumps({name: value for name, value in json.loads(batch.body).items() if name != "since"})
    return ask_directly(client.hall, PushRequest(body=body))


def page_at_the_end(client: Client) -> ChangesPage:
    """Read the feed directly to its end."""
    since, more = "", True
    page = None
    while more:
        page = read_page(ask_directly(client.hall, ChangesRequest(since=since)))
        assert page is not None
        since, more = page.cursor, page.more
    assert page is not None
    return page


def ask_directly(hall: Hall, request: PushRequest | ChangesRequest) -> Fields:
    transport = Transport(hall.central.url, monotonic=monotonic, patience=PATIENT)
    try:
        answer = transport.send(request, token=hall.token)
    finally:
        transport.close()
    assert isinstance(answer, Answer), answer
    assert answer.status == 200, answer
    return read_fields(answer.body)


def keep(client: Client, fields: Fields, *, page: ChangesPage | None) -> None:
    """Give the outbox what a server said."""
    hello = read_hello(fields)
    assert hello is not None
    client.outbox.keep(
        receipts=read_receipts(fields), page=page, server_id=hello.server_id, safe_seq=hello.safe_seq, time=hello.time
    )


ENDPOINTS: Final[tuple[Endpoint, ...]] = (
    HelloEndpoint(),
    PushEndpoint(),
    ChangesEndpoint(),
    HaveEndpoint(),
    MeasureEndpoint(),
    UploadEndpoint(),
    EnrolEndpoint(),
    ManifestEndpoint(),
    FormsEndpoint(),
)
