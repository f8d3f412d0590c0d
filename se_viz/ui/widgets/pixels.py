"""Why pixels are prepared as they are; where that is a guess, the click that settles it."""

from __future__ import annotations

import streamlit as st

from se_viz.nets.pixel_options import EXPLAINED, PIXELS
from se_viz.ui.pages.network import refusal, zoo
from se_viz.ui.sentences import labels
from se_viz.ui.state import models, resources
from se_viz.ui.state.models import Model

ASK = "What does it expect of pixels?"


def warn(beside: Model | None = None) -> None:
    """Say on every page that it is a guess, as long as it is one.

    beside: another network than that of the pages, which is settled on its own.
    """
    model = beside or models.current()
    grounds = resources.grounds(model)
    if grounds.kind == "guess":
        st.warning(labels.explained(model.title, grounds.text), icon=":material/warning:")
        if beside is None:
            _ask(model)


def explain() -> None:
    """On the page of the network: the reason, and another choice where it is a person's own."""
    grounds = resources.grounds()
    st.markdown(grounds.text)
    if grounds.kind != "guess":
        _ask(models.current())


def _ask(model: Model) -> None:
    if model.again is None:
        return
    pixels = st.segmented_control(ASK, list(PIXELS), key=f"settle {model.key}", help=_help())
    chosen = model.again(pixels=pixels) if pixels else model
    if chosen.key != model.key:
        take(chosen)


def take(model: Model) -> None:
    """Make it the session's own network, and show it; where that fails, say why."""
    try:
        resources.probe(model)
    except ValueError as error:
        refusal.say(error)
        return
    models.make_own(model)
    zoo.use(model)


def _help() -> str:
    return "\n".join(f"- {name}: {text}" for name, text in EXPLAINED.items())
