"""How alike class curves are: by hand, and blind to what it should not see."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from se_viz.analysis.profiles.agreement import agreement
from se_viz.profiles import empty, merge
from tests.analysis.hand import profile_of
from tests.make import ORIGIN


def of_curves(*curves):
    """A profile with one picture per class, so that gates are class means."""
    return profile_of(SE_2_1={f"class {i}": [curve] for i, curve in enumerate(curves)})


def test_equal_curves_agree_fully():
    found = agreement(of_curves([0, 0.5, 1], [0, 0.5, 1]), "SE_2_1")
    assert found.difference == 0
    assert found.correlation == pytest.approx(1)
    assert found.scales == pytest.approx((1, 1))


def test_opposite_curves_by_hand():
    # The mean curve is (0.25, 0.75); its spread is 0.25; the two differ by 1 and 0.5.
    found = agreement(of_curves([0, 1], [0.5, 0.5 + 1e-4]), "SE_2_1")
    assert found.difference == pytest.approx(0.5 / 0.25, rel=1e-3)
    mirrored = agreement(of_curves([0, 1], [0.75, 0.25]), "SE_2_1")
    assert mirrored.correlation == pytest.approx(-1)


def test_a_change_of_scale_leaves_the_correlation_and_shows_in_the_scales():
    curve = np.array([0.25, 0.5, 0.75])
    found = agreement(of_curves(0.75 * curve, 1.25 * curve), "SE_2_1")
    assert found.correlation == pytest.approx(1)
    assert found.scales == pytest.approx((0.75, 1.25))
    assert found.difference == pytest.approx(0.5 * curve.mean() / curve.std())


def test_three_classes_are_compared_in_pairs():
    curves = np.random.default_rng(0).random((3, 20)).astype("f4").astype(float)
    found = agreement(of_curves(*curves), "SE_2_1")
    pairs = [(0, 1), (0, 2), (1, 2)]
    differences = [np.abs(curves[a] - curves[b]).mean() for a, b in pairs]
    assert found.difference == pytest.approx(np.mean(differences) / curves.mean(0).std())
    correlations = [np.corrcoef(curves[a], curves[b])[0, 1] for a, b in pairs]
    assert found.correlation == pytest.approx(np.mean(correlations))


def test_the_number_of_pictures_does_not_count():
    few = profile_of(SE_2_1={"a": [[0.1, 0.9]], "b": [[0.3, 0.4]]})
    many = profile_of(SE_2_1={"a": [[0.1, 0.9]] * 9, "b": [[0.3, 0.4]]})
    one, other = agreement(few, "SE_2_1"), agreement(many, "SE_2_1")
    assert one.difference == pytest.approx(other.difference)
    assert one.scales == pytest.approx(other.scales)


@pytest.mark.parametrize(
    "curves", [[[0.1, 0.9]], [[0.5, 0.5], [0.1, 0.9]], [[0.2, 0.8], [0.8, 0.2]], []]
)
def test_single_classes_and_flat_curves_cannot_be_compared(curves):
    profile = of_curves(*curves) if curves else empty((), of_curves([0]).blocks, ORIGIN)
    assert agreement(profile, "SE_2_1") is None


def test_classes_without_pictures_do_not_count():
    profile = of_curves([0.1, 0.9], [0.3, 0.4])
    padded = merge(profile, empty(("none",), profile.blocks, ORIGIN))
    assert agreement(padded, "SE_2_1") == agreement(profile, "SE_2_1")


def test_the_difference_is_the_mean_over_all_pairs():
    curves = np.random.default_rng(1).random((7, 12)).astype(np.float32).astype(float)
    pairs = [np.abs(a - b).mean() for a, b in combinations(curves, 2)]
    correlations = [np.corrcoef(a, b)[0, 1] for a, b in combinations(curves, 2)]
    found = agreement(of_curves(*curves), "SE_2_1")
    assert found.difference == pytest.approx(np.mean(pairs) / curves.mean(0).std())
    assert found.correlation == pytest.approx(np.mean(correlations))
