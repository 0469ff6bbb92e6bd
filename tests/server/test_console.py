"""What a coordinator reads: the list of responses, and one response question by question."""

import re
from dataclasses import replace
from datetime import timedelta
from html import escape, unescape
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from server.app import create_app
from server.config import RESPONSES_PER_PAGE, Config
from server.forms.queries import TextPack
from server.reviews.languages import in_order
from server.reviews.paging import PageOf, page_number
from server.services import Services
from server.words.catalogues import Header, State
from server.words.joined import Words
from server.words.writing import head_of
from tests.project import read
from tests.server.console_pages import forgery_token, phone_with_form, received, text_of
from tests.server.records import Phone, SteppedClock

RIGHT_TO_LEFT_OVERRIDE = "\u202e"
HOSTILE = f"<script>alert('x')</script>{RIGHT_TO_LEFT_OVERRIDE}\"><img src=x onerror=alert(1)> &amp; {{{{ 7*7 }}}}"
LONG_LABEL = ("مرحبا 👩‍👩‍👧 <b>bold</b> {{ config }} " * 200)[:5000]

STYLES = ("page", "head", "lists", "reviews", "phones", "programme")
CHOICES = f"""<?xml version="1.0"?>
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
        xmlns:jr="http://openrosa.org/javarosa">
  <h:head><h:title>Hostile &lt;i&gt;title&lt;/i&gt;</h:title><model>
    <itext>
      <translation lang="English (en)" default="true()">
        <text id="long"><value>{escape(LONG_LABEL)}</value></text>
        <text id="pick"><value>Which of <output value="/data/long"/>?</value></text>
        <text id="red"><value>Red</value></text><text id="blue"><value>Blue</value></text>
      </translation>
      <translation lang="Arabic (ar)">
        <text id="long"><value>طويل</value></text>
        <text id="pick"><value>أي من <output value="/data/long"/>؟</value></text>
        <text id="red"><value>أحمر</value></text><text id="blue"><value>أزرق</value></text>
      </translation>
    </itext>
    <instance><data id="hostile" version="1"><long/><pick/><spot/></data></instance>
    <instance id="colours"><root>
      <item><name>red</name><itextId>red</itextId></item><item><name>blue</name><itextId>blue</itextId></item>
    </root></instance>
    <bind nodeset="/data/long" type="string"/><bind nodeset="/data/pick" type="string"/>
    <bind nodeset="/data/spot" type="geopoint"/>
  </model></h:head>
  <h:body>
    <input ref="/data/long"><label ref="jr:itext('long')"/></input>
    <select ref="/data/pick"><label ref="jr:itext('pick')"/>
      <itemset nodeset="instance('colours')/root /item"><value ref="name"/><label ref="jr:itext(itextId)"/></itemset>
    </select>
    <input ref="/data/spot"><label>Where?</label></input>
  </h:body>
</h:html>"""


@pytest.fixture
def hostile_page(client: FlaskClient, running: Services, device: Phone, coordinator: FlaskClient) -> str:
    """The page of a response in which everything that a person or a form can say is hostile."""
    phone, header = phone_with_form(running, device, CHOICES)
    answers = {"long": HOSTILE, "pick": "red blue", "spot": "51.5 -0.03 0 8", "__proto__": HOSTILE}
    item = phone.item(answers, header={**header, "author": HOSTILE, "lang": "en"})
    return coordinator.get(f"/console/responses/{received(client, running, phone, item)}").text


def test_an_empty_list_says_what_will_be_there(coordinator: FlaskClient) -> None:
    assert "Nothing here yet Responses appear here by themselves" in text_of(coordinator.get("/console/responses"))


def test_a_response_is_listed_with_where_what_and_who(
    client: FlaskClient, running: Services, device: Phone, coordinator: FlaskClient
) -> None:
    received(client, running, device, device.item({"who": "Asha", "age": "200"}))
    page = coordinator.get("/console/responses")
    assert "1 response, newest first" in text_of(page)
    row = text_of(page).partition("State Problems")[2]
    for words in ("Old-Ford", "A walk", "বাংলা", "Rahima", "Received", "1 problem", "12:00"):
        assert words in row


