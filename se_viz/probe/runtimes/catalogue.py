"""All runtimes, the first that fits first: a new one is one line here."""

from __future__ import annotations

from se_viz.probe.runtimes.base import Available, Job, Runtime

RUNTIMES: list[Available] = [
    Available("OpenVINO", "openvino", "se_viz.probe.runtimes.openvino"),
    Available("OpenVINO", "keras", "se_viz.probe.runtimes.converted"),
    Available("TensorFlow", "keras", "se_viz.probe.runtimes.tensorflow"),
]


def start(job: Job) -> Runtime:
    """A runtime for a program, the first that knows its library and can be started; see
    `Available.start`, of whose reasons the last is told."""
    library = job.program.library
    reason = ValueError(f"Nothing runs networks of {library} here.")
    for runtime in (each for each in RUNTIMES if each.library == library):
        try:
            return runtime.start(job)
        except ValueError as error:
            reason = error
    raise reason
