"""Which networks are trained, with how many seeds, and in which order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from se_viz.nets.se_resnet.layout import SEResNet

BASE = SEResNet(depth=50, width=0.25, classes=10, size=80, zero_last_gamma=True)
"""The built-in network's layout at half its width, for smaller pictures."""

ROWS: dict[str, SEResNet] = {
    "plain": replace(BASE, se_stages=()),
    "r16": BASE,
    "static": replace(BASE, excitation="constant"),
    "r2": replace(BASE, ratio=2),
    "r32": replace(BASE, ratio=32),
    "relu": replace(BASE, gate="relu"),
    "r4": replace(BASE, ratio=4),
    "r8": replace(BASE, ratio=8),
    "stage-2": replace(BASE, se_stages=(2,)),
    "stage-3": replace(BASE, se_stages=(3,)),
    "stage-4": replace(BASE, se_stages=(4,)),
    "stage-5": replace(BASE, se_stages=(5,)),
    "not-stage-5": replace(BASE, se_stages=(2, 3, 4)),
    "max": replace(BASE, squeeze="max"),
    "tanh": replace(BASE, gate="tanh"),
    "softmax": replace(BASE, gate="softmax"),
    "direct": replace(BASE, excitation="direct"),
    "diagonal": replace(BASE, excitation="diagonal"),
    "full": replace(BASE, excitation="full"),
    "pre": replace(BASE, place="pre"),
    "post": replace(BASE, place="post"),
    "identity": replace(BASE, place="identity"),
    "3x3": replace(BASE, place="3x3"),
    "wide": replace(BASE, se_stages=(), width=0.263),
    "ones": replace(BASE, zero_last_gamma=False),
    "relu-ones": replace(BASE, gate="relu", zero_last_gamma=False),
    "tanh-ones": replace(BASE, gate="tanh", zero_last_gamma=False),
}
"""What each row trains, by name; `wide` is the plain network made as large by width.

In `relu` and `tanh` no residual branch ever learns: its last batch norm starts at 0, so z is 0 and
the gate is 0 too, and neither passes a gradient to the other. `relu-ones` and `tanh-ones` start it
at 1; what they are held against is `ones`, the sigmoid from the same start.
"""
PILOT = ("plain", "r16")
TOLD_APART = ("plain", "r16", "static", "r2", "r32", "relu", "ones", "relu-ones")
"""Rows that get the most seeds, as their differences are those to be told apart."""
SEEDS, MOST_SEEDS = 3, 8


def runs() -> Iterator[tuple[str, int]]:
    """(row, seed) of every run, so that what is there at any time can be compared."""
    order = [(row, seed) for row in PILOT for seed in range(SEEDS)]
    order += [(row, seed) for seed in range(SEEDS) for row in TOLD_APART]
    order += [(row, seed) for seed in range(SEEDS) for row in ROWS]
    order += [(row, seed) for seed in range(MOST_SEEDS) for row in TOLD_APART]
    yield from dict.fromkeys(order)
