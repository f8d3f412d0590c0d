"""Pictures of one's own, from the upload to the curves."""

from __future__ import annotations

import io
import re
from contextlib import suppress

import numpy as np
import pandas as pd
import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, Position, expect

from se_viz.analysis.networks.paper import PANELS
from tests.browser.steps import (
    FIRST_PAGE,
    PICTURES,
    button,
    card,
    cards,
    counted,
    download,
    figure,
    legend,
    nothing_failed,
    panels,
    payload,
    settle,
    turn_to,
    upload,
)
from tests.pictures.picture_files import pack, photo, picture, zip_of
from tests.scale import ALL

CLASSES, EACH, BROKEN = 10, 50 if ALL else 3, 12
FOLDERS = {"cats/1.png": picture(1), "cats/2.png": picture(2), "dogs/3.png": picture(3)}
LARGE = 2400  # pixels
WATCH = """() => {
    window.progress = new Set();
    const look = () => document.querySelectorAll("[data-testid=stProgress]").forEach(
        bar => window.progress.add(bar.innerText));
    new MutationObserver(look).observe(document.body, {subtree: true, childList: true});
}"""
"""Remembers every progress bar, however briefly it shows."""


def rotated() -> bytes:
    """Upright for people, stored on its side."""
    turned = Image.Exif()
    turned[0x0112] = 6
    return pack(photo(60, 40), "JPEG", exif=turned)


def noise(seed: int) -> bytes:
    pixels = np.random.default_rng(seed).integers(0, 256, (64, 64, 3), np.uint8)
    return pack(Image.fromarray(pixels), "JPEG", quality=80)


@pytest.fixture
def page(visit) -> Page:
    """A new person on the first page."""
    opened = visit("gates")
    settle(opened)
    return opened


def test_of_a_mixed_handful_the_good_ones_show_and_the_others_are_explained(page):
    good, cut = picture(9), pack(photo(64, 64), "JPEG")[:200]
    upload(
        page,
        [
            payload("folders.zip", zip_of(FOLDERS)),
            payload("turned.jpg", rotated()),
            payload("good.png", good),
            payload("again.png", good),
            payload("cut.jpg", cut),
        ],
    )
    counted(page, "5 pictures in")
    counted(page, "Skipped: 2 files.")
    expect(cards(page)).to_have_count(5)
    expect(card(page, "1.png").locator(".guess")).to_have_count(5)
    height, width = (
        card(page, "turned.jpg")
        .get_by_role("img")
        .evaluate("e => [e.naturalHeight, e.naturalWidth]")
    )
    assert height > width
    page.get_by_text("Which, and why").click()
    sidebar = page.get_by_test_id("stSidebar")
    expect(sidebar.get_by_text("again.png is the same picture as good.png")).to_be_visible()
    expect(sidebar.get_by_text("cut.jpg is a broken or cut-off JPEG picture.")).to_be_visible()
    for name in ("cats", "dogs", "all", "your 5 pictures, classes of 2 guessed"):
        expect(legend(page).get_by_text(name, exact=True)).to_be_visible()
    expect(legend(page).get_by_text(re.compile("^built-in validation set"))).to_be_visible()
    expect(panels(page)).to_have_count(len(PANELS))
    nothing_failed(page)


TRIES = 10
COLUMNS = ("Tick", "", "Picture", "Class")


def cell(page: Page, row: int, column: str) -> Locator:
    """A cell of the table, as people who cannot see it find it."""
    return page.get_by_test_id(f"glide-cell-{COLUMNS.index(column)}-{row}")


def go_to_tick(page: Page, row: int) -> None:
    """Click beside a row's tick box; the table is drawn on a canvas, 35 pixels a row.

    A click on a table that is just being drawn anew is lost, so it is tried again.
    """
    place: Position = {"x": 12, "y": 35 * (row + 1.5)}
    for _ in range(TRIES):
        page.get_by_test_id("stDataFrame").first.click(position=place)
        with suppress(AssertionError):
            expect(cell(page, row, "Tick")).to_have_attribute("aria-selected", "true", timeout=3000)
            return
    pytest.fail(f"The tick box of row {row} cannot be reached.")


