"""The first page: the paper's figure, built-in classes and one's own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast, get_args

import streamlit as st

from se_viz.analysis.channels import channels_of
from se_viz.analysis.profiles.curves import curve_table, picture_table
from se_viz.analysis.profiles.depth import specificity_table
from se_viz.analysis.profiles.distributions import Part, histogram_table, violin_table
from se_viz.analysis.profiles.specificity import median_specificity
from se_viz.figures.catalogue import entry
from se_viz.figures.profiles.curves import class_curves
from se_viz.figures.profiles.depth import specificity_by_depth
from se_viz.figures.profiles.distributions import gate_histograms, gate_violins
from se_viz.figures.profiles.heatmap import class_heatmap
from se_viz.figures.profiles.spread import class_spread
from se_viz.figures.style.palette import class_colours
from se_viz.interventions.constant import ends_of
from se_viz.ui.pages import findings
from se_viz.ui.pages.base import Page
from se_viz.ui.sentences.figures import gates_by_class
from se_viz.ui.state import address, resources
from se_viz.ui.state.lessons import lecture
from se_viz.ui.state.session import Collection, apart, collection
from se_viz.ui.widgets import block_choice, strip
from se_viz.ui.widgets.figure_card import constant_gates, few_pictures, show
from se_viz.ui.widgets.picture_picker import DIGITS
from se_viz.ui.widgets.segments import one_of
from se_viz.ui.widgets.view_options import Shown, choose, class_names

OWN_CURVES = 5
CHOICES = "Classes, blocks and channels"
NO_PROFILE = (
    "This network has no class profile yet, so pictures drawn by code stand in, by kind. Drop a "
    "folder of pictures for each class you care about, then make them the profile on the page "
    "**The network**."
)


def draw() -> None:
    """Curves per class, block after block; then the same gates drawn in other ways."""
    reference, mine = resources.reference(), collection()
    group = apart(mine.group(), reference)
    st.header("Which gates open for which class?")
    at_hand = st.container()
    told, curves = st.container(), st.container()
    with st.container():
        if not resources.has_profile():
            st.info(NO_PROFILE, icon=":material/info:")
    at_hand = at_hand if lecture.hands_on() else st.container()
    with at_hand.expander(CHOICES, lecture.hands_on(), icon=":material/tune:"):
        shown = choose(reference, group)
        with st.container():
            rows = _own_rows(mine) if len(mine) else []
    if not shown.blocks:
        told.info("No block is chosen. Choose one, or a whole stage.")
        return
    with told:
        if not lecture.hands_on():
            ends = ends_of(shown.groups[0].profile.blocks)
            st.markdown(gates_by_class(_shares(shown), *ends))
        constant_gates(shown.groups[0].profile)
    colours = class_colours(class_names(reference, group), shown.classes)
    with curves:
        _curves(shown, colours, mine, rows)
    with st.container():
        if len(mine):
            strip.show(mine)
    findings.panel(reference)
    _looks(shown, colours)
    block_choice.at_the_end()


def _shares(shown: Shown) -> dict[str, float]:
    """How far the drawn blocks follow the class, in the first group drawn; none of one class."""
    profile = shown.groups[0].profile
    if sum(count > 0 for count in profile.counts.values()) < 2:
        return {}
    return {block: median_specificity(profile, block) for block in shown.blocks}


def _curves(shown: Shown, colours: dict[str, str], mine: Collection, rows: Sequence[int]) -> None:
    channels = channels_of(shown.groups[0].profile, shown.blocks, shown.choice, shown.order)
    table = curve_table(shown.groups, channels, shown.classes)
    pictures = picture_table(mine.labelled(), rows, channels) if rows else None
    figure = class_curves(table, colours, shown.columns, shown.band, pictures)
    show(figure, entry("gates-by-class"), table, shown.source)


def _own_rows(mine: Collection) -> list[int]:
    """Pictures to draw; the link holds the first digits of their SHA-256."""
    names = [shot.name for shot in mine.shots]
    asked = tuple(digits[:DIGITS] for digits in address.asked("own") or () if digits)
    if asked:
        wanted = [shot.name for shot in mine.shots if shot.digest.startswith(asked)]
        st.session_state["own"] = wanted[:OWN_CURVES]
    chosen = st.multiselect(
        "Draw single pictures too",
        names,
        key="own",
        max_selections=OWN_CURVES,
        placeholder="Pick up to five of your pictures",
        persist_state="session",
    )
    rows = [names.index(name) for name in chosen]
    address.put("own", [mine.shots[row].digest[:DIGITS] for row in rows])
    return rows


def _looks(shown: Shown, colours: dict[str, str]) -> None:
    st.subheader("The same gates, drawn in other ways")
    look = one_of("Look", LOOKS, "look", label_visibility="collapsed")
    LOOKS[look](shown, colours)


def _histogram(shown: Shown, colours: dict[str, str]) -> None:
    table = _distributions(shown)
    figure = gate_histograms(table, colours, shown.columns)
    show(figure, entry("gate-histograms"), table, shown.source)


def _violin(shown: Shown, colours: dict[str, str]) -> None:
    table = _distributions(shown)
    summary = violin_table(table)
    figure = gate_violins(table, summary, colours, shown.columns)
    show(figure, entry("gate-violins"), summary, shown.source)


def _distributions(shown: Shown):
    part = cast(Part, one_of("One panel for each", get_args(Part), "part", "stage"))
    blocks = shown.blocks if part == "block" else None
    return histogram_table(shown.groups, part, blocks, shown.classes)


def _heatmap(shown: Shown, colours: dict[str, str]) -> None:
    channels = channels_of(shown.groups[0].profile, shown.blocks, shown.choice, shown.order)
    table = curve_table(shown.groups, channels, shown.classes)
    figure = class_heatmap(table, shown.columns)
    show(figure, entry("gate-heatmap"), table, shown.source)


def _spread(shown: Shown, colours: dict[str, str]) -> None:
    name = None
    if shown.classes:
        name = st.selectbox("Within", shown.classes, key="within", bind="query-params")
    channels = channels_of(shown.groups[0].profile, shown.blocks, shown.choice, shown.order)
    table = curve_table(shown.groups, channels, [name] if name else [], with_all=False)
    figure = class_spread(table, colours, shown.columns)
    show(figure, entry("spread-within-class"), table, shown.source)


def _depth(shown: Shown, colours: dict[str, str]) -> None:
    for group in shown.groups:
        few_pictures(group)
    table = specificity_table(shown.groups)
    show(specificity_by_depth(table), entry("specificity-by-depth"), table, shown.source)


LOOKS: dict[str, Callable[[Shown, dict[str, str]], None]] = {
    "Histograms": _histogram,
    "Violins": _violin,
    "Heatmap": _heatmap,
    "Within one class": _spread,
    "By depth": _depth,
}


PAGE = Page("Gates by class", "gates", "Which gates open for which class?", draw, main=True)
