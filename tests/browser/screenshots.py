"""`python -m tests.browser.screenshots`: the README's pictures, taken from the running app.

The pictures handed in are drawn by code.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from se_viz.pictures import draw_stimuli
from tests.browser.conftest import BROWSERS, SWITCHES, WAIT, serve
from tests.browser.steps import PICTURES, settle, turn_to

FOLDER = Path(__file__).resolve().parents[2] / "assets" / "screenshots"
WIDTH, HEIGHT = 1280, 900
PAGES = {
    "pictures": PICTURES,
    "picture": "All gates of one picture",
    "lab": "Lab",
    "light": "When the light changes",
    "sweep": "Which gates matter",
    "cost": "What it costs",
    "findings": "Findings",
    "adaptive": "How adaptive?",
    "channel": "One channel",
    "two": "Two networks",
    "network": "The network",
}


def main() -> None:
    """Open each page, hand in drawn scenes, and save what is seen."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    log = Path(tempfile.mkdtemp()) / "log.txt"
    with serve(log) as server, sync_playwright() as playwright:
        found = next(filter(None, map(shutil.which, BROWSERS)), None)
        browser = playwright.chromium.launch(executable_path=found, args=SWITCHES)
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        expect.set_options(timeout=WAIT)
        page.goto(server.url)
        _save(page, "gates")
        _hand_in(page)
        for name, title in PAGES.items():
            turn_to(page, title)
            _save(page, name)
        browser.close()


def _hand_in(page: Page) -> None:
    files = [
        {"name": stimulus.name, "mimeType": "image/png", "buffer": stimulus.png}
        for stimulus in draw_stimuli()
        if stimulus.family == "scene"
    ]
    page.locator("input[type=file]").first.set_input_files(files)
    expect(page.get_by_text("pictures in").first).to_be_visible()
    settle(page)


def _save(page: Page, name: str) -> None:
    settle(page)
    if name != "pictures":
        expect(page.locator(".main-svg").first).to_be_visible()
    page.wait_for_function("document.fonts.ready.then(() => true)")
    page.mouse.move(0, 0)
    page.screenshot(path=FOLDER / f"{name}.png")


if __name__ == "__main__":
    main()
