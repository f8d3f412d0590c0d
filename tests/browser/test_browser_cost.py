"""What it costs, as a lecturer moves it."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.steps import figure, nothing_failed, settle


def texts(page: Page, name: str) -> str:
    return " ".join(figure(page, name).locator("text").all_text_contents())


def test_r_and_stages_are_followed(visit):
    page = visit("cost")
    settle(page)
    assert "= 2,514,944" in texts(page, "added weights")
    thumb = page.get_by_role("slider", name="Reduction ratio r")
    thumb.focus()
    for _ in range(2):
        thumb.press("ArrowLeft")
    expect(page.get_by_role("heading", name="What it costs: 39.36% more weights")).to_be_visible()
    settle(page)
    assert "(2 / 4)" in texts(page, "added weights")
    assert "62.5%" in texts(page, "added weights")
    page.get_by_role("button", name="5", exact=True).click()
    expect(page.get_by_role("heading", name="What it costs: 14.74% more weights")).to_be_visible()
    settle(page)
    assert "stage 5" not in texts(page, "added weights")
    nothing_failed(page)


def test_the_module_of_se_inception_is_saved_as_svg(visit, tmp_path):
    page = visit("cost?depth=Inception-v3&module=true")
    settle(page)
    drawn = figure(page, "module")
    expect(drawn).to_be_visible(timeout=60_000)
    drawn.scroll_into_view_if_needed()
    drawn.hover()
    with page.expect_download() as waiting:
        drawn.get_by_role("button", name="Download plot").click()
    svg = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(svg)
    assert svg.name == "module.svg"
    text = svg.read_text(encoding="utf-8")
    assert text.startswith("<svg")
    assert "35 x 35 x 256" in text
    nothing_failed(page)
