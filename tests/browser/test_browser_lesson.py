"""A lesson given at 1280 x 720 by arrow keys alone, from its first to its last scene."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from se_viz.figures.catalogue import ENTRIES
from se_viz.lessons import Lesson, Scene, Targets, shipped_with_the_app
from se_viz.ui.pages.catalogue import PAGES
from se_viz.ui.sentences import lessons as said
from tests.browser.steps import (
    HEADINGS,
    button,
    choose,
    figure,
    nothing_failed,
    settle,
    turn_to,
    unfold,
)

SCREEN = {"viewport": {"width": 1280, "height": 720}}
HEIGHTS = "() => [document.querySelector('[data-testid=stMain]').scrollHeight, innerHeight]"
PATHS = {page.path: page.parts for page in PAGES} | {"": PAGES[0].parts}
NAME = "ten-minutes"


def shipped(name: str) -> Lesson:
    slugs = [slug for entry in ENTRIES for slug in entry.slugs]
    return shipped_with_the_app(Targets(PATHS, slugs)).lessons[name]


def stands_at(page: Page, lesson: Lesson, number: int) -> Scene:
    """Wait for a scene, counted from 0."""
    scene = lesson.scenes[number]
    expect(page.get_by_role("heading", name=scene.heading, level=2)).to_be_visible()
    expect(page).to_have_url(re.compile(rf"[?&]scene={number + 1}(&|$)"))
    expect(page.get_by_role("status", name=re.compile(f"^Scene {number + 1} of"))).to_be_visible()
    nothing_failed(page)
    return scene


def fits(page: Page) -> None:
    """Nothing of it is below the screen."""
    page.wait_for_function(f"() => {{ const [high, room] = ({HEIGHTS})(); return high <= room; }}")


def test_a_lesson_is_given_by_arrow_keys_alone(visit):
    lesson = shipped(NAME)
    page = visit(f"?lesson={NAME}", **SCREEN)
    for number in range(len(lesson.scenes)):
        scene = stands_at(page, lesson, number)
        if scene.question:
            expect(button(page, f"1 {scene.question.choices[0]}")).to_be_visible()
            expect(page.get_by_role("figure")).to_have_count(0)
            page.keyboard.press("ArrowRight")
            expect(page.get_by_text(said.RIGHT)).to_be_visible()
            settle(page)
        if not scene.task:
            fits(page)
        page.keyboard.press("ArrowRight")
    stands_at(page, lesson, len(lesson.scenes) - 1)


def test_back_leads_one_scene_back(visit):
    lesson = shipped(NAME)
    page = visit(f"?lesson={NAME}&scene=5", **SCREEN)
    for number in (4, 5):
        stands_at(page, lesson, number)
        page.keyboard.press("ArrowRight")
    for number in (6, 5, 4):
        stands_at(page, lesson, number)
        page.go_back()


def test_back_leads_one_page_back(visit):
    page = visit("light")
    settle(page)
    page.wait_for_timeout(1500)
    for title in ("One channel", "What it costs"):
        turn_to(page, title)
        page.wait_for_timeout(1500)
    for title in ("One channel", "When the light changes"):
        page.go_back()
        expect(page.get_by_role("heading", level=2, name=HEADINGS[title])).to_be_visible()
        settle(page)


def test_keys_are_the_lessons_until_it_is_left_and_a_field_keeps_its_own(visit):
    lesson = shipped("the-papers-figure")
    page = visit("?lesson=the-papers-figure&scene=2", **SCREEN)
    stands_at(page, lesson, 1)
    expect(page.get_by_role("link", name="Lab", exact=True)).to_be_hidden()
    for key in ("c", "r", "a"):
        page.keyboard.press(key)
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("PageDown")
    stands_at(page, lesson, 2)
    page.keyboard.press("2")
    expect(page.get_by_text(said.GUESSED)).to_be_visible()
    page.keyboard.press("PageUp")
    stands_at(page, lesson, 1)
    button(page, said.BAR["unfold"]).click()
    unfold(page)
    field = page.get_by_role("combobox", name="Classes", exact=True)
    field.fill("church")
    field.press("ArrowLeft")
    field.press("Escape")  # clears the field, and closes its list
    field.press("Escape")
    stands_at(page, lesson, 1)
    choose(page, "Order of channels", "by mean gate")
    page.keyboard.press("ArrowRight")  # what a click left in a list is not the list's
    stands_at(page, lesson, 2)
    button(page, said.BAR["contents"]).click()
    page.get_by_role("link", name=lesson.scenes[5].heading).click()
    stands_at(page, lesson, 5)
    button(page, said.BAR["back"]).click()
    stands_at(page, lesson, 4)
    button(page, said.BAR["leave"]).click()
    expect(page.get_by_role("link", name="Lab", exact=True)).to_be_visible()
    expect(figure(page)).to_be_visible()
    assert "columns=1" in page.url
    assert "lesson=" not in page.url
    page.keyboard.press("ArrowRight")
    page.keyboard.press("c")
    expect(page.get_by_role("dialog")).to_have_count(0)
    nothing_failed(page)
