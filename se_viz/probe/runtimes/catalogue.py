"""All runtimes, the first that fits first: a new one is one line here."""

from __future__ import annotations

from se_viz.probe.runtimes.base import Available, Job, Runtime

RUNTIMES: list[Available] = [
    Available("TensorFlow", "keras", "se_viz.probe.runtimes.tensorflow"),
]


def start(job: Job) -> Runtime:
    """A runtime for a program, the first that knows its library; see `Available.start`."""
    library = job.program.library
    runtime = next((each for each in RUNTIMES if each.library == library), None)
    if runtime is None:
        raise ValueError(f"Nothing runs networks of {library} here.")
    return runtime.start(job)
