"""The self-check passes on a sound probe, and notices every kind of fault."""

from __future__ import annotations

from dataclasses import replace

import keras
import numpy as np
import pytest

from se_viz.nets.se_resnet.build import build
from se_viz.nets.se_resnet.layout import SEResNet
from se_viz.probe.check import TOLERANCE, Check, Identity, identity, self_check
from se_viz.probe.gates.recompute import excite, rounding
from se_viz.probe.gates.se import SqueezeExcitation
from se_viz.probe.probe import Probe
from tests.probe import networks
from tests.probe.networks import model_inputs, model_of, network_of

SIZE = 32


@pytest.fixture(scope="module")
def probe() -> Probe:
    keras.utils.set_random_seed(1)
    config = SEResNet(depth=18, width=0.25, classes=3, ratio=4, size=SIZE, se_bias=True)
    return Probe(network_of(build(config), SIZE), batch=2)


@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_sound_probe_passes(probe, count):
    check = self_check(probe, model_inputs(count, SIZE))
    assert check.passed
    assert check.same_outputs
    assert list(check.differences) == [block.name for block in probe.blocks]
    assert check.largest == max(check.differences.values()) < TOLERANCE
    assert check.pictures == count


@pytest.mark.parametrize("block", networks.SE_BLOCKS, ids=lambda block: block.__name__)
def test_blocks_written_in_any_way_pass(block):
    assert self_check(Probe(network_of(model_of(block)), batch=2), model_inputs(2)).passed


def test_a_gate_that_is_recomputed_otherwise_fails(probe, monkeypatch):
    def shifted(_, site, squeeze):
        return excite(site, squeeze) + (2e-5 if site.block.name == "SE_3_1" else 0)

    monkeypatch.setattr(SqueezeExcitation, "excite", shifted)
    check = self_check(probe, model_inputs(2, SIZE))
    assert not check.passed
    assert check.same_outputs
    assert max(check.differences, key=check.differences.__getitem__) == "SE_3_1"


def test_a_weight_that_is_changed_in_between_fails(by_tensorflow, monkeypatch):
    model = model_of(networks.dense_fused)
    probe = Probe(network_of(model), batch=2)
    read = probe.read

    def read_then_change(pictures):
        seen = read(pictures)
        model.set_weights([w + 0.1 for w in model.get_weights()])
        return seen

    monkeypatch.setattr(probe, "read", read_then_change)
    check = self_check(probe, model_inputs(2))
    assert check.largest > TOLERANCE
    assert not check.same_outputs
    assert not check.passed


def test_logits_that_differ_in_the_last_bit_fail(probe, monkeypatch):
    bare = probe.bare
    monkeypatch.setattr(probe, "bare", lambda v: np.nextafter(bare(v), np.float32(np.inf)))
    check = self_check(probe, model_inputs(2, SIZE))
    assert not check.same_outputs
    assert not check.passed


def large(u):
    """An SE block whose squeezes are about 300."""
    u = keras.layers.Conv2D(256, 1, bias_initializer=keras.initializers.RandomUniform(200, 400))(u)
    z = keras.layers.GlobalAveragePooling2D(keepdims=True)(u)
    bottleneck = keras.layers.Dense(16, "relu", name="bottleneck")(z)
    return networks.multiply(u, keras.layers.Dense(256, "sigmoid")(bottleneck))


@pytest.fixture(scope="module")
def coarse() -> Probe:
    keras.utils.set_random_seed(3)
    return Probe(network_of(model_of(large)), batch=2)


def test_large_sums_may_be_rounded(coarse):
    """Their rounding is more than gates may lie apart elsewhere, and less than an error."""
    check = self_check(coarse, model_inputs(2))
    assert check.passed
    assert TOLERANCE < check.limits["SE_1"] < 1e-3
    assert "where float32 rounds large sums" in check.describe()


@pytest.mark.parametrize(
    "wrong",
    [
        lambda gates: gates + 2e-3,
        lambda gates: np.roll(gates, 1, 1),
        lambda gates: gates[::-1],
        lambda gates: np.where(np.arange(256) == 77, gates - 2e-3, gates),
    ],
    ids=["all", "channels", "pictures", "one"],
)
def test_a_wrong_gate_of_large_sums_fails(coarse, wrong, monkeypatch):
    monkeypatch.setattr(SqueezeExcitation, "excite", lambda _, site, z: wrong(excite(site, z)))
    check = self_check(coarse, model_inputs(2))
    assert check.failed
    assert "failed" in check.describe()


def test_a_slightly_wrong_weight_of_large_sums_fails(coarse, monkeypatch):
    layer = coarse.network.model.get_layer("bottleneck")
    read, right = coarse.read, layer.get_weights()

    def read_then_change(pictures):
        seen = read(pictures)
        layer.set_weights([right[0] * 1.001, right[1]])
        return seen

    monkeypatch.setattr(coarse, "read", read_then_change)
    try:
        assert self_check(coarse, model_inputs(2)).failed
    finally:
        layer.set_weights(right)