def test_a_response_is_listed_and_headed_by_the_assets_it_speaks_of(
    client: FlaskClient, running: Services, device: Phone, coordinator: FlaskClient
) -> None:
    names = ("Choir", "<b>Park</b>", "Towpath", "Lunch club")
    meta = [{"entity": {"@create": "1", "@id": name, "label": name}} for name in names]
    named = [{"about": {"asset_name": name, "meta": one}} for name, one in zip(names, meta, strict=True)]
    response_id = received(client, running, device, device.item({"who": "Asha", "assets": named}))
    page = coordinator.get("/console/responses")
    assert "Choir &lt;b&gt;Park&lt;/b&gt; and 2 more" in text_of(page)
    assert page.text.partition('<ul class="names">')[2].partition("</ul>")[0].count("<li>") == 3
    heading = re.search("<h1>(.*?)</h1>", coordinator.get(f"/console/responses/{response_id}").text)
    assert heading
    assert 'dir="auto">Choir</bdi>' in heading[1]


def test_the_way_back_to_the_list_keeps_filters_and_page(
    client: FlaskClient, running: Services, device: Phone, coordinator: FlaskClient
) -> None:
    response_id = received(client, running, device, device.item())
    place = "neighbourhood=old-ford&amp;state=received&amp;next=100"
    listed = coordinator.get("/console/responses?neighbourhood=old-ford&state=received&next=100").text
    assert f'href="/console/responses/{response_id}?{place}"' in listed
    shown = coordinator.get(f"/console/responses/{response_id}?neighbourhood=old-ford&state=received&next=100").text
    assert f'<a class="back" href="/console/responses?{place}">' in shown
    assert f"?questions=bn&amp;{place}" in shown, "the language of the questions keeps it too"


def test_counts_and_times_are_in_the_digits_of_the_page(
    client: FlaskClient, running: Services, device: Phone, coordinator: FlaskClient
) -> None:
    received(client, running, device, device.item())
    token = forgery_token(coordinator, "/console/responses")
    coordinator.post("/console/language", data={"csrf_token": token, "language": "bn"})
    page = text_of(coordinator.get("/console/responses"))
    assert "১২:০০" in page
    assert not re.search("[AP]M|[0-9]", page)


def test_the_languages_of_a_form_stand_in_the_order_of_the_product() -> None:
    offered = [TextPack(lang=tag, autonym=tag, sha256="", draft=False, title="") for tag in ("ar", "so", "bn", "en")]
    assert [pack.lang for pack in in_order(offered, first=["en", "bn", "ar"])] == ["en", "bn", "ar", "so"]


def test_the_list_is_narrowed_to_a_neighbourhood(
    client: FlaskClient, running: Services, device: Phone, coordinator: FlaskClient
) -> None:
    received(client, running, device, device.item())
    assert "1 response, newest first" in text_of(coordinator.get("/console/responses?neighbourhood=old-ford"))
    other = coordinator.get("/console/responses?neighbourhood=kings-heath")
    assert "No response matches what you chose." in text_of(other)
    assert '<option value="kings-heath" lang="" selected>' in other.text


def test_records_set_aside_are_counted_not_hidden(
    client: FlaskClient, running: Services, device: Phone, coordinator: FlaskClient
) -> None:
    item = device.item(header={"neighbourhood": "kings-heath"})
    client.post("/sync/v1/push", json={"device": device.device, "items": [item]}, headers=device.headers)
    assert "1 record is set aside" in text_of(coordinator.get("/console/responses"))


def listed_workers(page: TestResponse) -> list[str]:
    """Read who sent what, from the table and not from the filters above it."""
    return re.findall(r"Worker \d+", page.text.partition("<tbody")[2])


