"""What a change of light costs: over many pictures, and a step of one picture's dial."""

from __future__ import annotations

from statistics import median

from benchmarks import samples
from benchmarks.passes import pair, seconds
from benchmarks.table import Row
from se_viz.experiments.shifts.gate_sources import ADAPTIVE, FROZEN, HELD
from se_viz.experiments.shifts.one_picture import Given, in_light
from se_viz.experiments.shifts.plans import Cell
from se_viz.experiments.shifts.run import measured, subjects_of
from se_viz.nets import zoo
from se_viz.pictures.shifts import KINDS, Light
from se_viz.probe.probe import Probe

PICTURES, TIMES, MOST, STEP = 200, 3, 1.2, 0.3
WAYS = (ADAPTIVE, HELD, FROZEN)


def over_pictures() -> list[Row]:
    """One shift at five strengths and three ways over 200 pictures, against as many passes."""
    probe = Probe(zoo.load())
    model_inputs = samples.model_inputs(PICTURES, probe.network.preprocessing.size)
    lights = [Light("contrast", strength) for strength in KINDS["contrast"].strengths]
    plan = [Cell(light, gates) for light in lights for gates in WAYS]

    def shifted() -> None:
        measured(probe, subjects_of(probe, model_inputs), plan)

    def passed() -> None:
        for _ in plan:
            probe.bare(model_inputs)

    shifted()
    probe.bare(model_inputs)
    times = [(seconds(shifted), seconds(passed)) for _ in range(TIMES)]
    taken, other = (median(each) for each in zip(*times, strict=True))
    return [
        Row(
            f"a shift at five strengths and three ways, {PICTURES} pictures",
            f"{taken:.1f} s",
            f"bare forward passes of as many: {other:.1f} s",
            f"{taken / other:.2f}",
            f"at most {MOST}",
            taken <= MOST * other,
        )
    ]


def one_step() -> list[Row]:
    """A step of one picture's dial: every way, and each part of the network alone."""
    probe = Probe(zoo.load())
    three = samples.model_inputs(3, probe.network.preprocessing.size)
    own, same, other = (
        {name: values[row] for name, values in probe.read(three).gates.items()} for row in range(3)
    )
    given, light = Given(own, same, same, other), Light("contrast", 0.4)
    taken, bare = pair(
        lambda: in_light(probe, three[0], given, light), lambda: probe.bare(three[:1])
    )
    return [
        Row(
            "a step of one picture's light",
            f"{taken:.2f} s",
            f"bare forward pass of one: {bare:.2f} s",
            f"{taken / bare:.1f}",
            f"under {STEP} s",
            taken < STEP,
        )
    ]
