"""Interventions: pure functions that compute what they say, compiled once, safe for threads."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import keras
import numpy as np
import pytest
import tensorflow as tf
from keras import layers

from se_viz.nets.se_resnet.build import build
from se_viz.nets.se_resnet.layout import SEResNet
from se_viz.probe import edit
from se_viz.probe.edit import Edit
from se_viz.probe.intervene import intervene, sweep
from se_viz.probe.probe import Probe
from tests.probe import networks, spellings
from tests.probe.cases import draw
from tests.probe.networks import CHANNELS, model_inputs, model_of, multiply, network_of
from tests.probe.test_probe import Counting, traces

SIZE = 32
SMALL = {"depth": 18, "width": 0.25, "classes": 3, "ratio": 4, "size": SIZE}


def probe_of(model: keras.Model, size: int = SIZE, batch: int = 4) -> Probe:
    probe = Probe(network_of(model, size), batch)
    draw(model, probe.runtime.home.normalise(tf.constant(model_inputs(8, size, seed=9))))
    return probe


@pytest.fixture(scope="module")
def probe() -> Probe:
    return probe_of(build(SEResNet(**SMALL)))


@pytest.fixture(scope="module")
def tiny() -> Probe:
    """One block of 8 channels, sigmoid(W2 relu(W1 z)), then mean and logits."""
    return probe_of(model_of(networks.dense_fused), 16)


def whole(probe: Probe, *names: str) -> dict[str, np.ndarray]:
    """All channels of some blocks, or of all."""
    blocks = (block for block in probe.blocks if not names or block.name in names)
    return {block.name: np.arange(block.channels) for block in blocks}


def bypass(probe: Probe, *names: str) -> Edit:
    return edit.fixed(probe.blocks, whole(probe, *names), 1.0)


def some_edits(probe: Probe) -> Edit:
    """Rows of every kind, which touch blocks here and there, and none at all."""
    blocks, (last, first) = probe.blocks, (probe.blocks[-1], probe.blocks[0])
    parts = [
        bypass(probe, last.name),
        edit.untouched(blocks),
        edit.scaled(blocks, {first.name: [0]}, 0.5),
        edit.shuffled(blocks, whole(probe)),
        *(bypass(probe, block.name) for block in blocks),
        bypass(probe),
        edit.fixed(blocks, {last.name: [1]}, 0.25),
    ]
    return edit.stack(parts)


def same(one, other) -> None:
    """Bit by bit."""
    np.testing.assert_array_equal(one.outputs, other.outputs)
    for name in one.gates:
        np.testing.assert_array_equal(one.gates[name], other.gates[name])
        np.testing.assert_array_equal(one.squeezes[name], other.squeezes[name])


def off(found: np.ndarray, expected: np.ndarray) -> float:
    """Largest difference, relative to the largest number."""
    return float(np.abs(found - expected).max() / np.abs(expected).max())


# What it computes, by hand.


def by_hand(tiny: Probe, pictures: np.ndarray, change) -> np.ndarray:
    """Logits of the tiny network in NumPy, with `change` of its gates."""
    inside = tiny.inside(pictures, "SE_1")
    x = change(inside.s)[:, None, None] * inside.u
    kernel, bias = tiny.network.model.layers[-1].get_weights()
    return x.mean((1, 2)) @ kernel + bias


ODD = np.arange(1, CHANNELS, 2)


@pytest.mark.parametrize(
    ("make", "change"),
    [
        (lambda b: edit.untouched(b), lambda s: s),
        (lambda b: edit.fixed(b, {"SE_1": range(CHANNELS)}, 1.0), np.ones_like),
        (
            lambda b: edit.fixed(b, {"SE_1": ODD}, 0.25),
            lambda s: np.where(np.arange(CHANNELS) % 2, np.float32(0.25), s),
        ),
        (
            lambda b: edit.scaled(b, {"SE_1": ODD}, 3.0),
            lambda s: s * (1 + 2 * (np.arange(CHANNELS) % 2)),
        ),
        (
            lambda b: edit.shuffled(b, {"SE_1": range(CHANNELS)}, 7),
            lambda s: s[:, np.random.default_rng(7).permutation(CHANNELS)],
        ),
    ],
    ids=["untouched", "bypass", "constant", "scale", "shuffle"],
)
def test_each_kind_of_edit_agrees_with_numpy(tiny, make, change):
    pictures = model_inputs(5)
    seen = intervene(tiny, pictures, make(tiny.blocks))
    np.testing.assert_allclose(seen.outputs, by_hand(tiny, pictures, change), rtol=1e-4, atol=1e-5)
    read = tiny.read(pictures)
    np.testing.assert_allclose(seen.gates["SE_1"], change(read.gates["SE_1"]), rtol=1e-6)
    np.testing.assert_array_equal(seen.squeezes["SE_1"], read.squeezes["SE_1"])


def test_every_picture_may_have_gates_of_its_own(tiny):
    pictures, gates = model_inputs(5), np.random.default_rng(1).uniform(size=(5, CHANNELS))
    given = edit.fixed(tiny.blocks, whole(tiny), {"SE_1": gates.astype(np.float32)})
    found = intervene(tiny, pictures, given).outputs
    np.testing.assert_allclose(
        found, by_hand(tiny, pictures, lambda _: gates), rtol=1e-4, atol=1e-5
    )
    for row in range(5):
        alone = intervene(tiny, pictures[row : row + 1], given.rows(slice(row, row + 1)))
        np.testing.assert_allclose(alone.outputs[0], found[row], atol=1e-4)


def test_one_picture_is_tried_under_every_row(probe):
    edits, picture = some_edits(probe), model_inputs(1, SIZE)
    found = intervene(probe, picture, edits)
    repeated = intervene(probe, np.repeat(picture, len(edits), axis=0), edits)
    assert off(found.outputs, repeated.outputs) < 1e-5
    assert len(found.outputs) == len(edits) > 2 * probe.batch


# Bypass is the network without the block.


@pytest.mark.parametrize("left", [(), (2, 3, 4), (3, 5)], ids=str)
def test_bypassed_stages_are_the_network_built_without_them(probe, left):
    bare = build(SEResNet(**SMALL, se_stages=left))
    for layer in bare.layers:
        layer.set_weights(probe.network.model.get_layer(layer.name).get_weights())
    without = Probe(network_of(bare, SIZE), batch=4)
    assert len(without.blocks) == 2 * len(left)
    gone = [block.name for block in probe.blocks if block.stage not in left]
    seen = intervene(probe, model_inputs(6, SIZE), bypass(probe, *gone))
    expected = without.read(model_inputs(6, SIZE))
    assert off(seen.outputs, expected.outputs) < 1e-5
    for name, gates in expected.gates.items():
        np.testing.assert_allclose(seen.gates[name], gates, atol=5e-5)


@pytest.mark.parametrize("gone", ["SE_1", "SE_2", "SE_3"])
def test_a_bypassed_block_is_the_network_built_without_it(gone):
    def chain(skipped: str | None) -> keras.Model:
        x = y = keras.Input((SIZE, SIZE, 3))
        for number in (1, 2, 3):
            y = layers.Conv2D(CHANNELS, 3, 2, "same", activation="relu", name=f"conv{number}")(y)
            if f"SE_{number}" != skipped:
                z = layers.GlobalAveragePooling2D(keepdims=True)(y)
                bottleneck = layers.Dense(2, "relu", name=f"bottleneck{number}")(z)
                y = multiply(y, layers.Dense(CHANNELS, "sigmoid", name=f"gate{number}")(bottleneck))
        return keras.Model(x, layers.Dense(3, name="top")(layers.GlobalAveragePooling2D()(y)))

    full, bare = probe_of(chain(None)), chain(gone)
    for layer in bare.layers:
        if layer.weights:
            layer.set_weights(full.network.model.get_layer(layer.name).get_weights())
    expected = Probe(network_of(bare, SIZE), batch=4).read(model_inputs(3, SIZE)).outputs
    seen = intervene(full, model_inputs(3, SIZE), bypass(full, gone)).outputs
    assert off(seen, expected) < 1e-5
    assert np.abs(seen - full.read(model_inputs(3, SIZE)).outputs).max() > 1e-3


# Identity.


def fed_back(probe: Probe, seen) -> Edit:
    return edit.fixed(probe.blocks, whole(probe), seen.gates)


@pytest.mark.parametrize("count", [1, 2, 4, 5, 9])
def test_gates_fed_back_give_the_same_to_the_last_bit(probe, count):
    seen = probe.read(model_inputs(count, SIZE))
    same(intervene(probe, model_inputs(count, SIZE), fed_back(probe, seen)), seen)
    same(intervene(probe, model_inputs(count, SIZE), edit.untouched(probe.blocks)), seen)


def test_gates_of_the_built_in_network_fed_back_give_the_same_to_the_last_bit(builtin_probe):
    pictures = model_inputs(3, builtin_probe.network.preprocessing.size)
    seen = builtin_probe.read(pictures)
    same(intervene(builtin_probe, pictures, fed_back(builtin_probe, seen)), seen)


# Sweeps.


@pytest.mark.parametrize("count", [1, 3])
def test_a_sweep_gives_what_interventions_give_in_the_order_given(probe, count):
    edits, pictures = some_edits(probe), model_inputs(count, SIZE)
    found = sweep(probe, pictures, edits)
    assert found.shape == (len(edits) + 1, count, 3)
    assert off(found[0], probe.read(pictures).outputs) < 1e-5
    for row in range(len(edits)):
        one = Edit(edits.keep[[row]], edits.add[[row]], edits.take[[row]])
        expected = intervene(probe, pictures, one).outputs
        assert off(found[row + 1], expected) < 1e-5


def test_a_sweep_of_no_edit_is_the_network(probe):
    own = edit.untouched(probe.blocks)
    none = Edit(own.keep[:0], own.add[:0], own.take[:0])
    found = sweep(probe, model_inputs(2, SIZE), none)
    assert found.shape == (1, 2, 3)
    assert off(found[0], probe.read(model_inputs(2, SIZE)).outputs) < 1e-5


def test_a_sweep_of_very_many_edits_takes_few_pictures_at_a_time(tiny, monkeypatch):
    from se_viz.probe import intervene as module

    edits = edit.stack([edit.scaled(tiny.blocks, {"SE_1": [i % 8]}, i / 9) for i in range(20)])
    expected = sweep(tiny, model_inputs(5), edits)
    monkeypatch.setattr(module, "SWEPT", 1)
    np.testing.assert_allclose(sweep(tiny, model_inputs(5), edits), expected, atol=1e-4)


def test_pictures_join_where_one_tensor_holds_everything():
    x = keras.Input((SIZE, SIZE, 3))
    u = layers.Conv2D(CHANNELS, 3, 4, "same", name="u")(x)
    added = layers.Add(name="added")([u, multiply(u, networks.gate(u))])
    out = layers.Add(name="out")([layers.Conv2D(CHANNELS, 1, name="side")(added), added])
    y = layers.Dense(3, name="top")(layers.GlobalAveragePooling2D(name="mean")(out))
    graph = Probe(network_of(keras.Model(x, y), SIZE)).graph
    found = graph.narrows
    made = [graph.producers[slot].name for slot in found[1:]]
    assert (found[0], made) == (graph.inputs[0], ["u", "added", "out", "mean", "top"])


# Nothing stays behind.


def test_an_intervention_leaves_nothing_behind():
    model = model_of(networks.nested_block)
    weights, before = model.get_weights(), traces(model)
    probe = Probe(network_of(model), batch=2)
    seen = probe.read(model_inputs(3))
    intervene(probe, model_inputs(3), bypass(probe))
    sweep(probe, model_inputs(3), bypass(probe))
    with pytest.raises(ValueError, match="does not fit"):
        intervene(probe, model_inputs(2), edit.stack([bypass(probe)] * 3))
    same(probe.read(model_inputs(3)), seen)
    assert traces(model) == before
    for old, new in zip(weights, model.get_weights(), strict=True):
        np.testing.assert_array_equal(old, new)


def test_an_error_in_the_midst_leaves_nothing_behind_and_stops_nobody_else(
    by_tensorflow, probe, monkeypatch
):
    probe = Probe(probe.network, probe.batch)
    seen = probe.read(model_inputs(2, SIZE))

    def fail(*inputs):
        raise tf.errors.UnimplementedError(None, None, "no such convolution")

    intervene(probe, model_inputs(2, SIZE), bypass(probe))
    monkeypatch.setitem(probe.runtime.compiled, "edited", fail)
    with pytest.raises(ValueError, match=r"^Tiny cannot be run here: no such convolution\.$"):
        intervene(probe, model_inputs(2, SIZE), bypass(probe))
    monkeypatch.undo()
    with ThreadPoolExecutor(1) as pool:
        same(pool.submit(probe.read, model_inputs(2, SIZE)).result(timeout=60), seen)


def test_it_is_compiled_once_for_every_edit_and_number_of_pictures():
    counting = Counting()
    probe = Probe(network_of(model_of(lambda u: networks.dense_fused(counting(u)))), batch=4)
    one = bypass(probe)
    probe.read(model_inputs(1))
    before = counting.calls
    for count in (1, 4, 5, 9, 2):
        intervene(probe, model_inputs(count), one)
        intervene(probe, model_inputs(count), edit.stack([edit.untouched(probe.blocks)] * count))
    intervene(probe, model_inputs(1), edit.stack([one] * 20))
    intervene(probe, model_inputs(3), edit.shuffled(probe.blocks, whole(probe), 3))
    for count in (1, 3, 9):
        sweep(probe, model_inputs(count), edit.stack([one, one]))
        sweep(
            probe,
            model_inputs(count),
            edit.stack([one, edit.scaled(probe.blocks, whole(probe), 2)]),
        )
    assert counting.calls == before


def test_two_at_once_get_their_own(probe):
    orders = [
        (model_inputs(n, SIZE, seed=n), bypass(probe, probe.blocks[n].name)) for n in range(1, 6)
    ]
    alone = [intervene(probe, *order) for order in orders]
    variants = [(model_inputs(2, SIZE, seed=n), factors(probe, n)) for n in range(5)]
    swept = [sweep(probe, *variant) for variant in variants]
    with ThreadPoolExecutor(4) as pool:
        at_once = pool.map(lambda order: intervene(probe, *order), orders * 2)
        swept_at_once = pool.map(lambda variant: sweep(probe, *variant), variants * 2)
        for expected, found in zip(alone * 2, at_once, strict=True):
            same(found, expected)
        for expected, found in zip(swept * 2, swept_at_once, strict=True):
            np.testing.assert_array_equal(found, expected)


def factors(probe: Probe, seed: int) -> Edit:
    first = probe.blocks[-2].name
    return edit.stack([edit.scaled(probe.blocks, whole(probe, first), seed + x) for x in (0, 0.5)])


# Gates that are not one block's alone.


def one_gate_twice(u):
    """Two products of the same map with one and the same gate tensor."""
    s = networks.gate(u)
    first = layers.Conv2D(CHANNELS, 1, name="first")(multiply(u, s))
    return layers.Add()([first, layers.Conv2D(CHANNELS, 1, name="second")(multiply(s, u))])


def one_gate_reshaped(u):
    """The same, each behind a reshaping of its own."""
    z = layers.GlobalAveragePooling2D()(u)
    s = layers.Dense(CHANNELS, "sigmoid")(layers.Dense(2, "relu")(z))
    shaped = [layers.Reshape((1, 1, CHANNELS))(s) for _ in range(2)]
    return layers.Add()([layers.Conv2D(CHANNELS, 1)(multiply(u, each)) for each in shaped])


@pytest.mark.parametrize("block", [one_gate_twice, one_gate_reshaped, spellings.nested_twice])
def test_each_use_of_a_gate_is_taken_in_hand_alone(block):
    probe = probe_of(model_of(block), 16)
    seen = probe.read(model_inputs(3))
    assert list(seen.gates) == ["SE_1", "SE_2"]
    same(intervene(probe, model_inputs(3), fed_back(probe, seen)), seen)
    edits = edit.stack([bypass(probe, "SE_1"), bypass(probe, "SE_2"), bypass(probe)])
    found = intervene(probe, np.repeat(model_inputs(1), 3, axis=0), edits)
    assert (found.gates["SE_1"] == 1).all(1).tolist() == [True, False, True]
    assert (found.gates["SE_2"] == 1).all(1).tolist() == [False, True, True]
    apart = np.abs(found.outputs - found.outputs[2]).max(1)
    assert (apart > 1e-4).tolist() == [True, True, False]
    swept = sweep(probe, model_inputs(1), edits)[1:, 0]
    assert off(swept, found.outputs) < 1e-5


# What does not fit.


def test_a_network_without_se_has_nothing_to_edit_and_says_so():
    probe = Probe(network_of(model_of(lambda u: u)), batch=2)
    seen = probe.read(model_inputs(3))
    none = edit.untouched(probe.blocks)
    same(intervene(probe, model_inputs(3), none), seen)
    np.testing.assert_allclose(
        sweep(probe, model_inputs(3), none), np.stack([seen.outputs] * 2), atol=1e-4
    )
    with pytest.raises(ValueError, match="There is no block SE_1"):
        edit.fixed(probe.blocks, {"SE_1": [0]}, 1.0)


def test_edits_that_do_not_fit_are_refused(probe, tiny):
    pictures, own = model_inputs(2, SIZE), edit.untouched(probe.blocks)
    for wrong in (edit.untouched(tiny.blocks), edit.stack([own] * 3), own.rows(slice(0))):
        if len(wrong) != 1 or wrong.keep.shape != own.keep.shape:
            with pytest.raises(ValueError, match=r"An edit of .* does not fit 2 model inputs"):
                intervene(probe, pictures, wrong)
    with pytest.raises(ValueError, match="does not fit"):
        sweep(probe, pictures, edit.untouched(tiny.blocks))
    with pytest.raises(ValueError, match=r"An edit of .* in 3 rows does not fit 2 model inputs"):
        sweep(probe, pictures, [own, edit.stack([own] * 3)])
    with pytest.raises(ValueError, match="channels that a block does not have"):
        intervene(probe, pictures, Edit(own.keep, own.add, own.take + 1))
    for function in (intervene, sweep):
        with pytest.raises(ValueError, match="takes uint8 model inputs"):
            function(probe, model_inputs(2, 16), own)
