"""Numbers in tables: all of a column have one form."""

from __future__ import annotations

import pandas as pd
import pytest

from se_viz.nets.output import Output
from se_viz.ui.widgets import number_columns
from se_viz.ui.widgets.number_columns import column, in_percent

TABLE = pd.DataFrame({"class": ["a", "b"], "share": [0.02, 0.7971]})


def test_probabilities_are_percent_with_one_digit():
    output = Output("logits", ("a", "b"))
    assert in_percent(TABLE, output, "share")["share"].tolist() == pytest.approx([2, 79.71])
    kind = column(output)["type_config"]
    assert (kind["format"], kind["max_value"]) == ("%.1f%%", 100)


def test_scores_stay_as_they_are():
    output = Output("scores", ("a", "b"))
    assert in_percent(TABLE, output, "share") is TABLE
    assert column(output)["type_config"]["format"] == "%.4g"


@pytest.mark.parametrize(("phone", "width"), [(True, "small"), (False, None)])
def test_names_of_pictures_leave_room_on_a_phone(monkeypatch, phone, width):
    monkeypatch.setattr(number_columns, "on_phone", lambda: phone)
    assert number_columns.picture_names()["width"] == width
