"""The shipped weights and the record beside them belong together."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from se_viz.nets import builtin, weights
from se_viz.probe.stored import folder
from se_viz.profiles import load as load_profile
from se_viz.training.data import Split
from se_viz.training.recipe import Recipe


@pytest.fixture(scope="module")
def record() -> dict:
    return builtin.provenance()


def test_the_record_names_the_shipped_file(record):
    assert record["weights_sha256"] == weights.fingerprint(builtin.WEIGHTS)
    assert builtin.WEIGHTS.stat().st_size <= 16 * 1024 * 1024


def test_accuracies_follow_from_the_confusion_matrix(record):
    measured = record["measured"]
    confusion = np.array(measured["confusion"])
    assert measured["classes"] == list(builtin.CLASSES)
    assert confusion.sum() == measured["pictures"] == 3925
    assert measured["top1"] == pytest.approx(100 * np.trace(confusion) / 3925, abs=1e-3)
    for i, name in enumerate(builtin.CLASSES):
        share = 100 * confusion[i, i] / confusion[i].sum()
        assert measured["per_class"][name] == pytest.approx(share, abs=1e-3)


def test_the_shipped_network_reaches_the_bar(record):
    assert record["measured"]["top1"] >= 90


def test_the_training_curve_is_whole_and_its_loss_falls(record):
    training = record["training"]
    curve = training["curve"]
    assert [entry["epoch"] for entry in curve] == list(range(1, training["epochs_done"] + 1))
    assert training["epochs_done"] == training["epochs_planned"]
    assert curve[-1]["loss"] < 0.5 * curve[0]["loss"]
    assert training["training_pictures"] == 9469
    assert training["command"].startswith("python -m se_viz.training fit --data DIR")


def test_it_was_trained_by_the_recipe_that_fit_follows(record):
    assert record["training"]["recipe"] == json.loads(json.dumps(Recipe().as_dict()))


def test_the_weights_fit_the_network_and_are_sound(record):
    tensors = weights.read(builtin.WEIGHTS)
    assert sum(t.size for t in tensors.values()) == record["parameters"]
    for name, tensor in tensors.items():
        assert np.isfinite(tensor).all()
        if name.endswith("moving_variance"):
            assert tensor.min() > 0, name


def test_the_shipped_network_loads_and_answers():
    pytest.importorskip("keras")
    model, side = builtin.load(), builtin.PREPROCESSING.size
    logits = model(np.zeros((2, side, side, 3), "float32"), training=False).numpy()
    assert logits.shape == (2, 10)
    assert np.isfinite(logits).all()
    np.testing.assert_allclose(logits[0], logits[1], atol=1e-5)


@pytest.fixture
def run(tmp_path) -> Path:
    """A run that ended with the shipped weights."""
    (tmp_path / "run").mkdir()
    shutil.copy(builtin.WEIGHTS, tmp_path / "run" / "weights.safetensors")
    (tmp_path / "run" / "provenance.json").write_text('{"seed": 7}')
    return tmp_path / "run"


@pytest.fixture
def assets(tmp_path) -> Path:
    """What ships today."""
    (tmp_path / "assets").mkdir()
    for name in ("weights.safetensors", "provenance.json", "profile.npz", "sweep.npz"):
        (tmp_path / "assets" / name).write_text("of yesterday")
    return tmp_path / "assets"


def drawn() -> Split:
    model_inputs = np.random.default_rng(0).integers(0, 256, (2, 160, 160, 3), np.uint8)
    return Split(model_inputs, np.arange(2, dtype=np.int32), ("a", "b"), "drawn")


def test_what_ships_is_replaced_when_all_of_it_is_made(run, assets, monkeypatch):
    pytest.importorskip("keras")
    from se_viz.training.app_assets import ship

    with monkeypatch.context() as patched:
        patched.setattr(ship, "LARGEST", 1)
        with pytest.raises(ValueError, match="over 16 MB"):
            ship.ship(run, drawn(), assets)
    names = {path.name for path in assets.iterdir()}
    assert {(assets / name).read_text() for name in names} == {"of yesterday"}
    ship.ship(run, drawn(), assets)
    made = json.loads((assets / "provenance.json").read_text())
    assert made["training"] == {"seed": 7}
    assert made["weights_sha256"] == weights.fingerprint(assets / "weights.safetensors")
    assert made["measured"]["pictures"] == load_profile(assets / "profile.npz").pictures == 2
    assert {path.name for path in assets.iterdir()} == names | {"openvino"}
    again = folder.read(assets / "openvino", weights=weights.read(assets / "weights.safetensors"))
    assert again.network.fingerprint == made["weights_sha256"]


def test_a_damaged_record_of_a_run_is_named(run):
    from se_viz.training.app_assets.ship import _record

    (run / "provenance.json").write_text('{"seed":')
    with pytest.raises(ValueError, match=r"provenance\.json is damaged"):
        _record(run)
