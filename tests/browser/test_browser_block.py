"""The living block by pointer, keys and touch: every number on screen is one that was measured."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Page, expect

from se_viz.experiments.block_view.record import load
from se_viz.nets import builtin
from se_viz.ui.components.block.block_data import picture_data
from tests.browser.steps import counted, nothing_failed, payload, settle, upload
from tests.pictures.picture_files import picture

TITLE = re.compile("^How a network turns")
WALK = """([given, names]) => {
  const root = [...document.querySelectorAll("*")].find((n) => n.shadowRoot?.querySelector(".lb"));
  const all = (kind) => [...root.shadowRoot.querySelectorAll(kind)], bad = [];
  const number = (text) => Number(text.replace("−", "-").replace(/[^0-9.-]/g, ""));
  const near = (text, value, what) => {
    if (!(Math.abs(number(text) - value) <= 0.0051)) bad.push([what, text, value]);
  };
  let seen = 0;
  for (const name of names) {
    all(`.ribbon [data-value="${name}"]`)[0].click();
    for (const dot of all(".knobs .dot")) {
      all(`.knobs .dot[data-value="${dot.dataset.value}"]`)[0].click();
      const light = Number(dot.dataset.value), inside = given.insides[name];
      all(".row").forEach((row, i) => {
        const text = [...row.querySelectorAll("text")].map((t) => t.textContent);
        if (Number(text[0]) !== inside.channels[i]) bad.push([name, text[0]]);
        const z = inside.z[light][i], s = inside.s[light][i];
        near(text[1], z, "z"); near(text[2], s, "s");
        near(text.at(-1), z * s, "x");
        seen += 4;
      });
    }
  }
  const small = (n) => parseFloat(getComputedStyle(n).fontSize) < 11;
  const cut = (n) => n.getBoundingClientRect().right > innerWidth + 0.5;
  const outside = all("*").filter((n) => n.textContent.trim() && !n.childElementCount
    && (small(n) || cut(n)));
  return { seen, bad: bad.slice(0, 5), outside: outside.map((n) => n.textContent).slice(0, 5) };
}"""


def rows(page: Page):
    return page.get_by_role("listbox").get_by_role("option")


def radio(page: Page, group: str, name: str):
    groups = page.get_by_role("radiogroup", name=group)
    return groups.get_by_role("radio", name=re.compile(f"^{name}")).first


def opened(page: Page) -> Page:
    expect(page.get_by_role("heading", level=2, name=TITLE)).to_be_visible()
    expect(rows(page)).to_have_count(8)
    settle(page)
    return page


def test_every_number_on_screen_was_measured(visit):
    page = opened(visit("block"))
    record = load(builtin.BLOCK)
    given = picture_data(record.pictures[0], "", "", None, record.mean_moves, record.blocks)
    names = ["SE_2_1", "SE_3_3", "SE_5_2"]
    found = page.evaluate(WALK, [json.loads(json.dumps(given)), names])
    assert found == {"seen": 3 * 4 * 8 * 4, "bad": [], "outside": []}
    nothing_failed(page)


def test_pointer_keys_and_steps(visit):
    page = opened(visit("block", viewport={"width": 1280, "height": 720}))
    bottom = page.get_by_role("radiogroup", name="Steps").bounding_box()
    assert bottom["y"] + bottom["height"] <= 720
    rows(page).nth(6).hover()
    expect(rows(page).nth(6)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("PageDown")
    expect(radio(page, "Steps", "2 Excite")).to_be_checked()
    expect(page).to_have_url(re.compile("step=excite"))
    radio(page, "Blocks of the network", "SE_3_3").press("ArrowRight")
    expect(radio(page, "Blocks of the network", "SE_3_4")).to_be_checked()
    expect(page).to_have_url(re.compile("block=SE_3_4"))
    radio(page, "contrast", "contrast × 0.4").click()
    expect(page.get_by_text("over 491 pictures")).to_be_visible()
    radio(page, "Reduction ratio r", "r = 4").click()
    expect(page.get_by_text("only training anew could tell")).to_be_visible()
    expect(page.locator(".cellnumber")).to_have_count(0)
    expect(page).to_have_url(re.compile("ratio=4"))
    page.reload()
    expect(radio(opened(page), "Reduction ratio r", "r = 4")).to_be_checked()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Save as SVG").click()
    text = waiting.value.path().read_text(encoding="utf-8")
    assert waiting.value.suggested_filename == "SE_3_4.svg"
    assert text.count("<image") == 1 + 2 * 8
    nothing_failed(page)


def test_a_link_that_asks_for_what_there_is_not_shows_the_block(visit):
    page = opened(visit("block?step=toString&place=constructor&ratio=7&light=fog-9&channel=4096"))
    expect(page.get_by_text("stage 3", exact=True)).to_be_visible()
    expect(radio(page, "Steps", "Whole block")).to_be_checked()
    expect(radio(page, "Where it stands", "SE-ResNet")).to_be_checked()
    expect(radio(page, "Reduction ratio r", "r = 16")).to_be_checked()
    nothing_failed(page)


def test_keys_may_come_faster_than_the_server_answers(visit):
    page = opened(visit("block?block=SE_2_1"))
    expect(page.get_by_text("stage 2", exact=True)).to_be_hidden()  # as SE_2_1 stands there
    radio(page, "Blocks of the network", "SE_2_1").focus()
    for _ in range(14):
        page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile("block=SE_5_2"))
    nothing_failed(page)
    page.wait_for_timeout(500)  # what is late comes now
    expect(radio(page, "Blocks of the network", "SE_5_2")).to_be_checked()
    expect(page).to_have_url(re.compile("block=SE_5_2"))


@pytest.mark.long
def test_ones_own_picture_on_a_phone_without_motion(visit):
    narrow = {"viewport": {"width": 390, "height": 844}, "reduced_motion": "reduce"}
    page = opened(visit("block?block=SE_2_2", **narrow))
    bar = page.locator(".bar.s").first
    assert bar.evaluate("(n) => getComputedStyle(n).transitionDuration") in ("0s", "0s, 0s, 0s")
    page.get_by_test_id("stExpandSidebarButton").click()
    upload(page, [payload("mine.png", picture(71))])
    counted(page, "1 picture")
    page.keyboard.press("Escape")
    page.get_by_test_id("stSidebarCollapseButton").get_by_role("button").click()
    radio(page, "Picture", "mine.png").click()
    expect(page.get_by_role("img", name="mine.png, as it is")).to_be_visible()
    radio(page, "Blocks of the network", "SE_5_1").click()
    expect(page.get_by_text("is being looked into")).to_have_count(0)
    expect(rows(page)).to_have_count(8)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    nothing_failed(page)
