"""Pictures per second: with and without the probe, from files and from model inputs."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median

from benchmarks import samples
from benchmarks.table import Row
from se_viz.engines.local import read_pictures
from se_viz.nets import zoo
from se_viz.probe.probe import BATCH, Probe

ROUNDS, PICTURES = 15, 2_000


def probe_against_bare() -> list[Row]:
    """The probe's forward pass against the network's own, batch 16."""
    probe = Probe(zoo.load())
    model_inputs = samples.model_inputs(8 * BATCH, probe.network.preprocessing.size)
    with_probe, bare = pair(lambda: probe.read(model_inputs), lambda: probe.bare(model_inputs))
    return [
        _rates(
            "probe pass, batch 16", len(model_inputs), with_probe, "bare forward pass", bare, 0.97
        )
    ]


def files_to_gates() -> list[Row]:
    """From files to gates against the forward pass alone, JPEGs of 224 px."""
    return [
        _files(*each)
        for each in (("builtin", PICTURES, 0.85), ("se_resnet:depth=50", PICTURES // 5, 0.9))
    ]


def _files(name: str, count: int, least: float) -> Row:
    probe = Probe(zoo.load(name))
    sources = samples.jpegs(count)
    model_inputs = samples.model_inputs(count, probe.network.preprocessing.size)
    probe.bare(model_inputs[:BATCH])
    probe.read(model_inputs[:BATCH])
    forward, whole = [], []
    for _ in range(3):
        forward.append(seconds(lambda: probe.bare(model_inputs)))
        whole.append(seconds(lambda: _collect(probe, sources)))
    what = f"{name}, files to gates, {count:,} JPEGs"
    return _rates(what, count, median(whole), "forward pass alone", median(forward), least)


def _collect(probe: Probe, sources) -> None:
    readings = [chunk.reading for chunk in read_pictures(probe, sources, thumbnails=False)]
    assert sum(len(reading) for reading in readings if reading) == len(sources)


def pair(a: Callable[[], object], b: Callable[[], object]) -> tuple[float, float]:
    """Median seconds of both, measured in turns so that a slow moment hits both."""
    a(), b()
    times = [(seconds(a), seconds(b)) for _ in range(ROUNDS)]
    return median(t[0] for t in times), median(t[1] for t in times)


def seconds(work: Callable[[], object]) -> float:
    """How long it takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _rates(what: str, count: int, taken: float, against: str, other: float, least: float) -> Row:
    ratio = other / taken
    return Row(
        what,
        f"{count / taken:.0f} pictures/s",
        f"{against}: {count / other:.0f} pictures/s",
        f"{ratio:.2f}",
        f"at least {least}",
        ratio >= least,
    )
