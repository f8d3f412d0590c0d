"""The living block, and below it its numbers and how to read it."""

from __future__ import annotations

from typing import Any

import streamlit as st

from se_viz.analysis.networks.ratios import ratio_table
from se_viz.experiments.block_view.scenes import RULE
from se_viz.experiments.block_view.views import PictureView
from se_viz.nets import builtin
from se_viz.pictures import PictureError
from se_viz.ui.components import block
from se_viz.ui.components.block.block_data import network_data, picture_data, tables
from se_viz.ui.escaping import plain
from se_viz.ui.pages.base import Page
from se_viz.ui.pages.block.subjects import Subject, subjects
from se_viz.ui.sentences.figures import source as said_source
from se_viz.ui.sentences.one_picture import block as said
from se_viz.ui.state import address, block_views, chosen_block, history, models, resources
from se_viz.ui.state.caches import memo
from se_viz.ui.state.lessons import lecture
from se_viz.ui.widgets.figure_card import save

KEY, SLUG, FOCUS = "living block", "block", "focus"
FIRST, PICTURE, TOLD = "block as it opened", "picture in the block", "picture told by the block"
"""In the session: what the figure opened with, the picture in it, and the one that it told of."""
TEXTS = ("light", "step", "place")
NUMBERS = ("channel", "ratio")
PARTS = (
    *("picture", "u", "squeeze", "bottleneck", "excite", "gates", "scale"),
    *("ribbon", "light", "answers", "place", "ratio"),
)
"""Of the figure, that `focus` may point to."""
THUMBNAILS = 5
STYLE = (
    ".stMainBlockContainer {padding: 3.6rem 2rem 1rem;} .stMainBlockContainer h2 "
    "{font-size: 1.5rem; padding: 0 0 1rem;} "
    ".stMainBlockContainer > .stVerticalBlock {gap: 0.4rem;}"
)


def draw() -> None:
    """One picture through one block, steered in the figure itself."""
    st.html(f"<style>{STYLE}</style>")
    st.header(said.TITLE)
    figure(lecture.focus() or None)


def figure(focus: str | None = None) -> None:
    """The living block.

    Args:
        focus: one of `PARTS` to light up, "" for none; None for what the link asks for.
    """
    known = subjects()
    subject = _picture(known)
    names = [each.name for each in resources.blocks()]
    network = _network()
    asked = _asked()
    first = _opened(names, network["start"], asked)
    now = (None if asked else block.chosen(KEY)) or first
    name = now.block if now.block in names else first.block
    try:
        view = subject.view(name)
        if not view.is_sound(name):
            raise ValueError(said.NO_NUMBERS)
    except (PictureError, ValueError) as error:
        st.warning(plain(said.cannot_look(error)), icon=":material/info:")
        _list(known, subject, fewest=1)
        return
    pointed = address.asked_for().text(FOCUS) if focus is None else focus
    small = _few(known, subject)
    shown = {"focus": pointed if pointed in PARTS else "", "lesson": lecture.given()}
    data = network | {"pictures": small} | shown
    block.show(data | _of(subject, view), first, KEY)
    _remember(now, subject, name, network["start"])
    _list(known, subject)
    _below(subject, view, name)


def _picture(known: list[Subject]) -> Subject:
    """The one that was chosen last, in the figure or in the list; else what the link asks for."""
    told, ids = block.chosen(KEY), [subject.id for subject in known]
    asked = (address.asked("picture") or [""])[-1]
    if asked:
        st.session_state[PICTURE] = asked
    elif told and told.picture != st.session_state.get(TOLD):
        st.session_state[PICTURE] = told.picture
    st.session_state[TOLD] = told.picture if told else None
    wanted = st.session_state.get(PICTURE)
    return known[ids.index(wanted) if wanted in ids else 0]


def _few(known: list[Subject], subject: Subject) -> list[dict[str, str]]:
    """Pictures beside the one that is shown; the others are in a list below."""
    few = known[:THUMBNAILS]
    few = few if subject in few else [*few[:-1], subject]
    return [each.small for each in few]


def _asked() -> dict[str, str]:
    """What the link asks for of the figure, by name."""
    found = {name: (address.asked(name) or [""])[-1] for name in ("block", *TEXTS, *NUMBERS)}
    return {name: value for name, value in found.items() if value}


def _opened(names: list[str], usual: str, asked: dict[str, str]) -> block.Chosen:
    """What the figure opens with: as the link or another page asks; it stays so on this page."""
    if KEY not in st.session_state or FIRST not in st.session_state or asked:
        chosen = chosen_block.chosen(names, usual)
        st.session_state[FIRST] = block.Chosen.of({**asked, "block": chosen})
    return st.session_state[FIRST]


def _network() -> dict[str, Any]:
    model = models.current()
    costs = ratio_table(builtin.CONFIG, builtin.PREPROCESSING.size if model.built_in else 224)
    costs = costs if model.built_in else ratio_table()
    largest = not model.built_in and any(site.largest for site in resources.probe().sites)
    return network_data(resources.identity().title, resources.blocks(), costs, largest)


def _of(subject: Subject, view: PictureView) -> dict[str, Any]:
    """The picture's part of the data."""
    ships = block_views.shipped()
    moves = ships.mean_moves if ships else None
    record, blocks = resources.shipped_shifts(), resources.blocks()
    key = (models.current().key, subject.id, tuple(view.insides), view.other)
    picture = memo(
        "block data",
        key,
        lambda: picture_data(view, subject.id, subject.said, record, moves, blocks),
    )
    return {"picture": picture, "measured": moves.pictures if moves else 0}


def _remember(now: block.Chosen, subject: Subject, name: str, usual: str) -> None:
    """Let other pages and the link know what is chosen."""
    chosen_block.choose(name, usual)
    address.put("picture", [subject.id])
    for key in (*TEXTS, *NUMBERS):
        value = getattr(now, key)
        address.put(key, [f"{value:g}" if key in NUMBERS else value] if value else [])


def _list(known: list[Subject], subject: Subject, fewest: int = THUMBNAILS) -> None:
    """All pictures, where there are more than the figure shows to choose from."""
    if len(known) <= fewest:
        return
    titles = {each.id: each.title for each in known}
    key = f"picture instead of {subject.id}"
    row = list(titles).index(subject.id)
    st.selectbox(
        said.PICTURE,
        titles,
        row,
        format_func=lambda name: titles[name],
        key=key,
        on_change=lambda: st.session_state.update({PICTURE: st.session_state[key]}),
        width=320,
    )


def _below(subject: Subject, view: PictureView, name: str) -> None:
    manifest = history.manifest_of_now(SLUG, subject.source)
    with st.container(horizontal=True, vertical_alignment="center"):
        save(SLUG, tables(view, name), manifest, "Numbers (CSV)", said.SAVED)
        with st.popover("How to read this", icon=":material/help:"):
            st.markdown(said.READ)
            st.caption(said.scenes(RULE))
        st.caption(said_source(plain(subject.source)))


PAGE = Page(
    "The block",
    "block",
    "What does an SE block do to one picture?",
    draw,
    main=True,
    broad=True,
    parts=PARTS,
)
