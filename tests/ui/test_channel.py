"""One channel: opened by a link, its classes, the pictures at both ends."""

from __future__ import annotations

import re

import pytest

from se_viz.analysis.one_channel import channel_pictures
from tests.pictures.picture_files import picture, zip_of
from tests.ui.driver import figure, figures, go, mine, open_app, panels, sound, upload
from tests.ui.networks import model_of, open_through, tiny

FILES = {f"{name}/{seed}.png": picture(seed + len(name)) for name in ("a", "bb") for seed in (1, 9)}


@pytest.fixture(scope="module")
def own():
    return go(upload(open_app(), {"mine.zip": zip_of(FILES)}), "channel")


def link(app, **query: str):
    go(app, "channel")
    app.query_params.update(query)
    return sound(app.run())


def strips(app) -> list[str]:
    return [node.proto.body for node in app.get("html") if 'class="strip"' in node.proto.body]


def gates(strip: str) -> list[float]:
    return [float(number) for number in re.findall(r"<span>(\d\.\d{3})</span>", strip)]


def test_it_opens_on_a_channel_that_follows_the_class(own):
    go(own, "channel")
    assert figures(own) == ["one-channel"]
    assert own.select_slider(key="block").value == "SE_5_1"
    said = next(node.value for node in own.main.markdown if "omega squared" in node.value)
    assert f"SE_5_1, channel {own.number_input(key='channel').value}" in said
    assert "number 1 of the block's 1,024 channels" in said


def test_the_pictures_at_both_ends_are_those_of_the_reading(own):
    go(own, "channel")
    block, channel = own.select_slider(key="block").value, own.number_input(key="channel").value
    expected = channel_pictures(mine(own).labelled(), block, channel)["gate"].tolist()
    high, low = strips(own)
    assert gates(high) == pytest.approx(expected[:2], abs=6e-4)
    assert gates(low) == pytest.approx(expected[:1:-1], abs=6e-4)
    assert "a/" in high + low


def test_block_and_channel_are_stepped(own):
    go(own, "channel")
    own.number_input(key="channel").set_value(7)
    own.select_slider(key="block").set_value("SE_2_1")
    sound(own.run())
    sound(own.run())
    number = own.number_input(key="channel")
    assert number.max == 127
    assert panels(own, "one-channel") == [f"SE_2_1, channel {number.value}"]


def test_a_link_holds_the_channel():
    app = open_app()
    app.query_params.update({"block": "SE_4_6", "channel": "17"})
    pages = app._registered_pages.items()
    app._page_hash = next(key for key, page in pages if page["url_pathname"] == "channel")
    assert panels(sound(app.run()), "one-channel") == ["SE_4_6, channel 17"]


def test_drawn_pictures_stand_in_and_have_no_row_among_photographs():
    app = go(open_app(), "channel")
    assert len(strips(app)) == 2
    assert any("drawn by code" in node.value for node in app.main.caption)
    assert all(
        trace.get("marker", {}).get("size") != 5 for trace in figure(app, "one-channel")["data"]
    )


def test_a_network_of_another_shape():
    app = go(open_through(model_of("small", lambda: tiny((8,)))), "channel")
    assert figures(app) == ["one-channel"]
    assert app.number_input(key="channel").max == 7
    assert not app.select_slider
    assert len(strips(app)) == 2
