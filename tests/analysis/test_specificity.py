"""Class specificity: 0 and 1 by hand, never outside, equal to a direct computation."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from se_viz.analysis.specificity import median_specificity, specificity
from se_viz.profile import empty, merge
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
