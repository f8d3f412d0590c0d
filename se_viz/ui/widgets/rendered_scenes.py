"""Rendered scenes for whoever has no pictures at hand: light that really changes."""

from __future__ import annotations

import streamlit as st

from se_viz.pictures import Source
from se_viz.pictures.rendered import LIGHTS, Scene, Score, default, scenes, scores
from se_viz.ui.escaping import plain
from se_viz.ui.sentences import rendered as said
from se_viz.ui.state import models, resources

ASKED = "scenes asked for"
SMALL, SIDE = 118, 150
"""Pixels of a picture in the sidebar and on a page."""


def asked() -> list[Source]:
    """The pictures of the scenes that were asked for by a click since the last run."""
    wanted: list[Scene] = st.session_state.pop(ASKED, [])
    return [source for scene in wanted for source in scene.sources()]


def in_sidebar() -> None:
    """One scene to choose and to load."""
    known = scenes()
    titles = [scene.title for scene in known]
    title = st.selectbox("Scene", titles, known.index(default()), key="scene")
    scene = known[titles.index(title)]
    _lights(scene, SMALL)
    button(scene, "sidebar")
    st.caption(said.WHAT)


def gallery() -> None:
    """All scenes of a class, each in its four lights, with a button."""
    st.subheader(said.HEADING)
    st.caption(said.WHAT)
    known = scenes()
    labels = list(dict.fromkeys(scene.label for scene in known))
    first = labels.index(default().label)
    label = st.selectbox("Scenes of", labels, first, key="scenes of", width=300)
    for scene in (scene for scene in known if scene.label == label):
        _lights(scene, SIDE)
        button(scene, "page")


def button(scene: Scene, place: str) -> None:
    """One click loads a scene in its four lights."""
    key = f"{place} {scene.title}"
    st.button(said.load(scene.title), key=key, on_click=_ask, args=(scene,))


def _ask(scene: Scene) -> None:
    st.session_state.setdefault(ASKED, []).append(scene)


def _lights(scene: Scene, side: int) -> None:
    known = _scores()
    with st.container(horizontal=True, gap="small"):
        for light in LIGHTS:
            told = plain(said.scored(light, scene.label, known.get((scene, light))))
            st.image(str(scene.path(light)), told, width=side)


def _scores() -> dict[tuple[Scene, str], Score]:
    """Of the built-in network; none beside another."""
    if not models.current().built_in:
        return {}
    return scores(resources.builtin_profile().origin.fingerprint)
