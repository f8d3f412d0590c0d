"""Compiled passes of a network that OpenVINO runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from cachetools import LRUCache

from se_viz.probe.edit import Edit
from se_viz.probe.gates.sites import Site
from se_viz.probe.graph import Slot
from se_viz.probe.runtimes.base import Inside, Job, Tensors
from se_viz.probe.runtimes.openvino.compiled import compile_once
from se_viz.probe.runtimes.openvino.program import OUTPUTS, OpenVINOProgram, named
from se_viz.probe.runtimes.openvino.variants import bound, edited, reading

MOST = 6
"""Passes that are kept, each of which holds the network's weights in a form of its own."""

Passes = Callable[..., list[np.ndarray]]


class OpenVINORuntime:
    """See `Runtime`; what is compiled is kept, for any number of model inputs. Outputs do not
    depend on the batch, to the last bit."""

    title = "OpenVINO"

    def __init__(self, job: Job) -> None:
        assert isinstance(job.program, OpenVINOProgram)  # the catalogue sees to it
        self.graph, self.sites, self.precision = job.graph, job.sites, job.precision
        self.program, self.model = job.program, bound(job.program)
        self.compiled: LRUCache[Any, Passes] = LRUCache(MOST)
        self.outputs_name = [] if self.graph.result is None else [OUTPUTS]
        every = range(len(self.sites))
        self.rows = [named(what, number) for what in "sz" for number in every]

    def forward(self, model_inputs: np.ndarray) -> Tensors:
        """See `Runtime.forward`."""
        names = [*self.outputs_name, *self.rows]
        run = self._pass("read", lambda: reading(self.model, names))
        return self._tensors(run(model_inputs), len(model_inputs))

    def bare(self, model_inputs: np.ndarray) -> np.ndarray:
        """See `Runtime.bare`."""
        if not self.outputs_name:
            return np.zeros((len(model_inputs), 0), np.float32)
        return self._pass("bare", lambda: reading(self.model, self.outputs_name))(model_inputs)[0]

    outputs = bare

    def edited(self, model_inputs: np.ndarray, edit: Edit) -> Tensors:
        """See `Runtime.edited`."""
        if not self.sites:
            return self.forward(model_inputs)
        names = [*self.outputs_name, *self.rows]
        run = self._pass("edited", lambda: edited(self.model, self.sites, {}, names))
        given = (edit.keep, edit.add, edit.take)
        return self._tensors(run(model_inputs, *given), len(model_inputs))

    def swept(
        self, model_inputs: np.ndarray, edits: Edit, rows: np.ndarray, joins: Mapping[Slot, int]
    ) -> np.ndarray:
        """See `Runtime.swept`."""
        named_joins = {
            named("narrow", i): joins[slot]
            for i, slot in enumerate(self.graph.narrows)
            if slot in joins
        }
        way = ("swept", tuple(named_joins.items()))
        run = self._pass(way, lambda: edited(self.model, self.sites, named_joins, [OUTPUTS]))
        arrays, every = (edits.keep, edits.add, edits.take), np.ascontiguousarray(rows).ravel()
        given = (*arrays, every) if named_joins else [array[every] for array in arrays]
        return run(model_inputs, *given)[0].reshape(*rows.shape, -1)

    def inside(self, model_inputs: np.ndarray, site: Site) -> Inside:
        """See `Runtime.inside`."""
        number = self.sites.index(site)
        names = [named(what, number) for what in "uzsx"]
        run = self._pass(("inside", number), lambda: reading(self.model, names))
        return Inside(*run(model_inputs))

    def _pass(self, way: Any, model: Callable[[], Any]) -> Passes:
        if way not in self.compiled:
            self.compiled[way] = compile_once(model(), self.precision)
        return self.compiled[way]

    def _tensors(self, found: list[np.ndarray], count: int) -> Tensors:
        outputs = found[0] if self.outputs_name else np.zeros((count, 0), np.float32)
        rows = found[len(self.outputs_name) :]
        half = len(self.sites)
        return Tensors(outputs, tuple(rows[:half]), tuple(rows[half:]))
