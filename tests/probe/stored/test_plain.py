"""Plain values: what goes in comes out, and what has no plain form is refused."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from se_viz.nets.output import Output
from se_viz.pictures import Preprocessing
from se_viz.probe.kinds import Function, Kind
from se_viz.probe.stored.plain import Arrays, decoded, encoded

LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.text(),
    st.just(Ellipsis),
    st.sampled_from(Kind),
    st.builds(slice, st.integers() | st.none(), st.integers() | st.none(), st.none()),
)
VALUES = st.recursive(LEAVES, lambda inner: st.lists(inner).map(tuple), max_leaves=20)


def there_and_back(value, known=None):
    arrays = Arrays(known or {}, {})
    text = json.dumps(encoded(value, arrays))
    return decoded(json.loads(text), Arrays(known or {}, arrays.added))


@given(VALUES)
def test_values_come_back(value):
    assert there_and_back(value) == value


@pytest.mark.parametrize("value", [Preprocessing(size=32), Output("logits", ("a", "b"))])
def test_facts_come_back(value):
    assert there_and_back(value) == value


def test_arrays_come_back_also_from_what_makes_them():
    array = np.arange(6, dtype=np.float64).reshape(2, 3) / 3
    for value in (array, lambda: array):
        np.testing.assert_array_equal(there_and_back(value), array)
    function = there_and_back(Function("scale", {"by": array}))
    np.testing.assert_array_equal(function.parameters["by"], array)
    assert (function.name, function.known) == ("scale", True)


def test_weights_are_not_written_twice():
    weights = {"conv/kernel": np.arange(6, dtype=np.float32).reshape(1, 1, 2, 3)}
    arrays = Arrays(weights, {})
    said = encoded(np.arange(6, dtype=np.float64).reshape(2, 3), arrays)
    assert (said["name"], arrays.added) == ("conv/kernel", {})
    np.testing.assert_array_equal(decoded(said, arrays), np.arange(6).reshape(2, 3))


@pytest.mark.parametrize("value", [object(), {1, 2}, 1j])
def test_others_are_refused(value):
    with pytest.raises(TypeError, match="has no plain form"):
        encoded(value, Arrays({}, {}))
