"""How much of a gate is adaptive at all, which classes are alike, and what tells two apart."""

from __future__ import annotations

import streamlit as st

from se_viz.analysis.contrast import contrast_table
from se_viz.analysis.distances import (
    distance_matrix,
    nearest_and_furthest,
    parting,
    parting_table,
)
from se_viz.analysis.enough import too_few, too_few_of_two
from se_viz.analysis.groups import Group
from se_viz.analysis.variance import most_adaptive, variance_table
from se_viz.figures.contrast import ranked_channels
from se_viz.figures.distances import class_map, parting_by_depth
from se_viz.figures.variance import variance_by_depth
from se_viz.ui import guide, resources
from se_viz.ui.choices import source_of
from se_viz.ui.frame import show
from se_viz.ui.session import apart, collection


def page() -> None:
    """Variance in three shares first; then classes against one another."""
    reference = resources.reference()
    mine = apart(collection().group(), reference)
    groups = (reference, mine) if mine else (reference,)
    st.header("How much of a gate is adaptive at all?")
    table = variance_table(groups)
    st.markdown(most_adaptive(variance_table([reference])) or "")
    show(variance_by_depth(table), "variance-shares", table, guide.SHARES, source_of(groups))
    group = _group(groups)
    trouble = too_few(group.profile.counts.values())
    if trouble:
        st.warning(trouble, icon=":material/info:")
    names = [name for name, count in group.profile.counts.items() if count]
    if len(names) > 1:
        _alike(group)
        _two(group, names)


def _group(groups: tuple[Group, ...]) -> Group:
    if len(groups) == 1:
        return groups[0]
    titles = {group.title: group for group in groups}
    chosen = st.segmented_control(
        "Classes of", list(titles), default=groups[-1].title, required=True, key="classes of"
    )
    return titles[str(chosen)]


def _alike(group: Group) -> None:
    st.subheader("Which classes does a block treat alike?")
    table = variance_table([group])
    first = int(table["class"].fillna(0).argmax())
    block = str(
        st.selectbox("Block", list(table["block"]), first, key="alike", bind="query-params")
    )
    matrix = distance_matrix(group, block)
    st.markdown(nearest_and_furthest(matrix) or "")
    numbers = matrix.rename_axis("class").reset_index()
    show(class_map(matrix, block), "class-distances", numbers, guide.DISTANCES, source_of([group]))


def _two(group: Group, names: list[str]) -> None:
    st.subheader("What tells two classes apart?")
    left, right = st.columns(2)
    with left:
        a = str(st.selectbox("One class", names, 0, key="class a", bind="query-params"))
    with right:
        others = [name for name in names if name != a]
        b = str(st.selectbox("Another", others, 0, key="class b", bind="query-params"))
    source = source_of([group])
    depths = parting_table(group, a, b)
    st.markdown(parting(depths, a, b))
    show(parting_by_depth(depths, a, b), "parting", depths, guide.PARTING, source)
    counts = group.profile.counts
    trouble = too_few_of_two((a, b), (counts[a], counts[b]))
    if trouble:
        st.warning(trouble, icon=":material/info:")
    channels = contrast_table(group, a, b)
    if len(channels):
        show(ranked_channels(channels, a, b), "telling-channels", channels, guide.TELLING, source)
