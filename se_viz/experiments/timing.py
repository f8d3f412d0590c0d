"""How long a picture takes without SE, and with its parts added in turn, on this machine.

In a compiled graph parts share their passes over memory, so that parts timed alone do not add up;
networks are timed whole, and by turns, so that whatever else the machine does hits all alike.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from se_viz.analysis.networks.diagram import plain_of
from se_viz.complexity import Config
from se_viz.nets.made import build

if TYPE_CHECKING:
    import keras

PLAIN, SQUEEZE, EXCITATION, SCALING = "plain", "squeeze", "excitation", "scaling"
WARM, ROUNDS, SECONDS = 2, 40, 20.0
"""Passes of each network before any is timed; rounds at most, and seconds after which none is
begun."""
FEWEST = 6
"""Rounds in any case: with fewer, all of them leave the median out more often than 5% of the
time."""
_ENDS = {SQUEEZE: "_squeeze", EXCITATION: "_gate"}

Told = Callable[[float, str], object]


def in_turn(config: Config) -> Iterator[tuple[str, keras.Model]]:
    """The network without SE; with every block's squeeze computed beside it; with its gates
    computed; and as it is, with U scaled by them."""
    yield PLAIN, build(plain_of(config))
    whole = build(config)
    for step, end in _ENDS.items():
        yield step, _beside(whole, end)
    yield SCALING, whole


def _beside(whole: keras.Model, end: str) -> keras.Model:
    """The network whose blocks let U pass as it is, and give what some of their layers do."""
    import keras

    kept: list[Any] = []

    def call(layer: Any, *given: Any, **options: Any) -> Any:
        if layer.name.startswith("SE_") and layer.name.endswith("_scale"):
            return given[0][0]
        found = layer(*given, **options)
        if layer.name.startswith("SE_") and layer.name.endswith(end):
            kept.append(found)
        return found

    copy = keras.models.clone_model(whole, call_function=call, clone_function=lambda layer: layer)
    return keras.Model(copy.inputs, [*copy.outputs, *kept])


def time_of(
    models: Mapping[str, keras.Model],
    size: int,
    told: Told | None = None,
    batch: int = 1,
    seconds: float | None = None,
) -> pd.DataFrame:
    """Time networks by turns on pictures of size x size pixels.

    Args:
        told: how far it is, in [0, 1], and what is done now.
        batch: pictures that pass together.
        seconds: how long rounds are begun, once there are `FEWEST`; None for `SECONDS`, and
            `ROUNDS` at most.

    Raises:
        ValueError: for seconds that are no length of time.

    Returns:
        Columns step (as they are called), seconds (median over rounds), ratio (to the first, median
        over rounds), low and high (its 95% interval, by order statistics) and rounds.
    """
    refuse_seconds(SECONDS if seconds is None else seconds)
    run = {name: _compiled(model, size, batch) for name, model in models.items()}
    most, limit = (ROUNDS, SECONDS) if seconds is None else (10**6, seconds)
    order, rounds = list(run), []
    started, rng = time.perf_counter(), np.random.default_rng(0)
    for number in range(most):
        spent = time.perf_counter() - started
        if number >= FEWEST and spent > limit:
            break
        if told:
            told(min(max(number / most, spent / max(limit, spent)), 1.0), f"round {number + 1}")
        taken = {name: run[name]() for name in rng.permutation(order)}
        rounds.append([taken[name] for name in order])
    return _table(order, np.array(rounds))


def refuse_seconds(seconds: float) -> None:
    """Raises ValueError for what is no length of time."""
    if not 0 <= seconds < math.inf:
        raise ValueError(f"Networks are timed for some seconds, not for {seconds:g}.")


def _table(names: list[str], seconds: np.ndarray) -> pd.DataFrame:
    ratios = np.sort(seconds / seconds[:, :1], 0)
    low, high = ratios[_around_the_median(len(ratios))]
    return pd.DataFrame(
        {
            "step": names,
            "seconds": np.median(seconds, 0),
            "ratio": np.median(ratios, 0),
            "low": low,
            "high": high,
            "rounds": len(seconds),
        }
    )


def _around_the_median(count: int) -> list[int]:
    """Places among sorted rounds, `FEWEST` at least, between which the median lies with 95%,
    binomially."""
    from scipy.stats import binom

    below = max(int(binom.ppf(0.025, count, 0.5)) - 1, 0)
    return [below, count - 1 - below]


def _compiled(model: keras.Model, size: int, batch: int) -> Callable[[], float]:
    """A function that passes a batch and gives the seconds that it took."""
    import tensorflow as tf

    from se_viz.probe.runtimes.tensorflow.compiled import compile_once

    picture = tf.random.stateless_uniform((batch, size, size, 3), (0, 0))
    signature = tf.TensorSpec(picture.shape, picture.dtype)
    run = compile_once(lambda given: model(given, training=False), signature)

    def timed() -> float:
        started = time.perf_counter()
        tf.nest.map_structure(lambda tensor: tensor.numpy(), run(picture))
        return time.perf_counter() - started

    for _ in range(WARM):
        timed()
    return timed
