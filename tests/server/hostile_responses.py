"""Responses that hold one text wherever a phone may put one, and what stands on a page: its elements and its texts."""

import json
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from typing import Final

from flask import Flask

from sync.hashes import sha256_hex
from sync.limits import NAME_CHARACTERS
from tests.hostile_texts import shown
from tests.server.records import DEVICE, Item, Phone

__all__ = ["LONG", "OwnAddress", "Page", "console_addresses", "grouped_item", "hostile_item", "short"]

LONG: Final = 8_000
"""Characters; a longer text is put into two places only, so that a push can hold it."""
NAMES_OF_THE_FORM: Final = frozenset({"who", "age", "assets", "meta", "main"})
ADDRESSES: Final = frozenset({"href", "src", "action", "formaction", "data", "poster", "srcset", "xlink:href", "ping"})
VOID: Final = frozenset("area base br col embed hr img input link meta source track wbr".split())


def hostile_item(phone: Phone, text: str, *, response_id: str | None = None) -> Item:
    """Make an item with the text as every answer, as a question, and as every name that a header lets a phone choose.

    Half pairs are written as JSON escapes; names in a header may have none.
    """
    main = json.dumps({"salt": "0" * 32, "answers": answers(text)})
    other = json.dumps({"salt": "1" * 32, "answers": {"equality": {"age": text[:LONG]}}})
    parts = [
        {"name": "main", "sha256": sha256_hex(main)},
        {"name": f"x{short(text)}"[:190], "sha256": sha256_hex(other)},
    ]
    attachment = {"name": short(text), "sha256": sha256_hex(short(text)), "bytes": 3, "type": "image/jpeg"}
    header = {"author": short(text), "lang": short(text), "parts": parts, "attachments": [attachment]}
    item = phone.item(part=main, response_id=response_id, header=header)
    return {**item, "parts": [main, other]}


def grouped_item(phone: Phone, texts: Sequence[str]) -> Item:
    """Make an item with all of the texts, each as the words about an asset and about a barrier to it."""
    part = {"salt": "0" * 32, "answers": {"assets": [told_of(text) for text in texts], texts[0][:LONG]: "a stranger"}}
    header = {"author": short(texts[0]), "lang": short(texts[0])}
    return phone.item(part=json.dumps(part), header=header)


def console_addresses(app: Flask, response_id: str) -> Iterator[str]:
    """Give the address of every page of the console, with what is there in the place of its arguments."""
    known = {"response_id": response_id, "device_id": DEVICE, "neighbourhood_id": "old-ford"}
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            if "GET" in (rule.methods or ()) and rule.rule.startswith("/console") and rule.endpoint != "static":
                given = {name: known.get(name, "0" * 64) for name in rule.arguments}
                yield app.url_for(rule.endpoint, **given)


def short(text: str) -> str:
    """Give as much of it as a name in a header may have."""
    return shown(text)[: NAME_CHARACTERS - 1].strip() or "blank"


def answers(text: str) -> dict[str, object]:
    """Answer every question of the form ``walk`` with the text, and one that it does not have."""
    if len(text) > LONG:
        return {"who": text, "assets": [asset({"asset_name": text})]}
    stranger = {} if text in NAMES_OF_THE_FORM else {text: text}
    return {"who": text, "age": text, "assets": [told_of(text)], **stranger}


def told_of(text: str) -> dict[str, object]:
    if len(text) > LONG:
        return asset({"asset_name": text})
    barrier = {"code": text, "words": text, "meta": entity("barrier_observations", text)}
    told = asset({"asset_name": text, "kind": text, "position": text, "place": text})
    return {**told, "barriers": [barrier]}


def asset(about: dict[str, object]) -> dict[str, object]:
    name = str(about["asset_name"])
    return {"about": {**about, "meta": entity("asset_observations", name)}}


def entity(dataset: str, label: str) -> dict[str, object]:
    return {"entity": {"@dataset": dataset, "@create": "1", "@id": label[:LONG], "label": label}}


class OwnAddress(AssertionError):
    """A page leads, or asks for something, elsewhere."""


class Page(HTMLParser):
    """What a page is made of, as a browser would see it."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: set[tuple[str, tuple[str, ...]]] = set()
        """Every element with the names of its attributes, and the values of those that no text of a person is in."""
        self.texts: set[str] = set()
        self._open: list[str] = [""]
        self.feed(source)
        self.close()
        self.texts.update(self._open)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        for name, value in attributes:
            if name in ADDRESSES and not (value or "").startswith(("/", "#")):
                raise OwnAddress(f"<{tag} {name}={value!r:.60}>")
        self.elements.add((tag, tuple(sorted(described(attributes)))))
        if tag not in VOID:
            self._open.append("")

    def handle_endtag(self, tag: str) -> None:
        """Note the text of an element that ends."""
        if tag not in VOID:
            self.texts.add(self._open.pop())
            self._open = self._open or [""]

    def handle_data(self, data: str) -> None:
        """Note a text."""
        self._open[-1] += data

    def handle_comment(self, data: str) -> None:
        """No page of ours has a comment."""
        self.elements.add(("!--", (data[:20],)))


def described(attributes: list[tuple[str, str | None]]) -> Iterator[str]:
    for name, value in attributes:
        yield f"{name}={value}" if name in {"class", "dir", "role", "type", "style", "rel"} else name
