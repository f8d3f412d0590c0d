"""Keras networks run by OpenVINO: TensorFlow writes them down for it, and serves where OpenVINO
refuses one."""

from __future__ import annotations

from se_viz.compat.keras_settings import require_tensorflow
from se_viz.probe.runtimes.base import Job, Runtime


def start(job: Job) -> Runtime:
    """See `Available.start`."""
    require_tensorflow()
    try:
        from se_viz.probe.runtimes.converted.runtime import Converted
    except ImportError as error:
        raise ValueError("OpenVINO is not installed.") from error
    return Converted(job)
