"""Passes a picture in several lights through a network, and takes down what can be pointed at."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from PIL import Image

from se_viz.analysis.one_picture.strips import strip
from se_viz.experiments.block_view.inside import block_inside
from se_viz.experiments.block_view.views import LIGHTS, MeanMoves, PictureView
from se_viz.experiments.shifts.one_picture import Given, answer_table, in_light
from se_viz.pictures.shifts import CLEAN, Light
from se_viz.probe.gates.blocks import Block
from se_viz.probe.reading import Reading

if TYPE_CHECKING:
    from se_viz.probe.probe import Probe

QUALITY = 70
"""Of WebP."""
Progress = Callable[[int, int], None]


def picture_view(
    probe: Probe,
    model_input: np.ndarray,
    given: Given,
    names: tuple[str, str, str],
    mean_moves: MeanMoves | None = None,
    lights: Sequence[Light] = LIGHTS,
    progress: Progress = lambda done, whole: None,
) -> PictureView:
    """One picture in some lights, not yet looked into any block.

    Args:
        model_input: uint8 (size, size, 3), as it is.
        given: whose gates it is given, see `in_light`.
        names: its own, of its class, and of the class whose gates it is given.
        mean_moves: of many pictures through this network.
        lights: the first is the picture as it is.
        progress: called with lights done and all lights.

    Raises:
        ValueError: for another model input, or where the network cannot be run here.
    """
    readings, tables = [], []
    for done, light in enumerate(lights):
        progress(done, len(lights))
        found = in_light(probe, model_input, given, light, placed=False)
        readings.append(found.reading)
        tables.append(_answers(probe, found, readings[0]))
    moves, common = _moves(probe.blocks, readings, lights, mean_moves)
    return PictureView(
        *names,
        lights=tuple(lights),
        images=tuple(webp(light.apply(model_input)) for light in lights),
        strips=np.stack([[strip(r.gates[b.name][0]) for b in probe.blocks] for r in readings]),
        moves=moves,
        common=common,
        answers=pd.concat(tables, ignore_index=True),
    )


def looked_into(
    probe: Probe,
    view: PictureView,
    model_input: np.ndarray,
    blocks: Sequence[str],
    progress: Progress = lambda done, whole: None,
) -> PictureView:
    """The same picture with the inside of some blocks.

    Raises:
        ValueError: for an unknown block, or where the network cannot be run here.
    """
    shown = [light.apply(model_input) for light in view.lights]
    for done, block in enumerate(blocks):
        progress(done, len(blocks))
        view = view.with_inside(block, block_inside(probe, shown, block))
    return view


def webp(picture: np.ndarray) -> bytes:
    """uint8 (H, W, 3) as a WebP file."""
    file = io.BytesIO()
    Image.fromarray(picture).save(file, "WEBP", quality=QUALITY, method=6)
    return file.getvalue()


def mean_moves(
    probe: Probe,
    model_inputs: np.ndarray,
    lights: Sequence[Light] = LIGHTS,
    progress: Progress = lambda done, whole: None,
) -> MeanMoves:
    """How gates of many pictures move on average in each light.

    Args:
        model_inputs: uint8 (N, size, size, 3).
        lights: those but the picture as it is are measured.
        progress: called with lights done and all lights.
    """
    clean, moves, shares = probe.read(model_inputs).gates, {}, {}
    for done, light in enumerate(lights):
        progress(done, len(lights))
        if light == CLEAN:
            continue
        now = probe.read(light.apply(model_inputs)).gates
        away = {name: now[name].astype(float) - gates for name, gates in clean.items()}
        moves[light] = {name: each.mean(0).astype(np.float32) for name, each in away.items()}
        shares[light] = {name: _share(each) for name, each in away.items()}
    return MeanMoves(moves, shares, len(model_inputs))


def _share(moves: np.ndarray) -> float:
    """Of moves (N, C), the part in squares that is their mean."""
    square = (moves**2).mean()
    return float((moves.mean(0) ** 2).mean() / square) if square > 0 else float("nan")


def _answers(probe: Probe, found, clean: Reading) -> pd.DataFrame:
    output = probe.network.output
    return answer_table(found, clean.outputs[0], output) if found.cells else pd.DataFrame()


def _moves(
    blocks: Sequence[Block],
    readings: Sequence[Reading],
    lights: Sequence[Light],
    known: MeanMoves | None,
) -> tuple[np.ndarray, np.ndarray]:
    """float32 (L, B): how far gates moved, and the part of it that goes the mean's way."""
    moves = np.zeros((len(lights), len(blocks)), np.float32)
    common = np.full(moves.shape, np.nan, np.float32)
    for row, (reading, light) in enumerate(zip(readings, lights, strict=True)):
        means = known.moves.get(light) if known else None
        for column, block in enumerate(blocks):
            gates = reading.gates[block.name][0].astype(float)
            move = gates - readings[0].gates[block.name][0]
            moves[row, column] = np.sqrt((move**2).mean())
            if means is not None:
                common[row, column] = along(move, means[block.name])
    return moves, common


def along(move: np.ndarray, mean: np.ndarray) -> float:
    """The part of a move (C,), in squares, that goes the way of a mean move (C,): the square of the
    cosine between them where they go the same way, 0 where they part; nan where either is none."""
    mean = mean.astype(float)
    lengths = float((move**2).sum() * (mean**2).sum())
    return max(0.0, float(move @ mean)) ** 2 / lengths if lengths > 0 else float("nan")
