"""The shipped weights and the record beside them belong together."""

from __future__ import annotations

import numpy as np
import pytest

from se_viz.nets import builtin, weights


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
    logits = model.predict_on_batch(np.zeros((2, side, side, 3), "float32"))
    assert logits.shape == (2, 10)
    assert np.isfinite(logits).all()
    np.testing.assert_allclose(logits[0], logits[1], atol=1e-5)
