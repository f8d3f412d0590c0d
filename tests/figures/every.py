"""Every figure there is, drawn of any groups."""

from __future__ import annotations

import numpy as np
import pandas as pd

from se_viz.analysis.networks.costs import stage_table, trade_off_table
from se_viz.analysis.networks.diagram import Step
from se_viz.analysis.networks.stages import parts_of
from se_viz.analysis.networks.two_networks import depth_table, side_histograms, side_table
from se_viz.analysis.one_picture.block import picture_block
from se_viz.analysis.one_picture.contribution import contribution_table
from se_viz.analysis.one_picture.glance import glance_table, shifted_glance
from se_viz.analysis.one_picture.maps import maps_of
from se_viz.analysis.predictions.effects import change_table
from se_viz.analysis.profiles import depth, distributions
from se_viz.analysis.profiles.contrast import contrast_table, summary_by_block
from se_viz.analysis.profiles.curves import curve_table, picture_table
from se_viz.analysis.profiles.distances import distance_matrix, parting_table
from se_viz.analysis.profiles.distributions import violin_table
from se_viz.analysis.profiles.groups import Group, shown
from se_viz.analysis.profiles.one_channel import channel_pictures, channel_table
from se_viz.analysis.profiles.resampling import omega_intervals
from se_viz.analysis.profiles.variance import variance_table
from se_viz.analysis.shifts.one_move import move_table
from se_viz.experiments.plans import sweep_plan
from se_viz.experiments.replication.compare import row_table, seed_table
from se_viz.experiments.replication.record import LIGHTS, Record
from se_viz.experiments.shifts.one_picture import PLACED, WHOLE
from se_viz.experiments.shifts.plans import TOLD
from se_viz.experiments.shifts.tables import block_table, placed, reliability, shift_table, whole
from se_viz.experiments.sweep_record import of_outputs
from se_viz.experiments.sweep_tables import class_table, picture_sweep_table, sweep_table
from se_viz.figures.costs.added_weights import added_weights
from se_viz.figures.costs.replication import differences
from se_viz.figures.costs.times import times
from se_viz.figures.costs.trade_off import trade_off
from se_viz.figures.costs.worth import worth
from se_viz.figures.interventions import effects, one_prediction
from se_viz.figures.networks import two_networks
from se_viz.figures.networks.blocks import gates_by_block
from se_viz.figures.networks.confusion import confusion
from se_viz.figures.networks.diagram import diagrams
from se_viz.figures.networks.training_curve import training_curve
from se_viz.figures.one_picture import block as picture
from se_viz.figures.one_picture import contribution, excitation, feature_maps, glance, light
from se_viz.figures.profiles import curves, heatmap, one_channel, spread
from se_viz.figures.profiles import depth as by_depth
from se_viz.figures.profiles import distributions as drawn
from se_viz.figures.shifts import by_block as shift_blocks
from se_viz.figures.shifts import course, where, whose
from se_viz.figures.shifts import sure as sure_or_right
from se_viz.figures.statistics import contrast, distances, omega, variance
from se_viz.figures.style.palette import class_colours
from se_viz.nets.se_resnet.layout import SEResNet
from se_viz.pictures.shifts import CLEAN, NOTHING, Light
from tests.figures.look import channels
from tests.make import make_profile, make_reading, single
from tests.shift_record import make_record


