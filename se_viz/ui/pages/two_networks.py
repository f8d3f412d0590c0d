"""Two networks side by side: the same pictures, their gates at like depth."""

from __future__ import annotations

from typing import Any

import streamlit as st

from se_viz.analysis.networks.two_networks import (
    WHY,
    both_predict,
    depth_table,
    side_histograms,
    side_table,
)
from se_viz.analysis.predictions.label_origin import with_class_from
from se_viz.analysis.profiles.groups import Group
from se_viz.figures.catalogue import entry
from se_viz.figures.networks.two_networks import by_relative_depth, mirrored
from se_viz.nets import builtin
from se_viz.probe.reading import Reading
from se_viz.profiles import Profile
from se_viz.ui.escaping import sentence
from se_viz.ui.pages.base import Page
from se_viz.ui.sentences import labels
from se_viz.ui.sentences.figures import how_far_apart, through_both
from se_viz.ui.sentences.pictures import no_pictures_for_two, yours_measured
from se_viz.ui.state import fallback, history, models, resources
from se_viz.ui.state.examples import examples
from se_viz.ui.state.inference import catch_up
from se_viz.ui.state.models import Model
from se_viz.ui.state.session import Collection, collection
from se_viz.ui.widgets import pixels
from se_viz.ui.widgets.figure_card import on_phone, save, show
from se_viz.ui.widgets.number_columns import column, in_percent, picture_names


def draw() -> None:
    """Both networks' gates part by part, then block by block, then what each predicts."""
    st.header("Do two networks use their gates alike?")
    choice, pictures = st.columns(2, vertical_alignment="bottom")
    with choice:
        first, second = models.current(), _second()
    try:
        with pictures:
            a, b, readings, source = _seen(first, second, collection())
        pixels.warn(beside=second)
    except Exception as error:  # the network of the pages has read these pictures before
        st.error(sentence(fallback.beside(error, second)), icon=":material/error:")
        return
    table = side_table(a, b)
    st.markdown(sentence(how_far_apart(table)))
    beside = (resources.identity(second),)
    figure = mirrored(side_histograms(a, b), table)
    show(figure, entry("side-by-side"), table, source, beside=beside)
    st.info(WHY, icon=":material/info:")
    st.subheader("Block by block, from the first to the last")
    depths = depth_table(a, b)
    figure = by_relative_depth(depths, 1 if on_phone() else 2)
    show(figure, entry("side-by-side-depth"), depths, source, beside=beside)
    if not len(collection()):
        source = through_both(labels.scenes(len(readings[0])))
    _predictions(readings, (first, second), source)


def _second() -> Model:
    """The network to compare with: any other that is on this machine."""
    others = {
        key: model
        for key, model in models.choices().items()
        if model.local and key != models.current().key
    }
    key = st.selectbox(
        labels.beside(models.current().title),
        list(others),
        format_func=lambda key: others[key].title,
        key="second",
        bind="query-params",
        help="More networks can be fetched, or opened, on the page The network.",
    )
    return others[str(key)]


def _seen(
    first: Model, second: Model, mine: Collection
) -> tuple[Group, Group, tuple[Reading, Reading], str]:
    """What both networks read of the same pictures: one's own, else the built-in validation set,
    else rendered scenes; and what they read of single ones."""
    if len(mine):
        catch_up(mine, second)
        groups = [mine.group(model.key) for model in (first, second)]
        readings = (mine.labelled(first.key), mine.labelled(second.key))
        profiles = [group.profile for group in groups if group]
        source = through_both(yours_measured(len(mine)))
    else:
        seen = [examples(model, photos=False) for model in (first, second)]
        readings = (seen[0].reading, seen[1].reading)
        profiles, title = _shipped(first, second) or ([e.profile for e in seen], seen[0].title)
        st.caption(no_pictures_for_two(title))
        source = through_both(title)
    a, b = (Group(m.title, p) for m, p in zip((first, second), profiles, strict=True))
    return a, b, readings, source


def _shipped(first: Model, second: Model) -> tuple[list[Profile], str] | None:
    """The class profiles of both that ship, and of which pictures; None where one does not."""
    known = {
        builtin.NAME: resources.builtin_profile,
        builtin.UNTRAINED: resources.untrained_profile,
    }
    if not {first.key, second.key} <= set(known):
        return None
    found = [known[model.key]() for model in (first, second)]
    prints = [resources.identity(model).fingerprint for model in (first, second)]
    if [profile.origin.fingerprint for profile in found] != prints:
        return None
    return found, labels.built_in_set(found[0].pictures)


def _predictions(readings: tuple[Reading, Reading], pair: tuple[Model, Model], source: str) -> None:
    if not any(reading.output.classes for reading in readings):
        return
    st.subheader("What each takes the pictures for")
    table = with_class_from(both_predict(*readings), readings[0])
    shown, sides = table, dict(zip(("a", "b"), zip(pair, readings, strict=True), strict=True))
    columns: dict[str, Any] = {
        "picture": picture_names(),
        "class": "Class",
        "class_from": "Class from",
    }
    for side, (model, reading) in sides.items():
        columns[f"prediction_{side}"] = model.title
        measure = f"{reading.output.measure}_{side}"
        columns[measure] = column(reading.output)
        shown = in_percent(shown, reading.output, measure)
    st.dataframe(shown, hide_index=True, key="both predict", column_config=columns)
    other = resources.identity(pair[1])
    manifest = history.manifest_of_now("both", source, (other,))
    save("both", table, manifest, "Both predictions (CSV)")


PAGE = Page("Two networks", "two", "Do two networks use their gates alike?", draw)
