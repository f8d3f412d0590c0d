"""What computes the gates, and the switch to a faster, coarser way."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from se_viz.nets import builtin
from se_viz.probe.runtimes.openvino import compiled
from se_viz.ui.state import resources
from tests.pictures.picture_files import picture
from tests.ui.driver import go, mine, open_app, sound, upload

PHOTOS = {f"{seed}.png": picture(seed) for seed in range(2)}
has_coarse = pytest.mark.skipif("bfloat16" not in compiled.precisions(), reason="not to be had")


def texts(app) -> list[str]:
    return [node.value for node in app.main.markdown]


def switched(app):
    (toggle,) = [each for each in app.main.toggle if each.label.startswith("In bfloat16")]
    return sound(toggle.set_value(not toggle.value).run())


@has_coarse
def test_bfloat16_is_a_choice_and_says_what_it_changes_on_ones_own_pictures():
    app = go(upload(open_app(), PHOTOS), "network")
    assert "OpenVINO runs it, in float32." in texts(app)
    app = switched(app)
    assert "OpenVINO runs it, in bfloat16." in texts(app)
    (said,) = [text for text in texts(app) if text.startswith("Measured on these 2 pictures: bf")]
    assert "changes a gate by at most" in said
    assert app.query_params["model"] in ("builtin@bfloat16", ["builtin@bfloat16"])
    assert set(mine(app).seen) == {"builtin", "builtin@bfloat16"}
    app = switched(app)
    assert "OpenVINO runs it, in float32." in texts(app)
    assert "model" not in app.query_params


@has_coarse
def test_a_link_brings_it_back_and_without_pictures_drawn_ones_are_measured():
    app = go(open_app(model="builtin@bfloat16"), "network", model="builtin@bfloat16")
    assert any("drawn pictures: bfloat16 instead of" in text for text in texts(app))


@pytest.mark.parametrize("key", ["builtin@float8", "builtin@", "builtin@bfloat16@"])
def test_a_precision_that_there_is_not_is_no_network(key):
    app = open_app(model=key)
    assert app.query_params.get("model") is None
    assert app.session_state["model"] == "builtin"


def two_precisions():
    import streamlit as st

    from se_viz.ui.state import models, resources

    for precision in (models.EXACT, models.COARSE):
        models.choose(models.in_precision(models.current(), precision))
        st.text(" ".join(resources.profile_key()[::2]))


def test_a_profile_in_one_precision_is_none_in_another(monkeypatch):
    """Gates of both are never mixed."""
    network = SimpleNamespace(fingerprint="f", preprocessing=builtin.PREPROCESSING)
    monkeypatch.setattr(resources, "probe", lambda: SimpleNamespace(network=network))
    app = sound(AppTest.from_function(two_precisions, default_timeout=60).run())
    assert [line.value for line in app.text] == ["f float32", "f bfloat16"]


def test_where_the_processor_has_none_there_is_no_switch(monkeypatch):
    monkeypatch.setattr(compiled, "precisions", lambda: ("float32",))
    app = go(open_app(), "network")
    assert not [each for each in app.main.toggle if each.label.startswith("In bfloat16")]