def next_page(page: TestResponse, *, rel: str = "next") -> str:
    found = re.search(rf'rel="{rel}" href="([^"]+)"', page.text)
    assert found
    return unescape(found[1])


def test_the_list_is_cut_into_pages_newest_first(
    client: FlaskClient, running: Services, device: Phone, coordinator: FlaskClient, clock: SteppedClock
) -> None:
    for number in range(RESPONSES_PER_PAGE + 1):
        clock.step(timedelta(minutes=1))
        received(client, running, device, device.item({"who": str(number)}, header={"author": f"Worker {number}"}))
    first = coordinator.get("/console/responses")
    assert f"{RESPONSES_PER_PAGE + 1} responses, newest first" in text_of(first)
    assert listed_workers(first) == [f"Worker {number}" for number in range(RESPONSES_PER_PAGE, 0, -1)]
    second = coordinator.get(next_page(first))
    assert listed_workers(second) == ["Worker 0"]
    back = coordinator.get(next_page(second, rel="prev"))
    assert listed_workers(back) == listed_workers(first)


@pytest.mark.parametrize(
    ("asked", "expected"), [("", 1), ("0", 1), ("-1", 1), ("2", 2), ("99", 3), ("²", 1), ("9" * 40, 1), ("x", 1)]
)
def test_any_page_number_leads_to_a_page_that_exists(asked: str, expected: int) -> None:
    assert page_number(asked, size=10, total=21) == expected


def test_a_page_knows_its_first_and_last_entry() -> None:
    last = PageOf(number=3, size=10, total=21)
    assert (last.pages, last.skip, last.first, last.last) == (3, 20, 21, 21)
    assert PageOf(number=1, size=10, total=0).pages == 1


def test_questions_are_shown_in_the_language_of_the_reader(
    client: FlaskClient, running: Services, device: Phone, coordinator: FlaskClient
) -> None:
    response_id = received(client, running, device, device.item({"who": "আশা"}))
    english = coordinator.get(f"/console/responses/{response_id}")
    bengali = coordinator.get(f"/console/responses/{response_id}?questions=bn")
    assert "Who are you?" in text_of(english)
    assert '<bdi lang="bn" dir="ltr">আপনি কে?</bdi>' in bengali.text
    assert '<bdi lang="" dir="auto">আশা</bdi>' in bengali.text, "the answer stays as it was given"
    assert "Draft translation, not yet checked by a person" in text_of(bengali)
    assert "Draft translation" not in text_of(english)


def test_the_wording_that_the_person_saw_is_shown_after_it_was_corrected(
    client: FlaskClient, running: Services, device: Phone, coordinator: FlaskClient
) -> None:
    phone, header = phone_with_form(running, device, CHOICES)
    response_id = received(client, running, phone, phone.item({"long": "x"}, header=header))
    phone_with_form(running, device, CHOICES.replace("طويل", "أطول"))
    page = coordinator.get(f"/console/responses/{response_id}?questions=ar").text
    assert "طويل" in page
    assert "أطول" not in page


def test_a_repeat_is_read_as_numbered_sections_within_sections(
    client: FlaskClient, running: Services, device: Phone, coordinator: FlaskClient
) -> None:
    answers = {
        "who": "Asha",
        "assets": [
            {"about": {"asset_name": "Choir"}, "barriers": [{"code": "cost"}, {"code": "dark"}]},
            {"about": {"asset_name": "Park"}},
        ],
    }
    page = text_of(coordinator.get(f"/console/responses/{received(client, running, device, device.item(answers))}"))
    reading = page.partition("Finished")[2]
    found = re.findall(r"Asset \d|Barrier \d|Choir|Park|cost|dark", reading.partition("The record")[0])
    assert found == ["Asset 1", "Choir", "Barrier 1", "cost", "Barrier 2", "dark", "Asset 2", "Park"]


