"""Links: what pages put into them, and that none breaks a page."""

from __future__ import annotations

from itertools import cycle

import pytest

from se_viz.ui.sentences.one_picture.block import TITLE
from tests.pictures.picture_files import picture, zip_of
from tests.ui.driver import (
    PAGES,
    at_the_door,
    choose,
    go,
    legend,
    mine,
    open_app,
    pick,
    sound,
    upload,
)
from tests.ui.networks import model_of, open_through, tiny

FILES = {"cats/1.png": picture(81), "dogs/2.png": picture(82), "owls/3.png": picture(83)}
BIRDS = {f"{name}/{n}.png": picture(n) for n, name in enumerate(("owls", "emus") * 2, 90)}
PARAMETERS = (
    *("classes", "blocks", "channels", "order", "columns", "band", "show", "look", "part"),
    *("within", "own", "picture", "other", "block", "sorted", "alike", "class a", "class b"),
    *("classes of", "second", "report", "at", "only", "do", "like", "seed", "means", "model"),
    *("constant value", "scale value", "strip page", "channel", "light", "other light"),
    *("contrast", "exposure", "blur", "noise", "jpeg", "gates of", "scene", "scenes", "scenes of"),
)
JUNK = ["<script>alert(1)</script>", "", "-1", "nan", "x" * 3000]


@pytest.fixture(scope="module")
def network():
    return model_of("linked", tiny)


@pytest.fixture(scope="module")
def app(network):
    return upload(open_through(network), {"mine.zip": zip_of(FILES)})


@pytest.mark.parametrize("path", PAGES)
def test_no_link_breaks_a_page(app, path):
    go(app, path, **dict(zip(PARAMETERS, cycle(JUNK), strict=False)))
    assert app.main.header
    assert not app.error


def test_a_link_chooses_among_classes_that_come_later(network):
    app = open_through(network, classes=["cats", "grating"])
    assert "grating" in legend(app)
    upload(app, {"mine.zip": zip_of(FILES)})
    assert app.multiselect(key="classes").value == ["cats", "grating"]
    upload(app, {"more.zip": zip_of({"emus/4.png": picture(84)})})
    assert "emus" in app.multiselect(key="classes").value


def test_a_link_holds_single_pictures_by_their_digits(app, network):
    pick(go(app, "gates"), "own", "2.png", "3.png")
    held = app.query_params["own"]
    assert len(held) == 2
    other = upload(open_through(network, own=held), {"mine.zip": zip_of(FILES)})
    assert other.multiselect(key="own").value == ["2.png", "3.png"]
    pick(other, "own")
    assert "own" not in other.query_params


def test_single_pictures_outlast_other_pages_and_not_their_removal(network):
    app = upload(open_through(network), {"mine.zip": zip_of(FILES)})
    pick(app, "own", "2.png")
    go(go(app, "network"), "gates")
    assert app.multiselect(key="own").value == ["2.png"]
    app.sidebar.button(key="forget").click()
    upload(sound(app.run()), {"new.png": picture(85)})
    assert app.multiselect(key="own").value == []


def test_the_bare_address_opens_the_block_and_a_link_of_before_what_it_meant():
    assert at_the_door().main.header[0].value == TITLE
    app = at_the_door(classes=["church", "gas pump"], look="Heatmap")
    assert app.main.multiselect(key="classes").value == ["church", "gas pump"]
    assert app.main.segmented_control(key="look").value == "Heatmap"


def test_a_link_holds_the_class_whose_spread_shows():
    app = open_app(look="Within one class", classes=["church", "gas pump"], within="gas pump")
    assert app.main.selectbox(key="within").value == "gas pump"
    assert not choose(app, "look", "Heatmap").error


def test_classes_of_ones_own_are_waited_for(network):
    """They come with the pictures, which a link never holds."""
    wanted = {"do": "class mean", "means": "mine", "like": "owls"}
    app = open_through(network, "lab", **wanted)
    assert "“owls”, which the link asks for, is not there" in app.main.info[-1].value
    assert app.query_params["like"] == "owls"
    upload(app, {"mine.zip": zip_of(BIRDS)})
    assert [app.selectbox(key=key).value for key in ("means", "like")] == ["mine", "owls"]
    assert not [box.value for box in app.main.info if "owls" in box.value]
    upload(app, {"one.zip": zip_of({"emus/88.png": picture(88)})})
    assert [app.selectbox(key=key).value for key in ("means", "like")] == ["mine", "owls"]
    mine(app).rename(dict.fromkeys(range(len(mine(app))), "emus"))
    sound(app.run())
    assert app.selectbox(key="like").value == "emus"
    assert "like" not in app.query_params


def test_two_classes_of_ones_own_are_waited_for(network):
    asked = {"classes of": "mine", "class a": "owls", "class b": "emus"}
    app = open_through(network, "adaptive", **asked)
    upload(app, {"mine.zip": zip_of(BIRDS)})
    assert [app.selectbox(key=key).value for key in ("class a", "class b")] == ["owls", "emus"]


def test_what_one_page_put_into_the_link_goes_with_it():
    app = open_app("channel", block="SE_2_1", channel="3")
    assert app.query_params["channel"] == "3"
    pages = app._registered_pages.items()
    app._page_hash = next(key for key, page in pages if page["url_pathname"] == "cost")
    sound(app.run())
    assert not {"block", "channel"} & set(app.query_params)
