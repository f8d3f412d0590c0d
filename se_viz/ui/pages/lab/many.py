"""The wall of pictures: which flip under an intervention, and how many are right."""

from __future__ import annotations

import numpy as np
import streamlit as st

from se_viz.experiments.intervene import with_all
from se_viz.experiments.wall import Wall, swept_like, wall_of
from se_viz.interventions.bypass import Bypass
from se_viz.interventions.intervention import Intervention
from se_viz.interventions.options import Means
from se_viz.interventions.selection import ALL, Selection
from se_viz.ui.components import wall as pictures
from se_viz.ui.escaping import plain
from se_viz.ui.pages.lab.accuracy_panel import panel
from se_viz.ui.pages.lab.choice import Planned
from se_viz.ui.pages.lab.shown import Shown
from se_viz.ui.sentences import interventions, lab
from se_viz.ui.sentences.figures import source as said_source
from se_viz.ui.state import history, models, resources
from se_viz.ui.state.caches import memo
from se_viz.ui.widgets.figure_card import save
from se_viz.ui.widgets.picture_picker import look_at

KEPT = 24
"""Positions of the slider whose outputs are kept."""


def seen(shown: Shown, wanted: Planned) -> Wall:
    """The pictures of the wall without and with the intervention."""
    probe = resources.probe()
    key = (resources.profile_key(), shown.digests, wanted.key)

    def make() -> np.ndarray:
        if lab.as_learned(wanted.intervention):
            return shown.outputs
        return with_all(probe, shown.model_inputs, wanted.edit).outputs

    outputs = (shown.outputs, memo("wall", key, make, most=KEPT))
    return wall_of(shown.names, shown.labels, outputs, shown.truth, probe.network.output)


def show(shown: Shown, wanted: Planned, found: Wall, chosen: str) -> None:
    """The wall beside its accuracies, and what is left out of these."""
    said = wanted.intervention.describe()
    if found.before is None:
        _wall(shown, found, chosen)
    else:
        left, right = st.columns([5, 2], gap="medium")
        with left:
            _wall(shown, found, chosen)
        with right:
            st.markdown(f"**{lab.accuracy_on(found.before.pictures, len(shown))}**")
            st.html(panel(found, said))
            st.caption(f"{lab.WILSON} {_swept(wanted)}")
    st.caption(lab.KEY)
    _left_out(shown)
    source = interventions.under(shown.source, wanted.describe())
    with st.container(horizontal=True, vertical_alignment="center"):
        manifest = history.manifest_of_now("wall", source)
        save("wall", found.table.drop(columns="row"), manifest, "The wall (CSV)")
        st.caption(said_source(plain(source)))


def _wall(shown: Shown, found: Wall, chosen: str) -> None:
    cards = [
        pictures.card_of(
            shown.digests[row],
            shown.thumbnails[row],
            state,
            lab.under(state, after),
            lab.card(name, label, before, after, state),
        )
        for name, row, label, before, after, state in found.table.itertuples(index=False)
    ]
    pictures.show(cards, chosen, look_at, label=lab.wall(len(cards)), key="wall of pictures")


def _swept(wanted: Planned) -> str:
    """What the sweep that ships measured of the same on the validation set; "" beside another
    network."""
    if not models.current().built_in:
        return ""
    sweep = resources.shipped_sweep()
    other_means = wanted.means.profile is not resources.builtin_profile()
    frozen_elsewhere = other_means and wanted.intervention.kind.needs(Means)
    row = None if frozen_elsewhere else swept_like(sweep, wanted.intervention)
    if row is not None:
        return lab.on_validation_set(
            int(row["pictures"]), row["accuracy_before"], row["accuracy_after"]
        )
    if lab.as_learned(wanted.intervention):
        return ""
    whole = Intervention(Bypass(), Selection.parse(sweep.blocks, [ALL]))
    row = swept_like(sweep, whole)
    assert row is not None
    return lab.only_whole(int(row["pictures"]), row["accuracy_before"], row["accuracy_after"])


def _left_out(shown: Shown) -> None:
    """Which pictures are left out, by their names, and why."""
    some = len(shown) + len(shown.lost) < shown.whole
    said = [lab.evenly(len(shown), shown.whole)] if some else []
    said += [lab.not_counted(shown.not_counted)] if shown.not_counted else []
    said += [lab.unreadable(shown.lost)] if shown.lost else []
    if said:
        st.caption(plain(" ".join(said)))
