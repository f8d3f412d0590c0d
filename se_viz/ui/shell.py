"""Page set-up and navigation."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from se_viz.ui import compat
from se_viz.ui.compat import StreamlitPage
from se_viz.ui.escaping import sentence
from se_viz.ui.pages import catalogue
from se_viz.ui.state import address, history, linked_weights, models, resources
from se_viz.ui.state.fallback import guarded, put_aside
from se_viz.ui.widgets import pixels, report_button, upload_box
from se_viz.ui.widgets.figure_card import EXPORT, NARROW, on_phone

SIDEBAR = 320  # pixels
MORE = "More"
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
    pages = {page.path: page.linked(first=page is catalogue.PAGES[0]) for page in catalogue.PAGES}
    chosen = st.navigation(_sections(pages), position="top")
    address.begin()
    address.remember()
    st.html(f"<style>{ROOM}{EXPORT}{upload_box.STYLE}{'' if on_phone() else NARROW}</style>")
    guarded(lambda: _draw(chosen))
    _next(chosen, pages)


def _sections(pages: Mapping[str, StreamlitPage]) -> dict[str, list[StreamlitPage]]:
    """The main line side by side, and what stands under "More"."""
    found: dict[str, list[StreamlitPage]] = {"": [], MORE: []}
    for page in catalogue.PAGES:
        found["" if page.main else MORE].append(pages[page.path])
    return found


def _next(chosen: StreamlitPage, pages: Mapping[str, StreamlitPage]) -> None:
    """The question that the next page answers, as a link to it."""
    here = next(path for path, page in pages.items() if page is chosen)
    after = catalogue.after(here)
    st.page_link(pages[after.path], label=after.question, icon=":material/arrow_forward:")


def _draw(chosen: StreamlitPage) -> None:
    _network()
    other = linked_weights.follow(chosen.url_path)
    if other:
        st.info(sentence(other), icon=":material/info:")
    upload_box.sidebar()
    report_button.sidebar()
    history.begin(chosen.url_path, chosen.title)
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
