"""Page set-up and navigation."""

from __future__ import annotations

import streamlit as st

from se_viz.ui import compat
from se_viz.ui.compat import StreamlitPage
from se_viz.ui.escaping import sentence
from se_viz.ui.lecture import stage
from se_viz.ui.pages import catalogue
from se_viz.ui.state import (
    address,
    history,
    lecture,
    lessons,
    linked_weights,
    models,
    resources,
)
from se_viz.ui.state.fallback import guarded, put_aside
from se_viz.ui.widgets import pixels, report_button, upload_box
from se_viz.ui.widgets.figure_card import EXPORT, NARROW, on_phone

SIDEBAR = 320  # pixels
ICON = (  # three gates; drawn here, as icons by name are fetched from elsewhere
    '<svg viewBox="0 0 16 16" stroke="#0072B2" stroke-width="3" stroke-linecap="round">'
    '<path d="M3 13V9M8 13V3M13 13V6"/></svg>'
)
ROOM = ".stMainBlockContainer {padding-top: 4rem; padding-bottom: 3rem;}"


def run() -> None:
    """Draw the chosen page, with the pictures of the session at the side."""
    compat.leave_keras_alone()
    st.set_page_config(
        page_title="SE-Viz: gates of squeeze-and-excitation networks",
        page_icon=ICON,
        layout="wide",
        initial_sidebar_state=SIDEBAR,
    )
    pages = [page.linked(first=number == 0) for number, page in enumerate(catalogue.PAGES)]
    chosen = st.navigation(pages, position="top")
    address.begin()
    address.remember()
    st.html(f"<style>{ROOM}{EXPORT}{upload_box.STYLE}{'' if on_phone() else NARROW}</style>")
    lessons.know(catalogue.PAGES)
    guarded(lambda: _draw(chosen, _by_path(pages)))


def _by_path(pages: list[StreamlitPage]) -> stage.Pages:
    """Pages as lessons name them."""
    paths = (page.path for page in catalogue.PAGES)
    return {"": pages[0], **dict(zip(paths, pages, strict=True))}


def _draw(chosen: StreamlitPage, pages: stage.Pages) -> None:
    _network()
    stage.follow(chosen, pages)
    other = linked_weights.follow(chosen.url_path)
    if other and not lecture.given():
        st.info(sentence(other), icon=":material/info:")
    upload_box.sidebar()
    report_button.sidebar()
    history.begin(chosen.url_path, chosen.title)
    if lecture.given():
        stage.draw(chosen, pages)
    else:
        chosen.run()
    address.tidy()
    history.end()


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