def test_a_problem_is_shown_at_the_top_and_at_its_question(
    client: FlaskClient, running: Services, device: Phone, coordinator: FlaskClient
) -> None:
    response_id = received(client, running, device, device.item({"age": "200"}))
    page = coordinator.get(f"/console/responses/{response_id}")
    assert "2 answers to check" in text_of(page)
    links = re.findall(r'<li><a href="#(answer-\d+)">', page.text)
    assert len(links) == 2
    for link in links:
        assert re.search(rf'class="line line-wrong" id="{link}"', page.text)
    assert text_of(page).count("An answer is needed here.") == 2
    assert text_of(page).count("This answer is not allowed for this question.") == 2


def test_labels_of_choices_are_shown_in_the_language_of_the_reader(
    client: FlaskClient, running: Services, device: Phone, coordinator: FlaskClient
) -> None:
    phone, header = phone_with_form(running, device, CHOICES)
    response_id = received(client, running, phone, phone.item({"pick": "red blue green"}, header=header))
    page = coordinator.get(f"/console/responses/{response_id}?questions=ar").text
    assert '<li><bdi lang="ar" dir="rtl">أحمر</bdi></li><li><bdi lang="ar" dir="rtl">أزرق</bdi></li>' in page
    assert '<li><bdi lang="" dir="auto">green</bdi></li>' in page, "a value without a label is shown as it is"


def test_hostile_text_is_shown_not_run(hostile_page: str) -> None:
    assert "<script>" not in hostile_page
    assert "<img src=x" not in hostile_page
    assert "<i>title" not in hostile_page
    assert "<b>bold" not in hostile_page
    assert escape(HOSTILE, quote=False).replace("'", "&#39;").replace('"', "&#34;") in hostile_page
    assert "49" not in re.findall(r"\b49\b", text_only(hostile_page))


def test_a_label_of_5000_characters_is_shown_whole(hostile_page: str) -> None:
    shown = re.search(r'<p class="question"><bdi lang="en" dir="ltr">(.*?)</bdi>', hostile_page, re.DOTALL)
    assert shown
    assert shown[1].count("👩‍👩‍👧") == LONG_LABEL.count("👩‍👩‍👧")


def test_text_that_turns_direction_is_kept_in_its_place(hostile_page: str) -> None:
    """An override ends with the <bdi> or the isolate that it stands in, so it turns nothing else around."""
    outside = re.sub(r"<bdi[^>]*>.*?</bdi>", "", hostile_page, flags=re.DOTALL)
    record = outside.partition("<details")[0]
    assert RIGHT_TO_LEFT_OVERRIDE not in record
    question = re.search(r"Which of (.)(.*?)(.)\?</bdi>", hostile_page, re.DOTALL)
    assert question
    assert (question[1], question[3]) == ("\u2068", "\u2069")


def test_an_answer_that_no_question_asked_for_is_shown(hostile_page: str) -> None:
    assert "Answers to questions that this form does not have" in hostile_page
    assert "/data/__proto__" in hostile_page
    assert "The form does not have this question." in hostile_page


def test_a_position_is_shown_as_text(hostile_page: str) -> None:
    assert "\u206651.50000, -0.03000\u2069, within 8 metres" in hostile_page


def test_the_record_is_there_as_it_arrived(
    client: FlaskClient, running: Services, device: Phone, coordinator: FlaskClient
) -> None:
    item = device.item()
    page = coordinator.get(f"/console/responses/{received(client, running, device, item)}").text
    assert str(item["rev"]) in page
    assert str(item["header"]).replace('"', "&#34;") in page


def test_answers_of_another_shape_than_the_form_are_still_shown(
    client: FlaskClient, running: Services, device: Phone, coordinator: FlaskClient
) -> None:
    strange = {"who": {"deep": ["x"]}, "assets": "none", "age": ["1"], "meta": [[]]}
    page = coordinator.get(f"/console/responses/{received(client, running, device, device.item(strange))}")
    assert page.status_code == 200
    assert "&#34;deep&#34;" in page.text


