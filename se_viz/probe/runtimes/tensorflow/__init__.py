"""Keras networks run by TensorFlow, which is loaded when a job is started."""

from __future__ import annotations

from se_viz.compat.keras_settings import require_tensorflow
from se_viz.probe.runtimes.base import Job, Runtime


def start(job: Job) -> Runtime:
    """See `Available.start`."""
    if job.precision != "float32":
        raise ValueError(f"Without OpenVINO, networks are run in float32, not in {job.precision}.")
    require_tensorflow()
    from se_viz.probe.runtimes.tensorflow.runtime import TensorFlowRuntime

    return TensorFlowRuntime(job)
