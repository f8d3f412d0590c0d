"""What the network takes a picture for in another light, by whose gates it is given."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import streamlit as st

from se_viz.analysis.networks.stages import parts_of
from se_viz.analysis.profiles.groups import Group
from se_viz.experiments.shifts.clean_gates import means_over
from se_viz.experiments.shifts.gate_sources import FROZEN, OTHER, SAME
from se_viz.experiments.shifts.nearest import beside, with_beside
from se_viz.experiments.shifts.one_picture import (
    Given,
    InLight,
    answer_table,
    in_light,
    placed_of,
    whole_of,
)
from se_viz.experiments.shifts.partners import (
    Partner,
    other_classes,
    partner,
    runner_up,
)
from se_viz.experiments.shifts.plans import Cell
from se_viz.figures.catalogue import entry
from se_viz.figures.one_picture.light import held_in_parts
from se_viz.figures.one_picture.light import predictions as drawn
from se_viz.pictures.shifts import Light
from se_viz.profiles.reference import digest_of
from se_viz.ui.escaping import plain, sentence
from se_viz.ui.sentences.one_picture import light as said
from se_viz.ui.state import models, resources
from se_viz.ui.state.caches import memo
from se_viz.ui.state.session import collection
from se_viz.ui.widgets.figure_card import on_phone, show
from se_viz.ui.widgets.late_choice import pick
from se_viz.ui.widgets.picture_picker import Subject

KEPT = 24
"""Lights of a picture that a session keeps."""


@dataclass(frozen=True, eq=False)
class Whose:
    """Whose gates a picture is given: of its class, and of another; None where there are none."""

    group: Group | None
    same: Partner | None
    other: Partner | None


@dataclass(frozen=True, eq=False)
class Shifted:
    """A picture in a light.

    Attributes:
        light: the light.
        clean, now: block name -> its gates (C,), before and in the light.
        table: an `answer_table` with the columns of `Beside` and told; no rows for a network that
            says no classes.
        whose: whose gates it was given.
        source: where its numbers come from, in words.
    """

    light: Light
    clean: dict[str, np.ndarray]
    now: dict[str, np.ndarray]
    table: pd.DataFrame
    whose: Whose
    source: str


def choose(subject: Subject) -> Whose:
    """A widget for the other class; the link holds it."""
    group = resources.reference() if resources.has_profile() else None
    reading, row, pictures = subject.reading, subject.row, bool(len(collection())) or group is None
    own, output = reading.labels[row], resources.output()
    names = other_classes(own, reading.labels if pictures else (), group)
    if not names or not output.guesses:
        return Whose(group, None, None)
    usual = runner_up(reading.outputs[row], output, names)
    name = pick(st.selectbox, "Another class’s gates", names, usual, "gates of")
    same, other = (partner(reading, row, each, group, pictures) for each in (own, name))
    return Whose(group, same, other)


def shifted(subject: Subject, model_input: np.ndarray, light: Light, whose: Whose) -> Shifted:
    """Pass the picture through the network in this light, with gates of each source; once for the
    same ones."""
    reading, row = subject.reading, subject.row
    clean = {name: gates[row] for name, gates in reading.gates.items()}
    given = _given(clean, whose)
    found = memo(
        "in light",
        (models.current().key, subject.digest, light, *_key(whose)),
        lambda: _passed(model_input, given, light),
        KEPT,
    )
    now = {name: gates[0] for name, gates in found.reading.gates.items()}
    table = _table(found, reading.outputs[row], whose)
    return Shifted(light, clean, now, table, whose, said.source_in(subject.source, light))


def _given(clean: dict[str, np.ndarray], whose: Whose) -> Given:
    same, other = (each.gates if each else None for each in (whose.same, whose.other))
    return Given(clean, means_over(whose.group.profile) if whose.group else None, same, other)


def _key(whose: Whose) -> tuple:
    partners = ((p and (p.name, p.picture)) for p in (whose.same, whose.other))
    return (*partners, digest_of(whose.group.profile) if whose.group else "")


def _passed(model_input: np.ndarray, given: Given, light: Light) -> InLight:
    with st.spinner("Passing the picture through the network in this light"):
        return in_light(resources.probe(), model_input, given, light)


def _table(found: InLight, outputs: np.ndarray, whose: Whose) -> pd.DataFrame:
    output = resources.output()
    if not output.guesses:
        return pd.DataFrame()
    table = with_beside(answer_table(found, outputs, output), resources.shipped_shifts())
    other = whose.other.name if whose.other else ""
    return table.assign(told=[said.told(gates, other) for gates in table["gates"]])


def predictions(found: Shifted) -> None:
    """A bar for each source of gates."""
    if found.table.empty:
        return
    table = whole_of(found.table)
    show(drawn(table), entry("in-this-light"), table, found.source)


def comes_to(found: Shifted) -> None:
    """What it comes to for this picture, what that is worth, and whose gates were given."""
    if found.table.empty:
        st.markdown(said.NO_CLASSES)
        return
    table = whole_of(found.table)
    st.markdown(sentence(said.comes_to(table)))
    lines = [said.in_brackets(next(table.itertuples()), found.light)]
    lines += [] if found.whose.group else [said.NO_FROZEN]
    st.caption(sentence(" ".join(lines)))


def parts(found: Shifted) -> None:
    """Gates held in one part of the network alone."""
    placed = placed_of(found.table) if len(found.table) else found.table
    if placed.empty:
        return
    titles = list(parts_of(resources.blocks()))
    st.subheader(said.hold_in(titles[0]))
    adaptive, many = _adaptive(found, placed)
    st.markdown(sentence(said.which_part(placed, adaptive)))
    if many:
        st.caption(plain(many))
    table = pd.concat([pd.DataFrame([adaptive._asdict()]), placed], ignore_index=True)
    figure = held_in_parts(table, titles, 1 if on_phone() else 2)
    show(figure, entry("held-in-one-stage"), table, found.source)
    st.caption(plain(said.whose_gates(_sources(found))))


def _adaptive(found: Shifted, placed: pd.DataFrame):
    """The row of gates that adapt, beside many pictures at the strength of the parts; and what
    these say."""
    row = next(whole_of(found.table).drop(columns="Index", errors="ignore").itertuples(index=False))
    record, there = resources.shipped_shifts(), placed["measured"].max()
    if record is None or not placed["pictures"].any():
        return row, ""
    many = beside(record, Cell(Light(found.light.kind, float(there))))
    row = row._replace(**vars(many))
    return row, said.over_many(placed, many.accuracy, found.light.kind)


def _sources(found: Shifted) -> dict[str, str]:
    whose = found.whose
    title = whose.group.title if whose.group else ""
    told = {
        gates: said.of_partner(who.name, who.picture, title)
        for gates, who in ((SAME, whose.same), (OTHER, whose.other))
        if who
    }
    return told | ({FROZEN: title} if whose.group else {})
