"""The page of components passes the same looks as a screen, in English and in Arabic, light and dark."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from tests.design.page import build_design_page, served
from tests.journeys.watched import watched_chromium
from tests.screens.browsing import HIGH, NARROW
from tests.screens.looking import Look, axe_faults, layout_faults


@pytest.fixture(scope="module")
def components(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(build_design_page(tmp_path_factory.mktemp("components"))) as address:
        yield address


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("look", ["light", "dark"])
def test_components_lie_well_and_are_within_the_reach_of_all(
    playwright: Playwright, tmp_path: Path, components: str, lang: str, look: Look
) -> None:
    settings = {"viewport": {"width": NARROW, "height": HIGH}, "reduced_motion": "reduce"}
    with watched_chromium(playwright, tmp_path / "profile", settings=settings) as context:
        page = context.pages[0]
        page.goto(f"{components}?lang={lang}&colours={look}")
        page.locator("html[data-drawn]").wait_for()
        assert layout_faults(page, width=NARROW) + axe_faults(page, look) == []
