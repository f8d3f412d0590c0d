"""Sentences about what interventions change."""

from __future__ import annotations

import numpy as np
import pytest

from se_viz.experiments.sentences import what_changed
from se_viz.nets.output import Output
from tests.make import single

LOGITS = np.log(np.array([[0.2, 0.5, 0.3], [0.25, 0.25, 0.5]], np.float32))
OUTPUT = single(("cat", "dog", "cow"))
LABELS = Output("sigmoid", ("cat", "dog", "cow"))
BINARY = Output("sigmoid", ("ham", "spam"), binary=True)
SCORES = Output("scores", ("age", "height"))


@pytest.mark.parametrize(
    ("before", "after", "output", "said"),
    [
        (
            LOGITS[0],
            LOGITS[1],
            OUTPUT,
            "the network takes this picture for **cow** (50.0%) instead of **dog**, which falls "
            "from **50.0%** to **25.0%**.",
        ),
        (
            LOGITS[0],
            LOGITS[0],
            OUTPUT,
            "the network still takes this picture for **dog**: **50.0%** becomes **50.0%**.",
        ),
        (
            [0.9, 0.2, 0.7],
            [0.6, 0.2, 0.3],
            LABELS,
            "the labels above 50% become **cat** instead of **cat + cow**; **cat**, the likeliest "
            "without it, goes from **90.0%** to **60.0%**.",
        ),
        (
            [0.9, 0.2, 0.7],
            [0.7, 0.2, 0.9],
            LABELS,
            "the labels above 50% become **cow + cat** instead of **cat + cow**; **cat**, the "
            "likeliest without it, goes from **90.0%** to **70.0%**.",
        ),
        (
            [0.25],
            [0.75],
            BINARY,
            "the network takes this picture for **spam** (75.0%) instead of **ham**, which falls "
            "from **75.0%** to **25.0%**.",
        ),
        ([3, 7], [9, 1], SCORES, "**height**, the highest score, goes from **7** to **1**."),
    ],
)
def test_what_an_intervention_changes_in_a_sentence(before, after, output, said):
    given = (np.array(values, np.float32) for values in (before, after))
    assert what_changed("SE_1 bypassed", *given, output) == f"With **SE_1 bypassed**, {said}"