@pytest.mark.parametrize("scale", [1e-3, 1, 30, 1e3, 1e4])
@pytest.mark.parametrize("block", [networks.dense_fused, networks.conv_separate_hard])
def test_the_limit_knows_the_size_of_what_it_compares(block, scale):
    """float32 stays within it, and it stays as near as the rounding of the sums asks for."""
    probe = Probe(network_of(model_of(block)), batch=2)
    (site,) = probe.sites
    z = np.abs(np.random.default_rng(0).normal(scale, scale / 2, (64, networks.CHANNELS)))
    z = z.astype("float32")
    rounded = rounding(site, z)
    apart = np.abs(run_path(probe, z) - excite(site, z))
    assert (apart <= rounded + np.finfo(np.float32).tiny).all()
    assert rounded.max() < max(5e-6, 2e-5 * scale)


def run_path(probe, z):
    """The gates that the layers between squeeze and gate give in float32."""
    x = z.reshape(len(z), 1, 1, -1)
    for node in probe.sites[0].path:
        (x,) = probe.runtime.home.program.calls[node].run({node.inputs[0]: x})
    return np.asarray(x).reshape(len(z), -1)


def test_where_float32_leaves_nothing_to_compare_the_check_is_incomplete(coarse, monkeypatch):
    monkeypatch.setattr(SqueezeExcitation, "rounding", lambda *_: np.full((2, 256), 0.5))
    monkeypatch.setattr(SqueezeExcitation, "excite", lambda _, site, z: excite(site, z) + 0.1)
    check = self_check(coarse, model_inputs(2))
    assert (check.passed, check.failed) == (False, False)
    assert check.unchecked == {
        "SE_1": "Its sums are so large that float32 leaves too little of a gate."
    }


@pytest.mark.parametrize("others", [{}, {"SE_2_1": 0.0}, {"SE_2_3": 0.0}])
def test_gates_that_are_no_numbers_fail(others):
    assert not Check({**others, "SE_2_2": float("nan")}, True, 1).passed


def unknown(u):
    z = keras.layers.GlobalAveragePooling2D(keepdims=True)(u)
    bottleneck = keras.layers.Dense(2, "squareplus", name="odd")(z)
    return networks.multiply(u, keras.layers.Dense(networks.CHANNELS, "sigmoid")(bottleneck))


def test_what_cannot_be_recomputed_makes_it_incomplete_neither_passed_nor_failed():
    keras.utils.set_random_seed(2)
    check = self_check(
        Probe(network_of(model_of(lambda u: unknown(networks.dense_fused(u)))), batch=2),
        model_inputs(2),
    )
    assert (check.passed, check.failed) == (False, False)
    assert list(check.differences) == ["SE_1"]
    reason = "odd applies squareplus, which the self-check does not know."
    assert check.unchecked == {"SE_2": reason}
    assert "is incomplete: on 2 pictures, every gate" in check.describe()
    assert check.describe().endswith(f"Not checked: SE_2; {reason}")


def test_without_a_single_gate_it_is_incomplete_and_one_reason_is_said_once():
    check = Check({}, True, 1, {"SE_1": "No.", "SE_2": "No."})
    assert (check.passed, check.failed) == (False, False)
    assert "no gate could be recomputed" in check.describe()
    assert check.describe().endswith("Not checked: SE_1, SE_2; No.")
    assert Check({}, False, 1, {"SE_1": "No."}).failed
    assert Check({"SE_2": 1.0}, True, 1, {"SE_1": "No."}).failed


def test_half_precision_is_too_coarse_to_compare():
    def half(u):
        z = keras.layers.GlobalAveragePooling2D(keepdims=True)(u)
        s = keras.layers.Dense(networks.CHANNELS, "sigmoid", dtype="mixed_float16", name="half")(z)
        return networks.multiply(u, s)

    check = self_check(Probe(network_of(model_of(half)), batch=2), model_inputs(2))
    assert check.unchecked == {"SE_1": "half computes in float16, too coarse for this comparison."}


def test_a_network_without_se_fails_and_says_so():
    check = self_check(Probe(network_of(model_of(lambda u: u)), batch=2), model_inputs(1))
    assert not check.passed
    assert "has no SE block" in check.describe()


def test_its_sentence_carries_the_numbers():
    passed = Check({"SE_2_1": 3e-7, "SE_2_2": 1e-7}, True, 5).describe()
    assert "passed: on 5 pictures" in passed
    assert "at most 3.0e-07 (limit 1e-05)" in passed
    assert "are identical" in passed
    failed = Check({"SE_2_1": 3e-7}, False, 5).describe()
    assert "failed" in failed
    assert "NOT identical" in failed


@pytest.mark.parametrize("count", [1, 3])
def test_gates_fed_back_change_nothing(probe, count):
    assert identity(probe, model_inputs(count, SIZE)) == Identity(True, 0.0, count)


def test_gates_that_come_back_otherwise_are_noticed(probe, monkeypatch):
    def nudged(probe, pictures, edit):
        seen = probe.read(pictures)
        return replace(seen, outputs=np.nextafter(seen.outputs, np.float32(np.inf)))

    monkeypatch.setattr("se_viz.probe.check.intervene", nudged)
    found = identity(probe, model_inputs(2, SIZE))
    assert not found.same
    assert 0 < found.largest < 1e-6


def test_the_sentence_of_what_is_fed_back():
    said = Identity(True, 0.0, 3).describe()
    assert "the recorded gates of 3 pictures gives the same outputs, to the last bit." in said
    assert "of this picture gives" in Identity(True, 0.0, 1).describe()
    assert "changes an output by up to 2.0e-03." in Identity(False, 2e-3, 1).describe()
