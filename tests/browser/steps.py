"""What people do and see in the app, in terms of roles, labels and texts."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import FilePayload, Locator, Page, expect

FIRST_PAGE, PICTURES, LESSONS = "Gates by class", "Your pictures", "Lessons"
HEADINGS = {
    "The block": re.compile("^How a network turns"),
    FIRST_PAGE: re.compile("^Which gates open"),
    "One channel": re.compile("^How does one channel"),
    "When the light changes": re.compile(
        "gates have to adapt|^When does adapting|needs gates that"
    ),
    "Lab": re.compile("^What happens when the gates|the network changes its mind"),
    "Which gates matter": re.compile("^Which gates matter"),
    "What it costs": re.compile("^What it costs"),
    "All gates of one picture": re.compile("^What the block did"),
    "Findings": re.compile("^What the paper saw"),
    "How adaptive?": re.compile("^How much of a gate"),
    "Two networks": re.compile("^Do two networks"),
    PICTURES: re.compile("^Your pictures$"),
    "The network": re.compile("^The network: "),
    "Lessons": re.compile("^Lessons"),
    LESSONS: re.compile("^Lessons: "),
}


def settle(page: Page) -> None:
    """Wait until the app has drawn everything."""
    expect(page.get_by_role("heading", level=2).first).to_be_visible()
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)


def nothing_failed(page: Page) -> None:
    """No box with an exception is on the page."""
    settle(page)
    expect(page.get_by_test_id("stException")).to_have_count(0)


def turn_to(page: Page, title: str) -> None:
    """Follow a page's link in the navigation, and wait for the page to be drawn."""
    settle(page)
    link = page.get_by_role("link", name=title, exact=True)
    if not link.is_visible():
        page.get_by_test_id("stTopNavSection").click()
        link = page.get_by_role("menuitem", name=title, exact=True)
    link.click()
    expect(page.get_by_role("heading", level=2, name=HEADINGS[title])).to_be_visible()
    settle(page)


def unfold(page: Page) -> None:
    """Open what is folded on the page of gates by class."""
    page.get_by_text("Classes, blocks and channels").click()
    expect(option(page, "Channels", "all channels")).to_be_visible()
    settle(page)


def figure(page: Page, name: str = "gates by class") -> Locator:
    return page.get_by_role("figure", name=f"Figure: {name},").last


def legend(page: Page, name: str = "gates by class") -> Locator:
    """The entries of a figure's legend."""
    return figure(page, name).locator(".legendtext")


def panels(page: Page, name: str = "gates by class") -> Locator:
    """The titles of a figure's panels."""
    return figure(page, name).locator(".annotation-text")


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def option(page: Page, group: str, name: str) -> Locator:
    """One of several buttons of which one is pressed."""
    groups = page.get_by_role("radiogroup", name=group, exact=True)
    return groups.get_by_role("radio", name=name, exact=True)


def choose(page: Page, group: str, name: str) -> None:
    option(page, group, name).click()
    expect(option(page, group, name)).to_be_checked()
    settle(page)


def upload(page: Page, files: Any, into: str = "Drop pictures or ZIPs") -> None:
    """Hand files, or a folder, to the uploader of the sidebar."""
    region = page.get_by_role("region", name=into)
    region.locator("input[type=file]").set_input_files(files)


def payload(name: str, data: bytes) -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": data}


def counted(page: Page, sentence: str) -> None:
    """Wait for what the sidebar says of the pictures."""
    sidebar = page.get_by_test_id("stSidebar")
    expect(sidebar.get_by_text(sentence)).to_be_visible()
    settle(page)


def cards(page: Page) -> Locator:
    """The thumbnails, each with what the network takes it for."""
    return page.get_by_role("list", name="Your pictures").get_by_role("listitem")


def card(page: Page, name: str) -> Locator:
    """A picture's thumbnail with what the network takes it for."""
    return cards(page).filter(has_text=name)


def download(page: Page, name: str, place: Path) -> Path:
    """Press a button and wait for its file."""
    with page.expect_download() as waiting:
        button(page, name).first.click()
    target = place / waiting.value.suggested_filename
    waiting.value.save_as(target)
    return target
