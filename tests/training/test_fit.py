"""Training on a handful of random pictures: the loss falls, and a stopped run goes on as before."""

from __future__ import annotations

import json

import numpy as np
import pytest

keras = pytest.importorskip("keras")

from se_viz.files import WriteError  # noqa: E402
from se_viz.nets.se_resnet.build import build  # noqa: E402
from se_viz.nets.se_resnet.layout import SEResNet  # noqa: E402
from se_viz.training import checkpoint, fit  # noqa: E402
from se_viz.training.data import Split  # noqa: E402
from se_viz.training.fit import Rates, Run  # noqa: E402
from se_viz.training.fused import FusedBatchNormalization, fuse  # noqa: E402
from se_viz.training.recipe import Phase, Recipe, plan_epoch  # noqa: E402
from tests.nets.shallow import blocks_a_stage  # noqa: E402
from tests.test_files import room_for  # noqa: E402

TINY = SEResNet(depth=18, width=0.25, classes=2, ratio=4, zero_last_gamma=True)
RECIPE = Recipe(
    phases=(Phase(4, 32, 0.1, 0.0),),
    batch=8,
    smoothing=0.0,
    precision="float32",
)


@pytest.fixture(scope="module", autouse=True)
def shallow():
    """Two blocks, since it is compiling a step of training that takes time."""
    with blocks_a_stage(1, 1, 0, 0):
        yield


def draw(count: int, seed: int) -> Split:
    """Pictures that are easy to tell apart: reddish and bluish noise, 48 px."""
    rng = np.random.default_rng(seed)
    labels = np.arange(count) % 2
    pictures = rng.integers(0, 120, (count, 48, 48, 3))
    pictures[np.arange(count), :, :, labels * 2] += 120
    names = tuple(f"{i}.png" for i in range(count))
    return Split(pictures.astype("uint8"), labels.astype("int32"), names)


def start(folder, recipe=RECIPE) -> Run:
    return Run(recipe, draw(32, 0), draw(12, 1), folder, TINY)


@pytest.fixture(scope="module")
def unbroken(tmp_path_factory) -> Run:
    run = start(tmp_path_factory.mktemp("unbroken"))
    run.fit(every=2, verbose=0)
    return run


def test_the_loss_falls_and_the_history_is_whole(unbroken):
    losses = [entry["loss"] for entry in unbroken.history]
    assert losses[-1] < 0.7 * losses[0]
    assert [entry["epoch"] for entry in unbroken.history] == [1, 2, 3, 4]
    assert ["top1" in entry for entry in unbroken.history] == [False, True, False, True]
    assert json.loads((unbroken.out / "history.json").read_text()) == unbroken.history


def test_a_resumed_run_ends_where_an_unbroken_one_does(unbroken, tmp_path):
    start(tmp_path).fit(every=4, until=3, verbose=0)
    resumed = start(tmp_path)
    assert len(resumed.history) == 3
    resumed.fit(every=4, verbose=0)
    for a, b in zip(unbroken.network.get_weights(), resumed.network.get_weights(), strict=True):
        np.testing.assert_allclose(a, b, atol=2e-4)
    losses = [[entry["loss"] for entry in run.history] for run in (unbroken, resumed)]
    assert losses[0] == pytest.approx(losses[1], abs=1e-3)


def test_each_epoch_sees_the_steps_drawn_for_it(monkeypatch, tmp_path):
    """However often Keras looks at a first step beforehand, to see shapes."""
    seen, take = [], fit.EpochBatches.__getitem__

    def noted(batches, step):
        seen.append(batches.inputs["picks"][step].tolist())
        return take(batches, step)

    def small(config, policy):
        pictures = keras.Input((None, None, 3))
        x = keras.layers.GlobalAveragePooling2D(data_format="channels_last")(pictures)
        return keras.Model(pictures, keras.layers.Dense(2, name="logits")(x))

    monkeypatch.setattr(fit.EpochBatches, "__getitem__", noted)
    monkeypatch.setattr(fit, "build", small)
    start(tmp_path).fit(every=9, until=2, verbose=0)
    drawn = [plan_epoch(RECIPE, 32, epoch).picks.tolist() for epoch in (0, 1)]
    assert seen[-8:] == drawn[0] + drawn[1]


def test_another_recipe_is_refused_by_the_name_of_what_differs(unbroken):
    other = Recipe(phases=RECIPE.phases, batch=8, smoothing=0.2, precision="float32")
    with pytest.raises(ValueError, match="smoothing"):
        start(unbroken.out, other)


def test_a_full_disk_leaves_the_checkpoint_of_before(unbroken, tmp_path):
    kept, before = tmp_path / "checkpoint.npz", unbroken.checkpoint.read_bytes()
    kept.write_bytes(before)
    with room_for(1000), pytest.raises(WriteError, match=f"^{kept} cannot be written"):
        checkpoint.save(kept, unbroken.network, unbroken.optimizer, [], RECIPE)
    assert [(path, path.read_bytes()) for path in tmp_path.iterdir()] == [(kept, before)]


@pytest.mark.parametrize("size", [0, 1000])
def test_a_stump_of_a_checkpoint_is_named(size, unbroken, tmp_path):
    stump = tmp_path / "checkpoint.npz"
    stump.write_bytes(unbroken.checkpoint.read_bytes()[:size])
    with pytest.raises(ValueError, match=f"^{stump} cannot be read as a checkpoint"):
        checkpoint.load(stump, unbroken.network, unbroken.optimizer, RECIPE)


def test_rates_follow_the_phases():
    recipe = Recipe(phases=(Phase(2, 32, 0.0, 0.1), Phase(2, 40, 0.1, 0.0)))
    values = [float(keras.ops.convert_to_numpy(Rates(recipe, 4)(s))) for s in (0, 4, 8, 12, 15)]
    assert values == pytest.approx([0, 0.05, 0.1, 0.05, 0.0125], abs=1e-6)


@pytest.mark.skipif(keras.backend.backend() != "tensorflow", reason="fused on TensorFlow only")
def test_fused_batch_norm_is_batch_norm():
    rng = np.random.default_rng(0)
    x = rng.normal(3, 2, (4, 5, 6, 8)).astype("float32")
    plain = keras.layers.BatchNormalization(momentum=0.9, epsilon=1e-5)
    fused = FusedBatchNormalization(momentum=0.9, epsilon=1e-5)
    for training in (True, True, False):
        a, b = plain(x, training=training), fused(x, training=training)
        np.testing.assert_allclose(a, b, atol=2e-2)
    np.testing.assert_allclose(plain.moving_mean, fused.moving_mean, atol=1e-5)
    # The fused kernel keeps the unbiased variance, larger by n / (n - 1) with n = 4 * 5 * 6.
    np.testing.assert_allclose(plain.moving_variance, fused.moving_variance, rtol=1e-2)


def test_a_fused_network_has_the_weights_of_the_plain_one():
    network = build(TINY.flexible())
    names = [v.path for v in network.weights]
    assert [v.path for v in fuse(network).weights] == names
