"""Compiled passes of a Keras network that give outputs, gates and squeezes together."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import Any

import numpy as np
import tensorflow as tf
from cachetools import LRUCache
from keras import tree

from se_viz.compat.keras import all_layers
from se_viz.nets.output import width
from se_viz.probe.edit import Edit
from se_viz.probe.frontends.keras.program import KerasProgram
from se_viz.probe.gates.sites import Site
from se_viz.probe.graph import Slot, channels_first
from se_viz.probe.runtimes.base import Inside, Job, Tensors
from se_viz.probe.runtimes.tensorflow.compiled import MOST, compile_once, plain_names
from se_viz.probe.runtimes.tensorflow.edits import run_edited
from se_viz.probe.runtimes.tensorflow.tensors import as_map, excited, squeezed


class TensorFlowRuntime:
    """See `Runtime`; what is compiled is kept, for any number of model inputs."""

    title, precision = "TensorFlow", "float32"

    def __init__(self, job: Job) -> None:
        assert isinstance(job.program, KerasProgram)  # the catalogue sees to it
        self.program, self.graph = job.program, job.graph
        self.network, self.sites = job.network, job.sites
        self.compiled: LRUCache[Hashable, Callable[..., Any]] = LRUCache(MOST)

    def forward(self, model_inputs: np.ndarray) -> Tensors:
        """See `Runtime.forward`."""
        return Tensors(*self._call("read", self._forward, model_inputs))

    def bare(self, model_inputs: np.ndarray) -> np.ndarray:
        """See `Runtime.bare`."""
        return self._call("bare", self._bare, model_inputs)

    def edited(self, model_inputs: np.ndarray, edit: Edit) -> Tensors:
        """See `Runtime.edited`."""
        return Tensors(
            *self._call("edited", self._edited, model_inputs, edit.keep, edit.add, edit.take)
        )

    def swept(
        self, model_inputs: np.ndarray, edits: Edit, rows: np.ndarray, joins: Mapping[Slot, int]
    ) -> np.ndarray:
        """See `Runtime.swept`."""

        def run(pictures: Any, rows: Any, *arrays: Any) -> Any:
            given = (self.normalise(pictures), arrays, joins, rows)
            return self.outputs_of(run_edited(self.program, self.sites, *given)[0])

        way = ("swept", tuple(joins.items()))
        outputs = self._call(
            way, run, model_inputs, rows.ravel(), edits.keep, edits.add, edits.take
        )
        return outputs.reshape(*rows.shape, -1)

    def outputs(self, model_inputs: np.ndarray) -> np.ndarray:
        """See `Runtime.outputs`."""
        pictures = self.normalise(tf.constant(model_inputs))
        wanted = [self.graph.inputs[0] if self.graph.result is None else self.graph.result]
        return self.outputs_of(self.program.run_for(wanted, pictures)).numpy()

    def inside(self, model_inputs: np.ndarray, site: Site) -> Inside:
        """See `Runtime.inside`."""
        wanted = (site.u, site.z, *site.gates, site.x)
        values = self.program.run_for(wanted, self.normalise(tf.constant(model_inputs)))
        z, s = squeezed(values, site).numpy(), excited(values, site).numpy()
        u, x = (as_map(values[slot], site).numpy() for slot in (site.u, site.x))
        return Inside(u, z, s, x)

    def normalise(self, model_inputs: Any) -> Any:
        """(x / 255 - mean) / std as the network's input, in the graph: pixels travel as bytes."""
        preprocessing = self.network.preprocessing
        mean = 255 * np.asarray(preprocessing.mean, np.float32)
        std = 255 * np.asarray(preprocessing.std, np.float32)
        pictures = (tf.cast(model_inputs, tf.float32) - mean) / std
        dtype = tf.as_dtype(self.program.model.inputs[0].dtype)
        pictures = tf.cast(tf.round(pictures) if dtype.is_integer else pictures, dtype)
        first = channels_first(self.graph.shapes[self.graph.inputs[0]])
        return tf.transpose(pictures, (0, 3, 1, 2)) if first else pictures

    def _call(self, way: Hashable, function: Callable, *inputs: np.ndarray) -> Any:
        """What a function of tensors gives, as arrays; it is compiled once for each `way`, for any
        number of rows of its inputs."""
        tensors = [tf.constant(array) for array in inputs]
        if way not in self.compiled:
            specs = (tf.TensorSpec((None, *x.shape[1:]), x.dtype) for x in tensors)
            with plain_names(self.operations()):
                self.compiled[way] = compile_once(function, *specs)
        result = self.compiled[way](*tensors)
        return tf.nest.map_structure(lambda tensor: tensor.numpy(), result)

    def operations(self) -> list[Any]:
        """All that has a name in the network, whatever it is nested in."""
        operations = (call.operation for call in self.program.calls.values())
        model = self.program.model
        return [model, *all_layers(model), *operations]

    def _forward(self, model_inputs: Any) -> Any:
        return self._read(self.program.run(self.normalise(model_inputs)))

    def _edited(self, model_inputs: Any, *arrays: Any) -> Any:
        values, gates = run_edited(self.program, self.sites, self.normalise(model_inputs), arrays)
        return self._read(values, gates)

    def _read(self, values: Mapping[Slot, Any], gates: list[Any] | None = None) -> Any:
        applied = [excited(values, site) for site in self.sites] if gates is None else gates
        squeezes = [squeezed(values, site) for site in self.sites]
        return self.outputs_of(values), tuple(applied), tuple(squeezes)

    def _bare(self, model_inputs: Any) -> Any:
        slot, pictures = self.graph.result, self.normalise(model_inputs)
        results = tree.flatten(self.program.model(pictures, training=False))
        found = {} if slot is None else {slot: results[self.network.told.result]}
        return self.outputs_of({self.graph.inputs[0]: pictures, **found})

    def outputs_of(self, values: Mapping[Slot, Any]) -> Any:
        """The outputs (N, K), float32, among the tensors of a run."""
        slot = self.graph.result
        if slot is None:
            return tf.zeros((tf.shape(values[self.graph.inputs[0]])[0], 0))
        output, shape = tf.cast(values[slot], tf.float32), self.graph.shapes[slot]
        return output if len(shape) == 2 else tf.reshape(output, (-1, width(shape)))
