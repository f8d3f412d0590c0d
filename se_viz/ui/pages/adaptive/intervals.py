"""How sure class specificity is: shipped for the validation set, worked out for other pictures."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from se_viz.analysis.profiles.groups import Group
from se_viz.analysis.profiles.resampling import omega_intervals, steps
from se_viz.probe.reading import Reading
from se_viz.ui.escaping import sentence
from se_viz.ui.sentences import labels
from se_viz.ui.sentences.figures import intervals_take_long, no_intervals, shuffling
from se_viz.ui.state import models, resources
from se_viz.ui.state.caches import known, memo
from se_viz.ui.state.session import collection

AT_ONCE = 4_000_000_000
"""Steps, see `resampling.steps`: what takes more waits for a button."""


def of_groups(groups: Sequence[Group]) -> dict[str, pd.DataFrame]:
    """Title -> `omega_intervals` of each group whose single pictures are known, and enough."""
    found = {group.title: _of(group) for group in groups}
    return {title: table for title, table in found.items() if table is not None and len(table)}


def _of(group: Group) -> pd.DataFrame | None:
    if group.profile is resources.builtin_profile():
        return resources.builtin_intervals()
    single = _reading(group)
    if single is None:
        st.caption(sentence(no_intervals(group.title)))
        return None
    return _measured(group.title, *single)


def _reading(group: Group) -> tuple[Reading, Sequence[str]] | None:
    """A group's single pictures with their digests; None where only its profile is known."""
    mine = collection()
    own = mine.group()
    if own is not None and group.profile is own.profile:
        return mine.labelled(), [shot.digest for shot in mine.shots]
    if resources.has_profile():
        return None
    stimuli = resources.stimuli()
    return stimuli.reading, stimuli.digests


def _measured(title: str, reading: Reading, digests: Sequence[str]) -> pd.DataFrame | None:
    """The intervals, worked out once for the same network, pictures and classes."""
    key = (models.current().key, tuple(digests), reading.labels)
    if not known("intervals", key) and not _wanted(title, reading):
        return None
    return memo("intervals", key, lambda: _with_bar(title, reading))


def _wanted(title: str, reading: Reading) -> bool:
    if steps(reading) <= AT_ONCE:
        return True
    return st.button(
        labels.work_out_intervals(title),
        key=f"intervals {title}",
        help=intervals_take_long(len(reading)),
    )


def _with_bar(title: str, reading: Reading) -> pd.DataFrame:
    said = shuffling(title)
    bar = st.progress(0.0, said)

    def progress(done: int, whole: int) -> None:
        bar.progress(done / whole, said)

    try:
        return omega_intervals(reading, progress=progress)
    finally:
        bar.empty()
