"""Each check by hand, on gates written down."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from se_viz.analysis.health import bottleneck_units, initial_weights, saturated
from se_viz.analysis.health.base import Evidence, Units
from se_viz.analysis.health.catalogue import CHECKS, check
from se_viz.analysis.health.constant import STILL
from se_viz.profiles import of_reading
from se_viz.profiles.profile import Stats
from tests.make import ORIGIN, blocks_by_depth, make_reading


def stats(gates) -> Stats:
    """Of gates (N, C) as written."""
    values = np.array(gates, np.float32)
    (block,) = blocks_by_depth([values.shape[1]])
    reading = make_reading([""] * len(values), [block])
    reading.gates[block.name] = values  # type: ignore[index]
    return of_reading(reading, [block], ORIGIN).stats[block.name]


def answer(slug: str, gates, noise=None, units: Units | None = None, by_sigmoid: bool = True):
    none = Units(np.zeros(0, int), len(gates), "none")
    seen = stats(gates if noise is None else noise)
    site = SimpleNamespace(by_sigmoid=by_sigmoid)
    evidence = Evidence(site, stats(gates), seen, units or none)  # type: ignore[arg-type]
    return check(slug).ask(evidence)


def test_every_check_has_its_words_and_a_slug_of_its_own():
    assert len({one.slug for one in CHECKS}) == len(CHECKS)
    for one in CHECKS:
        assert one.because.endswith(".")
        assert one.meaning.endswith(".")
        assert one.threshold


@pytest.mark.parametrize("slug", [saturated.OPEN, saturated.SHUT])
def test_only_a_sigmoid_saturates_at_0_and_1(slug):
    gates = [[0.0] * 10, [0.001] * 10]
    assert answer(slug, gates).number is not None
    told = answer(slug, gates, by_sigmoid=False)
    assert (told.number, told.found, told.detail) == (None, False, saturated.OTHER)


def test_constant_asks_for_the_gate_that_moves_most():
    assert answer("constant", [[0.2, 0.4], [0.2, 0.4]]).found
    moves = answer("constant", [[0.2, 0.4], [0.2, 0.6]])
    assert (moves.number, moves.found) == (pytest.approx(0.1), False)
    assert answer("constant", [[0.2, 0.4]]).number is None


def test_one_value_asks_for_channels_and_pictures_together():
    assert answer("one-value", [[0.5, 0.5], [0.5, 0.5]]).found
    assert answer("one-value", [[0.65, 0.65]]).detail == "around 0.65"
    assert answer("one-value", [[0.5, 0.7], [0.5, 0.7]]).number == pytest.approx(0.1)
    assert answer("one-value", [[0.5, 0.5], [0.7, 0.7]]).number == pytest.approx(0.1)


@settings(max_examples=40, deadline=None)
@given(arrays(np.float32, (3, 4), elements=st.floats(0, 1, width=32)))
def test_gates_at_one_value_are_constant_and_gates_that_move_are_neither(gates):
    constant, one = answer("constant", gates), answer("one-value", gates)
    if np.ptp(gates) <= STILL:
        assert constant.found
        assert one.found
    if np.ptp(gates, axis=0).max() >= 4 * STILL:
        assert not constant.found
        assert not one.found


@pytest.mark.parametrize(
    ("gates", "opened", "shut"),
    [
        ([1.0] * 9 + [0.5], True, False),
        ([1.0] * 8 + [0.5] * 2, False, False),
        ([0.0] * 9 + [0.5], False, True),
        ([1.0] * 5 + [0.0] * 5, True, False),
        ([1.0] * 4 + [0.0] * 6, False, True),
        ([0.995] * 3 + [0.98] * 7, False, False),
    ],
)
def test_saturation_is_told_of_the_end_where_most_are(gates, opened, shut):
    assert answer(saturated.OPEN, [gates]).found == opened
    assert answer(saturated.SHUT, [gates]).found == shut
    assert answer(saturated.OPEN, [gates]).number == np.mean(np.array(gates) >= 0.99)


@settings(max_examples=40, deadline=None)
@given(arrays(np.float32, (2, 10), elements=st.sampled_from([0.0, 0.5, 1.0])))
def test_never_both_ends_are_found(gates):
    ends = [answer(slug, gates) for slug in (saturated.OPEN, saturated.SHUT)]
    assert sum(one.found for one in ends) == (sum(one.number for one in ends) >= 0.9)


@pytest.mark.parametrize(
    ("opened", "dead", "idle"),
    [([0, 0, 0, 0], True, False), ([0, 0, 0, 9], False, False), ([40] * 4, False, True)],
)
def test_units_count_over_enough_pictures(opened, dead, idle):
    gates = np.zeros((2, 4))
    many = Units(np.array(opened), 40)
    assert answer("units-never-open", gates, units=many).found == dead
    assert answer("units-never-shut", gates, units=many).found == idle
    few = Units(np.array(opened), bottleneck_units.FEWEST - 1)
    assert answer("units-never-open", gates, units=few).detail == bottleneck_units.TOO_FEW


def test_noise_is_measured_in_spreads():
    gates = [[0.4, 0.5], [0.6, 0.7]]
    near = answer("noise", gates, noise=[[0.5, 0.62]])
    assert (near.number, near.found) == (pytest.approx(0.02 / 2**0.5 / 0.1, rel=1e-3), True)
    assert not answer("noise", gates, noise=[[0.8, 0.6]]).found
    assert answer("noise", [[0.4, 0.5]]).number is None


@settings(max_examples=20, deadline=None)
@given(
    st.integers(0, 2**32 - 1),
    st.sampled_from(sorted(initial_weights.SPREADS)),
    st.sampled_from([(64, 8), (128, 8), (256, 16), (16, 64)]),
)
def test_numbers_that_were_drawn_look_so(seed, name, shape):
    drawn = np.random.default_rng(seed).standard_normal(shape)
    drawn *= initial_weights.SPREADS[name](*shape) / drawn.std()
    assert initial_weights.initialisation([drawn]) is not None
    assert initial_weights.direction(drawn) < initial_weights.DIRECTION
    learned = drawn + 3 * drawn.std() * np.outer(*(np.ones(n) / n**0.25 for n in shape))
    assert initial_weights.direction(learned) > initial_weights.DIRECTION


def test_a_direction_is_one_for_what_is_independent():
    drawn = np.random.default_rng(0).standard_normal((2000, 500))
    assert initial_weights.direction(drawn) == pytest.approx(1, abs=0.01)


def test_matrices_have_to_agree_on_their_initialisation():
    rng = np.random.default_rng(0)
    he, lecun = (rng.normal(0, (gain / 64) ** 0.5, (64, 32)) for gain in (2, 1))
    assert initial_weights.initialisation([he, he]) == "He's"
    assert initial_weights.initialisation([lecun]) == "LeCun's"
    assert initial_weights.initialisation([he, lecun]) is None
