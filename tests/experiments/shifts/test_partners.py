"""Whose gates one picture may be given."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from se_viz.analysis.profiles.groups import Group
from se_viz.experiments.shifts.clean_gates import means_over
from se_viz.experiments.shifts.partners import (
    class_mean,
    other_classes,
    partner,
    runner_up,
)
from tests.analysis.hand import profile_of, reading_of
from tests.make import single

GATES = {"a": [[0.1, 0.2], [0.3, 0.4]], "b": [[0.5, 0.6], [0.7, 0.8]]}
READING = reading_of(SE_2_1=GATES)
GROUP = Group("these", profile_of(SE_2_1=GATES))


@pytest.mark.parametrize(
    ("row", "name", "picture", "gates"),
    [
        (0, "a", "1.png", [0.3, 0.4]),
        (1, "a", "0.png", [0.1, 0.2]),
        (1, "b", "2.png", [0.5, 0.6]),
        (2, "a", "0.png", [0.1, 0.2]),
    ],
)
def test_it_is_the_next_picture_of_the_class(row, name, picture, gates):
    found = partner(READING, row, name, GROUP)
    assert (found.name, found.picture) == (name, picture)
    np.testing.assert_allclose(found.gates["SE_2_1"], gates, rtol=1e-6)


def test_a_picture_is_never_its_own_partner():
    alone = READING.select([0, 2])
    assert partner(alone, 0, "a", None) is None
    assert partner(alone, 0, "a", GROUP).picture == ""


def test_without_another_picture_it_is_the_mean_of_the_class():
    found = partner(READING, 0, "b", GROUP, pictures=False)
    assert found.picture == ""
    np.testing.assert_allclose(found.gates["SE_2_1"], [0.6, 0.7], rtol=1e-6)
    np.testing.assert_allclose(class_mean(GROUP, "a")["SE_2_1"], [0.2, 0.3], rtol=1e-6)
    assert partner(READING, 0, "c", GROUP, pictures=False) is None


def test_the_mean_over_all_weighs_classes_alike_and_leaves_out_those_without_pictures():
    uneven = profile_of(SE_2_1={"a": [[0.0, 0.0]], "b": [[0.4, 0.4], [0.8, 0.8]]})
    assert means_over(uneven)["SE_2_1"].tolist() == pytest.approx([0.3, 0.3])
    stats = uneven.stats["SE_2_1"]
    stats = replace(
        stats, count=np.append(stats.count, 0), mean=np.vstack([stats.mean, np.zeros(2)])
    )
    wider = replace(uneven, classes=(*uneven.classes, "none"), stats={"SE_2_1": stats})
    assert other_classes("a", (), Group("g", wider)) == ["b"]


def test_other_classes_are_those_of_the_profile_and_of_the_other_pictures():
    assert other_classes("a", ["a", "c", "b"], GROUP) == ["b", "c"]
    assert other_classes("c", ["c"], GROUP) == ["a", "b"]
    assert other_classes("a", ["a"], None) == []


def test_the_runner_up_is_the_likeliest_of_those_that_may_be_chosen():
    output, outputs = single(("a", "b", "c", "d")), np.array([3.0, 0.0, 2.0, 1.0])
    assert runner_up(outputs, output, ["b", "c", "d"]) == "c"
    assert runner_up(outputs, output, ["b", "d"]) == "d"
    assert runner_up(outputs, output, ["x", "y"]) == "x"
