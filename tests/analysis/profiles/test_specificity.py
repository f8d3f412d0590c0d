"""Class specificity: 0 and 1 by hand, never outside, equal to a direct computation."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import f_oneway

from se_viz.analysis.profiles.specificity import median_specificity, omega_squared, specificity
from se_viz.profiles import empty, merge
from tests.analysis.hand import profile_of
from tests.make import ORIGIN, make_profile


def test_gates_that_tell_classes_apart_perfectly_are_1():
    profile = profile_of(SE_2_1={"a": [[0.2, 0.9]] * 3, "b": [[0.6, 0.1]] * 3})
    assert specificity(profile, "SE_2_1").tolist() == [1, 1]


def test_gates_with_the_same_mean_in_every_class_are_0():
    profile = profile_of(SE_2_1={"a": [[0.25], [0.75]], "b": [[0], [1]]})
    assert specificity(profile, "SE_2_1").tolist() == [0]


def test_half_of_the_variance_by_hand():
    # Means 0.25 and 0.75: variance between them 1/16. Within: (0.25)^2 = 1/16 in each class.
    profile = profile_of(SE_2_1={"a": [[0], [0.5]], "b": [[0.5], [1]]})
    assert specificity(profile, "SE_2_1").tolist() == [0.5]


def test_gates_that_never_change_and_single_classes_are_0():
    still = profile_of(SE_2_1={"a": [[0.3]] * 2, "b": [[0.3]] * 4})
    assert specificity(still, "SE_2_1").tolist() == [0]
    alone = profile_of(SE_2_1={"a": [[0.1, 0.2], [0.3, 0.4]]})
    assert specificity(alone, "SE_2_1").tolist() == [0, 0]


def test_classes_weigh_alike_whatever_their_size():
    few = profile_of(SE_2_1={"a": [[0], [0.5]], "b": [[0.5], [1]]})
    many = profile_of(SE_2_1={"a": [[0], [0.5]], "b": [[0.5], [1]] * 20})
    np.testing.assert_allclose(specificity(few, "SE_2_1"), specificity(many, "SE_2_1"), atol=1e-12)


def test_classes_without_pictures_do_not_count():
    profile = make_profile("abc", pictures=3)
    padded = merge(empty(("none",), profile.blocks, ORIGIN), profile)
    np.testing.assert_array_equal(specificity(padded, "SE_4_1"), specificity(profile, "SE_4_1"))


def test_it_equals_a_one_way_analysis_of_variance():
    rng = np.random.default_rng(0)
    gates = {name: rng.random((5, 7)).astype("f4").astype(float) for name in "abc"}
    share = specificity(profile_of(SE_2_1=gates), "SE_2_1")
    every = np.concatenate(list(gates.values()))
    between = sum(5 * (part.mean(0) - every.mean(0)) ** 2 for part in gates.values())
    np.testing.assert_allclose(share, between / ((every - every.mean(0)) ** 2).sum(0), atol=1e-9)


@settings(max_examples=30, deadline=None)
@given(arrays(np.float32, (3, 4, 2), elements=st.floats(0, 1, width=32)))
def test_it_is_a_share(gates):
    share = specificity(profile_of(SE_2_1=dict(zip("abc", gates, strict=True))), "SE_2_1")
    assert share.min() >= 0
    assert share.max() <= 1


def test_the_median_is_over_channels():
    profile = profile_of(
        SE_2_1={"a": [[0, 0.3, 0], [0.5, 0.3, 0]], "b": [[0.5, 0.3, 1], [1, 0.3, 1]]}
    )
    assert specificity(profile, "SE_2_1").tolist() == [0.5, 0, 1]
    assert median_specificity(profile, "SE_2_1") == 0.5


def random_gates(sizes: dict[str, int], channels: int = 6, seed: int = 0, effect: float = 0.0):
    rng = np.random.default_rng(seed)
    return {
        name: np.clip(
            rng.normal(0.5, 0.1, (n, channels)) + rng.normal(0, effect, channels), 0, 1
        ).astype("f4")
        for name, n in sizes.items()
    }


SIZES = {"a": 3, "b": 9, "c": 2, "d": 6}


def test_omega_squared_by_hand():
    # Means 0.25 and 0.75, so SSB = 4/16; within SSW = 4/16, MSW = 1/8: (1/4 - 1/8) / (5/8).
    profile = profile_of(SE_2_1={"a": [[0], [0.5]], "b": [[0.5], [1]]})
    assert omega_squared(profile, "SE_2_1") == pytest.approx([0.2])


@pytest.mark.parametrize("effect", [0, 0.05, 0.3])
def test_omega_squared_follows_from_scipys_f(effect):
    gates = random_gates(SIZES, effect=effect)
    pictures, classes = sum(SIZES.values()), len(SIZES)
    f = f_oneway(*(rows.astype(float) for rows in gates.values())).statistic
    expected = (classes - 1) * (f - 1) / ((classes - 1) * (f - 1) + pictures)
    found = omega_squared(profile_of(SE_2_1=gates), "SE_2_1")
    np.testing.assert_allclose(found, expected, atol=1e-9)


@pytest.mark.parametrize("pictures", [2, 3, 8])
def test_omega_squared_of_gates_without_a_class_is_nothing_on_average(pictures):
    gates = random_gates({str(i): pictures for i in range(5)}, channels=8000)
    profile = profile_of(SE_2_1=gates)
    chance = (5 - 1) / (5 * pictures - 1)
    assert abs(omega_squared(profile, "SE_2_1").mean()) < chance / 20
    assert specificity(profile, "SE_2_1").mean() == pytest.approx(chance, abs=0.01)


def test_omega_squared_finds_the_share_that_the_gates_were_made_with():
    # The effects have half the standard deviation of the noise: 1/4 over 5/4.
    rng = np.random.default_rng(0)
    taste = rng.normal(size=(8, 4000))
    taste = 0.05 * (taste - taste.mean(0)) / taste.std(0)
    gates = {str(i): 0.5 + taste[i] + rng.normal(0, 0.1, (4, 4000)) for i in range(8)}
    found = omega_squared(profile_of(SE_2_1=gates), "SE_2_1")
    assert found.mean() == pytest.approx(0.2, abs=0.01)


def test_omega_squared_has_its_ends():
    perfect = profile_of(SE_2_1={"a": [[0.2]] * 3, "b": [[0.6]] * 3})
    assert omega_squared(perfect, "SE_2_1").tolist() == [1]
    same = profile_of(SE_2_1={"a": [[0.25], [0.75]], "b": [[0.25], [0.75]]})
    assert omega_squared(same, "SE_2_1").tolist() == [-1 / 3]
    still = profile_of(SE_2_1={"a": [[0.3]] * 2, "b": [[0.3]] * 4})
    assert omega_squared(still, "SE_2_1").tolist() == [0]


@pytest.mark.parametrize("gates", [{"a": [[0.1], [0.4]]}, {"a": [[0.1]], "b": [[0.4]]}])
def test_omega_squared_takes_two_classes_and_two_pictures_of_one(gates):
    assert np.isnan(omega_squared(profile_of(SE_2_1=gates), "SE_2_1")).all()
