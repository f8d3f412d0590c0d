"""When the light changes, on one's own pictures: measured, stopped, gone on with."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.steps import (
    button,
    choose,
    counted,
    figure,
    nothing_failed,
    settle,
    turn_to,
    upload,
)
from tests.pictures.picture_files import picture, zip_of

CLASSES = ("church", "tench", "golf ball")
FILES = {f"{CLASSES[n % 3]}/{n}.png": picture(n) for n in range(30)}
ZIP = {"name": "mine.zip", "mimeType": "application/zip", "buffer": zip_of(FILES)}


@pytest.mark.long
def test_it_is_measured_with_progress_stopped_and_gone_on_with(visit):
    page = visit("light")
    upload(page, [ZIP])
    counted(page, "30 pictures in 3 classes.")
    expect(figure(page, "shift sure").locator(".main-svg").first).to_be_visible()
    settle(page)
    shift = page.get_by_role("combobox", name="Shift", exact=True)
    shift.scroll_into_view_if_needed()  # a list that is open while the page scrolls shuts again
    settle(page)
    shift.click()
    page.get_by_role("option").filter(has_text="JPEG").click()
    settle(page)
    button(page, "Measure JPEG on 30 pictures of yours").click()
    bar = page.get_by_role("progressbar")
    expect(bar).to_be_visible()
    expect(page.get_by_text(re.compile("light 2 of 7"))).to_be_visible()
    button(page, "Stop").click()
    again = page.get_by_role("button", name=re.compile("^Go on: . of 7 lights are measured"))
    expect(again).to_be_visible()
    nothing_failed(page)
    again.click()
    expect(page.get_by_text("All 7 lights of this choice are measured")).to_be_visible()
    nothing_failed(page)
    choose(page, "Measured on", "Your pictures")
    expect(page.get_by_text("measured on your pictures (30)").first).to_be_visible()
    choose(page, "Measured on", "Validation set")
    expect(page.get_by_text(re.compile("built-in validation set")).first).to_be_visible()


@pytest.mark.long
def test_a_chosen_light_is_in_the_address(visit):
    page = visit("light?shift=contrast")
    choose(page, "Light", "light 0.4")
    expect(page).to_have_url(re.compile("shift=exposure"))
    expect(page).to_have_url(re.compile("strength=0.4"))
    turn_to(page, "Lab")
    expect(page).not_to_have_url(re.compile("strength"))
