"""What outputs are is read from the structure, and shown numbers are the network's own."""

from __future__ import annotations

from dataclasses import replace

import keras
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from keras import layers, ops

from se_viz.nets.network import Network
from se_viz.nets.output import Loss, Output, Told
from se_viz.probe.check import identity, self_check
from se_viz.probe.edit import stack, untouched
from se_viz.probe.intervene import intervene, sweep
from se_viz.probe.probe import Probe
from tests.probe import heads
from tests.probe.networks import model_inputs, network_of

EVERY = [
    pytest.param(kind, head, id=f"{kind}: {name}")
    for kind, group in (
        ("softmax", heads.SOFTMAX),
        ("sigmoid", heads.SIGMOID),
        ("binary", heads.BINARY),
        ("logits", heads.LOGITS),
        ("scores", heads.SCORES),
    )
    for name, head in group.items()
]


def network(head, told: Told | None = None, names: tuple[str, ...] | None = None) -> Network:
    model = heads.network(head)
    count = int(np.prod(model.outputs[0].shape[1:]))
    made = network_of(model, classes=count)
    return replace(made, told=told or Told(), classes=made.classes if names is None else names)


@pytest.mark.parametrize(("kind", "head"), EVERY)
def test_the_structure_tells_and_what_is_shown_is_the_networks_own(kind, head):
    probe = Probe(network(head))
    output = probe.network.output
    assert output.kind == ("sigmoid" if kind == "binary" else kind), output.text
    assert output.known in ("structure", "numbers")
    assert output.binary == (kind == "binary")
    assert output.classes == probe.network.classes
    given = probe.runtime.home.normalise(model_inputs(3))
    own = ops.convert_to_numpy(probe.network.model(given)).reshape(3, -1)
    shown = output.shown(own)
    if kind in ("softmax", "sigmoid", "scores", "binary"):
        np.testing.assert_allclose(shown[:, -own.shape[1] :], own, atol=1e-6)
    else:
        np.testing.assert_allclose(shown, np.exp(own), atol=1e-6)


@pytest.mark.parametrize(
    "head",
    [heads.soft, heads.SOFTMAX["not flattened"], heads.BINARY["one number"], heads.linear],
    ids=["softmax", "not flattened", "one number", "linear"],
)
def test_what_is_read_is_what_the_network_gives_to_the_last_bit(head):
    probe = Probe(network(head), batch=2)
    seen = probe.read(model_inputs(3))
    given = probe.runtime.home.normalise(model_inputs(3))
    own = ops.convert_to_numpy(probe.network.model(given)).reshape(3, -1)
    np.testing.assert_array_equal(seen.outputs, probe.bare(model_inputs(3)))
    np.testing.assert_allclose(seen.outputs, own, atol=1e-6)
    again = intervene(probe, model_inputs(3), untouched(probe.blocks))
    for made in (seen, again):
        expected = probe.network.output.before(seen.outputs)
        np.testing.assert_allclose(made.logits, expected, rtol=1e-6)


SOFT = st.sampled_from([heads.soft, heads.SOFTMAX["temperature"], heads.SOFTMAX["by hand"]])
SIGMOID = st.sampled_from([heads.sigmoid, heads.SIGMOID["by tanh"]])


def together(x, leaves, weights, how: str):
    """A head of several: their weighted mean, their mean by a layer, or one put over the other."""
    parts = [leaf(x) for leaf in leaves]
    if how == "layer":
        return layers.Average()(parts) if len(parts) > 1 else parts[0]
    shares = np.array(weights[: len(parts)]) / sum(weights[: len(parts)])
    if how == "sum":
        return sum(part * float(share) for part, share in zip(parts, shares, strict=True))
    return ops.mean(ops.stack(parts, axis=1), axis=1)


@settings(max_examples=12, deadline=None)
@given(
    leaves=st.lists(SOFT, min_size=1, max_size=3) | st.lists(SIGMOID, min_size=1, max_size=3),
    weights=st.lists(st.integers(1, 9), min_size=3, max_size=3),
    how=st.sampled_from(["layer", "sum", "stack"]),
)
def test_a_shown_probability_is_the_networks_own_number(leaves, weights, how):
    probe = Probe(network(lambda x: together(x, leaves, weights, how)))
    output = probe.network.output
    own = ops.convert_to_numpy(probe.network.model(probe.runtime.home.normalise(model_inputs(2))))
    assert output.known == "structure"
    assert output.several == (leaves[0] in (heads.sigmoid, heads.SIGMOID["by tanh"]))
    np.testing.assert_array_equal(output.shown(own), own.astype(float))


