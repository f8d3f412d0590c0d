"""Runs trained together on JAX end where each would alone, in a process with JAX under Keras."""

from __future__ import annotations

import pytest

from tests.training.test_other_backends import run

SMALL = """
import sys
from dataclasses import replace

import keras
import numpy as np

from se_viz.training import fit
from se_viz.training.products import ProductConv2D
from se_viz.training.recipe import Phase, Recipe
from se_viz.training.together import fit_together
from tests.training.test_fit import TINY, draw

LAST = {"data_format": "channels_last"}
RECIPE = Recipe(
    phases=(Phase(2, 32, 0.0, 0.02), Phase(1, 40, 0.02, 0.0)),
    batch=8, mixup=0.2, precision="float32",
)

def build(config, policy):
    pictures = keras.Input((None, None, 3))
    x = keras.layers.Conv2D(8, 3, 4, **LAST)(pictures)
    x = keras.layers.BatchNormalization()(x)
    x = keras.layers.GlobalAveragePooling2D(**LAST)(x)
    return keras.Model(pictures, keras.layers.Dense(2, name="logits")(x))

def start(folder, *seeds):
    given = draw(32, 0), draw(12, 1)
    return [fit.Run(replace(RECIPE, seed=s), *given, f"{folder}/{s}", TINY) for s in seeds]

def same(run, other):
    for a, b in zip(run.network.get_weights(), other.network.get_weights(), strict=True):
        np.testing.assert_allclose(a, b, atol=1e-2)
    losses = [[entry["loss"] for entry in one.history] for one in (run, other)]
    np.testing.assert_allclose(*losses, atol=1e-3)

fit.build = build
"""
ALIKE = """
together, alone = start("together", 0, 1), start("alone", 0, 1)
fit_together(together)
for one, other in zip(together, alone, strict=True):
    other.fit(every=9, verbose=0)
    same(one, other)
assert all((one.out / "weights.safetensors").exists() for one in together)

start("late", 0)[0].fit(every=9, until=1, verbose=0)
late = start("late", 0, 1)
fit_together(late)
same(late[0], together[0]), same(late[1], together[1])
"""
PRODUCTS = """
rng = np.random.default_rng(0)
for kernel, stride, padding in ((1, 1, "valid"), (1, 2, "valid"), (3, 2, "valid"), (3, 1, "same")):
    x = rng.normal(size=(2, 9, 7, 3)).astype("float32")
    plain = keras.layers.Conv2D(5, kernel, stride, padding, **LAST)
    product = ProductConv2D(5, kernel, stride, padding, **LAST)
    wanted = plain(x)
    product.build(x.shape)
    product.set_weights(plain.get_weights())
    np.testing.assert_allclose(product(x), wanted, atol=1e-5)
"""


@pytest.mark.long
@pytest.mark.parametrize("script", [ALIKE, PRODUCTS], ids=["runs", "products"])
def test_on_jax(script, tmp_path):
    pytest.importorskip("jax")
    quick = "--xla_backend_optimization_level=0"
    done = run(SMALL + script, tmp_path, KERAS_BACKEND="jax", XLA_FLAGS=quick)
    assert done.returncode == 0, done.stderr