def figures(groups: list[Group], names, columns: int = 2, band: bool = False) -> dict:
    """Every figure there is, of the same groups; the first and the last stand side by side."""
    colours, profile = class_colours(names), groups[0].profile
    blocks = profile.blocks
    reading = make_reading(names[:2], blocks)
    chosen = channels(profile)
    table = curve_table(groups, chosen)
    sides = (groups[0], groups[-1])
    stages = distributions.histogram_table(groups)
    shares = distributions.histogram_table(groups, "block")
    some = picture_table(reading, [0], chosen).assign(picture=f"{names[0]}.png")
    one = picture_block(reading, 0, blocks[0].name, chosen[blocks[0].name], groups[0])
    return {
        "curves": curves.class_curves(table, colours, columns, band),
        "curves of pictures": curves.class_curves(table, colours, columns, band, some),
        "spread": spread.class_spread(table, colours, columns),
        "heatmap": heatmap.class_heatmap(table, columns),
        "histograms": drawn.gate_histograms(shares, colours, columns),
        "violins": drawn.gate_violins(shares, violin_table(shares), colours, columns),
        "histograms of stages": drawn.gate_histograms(stages, colours, columns),
        "violins of stages": drawn.gate_violins(stages, violin_table(stages), colours, columns),
        "specificity": by_depth.specificity_by_depth(depth.specificity_table(groups)),
        "saturation": by_depth.saturation_by_depth(
            depth.saturation_table(groups), colours, columns
        ),
        "confusion": confusion(np.eye(len(names)), names),
        "blocks": gates_by_block(depth.block_table(blocks), columns),
        "mirrored": two_networks.mirrored(side_histograms(*sides), side_table(*sides)),
        "relative depth": two_networks.by_relative_depth(depth_table(*sides), columns),
        "added weights": added_weights(stage_table(SEResNet())),
        "trade-off": trade_off(trade_off_table(), 16),
        "times": times(*timed()),
        "replication": differences(*trained()),
        "worth": worth(weighed(), columns),
        "module": diagrams({"<b>a</b>": MODULE, "b": MODULE[:2]}, columns),
        "training": training_curve([{"epoch": 1, "loss": 2.0, "top1": 0.5}]),
        "squeeze and gate": picture.squeeze_and_gate(one),
        "squeeze against gate": picture.squeeze_against_gate(one),
        **inside(blocks, reading, columns),
        **adaptive(groups, names),
        **in_hand(blocks, names),
        **shifted(blocks, names, columns),
    }


def timed():
    """Four networks timed in 40 rounds, and what others measured of the last."""
    steps = ["without SE", "and squeeze", "and dense layers", "and scaling: with SE"]
    ratios = [1, 1.01, 1.02, 1.05]
    numbers = {"ratio": ratios, "low": [1, 0.98, 0.99, 1.01], "high": [1, 1.05, 1.06, 1.1]}
    here = pd.DataFrame({"title": steps, "milliseconds": [30.0, 30.3, 30.6, 31.5], **numbers})
    there = pd.DataFrame({"title": ["SE-ResNet-50"], "milliseconds": [167], "ratio": [1.018]})
    return here, there


def weighed():
    """Three networks beside the one without SE, two of them timed."""
    rows = [
        ("plain", "no SE", 8, 0.0, 0.0, 0.0, 1_500_000, 0.0, 1.0, 1.0, 1.0),
        ("wide", "no SE, wider", 3, 0.002, -0.01, 0.014, 1_650_000, 0.1, 1.2, 1.1, 1.3),
        ("r16", "r = 16", 8, 0.013, 0.007, 0.02, 1_650_000, 0.1, 1.1, 1.0, 1.2),
        ("r2", "r = 2", 1, 0.015, np.nan, np.nan, 2_700_000, 0.8, np.nan, np.nan, np.nan),
    ]
    facts = ["row", "title", "seeds", "gained", "low", "high", "weights", "more"]
    return pd.DataFrame(rows, columns=[*facts, "time", "time_low", "time_high"])


def trained():
    """Two networks of two seeds each, held against one."""
    truth = np.arange(6) % 2

    def run(wrong: int) -> Record:
        guesses = np.where(np.arange(6) < wrong, 9, truth).astype(np.uint8)
        return Record(np.tile(guesses, (len(LIGHTS), 1)), np.zeros(len(LIGHTS)), {})

    rows = {"r16": (1, 2), "plain": (3, 3), "max": (2, 3)}
    records = {row: {s: run(w) for s, w in enumerate(wrongs)} for row, wrongs in rows.items()}
    seeds = seed_table(records, truth)
    return row_table(seeds), seeds