def test_only_what_structure_leaves_open_is_tried():
    by_numbers = {name: head for name, head in heads.SOFTMAX.items() if name == "mixture"}
    for head in by_numbers.values():
        assert Probe(network(head)).network.output.known == "numbers"


@pytest.mark.parametrize("head", heads.LINEAR.values(), ids=heads.LINEAR)
def test_a_linear_head_says_nothing_so_that_logits_are_assumed_and_said_to_be(head):
    output = Probe(network(head)).network.output
    assert (output.kind, output.known) == ("logits", "assumed")
    assert "assumed" in output.text
    assert "regression" in output.text


@pytest.mark.parametrize("head", heads.MIXED.values(), ids=heads.MIXED)
def test_softmaxes_put_together_are_neither_one_class_nor_labels(head):
    output = Probe(network(head)).network.output
    assert (output.kind, output.known, output.guesses) == ("scores", "assumed", False)
    assert "neither those of one class of several nor of labels each for itself" in output.text
    said = Probe(network(head, Told(kind="sigmoid"))).network.output
    assert (said.kind, said.text) == (
        "sigmoid",
        "It gives probabilities of labels each for itself: so it was said.",
    )


def test_softmaxes_side_by_side_are_no_softmax():
    head = heads.MIXED["side by side"]
    with pytest.raises(ValueError, match="no softmax: those of a picture add up to 2"):
        Probe(network(head, Told(kind="softmax")))


def test_one_linear_number_is_a_score_until_somebody_says_more():
    output = Probe(network(lambda x: heads.linear(x, 1), names=())).network.output
    assert output.classes == ("output",)
    assert (output.kind, output.known, output.guesses) == ("scores", "assumed", False)


@pytest.mark.parametrize(
    ("loss", "count", "kind"),
    [
        (Loss("CategoricalCrossentropy", "logits", True), 3, "logits"),
        (Loss("categorical_crossentropy", "logits", False), 3, "logits"),
        (Loss("BinaryCrossentropy", "multilabel-logits", True), 3, "multilabel-logits"),
        (Loss("BinaryCrossentropy", "multilabel-logits", True), 1, "multilabel-logits"),
        (Loss("mse", "scores", False), 3, "scores"),
        (Loss("mse", "scores", False), 1, "scores"),
        (Loss("categorical_crossentropy", "logits", False), 1, "scores"),
    ],
)
def test_the_loss_tells_what_a_linear_head_is(loss, count, kind):
    output = Probe(network(lambda x: heads.linear(x, count), Told(loss=loss))).network.output
    assert output.kind == kind
    assert output.binary == (count == 1 and kind == "multilabel-logits")
    assert loss.name in output.text or count == 1


def test_the_loss_does_not_overrule_probabilities():
    for head in (heads.soft, heads.sigmoid, lambda x: heads.sigmoid(x, 1)):
        told = Told(loss=Loss("mse", "scores", False))
        assert Probe(network(head, told)).network.output.known == "structure"


class Own(layers.Layer):
    """A layer of a class of its own: nothing is known of it but its numbers."""

    def __init__(self, function):
        super().__init__()
        self.function = function

    def call(self, x):
        return self.function(x)


@pytest.mark.parametrize(
    ("function", "loss", "kind", "known"),
    [
        (ops.softmax, None, "softmax", "numbers"),
        (ops.sigmoid, None, "sigmoid", "numbers"),
        (lambda x: 9 * x, None, "logits", "assumed"),
        (ops.softmax, Loss("categorical_crossentropy", "logits", False), "softmax", "loss"),
        (ops.sigmoid, Loss("bce", "multilabel-logits", False), "sigmoid", "loss"),
        (lambda x: 9 * x, Loss("bce", "multilabel-logits", True), "multilabel-logits", "loss"),
    ],
)
def test_of_an_unknown_layer_the_loss_or_its_numbers_tell(function, loss, kind, known):
    keras.utils.set_random_seed(1)
    made = network(lambda x: Own(function)(heads.linear(x)), Told(loss=loss))
    output = Probe(made).network.output
    assert (output.kind, output.known) == (kind, known)


