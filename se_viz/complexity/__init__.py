"""What SE costs, in closed form: weights, and multiply-adds of a forward pass."""

from se_viz.complexity.se_inception import GRIDS, inception_blocks, inception_cost
from se_viz.complexity.se_resnet import (
    Cost,
    added_weights,
    cost,
    excitation_weights,
    se_blocks,
    se_weights,
    side_of,
)

__all__ = [
    "GRIDS",
    "Cost",
    "added_weights",
    "cost",
    "excitation_weights",
    "inception_blocks",
    "inception_cost",
    "se_blocks",
    "se_weights",
    "side_of",
]
