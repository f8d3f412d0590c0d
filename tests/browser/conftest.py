"""A server of our own, a real browser, and pages that must not complain."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    expect,
    sync_playwright,
)

ROOT = Path(__file__).resolve().parents[2]
WAIT = 120_000  # milliseconds, on a busy machine
STARTS_WITHIN = 120  # seconds
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SWITCHES = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--disable-sync",
)

Visit = Callable[..., Page]


@dataclass(frozen=True)
class Server:
    """A running app."""

    url: str
    pid: int

    def has_loaded(self, library: str) -> bool:
        """Whether its process holds compiled parts of a library; Linux only."""
        maps = Path(f"/proc/{self.pid}/maps").read_text(encoding="utf-8")
        return any(f"/{library}/" in line and ".so" in line for line in maps.splitlines())


@contextmanager
def serve(log: Path, *more: str, **settings: str) -> Iterator[Server]:
    """The app on a free port, with more options and these environment variables, until the block
    ends."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = {"port": port, "headless": "true", "fileWatcherType": "none"}
    words = [word for key, value in options.items() for word in (f"--server.{key}", str(value))]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", *words, *more]
    with log.open("w") as out:
        process = subprocess.Popen(
            command, cwd=ROOT, stdout=out, stderr=subprocess.STDOUT, env=os.environ | settings
        )
    try:
        server = Server(f"http://127.0.0.1:{port}", process.pid)
        _wait_until_healthy(server, process, log)
        yield server
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_until_healthy(server: Server, process: subprocess.Popen, log: Path) -> None:
    end = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < end and process.poll() is None:
        try:
            urllib.request.urlopen(f"{server.url}/_stcore/health", timeout=5).close()
            return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"The app did not start:\n{log.read_text()}")


@pytest.fixture(scope="package")
def server(tmp_path_factory) -> Iterator[Server]:
    with serve(tmp_path_factory.mktemp("server") / "log.txt") as running:
        yield running


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium; without one, tests are skipped, or fail where CI is set."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        reason = "No Chromium was found."
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    expect.set_options(timeout=WAIT)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=found, args=SWITCHES)
        yield running
        running.close()


@pytest.fixture(scope="package")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One person's browser, which has the app's scripts at hand after the first page."""
    opened = browser.new_context()
    yield opened
    opened.close()


@pytest.fixture
def visit(browser: Browser, context: BrowserContext, server: Server) -> Iterator[Visit]:
    """Opens an address of the app in a new tab; the second and those with options in a browser of
    their own, as another person. At the end, no browser may have complained."""
    contexts: list[BrowserContext] = []
    tabs: list[Page] = []
    troubles: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error" and "/_stcore/" not in message.location["url"]:
            # On a page of its own address, Streamlit looks for its server in two places.
            troubles.append(f"{message.text} {message.location['url']}")

    def open_page(address: str = "", **options) -> Page:
        if tabs or options:
            contexts.append(browser.new_context(**options))
        page = (contexts[-1] if tabs or options else context).new_page()
        page.set_default_timeout(WAIT)
        tabs.append(page)
        page.on("console", note)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.goto(address if address.startswith("http") else f"{server.url}/{address}")
        return page

    yield open_page
    for tab in tabs:
        tab.close()
    for other in contexts:
        other.close()
    assert not troubles
