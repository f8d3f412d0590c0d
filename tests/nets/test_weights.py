"""Weights by name: what goes in comes out, and what does not fit is refused."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest

keras = pytest.importorskip("keras")

from se_viz.nets import weights  # noqa: E402
from se_viz.nets.se_resnet.build import build  # noqa: E402
from se_viz.nets.se_resnet.layout import SEResNet  # noqa: E402


@pytest.fixture
def model():
    inputs = keras.Input((4,))
    x = keras.layers.Dense(3, name="first")(inputs)
    x = keras.layers.BatchNormalization(name="bn")(x)
    return keras.Model(inputs, keras.layers.Dense(2, use_bias=False, name="last")(x))


def test_names_are_layer_and_variable(model):
    assert set(weights.variables(model)) == {
        "first/kernel",
        "first/bias",
        "bn/gamma",
        "bn/beta",
        "bn/moving_mean",
        "bn/moving_variance",
        "last/kernel",
    }


def test_a_round_trip_keeps_what_half_precision_keeps(model, tmp_path):
    before = [np.asarray(w) for w in model.get_weights()]
    weights.write(model, tmp_path / "w.safetensors", metadata={"architecture": "tiny"})
    tensors = weights.read(tmp_path / "w.safetensors")
    assert {t.dtype for t in tensors.values()} == {np.dtype("float32")}
    model.set_weights([w + 1 for w in before])
    weights.apply(model, tensors)
    for old, new in zip(before, model.get_weights(), strict=True):
        np.testing.assert_array_equal(old.astype("float16").astype("float32"), new)
    assert [p.name for p in tmp_path.iterdir()] == ["w.safetensors"]


def test_every_weight_of_a_network_has_a_name_of_its_own():
    network = build(SEResNet(depth=18, width=0.25, classes=3, size=32, ratio=4))
    named = weights.variables(network)
    assert len(named) == len(network.weights)
    assert "SE_2_1_expand/kernel" in named


def test_a_missing_tensor_is_named(model):
    tensors = {name: v.numpy() for name, v in weights.variables(model).items()}
    del tensors["last/kernel"]
    with pytest.raises(ValueError, match="lack last/kernel"):
        weights.apply(model, tensors)


def test_an_unexpected_tensor_is_named(model):
    tensors = {name: v.numpy() for name, v in weights.variables(model).items()}
    with pytest.raises(ValueError, match="do not belong in this network: extra/kernel"):
        weights.apply(model, {**tensors, "extra/kernel": np.zeros(3)})


def test_a_wrong_shape_is_named_and_nothing_is_changed(model):
    tensors = {name: v.numpy() + 1 for name, v in weights.variables(model).items()}
    before = model.get_weights()
    tensors["last/kernel"] = np.zeros((2, 3), "float32")
    with pytest.raises(ValueError, match=r"last/kernel \(2, 3\) instead of \(3, 2\)"):
        weights.apply(model, tensors)
    for old, new in zip(before, model.get_weights(), strict=True):
        np.testing.assert_array_equal(old, new)


@pytest.mark.parametrize("value", [np.nan, np.inf, 1e6])
def test_numbers_that_do_not_fit_are_refused(model, tmp_path, value):
    model.get_layer("first").bias.assign(np.full(3, value, "float32"))
    with pytest.raises(ValueError, match="first/bias"):
        weights.write(model, tmp_path / "w.safetensors")
    assert not (tmp_path / "w.safetensors").exists()


def test_what_is_no_weights_file_is_refused_by_name(tmp_path):
    (tmp_path / "broken.safetensors").write_bytes(b"no tensors in here")
    for name in ("broken.safetensors", "missing.safetensors"):
        with pytest.raises(ValueError, match=name):
            weights.read(tmp_path / name)


def test_the_fingerprint_is_the_files_sha256(tmp_path):
    (tmp_path / "file").write_bytes(b"abc")
    assert weights.fingerprint(tmp_path / "file") == hashlib.sha256(b"abc").hexdigest()
