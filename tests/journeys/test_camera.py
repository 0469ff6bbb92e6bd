"""What a camera writes beside a picture does not stay; and a page that the camera has ended says what to do."""

from io import BytesIO
from pathlib import Path
from typing import Any, Final

from PIL import Image
from playwright.sync_api import Page, expect

from tests.journeys.central import Central
from tests.journeys.chromium_screen import ChromiumScreen
from tests.journeys.interviewer import Interviewer
from tests.journeys.phone import Phone

GPS: Final = 0x8825
UPRIGHT_BY_TURNING: Final = 6
BYTES_OF_PHOTOS: Final = """() => new Promise((resolve) => {
  const opening = indexedDB.open('fieldwell');
  opening.onsuccess = () => {
    const all = opening.result.transaction('attachments').objectStore('attachments').getAll();
    all.onsuccess = () => {
      opening.result.close();
      const bytes = ({ content, ...photo }) => ({ ...photo, content: [...new Uint8Array(content)] });
      resolve(all.result.map(bytes));
    };
  };
})"""


def test_of_a_real_photo_nothing_is_left_but_the_picture(
    central: Central, enrolled_phone: Phone, tmp_path: Path
) -> None:
    page = enrolled_phone.launch(central.url)
    workers: list[str] = []
    page.on("worker", lambda worker: workers.append(worker.url))
    go_to_photo(page)
    photo = camera_photo(tmp_path / "IMG_20261120_Amina.jpg")
    with Image.open(photo) as taken:
        assert taken.getexif().get_ifd(GPS), "the camera wrote where it was taken"
    page.locator("main input[type=file]").last.set_input_files(photo)
    expect(page.locator("main img.media-picture")).to_be_visible()
    (kept,) = kept_photos(page)
    with Image.open(BytesIO(kept["content"])) as picture:
        assert (picture.format, picture.size) == ("JPEG", (1200, 1600)), "made smaller, and turned upright"
        assert not picture.getexif()
        assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "icc_profile"}
    assert b"Exif" not in kept["content"]
    assert b"Pear phone" not in kept["content"]
    assert len(kept["content"]) <= 400_000
    assert kept["givenName"] == "", "what it was called may say who took it"
    assert any("photo-worker" in address for address in workers), "it was made smaller beside the page's own thread"


def test_another_photo_is_one_tap_and_takes_the_place_of_the_first(
    central: Central, enrolled_phone: Phone, tmp_path: Path
) -> None:
    page = enrolled_phone.launch(central.url)
    go_to_photo(page)
    page.locator("main input[type=file]").last.set_input_files(camera_photo(tmp_path / "one.jpg"))
    expect(page.locator("main img.media-picture")).to_be_visible()
    with page.expect_file_chooser() as chooser:
        page.get_by_text("Take the photo again").click()
    first = page.locator("main img.media-picture").get_attribute("src")
    chooser.value.set_files(camera_photo(tmp_path / "two.jpg", colour="navy"))
    expect(page.locator("main img.media-picture")).not_to_have_attribute("src", first or "")


def test_a_page_that_the_camera_has_ended_says_what_to_do(
    central: Central, enrolled_phone: Phone, tmp_path: Path
) -> None:
    page = enrolled_phone.launch(central.url)
    go_to_photo(page)
    page.locator("main .question button.button-second").first.click()
    expect(page.locator("main")).to_contain_text("51.53")
    with page.expect_file_chooser():
        page.get_by_text("Take a photo", exact=True).click()
    page.reload()
    expect(page.locator("main")).to_contain_text("The camera closed this page before the photo was here.")
    expect(page.locator("main")).to_contain_text("51.53")
    page.locator("main input[type=file]").last.set_input_files(camera_photo(tmp_path / "again.jpg"))
    expect(page.locator("main img.media-picture")).to_be_visible()
    expect(page.locator("main")).not_to_contain_text("The camera closed this page")


def test_a_photo_that_no_browser_here_reads_is_refused_with_words_that_help(
    central: Central, enrolled_phone: Phone, tmp_path: Path
) -> None:
    page = enrolled_phone.launch(central.url)
    go_to_photo(page)
    heic = tmp_path / "IMG_0001.HEIC"
    heic.write_bytes(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(2_000))
    page.locator("main input[type=file]").last.set_input_files(heic)
    expect(page.locator("main")).to_contain_text("This photo is a HEIC file, which this browser cannot read.")
    assert kept_photos(page) == []


def go_to_photo(page: Page) -> None:
    """Go to the page that asks for a photo of an asset."""
    worker = Interviewer(ChromiumScreen(page), "en")
    worker.begin()
    worker.name_asset("Bench by the lock", 2)
    worker.choose("place_ways", 0)
    expect(page.locator("main input[type=file]").last).to_be_attached()


def camera_photo(path: Path, *, colour: str = "olive") -> Path:
    """Write what a phone's camera writes: lying on its side, with make, time and place beside the picture."""
    exif = Image.Exif()
    exif[0x010F] = "Pear phone"
    exif[0x0112] = UPRIGHT_BY_TURNING
    exif[0x0132] = "2026:11:20 10:00:00"
    exif.get_ifd(GPS).update({1: "N", 2: (51.0, 31.0, 48.0), 3: "W", 4: (0.0, 1.0, 48.0)})
    Image.new("RGB", (4000, 3000), colour).save(path, "JPEG", exif=exif)
    return path


def kept_photos(page: Page) -> list[dict[str, Any]]:
    """Give what the phone keeps of photos, with their bytes."""
    return [{**photo, "content": bytes(photo["content"])} for photo in page.evaluate(BYTES_OF_PHOTOS)]
