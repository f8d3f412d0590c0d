"""The bars of what SE adds and the curve over the ratio."""

from __future__ import annotations

import re
from itertools import pairwise

import pandas as pd
import pytest

from se_viz.analysis.networks.costs import stage_table, trade_off_table
from se_viz.figures.costs.added_weights import added_weights, formula
from se_viz.figures.costs.replication import differences
from se_viz.figures.costs.trade_off import trade_off
from se_viz.figures.costs.worth import worth
from se_viz.nets.se_resnet.layout import SEResNet


def test_the_formula_has_the_numbers_in():
    assert formula(stage_table(SEResNet())) == (
        "(2 / 16) · (3·256² + 4·512² + 6·1,024² + 3·2,048²) = 2,514,944"
    )


def test_biases_come_on_top():
    said = formula(stage_table(SEResNet(se_bias=True)))
    assert said.endswith(" + 16,048 biases = 2,530,992")


def test_an_r_for_each_stage_stands_in_its_part():
    said = formula(stage_table(SEResNet(ratio=(16, 16, 8, 4))))
    assert said.startswith("2 · (3·256² / 16 + 4·512² / 16 + 6·1,024² / 8 + 3·2,048² / 4) = ")
    assert said.endswith("8,019,968")


def test_stages_follow_one_another_along_the_bar():
    figure = added_weights(stage_table(SEResNet()))
    for row, last in enumerate(("62.5", "16.0", "5.7")):
        bars = [bar for bar in figure.data if bar.y == (row,)]
        assert [bar.name for bar in bars] == ["stage 2", "stage 3", "stage 4", "stage 5"]
        for before, after in pairwise(bars):
            assert after.base[0] == pytest.approx(before.base[0] + before.x[0])
        assert f"{last}%" in bars[-1].hovertemplate
    assert next(bar.text[0] for bar in figure.data if bar.name == "stage 2") == ""
    assert [text.split("<b>")[1] for text in figure.layout.yaxis.ticktext] == [
        *("2,514,944</b>", "13,553,664</b>", "5,550,512</b>")
    ]


def test_without_se_it_says_so():
    figure = added_weights(stage_table(SEResNet(se_stages=())), 16)
    assert "adds no weight" in figure.layout.annotations[0].text


def test_the_chosen_ratio_is_marked_and_no_other():
    sizes = [trace.marker.size for trace in trade_off(trade_off_table(), 4).data[2:]]
    assert sorted(sizes) == [10, 10, 10, 10, 10, 16]
    assert sizes[4] == 16
    assert {trace.marker.size for trace in trade_off(trade_off_table()).data[2:]} == {10}


def test_names_of_points_stand_above_the_axis():
    figure = trade_off(trade_off_table())
    low, high = figure.layout.yaxis.range
    pixels = 230 / (high - low)
    for point in figure.data[2:]:
        if point.textposition.startswith("bottom"):
            assert (point.y[0] - low) * pixels > 5 + 2 * 16


def made(*rows: tuple[str, float, float]) -> pd.DataFrame:
    facts = pd.DataFrame(rows, columns=["row", "more", "gained"])
    numbers = {"low": 0, "high": 0.03, "seeds": 3, "weights": 1, "time_low": 1, "time_high": 1.1}
    return facts.assign(title=facts["row"], time=1.05, **numbers)


def test_names_of_near_networks_point_away_from_each_other():
    table = made(("plain", 0, 0), ("wide", 0.1, 0.006), ("r32", 0.05, 0.015), ("r16", 0.1, 0.013))
    weights, time = (trace for trace in worth(table).data if trace.mode == "markers+text")
    assert weights.textposition == ("bottom left", "bottom left", "top left", "bottom right")
    assert time.textposition[0] == "top right"


def test_no_bar_and_no_point_ends_where_the_figure_does():
    row = {"question": "Which?", "row": "a", "title": "a", "against": "r16", "seeds": 2}
    numbers = {"accuracy": 0.5, "base": 0.4, "smallest": 0.1, "sure": False, "paper": -0.3}
    table = pd.DataFrame([row | numbers | {"difference": 0.1, "low": -0.2, "high": 0.4}])
    seeds = pd.DataFrame([row | numbers | {"seed": 0, "difference": 0.1}])
    low, high = differences(table, seeds).layout.xaxis.range
    assert low < -0.3
    assert high > 0.4


def test_on_a_phone_the_formula_is_broken_into_lines_and_nothing_of_it_is_lost():
    table = stage_table(SEResNet(50))
    wide, narrow = (added_weights(table, narrow) for narrow in (False, True))
    (one,), (lines,) = wide.layout.annotations, narrow.layout.annotations
    letters = [re.sub(r"<.*?>|[ =]", "", text) for text in (one.text, lines.text)]
    assert letters[0] == letters[1]
    assert max(map(len, lines.text.split("<br>")[1:])) <= 40
    more = lines.text.count("<br>") - one.text.count("<br>")
    assert narrow.layout.margin.t - wide.layout.margin.t == 18 * more > 0
