"""What a screen reader says of a question on a page without script: its words as name, the original as description."""

import re

import pytest
from flask.testing import FlaskClient

from server.services import Services
from tests.server.posters import Browser, add_poster, publish_instrument, set_up_programme

MARK = re.compile(r'<input class="choice-mark"[^>]*>')


@pytest.fixture
def page(client: FlaskClient, running: Services) -> str:
    """Give the first page in Arabic, which nobody has checked: a promise, with its original beneath."""
    set_up_programme(running)
    publish_instrument(running, "tell_us_about_this_place")
    add_poster(running)
    return Browser(client, headers={"Accept-Language": "ar-EG"}).open().text


def test_a_choice_is_named_in_one_language_and_described_in_the_other(page: str) -> None:
    marks = MARK.findall(page)
    assert marks
    for mark in marks:
        name, original = (re.search(rf'{what}="([^"]*)"', mark) for what in ("aria-labelledby", "aria-describedby"))
        assert name
        assert original
        assert re.search(rf'<span id="{name[1]}"><span lang="ar" dir="rtl"', page)
        assert re.search(rf'id="{original[1]}" lang="en" dir="ltr">', page)


def test_the_name_of_a_group_holds_no_word_of_the_original(page: str) -> None:
    legend = re.search(r"<legend.*?</legend>", page, re.DOTALL)
    assert legend is not None
    assert 'lang="en"' not in legend[0]
    group = re.search(r'<fieldset class="question" role="radiogroup" aria-describedby="([^"]*)"', page)
    assert group is not None
    for described in group[1].split(" "):
        assert f'id="{described}"' in page
