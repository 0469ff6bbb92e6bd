"""In which of a form's languages its words are shown to somebody who reads the answers. Pure."""

from collections.abc import Mapping, Sequence

from server.forms.queries import TextPack
from server.reviews.passages import Fragment
from server.words.closest import closest

__all__ = ["best_language", "best_title", "in_order"]


def best_language(offered: Sequence[str], wishes: Sequence[str]) -> str | None:
    """Give what serves the first wish that anything on offer serves, else the first on offer."""
    served = (found for wish in wishes if (found := closest(wish, offered)) is not None)
    return next(served, offered[0] if offered else None)


def best_title(titles: Mapping[str, str], wishes: Sequence[str], *, form_id: str) -> Fragment:
    """Give a form's title in the best language there is; its id when it has none here."""
    language = best_language(list(titles), wishes)
    return Fragment(titles[language], language) if language else Fragment(form_id)


def in_order(offered: Sequence[TextPack], *, first: Sequence[str]) -> list[TextPack]:
    """Order languages as everywhere in the product, `first` and then the others by the names their speakers use."""
    return sorted(
        offered, key=lambda pack: (first.index(pack.lang) if pack.lang in first else len(first), pack.autonym)
    )
