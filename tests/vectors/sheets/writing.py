"""The words in which form vectors are written: an XLSForm table, then steps."""

import re
from typing import Any

from pyxform.xls2xform import convert

__all__ = ["Case", "Step", "add", "answer", "answers", "case", "check", "finish", "language", "problems", "remove"]

Case = dict[str, Any]
Step = dict[str, Any]
FORM_ID = "vector"
LANGUAGES = {"en": "English", "bn": "Bengali", "ar": "Arabic"}
SETTINGS = f"""
| settings |
| | form_title | form_id | version | omit_instanceID | default_language | allow_choice_duplicates |
| | Vector | {FORM_ID} | 1 | yes | English (en) | yes |
"""


def case(name: str, sheet: str, *steps: Step, **fields: object) -> Case:
    """Give a case: the XForm of an XLSForm table, other fields of the case, and its steps.

    A table that brings settings of its own keeps them; languages are written as their tags.
    """
    named = re.sub("::([a-z]{2}) ", lambda match: f"::{LANGUAGES[match[1]]} ({match[1]}) ", sheet)
    table = named if "| settings |" in sheet else named + SETTINGS
    return {
        "name": name,
        "kind": "form",
        **fields,
        "form": convert(table.strip(), file_type=".md").xform,
        "steps": steps,
    }


def answer(path: str, value: str) -> Step:
    """Answer the question at ``path``, below the root element."""
    return {"answer": f"/data/{path}", "value": value}


def add(path: str) -> Step:
    """Add an instance of a repeat."""
    return {"add": f"/data/{path}"}


def remove(path: str) -> Step:
    """Take an instance of a repeat away."""
    return {"remove": f"/data/{path}"}


def language(tag: str) -> Step:
    """Switch the language."""
    return {"language": tag}


def finish() -> Step:
    """Finish the response."""
    return {"finish": True}


def check(path: str, **expected: object) -> Step:
    """Expect facts of one place."""
    return {"check": f"/data/{path}", **expected}


def answers(**expected: object) -> Step:
    """Expect the finalised answers."""
    return {"check": "answers", "value": expected}


def problems(**expected: str) -> Step:
    """Expect nothing to be wrong but this: name of a question right below the root element → code."""
    return {"check": "problems", "value": [{"path": f"/data/{name}", "code": code} for name, code in expected.items()]}
