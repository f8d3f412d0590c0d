"""The app as it opens, and links that carry a view."""

from __future__ import annotations

import re
import sys

import pytest
from playwright.sync_api import Page, expect

from se_viz.analysis.networks.paper import PANELS
from se_viz.nets.builtin import CLASSES
from se_viz.ui.widgets.view_options import CLASSES_SHOWN
from tests.browser.conftest import serve
from tests.browser.steps import (
    button,
    choose,
    figure,
    legend,
    nothing_failed,
    option,
    panels,
    settle,
    turn_to,
    unfold,
)

PATHS = (
    *("block", "gates", "channel", "light", "lab", "sweep", "cost"),
    *("picture", "findings", "adaptive", "two", "pictures", "network", "lessons"),
)
DARK = {"color_scheme": "dark"}
NARROW = {"viewport": {"width": 420, "height": 800}}
PHONE = NARROW | {"user_agent": "Mozilla/5.0 (Linux; Android 15) Chrome/150 Mobile Safari/537.36"}
LINUX = sys.platform == "linux"
SIDES = "e => [e.scrollWidth, e.clientWidth]"


@pytest.mark.long
def test_the_papers_figure_shows_before_tensorflow_is_loaded(visit, tmp_path):
    with serve(tmp_path / "log.txt") as fresh:
        page = visit(f"{fresh.url}/gates")
        expect(panels(page)).to_have_text([re.compile(f"^{block} ") for block in PANELS])
        expect(legend(page)).to_have_text([*CLASSES[:CLASSES_SHOWN], "all"])
        nothing_failed(page)
        assert not (LINUX and fresh.has_loaded("tensorflow"))
        turn_to(page, "All gates of one picture")
        expect(figure(page, "all gates")).to_be_visible()
        assert not LINUX or fresh.has_loaded("tensorflow")
        page.close()  # before its server goes


@pytest.mark.long
def test_a_link_shows_the_same_view_to_someone_else(visit):
    page = visit("gates")
    settle(page)
    unfold(page)
    take_from_list(page, "Classes", "parachute")
    button(page, "Remove tench").click()
    take_from_list(page, "Blocks, or whole stages", "SE_2_1")
    choose(page, "Channels", "all channels")
    choose(page, "Order of channels", "by mean gate")
    choose(page, "Panels side by side", "3")
    choose(page, "Look", "Heatmap")
    page.get_by_text("± 1 standard deviation").click()
    expect(page).to_have_url(re.compile("band=true"))
    nothing_failed(page)
    other = visit(page.url)
    unfold(other)
    for each in (page, other):
        expect(legend(each)).to_have_text([*CLASSES[1:4], "parachute", "all"])
        expect(panels(each)).to_have_count(len(PANELS) + 1)
        expect(panels(each).first).to_have_text("SE_2_1 · stage 2 · 128 channels")
        expect(option(each, "Order of channels", "by mean gate")).to_be_checked()
        expect(option(each, "Panels side by side", "3")).to_be_checked()
        expect(each.get_by_role("switch", name="± 1 standard deviation")).to_be_checked()
        expect(figure(each, "gate heatmap")).to_be_visible()
    nothing_failed(other)
    assert panels(page).all_text_contents() == panels(other).all_text_contents()


def take_from_list(page: Page, label: str, name: str) -> None:
    page.get_by_role("combobox", name=label, exact=True).fill(name)
    page.get_by_role("option", name=name, exact=True).click()
    page.keyboard.press("Escape")
    expect(button(page, f"Remove {name}")).to_be_visible()


def test_every_page_is_reached_by_its_link_and_choices_outlast_the_visits(visit):
    page = visit("gates")
    settle(page)
    unfold(page)
    button(page, "Remove tench").click()
    choose(page, "Panels side by side", "1")
    for title in ("All gates of one picture", "Findings", "How adaptive?", "The network"):
        turn_to(page, title)
        nothing_failed(page)
    assert page.url.endswith("/network")
    turn_to(page, "Gates by class")
    expect(panels(page)).to_have_count(len(PANELS))
    expect(legend(page)).to_have_text([*CLASSES[1:CLASSES_SHOWN], "all"])
    unfold(page)
    expect(option(page, "Panels side by side", "1")).to_be_checked()
    nothing_failed(page)


@pytest.mark.long
def test_no_page_scrolls_sideways_on_a_narrow_screen_and_all_are_dark_where_wished(visit, server):
    page = visit(**DARK, **NARROW)
    for path in PATHS:
        page.goto(f"{server.url}/{path}")
        nothing_failed(page)
        if path not in ("pictures", "lessons"):
            expect(page.get_by_role("figure").first).to_be_visible()
        does_not_scroll_sideways(page)
        assert max(background(page)) < 64
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 1280, "height": 800})
    page.reload()
    nothing_failed(page)
    does_not_scroll_sideways(page)
    assert min(background(page)) > 200


def test_in_a_narrow_window_maps_keep_their_size_and_scroll_within_their_figure(visit):
    page = visit("picture", **NARROW)
    maps = figure(page, "feature maps")
    expect(maps).to_be_visible()
    nothing_failed(page)
    assert maps.bounding_box()["width"] > NARROW["viewport"]["width"]
    does_not_scroll_sideways(page)


def does_not_scroll_sideways(page: Page) -> None:
    for part in (page.locator("html"), page.get_by_test_id("stMain")):
        wide, room = part.evaluate(SIDES)
        assert wide <= room


def background(page: Page) -> list[int]:
    """Red, green and blue of the page, 0 to 255."""
    colour = page.get_by_test_id("stApp").evaluate("e => getComputedStyle(e).backgroundColor")
    return [int(number) for number in re.findall(r"\d+", colour)[:3]]


def test_on_a_phone_panels_stand_in_one_column(visit):
    page = visit("gates", **PHONE)
    unfold(page)
    expect(option(page, "Panels side by side", "1")).to_be_checked()
    expect(panels(page)).to_have_count(len(PANELS))
    boxes = [panel.bounding_box() for panel in panels(page).all()]
    assert all(box["x"] + box["width"] <= NARROW["viewport"]["width"] for box in boxes)
    assert len({round(box["y"]) for box in boxes}) == len(PANELS)
    nothing_failed(page)


@pytest.mark.long
def test_one_block_is_walked_from_squeeze_to_scale_and_the_link_holds_the_step(visit):
    page = visit("picture")
    settle(page)
    for name in ("feature maps", "excitation", "before and after"):
        expect(figure(page, name)).to_be_visible()
        nothing_failed(page)
        here = page.url
        button(page, "Next").click()
        expect(page).not_to_have_url(here)
    expect(page).not_to_have_url(re.compile("step="))  # squeeze again, in the next block
    expect(figure(page, "feature maps")).to_be_visible()
    other = visit(here)
    expect(figure(other, "before and after")).to_be_visible()
    nothing_failed(other)
