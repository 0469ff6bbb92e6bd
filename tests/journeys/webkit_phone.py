"""A phone with WebKitGTK, on a display without a screen. It keeps nothing between two launches; no page complains."""

import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from selenium.webdriver import Remote
from selenium.webdriver.remote.client_config import ClientConfig
from selenium.webdriver.remote.remote_connection import RemoteConnection
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service

from tests.browsers import webkit
from tests.journeys.webkit_screen import WebKitScreen

__all__ = ["webkit_phone"]

SCREEN: Final = "1280x1024x24"
END_SECONDS: Final = 10


@contextmanager
def webkit_phone(log: Path) -> Iterator[WebKitScreen]:
    """Start a display and WebKitGTK on it, and end both; the driver writes to ``log``."""
    programs = webkit()
    with display(programs.display) as name, driver_service(programs.driver, log, name) as address:
        options = Options()
        options.binary_location = str(programs.browser)
        options.add_argument("--automation")
        with session(address, options) as driver:
            screen = WebKitScreen(driver)
            yield screen
            assert screen.complaints() == []


@contextmanager
def display(program: Path) -> Iterator[str]:
    """Start Xvfb on a display that is free, which it chooses itself; give its name."""
    reading, writing = os.pipe()
    command = [str(program), "-displayfd", str(writing), "-screen", "0", SCREEN, "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL) as process:
        os.close(writing)
        try:
            with os.fdopen(reading, "rb") as told:
                number = told.readline().decode().strip()
            assert number, "Xvfb ended without a display"
            yield f":{number}"
        finally:
            process.terminate()
            process.wait(END_SECONDS)


@contextmanager
def driver_service(program: Path, log: Path, display_name: str) -> Iterator[str]:
    """Start WebKitWebDriver; give its address."""
    service = Service(str(program), log_output=str(log), env=surroundings(display_name))
    service.start()
    try:
        yield service.service_url
    finally:
        service.stop()


@contextmanager
def session(address: str, options: Options) -> Iterator[WebDriver]:
    """Open the browser. Selenium's own class for WebKitGTK uses what Selenium itself warns of."""
    driver = Remote(RemoteConnection(client_config=ClientConfig(remote_server_addr=address)), options=options)
    try:
        yield driver
    finally:
        driver.quit()


def surroundings(display_name: str) -> Mapping[str, str]:
    """Give an environment in which it draws without a graphics card and looks for no desktop."""
    alone = {"GDK_BACKEND": "x11", "GSETTINGS_BACKEND": "memory", "NO_AT_BRIDGE": "1"}
    return {**os.environ, **alone, "DISPLAY": display_name, "WEBKIT_DISABLE_COMPOSITING_MODE": "1"}
