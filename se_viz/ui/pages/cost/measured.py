"""How long it takes, measured where the app runs."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pandas as pd
import streamlit as st

from se_viz import quoted
from se_viz.analysis.networks.diagram import plain_of
from se_viz.complexity import Config
from se_viz.experiments import timing
from se_viz.figures.catalogue import entry
from se_viz.figures.costs.times import times
from se_viz.ui.pages.cost.folded import folded
from se_viz.ui.sentences.networks import costs as said
from se_viz.ui.widgets.figure_card import show

_TURN = threading.Lock()
"""One measurement at a time: two would slow each other down."""
WAIT = 0.5
"""Seconds between two looks whether it is one's turn."""


def draw(config: Config, size: int) -> None:
    """Folded; networks are built and timed when the button in it is pressed."""
    with folded(said.TIMES, "times", ":material/timer:", config, size) as whole:
        if whole is None:
            return
        if whole == plain_of(whole):
            st.caption(said.NOTHING_TO_TIME)
            return
        known = _known()
        if st.button(said.TIME_IT, key="time it"):
            known[whole] = _measured(whole, size)
        if whole in known:
            _show(known[whole], config)
        else:
            st.caption(said.WILL_TIME)


def _known() -> dict[Config, pd.DataFrame]:
    """What was measured in this session, by network."""
    return st.session_state.setdefault("times by network", {})


def _measured(config: Config, size: int) -> pd.DataFrame:
    with st.status(said.BUILDING, expanded=False) as status:
        bar = st.progress(0.0)
        with _turn(lambda: bar.progress(0.0, said.WAITING)):
            models = dict(timing.in_turn(config))
            found = timing.time_of(models, size, lambda share, now: bar.progress(share, now))
        status.update(label=said.TIMED, state="complete")
    return found


@contextmanager
def _turn(waits: Callable[[], object]) -> Iterator[None]:
    """One's turn; who waits is told so, and waits no more once the page is left. The networks are
    gone before the next one's turn."""
    while not _TURN.acquire(timeout=WAIT):
        waits()  # where the page was left, this ends it
    try:
        yield
    finally:
        gc.collect()  # a network's layers and tensors hold one another
        _TURN.release()


def _show(table: pd.DataFrame, config: Config) -> None:
    named = table.assign(title=table["step"].map(said.STEPS), milliseconds=1000 * table["seconds"])
    paper = pd.DataFrame(
        [
            (f"SE-ResNet-50: {what}", after, after / before)
            for what, (before, after) in quoted.TIMES.items()
        ],
        columns=["title", "milliseconds", "ratio"],
    )
    st.markdown(said.timed(config, table.iloc[-1]))
    show(times(named, paper), entry("times"), named, said.measured_times(table))
