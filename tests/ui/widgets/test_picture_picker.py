"""The picture that a page looks at, chosen by hand or by a link that never holds it."""

from __future__ import annotations

from hashlib import sha256

import pytest
from streamlit.testing.v1 import AppTest

from se_viz.ui.state.models import PARAMETER
from se_viz.ui.widgets.picture_picker import DIGITS, AwaitedPicture
from tests.pictures.picture_files import picture
from tests.ui.driver import WAIT, sound, upload
from tests.ui.networks import model_of, tiny

FILES = {f"p{number}.png": picture(40 + number) for number in range(3)}
DIGEST = {name: sha256(data).hexdigest() for name, data in FILES.items()}
HEAD = {name: digest[:DIGITS] for name, digest in DIGEST.items()}
HOSTILE = ["<script>alert(1)</script>", "", "z" * 5000, "%00", "é猫"]


def page() -> None:
    import streamlit as st

    from se_viz.ui.widgets import picture_picker, upload_box

    upload_box.sidebar()
    if not st.session_state.get("elsewhere"):
        picture_picker.choose()


@pytest.fixture(scope="module")
def network():
    return model_of("looking", tiny)


@pytest.fixture
def app(network):
    made = AppTest.from_function(page, default_timeout=WAIT)
    made.session_state["own models"] = {network.key: network}
    made.session_state[PARAMETER] = network.key
    return made


def linked(app, digits: str) -> AppTest:
    app.query_params["picture"] = digits
    return sound(app.run())


def turn_away_and_back(app) -> AppTest:
    for away in (True, False):
        app.query_params.clear()
        app.session_state["elsewhere"] = away
        sound(app.run())
    return app


def forget(app) -> AppTest:
    app.sidebar.button(key="forget").click()
    return sound(app.run())


def chosen(app) -> str:
    box = app.main.selectbox(key="picture row")
    return box.options[box.index].split(" · ")[0]


def waits(app) -> bool:
    return any("The link's picture" in box.value for box in app.main.info)


def test_the_first_of_ones_own_is_shown_at_first_and_named_in_the_link(app):
    upload(sound(app.run()), FILES)
    assert chosen(app) == "p0.png"
    assert app.query_params["picture"] == HEAD["p0.png"]


def test_a_link_chooses_among_pictures_that_are_there(app):
    upload(sound(app.run()), FILES)
    assert chosen(linked(app, HEAD["p2.png"])) == "p2.png"
    assert not waits(app)


def test_a_link_waits_for_a_picture_that_comes_later(app):
    linked(app, HEAD["p1.png"])
    assert waits(sound(app.run()))
    assert app.query_params["picture"] == HEAD["p1.png"]
    assert waits(turn_away_and_back(app))
    upload(app, FILES)
    assert chosen(app) == "p1.png"
    assert not waits(app)
    assert app.query_params["picture"] == HEAD["p1.png"]


def test_a_picture_chosen_by_hand_outlasts_reruns_pages_and_other_pictures(app):
    upload(sound(app.run()), FILES)
    box = app.main.selectbox(key="picture row")
    box.select(next(option for option in box.options if option.startswith("p1.png")))
    sound(app.run())
    assert app.query_params["picture"] == HEAD["p1.png"]
    assert chosen(sound(app.run())) == "p1.png"
    assert chosen(turn_away_and_back(app)) == "p1.png"
    assert chosen(upload(app, {"more.png": picture(50)})) == "p1.png"


def test_one_chosen_by_hand_is_waited_for_no_more_when_it_goes(app):
    upload(sound(app.run()), FILES)
    linked(app, HEAD["p1.png"])
    assert not waits(forget(app))
    assert app.query_params["picture"] != HEAD["p1.png"]


def test_choosing_by_hand_ends_the_wait(app):
    box = linked(app, HEAD["p1.png"]).main.selectbox(key="picture row")
    box.select(box.options[1])
    assert not waits(sound(app.run()))
    assert app.query_params["picture"] != HEAD["p1.png"]


@pytest.mark.parametrize("asked", HOSTILE, ids=lambda text: text[:8])
def test_no_link_breaks_the_page(app, asked):
    linked(app, asked)
    assert app.main.selectbox(key="picture row").options
    assert all(asked not in box.value for box in app.main.info if asked)


def test_what_was_there_once_is_waited_for_no_more():
    wanted = AwaitedPicture()
    wanted.choose("abc", found=False)
    assert wanted.row(["fff", "eee"]) is None
    assert wanted.digits == "abc"
    assert wanted.row(["fff", "abcd"]) == 1
    assert wanted.row(["fff"]) is None
    assert wanted.digits == ""
