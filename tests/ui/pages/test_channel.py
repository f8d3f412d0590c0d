"""One channel: opened by a link, its classes, the pictures at both ends."""

from __future__ import annotations

import re

import pytest

from se_viz.analysis.profiles.one_channel import channel_pictures
from se_viz.ui.pages.channel import NUMBER
from se_viz.ui.state import chosen_block
from tests.pictures.picture_files import picture, zip_of
from tests.ui.driver import (
    QUIET,
    components,
    figure,
    figures,
    go,
    mine,
    open_app,
    panels,
    sound,
    upload,
)
from tests.ui.networks import model_of, open_through, tiny

FILES = {f"{name}/{seed}.png": picture(seed + len(name)) for name in ("a", "bb") for seed in (1, 9)}


@pytest.fixture(scope="module")
def own():
    return go(upload(open_app(QUIET), {"mine.zip": zip_of(FILES)}), "channel")


def follow(**query: str):
    """A new session that opens a link to the page."""
    app = open_app()
    app.query_params.update(query)
    pages = app._registered_pages.items()
    app._page_hash = next(key for key, page in pages if page["url_pathname"] == "channel")
    return sound(app.run())


def block(app) -> str:
    return app.query_params["block"]


def strips(app) -> list[str]:
    return [node.proto.body for node in app.get("html") if 'class="strip"' in node.proto.body]


def gates(strip: str) -> list[float]:
    return [float(number) for number in re.findall(r"<span>(\d\.\d{3})</span>", strip)]


def test_it_opens_on_a_channel_that_follows_the_class(own):
    go(own, "channel")
    assert figures(own) == ["one-channel"]
    assert block(own) == "SE_5_1"
    said = next(node.value for node in own.main.markdown if "omega squared" in node.value)
    assert f"SE_5_1, channel {own.number_input(key=NUMBER).value}" in said
    assert "number 1 of the block's 1,024 channels" in said


def test_the_pictures_at_both_ends_are_those_of_the_reading(own):
    go(own, "channel")
    name, channel = block(own), own.number_input(key=NUMBER).value
    expected = channel_pictures(mine(own).labelled(), name, channel)["gate"].tolist()
    high, low = strips(own)
    assert gates(high) == pytest.approx(expected[:2], abs=6e-4)
    assert gates(low) == pytest.approx(expected[:1:-1], abs=6e-4)
    assert "a/" in high + low


def test_block_and_channel_are_stepped(own):
    go(own, "channel")
    own.number_input(key=NUMBER).set_value(7)
    own.session_state[chosen_block.CHOSEN] = "SE_2_1"
    sound(own.run())
    sound(own.run())
    number = own.number_input(key=NUMBER)
    assert number.max == 127
    assert panels(own, "one-channel") == [f"SE_2_1, channel {number.value}"]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({"block": "SE_4_6", "channel": "17"}, "SE_4_6, channel 17"),
        ({"block": "SE_4_6"}, "SE_4_6, channel "),
        ({"block": "SE_2_1", "channel": "128"}, "SE_2_1, channel "),
        ({"block": "<b>", "channel": "-1"}, "SE_5_1, channel "),
        ({"channel": "1e99"}, "SE_5_1, channel "),
    ],
)
def test_a_link_holds_block_and_channel_and_nonsense_in_it_is_passed_over(query, shown):
    app = follow(**query)
    assert panels(app, "one-channel")[0].startswith(shown)
    held = app.query_params
    assert panels(app, "one-channel") == [f"{held['block']}, channel {held['channel']}"]


def test_scenes_stand_in_and_have_no_row_among_photographs():
    app = open_app("channel")
    assert len(strips(app)) == 2
    assert any("29 rendered scenes" in node.value for node in app.main.caption)
    assert all(
        trace.get("marker", {}).get("size") != 5 for trace in figure(app, "one-channel")["data"]
    )


def test_a_network_of_another_shape():
    app = open_through(model_of("small", lambda: tiny((8,))), "channel")
    assert figures(app) == ["one-channel"]
    assert app.number_input(key=NUMBER).max == 7
    assert not components(app)
    assert len(strips(app)) == 2
