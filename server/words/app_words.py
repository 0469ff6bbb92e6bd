"""What the field app says, out of a catalogue: the build packs it into the app, a server adds what its team changed.

The build imports this module: it needs nothing but Babel.
"""

import json
from collections.abc import Callable
from typing import Final

from babel.messages.catalog import Catalog, Message

from server.words.catalogues import State, english_of, forms_of, is_whole
from server.words.names import Said
from server.words.plurals import plural_categories

__all__ = ["STATE", "app_sentences", "as_text", "used_by_app"]

STATE: Final = "X-Fieldwell-State"
"""Among the sentences, the name under which the state of the language stands."""


def app_sentences(
    catalogue: Catalog, *, state: State, like: str | None = None, used: Callable[[Message], bool] | None = None
) -> dict[str, Said]:
    """Give the app's sentences: English → translation, of a counted one by CLDR category ("one", "few", … "other").

    Fuzzy and empty translations are left out: the app then shows English and marks it as English.
    """
    wanted = used or used_by_app
    categories = plural_categories(catalogue, like=like)
    found: dict[str, Said] = {STATE: state}
    for message in catalogue:
        if not is_whole(message) or not wanted(message):
            continue
        forms = forms_of(message)
        if not message.pluralizable:
            found[english_of(message)] = forms[0]
        elif len(forms) == catalogue.num_plurals:
            found[english_of(message)] = {name: forms[index] for name, index in categories.items()}
    return found


def used_by_app(message: Message) -> bool:
    """Tell whether the field app says this; a message that names no source file may be needed anywhere."""
    return not message.locations or any(path.startswith("pwa/") for path, _line in message.locations)


def as_text(said: dict[str, Said], *, indent: int | None = None) -> str:
    """Write sentences as the JSON that the app reads."""
    return json.dumps(said, ensure_ascii=False, indent=indent, sort_keys=True)
