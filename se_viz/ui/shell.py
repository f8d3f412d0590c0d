"""Page set-up and navigation."""

from __future__ import annotations

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from se_viz.ui import (
    adaptive,
    channel,
    findings,
    gates,
    lab,
    link,
    models,
    network,
    noted,
    picture,
    pictures,
    pixels,
    report,
    resources,
    sweep,
    uploads,
)
from se_viz.ui import side_by_side as sides
from se_viz.ui.fallback import guarded, put_aside
from se_viz.ui.frame import EXPORT, NARROW, on_phone
from se_viz.ui.words import sentence

SIDEBAR = 320  # pixels
ICON = (  # three gates; drawn here, as icons by name are fetched from elsewhere
    '<svg viewBox="0 0 16 16" stroke="#0072B2" stroke-width="3" stroke-linecap="round">'
    '<path d="M3 13V9M8 13V3M13 13V6"/></svg>'
)
ROOM = ".stMainBlockContainer {padding-top: 4rem; padding-bottom: 3rem;}"


def run() -> None:
    """Draw the chosen page, with the pictures of the session at the side."""
    st.set_page_config(
        page_title="SE-Viz: gates of squeeze-and-excitation networks",
        page_icon=ICON,
        layout="wide",
        initial_sidebar_state=SIDEBAR,
    )
    chosen = st.navigation(
        [
            st.Page(gates.page, title="Gates by class", url_path="gates", default=True),
            st.Page(picture.page, title="One picture", url_path="picture"),
            st.Page(lab.page, title="Lab", url_path="lab"),
            st.Page(sweep.page, title="Sweep", url_path="sweep"),
            findings.as_page(),
            st.Page(adaptive.page, title="How adaptive?", url_path="adaptive"),
            channel.as_page(),
            st.Page(pictures.page, title="Your pictures", url_path="pictures"),
            st.Page(sides.page, title="Two networks", url_path="two"),
            st.Page(network.page, title="The network", url_path="network"),
        ],
        position="top",
    )
    link.begin()
    link.opened_with()
    st.html(f"<style>{ROOM}{EXPORT}{uploads.STYLE}{'' if on_phone() else NARROW}</style>")
    guarded(lambda: _draw(chosen))


def _draw(chosen: StreamlitPage) -> None:
    _network()
    uploads.sidebar()
    report.sidebar()
    noted.begin(chosen.url_path, chosen.title)
    chosen.run()
    link.tidy()
    noted.end()


def _network() -> None:
    """Have the chosen network ready; the built-in one can wait."""
    trouble = models.follow_link()
    if trouble:
        st.warning(sentence(trouble), icon=":material/info:")
    if not models.current().built_in:
        try:
            resources.probe()
        except ValueError as error:
            put_aside(error)
    pixels.warn()
