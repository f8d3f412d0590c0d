"""All figures: a new one is one file and one line here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from se_viz.analysis.profiles.groups import Group
from se_viz.figures.costs import added_weights, replication, times, trade_off, worth
from se_viz.figures.entry import FigureEntry
from se_viz.figures.interventions import effects, one_prediction
from se_viz.figures.networks import blocks, confusion, diagram, training_curve, two_networks
from se_viz.figures.one_picture import (
    block,
    contribution,
    excitation,
    feature_maps,
    glance,
    light,
)
from se_viz.figures.profiles import (
    claims,
    curves,
    depth,
    distributions,
    heatmap,
    one_channel,
    spread,
)
from se_viz.figures.shifts import by_block, course, sure, where, whose
from se_viz.figures.statistics import contrast, distances, omega, variance

ENTRIES: list[FigureEntry] = [
    curves.GATES_BY_CLASS,
    distributions.HISTOGRAMS,
    distributions.VIOLINS,
    heatmap.HEATMAP,
    spread.SPREAD,
    claims.CLAIMS,
    depth.SPECIFICITY,
    depth.SATURATION,
    depth.ENTROPY_BY_DEPTH,
    one_channel.ONE_CHANNEL,
    variance.VARIANCE_SHARES,
    omega.CLASS_SPECIFICITY,
    distances.DISTANCES,
    distances.PARTING,
    contrast.TELLING,
    contrast.VOLCANO,
    contrast.TELLING_BY_DEPTH,
    glance.ALL_GATES,
    light.PREDICTIONS,
    light.IN_PARTS,
    feature_maps.FEATURE_MAPS,
    feature_maps.BEFORE_AND_AFTER,
    excitation.SQUEEZES,
    excitation.EXCITATION,
    contribution.CONTRIBUTION,
    block.SQUEEZE_AND_GATE,
    block.SQUEEZE_AGAINST_GATE,
    one_prediction.WITH_AND_WITHOUT,
    one_prediction.EVERY_WAY,
    effects.SWEEP,
    effects.STAGES,
    effects.ACCURACY,
    course.COURSE,
    where.WHERE,
    where.WHERE_BLOCKS,
    by_block.ANSWER,
    by_block.STEADY,
    whose.WHOSE,
    sure.SURE,
    two_networks.SIDE_BY_SIDE,
    two_networks.SIDE_BY_SIDE_DEPTH,
    blocks.BLOCKS,
    added_weights.ADDED_WEIGHTS,
    times.TIMES,
    worth.WORTH,
    trade_off.TRADE_OFF,
    replication.REPLICATION,
    diagram.DIAGRAM,
    confusion.CONFUSION,
    training_curve.TRAINING,
]


def entry(slug: str) -> FigureEntry:
    """What is known of a figure, by its slug or that of a variant.

    Raises:
        ValueError: where there is none; a sentence that lists those there are.
    """
    found = next((one for one in ENTRIES if slug in one.slugs), None)
    if found is None:
        raise ValueError(f"There is no figure {slug!r}; there are {', '.join(known())}.")
    return found.variant(slug)


def known() -> list[str]:
    """Slugs of all figures and their variants."""
    return [slug for one in ENTRIES for slug in one.slugs]


def of_profiles(name: str, groups: Sequence[Group], **options: Any) -> go.Figure:
    """A figure of classes and blocks, of one group or two.

    Raises:
        ValueError: where there is none of that name, or profiles alone do not make it.
    """
    found = entry(name)
    if found.of_profiles is None:
        able = ", ".join(one.slug for one in ENTRIES if one.of_profiles)
        raise ValueError(f"{name} takes more than profiles; of these alone there are {able}.")
    return found.build(*found.of_profiles(groups), **options)


def figure(name: str, *tables: Any, **options: Any) -> go.Figure:
    """Any figure by its slug, drawn of what its builder takes.

    Raises:
        ValueError: where there is none of that name; a sentence that lists those there are.
    """
    return entry(name).build(*tables, **options)
