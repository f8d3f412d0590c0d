"""Which gates, and what to do to them: chosen in widgets, kept in the link."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import streamlit as st

from se_viz.analysis.interventions import Intervention, edit_of
from se_viz.analysis.networks.stages import parts_of
from se_viz.analysis.places import ALL
from se_viz.analysis.profiles.groups import Group, shown
from se_viz.probe.edit import Edit
from se_viz.probe.gates.blocks import Block
from se_viz.profiles.reference import digest_of
from se_viz.ui.escaping import plain
from se_viz.ui.widgets import picture_picker as subjects
from se_viz.ui.widgets.late_choice import pick
from se_viz.ui.widgets.picture_picker import Subject
from se_viz.ui.widgets.view_options import group_of

OTHER = 110  # pixels

DOES = {
    "bypass": "bypass",
    "freeze": "freeze",
    "constant": "constant",
    "class mean": "class",
    "another picture": "picture",
    "shuffle": "shuffle",
    "scale": "scale",
}
WHY = {
    "bypass": "Every gate is 1: the network without recalibration there.",
    "freeze": "Every gate is its mean over all classes: the static scale stays, nothing adapts.",
    "constant": "Every gate has this value.",
    "class": "Every gate is its mean over the pictures of this class.",
    "picture": "Every gate is as it was for this other picture.",
    "shuffle": "Gates are dealt out anew among the channels of a block: same values, wrong places.",
    "scale": "Every gate is multiplied; above 1 it strengthens a channel, as no sigmoid could.",
}


@dataclass(frozen=True, eq=False)
class Wanted:
    """An intervention with all it takes to carry it out.

    Attributes:
        intervention: in words.
        edit: for the network, one row.
        means: the group whose means "freeze" and "class" use.
        gates: of the other picture, block name -> (C,).
        key: tells it from any other, for what is kept of it.
    """

    intervention: Intervention
    edit: Edit
    means: Group
    gates: dict[str, np.ndarray]
    key: tuple

    def describe(self, blocks: Sequence[Block]) -> str:
        """Such as `stage 5 frozen at the mean (your 4 pictures)`."""
        said = self.intervention.describe(blocks)
        means = self.intervention.how in ("freeze", "class")
        return f"{said} ({self.means.title})" if means else said


def choose(blocks: Sequence[Block], subject: Subject, groups: Sequence[Group]) -> Wanted | None:
    """The widgets; None, with a sentence, where what was asked for cannot be done."""
    left, right = st.columns(2)
    with left:
        where = _where(blocks)
    with right:
        how = DOES[
            str(
                st.selectbox("What to do to these gates", list(DOES), key="do", bind="query-params")
            )
        ]
        value, name, seed, means, other = _details(how, subject, groups)
        st.caption(WHY[how])
    gates = {block: values[other] for block, values in subject.reading.gates.items()}
    try:
        wanted = Intervention(how, where, value, name, seed)
        edit = edit_of(wanted, blocks, means, gates)
    except ValueError as error:
        st.warning(plain(str(error)), icon=":material/info:")
        return None
    if not where:
        st.info("No gate is chosen. Choose a block, a stage, or all.", icon=":material/info:")
        return None
    key = (wanted, digest_of(means.profile), subject.digests[other])
    return Wanted(wanted, edit, means, gates, key)


def _where(blocks: Sequence[Block]) -> tuple[str, ...]:
    parts = [part for part, names in parts_of(blocks).items() if len(names) > 1]
    names = [block.name for block in blocks]
    usual = parts[-1:] or names[-1:]
    chosen = st.multiselect("Gates of", [ALL, *parts, *names], usual, key="at", bind="query-params")
    only = st.text_input(
        "Only these channels (for instance 0-31, 40)",
        key="only",
        bind="query-params",
        placeholder="all channels",
    ).strip()
    if not only:
        return tuple(chosen)
    whole = set(chosen)
    inside = {name for part in parts if part in whole for name in parts_of(blocks)[part]}
    picked = [name for name in names if ALL in whole or name in whole | inside]
    return tuple(f"{name}:{only}" for name in picked)


def _details(
    how: str, subject: Subject, groups: Sequence[Group]
) -> tuple[float, str, int, Group, int]:
    """Value, class, seed, group of means and row of the other picture."""
    value, name, seed, means, other = 1.0, "", 0, groups[0], subject.row
    if how in ("constant", "scale"):
        end = 1.0 if how == "constant" else 2.0
        value = st.slider(
            "Value" if how == "constant" else "Factor",
            0.0,
            end,
            0.5,
            0.05,
            key=f"{how} value",
            bind="query-params",
        )
    if how in ("freeze", "class"):
        means = group_of(groups, st.selectbox, "Means over", groups[0], "means")
    if how == "class":
        names = [n for n, count in means.profile.counts.items() if count]
        name = pick(st.selectbox, "Class", names, names[0], "like", shown)
    if how == "shuffle":
        seed = int(st.number_input("Seed", 0, 9999, 0, key="seed", bind="query-params"))
    if how == "picture":
        other = subjects.other(subject)
        name = subject.reading.names[other]
        st.image(subjects.thumbnail(other), width=OTHER)
    return value, name, seed, means, other


def every_way(wanted: Wanted) -> tuple[list[str], list[Intervention]]:
    """The chosen gates under each kind of intervention, and what each is called."""
    where, own = wanted.intervention.where, wanted.intervention
    made = {
        "bypassed": Intervention("bypass", where),
        "frozen": Intervention("freeze", where),
        "set to 0.5": Intervention("constant", where, 0.5),
        "halved": Intervention("scale", where, 0.5),
        "shuffled": Intervention("shuffle", where),
        "shut: set to 0": Intervention("constant", where, 0.0),
    }
    made = {name: one for name, one in made.items() if one != own}
    return ["as chosen above", *made], [own, *made.values()]
