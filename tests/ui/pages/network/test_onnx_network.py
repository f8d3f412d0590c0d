"""A network of one's own in ONNX, from one file or two, on every page."""

from __future__ import annotations

import onnx
import pytest

from tests.nets.own import onnx_networks as made
from tests.pictures.picture_files import picture
from tests.ui.driver import GATES, PAGES, QUIET, blocks, go, open_app, upload
from tests.ui.pages.network.test_own_network import hand_in, turned_on

__all__ = ["turned_on"]
PHOTOS = {"cats/1.png": picture(1), "dogs/2.png": picture(2)}


@pytest.fixture
def app():
    return upload(open_app(QUIET), PHOTOS)


def test_it_is_looked_through_on_every_page(app):
    hand_in(app, "small.onnx", made.model().SerializeToString(), pixels="imagenet")
    assert blocks(go(app, GATES)) == ["SE_1"]
    for page in PAGES:
        go(app, page)


def test_two_files_dropped_together_are_one_network(app, tmp_path):
    onnx.save_model(
        made.model(),
        tmp_path / "small.onnx",
        save_as_external_data=True,
        location="small.onnx.data",
        size_threshold=0,
    )
    data, weights = ((tmp_path / name).read_bytes() for name in ("small.onnx", "small.onnx.data"))
    hand_in(app, "small.onnx", data)
    assert any("open both together" in box.value for box in app.main.error)
    hand_in(app, "small.onnx", data, beside=[("small.onnx.data", weights, "")])
    assert blocks(go(app, GATES)) == ["SE_1"]


def test_other_networks_come_alone(app):
    hand_in(app, "mine.keras", b"one", beside=[("other.keras", b"two", "")])
    assert any("open one file at a time" in box.value for box in app.main.error)
