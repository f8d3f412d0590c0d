"""The intervention lab: what changes on one picture, or on all, with other gates."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from se_viz.analysis.predictions.effects import change_table
from se_viz.analysis.predictions.label_origin import with_class_from
from se_viz.analysis.predictions.tables import flips_table
from se_viz.analysis.profiles.groups import Group
from se_viz.analysis.profiles.sample_size import FEW
from se_viz.experiments import plans
from se_viz.experiments.intervene import accuracy, with_each, with_one, without
from se_viz.experiments.sentences import SEVERAL, most_moved, what_changed
from se_viz.experiments.sweep import sweep_one
from se_viz.experiments.sweep_tables import picture_sweep_table
from se_viz.figures.catalogue import entry
from se_viz.figures.interventions.effects import accuracy_by_class, sweep_by_depth
from se_viz.figures.interventions.one_prediction import before_and_after, every_way
from se_viz.figures.style.palette import class_colours
from se_viz.interventions.base import Replacements
from se_viz.manifest import inside
from se_viz.nets.output import Output
from se_viz.pictures import PictureError
from se_viz.probe.reading import Reading, join
from se_viz.profiles.reference import digest_of
from se_viz.ui.escaping import plain, sentence
from se_viz.ui.pages.base import Page
from se_viz.ui.pages.lab import choice
from se_viz.ui.pages.lab.choice import Planned
from se_viz.ui.sentences import interventions as told
from se_viz.ui.sentences import labels
from se_viz.ui.sentences.common import FEW_PICTURES, NO_OUTPUT, SCORES
from se_viz.ui.sentences.pictures import yours_measured
from se_viz.ui.state import history, models, resources
from se_viz.ui.state.caches import known, memo
from se_viz.ui.state.inference import intervened
from se_viz.ui.state.session import Collection, apart, collection
from se_viz.ui.widgets import picture_picker, true_classes
from se_viz.ui.widgets.figure_card import download, save, show
from se_viz.ui.widgets.number_columns import column, in_percent, picture_names
from se_viz.ui.widgets.picture_picker import Subject

THUMBNAIL = 220  # pixels


def draw() -> None:
    """One picture with and without; the same gates in every way; block by block; all pictures."""
    st.header("What happens when the gates are changed?")
    if not resources.output().classes:
        st.info(NO_OUTPUT, icon=":material/info:")
        return
    reference, mine = resources.reference(), collection()
    own = apart(mine.group(), reference)
    one = picture_picker.choose()
    picked, seen = st.columns([1, 3])
    with picked:
        st.image(one.thumbnail, width=THUMBNAIL)
    with seen:
        wanted = choice.choose(resources.blocks(), one, (reference, own) if own else (reference,))
        model_input = _model_input(one)
        if wanted is None or model_input is None:
            return
        _one(one, model_input, wanted)
    _every_way(one, model_input, wanted)
    _by_depth(one, model_input, reference)
    if len(mine):
        _all(mine, wanted)


def _model_input(one: Subject) -> np.ndarray | None:
    try:
        return one.model_input()
    except PictureError as error:
        st.warning(plain(str(error)), icon=":material/info:")
        return None


def _key(one: Subject) -> tuple:
    return (models.current().key, one.digest)


def _one(one: Subject, model_input: np.ndarray, wanted: Planned) -> None:
    from se_viz.probe.check import identity

    probe, output = resources.probe(), resources.output()
    key, said = (*_key(one), wanted.key), wanted.describe()
    with st.spinner("Passing the picture through the network, without and with"):
        before = memo("plain", _key(one), lambda: without(probe, model_input))
        after = memo("intervened", key, lambda: with_one(probe, model_input, wanted.edit))
        found = memo("identity", _key(one), lambda: identity(probe, model_input[None]))
    plain_outputs, changed = before.outputs[0], after.outputs[0]
    table = change_table(plain_outputs, changed, output)
    st.markdown(sentence(what_changed(said, plain_outputs, changed, output)))
    names = resources.reference().profile.classes
    colours = class_colours(dict.fromkeys((*names, *output.classes)), table["class"])
    source = told.under(one.source, said)
    show(before_and_after(table, colours), entry("with-and-without"), table, source)
    _numbers(table, output)
    _save(one, {"without": before, f"with {said}": after})
    st.caption(found.describe())


def _numbers(table: pd.DataFrame, output: Output) -> None:
    number: dict[str, Any] = {"format": "%.3f", "width": "small"}
    logits = ["logit_before", "logit_after", "logit_change"] if output.guesses else []
    st.dataframe(
        in_percent(table[["class", "before", "after", *logits]], output, "before", "after"),
        hide_index=True,
        key="numbers",
        column_config={
            "class": "Class",
            "before": column(output, "Without", "small"),
            "after": column(output, "With", "small"),
            "logit_before": st.column_config.NumberColumn("Logit without", **number),
            "logit_after": st.column_config.NumberColumn("Logit with", **number),
            "logit_change": st.column_config.NumberColumn("Change", **number | {"format": "%+.3f"}),
        },
    )


def _save(one: Subject, passes: dict[str, Reading]) -> None:
    manifest = history.manifest_of_now("gates-in-hand", one.source)
    origin = (one.reading.origin_of(one.row),)
    readings = [seen.named((name,), (one.label,), origin) for name, seen in passes.items()]
    download(
        "gates-in-hand.npz",
        lambda: inside(join(readings).npz(), manifest()),
        "Outputs, gates and squeezes, without and with (NPZ)",
    )


def _every_way(one: Subject, model_input: np.ndarray, wanted: Planned) -> None:
    st.subheader("The same gates under other interventions")
    plan = plans.every_way(wanted.intervention)
    key, names, probe = (*_key(one), wanted.key), list(plan), resources.probe()
    with st.spinner("Passing the picture through the network in every way"):
        outputs = memo(
            "ways", key, lambda: with_each(probe, model_input, plan.values(), wanted.replacements)
        )
    table = picture_sweep_table(list(plan.values()), resources.output(), outputs)
    table.insert(0, "name", names)
    source = told.as_chosen(one.source, wanted.describe())
    show(every_way(table, names), entry("every-way"), table, source)


def _by_depth(one: Subject, model_input: np.ndarray, reference: Group) -> None:
    st.subheader("Each block in turn, on this picture")
    plan, means = plans.sweep_plan(resources.blocks()), Replacements(reference)
    key, probe = (*_key(one), digest_of(reference.profile)), resources.probe()
    with st.spinner("Taking each block in turn"):
        outputs = memo("sweep", key, lambda: sweep_one(probe, model_input, plan, means))
    table = picture_sweep_table(plan, resources.output(), outputs)
    st.markdown(sentence(most_moved(table, resources.output())))
    source = told.frozen_at(one.source, reference.title)
    show(sweep_by_depth(table), entry("sweep-of-picture"), table, source)


def _all(mine: Collection, wanted: Planned) -> None:
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
    if output.guesses:
        changed = int(flips["changed"].sum())
        st.markdown(told.predictions_change(said, changed, len(mine)))
        _accuracy(mine, reading.outputs, after, wanted.describe())
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


def _accuracy(mine: Collection, before: np.ndarray, after: np.ndarray, said: str) -> None:
    output, found = resources.output(), true_classes.truth(mine)
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


PAGE = Page("Lab", "lab", "What happens without the gates?", draw, main=True)
