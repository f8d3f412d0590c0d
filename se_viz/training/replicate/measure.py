"""What a trained network makes of the validation pictures under every light."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext

import keras
import numpy as np
from scipy.special import log_softmax

from se_viz.nets.builtin import PREPROCESSING
from se_viz.training.evaluate import BATCH


def of_bytes(network: keras.Model) -> keras.Model:
    """A network behind its normalisation: uint8 (N, size, size, 3) -> logits (N, K)."""
    pictures = keras.Input(network.input_shape[1:], dtype="uint8")
    mean, std = (255 * np.asarray(v, "float32") for v in (PREPROCESSING.mean, PREPROCESSING.std))
    return keras.Model(pictures, network((keras.ops.cast(pictures, "float32") - mean) / std))


def measure(
    network: keras.Model, lit: np.ndarray, labels: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """What a network guesses, and how wrong it is.

    Args:
        network: for uint8 pictures.
        lit: uint8 (lights, N, size, size, 3), the same pictures under several lights.
        labels: (N,) true classes.

    Returns:
        Guesses uint8 (lights, N), and mean losses (lights,) in nats.
    """
    guesses, losses = [], []
    with _exact():
        for pictures in lit:
            logits = _logits(network, pictures).astype(np.float64)
            nats = -log_softmax(logits, 1)[np.arange(len(labels)), labels]
            guesses.append(logits.argmax(1).astype(np.uint8))
            losses.append(float(nats.mean()))
    return np.stack(guesses), np.array(losses)


def _exact() -> AbstractContextManager:
    """On JAX, products in float32: a GPU would round their factors to fewer digits."""
    if keras.backend.backend() != "jax":
        return nullcontext()
    import jax

    return jax.default_matmul_precision("float32")


def _logits(network: keras.Model, pictures: np.ndarray) -> np.ndarray:
    """float32 (N, K); the last batch is filled up, so that one graph does for all."""
    parts = []
    for first in range(0, len(pictures), BATCH):
        part = pictures[first : first + BATCH]
        padding = [(0, BATCH - len(part)), (0, 0), (0, 0), (0, 0)]
        parts.append(network.predict_on_batch(np.pad(part, padding))[: len(part)])
    return np.concatenate(parts)
