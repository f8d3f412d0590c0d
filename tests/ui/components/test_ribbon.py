"""The ribbon: what it is handed, and what a click in it chooses."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from se_viz.analysis.one_picture.strips import CELLS, strip
from se_viz.probe.gates.blocks import Block
from se_viz.ui.components.ribbon import ribbon_data
from tests.make import BLOCKS

SOME = (Block("SE_1", 0, 1, 8, 4.0), Block("SE_2", 0, 2, 52, 4.0))
GATES = {block.name: np.linspace(1, 0, block.channels) for block in SOME}


def moved(**columns):
    return pd.DataFrame({"block": ["SE_2", "SE_1"], **columns})


def test_a_strip_rises_and_keeps_the_mean():
    made = strip(GATES["SE_2"])
    assert made.shape == (CELLS,)
    assert (np.diff(made) > 0).all()
    assert made.mean() == pytest.approx(GATES["SE_2"].mean())


def test_few_channels_fill_a_strip():
    assert set(strip(np.array([0.25, 0.75]))) == {np.float32(0.25), np.float32(0.75)}


def test_blocks_stand_in_stages_or_in_runs():
    strips = [strip(np.full(block.channels, 0.5)) for block in BLOCKS]
    parts = [block["part"] for block in ribbon_data(BLOCKS, strips)["blocks"]]
    assert list(dict.fromkeys(parts)) == [f"stage {number}" for number in (2, 3, 4, 5)]


def test_moves_follow_the_order_of_blocks():
    table = moved(move=[0.2, 0.1], common=[0.5, 0.25])
    data = ribbon_data(SOME, [strip(GATES[block.name]) for block in SOME], table)
    assert data["moves"] == [0.1, 0.2]
    assert data["shared"] == [0.25, 0.5]
    assert data["reach"] == 0.2


def test_what_is_shared_is_left_out_where_nobody_measured_it():
    table = moved(move=[0.2, 0.1], common=[np.nan, 0.25])
    assert ribbon_data(SOME, [strip(GATES[b.name]) for b in SOME], table)["shared"] is None
    assert "moves" not in ribbon_data(SOME, [strip(GATES[b.name]) for b in SOME])


def test_colours_span_what_gates_do():
    assert ribbon_data(SOME, [strip(GATES[b.name]) for b in SOME])["span"] == [0, 1]
    assert ribbon_data(SOME, [strip(GATES[b.name] - 0.5) for b in SOME])["span"] == [-1, 1]


def page() -> None:
    import streamlit as st

    from se_viz.ui.components import ribbon
    from tests.ui.components.test_ribbon import GATES, SOME

    st.session_state["said"] = ribbon.show(SOME, GATES, "SE_1", "here")


def test_a_click_is_told_once():
    from streamlit.testing.v1 import AppTest

    app = AppTest.from_function(page).run()
    assert not app.exception
    assert app.session_state["said"] == "SE_1"
    app.session_state["here clicked"] = "SE_2"
    assert app.run().session_state["said"] == "SE_2"
    assert app.run().session_state["said"] == "SE_1"


def test_a_gate_that_is_no_number_travels_as_none():
    strips = [strip(np.full(8, np.nan)), strip(np.append(np.full(51, 0.5), np.inf))]
    data = ribbon_data(SOME, strips)
    assert set(data["strips"][0]) == {None}
    assert data["strips"][1] == [0.5] * (CELLS - 1) + [None]
    json.dumps(data, allow_nan=False)
