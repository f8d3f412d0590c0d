"""A Keras network that is written down for OpenVINO with its first pass."""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property

import numpy as np

from se_viz.probe.edit import Edit
from se_viz.probe.gates.sites import Site
from se_viz.probe.graph import Slot
from se_viz.probe.runtimes.base import Inside, Job, Runtime, Tensors
from se_viz.probe.runtimes.converted.convert import refuse_others, weights_of, written
from se_viz.probe.runtimes.openvino.program import OpenVINOProgram
from se_viz.probe.runtimes.openvino.runtime import OpenVINORuntime
from se_viz.probe.runtimes.openvino.variants import refuse_fixed
from se_viz.probe.runtimes.tensorflow.runtime import TensorFlowRuntime

_log = logging.getLogger(__name__)


class Converted:
    """A Keras network, see `Runtime`: written down with the first pass, as it is then, and run by
    OpenVINO from there on; by TensorFlow where OpenVINO does not take it, or gives other numbers.

    Attributes:
        home: TensorFlow, for what is looked at once.
    """

    def __init__(self, job: Job) -> None:
        self.job, self.home = job, TensorFlowRuntime(job)
        self._once = threading.Lock()

    @property
    def title(self) -> str:
        """See `Runtime`."""
        return self.passes.title

    @property
    def precision(self) -> str:
        """See `Runtime`."""
        return self.passes.precision

    def forward(self, model_inputs: np.ndarray) -> Tensors:
        """See `Runtime.forward`."""
        return self.passes.forward(model_inputs)

    def bare(self, model_inputs: np.ndarray) -> np.ndarray:
        """See `Runtime.bare`."""
        return self.passes.bare(model_inputs)

    def edited(self, model_inputs: np.ndarray, edit: Edit) -> Tensors:
        """See `Runtime.edited`."""
        return self.passes.edited(model_inputs, edit)

    def swept(
        self, model_inputs: np.ndarray, edits: Edit, rows: np.ndarray, joins: Mapping[Slot, int]
    ) -> np.ndarray:
        """See `Runtime.swept`."""
        return self.passes.swept(model_inputs, edits, rows, joins)

    def outputs(self, model_inputs: np.ndarray) -> np.ndarray:
        """See `Runtime.outputs`."""
        return self.home.outputs(model_inputs)

    def inside(self, model_inputs: np.ndarray, site: Site) -> Inside:
        """See `Runtime.inside`."""
        return self.passes.inside(model_inputs, site)

    @property
    def passes(self) -> Runtime:
        """What runs the network.

        Raises:
            ValueError: where that would be in another precision than was asked for.
        """
        with self._once:
            return self._passes

    @cached_property
    def _passes(self) -> Runtime:
        try:
            return self._taken()
        except Exception as error:  # whatever a converter raises on what it does not know
            if self.job.precision != self.home.precision:
                raise ValueError(f"OpenVINO does not take it: {error}") from error
            _log.warning("OpenVINO does not take %s", self.job.network.title, exc_info=True)
            return self.home

    def _taken(self) -> Runtime:
        program = OpenVINOProgram(self.job.graph, *written(self.home), weights_of(self.home))
        usual = OpenVINORuntime(replace(self.job, program=program, precision="float32"))
        refuse_fixed(usual.model, self.job.sites)
        refuse_others(self.home, usual)
        if self.job.precision == "float32":
            return usual
        return OpenVINORuntime(replace(self.job, program=program))
