"""Page set-up and navigation."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from se_viz.ui import compat
from se_viz.ui.compat import StreamlitPage
from se_viz.ui.components import visits
from se_viz.ui.escaping import sentence
from se_viz.ui.lecture import stage
from se_viz.ui.pages import catalogue
from se_viz.ui.state import address, history, linked_weights, models, resources
from se_viz.ui.state.fallback import guarded, put_aside
from se_viz.ui.state.lessons import lecture, shelf
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
    pages = [page.linked() for page in catalogue.PAGES]
    door = st.Page(_nothing, title="SE-Viz", url_path="", default=True, visibility="hidden")
    chosen = st.navigation(_sections(door, pages), position="top")
    if chosen is door:
        _enter(pages)
    st.set_page_config(
        page_title="SE-Viz: gates of squeeze-and-excitation networks",
        page_icon=ICON,
        layout="wide",
        initial_sidebar_state="collapsed" if _is_broad(pages.index(chosen)) else SIDEBAR,
    )
    address.begin()
    address.remember()
    narrow = "" if on_phone() else NARROW
    st.html(f"<style>{ROOM}{visits.STYLE}{EXPORT}{upload_box.STYLE}{narrow}</style>")
    visits.keep()
    shelf.know(catalogue.PAGES)
    guarded(lambda: _draw(chosen, _by_path(pages)))
    if not lecture.given():
        _next(pages.index(chosen), pages)


def _sections(
    door: StreamlitPage, pages: Sequence[StreamlitPage]
) -> dict[str, list[StreamlitPage]]:
    """The main line side by side, and what stands under "More"."""
    found = {"": [door], MORE: []}
    for page, linked in zip(catalogue.PAGES, pages, strict=True):
        found["" if page.main else MORE].append(linked)
    return found


def _next(number: int, pages: Sequence[StreamlitPage]) -> None:
    """The question that the next page answers, as a link to it; after the last, the first's."""
    after = (number + 1) % len(pages)
    question = catalogue.PAGES[after].question
    st.page_link(pages[after], label=question, icon=":material/arrow_forward:")


def _nothing() -> None:
    """The bare address shows no page of its own."""


def _enter(pages: Sequence[StreamlitPage]) -> None:
    """From the bare address to the first page; with a query it is a link from when `BEFORE` was the
    first page, so there."""
    query = {key: st.query_params.get_all(key) for key in st.query_params}
    paths = [page.path for page in catalogue.PAGES]
    wanted = paths.index(catalogue.BEFORE) if query else 0
    st.switch_page(pages[wanted], query_params=query)


def _is_broad(number: int) -> bool:
    return catalogue.PAGES[number].broad


def _is_of_weights(path: str) -> bool:
    return all(page.of_weights for page in catalogue.PAGES if page.path == path)


def _by_path(pages: Sequence[StreamlitPage]) -> stage.Pages:
    """Pages as lessons name them."""
    found = dict(zip((page.path for page in catalogue.PAGES), pages, strict=True))
    return {"": found[catalogue.BEFORE], **found}


def _draw(chosen: StreamlitPage, pages: stage.Pages) -> None:
    _network()
    stage.follow(chosen, pages)
    other = linked_weights.follow(chosen.url_path)
    if other and _is_of_weights(chosen.url_path) and not lecture.given():
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
