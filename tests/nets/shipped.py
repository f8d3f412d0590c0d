"""The built-in network, which most tests share: loaded and compiled once in a process."""

from __future__ import annotations

from functools import cache


@cache
def builtin_probe():
    """It with its probe, as it ships."""
    from se_viz.nets import zoo
    from se_viz.probe.stored.store import probe_of

    return probe_of(zoo.entries()["builtin"])
