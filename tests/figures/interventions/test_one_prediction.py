"""What interventions do to one prediction: percent for probabilities, plain numbers for scores."""

from __future__ import annotations

import json

import numpy as np
import pytest

from se_viz.analysis.predictions.effects import change_table
from se_viz.experiments.plans import sweep_plan
from se_viz.experiments.sentences import most_moved
from se_viz.experiments.sweep_tables import picture_sweep_table
from se_viz.figures.interventions.effects import sweep_by_depth
from se_viz.figures.interventions.one_prediction import WITH, WITHOUT, before_and_after, every_way
from se_viz.figures.style.palette import GREY, class_colours
from se_viz.nets.output import Output
from tests.make import blocks_by_depth

BLOCKS = blocks_by_depth([4, 8])
PLAN = sweep_plan(BLOCKS)
NAMES = ("cat", "dog", "cow")
KINDS = {
    "one of several": (Output("logits", NAMES), 3),
    "labels": (Output("sigmoid", NAMES), 3),
    "one of two": (Output("sigmoid", ("ham", "spam"), binary=True), 1),
    "scores": (Output("scores", NAMES), 3),
}


def drawn(kind: str):
    output, width = KINDS[kind]
    outputs = np.random.default_rng(0).random((len(PLAN) + 1, width)).astype(np.float32)
    table = picture_sweep_table(PLAN, output, outputs)
    change = change_table(outputs[0], outputs[1], output)
    names = [f"way {row}" for row in range(len(PLAN))]
    figures = (
        before_and_after(change, class_colours(output.classes)),
        every_way(table, names),
        sweep_by_depth(table),
    )
    return figures, most_moved(table, output), outputs


@pytest.mark.parametrize("kind", KINDS)
def test_only_probabilities_are_drawn_as_percent(kind):
    figures, said, _ = drawn(kind)
    texts = [json.dumps(figure.to_plotly_json(), default=list) for figure in figures]
    for text in (*texts, said):
        assert ("%" in text.replace("%{", "")) == (kind != "scores")
        assert ("score" in text) == (kind == "scores")
    assert not any("logit" in text for text in texts) or kind != "scores"


@pytest.mark.parametrize("kind", ["labels", "one of two", "scores"])
def test_what_is_drawn_are_the_networks_own_numbers(kind):
    (change, ways, _), _, outputs = drawn(kind)
    output, _ = KINDS[kind]
    best = int(output.shown(outputs)[0].argmax())
    own = output.shown(outputs)[1:, best]
    np.testing.assert_allclose(ways.data[0].x, own, atol=1e-4)
    np.testing.assert_allclose(max(change.data[1].x), output.shown(outputs)[0].max(), atol=1e-4)


def test_the_legend_bears_no_colour_of_a_class():
    (change, _, _), _, _ = drawn("one of several")
    shown = {trace.name: trace for trace in change.data if trace.showlegend is not False}
    assert list(shown) == [WITHOUT, WITH]
    assert shown[WITH].marker.color == GREY
    assert [trace.legendgroup for trace in change.data if trace.name == WITH] == [WITH] * 2
