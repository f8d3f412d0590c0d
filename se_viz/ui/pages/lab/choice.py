"""Which gates, and what to do to them: chosen in widgets, kept in the link."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from se_viz.analysis.networks.stages import parts_of
from se_viz.analysis.profiles.groups import Group
from se_viz.interventions import registry
from se_viz.interventions.base import InterventionKind, Replacements
from se_viz.interventions.blend import Blend
from se_viz.interventions.intervention import Intervention
from se_viz.interventions.options import Means
from se_viz.interventions.selection import ALL, Selection
from se_viz.probe.edit import Edit
from se_viz.probe.gates.blocks import Block
from se_viz.profiles.reference import digest_of
from se_viz.ui.components import ribbon
from se_viz.ui.escaping import plain
from se_viz.ui.pages.lab.option_widgets import Answers, ask
from se_viz.ui.sentences import interventions as told
from se_viz.ui.state import address, chosen_block
from se_viz.ui.widgets import block_choice
from se_viz.ui.widgets.picture_picker import Subject

PLACES, BEFORE = "at", "at before"
"""In the link and the session: where gates are changed; in the session: where they were."""
OF_OLD = frozenset(registry.by_title()) - {Blend.title}
"""What links said was to be done when the last stage was what they need not name."""


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
        means = self.intervention.kind.needs(Means)
        return told.with_means(said, self.means.title) if means else said


def choose(blocks: Sequence[Block], subject: Subject, groups: Sequence[Group]) -> Planned | None:
    """The widgets; None, with a sentence, where what was asked for cannot be done."""
    where, how, more = st.columns([4, 7, 3], vertical_alignment="bottom")
    with more, st.popover("Other ways", icon=":material/tune:", width="stretch"):
        kind, only = _more()
    _on_the_ribbon(blocks, subject)
    with where:
        places = _where(blocks)
    with how, st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        said = ask(kind, subject, groups)
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


def _more() -> tuple[type[InterventionKind], str]:
    """What is done to the gates, and to which channels of them; "" for all."""
    kinds = registry.by_title()
    names = [Blend.title, *(name for name in kinds if name != Blend.title)]
    title = st.selectbox("What to do to these gates", names, key="do", bind="query-params")
    kind = kinds[str(title)]
    st.caption(kind.why)
    only = st.text_input(
        "Only these channels (for instance 0-31, 40)",
        key="only",
        bind="query-params",
        placeholder="all channels",
    )
    return kind, only.strip()


def _on_the_ribbon(blocks: Sequence[Block], subject: Subject) -> None:
    """The network by this picture's gates; the block that is clicked on is the one place."""
    if len(blocks) < 2:
        return
    chosen = _chosen(blocks)
    alone = chosen[0] if len(chosen) == 1 and chosen[0] not in [ALL, *_parts(blocks)] else ""
    gates = {block: values[subject.row] for block, values in subject.reading.gates.items()}
    clicked = ribbon.show(blocks, gates, alone, block_choice.KEY, brief=True)
    if clicked and clicked != alone:
        st.session_state[PLACES], st.session_state[BEFORE] = [clicked], [clicked]
        chosen_block.remember(clicked)


def _where(blocks: Sequence[Block]) -> list[str]:
    """The places that are chosen; the link always holds them, as what is usual has changed."""
    _chosen(blocks)
    chosen = st.multiselect("Gates of", _known(blocks), key=PLACES, on_change=_settle)
    address.put(PLACES, chosen)
    return list(chosen)


def _chosen(blocks: Sequence[Block]) -> list[str]:
    """Places in the session; at first those of the link, or the usual one."""
    if PLACES not in st.session_state:
        asked = [place for place in address.asked_for().texts(PLACES) if place in _known(blocks)]
        st.session_state[PLACES] = asked or [_usual(blocks)]
        st.session_state[BEFORE] = list(st.session_state[PLACES])
    return st.session_state[PLACES]


def _known(blocks: Sequence[Block]) -> list[str]:
    return [ALL, *_parts(blocks), *(block.name for block in blocks)]


def _parts(blocks: Sequence[Block]) -> list[str]:
    """Parts of the network of more blocks than one."""
    return [part for part, names in parts_of(blocks).items() if len(names) > 1]


def _usual(blocks: Sequence[Block]) -> str:
    """All; the last part where a link says what to do and not where, as links once meant it."""
    link = address.asked_for()
    old = link.text("do") in OF_OLD or link.texts("only")
    return [blocks[-1].name, *_parts(blocks)][-1] if old else ALL


def _settle() -> None:
    """All gates and some of them exclude one another: what was chosen last counts."""
    now, before = st.session_state[PLACES], st.session_state.get(BEFORE, [])
    if ALL in now and len(now) > 1:
        now = [place for place in now if place != ALL] if ALL in before else [ALL]
    st.session_state[PLACES] = st.session_state[BEFORE] = list(now)
