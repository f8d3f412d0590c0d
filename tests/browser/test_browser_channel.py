"""From a channel that tells two classes apart to its own page, and back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import HEADINGS, figure, nothing_failed, panels, settle

HERE = re.compile(r"/channel\?block=(SE_\d_\d)&channel=(\d+)")


def click_channel(page: Page, place: int) -> str:
    """Click a channel of the ranking; the title of the figure that it leads to."""
    point = figure(page, "telling channels").locator(".points path").nth(place)
    point.scroll_into_view_if_needed()
    point.click(force=True)
    expect(page.get_by_role("heading", level=2, name=HEADINGS["One channel"])).to_be_visible()
    expect(page).to_have_url(HERE)
    block, channel = HERE.search(page.url).groups()
    return f"{block}, channel {channel}"


@pytest.mark.long
def test_a_click_on_a_channel_leads_to_it_and_going_back_does_not_lead_there_again(visit):
    page = visit("adaptive")
    settle(page)
    title = click_channel(page, 2)
    expect(panels(page, "one channel")).to_have_text([title])
    expect(page.get_by_role("list", name="Pictures with the highest gate")).to_be_visible()
    nothing_failed(page)
    address = page.url
    page.go_back()
    expect(page.get_by_role("heading", level=2, name=HEADINGS["How adaptive?"])).to_be_visible()
    expect(figure(page, "telling channels")).to_be_visible()
    nothing_failed(page)
    expect(page).to_have_url(re.compile("/adaptive"))
    assert click_channel(page, 2) == title
    other = visit(address)
    expect(panels(other, "one channel")).to_have_text([title])
    nothing_failed(other)


def test_channels_are_stepped_and_the_link_follows(visit):
    page = visit("channel?block=SE_2_1&channel=126")
    expect(panels(page, "one channel")).to_have_text(["SE_2_1, channel 126"])
    page.get_by_role("button", name="Increment").click()
    expect(panels(page, "one channel")).to_have_text(["SE_2_1, channel 127"])
    expect(page).to_have_url(re.compile(r"channel=127(&|$)"))
    page.get_by_role("radio", name=re.compile("^SE_2_1")).press("ArrowRight")
    expect(panels(page, "one channel")).to_have_text(["SE_2_2, channel 127"])
    expect(page).to_have_url(re.compile(r"(?=.*block=SE_2_2(&|$)).*channel=127(&|$)"))
    nothing_failed(page)