@pytest.mark.parametrize("said", ["logits", "multilabel-logits", "softmax", "sigmoid", "scores"])
def test_what_a_person_says_holds_where_it_can_be(said):
    output = Probe(network(heads.soft, Told(kind=said))).network.output
    assert (output.kind, output.known) == (said, "said")
    assert ("by its structure" in output.text) == (said != "softmax")


def test_probabilities_that_are_none_are_refused():
    def big(x):
        return layers.Dense(3, bias_initializer="ones")(x) * 9

    for said in ("softmax", "sigmoid"):
        with pytest.raises(ValueError, match=rf"outputs of Tiny are no {said}: .*no probability"):
            Probe(network(big, Told(kind=said)))
    with pytest.raises(ValueError, match="no softmax: those of a picture add up to"):
        Probe(network(lambda x: Own(lambda y: ops.sigmoid(y) * 0 + 0.9)(x), Told(kind="softmax")))


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        ((), ("no", "yes (above 0.5)")),
        (("spam",), ("not spam", "spam")),
        (("ham", "spam"), ("ham", "spam")),
    ],
)
def test_one_probability_has_two_classes(names, shown):
    probe = Probe(network(lambda x: heads.sigmoid(x, 1), names=names))
    assert probe.network.classes == probe.network.output.classes == shown


def test_one_logit_that_nobody_named_is_yes_above_0():
    told = Told(kind="multilabel-logits")
    assert Probe(network(lambda x: heads.linear(x, 1), told, names=())).network.classes == (
        "no",
        "yes (above 0)",
    )


def test_names_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="tells 3 classes apart, and 2 names were given"):
        Probe(network(heads.soft, names=("a", "b")))
    with pytest.raises(
        ValueError, match="gives one number, no probability, and 2 names were given"
    ):
        Probe(network(lambda x: heads.linear(x, 1), names=("a", "b")))


def two_results(head=lambda x: {"b": heads.sigmoid(x, 1), "a": heads.soft(x)}) -> keras.Model:
    return heads.network(head)


@pytest.mark.parametrize(("result", "kind"), [(0, "softmax"), (1, "sigmoid"), (None, "none")])
def test_of_several_results_one_is_looked_at_or_none(result, kind):
    made = network_of(two_results(), classes={0: 3, 1: 1}.get(result, 0))
    probe = Probe(replace(made, told=Told(result=result, results=("a", "b"))), batch=2)
    output, seen = probe.network.output, probe.read(model_inputs(3))
    assert output.kind == kind
    assert seen.outputs.shape == (3, {0: 3, 1: 1}.get(result, 0))
    check = self_check(probe, model_inputs(3))
    assert check.passed, check.describe()
    assert identity(probe, model_inputs(3)).same
    none = untouched(probe.blocks)
    np.testing.assert_array_equal(intervene(probe, model_inputs(3), none).outputs, seen.outputs)
    assert sweep(probe, model_inputs(3), stack([none, none])).shape == (3, *seen.outputs.shape)
    if result is not None:
        assert f"this is {'ab'[result]}." in output.text


def test_a_network_without_a_head_is_looked_at_for_its_gates():
    x = keras.Input((16, 16, 3))
    u = layers.Conv2D(8, 3)(x)
    z = layers.GlobalAveragePooling2D(keepdims=True)(u)
    model = keras.Model(x, u * layers.Dense(8, "sigmoid")(z))
    probe = Probe(network_of(model, classes=0), batch=2)
    assert probe.network.output.kind == "none"
    assert "its gates alone: none of its results" in probe.network.output.text
    seen = probe.read(model_inputs(3))
    assert seen.outputs.shape == (3, 0)
    assert seen.gates["SE_1"].shape == (3, 8)
    check = self_check(probe, model_inputs(2))
    assert check.passed
    assert "there is no output to compare" in check.describe()
    assert "no output to compare" in identity(probe, model_inputs(2)).describe()


def test_half_precision_probabilities_are_probabilities():
    made = network(lambda x: layers.Dense(3, "softmax", dtype="mixed_float16")(x))
    probe = Probe(made, batch=2)
    assert probe.network.output.kind == "softmax"
    assert probe.read(model_inputs(2)).outputs.dtype == np.float32


def test_a_head_of_many_steps_is_looked_at_as_far_as_it_takes():
    def long(x):
        y = heads.soft(x)
        for _ in range(70):
            y = y + 0.0
        return y

    output: Output = Probe(network(long)).network.output
    assert output.kind == "softmax"
