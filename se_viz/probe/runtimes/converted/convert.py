"""Keras networks written down for OpenVINO, by way of what TensorFlow would run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from se_viz.compat.openvino import library
from se_viz.compat.tensorflow import forget_gradients
from se_viz.probe.graph import Slot
from se_viz.probe.runtimes.openvino.program import MODEL_INPUTS, OUTPUTS, named
from se_viz.probe.runtimes.openvino.runtime import OpenVINORuntime
from se_viz.probe.runtimes.openvino.variants import as_bytes
from se_viz.probe.runtimes.tensorflow.compiled import plain_names
from se_viz.probe.runtimes.tensorflow.runtime import TensorFlowRuntime
from se_viz.probe.runtimes.tensorflow.tensors import as_map, excited, squeezed

NEAR = 1e-2
"""How far outputs, and gates, may lie apart, as a share of the largest or of 1: weights at random
make so much of how float32 rounds, and what is computed wrongly lies further off."""


def written(home: TensorFlowRuntime) -> tuple[bytes, bytes]:
    """Model and constants of its `OpenVINOProgram`."""
    return as_bytes(_model_of(home))


def _model_of(home: TensorFlowRuntime) -> Any:
    size, variables = home.network.preprocessing.size, home.program.model.variables
    pixels = tf.TensorSpec((None, size, size, 3), tf.uint8, MODEL_INPUTS)
    given = [tf.TensorSpec(v.shape, v.dtype, named("weights", i)) for i, v in enumerate(variables)]

    def everything(model_inputs: Any, *weights: Any) -> dict[str, Any]:
        with keras.StatelessScope(list(zip(variables, weights, strict=True))):
            return _named(home, home.program.run(home.normalise(model_inputs)))

    with plain_names(home.operations()):
        concrete = tf.function(
            everything, [pixels, *given], autograph=False
        ).get_concrete_function()
    forget_gradients(concrete.graph)
    return library.convert_model(concrete)


def weights_of(home: TensorFlowRuntime) -> dict[str, np.ndarray]:
    """The network's weights as they are now, by path; by number too where paths are not enough."""
    variables = home.program.model.variables
    alone = len({variable.path for variable in variables}) == len(variables)
    return {
        variable.path if alone else f"{number} {variable.path}": variable.numpy()
        for number, variable in enumerate(variables)
    }


def _named(home: TensorFlowRuntime, values: Mapping[Slot, Any]) -> dict[str, Any]:
    """All tensors that are looked at or changed, see `OpenVINOProgram`."""
    found = {named("narrow", i): values[slot] for i, slot in enumerate(home.graph.narrows)}
    if home.graph.result is not None:
        found[OUTPUTS] = home.outputs_of(values)
    for number, site in enumerate(home.sites):
        found[named("z", number)] = squeezed(values, site)
        found[named("s", number)] = excited(values, site)
        found[named("u", number)] = as_map(values[site.u], site)
        found[named("x", number)] = as_map(values[site.x], site)
    return found


def refuse_others(home: TensorFlowRuntime, runtime: OpenVINORuntime) -> None:
    """Raises ValueError where noisy pictures give other outputs or gates than TensorFlow's."""
    size = home.network.preprocessing.size
    noise = np.random.default_rng(0).integers(0, 256, (2, size, size, 3), np.uint8)
    here = runtime.forward(noise)
    wanted = [slot for site in home.sites for slot in site.gates]
    values = home.program.run_for(wanted, home.normalise(tf.constant(noise)))
    there = [home.outputs(noise), *(excited(values, site).numpy() for site in home.sites)]
    for ours, theirs in zip((here.outputs, *here.gates), there, strict=True):
        finite = np.abs(theirs[np.isfinite(theirs)])
        if not np.allclose(ours, theirs, NEAR, NEAR * max(1, finite.max(initial=0))):
            raise ValueError(f"it is off by {np.abs(ours - theirs).max():.1e}")
