"""docs/forms.md says what the code does and the vectors prove today."""

from server.formlogic.functions import FUNCTIONS
from tests.forms_document import DOCUMENT, document
from tests.forms_document_words import FUNCTION_LINES


def test_the_document_is_what_the_code_says() -> None:
    written = DOCUMENT.read_text(encoding="utf-8")
    assert written == document(), "Write it again: python -m tests.forms_document"


def test_every_function_has_its_line() -> None:
    assert set(FUNCTION_LINES) >= {*FUNCTIONS, "pulldata"}
