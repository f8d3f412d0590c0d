"""Keras beside Streamlit: what a session runs leaves the state of others alone."""

from __future__ import annotations

from se_viz.compat.keras_settings import load as load_keras


def keep() -> None:
    """Let Keras be after a page was drawn.

    After every run, Streamlit calls `keras.backend.clear_session`, which resets what all threads
    share, another session's half-built network included, and collects all garbage, a quarter of a
    second with TensorFlow in memory. Our networks are dropped in `Held`, with their garbage.
    """
    keras = load_keras()
    keras.backend.clear_session = _nothing


def _nothing(free_memory: bool = True) -> None:
    """Takes the place of `keras.backend.clear_session`; Keras itself does not call it there."""
