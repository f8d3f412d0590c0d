"""The same on all of a person's own pictures, when asked: predictions, and accuracy by class."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from se_viz.analysis.predictions.label_origin import with_class_from
from se_viz.analysis.predictions.tables import flips_table
from se_viz.analysis.predictions.true_classes import Truth
from se_viz.analysis.profiles.sample_size import FEW
from se_viz.experiments.intervene import accuracy
from se_viz.experiments.sentences import SEVERAL
from se_viz.figures.catalogue import entry
from se_viz.figures.interventions.effects import accuracy_by_class
from se_viz.figures.style.palette import class_colours
from se_viz.nets.output import Output
from se_viz.ui.escaping import plain
from se_viz.ui.pages.lab.choice import Planned
from se_viz.ui.sentences import interventions as told
from se_viz.ui.sentences import labels
from se_viz.ui.sentences.common import FEW_PICTURES, SCORES
from se_viz.ui.sentences.pictures import yours_measured
from se_viz.ui.state import history, resources
from se_viz.ui.state.caches import known, memo
from se_viz.ui.state.inference import intervened
from se_viz.ui.state.session import Collection
from se_viz.ui.widgets import true_classes
from se_viz.ui.widgets.figure_card import save, show
from se_viz.ui.widgets.number_columns import column, in_percent, picture_names


def all_of(mine: Collection, wanted: Planned, truth: Truth | None) -> None:
    """All pictures, when asked: predictions, and accuracy by class where there is a `truth`."""
    st.subheader(told.on_all(len(mine)))
    said = plain(wanted.describe())
    if not known("all", _key_of_all(mine, wanted)):
        if st.button(told.see_all(said), key="all"):
            found = intervened(mine, wanted.edit)  # after it, some pictures may be gone
            memo("all", _key_of_all(mine, wanted), lambda: found)
            st.rerun()
        st.caption("Each picture is passed through the network once more, with these gates.")
        return
    after = memo("all", _key_of_all(mine, wanted), lambda: intervened(mine, wanted.edit))
    reading = mine.labelled()
    output = reading.output
    flips = flips_table(reading.names, reading.labels, reading.outputs, after, output)
    flips = with_class_from(flips, reading)
    if truth is not None:
        changed = int(flips["changed"].sum())
        st.markdown(told.predictions_change(said, changed, len(mine)))
        _accuracy(truth, reading.outputs, after, wanted.describe())
    else:
        st.info(SCORES, icon=":material/info:")
    with st.expander("Picture by picture"):
        _flips(flips if output.guesses else flips.drop(columns="changed"), output)
        manifest = history.manifest_of_now(
            "flips", labels.measured_on_picture(yours_measured(len(mine)))
        )
        save("flips", flips, manifest, "Predictions (CSV)")


def _key_of_all(mine: Collection, wanted: Planned) -> tuple:
    return (mine.network, tuple(shot.digest for shot in mine.shots), wanted.key)


def _flips(table: pd.DataFrame, output: Output) -> None:
    numbers = [f"{output.measure}_before", f"{output.measure}_after"]
    columns: dict[str, Any] = {
        "picture": picture_names(),
        "class": "Class",
        "class_from": "Class from",
        "before": "Prediction without",
        "after": "Prediction with",
        numbers[0]: column(output, f"Its {output.measure}"),
        numbers[1]: column(output, "The same one's, with"),
        "changed": "Changed",
    }
    shown = in_percent(table, output, *numbers)
    st.dataframe(shown, hide_index=True, key="flips", column_config=columns)


def _accuracy(found: Truth, before: np.ndarray, after: np.ndarray, said: str) -> None:
    output = resources.output()
    true_classes.left_out(found, "accuracy-by-class")
    table = accuracy(before, after, found, output)
    if table is None:
        return
    if output.several:
        st.caption(f"{SEVERAL}.")
    if len(found.known) < FEW * len(set(found.rows[found.known])):
        st.caption(FEW_PICTURES)
    source = told.under(true_classes.source_of(found), said)
    figure = accuracy_by_class(table, class_colours(output.classes, table["class"]))
    show(figure, entry("accuracy-by-class"), table, source)
