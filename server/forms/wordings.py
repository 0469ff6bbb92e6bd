"""What of a form's words phones can't show as they are meant: marks of Markdown and HTML, texts without end. Pure."""

import re
from collections.abc import Iterator

from server.forms.problems import FormProblem
from server.forms.texts import Words

__all__ = ["TEXT_CHARACTERS", "raw_marks", "too_long"]

TEXT_CHARACTERS = 20_000  # the longest label, hint or message
_MARKS = re.compile(r"\*\*[^*]+\*\*|__[^_]+__|</?[a-z]+[^<>]*>|\[[^\][]+\]\([^()]+\)|^#{1,6} ", re.MULTILINE)


def too_long(words: Words) -> Iterator[FormProblem]:
    """Name every text that is longer than any screen."""
    for text_id, lang, text in _texts(words):
        if len(text) > TEXT_CHARACTERS:
            message = f"This text has {len(text):,} characters; the limit is {TEXT_CHARACTERS:,}."
            yield FormProblem("text-too-long", message, "Shorten it.", path=text_id, aspect=f"text::{lang}")


def raw_marks(words: Words) -> Iterator[FormProblem]:
    """Name every text with marks for bold, links or headings, which are shown as they stand."""
    for text_id, lang, text in _texts(words):
        found = _MARKS.search(text)
        if found:
            message = f"“{found[0][:30]}” is shown as it stands here: phones show plain words."
            yield FormProblem("marks-shown", message, "Take the marks out.", path=text_id, aspect=f"text::{lang}")


def _texts(words: Words) -> Iterator[tuple[str, str, str]]:
    for text_id, of_text in words.texts.items():
        for lang, parts in of_text.items():
            yield text_id, lang, "".join(part for part in parts if isinstance(part, str))
