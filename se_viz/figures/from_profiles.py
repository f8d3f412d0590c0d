"""What builders take, made of profiles alone: blocks and channels of a first look."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd

from se_viz.analysis.channels import channels_of, default_blocks
from se_viz.analysis.profiles import depth, variance
from se_viz.analysis.profiles.curves import curve_table
from se_viz.analysis.profiles.distributions import histogram_table, violin_table
from se_viz.analysis.profiles.groups import Group
from se_viz.figures.style.palette import class_colours

Groups = Sequence[Group]
Made = tuple[Any, ...]
"""What a builder takes."""


def curves(groups: Groups) -> Made:
    """A `curve_table` of 50 evenly spaced channels of some blocks, and colours."""
    return _curve_table(groups, None), _colours(groups)


def heatmap(groups: Groups) -> Made:
    """The same table."""
    return (_curve_table(groups, None),)


def spread(groups: Groups) -> Made:
    """The same of the first class with pictures."""
    counts = groups[0].profile.counts
    first = next((name for name, count in counts.items() if count), None)
    return _curve_table(groups, [] if first is None else [first], False), _colours(groups)


def histograms(groups: Groups) -> Made:
    """A `histogram_table` of stages, and colours."""
    return histogram_table(groups), _colours(groups)


def violins(groups: Groups) -> Made:
    """The same with its `violin_table`."""
    table = histogram_table(groups)
    return table, violin_table(table), _colours(groups)


def specificity(groups: Groups) -> Made:
    """A `specificity_table`."""
    return (depth.specificity_table(groups),)


def omega(groups: Groups) -> Made:
    """An `omega_table`."""
    return (depth.omega_table(groups),)


def saturation(groups: Groups) -> Made:
    """A `saturation_table`, and colours."""
    return depth.saturation_table(groups), _colours(groups)


def variance_shares(groups: Groups) -> Made:
    """A `variance_table`."""
    return (variance.variance_table(groups),)


Maker = Callable[[Groups], Made]


def _curve_table(groups: Groups, classes: list[str] | None, with_all: bool = True) -> pd.DataFrame:
    profile = groups[0].profile
    channels = channels_of(profile, default_blocks(profile.blocks), "paper")
    return curve_table(groups, channels, classes, with_all)


def _colours(groups: Groups) -> dict[str, str]:
    return class_colours(dict.fromkeys(name for group in groups for name in group.profile.classes))
