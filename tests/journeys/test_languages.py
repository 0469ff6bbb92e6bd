"""A language that the team made by itself reaches a phone and works without a network; a wrong word is told later."""

from pathlib import Path
from typing import Final

from playwright.sync_api import expect

from tests.journeys.central import Central
from tests.journeys.outbox import stored
from tests.journeys.patience import wait_until
from tests.journeys.phone import Phone

MADE_UP: Final = """\
msgid ""
msgstr ""
"Language: qfw\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"X-Fieldwell-State: draft\\n"
"X-Fieldwell-Autonym: Qafiwa\\n"
"X-Fieldwell-Direction: rtl\\n"
"X-Fieldwell-Formats-Like: de\\n"

msgid "Settings"
msgstr "Setinu"
"""
REPORTS: Final = "SELECT lang, shown, better, neighbourhood_id FROM word_reports"


def test_a_language_added_on_the_server_is_spoken_offline_and_a_wrong_word_of_it_arrives_later(
    central: Central, enrolled_phone: Phone, tmp_path: Path
) -> None:
    file = tmp_path / "qfw.po"
    file.write_text(MADE_UP, encoding="utf-8")
    central.command("translate", "import", str(file))
    central.start()
    page = enrolled_phone.launch(central.url)
    expect(page.locator(".languages option", has_text="Qafiwa")).to_have_count(1)
    (added,) = stored(page, "words")
    wait_until(lambda: added["sha256"] in {blob["sha256"] for blob in stored(page, "blobs")}, "its words on the phone")
    central.kill()

    page.locator(".languages select").select_option("qfw")
    expect(page.locator("html")).to_have_attribute("lang", "qfw")
    page.reload()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator("footer.foot")).to_contain_text("Setinu")
    expect(page.locator("footer.foot")).to_contain_text("A computer made this translation.")

    page.locator("footer.foot").get_by_text("Report a wrong word").click()
    expect(page.locator(".choice-card").first).to_be_visible()
    assert "Amina" not in page.locator("main").inner_text()
    page.get_by_text("Setinu").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Setinu")
    page.locator("footer.foot").get_by_text("Report a wrong word").click()
    page.locator(".choice-card", has_text="Setinu").click()
    page.get_by_label("What would be better (optional)").fill("Agordoj")
    page.get_by_role("button", name="Send the report").click()
    expect(page.get_by_role("status").filter(has_text="is kept on this phone")).to_be_visible()
    assert [(kept["lang"], kept["shown"]) for kept in stored(page, "wordReports")] == [("qfw", "Setinu")]

    central.start()
    page.evaluate("window.dispatchEvent(new Event('online'))")
    wait_until(lambda: stored(page, "wordReports") == [], "the report sent")
    (row,) = central.rows(REPORTS)
    assert row == {"lang": "qfw", "shown": "Setinu", "better": "Agordoj", "neighbourhood_id": "old-ford"}
