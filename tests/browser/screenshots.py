"""`python -m tests.browser.screenshots`: the README's pictures, taken from the running app.

The pictures handed in are scenes rendered by code, which ship.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from se_viz.pictures import rendered
from tests.browser.conftest import BROWSERS, SWITCHES, WAIT, serve
from tests.browser.steps import FIRST_PAGE, PICTURES, payload, settle, turn_to, upload
from tests.pictures.picture_files import zip_of

FOLDER = Path(__file__).resolve().parents[2] / "assets" / "screenshots"
WIDTH, HEIGHT, BEAMER = 1280, 900, 720
OF_OURS = {
    "block": "The block",
    "gates": FIRST_PAGE,
    "light": "When the light changes",
    "lab": "Lab",
    "two": "Two networks",
}
PAGES = {
    "pictures": PICTURES,
    "picture": "All gates of one picture",
    "channel": "One channel",
    "sweep": "Which gates matter",
    "cost": "What it costs",
    "findings": "Findings",
    "adaptive": "How adaptive?",
    "network": "The network",
}
"""Those that show pictures of ours, as they open; and the others, with pictures handed in."""
SCENES = {"lecture": "?lesson=ten-minutes&scene=4"}
"""Of lessons, on a beamer's screen."""


def main() -> None:
    """Open each page, hand in rendered scenes, and save what is seen."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    log = Path(tempfile.mkdtemp()) / "log.txt"
    with serve(log) as server, sync_playwright() as playwright:
        found = next(filter(None, map(shutil.which, BROWSERS)), None)
        browser = playwright.chromium.launch(executable_path=found, args=SWITCHES)
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        expect.set_options(timeout=WAIT)
        for name, query in SCENES.items():
            page.set_viewport_size({"width": WIDTH, "height": BEAMER})
            page.goto(f"{server.url}/{query}")
            _save(page, name)
        page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
        page.goto(server.url)
        for name, title in OF_OURS.items():
            turn_to(page, title)
            _save(page, name)
        turn_to(page, PICTURES)
        _hand_in(page)
        for name, title in PAGES.items():
            turn_to(page, title)
            _save(page, name)
        browser.close()


def _hand_in(page: Page) -> None:
    found = [scene.source(rendered.NOON) for scene in rendered.scenes()]
    files = {f"{source.label}/{source.name}": source.read() for source in found}
    upload(page, [payload("scenes.zip", zip_of(files))])
    expect(page.get_by_text("pictures in").first).to_be_visible()
    settle(page)


def _save(page: Page, name: str) -> None:
    settle(page)
    if name not in ("block", "pictures", "lecture"):
        expect(page.locator(".main-svg").first).to_be_visible()
    page.wait_for_function("document.fonts.ready.then(() => true)")
    page.mouse.move(0, 0)
    page.screenshot(path=FOLDER / f"{name}.png")


if __name__ == "__main__":
    main()