def inside(blocks, reading, columns: int) -> dict:
    """What the last block did to the first picture."""
    names = [block.name for block in blocks]
    u, z, s = tensors(reading, names[-1])
    chosen = np.arange(len(s))[-feature_maps.shown(columns) :]
    maps = maps_of(u, s * u, z, s, chosen)
    model_input = np.zeros((16, 16, 3), np.uint8)
    bottleneck = np.maximum(z[: max(1, len(z) // 16)] - 0.3, 0)
    return {
        "glance": glance.glance(glance_table(reading, 0, names), names[0], columns),
        **in_light(blocks, reading, columns),
        "squeeze maps": feature_maps.squeeze_maps(maps, model_input, columns),
        "scale maps": feature_maps.scale_maps(maps, columns),
        "squeezes": excitation.squeezes(z, chosen),
        "excitation": excitation.excitation(z, bottleneck, s, chosen),
        "contribution": contribution.contribution(contribution_table(u, s * u, s), chosen, columns),
    }


def in_light(blocks, reading, columns: int) -> dict:
    """The first picture with the second one's gates, as if its light had changed; and every answer,
    at random."""
    clean, now = ({name: s[row] for name, s in reading.gates.items()} for row in (0, -1))
    moves = move_table(blocks, clean, now).assign(common=0.5, pictures=7)
    table = shifted_glance(clean, now, [block.name for block in blocks])
    parts = parts_of(blocks)
    answers = answers_of(parts, reading.labels[0], reading.labels[-1])
    return {
        "glance in another light": glance.glance(table, blocks[0].name, columns, moves),
        "in this light": light.predictions(answers[answers["where"] == "all"]),
        "held in one stage": light.held_in_parts(answers, list(parts), columns),
    }


def answers_of(parts, first: str, last: str) -> pd.DataFrame:
    """What a picture of the first class is taken for, as `answer_table` with what came of many."""
    keys = [("all", key) for key in WHOLE] + [(part, key) for part in parts for key in PLACED]
    shares = np.random.default_rng(0).random((len(keys), 3))
    return pd.DataFrame(
        {
            "where": [where for where, _ in keys],
            "gates": [gates for _, gates in keys],
            "told": [f"gates of {last}" if gates == "other-class" else gates for _, gates in keys],
            "now": [last if at % 2 else first for at in range(len(keys))],
            "probability": shares[:, 0],
            "clean_class": first,
            "of_clean": shares[:, 1],
            "measured": 0.4,
            "accuracy": shares[:, 2],
            "low": shares[:, 2] - 0.01,
            "high": shares[:, 2] + 0.01,
            "pictures": 3925,
        }
    )


def tensors(reading, block: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """U (7, 7, C), random around the squeezes, z and s of the first picture."""
    z, s = reading.squeezes[block][0], reading.gates[block][0]
    u = np.random.default_rng(0).normal(z, 0.5, (7, 7, len(z))).astype(np.float32)
    return u, u.mean((0, 1)), s


def adaptive(groups: list[Group], names) -> dict:
    """What gates say of classes; a single class is compared with nothing."""
    colours, first = class_colours(names), groups[0]
    block = first.profile.blocks[-1].name
    intervals = omega_intervals(make_reading([*names[:2]] * 3, first.profile.blocks[:3]), 20)
    some = channel_pictures(make_reading(names[:2], first.profile.blocks), block, 0)
    one = channel_table(groups, block, 0)
    a, b = shown(names[0]), shown(names[-1])
    table, apart = contrast_table(EMPTY, "a", "b"), parting_table(EMPTY, "a", "b")[:0]
    if a != b:
        table, apart = contrast_table(first, a, b), parting_table(first, a, b)
    return {
        "variance": variance.variance_by_depth(variance_table(groups)),
        "omega": omega.omega_by_depth(depth.omega_table(groups), {first.title: intervals}),
        "entropy": by_depth.entropy_by_depth(depth.saturation_table(groups), colours),
        "map": distances.class_map(distance_matrix(first, block), block),
        "parting": distances.parting_by_depth(apart, a, b),
        "ranked": contrast.ranked_channels(table, a, b),
        "volcano": contrast.volcano(table, a, b),
        "telling": contrast.telling_by_depth(summary_by_block(table)),
        "one channel": one_channel.channel_by_class(one, colours, some),
    }


def in_hand(blocks, names) -> dict:
    """What interventions do, on pictures of random logits."""
    colours, plan = class_colours(names), sweep_plan(blocks)
    outputs = np.random.default_rng(0).normal(size=(len(plan) + 1, 12, len(names)))
    output = single(names)
    truth = np.arange(12) % len(names)
    swept = of_outputs(plan, blocks, output, truth, outputs)
    one = picture_sweep_table(plan, output, outputs[:, 0])
    change = change_table(outputs[0, 0], outputs[1, 0], output)
    return {
        "with and without": one_prediction.before_and_after(change, colours),
        "every way": one_prediction.every_way(one[:5], list(one["title"][:5])),
        "sweep of a picture": effects.sweep_by_depth(one),
        "sweep": effects.sweep_by_depth(sweep_table(swept)),
        "sweep of parts": effects.sweep_by_part(sweep_table(swept)),
        "accuracy by class": effects.accuracy_by_class(class_table(swept, 0), colours),
    }


def shifted(blocks, names, columns: int) -> dict:
    """What gates do when the light changes, by a record that nobody measured."""
    record = make_record(("contrast",), blocks, names, pictures=24)
    table, pale, picture = shift_table(record), Light("contrast", 0.4), np.zeros((224, 224, 3))
    by_block = block_table(record, pale)
    lights = {str(light): whole(table, light) for light in (CLEAN, pale, NOTHING)}
    sure = {str(light): reliability(record, light) for light in (CLEAN, pale)}
    places = [block.name for block in blocks]
    one_by_one = placed(table, pale)[:1].loc[lambda rows: rows.index.repeat(len(places))]
    return {
        "shift course": course.course(table, ["contrast"], TOLD, picture.astype(np.uint8), columns),
        "shift where": where.cost_by_part(placed(table, pale), list(parts_of(blocks)), "90%"),
        "shift where, blocks": where.cost_by_block(one_by_one.assign(where=places), places),
        "shift how": shift_blocks.what_gates_answer_to(by_block, columns),
        "shift steady": shift_blocks.steadiness(by_block),
        "shift whose": whose.whose_gates(lights, 0.1, columns),
        "shift sure": sure_or_right.reliability_diagram(sure, columns),
    }


MODULE = (
    Step("X in", "8 x 8 x 4", (), "input"),
    Step("1 x 1 convolution", "8 x 8 x 4", (0,), "layer"),
    Step("global average", "4", (1,), "gate"),
    Step("dense, sigmoid", "4", (2,), "gate"),
    Step("scale", "8 x 8 x 4", (1, 3), "merge"),
    Step("sum", "8 x 8 x 4", (0, 4), "merge"),
)
EMPTY = Group("single pictures", make_profile("ab", pictures=1))


KINDS = (
    *("curves", "curves of pictures", "spread", "heatmap", "histograms", "violins"),
    *("histograms of stages", "violins of stages", "specificity", "saturation", "confusion"),
    *("blocks", "mirrored", "relative depth"),
    *("added weights", "trade-off", "times", "replication", "worth", "module", "training"),
    *("squeeze and gate", "squeeze against gate"),
    *("glance", "glance in another light", "in this light", "held in one stage"),
    *("squeeze maps", "scale maps", "squeezes", "excitation", "contribution"),
    *("variance", "omega", "entropy", "map", "parting", "ranked", "volcano", "telling"),
    *("one channel", "with and without", "every way", "sweep of a picture", "sweep"),
    *("sweep of parts", "accuracy by class"),
    *("shift course", "shift where", "shift where, blocks", "shift how", "shift steady"),
    *("shift whose", "shift sure"),
)
