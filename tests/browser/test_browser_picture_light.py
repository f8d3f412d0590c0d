"""Turn the contrast of one's own picture down, and see everything follow."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Page, expect

from se_viz.pictures import rendered
from se_viz.ui.sentences.rendered import load
from tests.browser.steps import (
    button,
    counted,
    download,
    figure,
    nothing_failed,
    payload,
    settle,
    upload,
)
from tests.pictures.picture_files import picture

GATES, ANSWERS, STAGES = "all gates", "in this light", "held in one stage"
WHOSE = ("gates adapt", "clean gates, an oracle", "frozen at the mean", "gates of ")


def dial(page: Page):
    return page.get_by_role("slider", name=re.compile("^Contrast, from 1"))


def turn(page: Page, share: float) -> None:
    """Click at a place of the dial, from 0 at its left to 1 at its right."""
    track = page.get_by_test_id("stSlider").filter(has=dial(page))
    box = track.bounding_box()
    handle = dial(page).bounding_box()
    track.click(position={"x": share * box["width"], "y": handle["y"] - box["y"] + 6})
    settle(page)


def seen(page: Page) -> str:
    """The address of the picture as the network sees it."""
    images = page.get_by_test_id("stImage").filter(has_text="as the network sees it")
    return str(images.get_by_role("img").get_attribute("src"))


def bars(page: Page) -> str:
    """How the bars of all gates are drawn, and their ghost."""
    return figure(page, GATES).locator(".barlayer").first.inner_html()


def becomes_other(page, read, before: str) -> None:
    """Waits until something is drawn anew: what a page shows changes piece by piece."""
    for _ in range(300):
        if read(page) != before:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{read.__name__} stays as it was")


@pytest.mark.long
def test_picture_gates_ghost_and_predictions_follow_the_contrast(visit, tmp_path):
    page = visit("picture?block=SE_2_2")
    settle(page)
    upload(page, [payload("one.png", picture(71)), payload("two.png", picture(72))])
    counted(page, "2 pictures in")
    expect(figure(page, ANSWERS)).to_have_count(0)
    clean, flat = seen(page), bars(page)
    turn(page, 0.6)
    expect(figure(page, ANSWERS)).to_be_visible()
    for whose in WHOSE:
        expect(figure(page, ANSWERS).get_by_text(whose).first).to_be_visible()
    expect(figure(page, STAGES)).to_be_visible()
    expect(figure(page, GATES).locator(".scatterlayer .trace")).to_have_count(2)
    becomes_other(page, seen, clean)
    becomes_other(page, bars, flat)
    nothing_failed(page)
    before, gates = figure(page, ANSWERS).inner_text(), bars(page)
    turn(page, 0.85)
    expect(figure(page, ANSWERS)).not_to_have_text(before)
    becomes_other(page, bars, gates)
    strength = dial(page).get_attribute("aria-valuetext")
    assert f"contrast={strength}" in page.url
    button(page, "Save").first.click()
    made = json.loads(download(page, "Manifest (JSON)", tmp_path).read_text(encoding="utf-8"))
    assert made["settings"]["contrast"] == strength
    assert made["settings"]["block"] == ["SE_2_2"]
    assert f"contrast={strength}" in made["link"]
    page.reload()
    settle(page)
    expect(dial(page)).to_have_attribute("aria-valuetext", str(strength))


@pytest.mark.long
def test_a_rendered_scene_is_one_click_away(visit):
    page = visit("picture?light=Contrast&contrast=0.4")
    settle(page)
    scene = rendered.default()
    button(page, load(scene.title)).click()
    counted(page, "4 pictures in 1 class.")
    expect(page.get_by_test_id("stMarkdown").filter(has_text=scene.label).first).to_be_visible()
    expect(figure(page, ANSWERS).get_by_text("gates adapt")).to_be_visible()
    nothing_failed(page)
