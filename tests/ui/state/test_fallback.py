"""Whatever goes wrong with a network, the one before comes back, and no picture is lost."""

from __future__ import annotations

import pytest
import tensorflow as tf
from streamlit.testing.v1 import AppTest

from se_viz.nets.builtin import TITLE
from se_viz.probe import intervene
from se_viz.probe.probe import Probe
from se_viz.ui.state import fallback, resources
from se_viz.ui.state.models import PARAMETER
from tests.pictures.picture_files import picture, zip_of
from tests.ui.driver import figures, labelled, mine, open_app, upload
from tests.ui.driver import go as go_soundly
from tests.ui.networks import model_of, open_through, tiny

FILES = {"cats/1.png": picture(1), "2.png": picture(2)}
GOOD = model_of("good", lambda: tiny((8,)))
BAD = model_of("bad", lambda: tiny((8, 16)))
BROKEN = [
    RuntimeError("It broke.\nThere is more."),
    MemoryError("no more"),
    KeyError("lost"),
    tf.errors.ResourceExhaustedError(None, None, "OOM when allocating"),
]


def fails(monkeypatch, owner, name: str, error: Exception, at: int = 0) -> None:
    """Let a function fail with the bad network, which it is given as a probe."""
    real = getattr(owner, name)

    def function(*arguments, **options):
        if arguments[at].network.name == "bad":
            raise error
        return real(*arguments, **options)

    monkeypatch.setattr(owner, name, function)


def go(app, path: str):
    """As the driver's, for pages on which something may go wrong."""
    app.query_params.clear()
    pages = app._registered_pages.items()
    app._page_hash = next(key for key, page in pages if page["url_pathname"] == path)
    return app.run()


@pytest.fixture
def app():
    """A session with pictures that looks through a good network, with a bad one to choose."""
    made = upload(open_through(GOOD), {"mine.zip": zip_of(FILES)})
    made.session_state["own models"] = {"good": GOOD, "bad": BAD}
    resources.held().drop("bad")
    return made


def use_bad(app):
    go(app, "network")
    labelled(app.main.selectbox, "Network").set_value("bad")
    app.run().main.button(key="use").click()
    return app.run()


def goes_on(app, title: str = GOOD.title, told: str = " Your pictures are all here.") -> str:
    """What the session is told, once all of it is there and in use; the last network is back."""
    assert not app.exception
    assert sorted(shot.name for shot in mine(app).shots) == ["1.png", "2.png"]
    assert app.sidebar.file_uploader
    (said,) = (box.value for box in app.main.warning if "So this is" in box.value)
    assert said.endswith(f"So this is {title}.{told}")
    del app.session_state[fallback.UNCAUGHT]
    assert figures(go_soundly(app, "gates"))
    assert len(mine(app).reading) == 2
    upload(app, {"3.png": picture(3)})
    assert len(mine(app)) == len(mine(app).reading) == 3
    return said


@pytest.mark.parametrize("error", BROKEN, ids=lambda error: type(error).__name__)
def test_a_network_that_fails_on_pictures_gives_way_to_the_one_before(app, monkeypatch, error):
    fails(monkeypatch, Probe, "read", error)
    said = goes_on(use_bad(app))
    assert said.startswith("network bad cannot be used here: ")
    assert "\n" not in said
    assert "bad" not in resources.held()


PAGES = {
    "picture": (Probe, "inside"),
    "lab": (intervene, "intervene"),
}


@pytest.mark.parametrize("path", ["picture", "lab"])
def test_a_network_that_fails_on_a_page_gives_way_there(app, monkeypatch, path):
    fails(monkeypatch, *PAGES[path], RuntimeError("It broke."))
    assert not use_bad(app).exception
    assert app.session_state[PARAMETER] == "bad"
    assert goes_on(go(app, path)).startswith("network bad cannot be used here: It broke. So")


def test_an_error_that_is_a_sentence_is_told_as_it_is(app, monkeypatch):
    fails(monkeypatch, intervene, "intervene", ValueError("Bad cannot be run here: no memory."))
    assert goes_on(go(use_bad(app), "lab")).startswith("Bad cannot be run here: no memory. So")


