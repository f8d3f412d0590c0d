"""How much of a gate is adaptive at all, which classes are alike, and what tells two apart."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from se_viz.analysis.profiles.depth import omega_table, saturation_table
from se_viz.analysis.profiles.distances import distance_matrix, nearest_and_furthest
from se_viz.analysis.profiles.groups import Group
from se_viz.analysis.profiles.resampling import beyond_chance, with_intervals
from se_viz.analysis.profiles.sample_size import too_few
from se_viz.analysis.profiles.variance import most_adaptive, variance_table
from se_viz.figures.catalogue import entry
from se_viz.figures.profiles.depth import entropy_by_depth, saturation_by_depth
from se_viz.figures.statistics.distances import class_map
from se_viz.figures.statistics.omega import omega_by_depth
from se_viz.figures.statistics.variance import variance_by_depth
from se_viz.figures.style.palette import class_colours
from se_viz.ui.escaping import sentence
from se_viz.ui.pages.adaptive import intervals, two_classes
from se_viz.ui.pages.base import Page
from se_viz.ui.sentences.common import measured_on, of_whom
from se_viz.ui.state import resources
from se_viz.ui.state.session import apart, collection
from se_viz.ui.widgets import block_choice
from se_viz.ui.widgets.figure_card import on_phone, show
from se_viz.ui.widgets.segments import one_of
from se_viz.ui.widgets.view_options import class_names, group_of, source_of

Groups = tuple[Group, ...]


def draw() -> None:
    """Variance in three shares first; then class by class."""
    reference = resources.reference()
    mine = apart(collection().group(), reference)
    groups = (reference, mine) if mine else (reference,)
    st.header("How much of a gate is adaptive at all?")
    table = variance_table(groups)
    said = most_adaptive(table[table["group"] == reference.title]) or ""
    whose = measured_on(reference.title) if said and mine else ""
    st.markdown(sentence(said + whose))
    show(variance_by_depth(table, said), entry("variance-shares"), table, source_of(groups))
    with st.container():  # what comes and goes in it moves nothing below
        _specific(groups)
    with st.container():
        _ends(groups)
    with st.container():
        group = _group(groups)
    names = [name for name, count in group.profile.counts.items() if count]
    if len(names) > 1:
        _alike(group)
        two_classes.section(group, names)


def _specific(groups: Groups) -> None:
    st.subheader("How much do gates follow the class, and is it more than chance?")
    for group in groups:
        trouble = too_few(group.profile.counts.values())
        if trouble:
            said = of_whom(group.title, trouble, len(groups) > 1)
            st.warning(sentence(said), icon=":material/info:")
    table = omega_table(groups)
    if table.empty:
        return
    found = intervals.of_groups([group for group in groups if group.title in set(table["group"])])
    lines = [of_whom(title, beyond_chance(rows), len(groups) > 1) for title, rows in found.items()]
    for line in lines:
        st.markdown(sentence(line))
    numbers = with_intervals(table, found)
    figure = omega_by_depth(table, found, " ".join(lines))
    show(figure, entry("class-specificity"), numbers, source_of(groups))


def _ends(groups: Groups) -> None:
    st.subheader("How many gates are nearly open, or nearly shut?")
    look = one_of("Ends of the gates", ENDS, "ends", label_visibility="collapsed")
    ENDS[look](groups, class_colours(class_names(groups[0], groups[-1])))


def _saturation(groups: Groups, colours: dict[str, str]) -> None:
    table = saturation_table(groups)
    figure = saturation_by_depth(table, colours, 1 if on_phone() else 2)
    show(figure, entry("saturation-by-depth"), table, source_of(groups))


def _entropy(groups: Groups, colours: dict[str, str]) -> None:
    table = saturation_table(groups)
    figure = entropy_by_depth(table, colours)
    show(figure, entry("entropy-by-depth"), table, source_of(groups))


ENDS: dict[str, Callable[[Groups, dict[str, str]], None]] = {
    "Nearly open or shut": _saturation,
    "Entropy": _entropy,
}


def _group(groups: Groups) -> Group:
    if len(groups) == 1:
        return groups[0]
    control = st.segmented_control
    return group_of(groups, control, "Classes of", groups[-1], "classes of", required=True)


def _alike(group: Group) -> None:
    st.subheader("Which classes does a block treat alike?")
    block = block_choice.by_means()
    matrix = distance_matrix(group, block)
    st.markdown(sentence(nearest_and_furthest(matrix) or ""))
    numbers = matrix.copy()
    numbers.insert(0, "class", matrix.index, allow_duplicates=True)  # one may be called so
    show(class_map(matrix, block), entry("class-distances"), numbers, source_of([group]))


PAGE = Page("How adaptive?", "adaptive", "How much of a gate follows the picture?", draw)
