"""What can be done to gates: one kind a file, listed in `registry`."""

from __future__ import annotations

from se_viz.interventions.blend import Blend
from se_viz.interventions.bypass import Bypass
from se_viz.interventions.class_mean import ClassMean
from se_viz.interventions.constant import Constant
from se_viz.interventions.mean_ablation import MeanAblation
from se_viz.interventions.patch import Patch
from se_viz.interventions.scale import Scale
from se_viz.interventions.shuffle import Shuffle

__all__ = [
    "Blend",
    "Bypass",
    "ClassMean",
    "Constant",
    "MeanAblation",
    "Patch",
    "Scale",
    "Shuffle",
]
