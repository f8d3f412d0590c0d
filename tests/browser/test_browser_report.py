"""A session saved as one file, and the file opened from the disk, offline."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import WAIT
from tests.browser.steps import (
    FIRST_PAGE,
    button,
    choose,
    counted,
    download,
    figure,
    nothing_failed,
    payload,
    settle,
    turn_to,
    unfold,
    upload,
)
from tests.pictures.picture_files import picture, zip_of

REPORT = "Save a report (HTML)"
NAME = "<img src=x onerror=alert(1)>.png"
FOLDERS = {f"cats/{NAME}": picture(61), "dogs/2.png": picture(62)}
HELD = re.compile(r"(?=.*columns=3)(?=.*order=by)")
LOOKS = [
    {"color_scheme": "light"},
    {"color_scheme": "dark", "viewport": {"width": 400, "height": 800}},
]


@pytest.fixture
def report(visit, tmp_path) -> Path:
    """What somebody with two pictures saves after a look at two pages."""
    page = visit("gates")
    settle(page)
    upload(page, [payload("folders.zip", zip_of(FOLDERS))])
    counted(page, "2 pictures in 2 classes.")
    choose(page, "Look", "Heatmap")
    expect(figure(page, "gate heatmap")).to_be_visible()
    turn_to(page, "The network")
    saved = download(page, REPORT, tmp_path)
    nothing_failed(page)
    return saved


def test_a_saved_report_opens_offline_with_its_figures_drawn(report, browser):
    for look in LOOKS:
        page, troubles = opened(browser, report, look)
        expect(page.locator("body[data-drawn=all]")).to_be_attached()
        names = ["Gates by class", "Gate histograms", "Gate heatmap", "Blocks"]
        for name in names:
            figure = page.get_by_role("figure", name=name, exact=True)
            expect(figure.locator(".main-svg").first).to_be_visible()
        expect(page.get_by_role("listitem").filter(has_text=NAME)).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert not troubles
        page.context.close()


def opened(browser: Browser, file: Path, look: dict) -> tuple[Page, list[str]]:
    context = browser.new_context(offline=True, **look)
    context.set_default_timeout(WAIT)
    page, troubles = context.new_page(), []
    page.on("console", lambda message: troubles.append(message.text))
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("dialog", lambda dialog: troubles.append(dialog.message))
    page.on("request", lambda asked: troubles.append(asked.url) if "http" in asked.url[:4] else 0)
    page.goto(file.as_uri())
    return page, troubles


def test_a_manifest_holds_the_address_that_the_browser_shows(visit, tmp_path):
    page = visit("gates")
    settle(page)
    choose(page, "Look", "Heatmap")
    unfold(page)
    choose(page, "Panels side by side", "3")
    nothing_failed(page)
    button(page, "Save").first.click()
    made = json.loads(download(page, "Manifest (JSON)", tmp_path).read_text(encoding="utf-8"))
    here, kept = urlsplit(page.url), urlsplit(made["link"])
    assert here.path.strip("/") == kept.path.strip("/")
    assert parse_qs(here.query) == parse_qs(kept.query)
    assert made["settings"]["columns"] == "3"


@pytest.mark.long
def test_what_is_chosen_beside_ones_own_pictures_stays_in_the_address(visit):
    page = visit("gates")
    settle(page)
    upload(page, [payload("folders.zip", zip_of(FOLDERS))])
    counted(page, "2 pictures in 2 classes.")
    unfold(page)
    choose(page, "Panels side by side", "3")
    choose(page, "Order of channels", "by mean gate")
    expect(page).to_have_url(HELD)
    turn_to(page, "The network")
    turn_to(page, FIRST_PAGE)
    expect(page).to_have_url(HELD)
