"""Keras stays as it is when a page was drawn."""

from __future__ import annotations

import keras

from tests.ui.driver import go, open_app


class Lone(keras.layers.Layer):
    """A layer whose automatic name tells whether Keras was reset in between."""


def test_a_page_of_one_session_does_not_reset_keras_for_others():
    app = go(open_app(), "lab")
    assert Lone().name == "lone"
    go(app, "picture")
    assert Lone().name == "lone_1"