def test_a_response_in_two_versions_says_so(
    client: FlaskClient, running: Services, device: Phone, coordinator: FlaskClient
) -> None:
    first = device.item({"who": "Asha"})
    response_id = received(client, running, device, first)
    for name in ("Asha Begum", "Asha Khan"):
        item = device.item({"who": name}, response_id=response_id, parents=[str(first["rev"])])
        client.post("/sync/v1/push", json={"device": device.device, "items": [item]}, headers=device.headers)
    received(client, running, device, device.item())
    assert "Two versions" in text_of(coordinator.get("/console/responses"))
    assert "changed in two places" in text_of(coordinator.get(f"/console/responses/{response_id}"))


@pytest.mark.parametrize("unknown", ["nothing", "0192f000-0000-7000-8000-000000000000", "%00", "a" * 3000])
def test_an_unknown_response_is_a_page_in_plain_words(coordinator: FlaskClient, unknown: str) -> None:
    page = coordinator.get(f"/console/responses/{unknown}")
    assert page.status_code == 404
    assert "We cannot find that page Check the address, or go back to where you were." in text_of(page)


def test_no_style_of_the_console_cuts_a_word_of_a_person_in_two() -> None:
    """The menu's words are ours; two areas stand beside each other on the smallest phone."""
    styles = "".join(read(f"server/static/console/{name}.css") for name in STYLES)
    styles = re.sub(r"/\*.*?\*/", "", styles, flags=re.DOTALL)
    cutting = re.findall(r"([^{}]+)\{[^{}]*(?:overflow-wrap: anywhere|word-break: break-all)", styles)
    assert [selector.split() for selector in cutting] == [[".places", "a"], ["pre,", "code"]]


def test_a_page_says_its_language_and_direction_and_has_a_title(app: Flask, coordinator: FlaskClient) -> None:
    english = coordinator.get("/console/responses").text
    assert '<html lang="en" dir="ltr">' in english
    assert "<title>Responses – Fieldwell</title>" in english
    token = forgery_token(coordinator, "/console/responses")
    back = coordinator.post(
        "/console/language", data={"csrf_token": token, "language": "ar", "next": "/console/responses?page=1"}
    )
    assert back.location == "/console/responses?page=1"
    assert '<html lang="ar" dir="rtl">' in coordinator.get("/console/responses").text


def test_a_browser_that_asks_for_bengali_gets_it_before_signing_in(client: FlaskClient) -> None:
    page = client.get("/console/sign-in", headers={"Accept-Language": "bn-BD,en;q=0.5"}).text
    assert '<html lang="bn" dir="ltr">' in page


@pytest.mark.parametrize(("state", "noted"), [("draft", 1), ("reviewed", 0)])
def test_the_footer_says_when_no_person_has_checked_the_language_of_the_page(
    running: Services, folder: Path, tmp_path: Path, state: State, noted: int
) -> None:
    (tmp_path / "ar" / "LC_MESSAGES").mkdir(parents=True)
    head = head_of("ar", Header(state=state))
    (tmp_path / "ar" / "LC_MESSAGES" / "messages.po").write_text(head, encoding="utf-8")
    spoken = replace(running, words=Words(None, package=tmp_path))
    browser = create_app(Config(data_folder=folder), spoken).test_client()
    arabic = browser.get("/console/sign-in", headers={"Accept-Language": "ar"})
    assert text_of(arabic).count("A computer made this translation.") == noted
    assert "A computer made this translation." not in text_of(browser.get("/console/sign-in"))


def test_a_language_that_is_not_on_offer_changes_nothing(coordinator: FlaskClient) -> None:
    token = forgery_token(coordinator, "/console/responses")
    coordinator.post("/console/language", data={"csrf_token": token, "language": "../../etc"})
    assert '<html lang="en"' in coordinator.get("/console/responses").text


def text_only(page: str) -> str:
    return re.sub(r"<[^>]+>", " ", page.partition("<details")[0])