@pytest.mark.long
def test_classes_typed_into_the_table_or_set_of_ticked_pictures_are_curves(page):
    upload(page, [payload("folders.zip", zip_of(FOLDERS))])
    counted(page, "3 pictures in 2 classes.")
    turn_to(page, PICTURES)
    expect(cell(page, 0, "Class")).to_have_text("cats")
    go_to_tick(page, 2)
    type_class(page, 2, "lions")
    expect(card(page, "3.png")).to_contain_text("class: lions (you)")
    expect(cell(page, 2, "Class")).to_have_text("lions")
    for row in (0, 1):
        go_to_tick(page, row)
        page.keyboard.press("Space")
        page.keyboard.press("ArrowRight")  # only then does the cell tell its new value
        expect(cell(page, row, "Tick")).to_have_text("true")
    page.get_by_label("New class for the ticked pictures").fill("tigers")
    page.keyboard.press("Enter")
    button(page, "Set class of ticked").click()
    for name in ("1.png", "2.png"):
        expect(card(page, name)).to_contain_text("class: tigers (you)")
    expect(card(page, "3.png")).to_contain_text("class: lions (you)")
    turn_to(page, FIRST_PAGE)
    for name, count in {"lions": 1, "tigers": 1, "cats": 0, "dogs": 0}.items():
        expect(legend(page).get_by_text(name, exact=True)).to_have_count(count)
    nothing_failed(page)


