"""From a picture through a block to an intervention and a report; two people at once."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from se_viz.figures.catalogue import entry
from tests.browser.steps import (
    choose,
    counted,
    download,
    figure,
    nothing_failed,
    payload,
    settle,
    turn_to,
    upload,
)
from tests.browser.test_browser_report import REPORT, opened
from tests.pictures.picture_files import picture

SAID = re.compile("^With ")


def said(page: Page):
    return page.get_by_test_id("stMarkdown").filter(has_text=SAID).first


def wall(page: Page):
    return page.get_by_role("group", name="those that changed first").get_by_role("button")


def test_pictures_flip_as_gates_are_moved_and_a_click_chooses_one(visit):
    page = visit("lab")
    expect(wall(page)).to_have_count(29)
    title = page.get_by_role("heading", level=2).first
    expect(title).to_contain_text("Without its gates, the network changes its mind on")
    before = wall(page).first.get_attribute("aria-label") or ""
    assert "was right, now" in before
    flipped = wall(page).nth(1)
    name = flipped.get_attribute("aria-label") or ""
    flipped.click()
    expect(flipped).to_have_attribute("aria-pressed", "true")
    expect(
        page.get_by_text(f"measured on the rendered scene {name.split(' (')[0]}").first
    ).to_be_visible()
    flipped.focus()
    page.keyboard.press("ArrowLeft")
    expect(wall(page).first).to_be_focused()
    slider = page.get_by_role("slider").first
    slider.focus()
    slider.press("Home")
    expect(title).to_contain_text("As learned, the network gets")
    expect(wall(page).filter(has_text="golf ball").first).to_have_attribute(
        "aria-label", re.compile("wrong as before")
    )
    nothing_failed(page)


@pytest.mark.long
def test_two_people_intervene_at_once_and_each_sees_their_own(visit):
    shut, half = visit("lab?do=constant&at=all"), visit("lab?do=scale&at=stage+2")
    for page in (shut, half):
        expect(figure(page, "with and without")).to_be_visible()
        nothing_failed(page)
    first = {page: said(page).inner_text() for page in (shut, half)}
    assert "all blocks set to 0.5" in first[shut]
    assert "stage 2 times 0.5" in first[half]
    shut.get_by_role("button", name="Other ways").click()
    shut.get_by_role("textbox", name="Only these channels").fill("0-7")
    shut.get_by_role("textbox", name="Only these channels").press("Enter")
    expect(said(shut)).to_contain_text("channels 0-7 of all blocks")
    settle(shut)
    half.reload()
    expect(figure(half, "with and without")).to_be_visible()
    assert said(half).inner_text() == first[half]


def test_from_a_picture_through_a_block_to_an_intervention_and_a_report(visit, browser, tmp_path):
    page = visit("picture?block=SE_4_6")
    settle(page)
    upload(page, [payload("one.png", picture(71)), payload("two.png", picture(72))])
    counted(page, "2 pictures in")
    for step, heading in (("Squeeze", "1. Squeeze"), ("Excite", "2. "), ("Scale", "3. Scale")):
        choose(page, "Step", step)
        expect(
            page.get_by_role("heading", name=re.compile(f"^{re.escape(heading)}"))
        ).to_be_visible()
    turn_to(page, "Lab")
    expect(said(page)).to_contain_text("all blocks bypassed")
    expect(page.get_by_text("gives the same outputs, to the last bit")).to_be_visible()
    nothing_failed(page)
    report = download(page, REPORT, tmp_path)
    offline, troubles = opened(browser, report, {})
    expect(offline.locator("body[data-drawn=all]")).to_be_attached()
    expect(offline.get_by_text("measured on one.png, all blocks bypassed").first).to_be_visible()
    for name in ("with-and-without", "every-way", "contribution"):
        drawn = offline.get_by_role("figure", name=entry(name).title, exact=True)
        expect(drawn.locator(".main-svg").first).to_be_visible()
    offline.context.close()
    assert not troubles
