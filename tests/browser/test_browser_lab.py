"""The lab: two people take gates in hand at once, and each sees their own."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.steps import figure, nothing_failed, settle

SAID = re.compile("^With ")


def said(page: Page):
    return page.get_by_test_id("stMarkdown").filter(has_text=SAID).first


def test_two_people_intervene_at_once_and_each_sees_their_own(visit):
    shut, half = visit("lab?do=constant&at=all"), visit("lab?do=scale&at=stage+2")
    for page in (shut, half):
        expect(figure(page, "with and without")).to_be_visible()
        nothing_failed(page)
    first = {page: said(page).inner_text() for page in (shut, half)}
    assert "all blocks set to 0.5" in first[shut]
    assert "stage 2 times 0.5" in first[half]
    shut.get_by_role("textbox", name="Only these channels").fill("0-7")
    shut.get_by_role("textbox", name="Only these channels").press("Enter")
    expect(said(shut)).to_contain_text("8 channels of SE_2_1")
    settle(shut)
    half.reload()
    expect(figure(half, "with and without")).to_be_visible()
    assert said(half).inner_text() == first[half]
