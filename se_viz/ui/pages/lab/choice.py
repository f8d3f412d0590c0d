"""Which gates, and what to do to them: chosen in widgets, kept in the link."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from se_viz.analysis.networks.stages import parts_of
from se_viz.analysis.profiles.groups import Group
from se_viz.interventions import registry
from se_viz.interventions.base import Replacements
from se_viz.interventions.intervention import Intervention
from se_viz.interventions.options import Means
from se_viz.interventions.selection import ALL, Selection
from se_viz.probe.edit import Edit
from se_viz.probe.gates.blocks import Block
from se_viz.profiles.reference import digest_of
from se_viz.ui.escaping import plain
from se_viz.ui.pages.lab.option_widgets import Answers, ask
from se_viz.ui.sentences import interventions as told
from se_viz.ui.widgets.picture_picker import Subject


@dataclass(frozen=True, eq=False)
class Planned:
    """An intervention with all it takes to carry it out.

    Attributes:
        intervention: what is done to which gates.
        edit: the same for the network, one row.
        means: the class profile whose means it may use.
        replacements: those, and gates of the other picture.
        key: tells it from any other, for what is kept of it.
    """

    intervention: Intervention
    edit: Edit
    means: Group
    replacements: Replacements
    key: tuple

    def describe(self) -> str:
        """Such as `stage 5 frozen at the mean (your 4 pictures)`."""
        said = self.intervention.describe()
        means = self.intervention.kind.takes(Means)
        return told.with_means(said, self.means.title) if means else said


def choose(blocks: Sequence[Block], subject: Subject, groups: Sequence[Group]) -> Planned | None:
    """The widgets; None, with a sentence, where what was asked for cannot be done."""
    left, right = st.columns(2)
    with left:
        places, only = _where(blocks)
    with right:
        kinds = registry.by_title()
        title = st.selectbox(
            "What to do to these gates", list(kinds), key="do", bind="query-params"
        )
        kind = kinds[str(title)]
        said = ask(kind, subject, groups)
        st.caption(kind.why)
    replacements = _replacements(subject, said)
    try:
        selection = Selection.parse(blocks, places, only)
        wanted = Intervention(registry.made(kind.key, said.values), selection)
        edit = wanted.edit(replacements)
    except ValueError as error:
        st.warning(plain(str(error)), icon=":material/info:")
        return None
    if not len(selection):
        st.info(told.NO_GATE, icon=":material/info:")
        return None
    key = (wanted, digest_of(said.means.profile), subject.digests[said.other])
    return Planned(wanted, edit, said.means, replacements, key)


def _replacements(subject: Subject, said: Answers) -> Replacements:
    gates = {block: values[said.other] for block, values in subject.reading.gates.items()}
    return Replacements(said.means, gates)


def _where(blocks: Sequence[Block]) -> tuple[list[str], str]:
    """The places that are chosen, and which channels of them; "" for all."""
    parts = [part for part, names in parts_of(blocks).items() if len(names) > 1]
    names = [block.name for block in blocks]
    usual = parts[-1:] or names[-1:]
    chosen = st.multiselect("Gates of", [ALL, *parts, *names], usual, key="at", bind="query-params")
    only = st.text_input(
        "Only these channels (for instance 0-31, 40)",
        key="only",
        bind="query-params",
        placeholder="all channels",
    )
    return list(chosen), only.strip()
