"""One picture with other gates: with and without, in every way, block by block."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from se_viz.analysis.predictions.effects import change_table
from se_viz.analysis.profiles.groups import Group
from se_viz.experiments import plans
from se_viz.experiments.intervene import with_each, with_one, without
from se_viz.experiments.sentences import most_moved, what_changed
from se_viz.experiments.sweep import sweep_one
from se_viz.experiments.sweep_tables import picture_sweep_table
from se_viz.figures.catalogue import entry
from se_viz.figures.interventions.effects import sweep_by_depth
from se_viz.figures.interventions.one_prediction import before_and_after, every_way
from se_viz.figures.style.palette import class_colours
from se_viz.interventions.base import Replacements
from se_viz.manifest import inside
from se_viz.nets.output import Output
from se_viz.probe.reading import Reading, join
from se_viz.profiles.reference import digest_of
from se_viz.ui.escaping import sentence
from se_viz.ui.pages.lab.choice import Planned
from se_viz.ui.sentences import interventions as told
from se_viz.ui.state import history, models, resources
from se_viz.ui.state.caches import memo
from se_viz.ui.widgets.figure_card import download
from se_viz.ui.widgets.figure_card import show as show_figure
from se_viz.ui.widgets.number_columns import column, in_percent
from se_viz.ui.widgets.picture_picker import Subject


def show(one: Subject, model_input: np.ndarray, wanted: Planned) -> None:
    """All that is known of one picture, uint8 (size, size, 3)."""
    passes = _with_and_without(one, model_input, wanted)
    _every_way(one, model_input, wanted, passes)
    _by_depth(one, model_input, resources.reference())


def _key(one: Subject) -> tuple:
    return (models.current().key, one.digest)


def _with_and_without(
    one: Subject, model_input: np.ndarray, wanted: Planned
) -> tuple[Reading, Reading]:
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
    show_figure(before_and_after(table, colours), entry("with-and-without"), table, source)
    _numbers(table, output)
    _save(one, {"without": before, f"with {said}": after})
    st.caption(found.describe())
    return before, after


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


def _every_way(
    one: Subject, model_input: np.ndarray, wanted: Planned, passes: tuple[Reading, Reading]
) -> None:
    st.subheader("The same gates under other interventions")
    plan = plans.every_way(wanted.intervention)
    others, probe = list(plan.values())[1:], resources.probe()
    key = (
        *_key(one),
        wanted.intervention.selection,
        digest_of(wanted.means.profile),
        tuple(plan)[1:],
    )
    with st.spinner("Passing the picture through the network in every way"):
        found = memo(
            "ways", key, lambda: with_each(probe, model_input, others, wanted.replacements)[1:]
        )
    outputs = np.concatenate([*(each.outputs for each in passes), found])
    table = picture_sweep_table(list(plan.values()), resources.output(), outputs)
    table.insert(0, "name", list(plan))
    source = told.as_chosen(one.source, wanted.describe())
    show_figure(every_way(table, list(plan)), entry("every-way"), table, source)


def _by_depth(one: Subject, model_input: np.ndarray, reference: Group) -> None:
    st.subheader("Each block in turn, on this picture")
    plan, means = plans.sweep_plan(resources.blocks()), Replacements(reference)
    key, probe = (*_key(one), digest_of(reference.profile)), resources.probe()
    with st.spinner("Taking each block in turn"):
        outputs = memo("sweep", key, lambda: sweep_one(probe, model_input, plan, means))
    table = picture_sweep_table(plan, resources.output(), outputs)
    said = most_moved(table, resources.output())
    st.markdown(sentence(said))
    source = told.frozen_at(one.source, reference.title)
    show_figure(sweep_by_depth(table, told=said), entry("sweep-of-picture"), table, source)
