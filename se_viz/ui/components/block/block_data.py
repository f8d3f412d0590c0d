"""What the living block draws, as plain values for the browser."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from se_viz.analysis.gate_span import span_of
from se_viz.analysis.networks.ratios import RATIOS, bottleneck_of
from se_viz.analysis.networks.stages import runs
from se_viz.experiments.block_view.views import BlockInside, MeanMoves, PictureView
from se_viz.experiments.shifts.nearest import with_beside
from se_viz.experiments.shifts.record import ShiftRecord
from se_viz.pictures.shifts import KINDS, Light
from se_viz.probe.gates.blocks import Block

DIGITS = 4
EARLIEST_SHOWN = ("SE_3_3",)
"""Blocks to begin with, where maps still show things and gates differ."""


def network_data(
    title: str, blocks: Sequence[Block], costs: pd.DataFrame, largest: bool = False
) -> dict[str, Any]:
    """What is the same for every picture of a network.

    Args:
        title: of the network.
        blocks: in order of depth.
        costs: a `ratio_table` of it.
        largest: whether squeezes are maxima over positions, not means.
    """
    rows = zip(blocks, runs(blocks), strict=True)
    names = [block.name for block in blocks]
    return {
        "network": title,
        "squeeze": "maximum" if largest else "mean",
        "blocks": [_block(block, part) for block, part in rows],
        "start": next((n for n in EARLIEST_SHOWN if n in names), names[len(names) // 4]),
        "costs": {f"{row.ratio:g}": _cost(row) for row in costs.itertuples()},
        "harmless": {kind: KINDS[kind].harmless for kind in KINDS},
    }


def _block(block: Block, part: str) -> dict[str, Any]:
    own = round(block.ratio, 2)
    sizes = {f"{ratio:g}": bottleneck_of(block.channels, ratio) for ratio in RATIOS}
    width = round(block.channels / block.ratio)
    sizes |= {f"{own:g}": (width, 2 * block.channels * width)} if block.ratio > 1 else {}
    return {
        "name": block.name,
        "channels": block.channels,
        "part": part,
        "ratio": int(own) if own == int(own) else own,
        "ratios": {
            r: {"count": count, "weights": weights} for r, (count, weights) in sizes.items()
        },
    }


def _cost(row: Any) -> dict[str, float | None]:
    return {
        "share": _number(row.share),
        "operations": _number(row.operations_share),
        "error": _number(row.paper_error),
    }


def picture_data(
    view: PictureView,
    name: str,
    said: str,
    record: ShiftRecord | None = None,
    mean_moves: MeanMoves | None = None,
    blocks: Sequence[Block] = (),
) -> dict[str, Any]:
    """One picture.

    Args:
        view: of it.
        name: its id.
        said: what stands under it.
        record: many pictures under shifts, for the shares beside its answers.
        mean_moves: how gates of many pictures move.
        blocks: of the network.
    """
    answers = with_beside(view.answers, record) if len(view.answers) else view.answers
    lights = enumerate(view.lights)
    return {
        "id": name,
        "name": view.name,
        "said": said,
        "own": str(answers["clean_class"].iloc[0]) if len(answers) else "",
        "other": view.other,
        "span": _span(view),
        "lights": [_light(view, n, light, answers, mean_moves, blocks) for n, light in lights],
        "insides": {block: _inside(inside) for block, inside in view.insides.items()},
    }


def _span(view: PictureView) -> list[float]:
    """The ends of the scale of its gates."""
    shown = [inside.s for inside in view.insides.values()]
    return np.round(span_of(view.strips, *shown), DIGITS).tolist()


def _light(
    view: PictureView,
    number: int,
    light: Light,
    answers: pd.DataFrame,
    mean_moves: MeanMoves | None,
    blocks: Sequence[Block],
) -> dict[str, Any]:
    shares = mean_moves.shares.get(light) if mean_moves else None
    return {
        "kind": light.kind,
        "strength": light.strength,
        "image": address(view.images[number], "webp"),
        "strips": _rounded(view.strips[number], 3),
        "moves": _rounded(view.moves[number]),
        "common": _known(view.common[number]),
        "many": _known([shares[block.name] for block in blocks]) if shares else None,
        "answers": _answers(answers, light),
    }


def _answers(table: pd.DataFrame, light: Light) -> list[dict[str, Any]]:
    if table.empty:
        return []
    own = table[(table["kind"] == light.kind) & (table["strength"] == light.strength)]
    return [
        {
            "gates": row.gates,
            "now": row.now,
            "probability": round(float(row.probability), DIGITS),
            "ofClean": round(float(row.of_clean), DIGITS),
            "accuracy": _number(row.accuracy),
            "pictures": int(row.pictures),
        }
        for row in own.itertuples()
    ]


def _inside(inside: BlockInside) -> dict[str, Any]:
    maps = np.ascontiguousarray(inside.maps)
    return {
        "channels": inside.channels.tolist(),
        "size": list(inside.size),
        "shape": list(maps.shape[2:]),
        "maps": [base64.b64encode(each.tobytes()).decode() for each in maps],
        "z": _rounded(inside.z),
        "s": _rounded(inside.s),
        "hidden": _rounded(inside.hidden),
        "to": _rounded(inside.to, 5),
        "back": _rounded(inside.back, 5),
        "bias": _rounded(inside.bias, 5),
        "functions": list(inside.functions),
        "adds": len(inside.functions) == 2 and inside.functions[1] == "sigmoid",
    }


def thumbnail(name: str, title: str, image: bytes, kind: str) -> dict[str, str]:
    """A picture to choose, by its id."""
    return {"id": name, "name": title, "image": address(image, kind)}


def address(image: bytes, kind: str) -> str:
    """A picture's bytes as an address that holds them."""
    return f"data:image/{kind};base64,{base64.b64encode(image).decode()}"


def _rounded(values: np.ndarray, digits: int = DIGITS) -> list:
    return np.round(values.astype(np.float64), digits).tolist()


def _known(values: Sequence[float] | np.ndarray) -> list[float] | None:
    """None where one is not known."""
    found = np.asarray(values, float)
    return None if np.isnan(found).any() else np.round(found, 3).tolist()


def _number(value: float) -> float | None:
    return None if np.isnan(value) else round(float(value), 6)


def tables(view: PictureView, block: str) -> pd.DataFrame:
    """The numbers that the figure shows of a block.

    Returns:
        Columns block, kind and strength (of the light), channel, squeeze, gate and scaled_mean; one
        row for each channel in each light.
    """
    inside = view.insides[block]
    parts: list[Mapping[str, Any]] = [
        {
            "block": block,
            "kind": light.kind,
            "strength": light.strength,
            "channel": int(channel),
            "squeeze": float(inside.z[row, column]),
            "gate": float(inside.s[row, column]),
            "scaled_mean": float(inside.z[row, column] * inside.s[row, column]),
        }
        for row, light in enumerate(view.lights)
        for column, channel in enumerate(inside.channels)
    ]
    return pd.DataFrame(parts)