@pytest.mark.parametrize("error", BROKEN[:2], ids=lambda error: type(error).__name__)
def test_a_network_that_fails_while_it_is_loaded_changes_nothing(app, monkeypatch, error):
    def broken(self, network, batch=None):
        raise error

    monkeypatch.setattr(Probe, "__init__", broken)
    app = use_bad(app)
    (said,) = (box.value for box in app.main.error)
    assert said.startswith("network bad cannot be loaded here: ")
    assert app.session_state[PARAMETER] == "good"
    assert fallback.UNCAUGHT not in app.session_state


def test_a_network_that_fails_while_pictures_come_in_keeps_them(monkeypatch):
    resources.held().drop("bad")
    app = open_through(BAD)
    fails(monkeypatch, Probe, "read", RuntimeError("It broke."))
    parts = [("mine.zip", zip_of(FILES), "application/zip")]
    app.sidebar.file_uploader[0].set_value(parts)
    said = goes_on(app.run(), TITLE, told="")
    assert said.startswith("network bad cannot be used here: It broke.")


def test_a_network_that_fails_beside_another_is_told_there_and_nothing_is_lost(app, monkeypatch):
    fails(monkeypatch, Probe, "read", RuntimeError("It broke."))
    app.session_state["second"] = "bad"
    app = go(app, "two")
    assert [box.value for box in app.main.error] == ["network bad cannot be used here: It broke."]
    assert app.session_state[PARAMETER] == "good"
    assert len(mine(app)) == len(mine(app).reading) == 2
    assert figures(go_soundly(app, "gates"))


def test_without_any_network_the_uploader_stays_and_a_sentence_says_why(monkeypatch):
    app = upload(open_app(), {"mine.zip": zip_of(FILES)})
    mine(app).seen.clear()
    monkeypatch.setattr(resources, "_load", lambda model: 1 / 0)
    monkeypatch.setattr(resources, "held", resources.Held)
    app = app.run()
    assert not app.exception
    (said,) = (box.value for box in app.main.error)
    assert "cannot be used here: division by zero. Your pictures are all here." in said
    assert app.sidebar.file_uploader
    assert labelled(app.sidebar.button, "Remove all pictures")
    assert len(mine(app)) == 2
    monkeypatch.undo()
    app = app.run()
    assert not app.main.error
    assert len(mine(app).reading) == 2


def test_a_network_that_is_put_aside_leaves_nothing_in_memory(app, monkeypatch):
    fails(monkeypatch, Probe, "read", RuntimeError("It broke."))
    assert "bad" not in mine(use_bad(app)).seen
    assert isinstance(app.session_state[fallback.UNCAUGHT], str)


def one_own_file_after_another():
    import streamlit as st

    from se_viz.ui.state import models
    from tests.ui.networks import model_of

    first, second = (model_of(key, None) for key in ("first", "second"))
    for model in (first, second, second):
        models.make_own(model)
        models.choose(model)
    st.text(" ".join([models.current().key, *models.own()]))
    for _ in range(2):
        st.text(" ".join([models.fall_back().key, models.current().key, *models.own()]))


def one_own_file_in_bfloat16_and_another():
    import streamlit as st

    from se_viz.ui.state import models
    from tests.ui.networks import model_of

    first, second = (model_of(key, None) for key in ("first", "second"))
    models.make_own(first)
    models.choose(first)
    models.choose(models.in_precision(first, models.COARSE))
    models.make_own(second)
    models.choose(second)
    models.fall_back()
    shown = models.current()
    exact = models.in_precision(shown, models.EXACT)
    st.text(" ".join([shown.key, exact.key, *models.own()]))


def test_one_in_another_precision_comes_back_as_it_was():
    app = AppTest.from_function(one_own_file_in_bfloat16_and_another, default_timeout=60).run()
    assert not app.exception
    assert [line.value for line in app.text] == ["first@bfloat16 first first"]


def test_a_file_of_ones_own_that_fails_gives_way_to_the_file_before_and_then_to_the_built_in():
    app = AppTest.from_function(one_own_file_after_another, default_timeout=60).run()
    assert not app.exception
    assert [line.value for line in app.text] == [
        "second second",
        "first first first",
        "builtin builtin first",
    ]
