"""A figure that is new in the catalogue shows on a page, in the report and in a manifest."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from se_viz.figures import catalogue
from se_viz.figures.entry import FigureEntry
from se_viz.ui.widgets import report_button
from tests.ui.driver import WAIT, figure, figures, sound
from tests.ui.saving import manifest, saving


def bar(heights):
    import plotly.graph_objects as go

    from se_viz.figures.style.layout import bare

    return bare(300).add_trace(go.Bar(y=heights))


TOY = FigureEntry("toy-bars", bar, "**Up** goes how much.", "Toys, one by one")


def page():
    import pandas as pd
    import streamlit as st

    from se_viz.figures.catalogue import entry
    from se_viz.figures.catalogue import figure as drawn
    from se_viz.ui.state import history
    from se_viz.ui.widgets.figure_card import show

    history.begin("toys", "Toys")
    table = pd.DataFrame({"height": [1.0, 2.0]})
    show(drawn("toy-bars", heights=[1.0, 2.0]), entry("toy-bars"), table, "counted by hand")
    history.end()
    st.text("drawn")


@pytest.fixture
def toys(monkeypatch):
    monkeypatch.setattr(catalogue, "ENTRIES", [*catalogue.ENTRIES, TOY])


def test_it_shows_on_a_page_in_the_report_and_in_a_manifest(toys):
    with saving() as files:
        app = sound(AppTest.from_function(page, default_timeout=WAIT).run())
    assert figures(app) == ["toy-bars"]
    assert figure(app, "toy-bars")["data"][0]["type"] == "bar"
    assert "**Up** goes how much." in [node.value for node in app.markdown]
    made = manifest(files, "toy-bars")
    assert (made["what"], made["source"]) == ("toy-bars", "counted by hand")
    assert files["toy-bars.csv"]() == b"height\n1.0\n2.0\n"
    html = report_button.write(app.session_state["notes"], True).decode()
    assert re.findall("<h2>([^<]*)</h2>", html)[0] == "Toys, one by one"
    assert "<strong>Up</strong> goes how much." in html
