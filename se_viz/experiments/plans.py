"""Which interventions are compared with one another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from se_viz.analysis.networks.stages import parts_of
from se_viz.interventions.bypass import Bypass
from se_viz.interventions.constant import Constant
from se_viz.interventions.intervention import Intervention
from se_viz.interventions.mean_ablation import MeanAblation
from se_viz.interventions.scale import Scale
from se_viz.interventions.selection import ALL, Selection
from se_viz.interventions.shuffle import Shuffle
from se_viz.probe.gates.blocks import Block

SWEPT = (Bypass(), MeanAblation())
OTHERS = {
    "bypassed": Bypass(),
    "frozen": MeanAblation(),
    "set to 0.5": Constant(0.5),
    "halved": Scale(0.5),
    "shuffled": Shuffle(),
    "shut: set to 0": Constant(0.0),
}


def sweep_plan(blocks: Sequence[Block]) -> tuple[Intervention, ...]:
    """Each block in turn, then each part of the network, then all, bypassed and frozen."""
    parts = [part for part, names in parts_of(blocks).items() if 1 < len(names) < len(blocks)]
    wheres = [*(block.name for block in blocks), *parts, *([ALL] if len(blocks) > 1 else [])]
    chosen = [Selection.parse(blocks, [where]) for where in wheres]
    return tuple(Intervention(kind, selection) for selection in chosen for kind in SWEPT)


def every_way(own: Intervention) -> dict[str, Intervention]:
    """The same gates under other interventions, by what each is called; its own first."""
    others = {name: replace(own, kind=kind) for name, kind in OTHERS.items() if kind != own.kind}
    return {"as chosen above": own, **others}
