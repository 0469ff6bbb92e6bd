"""A resident at a poster: answers on whatever draws the page, the server or the app."""

from playwright.sync_api import Page, expect

__all__ = ["Resident"]


class Resident:
    """Answers the form for residents on ``page``; choices are named by their values, the same in every language."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def wait_until_caught(self) -> None:
        """Wait until the app is ready behind the server's page."""
        expect(self.page.locator("#question-form[data-caught=yes]")).to_be_attached()

    def wait_until_kept(self) -> None:
        """Wait until the app opens without a server."""
        self.page.wait_for_function("navigator.serviceWorker.ready.then(({active}) => active.state === 'activated')")

    def speak(self, lang: str) -> None:
        """Press the button of a language."""
        self.page.locator(f".tongue[lang={lang}]").click()
        expect(self.page.locator("html")).to_have_attribute("lang", lang)

    def choose(self, *values: str) -> None:
        """Tap the cards of these values on the page that is shown, once they stand still, and see them chosen."""
        for value in values:
            mark = f".choice-mark[value='{value}']"
            self.page.locator(f"main {mark} + .choice-card").click()
            expect(self.page.locator(f"main {mark}")).to_be_checked()

    def type_in(self, words: str) -> None:
        """Type into the page's field, key by key, as thumbs do."""
        self.page.locator("main .field").first.press_sequentially(words)

    def go_on(self) -> None:
        """Press the last wide button of the page, and wait until another page is there."""
        before = self.heading()
        self.page.locator("main .button-wide").last.click()
        expect(self.page.get_by_role("heading", level=1)).not_to_have_text(before)

    def back(self) -> None:
        """Press the page's own way back."""
        before = self.heading()
        self.page.locator("main .page-top .back").click()
        expect(self.page.get_by_role("heading", level=1)).not_to_have_text(before)

    def heading(self) -> str:
        """Give the heading of the page."""
        return self.page.get_by_role("heading", level=1).inner_text()

    def agree(self) -> None:
        """Answer the first page."""
        self.choose("yes")
        self.go_on()

    def answer_about_the_place(self, *, wish: str) -> None:
        """From the page after the first, answer up to the answers to check."""
        self.choose("weekly")
        self.go_on()
        self.choose("connect", "rest_nature")
        self.go_on()
        self.choose("mostly")
        self.go_on()
        self.finish_about_the_place(wish=wish)

    def finish_about_the_place(self, *, wish: str) -> None:
        """From the question for whom it is not, go on to the answers to check."""
        self.go_on()
        self.choose("cost")
        self.go_on()
        self.go_on()
        self.type_in(wish)
        self.go_on()
        self.go_on()

    def leave_equality(self) -> None:
        """From the answers to check, skip the equality questions, up to the last check."""
        self.go_on()
        self.choose("no")
        self.go_on()

    def reference(self) -> str:
        """Give the code on the last page."""
        code = self.page.locator("main .reference")
        expect(code).to_be_visible()
        return code.inner_text()
