"""What outputs are and how they are shown: probabilities as they are, scores never as such."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.special import expit, log_softmax, softmax

from se_viz.nets.output import KINDS, NONE_ABOVE, UNTOLD, Output, chosen, width

NAMES = ("cat", "dog", "cow")
SHARES = np.array([[0.2, 0.5, 0.3], [0.25, 0.25, 0.5]], np.float32)
LOGITS = np.array([[2, -1, 0.5], [0, 30, -300]], np.float32)


def of(kind: str, binary: bool = False) -> Output:
    return Output(kind, ("ham", "spam") if binary else NAMES, binary)


@pytest.mark.parametrize("kind", ["softmax", "sigmoid", "scores"])
@given(arrays(np.float32, (3, 3), elements=st.floats(0, 1, width=32)))
@settings(max_examples=30, deadline=None)
def test_a_networks_own_numbers_are_shown_as_they_are(kind, outputs):
    np.testing.assert_array_equal(of(kind).shown(outputs), outputs.astype(float))


@given(arrays(np.float32, (2, 3), elements=st.floats(-1e4, 1e4, width=32)))
@settings(max_examples=30, deadline=None)
def test_logits_become_what_softmax_and_sigmoid_make_of_them(logits):
    np.testing.assert_allclose(of("logits").shown(logits), softmax(logits.astype(float), 1), 1e-9)
    shown = of("multilabel-logits").shown(logits)
    np.testing.assert_allclose(shown, expit(logits.astype(float)), 1e-12)


@given(arrays(np.float32, (4, 1), elements=st.floats(0, 1, width=32)))
@settings(max_examples=30, deadline=None)
def test_one_probability_is_that_of_the_second_of_two_classes(p):
    shown = of("sigmoid", True).shown(p)
    np.testing.assert_array_equal(shown[:, 1], p[:, 0].astype(float))
    np.testing.assert_array_equal(shown.sum(1), 1)


@pytest.mark.parametrize(
    ("output", "outputs", "before"),
    [
        (of("logits"), LOGITS, LOGITS),
        (of("multilabel-logits"), LOGITS, LOGITS),
        (of("softmax"), SHARES, np.log(SHARES)),
        (of("sigmoid"), SHARES, np.log(SHARES / (1 - SHARES))),
        (of("scores"), LOGITS, LOGITS),
        (of("sigmoid", True), SHARES[:, :1], np.log(SHARES / (1 - SHARES))[:, :1]),
    ],
)
def test_outputs_before_softmax_or_sigmoid(output, outputs, before):
    np.testing.assert_allclose(output.before(outputs), before, rtol=1e-6)
    assert output.logits(outputs).shape == output.shown(outputs).shape


def test_the_logarithm_of_nothing_is_finite():
    ends = np.array([[0, 1, 1]], np.float32)
    for kind in ("softmax", "sigmoid"):
        assert np.isfinite(of(kind).before(ends)).all()
        assert np.isfinite(of(kind).losses(ends, np.array([0]))).all()


def test_a_picture_is_right_by_its_likeliest_class_or_by_its_own_label():
    truth = np.array([1, 0])
    assert of("softmax").right(SHARES, truth).tolist() == [True, False]
    labels = np.array([[0.9, 0.6, 0.1], [0.4, 0.1, 0.2]])
    assert of("sigmoid").right(labels, truth).tolist() == [True, False]
    assert of("sigmoid").right(labels, np.array([0, 0])).tolist() == [True, False]
    p = np.array([[0.51], [0.49], [0.5]])
    assert of("sigmoid", True).right(p, np.array([1, 1, 0])).tolist() == [True, False, True]
    assert of("sigmoid", True).right(p, np.array([0, 0, 1])).tolist() == [False, True, False]


@given(arrays(np.float32, (8, 1), elements=st.floats(-20, 20, width=32)))
@settings(max_examples=30, deadline=None)
def test_one_number_is_right_on_one_class_where_it_is_wrong_on_the_other(logits):
    output = of("multilabel-logits", True)
    spam, ham = (output.right(logits, np.full(8, truth)) for truth in (1, 0))
    np.testing.assert_array_equal(spam, ~ham)
    np.testing.assert_array_equal(spam, expit(logits[:, 0].astype(float)) > 0.5)


def test_losses_are_minus_the_logarithm_of_ones_own_probability():
    truth, rows = np.array([1, 2]), np.arange(2)
    direct = -log_softmax(LOGITS.astype(float), 1)[rows, truth]
    np.testing.assert_allclose(of("logits").losses(LOGITS, truth), direct)
    own = SHARES[rows, truth].astype(float)
    for kind in ("softmax", "sigmoid"):
        np.testing.assert_allclose(of(kind).losses(SHARES, truth), -np.log(own))
    p = np.array([[0.2], [0.7]])
    found = of("sigmoid", True).losses(p, np.array([0, 1]))
    np.testing.assert_allclose(found, -np.log([0.8, 0.7]))
    many = np.stack([LOGITS, 2 * LOGITS])
    assert of("logits").losses(many, truth).shape == (2, 2)


def test_what_pictures_are_taken_for():
    shown = np.array([[0.9, 0.2, 0.7], [0.1, 0.2, 0.3]])
    assert of("softmax").said(shown) == ["cat", "cow"]
    assert of("sigmoid").said(shown) == ["cat + cow", NONE_ABOVE]
    assert of("scores").said(shown) == ["cat", "cow"]
    many = Output("sigmoid", tuple(map(str, range(9))))
    assert many.said(np.full((1, 9), 0.8)) == ["0 + 1 + 2 + 3 + 4 + 4 more"]
    assert of("softmax").labels(SHARES) == ("dog", "cow")
    assert of("sigmoid", True).labels(SHARES[:, :1]) == ("ham", "ham")
    assert of("scores").labels(SHARES) == Output().labels(np.zeros((2, 0))) == (UNTOLD, UNTOLD)


def test_only_probabilities_are_percent():
    assert of("softmax").number(0.4821) == of("sigmoid", True).number(0.4821) == "48.2%"
    assert of("scores").number(0.4821) == "0.4821"
    assert of("scores").measure == "score"


def test_it_is_plain_data():
    output = Output("sigmoid", NAMES, known="loss", text="It is.", results=("a", "b"), result="b")
    facts = json.loads(json.dumps(output.as_dict()))
    assert facts == {
        **{"kind": "sigmoid", "classes": 3, "binary": False, "known": "loss", "text": "It is."},
        **{"results": ["a", "b"], "result": "b"},
    }


RESULTS = [
    ("maps", (None, 7, 7, 64)),
    ("vector", (None, 1, 1, 5)),
    ("one", (None,)),
    ("big", (None, 99)),
]


@pytest.mark.parametrize(
    ("name", "kind", "most", "place"),
    [
        ("", "", None, 1),
        ("", "", 4, 2),
        ("", "", 0, None),
        ("big", "", None, 3),
        ("one", "sigmoid", None, 2),
        ("", "none", None, None),
        ("maps", "none", None, None),
    ],
)
def test_the_named_result_is_looked_at_or_the_first_that_has_classes(name, kind, most, place):
    assert chosen(RESULTS, name, kind, most) == place


def test_likely_results_go_first_where_they_fit():
    assert chosen(RESULTS, likely={3}) == 3
    assert chosen(RESULTS, likely={0}) == 1
    assert chosen(RESULTS, "one", likely={3}) == 2


@pytest.mark.parametrize(
    ("name", "kind", "most", "reason"),
    [
        ("head", "", None, "has no result 'head'; its results are maps, vector, one, big"),
        ("maps", "", None, "a result 'maps' of 7 x 7 x 64, not one number for each class"),
        ("", "softmax", 0, "gives no softmax"),
    ],
)
def test_a_result_that_is_not_there_is_refused(name, kind, most, reason):
    with pytest.raises(ValueError, match=reason):
        chosen(RESULTS, name, kind, most)


def test_widths_of_rows_however_written():
    shapes = [(None, 5), (None, 1, 1, 5), (None,), (None, 1), (None, 7, 7), (None, None)]
    assert [width(shape) for shape in shapes] == [5, 5, 1, 1, None, None]


def test_every_kind_is_explained():
    assert set(KINDS) == {"logits", "multilabel-logits", "softmax", "sigmoid", "scores", "none"}
