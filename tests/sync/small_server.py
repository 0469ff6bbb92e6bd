"""A server in memory that says what the specification says, to one device: enough for a client to sync with."""

import json
from urllib.parse import quote

from sync.client.requesting import (
    ChangesRequest,
    HaveRequest,
    MeasureRequest,
    PushRequest,
    SyncRequest,
    UploadRequest,
)
from sync.session_types import Answer

__all__ = ["SmallServer"]


class SmallServer:
    """Holds revisions and files by the place in its log where they came."""

    def __init__(self) -> None:
        self.log: list[tuple[str, str]] = []
        self.files: dict[str, bytes] = {}
        self.lengths: dict[str, int] = {}
        self.safe_seq = 0

    def answer(self, request: SyncRequest) -> Answer:
        """Do what is asked."""
        match request:
            case PushRequest(body=body):
                return self._push(json.loads(body))
            case ChangesRequest(since=since):
                return self._say(**self._page(since))
            case HaveRequest(body=body):
                return self._have(json.loads(body))
            case MeasureRequest(sha256=sha256):
                return self._place(sha256, 200)
            case UploadRequest(sha256=sha256, offset=offset, content=content):
                return self._receive(sha256, offset, content)

    def forget(self, name: str) -> None:
        """Lose something without a word, as a restored server has."""
        self.log.remove(next(entry for entry in self.log if entry[1] == name))
        self.files.pop(name, None)

    def _push(self, batch: dict[str, list[dict[str, str]]]) -> Answer:
        receipts = [self._take(index, item) for index, item in enumerate(batch["items"])]
        return self._say(receipts=receipts, page=self._page(str(batch["since"])))

    def _take(self, index: int, item: dict[str, str]) -> dict[str, object]:
        entry = ("response", item["rev"])
        status = "duplicate" if entry in self.log else "stored"
        if status == "stored":
            self.log.append(entry)
        files = json.loads(item["header"])["attachments"]
        self.lengths.update({file["sha256"]: file["bytes"] for file in files})
        missing = [file["sha256"] for file in files if ("attachment", file["sha256"]) not in self.log]
        seq = self.log.index(entry) + 1
        return {"index": index, "rev": item["rev"], "status": status, "seq": seq, "missing": missing}

    def _page(self, since: str) -> dict[str, object]:
        after = int(since or 0)
        entries = list(enumerate(self.log, 1))
        if after > len(entries):
            after, reset = 0, True
        else:
            reset = False
        changes = [
            {"seq": seq, "kind": kind, ("rev" if kind == "response" else "sha256"): name, "state": "held"}
            for seq, (kind, name) in entries[after:]
        ]
        return {"reset": reset, "changes": changes, "cursor": quote(str(len(entries))), "more": False}

    def _have(self, asked: dict[str, list[str]]) -> Answer:
        places = {name: seq for seq, (_, name) in enumerate(self.log, 1)}
        return self._say(
            missing=[name for name in asked["revs"] if name not in places],
            missing_attachments=[name for name in asked["attachments"] if name not in places],
            held=[{"rev": name, "seq": places[name]} for name in asked["revs"] if name in places],
            held_attachments=[{"sha256": name, "seq": places[name]} for name in asked["attachments"] if name in places],
        )

    def _receive(self, sha256: str, offset: int, content: bytes) -> Answer:
        if offset != len(self.files.get(sha256, b"")):
            return self._place(sha256, 409)
        self.files[sha256] = self.files.get(sha256, b"") + content
        if len(self.files[sha256]) == self.lengths[sha256] and ("attachment", sha256) not in self.log:
            self.log.append(("attachment", sha256))
        return self._place(sha256, 204)

    def _place(self, sha256: str, status: int) -> Answer:
        return Answer(status=status, offset=len(self.files.get(sha256, b"")), length=self.lengths[sha256])

    def _say(self, **members: object) -> Answer:
        hello = {
            "protocol": {"min": 1, "max": 1},
            "server_id": "small",
            "epoch": "first",
            "time": "2026-11-20T12:00:00.000Z",
            "limits": {"items": 500, "bytes": 1_048_576},
            "forms": "f",
            "safe_seq": self.safe_seq,
        }
        return Answer(status=200, body=json.dumps({**members, "hello": hello}))
