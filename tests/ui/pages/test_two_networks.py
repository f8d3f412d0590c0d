"""Two networks side by side: whose pictures they look at."""

from __future__ import annotations

import pytest

from se_viz.pictures.rendered import scenes
from se_viz.ui.state import resources
from tests.ui.driver import open_app, table_with
from tests.ui.networks import model_of, open_through, tiny


@pytest.fixture(scope="module")
def app():
    return open_app("two")


def source(app, name: str) -> str:
    return app.session_state["notes"].figures[name].source


def test_without_pictures_trained_and_untrained_are_compared_on_the_validation_set(app):
    whole = "measured on built-in validation set, 3,925 pictures, through both networks"
    assert source(app, "side-by-side") == source(app, "side-by-side-depth") == whole
    parts = app.session_state["notes"].figures["side-by-side"].table
    assert "grating" not in str(parts.values)


def test_single_predictions_are_of_the_rendered_scenes(app):
    assert len(table_with(app, "prediction_a")) == len(scenes())


def test_a_shipped_profile_of_other_weights_is_not_taken(monkeypatch):
    monkeypatch.setattr(resources, "untrained_profile", resources.builtin_profile)
    other = open_app("two")
    said = "measured on 29 rendered scenes at noon, through both networks"
    assert source(other, "side-by-side") == said


def test_another_network_is_compared_on_the_rendered_scenes():
    other = open_through(model_of("beside", tiny), "two")
    assert source(other, "side-by-side").startswith("measured on 29 rendered scenes at noon")
