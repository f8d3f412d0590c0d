"""Stacks and animations in the app: what is left out is said, and all pages can be pictures."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest

from se_viz.pictures import Limits, Preprocessing, load_one
from se_viz.pictures.options import ALL, FIRST
from se_viz.ui.state import inference
from se_viz.ui.widgets.reading_options import PAGES_TAKEN
from tests.pictures.picture_files import pack, photo
from tests.ui.driver import go, mine, open_app, sound, upload
from tests.ui.saving import manifest, saving

FRAMES = [photo(48, 40, seed) for seed in range(4)]
STACK = pack(FRAMES[0], "TIFF", save_all=True, append_images=FRAMES[1:])
NAMES = [f"stack.tif, page {number}" for number in (1, 2, 3, 4)]


@pytest.fixture(scope="module")
def app():
    """With all pages of a stack."""
    app = open_app()
    sound(app.selectbox(key=PAGES_TAKEN).set_value(ALL).run())
    return upload(app, {"stack.tif": STACK})


def test_the_first_page_and_how_many_were_left_out():
    app = upload(open_app(), {"stack.tif": STACK})
    assert app.selectbox(key=PAGES_TAKEN).value == FIRST
    assert [shot.name for shot in mine(app).shots] == ["stack.tif"]
    (said,) = [node.value for node in app.sidebar.text if "pages" in node.value]
    assert said.startswith("stack.tif: of its pages the first was taken and 3 more left out")


def test_all_pages_are_pictures(app):
    assert [shot.name for shot in mine(app).shots] == NAMES
    assert len({shot.digest for shot in mine(app).shots}) == 4
    assert not mine(app).remarks
    assert len(mine(app).spool) == len(STACK)


def test_each_is_read_again_as_itself(app):
    for shot, frame in zip(mine(app).shots, FRAMES, strict=True):
        model_input = load_one(mine(app).source(shot), Preprocessing(size=40)).model_input
        assert (model_input == np.asarray(frame)[:, 4:44]).all()


def test_a_link_asks_for_a_page(app):
    wanted = mine(app).shots[2]
    go(app, "picture", picture=wanted.digest[:12])
    chosen = next(box for box in app.selectbox if box.label == "Picture")
    assert chosen.value == 2


def test_the_manifest_names_file_and_page(app):
    with saving() as files:
        go(app, "gates")
        made = manifest(files, "gates-by-class")
    listed = [(one["name"], one["sha256"], one["page"]) for one in made["pictures"]["listed"]]
    file = hashlib.sha256(STACK).hexdigest()
    assert listed == [(name, file, number) for number, name in enumerate(NAMES, 1)]


def test_no_more_pages_than_a_session_holds(monkeypatch):
    monkeypatch.setattr(inference, "LIMITS", Limits(upload_files=20))
    frames = [photo(20, 16, seed) for seed in range(60)]
    app = open_app()
    sound(app.selectbox(key=PAGES_TAKEN).set_value(ALL).run())
    many = pack(frames[0], "TIFF", save_all=True, append_images=frames[1:])
    upload(app, {"many.tif": many, "one.tif": pack(frames[3], "TIFF")})
    assert 20 <= len(mine(app)) < 40
    (left,) = mine(app).skipped
    assert left.reason.startswith(f"many.tif, page {len(mine(app)) + 1} and what comes after it")
