"""The inside of one block: eight channels with their maps, and the weights between them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from se_viz.analysis.one_picture.maps import NEARLY_ALL, shrink
from se_viz.experiments.block_view.views import MOST, BlockInside

if TYPE_CHECKING:
    from se_viz.probe.gates.sites import Site
    from se_viz.probe.probe import Probe

ROWS, SIDE = 4, 20
"""Channels of the highest gates and of the lowest; positions along a side of a map."""


def block_inside(probe: Probe, shown: Sequence[np.ndarray], block: str) -> BlockInside:
    """One block for one picture.

    Args:
        shown: L times uint8 (size, size, 3), the picture in each light, first as it is.
        block: its name.

    Raises:
        ValueError: for an unknown block, other model inputs, or where the network cannot be run.
    """
    found = [probe.inside(model_input[None], block) for model_input in shown]
    site = next(site for site in probe.sites if site.block.name == block)
    u = found[0].u[0]
    channels = telling_channels(u, found[0].s[0])
    limit = _limit(u[..., channels])
    maps = np.stack([_levels(each.u[0][..., channels], limit) for each in found])
    z, s = (np.concatenate([getattr(each, key) for each in found]) for key in ("z", "s"))
    hidden, to, back, bias = _bottleneck(site, z, channels)
    return BlockInside(
        channels,
        (u.shape[0], u.shape[1]),
        maps,
        limit,
        z[:, channels].astype(np.float32),
        s[:, channels].astype(np.float32),
        *(hidden, to, back, bias),
        _functions(site),
    )


def telling_channels(u: np.ndarray, s: np.ndarray) -> np.ndarray:
    """int64 (n,): four channels of the highest gates, then four of the lowest, from high to low, of
    the half of the maps that vary most (of few channels, of the eight); n is 8 at most.

    Args:
        u: (H, W, C).
        s: (C,).
    """
    varied = u.std((0, 1), dtype=np.float64)
    live = np.argsort(-varied, kind="stable")[: max(2 * ROWS, (len(s) + 1) // 2)]
    order = live[np.argsort(-s[live], kind="stable")]
    if len(order) <= 2 * ROWS:
        return order
    return np.concatenate([order[:ROWS], order[-ROWS:]])


def _limit(u: np.ndarray) -> float:
    sizes = np.abs(u)
    found = float(np.quantile(sizes, NEARLY_ALL)) if sizes.size else 0.0
    return found or float(sizes.max(initial=0)) or 1.0


def _levels(u: np.ndarray, limit: float) -> np.ndarray:
    return np.rint(MOST * np.clip(shrink(u, SIDE) / limit, -1, 1)).astype(np.int8)


def _bottleneck(site: Site, z: np.ndarray, channels: np.ndarray) -> tuple[np.ndarray, ...]:
    """hidden (L, H), to and back (n, H), bias (n,); H = 0 where no single bottleneck of two layers
    leads from squeeze to gate."""
    from se_viz.probe.gates import recompute
    from se_viz.probe.operations import nodes

    dense = [node for node in site.path if nodes.is_dense(node)]
    none = np.zeros((len(channels), 0), np.float32)
    empty = np.zeros((len(z), 0), np.float32), none, none, np.zeros(len(channels), np.float32)
    if len(dense) != 2 or recompute.branches(site):
        return empty
    try:
        hidden = recompute.bottleneck(site, z)
    except ValueError:
        return empty
    (w1, _), (w2, b2) = map(nodes.matrix, dense)
    bias = np.zeros(len(w2.T)) if b2 is None else b2
    parts = hidden, w1[channels] * site.scale, w2[:, channels].T, bias[channels]
    return tuple(part.astype(np.float32) for part in parts)


def _functions(site: Site) -> tuple[str, ...]:
    """What is done to numbers on the way from squeeze to gate, in order."""
    from se_viz.probe.operations import nodes

    found = [nodes.formula_of(node) for node in site.path]
    return tuple(each.text for each in found if each and each.text != "linear")
