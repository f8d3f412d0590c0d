"""Which bottleneck units relu opens, recomputed from squeezes."""

from __future__ import annotations

import numpy as np

from se_viz.analysis.health.base import Units
from se_viz.probe.gates import recompute
from se_viz.probe.gates.sites import Site
from se_viz.probe.operations import nodes
from se_viz.probe.operations.formulas import LINEAR, Formula

NO_BOTTLENECK = "There is no bottleneck between the squeeze and the gates."
NO_RELU = "The bottleneck has no relu, so that its units neither open nor shut."


def units_of(site: Site, squeeze: np.ndarray) -> Units:
    """Of a block and squeezes (N, C)."""
    why = _why_not(site)
    if not why:
        try:
            opened = (recompute.bottleneck(site, squeeze) > 0).sum(0)
            return Units(opened, len(squeeze))
        except ValueError as error:
            why = str(error)
    return Units(np.zeros(0, int), len(squeeze), why)


def together(a: Units, b: Units) -> Units:
    """Of the pictures of both."""
    why = a.why or b.why
    opened = np.zeros(0, int) if why else a.opened + b.opened
    return Units(opened, a.pictures + b.pictures, why)


def _why_not(site: Site) -> str:
    if recompute.branches(site):
        return "Several branches make the gates, each with a bottleneck of its own."
    if recompute.dense_layers(site) < 2:
        return NO_BOTTLENECK
    return "" if _is_relu(_activation(site)) else NO_RELU


def _activation(site: Site) -> Formula:
    """The last function of single numbers before the second dense layer."""
    last, seen = LINEAR, 0
    for node in site.path:
        seen += nodes.is_dense(node)
        if seen > 1:
            break
        found = nodes.formula_of(node)
        last = last if found is None or found.text == LINEAR.text else found
    return last


def _is_relu(found: Formula) -> bool:
    """Whether it makes 0 of what is negative, and of nothing else."""
    try:
        shut, opened = found.apply(np.array([-8.0, -1.0])), found.apply(np.array([1.0, 3.0]))
    except ValueError:
        return False
    return not shut.any() and bool((opened > 0).all())