def type_class(page: Page, row: int, name: str) -> None:
    """From the tick box of a row, go to its class and type another."""
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(cell(page, row, "Class")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    editor = page.locator("#portal").get_by_role("textbox")
    editor.fill(name)
    editor.press("Enter")


@pytest.mark.long
def test_a_folder_of_many_classes_and_the_same_as_a_zip(page, visit, tmp_path):
    files = {f"class {seed % CLASSES}/{seed}.jpg": noise(seed) for seed in range(CLASSES * EACH)}
    for name, data in files.items():
        place = tmp_path / "mine" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    choose_source(page, "a folder")
    upload(page, tmp_path / "mine", "Choose a folder")
    if ALL:
        expect(page.get_by_text(re.compile(r"^\d+ of 500 files"))).to_be_visible()
    other = visit("gates")
    settle(other)
    upload(other, [payload("mine.zip", zip_of(files, 0))])
    for each in (page, other):
        counted(each, f"{CLASSES * EACH} pictures in {CLASSES} classes.")
        expect(each.get_by_text("Skipped:")).to_have_count(0)
        for number in range(CLASSES):
            expect(legend(each).get_by_text(f"class {number}", exact=True)).to_be_visible()
        nothing_failed(each)


@pytest.mark.long
def test_what_takes_a_while_shows_how_far_it_is(page):
    page.evaluate(WATCH)
    sides = range(LARGE, LARGE + 60)
    files = {f"{side}.png": pack(Image.new("RGB", (side, side), "teal")) for side in sides}
    upload(page, [payload("large.zip", zip_of(files))])
    counted(page, "60 pictures in")
    assert page.evaluate("[...window.progress].length") > 0


def choose_source(page: Page, name: str) -> None:
    page.get_by_role("combobox", name="From").click()
    page.get_by_role("option", name=name, exact=True).click()
    settle(page)


def test_an_empty_zip_changes_no_figure_and_broken_files_stop_no_other(page):
    before = legend(page).all_text_contents()
    upload(page, [payload("nothing.zip", zip_of({}))])
    counted(page, "Skipped: 1 file.")
    turn_to(page, PICTURES)
    expect(page.get_by_text("Nothing that was uploaded could be used")).to_be_visible()
    turn_to(page, FIRST_PAGE)
    expect(legend(page)).to_have_text(before)
    broken = [payload(f"broken {i}.jpg", b"\xff\xd8\xff" + bytes([i])) for i in range(BROKEN)]
    good = [payload(f"good {i}.png", picture(i)) for i in range(3)]
    upload(page, [*broken[:6], *good, *broken[6:]])
    counted(page, "3 pictures in")
    counted(page, f"Skipped: {BROKEN + 1} files.")
    page.get_by_text("Which, and why").click()
    for i in range(BROKEN):
        sentence = f"broken {i}.jpg is a broken or cut-off JPEG picture."
        expect(page.get_by_text(sentence, exact=True)).to_be_visible()
    expect(cards(page)).to_have_count(3)
    nothing_failed(page)


def test_figures_and_numbers_are_saved_and_removed_pictures_leave_them(page, tmp_path):
    upload(page, [payload("folders.zip", zip_of(FOLDERS))])
    counted(page, "3 pictures in 2 classes.")
    figure(page).hover()
    svg = download(page, "Download plot", tmp_path)
    assert svg.name == "gates-by-class.svg"
    assert svg.read_text(encoding="utf-8").startswith("<svg")
    button(page, "Save").first.click()
    curves = pd.read_csv(download(page, "Numbers (CSV)", tmp_path))
    page.keyboard.press("Escape")
    assert {"cats", "dogs", "all"} <= set(curves["class"])
    assert set(curves["block"]) == set(PANELS)
    assert curves["mean"].between(0, 1).all()
    turn_to(page, PICTURES)
    check_gates(download(page, "All gates and squeezes (NPZ)", tmp_path).read_bytes())
    page.get_by_test_id("stDataFrame").first.hover()
    expect(page.get_by_role("button", name="Search").first).to_be_visible()
    expect(page.get_by_role("button", name="Download as CSV")).to_have_count(0)
    guesses = pd.read_csv(download(page, "Top-5 predictions (CSV)", tmp_path))
    assert guesses.groupby("picture")["rank"].agg(list).tolist() == [[1, 2, 3, 4, 5]] * 3
    assert guesses["class"].drop_duplicates().tolist() == ["cats", "dogs"]
    nothing_failed(page)
    turn_to(page, FIRST_PAGE)
    remove_all(page)


def remove_all(page: Page) -> None:
    button(page, "Remove all pictures").click()
    expect(page.get_by_text("3 pictures in 2 classes.")).to_have_count(0)
    expect(cards(page)).to_have_count(0)
    expect(legend(page).get_by_text("cats", exact=True)).to_have_count(0)
    expect(panels(page)).to_have_count(len(PANELS))
    nothing_failed(page)


def check_gates(data: bytes) -> None:
    with np.load(io.BytesIO(data), allow_pickle=False) as file:
        assert file["names"].tolist() == ["1.png", "2.png", "3.png"]
        assert file["labels"].tolist() == ["cats", "cats", "dogs"]
        for block in PANELS:
            assert len(file[f"gate/{block}"]) == len(file[f"squeeze/{block}"]) == 3


@pytest.mark.long
def test_two_people_do_not_see_each_others_pictures(page, visit):
    other = visit("gates")
    settle(other)
    upload(page, [payload("mine.zip", zip_of({"cats/secret.png": picture(21)}))])
    counted(page, "1 picture in 1 class.")
    upload(other, [payload("mine.zip", zip_of({"dogs/public.png": picture(22)}))])
    counted(other, "1 picture in 1 class.")
    for each, own, foreign in ((page, "cats", "dogs"), (other, "dogs", "cats")):
        turn_to(each, PICTURES)
        turn_to(each, FIRST_PAGE)
        expect(legend(each).get_by_text(own, exact=True)).to_be_visible()
        expect(legend(each).get_by_text(foreign, exact=True)).to_have_count(0)
        nothing_failed(each)
    expect(card(page, "secret.png")).to_be_visible()
    expect(other.get_by_text("secret.png")).to_have_count(0)
