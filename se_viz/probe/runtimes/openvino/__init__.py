"""Networks run by OpenVINO, which is loaded when a job is started."""

from __future__ import annotations

from dataclasses import replace

from se_viz.probe.runtimes.base import Job, Runtime


def start(job: Job) -> Runtime:
    """See `Available.start`."""
    try:
        from se_viz.probe.runtimes.openvino.runtime import OpenVINORuntime
    except ImportError as error:
        raise ValueError("OpenVINO is not installed.") from error
    from se_viz.probe.runtimes.openvino.program import OpenVINOProgram

    if not isinstance(job.program, OpenVINOProgram):
        from se_viz.probe.runtimes.openvino.marked import marked

        job = replace(job, program=marked(job))
    return OpenVINORuntime(job)
